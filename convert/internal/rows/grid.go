package rows

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// maxGapped is how many rows behind empty ones are known.
const maxGapped = 1000

// A Grid finds the table in the rows of a text or a sheet: its header, which may have
// several rows (header.go), the labels that stand once for several rows (stub.go), and
// what stands below the table and is none of it (notes.go).
type Grid struct {
	front
	fields []Field // that were given, or made of the names
	same   bool    // the row before went into the batch
	gapped []int64 // rows of the table behind an empty one, as options name them; not all if these are many
	stub   stub
	notes  notes
}

// NewGrid reads the first rows and finds the header, or takes the one that is named:
// "3", "3-4", "0" for none. The separator is for a message.
func NewGrid(records Records, separator string, o *Options) (*Grid, error) {
	g := &Grid{front: front{records: records, o: o, headed: true}}
	if err := g.ahead(); err != nil {
		return nil, err
	}
	g.margin()
	if err := g.find(o.HeaderRow(), separator); err != nil {
		return nil, err
	}
	g.notes.look(&g.front)
	if g.sheet() && g.header >= 0 {
		g.flags()
	}
	g.stub.look(&g.front, &g.notes)
	return g, nil
}

// flags takes flags behind the last column of a sheet for one more, without a name.
func (g *Grid) flags() {
	n, found := len(g.names), false
	for i := g.next; i < len(g.first); i++ {
		if r := &g.first[i]; r.width() == n+1 && g.notes.figure(r) {
			if !isFlag(bytes.TrimSpace(r.fields[n])) {
				return
			}
			found = true
		}
	}
	if found {
		g.names, g.notes.figures = append(g.names, ""), append(g.notes.figures, false)
		if g.parts != nil {
			g.parts = append(g.parts, nil)
		}
	}
}

// NewGridOf is a grid whose columns are known, because something in front of its rows
// said what they are: all rows are below the header.
func NewGridOf(records Records, fields []Field, o *Options) *Grid {
	g := &Grid{front: front{records: records, o: o, from: -1, header: -1}, fields: fields}
	for _, f := range fields {
		g.names = append(g.names, f.Name)
	}
	g.notes.none = true
	return g
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

// Rows puts all rows in the batch.
func (g *Grid) Rows(b *Batch, next func() error) error {
	give := func(r *row, same int) error {
		if err := g.take(b, r, same); err != nil || !b.Full() {
			return err
		}
		g.same = false
		return next()
	}
	b.Grow(len(g.names))
	g.Fields()
	for i := range g.first[g.next:] {
		if err := give(&g.first[g.next+i], 0); err != nil {
			return err
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
		if err := give(&r, same); err != nil {
			return err
		}
	}
	g.notes.tell(g.o)
	g.same = false
	return next()
}

// take puts a row in the batch, of which so many fields are those of the row before.
func (g *Grid) take(b *Batch, r *row, same int) error {
	n := len(g.names)
	gap := r.gap || g.notes.gap
	if !g.notes.gap && !g.notes.on && r.isPlain(same) {
		if err := g.notes.row(&g.front); err != nil { // as most rows are
			return err
		}
	} else if out, err := g.notes.leftOut(&g.front, r); err != nil || out {
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
