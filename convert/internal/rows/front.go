package rows

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
)

// The first rows of a grid are looked at together, to find the header.
const (
	lookAhead      = 2000
	lookAheadBytes = 1 << 20
	maxAbove       = 30 // lines above the header
)

// front is the front of a text or a sheet: its first rows, and the header that was found
// among them.
type front struct {
	records Records
	kinds   kinded  // the records, if their fields have kinds; nil if not
	traits  traited // the records, if their fields have traits
	gaps    gapped  // the records, if they tell of empty rows
	o       *Options

	first []row // the first rows
	next  int   // of first, the one to give next
	ended bool  // first holds all rows
	left  int   // columns that are left out in front
	last  int64 // the number of the row that was read last

	from, header int        // the first and the last row of the header among the first ones; -1 if there is none
	names        []string   // of the columns
	parts        [][]string // of the columns, by row of a header of several; nil for one of one row
	headed       bool
	title        string // what stands above the header, if that is one text
}

// ahead reads the first rows.
func (g *front) ahead() error {
	g.kinds, _ = g.records.(kinded)
	g.traits, _ = g.records.(traited)
	g.gaps, _ = g.records.(gapped)
	size := 0
	var r row
	for len(g.first) < lookAhead && size < lookAheadBytes {
		err := g.read(&r)
		if errors.Is(err, io.EOF) {
			g.ended = true
			break
		}
		if err != nil {
			return err
		}
		kept := row{number: r.number, gap: r.gap, fields: make([][]byte, len(r.fields)), kinds: slices.Clone(r.kinds), traits: slices.Clone(r.traits)}
		for i, f := range r.fields {
			kept.fields[i] = bytes.Clone(f)
			size += len(f) + 24
		}
		g.first = append(g.first, kept)
	}
	return nil
}

// read reads the next row.
func (g *front) read(r *row) (err error) {
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
func (g *front) sheet() bool { return g.kinds != nil }

// margin leaves out columns on the left in which no row has anything, as sheets have
// them.
func (g *front) margin() {
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

// Place says where a row stands.
func (g *front) Place(number int64, column int) Place {
	if column >= 0 {
		column += g.left
	}
	return g.records.Place(number, column)
}

// row is the number of a row as an option names it.
func (g *front) row(number int64) int64 {
	p := g.records.Place(number, -1)
	return max(p.Line, p.Row)
}

// HeaderRow is the first row of the header, as an option names it.
func (g *front) HeaderRow() int64 { return g.row(g.first[max(0, g.from)].number) }

// lastHeaderRow is the last row of the header, as an option names it, of a grid that has one.
func (g *front) lastHeaderRow() int64 { return g.row(g.first[g.header].number) }

// copied tells whether a text of a row stands over several of its columns.
func (g *front) copied(r *row) bool {
	for k := 1; k < len(r.traits); k++ {
		if r.traits[k]&Copied != 0 && r.has(k-1) && bytes.Equal(r.fields[k], r.fields[k-1]) {
			return true
		}
	}
	return false
}
