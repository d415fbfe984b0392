package layout

import (
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Rows goes through the rows of a table, in the order of the stub. coords are
// the indexes of the categories of the stub, cells one for each value column;
// both are reused. Rows of which no cell is kept are left out. Statuses are read if
// they are asked for, or if they decide what is kept.
func (l *Layout) Rows(ds *jsonstat.Dataset, statuses bool, keep Keep, f func(coords []int, cells []Cell) error) error {
	w := Walk{Cube: ds, Keep: keep, Statuses: statuses}
	if !l.Pivoted() {
		return w.Each(f)
	}
	info := ds.Cells().Info()
	p := &pivot{l: l, keep: keep, f: f, shape: ds.Shape(), strides: ds.Shape().Strides(), missing: info.Default}
	p.coords, p.cells = make([]int, len(l.Stub)), make([]Cell, l.Values)
	if info.Sparse {
		return w.open(func(cur jsonstat.Cursor) error { return p.sparse(cur, Gaps(ds, keep)) })
	}
	if !slices.IsSorted(l.Stub) {
		return w.open(p.ordered)
	}
	return w.open(p.dense)
}
