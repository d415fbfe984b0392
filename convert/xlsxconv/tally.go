package xlsxconv

import (
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// usedStatuses finds out which statuses occur, by number, and whether any stands on a value.
func usedStatuses(ds *jsonstat.Dataset) (used []bool, onValue bool, err error) {
	use := func(id int32) {
		for int(id) >= len(used) {
			used = append(used, false)
		}
		used[id] = true
	}
	if d := ds.Cells().Info().Default; d != 0 {
		use(d)
	}
	err = layout.Walk{Cube: ds, Statuses: true}.Chunks(func(c *jsonstat.Chunk) error {
		for i, id := range c.Status {
			if id != 0 {
				use(id)
				onValue = onValue || c.Kinds[i] != jsonstat.Missing
			}
		}
		return nil
	})
	return used, onValue, err
}

// countRows counts the rows of a table.
func countRows(ds *jsonstat.Dataset, l *layout.Layout, keep convert.Keep) (int64, error) {
	switch {
	case layout.Empty(ds):
		return 0, nil
	case l.Pivoted() && keep == convert.All:
		rows := int64(1)
		for _, d := range l.Stub {
			rows *= int64(ds.Shape()[d])
		}
		return rows, nil
	case l.Pivoted():
		rows := int64(0)
		err := l.Rows(ds, true, keep, func([]int, []layout.Cell) error { rows++; return nil })
		return rows, err
	case keep == convert.All:
		return ds.Len(), nil
	}
	rows := int64(0)
	err := layout.Walk{Cube: ds, Keep: keep, Statuses: true}.Stretches(func(s *layout.Stretch) error {
		rows += s.Gap + int64(s.To-s.From)
		return nil
	})
	return rows, err
}
