package convert

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Rows are sorted without being kept. The first pass takes of each row a number that says
// where it belongs; of these all are sorted, or, where some rows are asked for, the first
// of them are held on to. The second pass measures the rows that are shown. The third
// writes each of them to a file as it comes by, and they are copied from there in their
// order.

// MaxSorted is how many rows are sorted at most, 16 bytes each, where all are shown.
const MaxSorted = 4 << 20

// TooManyToSortError is a table of more than [MaxSorted] rows that are to be sorted.
type TooManyToSortError struct{}

// Error names the limit.
func (*TooManyToSortError) Error() string {
	return fmt.Sprintf("the table has more than %d rows, which is too many to sort", MaxSorted)
}

// Is tells that it is a [jsonstat.ErrLimit].
func (*TooManyToSortError) Is(target error) bool { return target == jsonstat.ErrLimit }

// errEnough ends the reading of rows.
var errEnough = errors.New("there are rows enough")

// place is where a row belongs.
type place struct {
	key float64
	row int64 // as it comes by
}

// A textOrder sorts the rows of a table.
type textOrder struct {
	*textTable
	label  int       // column of labels to sort by, or -1
	value  int       // or the value column
	ranks  []float64 // of the categories of the column of labels
	places []place
	count  int64 // of all rows
}

// sorted shows the rows in the order of a column.
func (t *textTable) sorted() error {
	s, err := newTextOrder(t)
	if err != nil {
		return err
	}
	if err := s.find(); err != nil {
		return err
	}
	t.rest.More = s.count > int64(len(s.places))
	order := make([]int, len(s.places)) // by row, which of the places it has
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(s.places[a].row, s.places[b].row) })
	if err := s.each(order, func(_ int, coords []int, cells []textCell) error { return t.measure(coords, cells) }); err != nil {
		return err
	}
	t.header()
	return s.write(order)
}

// newTextOrder finds the column.
func newTextOrder(t *textTable) (*textOrder, error) {
	s := &textOrder{textTable: t, label: -1, value: -1}
	var headers []string
	for _, c := range t.l.Columns {
		if c.Kind == layout.Dimension {
			headers = append(headers, c.Header)
		}
	}
	for i, c := range headers {
		if id := t.ds.Dimensions()[t.l.Stub[t.labels[i].place]].ID(); c == t.o.Sort || id == t.o.Sort {
			s.label = i
		}
	}
	for j := range t.values {
		name := t.values[j].name()
		if headers = append(headers, name); name == t.o.Sort && s.value < 0 {
			s.value = j
		}
	}
	for j := range t.values { // by ids
		var ids []string
		for _, dim := range t.l.By {
			ids = append(ids, t.ds.Dimensions()[dim].CategoryID(t.l.Category(dim, j)))
		}
		if s.value < 0 && s.label < 0 && len(ids) > 0 && strings.Join(ids, " ") == t.o.Sort {
			s.value = j
		}
	}
	if s.label < 0 && s.value < 0 {
		e := &jsonstat.UnknownError{Kind: "column", Name: t.o.Sort, Near: jsonstat.Near(t.o.Sort, headers)}
		if len(headers) <= 20 {
			e.All = headers
		}
		return nil, e
	}
	if s.label >= 0 {
		s.rank()
	}
	return s, nil
}

// rank sorts the categories of a column of labels. Those of one text have one rank.
func (s *textOrder) rank() {
	l := &s.labels[s.label]
	texts := make([]string, len(l.words))
	order := make([]int, len(texts))
	for k := range texts {
		texts[k], order[k] = strings.ToLower(l.text(k)), k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(texts[a], texts[b]) })
	s.ranks = make([]float64, len(texts))
	for i, k := range order {
		if s.ranks[k] = float64(i); i > 0 && texts[k] == texts[order[i-1]] {
			s.ranks[k] = s.ranks[order[i-1]]
		}
	}
}

// find is the first pass.
func (s *textOrder) find() error {
	most := int64(MaxSorted)
	if s.o.Rows > 0 {
		most = max(1024, 2*s.o.Rows)
	}
	err := s.l.Rows(s.ds, false, s.o.Keep, func(coords []int, cells []layout.Cell) error {
		if int64(len(s.places)) == most {
			if s.o.Rows == 0 {
				return &TooManyToSortError{}
			}
			s.sort()
		}
		s.places = append(s.places, place{s.key(coords, cells), s.count})
		s.count++
		return nil
	})
	if err != nil {
		return err
	}
	s.sort()
	return nil
}

// sort sorts the places, and drops those behind the rows that are shown.
func (s *textOrder) sort() {
	slices.SortFunc(s.places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.row, b.row))
	})
	if n := s.o.Rows; n > 0 && int64(len(s.places)) > n {
		s.places = s.places[:n]
	}
}

// keyText is the key of a text: behind all numbers, and in front of what is missing.
const keyText = math.MaxFloat64

// key is the number by which a row is sorted.
func (s *textOrder) key(coords []int, cells []layout.Cell) float64 {
	key := 0.0
	if s.label >= 0 {
		key = s.ranks[coords[s.labels[s.label].place]]
	} else {
		c := &cells[s.value]
		switch c.Kind {
		case jsonstat.Missing:
			return math.Inf(1)
		case jsonstat.Number, jsonstat.NumberRaw:
			key, _ = strconv.ParseFloat(string(c.Token), 64) // beyond its range the nearest there is
		default:
			return keyText
		}
	}
	if s.o.Reverse {
		key = -key
	}
	return key
}

// each goes through the rows that are shown, as they come by; i is the place of each.
func (s *textOrder) each(order []int, f func(i int, coords []int, cells []textCell) error) error {
	row, next := int64(-1), 0
	err := s.rows(func(coords []int, cells []textCell) error {
		if next == len(order) {
			return errEnough
		}
		if row++; row != s.places[order[next]].row {
			return nil
		}
		next++
		return f(order[next-1], coords, cells)
	})
	if err == errEnough {
		return nil
	}
	return err
}

// write writes the rows to a file, and from there in their order.
func (s *textOrder) write(order []int) error {
	if err := s.flush(); err != nil {
		return err
	}
	file, done, err := spool.File()
	if err != nil {
		return err
	}
	defer done()
	to := s.w
	lines := bufio.NewWriterSize(file, flushAt)
	s.w = lines
	starts, ends := make([]int64, len(order)), make([]int64, len(order))
	at := int64(0)
	err = s.each(order, func(i int, coords []int, cells []textCell) error {
		s.textTable.write(coords, cells)
		starts[i] = at
		at += int64(len(s.buf))
		ends[i] = at
		return s.flush()
	})
	s.w = to
	if err != nil {
		return err
	}
	if err := lines.Flush(); err != nil {
		return err
	}
	return s.copy(file, starts, ends)
}

// copy writes the lines of a file in an order.
func (s *textOrder) copy(file *os.File, starts, ends []int64) error {
	for i := range starts {
		from, n := len(s.buf), int(ends[i]-starts[i])
		s.buf = slices.Grow(s.buf, n)[:from+n]
		if _, err := file.ReadAt(s.buf[from:], starts[i]); err != nil && err != io.EOF {
			return err
		}
		if err := s.spill(); err != nil {
			return err
		}
	}
	return nil
}
