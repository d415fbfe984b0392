package dice

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// categoryOrder compares a part with the first one. It returns, for each dimension, where
// the categories of the first are in the part, or nil if both have the same order. A part
// with the years 2021, 2020 beside a first one with 2020, 2021 gives {1, 0}.
func categoryOrder(first, part *jsonstat.Dataset, axis int) ([][]int, error) {
	a, b := first.Dimensions(), part.Dimensions()
	if !slices.EqualFunc(a, b, func(x, y *jsonstat.Dimension) bool { return x.ID() == y.ID() }) {
		return nil, fmt.Errorf("it has the dimensions %s, the first %s: %w", dimensionIDs(b), dimensionIDs(a), ErrJoin)
	}
	moved := false
	order := make([][]int, len(a))
	for i, d := range a {
		if i == axis {
			continue
		}
		o := b[i]
		if o.Len() != d.Len() {
			return nil, fmt.Errorf("dimension %q has %d categories, in the first %d: %w", d.ID(), o.Len(), d.Len(), ErrJoin)
		}
		order[i] = make([]int, d.Len())
		for k := range d.Len() {
			at := k
			if o.CategoryID(k) != d.CategoryID(k) {
				if at = o.Index(d.CategoryID(k)); at < 0 {
					return nil, fmt.Errorf("dimension %q has no category %q: %w", d.ID(), d.CategoryID(k), ErrJoin)
				}
				moved = true
			}
			order[i][k] = at
		}
	}
	if !moved {
		return nil, nil
	}
	return order, nil
}

func dimensionIDs(dims []*jsonstat.Dimension) string {
	ids := make([]string, len(dims))
	for i, d := range dims {
		ids[i] = d.ID()
	}
	return strings.Join(ids, ", ")
}

// reorderCells reads cells into memory with the categories of each dimension at other
// places: order says for each dimension which category comes where, nil keeps it. It is
// the one place where a join needs memory for cells: a part in another order cannot be read
// forward.
func reorderCells(cells jsonstat.Cells, shape jsonstat.Shape, order [][]int) (jsonstat.Cells, error) {
	n, err := shape.Cells()
	if err != nil {
		return nil, err
	}
	info := cells.Info()
	if info.Sparse && info.Default != 0 {
		return nil, fmt.Errorf("its categories are in another order, and absent cells have a status: %w", ErrJoin)
	}
	values := jsonstat.NewSparseValues()
	switch {
	case info.Sparse:
	case n > math.MaxInt:
		return nil, fmt.Errorf("its %d cells, whose categories are in another order, are more than this machine can count: %w", n, jsonstat.ErrSize)
	default:
		values = jsonstat.NewValues(int(n))
	}
	places := make([][]int, len(order)) // the reverse of order
	for i, list := range order {
		places[i] = make([]int, shape[i])
		for k := range places[i] {
			places[i][k] = k
		}
		for to, from := range list {
			places[i][from] = to
		}
	}
	cur, err := cells.Cursor(true)
	if err != nil {
		return nil, err
	}
	defer cur.Close()
	var coords []int
	for {
		chunk, err := cur.Next()
		if err == io.EOF {
			return values.Cells(), nil
		}
		if err != nil {
			return nil, err
		}
		words := cells.Statuses()
		for i := range chunk.Len() {
			coords = shape.Coords(chunk.Position(i), coords)
			pos := int64(0)
			for k, at := range coords {
				pos = pos*int64(shape[k]) + int64(places[k][at])
			}
			if err := values.SetToken(pos, chunk.Token(i)); err != nil {
				return nil, err
			}
			if chunk.Status != nil && chunk.Status[i] != 0 {
				values.SetStatus(pos, words[chunk.Status[i]])
			}
		}
	}
}
