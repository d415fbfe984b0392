package sdmxconv

import (
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// dimension is an axis of a cube. How its categories lie in keys is known to
// whoever reads them.
type dimension struct {
	component
	place  int // among the dimensions of the cube, of those of a structure
	size   int
	stride int64 // in observations: with several measures there are as many cells to each
	role   jsonstat.Role

	units []*jsonstat.Unit // by category; nil if there are none
	notes map[int][]string
	bare  bool // no labels are known

	annotated []node // the annotations of the message, which it and its values point to
}

// cube is a cube that is being filled, with what its categories are called.
type cube struct {
	*rows.Cells
	dims  []*dimension
	table []int32 // room for finding out what attributes depend on
}

// newCube makes room for a cube of which at most so many observations will come,
// and so many values.
func (r *reader) newCube(dims []*dimension, measures int, most, values int64) (*cube, error) {
	shape := jsonstat.Shape{}
	for _, d := range dims {
		shape = append(shape, d.size)
	}
	cells, err := rows.NewObservations(shape, measures, most, values, r.policy)
	if err != nil {
		return nil, fmt.Errorf("the dimensions make a cube of more cells than can be counted: %w", err)
	}
	setStrides(dims)
	return &cube{Cells: cells, dims: dims}, nil
}

// setStrides says how far apart the categories of dimensions are.
func setStrides(dims []*dimension) {
	stride := int64(1)
	for _, d := range slices.Backward(dims) {
		d.stride = stride
		stride *= int64(d.size)
	}
}

// coords are the categories at a position.
func (c *cube) coords(pos int64) []int {
	list := make([]int, len(c.dims))
	for i, d := range c.dims {
		list[i] = int(pos / d.stride % int64(d.size))
	}
	return list
}

// names are the ids of the categories at a position, for a message.
func (c *cube) names(pos int64) string {
	text := ""
	for i, k := range c.coords(pos) {
		if i > 0 {
			text += ", "
		}
		text += c.dims[i].id + "=" + c.dims[i].values[k].id
	}
	return text
}
