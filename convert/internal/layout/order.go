package layout

import (
	"fmt"
	"io"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// orderedCells is how many cells of a dense cube a pivot holds at a time whose rows come in
// another order than those of the cube, 16 bytes each and their text: for each such piece
// all of the cube may have to be gone through. Only tests change it.
var orderedCells int64 = 1 << 20

// jump is how many cells are read over rather than looked for at another place: a source
// reads a piece of the text to find a place.
const jump = 8 << 10

// box is a part of a cube that is held: of each dimension the categories from from to to.
type box struct {
	from, to []int
	strides  []int64 // in the box
	cells    int64
}

// ordered reads a dense cube box by box. A box has all columns, and as many rows that
// follow each other in the table as there is room for: all categories of the innermost
// dimensions of the stub, some that follow each other of the next one, and one of each of
// the others.
func (p *pivot) ordered(cur jsonstat.Cursor) error {
	n, stub := len(p.shape), p.l.Stub
	at, rows := len(stub), int64(1) // from at on the dimensions of the stub are whole
	for at > 0 && rows*int64(p.shape[stub[at-1]])*int64(p.l.Values) <= orderedCells {
		at--
		rows *= int64(p.shape[stub[at]])
	}
	var before, inside []int // places in the stub
	for k := range stub {
		if k >= at {
			inside = append(inside, k)
		} else if k < at-1 {
			before = append(before, k)
		}
	}
	steps, size := 1, 1
	if at > 0 {
		size = p.shape[stub[at-1]]
		steps = int(min(int64(size), max(1, orderedCells/(rows*int64(p.l.Values)))))
	}
	b := &box{from: make([]int, n), to: make([]int, n), strides: make([]int64, n)}
	for ok := true; ok; ok = p.step(before) {
		for t := 0; t < size; t += steps {
			for d := range n {
				b.from[d], b.to[d] = 0, p.shape[d]
			}
			for _, k := range before {
				b.from[stub[k]], b.to[stub[k]] = p.coords[k], p.coords[k]+1
			}
			count := min(steps, size-t)
			if at > 0 {
				b.from[stub[at-1]], b.to[stub[at-1]] = t, t+count
			}
			if err := p.fill(cur, b); err != nil {
				return err
			}
			columns := b.columns(p.l)
			for s := range count {
				if at > 0 {
					p.coords[at-1] = t + s
				}
				for ok := true; ok; ok = p.step(inside) {
					row := int64(0)
					for k, d := range stub {
						row += int64(p.coords[k]-b.from[d]) * b.strides[d]
					}
					for c := range p.cells {
						x := &p.slots[row+columns[c]]
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

// columns are the places of the value columns in a box, from the first one of a row.
func (b *box) columns(l *Layout) []int64 {
	places := make([]int64, l.Values)
	for c := range places {
		for _, d := range l.By {
			places[c] += int64(l.Category(d, c)) * b.strides[d]
		}
	}
	return places
}

// fill reads the cells of a box, in the order of the cube.
func (p *pivot) fill(cur jsonstat.Cursor, b *box) error {
	b.cells = 1
	last := int64(0) // the last cell, in the cube
	for d := len(p.shape) - 1; d >= 0; d-- {
		b.strides[d] = b.cells
		b.cells *= int64(b.to[d] - b.from[d])
		last += int64(b.to[d]-1) * p.strides[d]
	}
	if int64(cap(p.slots)) < b.cells {
		p.slots = make([]slot, b.cells)
	}
	p.slots = p.slots[:b.cells]
	clear(p.slots) // a source may leave cells out
	p.text = p.text[:0]
	s := newSpan(p, b)
	for read := int64(-1); !s.done; s.pass(read) {
		if read < 0 || s.from-read > jump {
			if err := cur.Range(s.from, last+1); err != nil {
				return err
			}
		}
		chunk, err := cur.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		p.take(chunk, s)
		if len(p.text) > maxText {
			return fmt.Errorf("the texts of %d cells take too much memory for a pivot: %w", b.cells, jsonstat.ErrLimit)
		}
		if n := chunk.Len(); n > 0 {
			read = chunk.Position(n-1) + 1
		}
	}
	return nil
}

// take takes the cells of a chunk that lie in a box, by its spans from s on.
func (p *pivot) take(c *jsonstat.Chunk, s *span) {
	for i, n := 0, c.Len(); i < n; {
		pos := c.Position(i)
		if s.pass(pos); s.done {
			return
		}
		m := 1 // how many cells follow each other as far as is known
		if c.Positions == nil {
			m = n - i
		}
		if pos < s.from {
			i += int(min(int64(m), s.from-pos))
			continue
		}
		m = int(min(int64(m), s.from+s.length-pos))
		slots := p.slots[s.slot+pos-s.from:][:m]
		for k := range slots {
			x, j := &slots[k], i+k
			x.kind, x.start = c.Kinds[j], uint32(len(p.text))
			p.text = append(p.text, c.Buf[c.Start[j]:c.End[j]]...)
			x.end = uint32(len(p.text))
			if c.Status != nil {
				x.status = c.Status[j]
			}
		}
		i += m
	}
}

// span are cells of a box that follow each other in the cube. It goes through all of
// them.
type span struct {
	b       *box
	strides []int64 // of the cube
	coords  []int   // of the dimensions that tell spans apart
	length  int64
	from    int64 // position of the first cell in the cube
	slot    int64 // and in the box
	done    bool
}

// newSpan is the first span of a box.
func newSpan(p *pivot, b *box) *span {
	q := len(p.shape) // the dimensions from q on are whole in the box
	for q > 0 && b.to[q-1]-b.from[q-1] == p.shape[q-1] {
		q--
	}
	s := &span{b: b, strides: p.strides, length: b.cells, done: b.cells == 0}
	if q > 0 {
		s.length = int64(b.to[q-1]-b.from[q-1]) * p.strides[q-1]
		s.coords = slices.Clone(b.from[:q-1])
		for d, k := range b.from[:q] {
			s.from += int64(k) * p.strides[d]
		}
	}
	return s
}

// pass moves to the first span that ends behind a position.
func (s *span) pass(pos int64) {
	for !s.done && s.from+s.length <= pos {
		s.next()
	}
}

// next moves to the next span.
func (s *span) next() {
	s.slot += s.length
	for d := len(s.coords) - 1; d >= 0; d-- {
		if s.coords[d]++; s.coords[d] < s.b.to[d] {
			s.from += s.strides[d]
			return
		}
		s.from -= int64(s.b.to[d]-1-s.b.from[d]) * s.strides[d]
		s.coords[d] = s.b.from[d]
	}
	s.done = true
}
