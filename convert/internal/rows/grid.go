package rows

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Records are the rows of a text or a sheet, from the first on, in which the header
// is a row like any other.
type Records interface {
	// Next are the fields of the next row, valid until the following call, and the
	// number of the row; io.EOF behind the last.
	Next() (fields [][]byte, number int64, err error)

	// Same is how many of the leading fields of the row that was read last are known
	// to be those of the one before it.
	Same() int

	// Place says where a row stands, and a field of it; column is -1 for none.
	Place(number int64, column int) Place
}

// kinded are records whose fields have kinds, those of the row that was read last.
type kinded interface{ Kinds() []Kind }

// traited are records some of whose fields have traits: those of the row that was read
// last, nil if it has none.
type traited interface{ Traits() []Trait }

// The first rows of a grid are looked at together, to find the header.
const (
	lookAhead      = 2000
	lookAheadBytes = 1 << 20
	maxAbove       = 30 // lines above the header
)

// A Grid finds the table in the rows of a text or a sheet: its header, and the rows
// below it that are as wide.
type Grid struct {
	records Records
	first   []row // the first rows
	next    int   // of first, the one to give next
	ended   bool  // first holds all rows
	header  int   // its last row among the first ones; -1 if there is none
	names   []string
	fields  []Field // that were given, or made of the names
	headed  bool
	o       *Options
	same    bool // the row before went into the batch
	left    int  // columns that are left out in front
	gap     bool // the row before was empty
	last    int64
	kinds   kinded // the records, if their fields have kinds; nil if not
}

// row is a row that is kept.
type row struct {
	fields [][]byte
	kinds  []Kind
	number int64
}

// NewGrid reads the first rows and finds the header, or takes the one that is named:
// "3", "3-4", "0" for none. The separator is for a message.
func NewGrid(records Records, separator string, o *Options) (*Grid, error) {
	g := &Grid{records: records, o: o, headed: true}
	g.kinds, _ = records.(kinded)
	size := 0
	for len(g.first) < lookAhead && size < lookAheadBytes {
		fields, number, err := records.Next()
		if errors.Is(err, io.EOF) {
			g.ended = true
			break
		}
		if err != nil {
			return nil, err
		}
		kept := row{number: number, fields: make([][]byte, len(fields))}
		for i, f := range fields {
			kept.fields[i] = bytes.Clone(f)
			size += len(f) + 24
		}
		if g.kinds != nil {
			kept.kinds = slices.Clone(g.kinds.Kinds())
		}
		g.first = append(g.first, kept)
	}
	g.margin()
	if err := g.find(o.HeaderRow(), separator); err != nil {
		return nil, err
	}
	return g, nil
}

// NewGridOf is a grid whose columns are known, because something in front of its rows
// said what they are: all rows are below the header.
func NewGridOf(records Records, fields []Field, o *Options) *Grid {
	g := &Grid{records: records, o: o, header: -1, fields: fields}
	for _, f := range fields {
		g.names = append(g.names, f.Name)
	}
	return g
}

// sheet tells whether the rows are those of a sheet, which have no fields behind their
// last text.
func (g *Grid) sheet() bool { return g.kinds != nil }

// width is how many fields a row has up to the last one with a text.
func width(fields [][]byte) int {
	for i, f := range slices.Backward(fields) {
		if len(bytes.TrimSpace(f)) > 0 {
			return i + 1
		}
	}
	return 0
}

// margin leaves out columns on the left in which no row has anything, as sheets have
// them.
func (g *Grid) margin() {
	if !g.sheet() || len(g.first) == 0 {
		return
	}
	left := math.MaxInt
	for i := range g.first {
		r := &g.first[i]
		w := width(r.fields)
		r.fields, r.kinds = r.fields[:w], r.kinds[:w]
		if i := slices.IndexFunc(r.fields, func(f []byte) bool { return len(bytes.TrimSpace(f)) > 0 }); i >= 0 {
			left = min(left, i)
		}
	}
	if left == math.MaxInt {
		return
	}
	g.left = left
	for i := range g.first {
		r := &g.first[i]
		r.fields, r.kinds = r.fields[min(left, len(r.fields)):], r.kinds[min(left, len(r.kinds)):]
	}
}

// find finds the header.
func (g *Grid) find(header, separator string) error {
	for len(g.first) > 0 && g.ended && width(g.first[len(g.first)-1].fields) == 0 {
		g.first = g.first[:len(g.first)-1]
	}
	if len(g.first) == 0 {
		return &Error{Sheet: g.records.Place(0, -1).Sheet, Msg: "the table is empty", Err: ErrEmpty}
	}
	from, to, err := g.asked(header)
	switch {
	case err != nil:
		return err
	case to == 0:
		widest := 0
		for _, r := range g.first {
			widest = max(widest, width(r.fields))
		}
		g.headed, g.header, g.names = false, -1, make([]string, widest)
		g.next = 0
		return nil
	case to > 0:
		g.header = to - 1
		return g.named(from-1, to-1)
	}
	g.header = 0
	if len(g.first) > 1 {
		g.header = g.likely()
	}
	other := g.otherSeparator(separator)
	if g.header > 0 && other == "" {
		lines := "1 line above the header is"
		if g.header > 1 {
			lines = fmt.Sprintf("%d lines above the header are", g.header)
		}
		g.o.doubt([]string{"Header"}, "%s left out: %q", lines, brief(string(bytes.Join(g.first[0].fields, []byte(" ")))))
	}
	if other != "" {
		return (&Error{Msg: fmt.Sprintf("the columns look as if separated by %q, not by %q", other, separator), Err: ErrOneColumn}).at(g.records.Place(g.first[0].number, -1))
	}
	if err := g.named(g.header, g.header); err != nil {
		return err
	}
	if len(g.names) == 1 && separator != "" {
		return (&Error{Msg: fmt.Sprintf("there is one column only, %.60q: is %q the separator?", g.names[0], separator), Err: ErrOneColumn}).at(g.records.Place(g.first[g.header].number, -1))
	}
	return nil
}

// otherSeparator is another separator that stands as often in the first line, which is
// one field, as in most of the lines below it; "" if there is none. Where it parts
// columns, decimal commas part fields in what is left.
func (g *Grid) otherSeparator(separator string) string {
	if separator == "" || len(g.first[0].fields) != 1 {
		return ""
	}
	rows := g.first[1:min(len(g.first), 50)]
	for _, other := range []string{";", "\t", "|"} {
		n := bytes.Count(g.first[0].fields[0], []byte(other))
		if n == 0 || other == separator {
			continue
		}
		alike := 0
		for _, r := range rows {
			if bytes.Count(bytes.Join(r.fields, []byte(separator)), []byte(other)) == n {
				alike++
			}
		}
		if 2*alike > len(rows) {
			return other
		}
	}
	return ""
}

// asked is the header that an option names, as rows from 1; 0, 0 for none and -1 for
// the likely one.
func (g *Grid) asked(header string) (from, to int, err error) {
	if header == "" {
		return -1, -1, nil
	}
	a, b, two := strings.Cut(header, "-")
	from, err = strconv.Atoi(a)
	to = from
	if two && err == nil {
		to, err = strconv.Atoi(b)
	}
	if err != nil || from < 0 || to < from || from == 0 && to > 0 {
		return 0, 0, &Error{Msg: fmt.Sprintf("the header stands in no row %q: it is a row such as 3, rows such as 3-4, or 0 for none", header), Err: ErrColumn}
	}
	if from == 0 {
		return 0, 0, nil
	}
	// Rows go by the numbers that their source gives them, which count empty ones too.
	index := func(n int) int {
		return slices.IndexFunc(g.first, func(r row) bool { return g.row(r.number) == int64(n) })
	}
	i, k := index(from), index(to)
	if i < 0 || k < 0 {
		return 0, 0, &Error{Msg: fmt.Sprintf("there is no row %s that could be the header", header), Err: ErrColumn}
	}
	return i + 1, k + 1, nil
}

// row is the number of a row as an option names it.
func (g *Grid) row(number int64) int64 {
	p := g.records.Place(number, -1)
	return max(p.Line, p.Row)
}

// HeaderRow is the row of the header, as an option names it.
func (g *Grid) HeaderRow() int64 { return g.row(g.first[max(0, g.header)].number) }

// likely is the first row that is as wide as the rows below it.
func (g *Grid) likely() int {
	often := map[int]int{}
	for _, r := range g.first {
		if width(r.fields) > 1 {
			often[len(r.fields)]++
		}
	}
	common := 1
	for _, r := range g.first { // of widths that are as common the one that comes first
		if n := len(r.fields); often[n] > often[common] {
			common = n
		}
	}
	need := 1
	for _, r := range g.first {
		if len(r.fields) == common {
			need = max(need, width(r.fields))
		}
	}
	wide := func(r row) bool { return width(r.fields) >= min(need, common) }
	h := slices.IndexFunc(g.first, wide)
	if h < 0 || h > maxAbove {
		h = max(0, slices.IndexFunc(g.first, func(r row) bool { return len(r.fields) == common }))
	}
	if h > 0 {
		// A column without a name at the end of the header, or row names of R in front,
		// for which the header has no field.
		above := g.first[h-1]
		nameless := len(bytes.TrimSpace(above.fields[0])) == 0 || need > 2
		if len(above.fields) == len(g.first[h].fields) && width(above.fields) == need-1 && nameless {
			for h--; h > 0 && len(g.first[h-1].fields) == len(above.fields) && width(g.first[h-1].fields) == need-1; {
				h-- // rows of data whose last cell is empty
			}
		} else if !g.sheet() && h == 1 && len(above.fields) == common-1 && width(above.fields) == common-1 && common > 2 && need == common && !slices.ContainsFunc(g.first[1:min(len(g.first), 50)], func(r row) bool { return len(r.fields) != common }) {
			g.first[0].fields = slices.Insert(slices.Clone(above.fields), 0, []byte(nil))
			h = 0
		}
	}
	return h
}

// named makes names of the rows of a header.
func (g *Grid) named(from, to int) error {
	g.next = to + 1
	for i := from; i <= to; i++ {
		for k, f := range g.first[i].fields {
			if !utf8.Valid(f) {
				return (&Error{Msg: "the text is not UTF-8", Err: ErrEncoding}).at(g.records.Place(g.first[i].number, k))
			}
			if k >= len(g.names) {
				g.names = append(g.names, "")
			}
			g.names[k] = strings.TrimSpace(g.names[k] + " " + strings.Join(strings.Fields(string(f)), " "))
		}
	}
	return nil
}

// Fields are the columns.
func (g *Grid) Fields() []Field {
	if g.fields == nil {
		g.fields = make([]Field, len(g.names))
		for i, n := range g.names {
			g.fields[i] = Field{Name: n}
		}
	}
	return g.fields
}

// Place says where a row stands.
func (g *Grid) Place(number int64, column int) Place {
	if column >= 0 {
		column += g.left
	}
	return g.records.Place(number, column)
}

// Rows puts all rows in the batch.
func (g *Grid) Rows(b *Batch, next func() error) error {
	flush := func() error {
		g.same = false
		return next()
	}
	b.Grow(len(g.names))
	for _, r := range g.first[g.next:] {
		if err := g.take(b, r.fields, r.kinds, r.number, 0); err != nil {
			return err
		}
		if b.Full() {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	g.first = g.first[:min(len(g.first), max(0, g.header)+1)]
	for !g.ended {
		fields, number, err := g.records.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		var kinds []Kind
		if g.kinds != nil {
			kinds = g.kinds.Kinds()
		}
		if width(fields[:min(g.left, len(fields))]) > 0 {
			return (&Error{Msg: "the cell stands outside of the table", Err: ErrWidth}).at(g.records.Place(number, 0))
		}
		fields, kinds = fields[min(g.left, len(fields)):], kinds[min(g.left, len(kinds)):]
		if err := g.take(b, fields, kinds, number, g.records.Same()); err != nil {
			return err
		}
		if b.Full() {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// take puts a row in the batch, of which so many fields are those of the row before.
func (g *Grid) take(b *Batch, fields [][]byte, kinds []Kind, number int64, same int) error {
	n := len(g.names)
	if last := len(fields) - 1; last > 0 && len(fields[last]) > 0 && fields[last][0] > ' ' {
		g.gap, g.last = false, number // as most rows are
	} else if g.o.Head == nil && n > 1 {
		switch w := width(fields); {
		case w == 0 && len(fields) > 1: // nothing but separators
			g.same, g.gap = false, true
			return nil
		case w == 1 && (g.gap || g.sheet() && g.last > 0 && number > g.last+1):
			return (&Error{Msg: fmt.Sprintf("the row has nothing but %q, below an empty row: it is no row of the table", brief(string(bytes.TrimSpace(fields[0])))), Err: ErrWidth}).at(g.Place(number, 0))
		}
		g.gap, g.last = false, number
	}
	if len(fields) != n {
		if err := g.fits(fields, number); err != nil {
			return err
		}
		same = 0
	}
	if !g.same {
		same = 0
	}
	for i := range same {
		b.Again(i)
	}
	for i := same; i < n; i++ {
		if i < len(fields) {
			kind := Plain
			if i < len(kinds) {
				kind = kinds[i]
			}
			b.Add(i, fields[i], kind)
		} else {
			b.Add(i, nil, Plain)
		}
	}
	b.End(number)
	g.same = true
	return nil
}

// fits refuses a row of another width, but for fields without text at its end, and for
// columns without a name.
func (g *Grid) fits(fields [][]byte, number int64) error {
	if width(fields) <= len(g.names) && (g.sheet() || len(fields) >= len(g.names) || !slices.ContainsFunc(g.names[len(fields):], func(n string) bool { return n != "" })) {
		return nil
	}
	first := -1 // the first field that has no column
	for i := len(g.names); i < len(fields) && first < 0; i++ {
		if len(bytes.TrimSpace(fields[i])) > 0 {
			first = i
		}
	}
	return (&Error{Msg: fmt.Sprintf("the row has %d columns, the header has %d", len(fields), len(g.names)), Err: ErrWidth}).at(g.Place(number, first))
}
