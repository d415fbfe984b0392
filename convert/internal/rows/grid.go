package rows

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
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

// gapped are records that tell whether empty rows, which they do not give, stand in
// front of the row that was read last.
type gapped interface{ Gap() bool }

// The first rows of a grid are looked at together, to find the header.
const (
	lookAhead      = 2000
	lookAheadBytes = 1 << 20
	maxAbove       = 30 // lines above the header
)

// maxGapped is how many rows behind empty ones are known.
const maxGapped = 1000

// A Grid finds the table in the rows of a text or a sheet: its header, which may have
// several rows (header.go), the labels that stand once for several rows (stub.go), and
// what stands below the table and is none of it (notes.go).
type Grid struct {
	records Records
	kinds   kinded  // the records, if their fields have kinds; nil if not
	traits  traited // the records, if their fields have traits
	gaps    gapped  // the records, if they tell of empty rows
	o       *Options

	first []row // the first rows
	next  int   // of first, the one to give next
	ended bool  // first holds all rows
	left  int   // columns that are left out in front

	from, header int        // the first and the last row of the header among the first ones; -1 if there is none
	names        []string   // of the columns
	parts        [][]string // of the columns, by row of a header of several; nil for one of one row
	fields       []Field    // that were given, or made of the names
	headed       bool
	title        string // what stands above the header, if that is one text

	same   bool    // the row before went into the batch
	gapped []int64 // rows of the table behind an empty one, as options name them; not all if these are many
	last   int64   // the number of the row before
	stub   stub
	notes  notes
}

// row is a row.
type row struct {
	fields [][]byte
	kinds  []Kind  // nil if all are Plain
	traits []Trait // nil if there are none
	number int64
	gap    bool // an empty row stands in front of it
}

// has tells whether a field has a text of its own: not that of a range of cells that
// are one, of which it is not the first.
func (r *row) has(i int) bool {
	return i < len(r.fields) && len(bytes.TrimSpace(r.fields[i])) > 0 && (i >= len(r.traits) || r.traits[i]&Copied == 0)
}

// text is the text of a field, without blanks around it; "" if the row is too short.
func (r *row) text(i int) string {
	if i >= len(r.fields) {
		return ""
	}
	return string(bytes.TrimSpace(r.fields[i]))
}

// isPlain tells whether a row is one like most: it has a text behind its first field, and
// nothing about it needs a second look. Same is how many fields are known already.
func (r *row) isPlain(same int) bool {
	if r.gap || r.traits != nil || len(r.fields) < 2 || same == 0 && isNoteText(r.fields[0]) {
		return false
	}
	for k := len(r.fields) - 1; k > 0; k-- {
		if f := r.fields[k]; len(f) > 0 && f[0] > ' ' {
			return true
		}
	}
	return false
}

// width is how many fields there are up to the last one with a text of its own.
func (r *row) width() int {
	for i := len(r.fields) - 1; i >= 0; i-- {
		if r.has(i) {
			return i + 1
		}
	}
	return 0
}

// cut is the row without some fields in front, and up to a last one.
func (r *row) cut(from, to int) {
	part := func(n int) (int, int) { return min(from, n), min(max(from, to), n) }
	a, b := part(len(r.fields))
	r.fields = r.fields[a:b]
	a, b = part(len(r.kinds))
	r.kinds = r.kinds[a:b]
	a, b = part(len(r.traits))
	r.traits = r.traits[a:b]
}

// NewGrid reads the first rows and finds the header, or takes the one that is named:
// "3", "3-4", "0" for none. The separator is for a message.
func NewGrid(records Records, separator string, o *Options) (*Grid, error) {
	g := &Grid{records: records, o: o, headed: true}
	g.kinds, _ = records.(kinded)
	g.traits, _ = records.(traited)
	g.gaps, _ = records.(gapped)
	size := 0
	var r row
	for len(g.first) < lookAhead && size < lookAheadBytes {
		err := g.read(&r)
		if errors.Is(err, io.EOF) {
			g.ended = true
			break
		}
		if err != nil {
			return nil, err
		}
		kept := row{number: r.number, gap: r.gap, fields: make([][]byte, len(r.fields)), kinds: slices.Clone(r.kinds), traits: slices.Clone(r.traits)}
		for i, f := range r.fields {
			kept.fields[i] = bytes.Clone(f)
			size += len(f) + 24
		}
		g.first = append(g.first, kept)
	}
	g.margin()
	if err := g.find(o.HeaderRow(), separator); err != nil {
		return nil, err
	}
	g.look()
	return g, nil
}

// NewGridOf is a grid whose columns are known, because something in front of its rows
// said what they are: all rows are below the header.
func NewGridOf(records Records, fields []Field, o *Options) *Grid {
	g := &Grid{records: records, o: o, from: -1, header: -1, fields: fields}
	for _, f := range fields {
		g.names = append(g.names, f.Name)
	}
	g.notes.none = true
	return g
}

// read reads the next row.
func (g *Grid) read(r *row) (err error) {
	if r.fields, r.number, err = g.records.Next(); err != nil {
		return err
	}
	if g.kinds != nil {
		r.kinds = g.kinds.Kinds()
	}
	if g.traits != nil {
		r.traits = g.traits.Traits()
	}
	r.gap = g.gaps != nil && g.gaps.Gap() || g.sheet() && g.last > 0 && r.number > g.last+1
	g.last = r.number
	return nil
}

// sheet tells whether the rows are those of a sheet, which have no fields behind their
// last text.
func (g *Grid) sheet() bool { return g.kinds != nil }

// margin leaves out columns on the left in which no row has anything, as sheets have
// them.
func (g *Grid) margin() {
	if !g.sheet() || len(g.first) == 0 {
		return
	}
	left := math.MaxInt
	for i := range g.first {
		r := &g.first[i]
		w := len(r.fields)
		for w > 0 && len(bytes.TrimSpace(r.fields[w-1])) == 0 && (w > len(r.traits) || r.traits[w-1] == 0) {
			w--
		}
		r.cut(0, w)
		if k := slices.IndexFunc(r.fields, func(f []byte) bool { return len(bytes.TrimSpace(f)) > 0 }); k >= 0 {
			left = min(left, k)
		}
	}
	if left == math.MaxInt {
		return
	}
	g.left = left
	for i := range g.first {
		g.first[i].cut(left, math.MaxInt)
	}
}

// Fields are the columns.
func (g *Grid) Fields() []Field {
	if g.fields == nil {
		g.fields = make([]Field, len(g.names))
		for i, n := range g.names {
			if g.fields[i] = (Field{Name: n}); g.parts != nil {
				g.fields[i].Parts = g.parts[i]
			}
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
	g.Fields()
	for i := range g.first[g.next:] {
		if err := g.take(b, &g.first[g.next+i], 0); err != nil {
			return err
		}
		if b.Full() {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	g.first = g.first[:min(len(g.first), max(0, g.header)+1)]
	var r row
	for !g.ended {
		err := g.read(&r)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		same := g.records.Same()
		if g.left > 0 {
			beside := row{fields: r.fields[:min(g.left, len(r.fields))]}
			if beside.width() > 0 {
				return (&Error{Msg: "the cell stands outside of the table", Err: ErrWidth}).at(g.records.Place(r.number, 0))
			}
			r.cut(g.left, math.MaxInt)
		}
		if err := g.take(b, &r, same); err != nil {
			return err
		}
		if b.Full() {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	g.notes.tell(g.o)
	return flush()
}

// take puts a row in the batch, of which so many fields are those of the row before.
func (g *Grid) take(b *Batch, r *row, same int) error {
	n := len(g.names)
	gap := r.gap || g.notes.gap
	if !g.notes.gap && !g.notes.on && r.isPlain(same) {
		if err := g.notes.row(g); err != nil { // as most rows are
			return err
		}
	} else if out, err := g.leftOut(r); err != nil || out {
		g.same = false
		return err
	}
	if gap && len(g.gapped) < maxGapped {
		g.gapped = append(g.gapped, g.row(r.number))
	}
	if len(r.fields) != n {
		if err := g.fits(r); err != nil {
			return err
		}
		same = 0
	}
	if !g.same {
		same = 0
	}
	if g.stub.filled > 0 {
		g.stub.fill(r)
	}
	for i := range same {
		b.Again(i)
	}
	for i := same; i < n; i++ {
		if i < len(r.fields) {
			kind := Plain
			if i < len(r.kinds) {
				kind = r.kinds[i]
			}
			b.Add(i, r.fields[i], kind)
		} else {
			b.Add(i, nil, Plain)
		}
	}
	b.End(r.number)
	if r.traits != nil {
		g.see(r)
	}
	g.same = true
	return nil
}

// see notes the traits of the cells of a row.
func (g *Grid) see(r *row) {
	for i, t := range r.traits[:min(len(r.traits), len(g.fields))] {
		if t == 0 {
			continue
		}
		for _, one := range [...]Trait{Copied, Faulty, Percent} {
			if t&one == 0 || one == Copied && (i >= len(r.kinds) || r.kinds[i] != Number) { // a label stands for all of its cells
				continue
			}
			seen := &g.fields[i].Seen[one.index()]
			if seen.N++; seen.N == 1 {
				seen.First = r.number
			}
		}
	}
}

// fits refuses a row of another width, but for fields without text at its end, and for
// columns without a name.
func (g *Grid) fits(r *row) error {
	fields := r.fields
	if r.width() <= len(g.names) && (g.sheet() || len(fields) >= len(g.names) || !slices.ContainsFunc(g.names[len(fields):], func(n string) bool { return n != "" })) {
		return nil
	}
	first := -1 // the first field that has no column
	for i := len(g.names); i < len(fields) && first < 0; i++ {
		if len(bytes.TrimSpace(fields[i])) > 0 {
			first = i
		}
	}
	return (&Error{Msg: fmt.Sprintf("the row has %d columns, the header has %d", len(fields), len(g.names)), Err: ErrWidth}).at(g.Place(r.number, first))
}
