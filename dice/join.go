package dice

import (
	"fmt"
	"math"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Join and Concat say what the head of the whole is, and hand the cells to assemble
// (assembly.go) as boxes. Join puts boxes side by side along one dimension: of three parts
// with 2, 1 and 4 years, the boxes have the years 0 to 2, 2 to 3 and 3 to 7 of the whole and
// all categories of every other dimension. Concat has no dimensions to go by: it takes the
// cells as one long row and cuts that.

// Join is the reverse of a dice: it puts cubes together along a dimension, given
// by its id, whose categories come in the order of the parts. All else must be
// equal: the same dimensions in the same order, and in the others the same
// categories, by id. A category of by that occurs twice is an error.
//
// The head is that of the first part with what the others add, see
// [jsonstat.Dimension.Widen] and [jsonstat.Head.Unite]. The cells are read
// through those of the parts, which must stay open; only a part whose categories
// are in another order than those of the first is read into memory.
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
		if orders[i], err = categoryOrder(first, p, axis); err != nil {
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
			if cells[i], err = reorderCells(p.Cells(), p.Shape(), orders[i]); err != nil {
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
	return joinedDataset(head, shape, boxes, cells)
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
	return joinedDataset(head.Head(), jsonstat.Shape{int(n)}, boxes, cells)
}

// joinedDataset makes the dataset of a head and the cells of its parts.
func joinedDataset(head jsonstat.Head, shape jsonstat.Shape, boxes [][]choice, cells []jsonstat.Cells) (*jsonstat.Dataset, error) {
	whole, err := assemble(shape, boxes, cells)
	if err != nil {
		return nil, err
	}
	return jsonstat.New(head, whole)
}
