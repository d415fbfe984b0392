package dice

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Part is a box of a cube: the cells of all combinations of some categories of each
// dimension, see [Assemble].
type Part struct {
	// Places are, for each dimension of the cube, the categories that the part has:
	// their places among those of the cube, in ascending order; nil stands for all.
	// Parts that have the same categories may share a slice, which is then gone
	// through once. None of them must change as long as the cells are read.
	Places [][]int

	// Cells are the cells of the part, in row-major order of its own categories.
	// Info, and the statuses met so far, are asked for by Assemble. A cursor is made
	// when a cell of the part is due, and closed when its last one was given, so that
	// Cells may open in Cursor what it reads and close that with the cursor.
	Cells jsonstat.Cells
}

// checkedChoices are the categories of the part, checked against the shape of the cube.
func (p *Part) checkedChoices(shape jsonstat.Shape, known map[choiceKey]bool) ([]choice, error) {
	if len(p.Places) != len(shape) {
		return nil, fmt.Errorf("it names categories of %d dimensions, the cube has %d: %w", len(p.Places), len(shape), ErrJoin)
	}
	list := make([]choice, len(shape))
	for i, places := range p.Places {
		if places == nil {
			list[i] = choice{n: shape[i]}
			continue
		}
		if err := checkAscending(places, shape[i], i, known); err != nil {
			return nil, err
		}
		list[i] = newChoice(places, shape[i])
	}
	return list, nil
}

// checkAscending checks that the indexes are categories of dimension i in ascending order.
// A list that was checked before (known) is not gone through again.
func checkAscending(places []int, size, i int, known map[choiceKey]bool) error {
	if len(places) == 0 {
		return fmt.Errorf("it has no category of dimension %d: %w", i, ErrJoin)
	}
	key := choiceKey{first: i, n: len(places), list: &places[0]}
	if known[key] {
		return nil
	}
	known[key] = true
	last := -1
	for _, at := range places {
		if at <= last || at >= size {
			return fmt.Errorf("it has category %d of dimension %d after category %d, of %d in ascending order: %w", at, i, last, size, ErrJoin)
		}
		last = at
	}
	return nil
}
