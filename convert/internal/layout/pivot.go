package layout

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// tileCells is how many cells of a dense cube a pivot holds at a time, 16 bytes
// each and their text. Only tests change it.
var tileCells int64 = 1 << 16

// maxText is how much text of cells a pivot holds at a time.
const maxText = 1<<31 - 1

// slot is a cell in a tile: its token lies in the text of the tile.
type slot struct {
	start, end uint32
	status     int32
	kind       jsonstat.Kind
}

// pivot is the state of Rows.
type pivot struct {
	l       *Layout
	keep    Keep
	f       func([]int, []Cell) error
	shape   jsonstat.Shape
	strides []int64
	missing int32 // status of a cell that is not there
	coords  []int
	cells   []Cell
	slots   []slot
	text    []byte
}

// emit hands out a row if any of its cells is kept.
func (p *pivot) emit() error {
	if p.keep != All {
		any := false
		for i := range p.cells {
			any = any || p.keep.Wants(p.cells[i].Kind, p.cells[i].Status)
		}
		if !any {
			return nil
		}
	}
	return p.f(p.coords, p.cells)
}

// dense reads a dense cube tile by tile. The dimensions from q on lie inside a
// tile: a stretch of cells that follow each other. A tile also holds such a
// stretch for each combination of the pivoted dimensions before q, and as many
// steps of the stub dimension just before q as there is room for. So each cell
// is read once, forward, from as many places as there are combinations.
func (p *pivot) dense(cur jsonstat.Cursor) error {
	n := len(p.shape)
	by := make([]bool, n)
	for _, d := range p.l.By {
		by[d] = true
	}
	// Find q, from the innermost outwards.
	q, inner := n, int64(1)
	outer := int64(p.l.Values)
	for q > 0 {
		wider := inner * int64(p.shape[q-1])
		cols := outer
		if by[q-1] {
			cols /= int64(p.shape[q-1])
		}
		if wider*cols > tileCells {
			break
		}
		q, inner, outer = q-1, wider, cols
	}
	steps := 1
	sliced := q > 0 && !by[q-1]
	if sliced {
		steps = int(min(int64(p.shape[q-1]), max(1, tileCells/(inner*outer))))
	}
	var before, inside []int // places in the stub: dimensions before the sliced one, those from q on
	for k, d := range p.l.Stub {
		switch {
		case d >= q:
			inside = append(inside, k)
		case !sliced || d != q-1:
			before = append(before, k)
		}
	}
	slice := -1
	if sliced {
		slice = slices.Index(p.l.Stub, q-1)
	}
	column := p.columns(q)
	starts := p.starts(q)
	for ok := true; ok; ok = p.step(before) {
		base := int64(0)
		for _, k := range before {
			base += int64(p.coords[k]) * p.strides[p.l.Stub[k]]
		}
		for t := 0; t == 0 || (sliced && t < p.shape[q-1]); t += steps {
			count := 1
			at := base
			if sliced {
				count = min(steps, p.shape[q-1]-t)
				at += int64(t) * p.strides[q-1]
			}
			stretch := int64(count) * inner
			if err := p.load(cur, starts, at, stretch); err != nil {
				return err
			}
			for s := range count {
				if sliced {
					p.coords[slice] = t + s
				}
				for ok := true; ok; ok = p.step(inside) {
					row := int64(s) * inner
					for _, k := range inside {
						row += int64(p.coords[k]) * p.strides[p.l.Stub[k]]
					}
					for c := range p.cells {
						x := &p.slots[column[c].stretch*stretch+row+column[c].inside]
						p.cells[c] = Cell{x.kind, p.text[x.start:x.end], x.status}
					}
					if err := p.emit(); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// step moves the coordinates of some stub dimensions on like an odometer. It
// reports false when they are all back at 0.
func (p *pivot) step(dims []int) bool {
	for i := len(dims) - 1; i >= 0; i-- {
		k := dims[i]
		if p.coords[k]++; p.coords[k] < p.shape[p.l.Stub[k]] {
			return true
		}
		p.coords[k] = 0
	}
	return false
}

// place tells where in a tile the cells of a value column lie.
type place struct {
	stretch int64 // which stretch
	inside  int64 // where in it
}

// columns finds the place of each value column.
func (p *pivot) columns(q int) []place {
	places := make([]place, p.l.Values)
	for c := range places {
		weight := int64(1)
		for _, d := range slices.Backward(p.l.By) {
			category := int64(p.l.Category(d, c))
			if d < q {
				places[c].stretch += category * weight
				weight *= int64(p.shape[d])
			} else {
				places[c].inside += category * p.strides[d]
			}
		}
	}
	return places
}

// starts are the offsets of the stretches of a tile from its base.
func (p *pivot) starts(q int) []int64 {
	starts := []int64{0}
	for _, d := range p.l.By {
		if d >= q {
			continue
		}
		var wider []int64
		for _, s := range starts {
			for k := range p.shape[d] {
				wider = append(wider, s+int64(k)*p.strides[d])
			}
		}
		starts = wider
	}
	return starts
}

// load reads the stretches of a tile.
func (p *pivot) load(cur jsonstat.Cursor, starts []int64, base, stretch int64) error {
	total := int64(len(starts)) * stretch
	if int64(cap(p.slots)) < total {
		p.slots = make([]slot, total)
	}
	p.slots = p.slots[:total]
	clear(p.slots) // a source may leave cells out
	p.text = p.text[:0]
	for k, start := range starts {
		from := base + start
		if err := cur.Range(from, from+stretch); err != nil {
			return err
		}
		slots := p.slots[int64(k)*stretch : int64(k+1)*stretch]
		err := read(cur, func(c *jsonstat.Chunk) error {
			text := p.text
			for i, kind := range c.Kinds {
				x := &slots[c.Position(i)-from]
				x.kind, x.start = kind, uint32(len(text))
				text = append(text, c.Buf[c.Start[i]:c.End[i]]...)
				x.end = uint32(len(text))
				if c.Status != nil {
					x.status = c.Status[i]
				}
			}
			p.text = text
			if len(p.text) > maxText {
				return fmt.Errorf("the texts of %d cells take too much memory for a pivot: %w", total, jsonstat.ErrLimit)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// entry is a cell of a sparse cube by its place in the table.
type entry struct {
	row    int64
	column int32
	slot
}

// sparse reads a sparse cube whole, sorts what is there by row and column, and
// fills in what is not there if that is kept.
func (p *pivot) sparse(cur jsonstat.Cursor, gaps bool) error {
	entries, err := p.entries(cur)
	if err != nil {
		return err
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column)) })
	next := int64(0)
	for i := 0; i < len(entries); {
		row := entries[i].row
		if gaps {
			if err := p.gap(next, row); err != nil {
				return err
			}
		}
		p.blank(row)
		for ; i < len(entries) && entries[i].row == row; i++ {
			e := &entries[i]
			p.cells[e.column] = Cell{e.kind, p.text[e.start:e.end], e.status}
		}
		if err := p.emit(); err != nil {
			return err
		}
		next = row + 1
	}
	if !gaps {
		return nil
	}
	rows := int64(1)
	for _, d := range p.l.Stub {
		rows *= int64(p.shape[d])
	}
	return p.gap(next, rows)
}

// entries are the cells of a sparse cube in the order of the cube.
func (p *pivot) entries(cur jsonstat.Cursor) (list []entry, err error) {
	// How many rows lie between categories of a dimension that follow each other. How
	// many columns the layout knows.
	rows, next := make([]int64, len(p.shape)), int64(1)
	for _, d := range slices.Backward(p.l.Stub) {
		rows[d] = next
		next *= int64(p.shape[d])
	}
	turns := p.l.turns
	o := newOdometer(p.shape)
	last := len(o.coords) // a pivot has dimensions
	var row, column int64 // at which the run begins
	err = read(cur, func(c *jsonstat.Chunk) error {
		for i := range c.Kinds {
			pos := c.Position(i)
			if o.seek(pos) < last {
				row, column = 0, 0
				for d, k := range o.coords {
					row += int64(k) * rows[d]
					column += int64(k) * int64(turns[d].columns)
				}
			}
			j := pos - o.run
			e := entry{row: row + j*rows[last], column: int32(column + j*int64(turns[last].columns))}
			e.kind, e.start = c.Kinds[i], uint32(len(p.text))
			p.text = append(p.text, c.Token(i)...)
			e.end = uint32(len(p.text))
			if c.Status != nil {
				e.status = c.Status[i]
			}
			list = append(list, e)
			if len(list) > jsonstat.MaxUnsorted || len(p.text) > maxText {
				return fmt.Errorf("more than %d cells of a sparse cube, or too much text in them, for a pivot: %w", jsonstat.MaxUnsorted, jsonstat.ErrLimit)
			}
		}
		return nil
	})
	return list, err
}

// blank moves to a row of which nothing is there.
func (p *pivot) blank(row int64) {
	for k := len(p.l.Stub) - 1; k >= 0; k-- {
		size := int64(p.shape[p.l.Stub[k]])
		p.coords[k] = int(row % size)
		row /= size
	}
	for c := range p.cells {
		p.cells[c] = Cell{Kind: jsonstat.Missing, Status: p.missing}
	}
}

// gap hands out the rows of a sparse cube of which nothing is there.
func (p *pivot) gap(from, to int64) error {
	for row := from; row < to; row++ {
		p.blank(row)
		if err := p.f(p.coords, p.cells); err != nil {
			return err
		}
	}
	return nil
}
