package dice

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Assemble puts the cells of a cube together that came in parts, in boxes of any form:
// cut along one dimension or along several, into parts of neighbours or of categories
// here and there. Nothing is copied, the cells are read through those of the parts. The
// parts may come in any order; every cell of the shape must be in exactly one of them,
// else the error is a [*CoverageError].
//
// The cells are sparse if those of any part are. Parts whose cells are not there must
// agree on the status that these have, see [jsonstat.CellsInfo]. Errors wrap [ErrJoin];
// [jsonstat.ErrLimit] as well if the parts divide the cube into more than 16 million
// pieces, [jsonstat.ErrSize] if its cells cannot be counted.
//
// The cells of a whole that is read once, from its first cell to its last, need each
// part from its first cell to its last: for a cut along the outermost dimension one
// part after the other, for a cut along the innermost one all of them side by side.
// A cursor that was moved by Range keeps the parts open until it is closed.
func Assemble(shape jsonstat.Shape, parts []Part) (jsonstat.Cells, error) {
	if _, err := shape.Cells(); err != nil {
		return nil, err
	}
	boxes := make([][]choice, len(parts))
	cells := make([]jsonstat.Cells, len(parts))
	known := map[choiceKey]bool{}
	for i := range parts {
		var err error
		if boxes[i], err = parts[i].checkedChoices(shape, known); err != nil {
			return nil, fmt.Errorf("part %d: %w", i+1, err)
		}
		cells[i] = parts[i].Cells
	}
	return assemble(shape, boxes, cells)
}

// assembly are the cells of parts put together, see [Assemble]. A part is a box of the
// whole, which is what a dice keeps; so the [cellMap] of that dice says where the cells of
// the part lie in the whole, and the join needs no other arithmetic. For two parts of a
// cube of 2 regions and 4 years, one with the years 0 and 1 and one with 2 and 3, the whole
// alternates between them, two cells at a time:
//
//	part   0 0 1 1 0 0 1 1
//	cell   0 1 0 1 2 3 2 3
//
// division.go finds that order for any boxes, and that every cell has one owner.
type assembly struct {
	info      jsonstat.CellsInfo
	shape     jsonstat.Shape
	parts     []assemblyPart
	division  *division
	cellCount int64 // cells
	statuses  statusList
}

// assemblyPart is a part with the categories that it has of each dimension.
type assemblyPart struct {
	cells     jsonstat.Cells
	box       []choice
	cellCount int64 // cells
}

// assemble puts cells together; boxes says what each of them has of each dimension.
func assemble(shape jsonstat.Shape, boxes [][]choice, cells []jsonstat.Cells) (*assembly, error) {
	c := &assembly{shape: shape, parts: make([]assemblyPart, len(cells)), statuses: statusList{numbers: map[string]int32{}}}
	var err error
	if c.cellCount, err = shape.Cells(); err != nil {
		return nil, err
	}
	if c.division, err = newDivision(shape, boxes); err != nil {
		return nil, err
	}
	c.statuses.add("")
	for i := range cells {
		c.parts[i] = assemblyPart{cells[i], boxes[i], 1}
		for k := range boxes[i] {
			c.parts[i].cellCount *= int64(boxes[i][k].n)
		}
		info := cells[i].Info()
		c.info.Sparse = c.info.Sparse || info.Sparse
		c.info.HasStatus = c.info.HasStatus || info.HasStatus
		c.info.Once = c.info.Once || info.Once
	}
	return c, c.findDefaultStatus()
}

// findDefaultStatus finds the status of cells that are given none. In a sparse whole all
// parts must agree on it, since one number stands for all absent cells. Where every cell is
// there each part writes its own into its cells, and the whole has no default.
func (c *assembly) findDefaultStatus() error {
	for i := range c.parts {
		cells := c.parts[i].cells
		status := statusTranslator{to: &c.statuses}
		status.learn(cells.Statuses())
		all := status.known[cells.Info().Default]
		switch {
		case i == 0:
			c.info.Default = all
		case c.info.Default != all && c.info.Sparse:
			return fmt.Errorf("the statuses of the cells that are left out are %q and %q: %w", c.statuses.list[c.info.Default], c.statuses.list[all], ErrJoin)
		case c.info.Default != all:
			c.info.Default = 0
			return nil
		}
	}
	return nil
}

func (c *assembly) Info() jsonstat.CellsInfo { return c.info }

func (c *assembly) Statuses() []string { return c.statuses.list }

// Facts are the sums over the parts.
func (c *assembly) Facts() (jsonstat.Facts, error) {
	sum := jsonstat.Facts{Whole: true}
	for i := range c.parts {
		f, err := c.parts[i].cells.Facts()
		if err != nil {
			return jsonstat.Facts{}, err
		}
		sum.Stored += f.Stored
		sum.Missing += f.Missing
		sum.Numbers += f.Numbers
		sum.Texts += f.Texts
		sum.Booleans += f.Booleans
		sum.Whole = sum.Whole && f.Whole
		sum.Digits = max(sum.Digits, f.Digits)
	}
	return sum, nil
}
