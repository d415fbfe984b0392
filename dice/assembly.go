package dice

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Assemble puts the cells of a cube together that came in parts, in whatever boxes:
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
	known := map[holds]bool{}
	for i := range parts {
		var err error
		if boxes[i], err = parts[i].choices(shape, known); err != nil {
			return nil, fmt.Errorf("part %d: %w", i+1, err)
		}
		cells[i] = parts[i].Cells
	}
	return assemble(shape, boxes, cells)
}

// assembly are the cells of parts put together. A part is a box, which is what a dice
// keeps; so the plan of that dice knows where the cells of the part lie in the whole.
type assembly struct {
	info     jsonstat.CellsInfo
	shape    jsonstat.Shape
	parts    []piece
	division *division
	n        int64 // cells
	words    words
}

// piece is a part of an assembly.
type piece struct {
	cells jsonstat.Cells
	box   []choice
	n     int64 // cells
}

func assemble(shape jsonstat.Shape, boxes [][]choice, cells []jsonstat.Cells) (*assembly, error) {
	c := &assembly{shape: shape, parts: make([]piece, len(cells)), words: words{numbers: map[string]int32{}}}
	var err error
	if c.n, err = shape.Cells(); err != nil {
		return nil, err
	}
	if c.division, err = newDivision(shape, boxes); err != nil {
		return nil, err
	}
	c.words.number("")
	for i := range cells {
		c.parts[i] = piece{cells[i], boxes[i], 1}
		for k := range boxes[i] {
			c.parts[i].n *= int64(boxes[i][k].n)
		}
		info := cells[i].Info()
		c.info.Sparse = c.info.Sparse || info.Sparse
		c.info.HasStatus = c.info.HasStatus || info.HasStatus
		c.info.Once = c.info.Once || info.Once
	}
	return c, c.defaults()
}

// defaults finds the status of cells that are given none. Parts that differ in it give
// all their cells one, if their cells are there.
func (c *assembly) defaults() error {
	for i := range c.parts {
		cells := c.parts[i].cells
		status := translator{to: &c.words}
		status.learn(cells.Statuses())
		all := status.known[cells.Info().Default]
		switch {
		case i == 0:
			c.info.Default = all
		case c.info.Default != all && c.info.Sparse:
			return fmt.Errorf("the statuses of the cells that are left out are %q and %q: %w", c.words.list[c.info.Default], c.words.list[all], ErrJoin)
		case c.info.Default != all:
			c.info.Default = 0
			return nil
		}
	}
	return nil
}

func (c *assembly) Info() jsonstat.CellsInfo { return c.info }

func (c *assembly) Statuses() []string { return c.words.list }

// Facts are those of the parts taken together.
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
