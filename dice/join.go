package dice

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Join is the reverse of a dice: it puts cubes together along a dimension, given
// by its id, whose categories come in the order of the parts. All else must be
// equal: the same dimensions in the same order, and in the others the same
// categories, by id. A category of by that comes twice is an error.
//
// The head is that of the first part with what the others add, see
// [jsonstat.Dimension.Widen] and [jsonstat.Head.Unite]. The cells are read
// through those of the parts, which must stay open; only a part whose categories
// stand in another order than those of the first is read into memory.
func Join(by string, parts ...*jsonstat.Dataset) (*jsonstat.Dataset, error) {
	if len(parts) == 0 {
		return nil, fmt.Errorf("there is nothing to join: %w", ErrJoin)
	}
	first := parts[0]
	axis, _, err := first.FindDimension(by)
	if err != nil {
		return nil, err
	}
	dims := append([]*jsonstat.Dimension(nil), first.Dimensions()...)
	head := first.Head()
	var heads []jsonstat.Head
	var wider []*jsonstat.Dimension
	orders := make([][][]int, len(parts))
	for i, p := range parts {
		if orders[i], err = orderOf(first, p, axis); err != nil {
			return nil, fmt.Errorf("part %d: %w", i+1, err)
		}
		if !p.HasCells() {
			return nil, fmt.Errorf("part %d has no values, it is metadata alone: %w", i+1, ErrJoin)
		}
		if i > 0 {
			heads = append(heads, p.Head())
			wider = append(wider, p.Dimensions()[axis])
		}
	}
	if dims[axis], err = dims[axis].Widen(wider...); err != nil {
		return nil, fmt.Errorf("%w: %w", err, ErrJoin)
	}
	head = head.Unite(heads...)
	head.Dimensions = dims
	cells := make([]jsonstat.Cells, len(parts))
	boxes := make([][]choice, len(parts))
	shape := slices.Clone(first.Shape())
	shape[axis] = 0
	for i, p := range parts {
		cells[i] = p.Cells()
		if orders[i] != nil {
			if cells[i], err = reorder(p.Cells(), p.Shape(), orders[i]); err != nil {
				return nil, fmt.Errorf("part %d: %w", i+1, err)
			}
		}
		boxes[i] = make([]choice, len(shape))
		for k, n := range shape {
			boxes[i][k].n = n
		}
		n := p.Shape()[axis]
		boxes[i][axis] = choice{first: shape[axis], n: n}
		shape[axis] += n
	}
	return joined(head, shape, boxes, cells)
}

// Concat gives the head of a dataset the cells of others, one behind the other
// in row-major order: metadata that came apart from its values, and values that
// came in pieces. What the heads of the pieces say is not looked at; together
// they must have as many cells as the head. The cells are read through theirs.
func Concat(head *jsonstat.Dataset, pieces ...*jsonstat.Dataset) (*jsonstat.Dataset, error) {
	cells := make([]jsonstat.Cells, len(pieces))
	boxes := make([][]choice, len(pieces))
	n := int64(0)
	for i, p := range pieces {
		if !p.HasCells() {
			return nil, fmt.Errorf("piece %d has no values, it is metadata alone: %w", i+1, ErrJoin)
		}
		cells[i], boxes[i] = p.Cells(), []choice{{first: int(n), n: int(p.Len())}}
		n += p.Len()
	}
	if n != head.Len() {
		return nil, fmt.Errorf("the pieces have %d cells, the head %d: %w", n, head.Len(), ErrJoin)
	}
	if n > math.MaxInt {
		return nil, fmt.Errorf("the %d cells of the pieces are more than this machine can count: %w", n, jsonstat.ErrSize)
	}
	return joined(head.Head(), jsonstat.Shape{int(n)}, boxes, cells)
}

// orderOf holds a part against the first one. It returns the places of its
// categories in the order of the first, by dimension, or nil if they are those.
func orderOf(first, part *jsonstat.Dataset, axis int) ([][]int, error) {
	a, b := first.Dimensions(), part.Dimensions()
	if !slices.EqualFunc(a, b, func(x, y *jsonstat.Dimension) bool { return x.ID() == y.ID() }) {
		return nil, fmt.Errorf("it has the dimensions %s, the first %s: %w", names(b), names(a), ErrJoin)
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

func names(dims []*jsonstat.Dimension) string {
	ids := make([]string, len(dims))
	for i, d := range dims {
		ids[i] = d.ID()
	}
	return strings.Join(ids, ", ")
}

// joined makes the dataset of a head and the cells of its parts.
func joined(head jsonstat.Head, shape jsonstat.Shape, boxes [][]choice, cells []jsonstat.Cells) (*jsonstat.Dataset, error) {
	whole, err := assemble(shape, boxes, cells)
	if err != nil {
		return nil, err
	}
	return jsonstat.New(head, whole)
}
