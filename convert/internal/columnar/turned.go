package columnar

import (
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// turnedCells is how many cells are put in a chunk before they go into a batch.
const turnedCells = 4 << 10

// Parted goes through the rows of a table part by part: each has one category of each of
// the dimensions that dims numbers, of which the last one moves fastest. In a part the rows
// come in the order of the cube. No batch is of two parts; a part may have several.
func (t *Table) Parted(dims []int, f func(*Batch) error) error {
	if len(dims) == 0 {
		return t.Batches(0, f)
	}
	n := len(t.ds.Shape())
	leading := true
	for i, d := range dims {
		leading = leading && d == i
	}
	if leading {
		return t.Batches(t.strides[len(dims)-1], f)
	}
	if !t.ds.HasCells() {
		return nil
	}
	order := slices.Clone(dims)
	for d := range n {
		if !slices.Contains(dims, d) {
			order = append(order, d)
		}
	}
	list := t.ds.Dimensions()
	o := layout.Options{By: []string{list[order[n-1]].ID()}}
	for _, d := range order[:n-1] {
		o.Stub = append(o.Stub, list[d].ID())
	}
	l, err := layout.New(t.ds, o)
	if err != nil {
		return err
	}
	w := &turner{walker: newWalker(t, 0, f), order: order, parted: len(dims), last: make([]int, len(dims))}
	w.at = make([]int64, cap(w.b.Status))
	w.chunk.Positions, w.chunk.Status = make([]int64, 0, turnedCells), make([]int32, 0, turnedCells)
	if err := l.Rows(t.ds, true, t.o.Keep, w.row); err != nil {
		return err
	}
	if err := w.pass(); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	w.tell()
	return nil
}

// turner puts cells that come in another order than that of the cube in batches.
type turner struct {
	*walker
	order  []int // of the dimensions, the slowest first
	parted int   // so many of them make parts
	last   []int // the part of the cells before
	chunk  jsonstat.Chunk
}

// row takes the cells of a row of a pivot by the last dimension of the order.
func (w *turner) row(coords []int, cells []layout.Cell) error {
	pos := int64(0)
	for i, k := range coords {
		pos += int64(k) * w.t.strides[w.order[i]]
	}
	by := len(w.order) - 1
	stub := min(w.parted, by)
	if !slices.Equal(w.last[:stub], coords[:stub]) {
		copy(w.last[:stub], coords[:stub])
		if err := w.part(); err != nil {
			return err
		}
	}
	c := &w.chunk
	for k := range cells {
		cell := &cells[k]
		if !w.t.o.Keep.Wants(cell.Kind, cell.Status) {
			continue
		}
		if w.parted > by && w.last[by] != k { // each cell is a part
			w.last[by] = k
			if err := w.part(); err != nil {
				return err
			}
		}
		if len(c.Kinds) == turnedCells || len(c.Buf) > maxText {
			if err := w.pass(); err != nil {
				return err
			}
		}
		c.Positions = append(c.Positions, pos+int64(k)*w.t.strides[w.order[by]])
		c.Kinds = append(c.Kinds, cell.Kind)
		c.Status = append(c.Status, cell.Status)
		c.Start = append(c.Start, uint32(len(c.Buf)))
		c.Buf = append(c.Buf, cell.Token...)
		c.End = append(c.End, uint32(len(c.Buf)))
	}
	return nil
}

// part ends a part.
func (w *turner) part() error {
	if err := w.pass(); err != nil {
		return err
	}
	return w.flush()
}

// pass puts the cells of the chunk in the batch.
func (w *turner) pass() error {
	c := &w.chunk
	n := len(c.Kinds)
	if n == 0 {
		return nil
	}
	if w.b.Len+n > cap(w.b.Status) || w.full() {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if w.b.Len == 0 {
		w.begin(c.Positions[0])
	}
	for done := 0; done < n; { // of a small cube a batch may be smaller than a chunk
		some := min(n-done, cap(w.b.Status)-w.b.Len)
		copy(w.at[w.b.Len:], c.Positions[done:done+some])
		if err := w.cells(c, done, some); err != nil {
			return err
		}
		done += some
		if done < n {
			if err := w.flush(); err != nil {
				return err
			}
			w.begin(c.Positions[done])
		}
	}
	c.Positions, c.Kinds, c.Status, c.Start, c.End, c.Buf = c.Positions[:0], c.Kinds[:0], c.Status[:0], c.Start[:0], c.End[:0], c.Buf[:0]
	return nil
}
