package dice

import (
	"fmt"
	"io"
	"math"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// reorder reads cells into memory with the categories of each dimension at other
// places: order says for each dimension which category comes where, nil keeps it.
func reorder(cells jsonstat.Cells, shape jsonstat.Shape, order [][]int) (jsonstat.Cells, error) {
	n, err := shape.Cells()
	if err != nil {
		return nil, err
	}
	info := cells.Info()
	if info.Sparse && info.Default != 0 {
		return nil, fmt.Errorf("its categories stand in another order, and cells that are not there have a status: %w", ErrJoin)
	}
	values := jsonstat.NewSparseValues()
	switch {
	case info.Sparse:
	case n > math.MaxInt:
		return nil, fmt.Errorf("its %d cells, whose categories stand in another order, are more than this machine can count: %w", n, jsonstat.ErrSize)
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
