package sdmxconv

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cube is a cube that is being filled, with what its categories are called.
type cube struct {
	*rows.Cells
	dims  []*dimension
	table []int32 // room for finding out what attributes depend on
}

// newCube makes room for a cube of which at most so many observations will come,
// and so many values.
func newCube(dims []*dimension, measures int, most, values int64, p rows.Policy) (*cube, error) {
	shape := jsonstat.Shape{}
	for _, d := range dims {
		shape = append(shape, d.size)
	}
	cells, err := rows.NewObservations(shape, measures, most, values, p)
	if err != nil {
		return nil, fmt.Errorf("the dimensions make a cube of more cells than can be counted: %w", err)
	}
	setStrides(dims)
	return &cube{Cells: cells, dims: dims}, nil
}

// twice is the error for two observations at a position.
func (c *cube) twice(pos int64) error {
	text := ""
	for i, d := range c.dims {
		if i > 0 {
			text += ", "
		}
		text += d.id + "=" + d.values[d.category(pos)].id
	}
	return notSDMX("there are two observations of " + text)
}
