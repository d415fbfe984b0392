package pxconv

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A status in the place of a value becomes one of the marks that the format has, with its
// text as DATASYMBOL: the mark itself where the status is one, the mark that had that text
// in the file, else one that is free. A missing cell without a status is "..". More texts
// than there are marks stand in the cells, in quotes, which PxWeb does not read. A status
// beside a value is DATANOTECELL.
//
// Which statuses stand where, and how many decimals there are, is found in one pass over the
// cells; where all values are whole and there are no statuses it is known without one.

// cellPlan is how the cells of a dataset are written.
type cellPlan struct {
	decimals, shown int
	marks           [][]byte          // by status, what stands in a cell without a value
	none            []byte            // the same for a cell without a status
	texts           [markCount]string // of the marks that have one
	beside          bool              // some value has a status
	keptMarks       []cellMark        // DATANOTECELL as it was kept, if it says what the statuses do
}

// survey is what one pass over the cells finds.
type survey struct {
	decimals int
	missing  []bool // by status: a cell without a value has it
	number   []bool // by status: a value has it
}

// plan looks at the cells.
func (x *outline) plan() (*cellPlan, error) {
	cells := x.ds.Cells()
	info := cells.Info()
	facts, err := cells.Facts()
	if err != nil {
		return nil, err
	}
	if !x.ds.HasCells() {
		return nil, &Error{Keyword: "DATA", Msg: "the dataset has no values", Err: ErrCell}
	}
	s := &survey{missing: make([]bool, 1), number: make([]bool, 1)}
	s.missing[0] = facts.Missing > 0 || info.Sparse
	if info.HasStatus || !facts.Whole || facts.Texts+facts.Booleans > 0 {
		if err := s.look(x.ds); err != nil {
			return nil, err
		}
	}
	c := &cellPlan{decimals: s.decimals}
	x.setDecimals(c)
	x.setMarks(c, s)
	for id, used := range s.number {
		c.beside = c.beside || used && id > 0
	}
	if c.beside {
		if err := x.keepMarks(c); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// look goes over the cells.
func (s *survey) look(ds *jsonstat.Dataset) error {
	cells := ds.Cells()
	cur, err := cells.Cursor(true)
	if err != nil {
		return err
	}
	defer cur.Close()
	if info := cells.Info(); info.Sparse {
		s.mark(&s.missing, info.Default)
	}
	for {
		chunk, err := cur.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for i, kind := range chunk.Kinds {
			id := int32(0)
			if chunk.Status != nil {
				id = chunk.Status[i]
			}
			switch kind {
			case jsonstat.Missing:
				s.mark(&s.missing, id)
			case jsonstat.Number:
				if k := pointIn(chunk.Token(i)); k > s.decimals {
					s.decimals = k
				}
				s.mark(&s.number, id)
			case jsonstat.NumberRaw:
				s.decimals = max(s.decimals, pointIn(plainNumber(nil, chunk.Token(i))))
				s.mark(&s.number, id)
			default:
				return &Error{Keyword: "DATA", Msg: fmt.Sprintf("the cell %s holds %s: a PX file holds numbers", cellName(ds, chunk.Position(i)), shorten(string(chunk.Token(i)))), Err: ErrCell}
			}
		}
	}
}

func (s *survey) mark(list *[]bool, id int32) {
	for int(id) >= len(*list) {
		*list = append(*list, false)
	}
	(*list)[id] = true
}

// pointIn is how many digits stand behind the point of a number.
func pointIn(token []byte) int {
	for i := len(token) - 1; i >= 0; i-- {
		if token[i] == '.' {
			return len(token) - 1 - i
		}
	}
	return 0
}

// plainNumber appends a number without an exponent.
func plainNumber(dst, token []byte) []byte {
	exponent := slices.IndexFunc(token, func(b byte) bool { return b == 'e' || b == 'E' })
	if exponent < 0 {
		return append(dst, token...)
	}
	shift, err := strconv.Atoi(string(token[exponent+1:]))
	if err != nil || shift > 400 || shift < -400 {
		return append(dst, token...) // no table holds such a number
	}
	mantissa := token[:exponent]
	if mantissa[0] == '-' {
		dst = append(dst, '-')
		mantissa = mantissa[1:]
	}
	whole, fraction, _ := strings.Cut(string(mantissa), ".")
	digits, point := whole+fraction, len(whole)+shift
	switch {
	case point <= 0:
		digits, point = strings.Repeat("0", 1-point)+digits, 1
	case point > len(digits):
		digits += strings.Repeat("0", point-len(digits))
	}
	head := strings.TrimLeft(digits[:point], "0")
	if head == "" {
		head = "0"
	}
	dst = append(dst, head...)
	if tail := strings.TrimRight(digits[point:], "0"); tail != "" {
		dst = append(append(dst, '.'), tail...)
	}
	return dst
}

// setDecimals finds out how many decimals are stored and shown.
func (x *outline) setDecimals(c *cellPlan) {
	if text, ok := x.keptText("DECIMALS"); ok {
		if n, err := strconv.Atoi(text); err == nil && n >= 0 && n <= 15 {
			c.decimals = max(c.decimals, n)
		}
	}
	said := -1
	var n int
	if raw := x.px["decimals"]; raw != nil && json.Unmarshal(raw, &n) == nil && n >= 0 {
		said = n
	}
	least, most := -1, 0
	if x.contents != nil {
		for k := range x.contents.Len() {
			if u := x.contents.CategoryUnit(k); u != nil && u.Decimals != nil {
				if least < 0 || *u.Decimals < least {
					least = *u.Decimals
				}
				most = max(most, *u.Decimals)
			}
		}
	}
	if _, ok := x.keptText("DECIMALS"); !ok {
		c.decimals = max(c.decimals, said, most)
	}
	if c.decimals > 15 {
		x.warn("decimals", fmt.Sprintf("numbers have up to %d decimals: the format knows 15", c.decimals))
		c.decimals = 15
	}
	switch {
	case said >= 0:
		c.shown = said
	case least >= 0:
		c.shown = least
	default:
		c.shown = c.decimals
	}
	c.shown = min(c.shown, c.decimals)
	if c.shown > 6 {
		c.shown = c.decimals
	}
}

// setMarks gives the statuses of cells without values their marks.
func (x *outline) setMarks(c *cellPlan, s *survey) {
	list := x.ds.Cells().Statuses()
	var taken [markCount]bool
	for mark := 1; mark < markCount; mark++ {
		if text, ok := x.keptText(symbolKeyword(mark)); ok {
			c.texts[mark] = text
		}
	}
	c.marks = make([][]byte, len(list))
	var rest []int
	for id := 1; id < len(list) && id < len(s.missing); id++ {
		if !s.missing[id] {
			continue
		}
		mark := 0
		for m := 1; m < markCount; m++ {
			if c.texts[m] == list[id] || c.texts[m] == "" && dotsOf(m) == list[id] {
				mark = m
				break
			}
		}
		if mark == 0 {
			rest = append(rest, id)
			continue
		}
		taken[mark] = true
		c.marks[id] = []byte(`"` + dotsOf(mark) + `"`)
	}
	none := 2
	if s.missing[0] {
		for _, m := range []int{2, 3, 1, 4, 5, 6} {
			if c.texts[m] == "" && !taken[m] || c.texts[m] == "" && m == 2 {
				none = m
				break
			}
		}
		taken[none] = true
	}
	c.none = []byte(`"` + dotsOf(none) + `"`)
	for _, id := range rest {
		mark := 0
		for m := 1; m < markCount; m++ { // the marks for a sum and for nothing come last
			if !taken[m] && c.texts[m] == "" {
				mark = m
				break
			}
		}
		if mark == 0 {
			x.warn("symbols", "there are more than eight statuses in the place of values: the others stand in the cells as texts, which PxWeb does not read")
			c.marks[id] = []byte(`"` + cleanName(list[id]) + `"`)
			continue
		}
		taken[mark], c.texts[mark] = true, list[id]
		c.marks[id] = []byte(`"` + dotsOf(mark) + `"`)
	}
}

// dotsOf is a mark as it stands in a cell.
func dotsOf(mark int) string {
	if mark == nilMark {
		return "-"
	}
	return "......."[:mark]
}

// symbolKeyword is the keyword for the text of a mark.
func symbolKeyword(mark int) string {
	switch mark {
	case nilMark:
		return "DATASYMBOLNIL"
	case sumMark:
		return "DATASYMBOLSUM"
	}
	return "DATASYMBOL" + itoa(mark)
}

// keysByValue tells whether the keys of a variable are texts, as they were in the file.
func (x *outline) keysByValue(i int) bool {
	for _, e := range x.kept["KEYS"] {
		if len(e.sub) == 1 && e.sub[0] == x.names[i] && len(e.values) == 1 {
			return strings.EqualFold(e.values[0].text, "VALUES")
		}
	}
	return false
}

// keepMarks finds out whether DATANOTECELL as it was kept says what the statuses of values
// do.
func (x *outline) keepMarks(c *cellPlan) error {
	var list []cellMark
	for _, e := range x.kept["DATANOTECELL"] {
		m := cellMark{values: make([]int, len(x.dims))}
		if len(e.sub) > len(x.dims) || len(e.values) != 1 {
			return nil
		}
		m.text = e.values[0].text
		for i, d := range x.dims {
			m.values[i] = -1
			if i < len(e.sub) && e.sub[i] != "*" {
				if m.values[i] = d.Index(e.sub[i]); m.values[i] < 0 {
					m.values[i] = slices.IndexFunc(slices.Collect(d.Categories()), func(c jsonstat.Category) bool { return c.Label == e.sub[i] })
				}
				if m.values[i] < 0 {
					return nil
				}
			}
		}
		list = append(list, m)
	}
	if list == nil || !slices.IsSorted(x.places) {
		return nil
	}
	s := &statuses{list: []string{""}, ids: map[string]int32{"": 0}, notes: list}
	for _, d := range x.dims {
		s.shape = append(s.shape, d.Len())
	}
	same, err := sameMarks(x.ds, s)
	if same {
		c.keptMarks = list
	}
	return err
}

// sameMarks compares the statuses of values with what marks say.
func sameMarks(ds *jsonstat.Dataset, s *statuses) (bool, error) {
	cells := ds.Cells()
	cur, err := cells.Cursor(true)
	if err != nil {
		return false, err
	}
	defer cur.Close()
	marks := newMarkCursor(s)
	var ids []int32
	for {
		chunk, err := cur.Next()
		if err == io.EOF {
			return true, nil
		}
		if err != nil || chunk.Positions != nil {
			return false, err
		}
		ids = slices.Grow(ids[:0], chunk.Len())[:chunk.Len()]
		clear(ids)
		marks.fill(chunk.First, ids, chunk.Kinds)
		for i, id := range ids {
			if chunk.Kinds[i] != jsonstat.Missing && s.list[id] != cells.Statuses()[chunk.Status[i]] {
				return false, nil
			}
		}
	}
}
