package columnar

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/build"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Cube is a cube that is filled from rows in any order. Cells without a row are
// missing.
type Cube struct {
	head    *jsonstat.Dataset
	forms   Forms
	cells   *build.Cells
	strides []int64
	empty   bool // the table has no rows
	buf     []byte
	token   []byte
}

// NewCube makes a cube of a head, of which so many rows will come. The cells of
// the head are not looked at.
func NewCube(head *jsonstat.Dataset, forms Forms, rows int64) (*Cube, error) {
	cells, err := build.NewCells(head.Shape(), rows)
	if err != nil {
		return nil, err
	}
	return &Cube{head: head, forms: forms, cells: cells, strides: head.Shape().Strides(), empty: rows == 0}, nil
}

// Place makes the cell with the given categories the current one and returns its
// position, for the methods below. It is an error if a row, which are counted
// from 1, gave that cell before; see also [Cube.Dataset].
func (c *Cube) Place(coords []int32, row int64) (pos int64, err error) {
	for i, k := range coords {
		pos += int64(k) * c.strides[i]
	}
	return pos, c.PlaceAt(pos, row)
}

// PlaceAt is Place for a position in row-major order.
func (c *Cube) PlaceAt(pos, row int64) error {
	if !c.cells.Place(pos, row) {
		return &RowError{row, fmt.Sprintf("the cell %s has a row already", Where(c.head, pos))}
	}
	return nil
}

// Token sets the cell to a number as JSON writes it.
func (c *Cube) Token(pos int64, token []byte) error { return c.cells.Number(pos, token) }

// Float sets the cell to a float; one that is no number is missing.
func (c *Cube) Float(pos int64, f float64, bits int) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		c.cells.Missing(pos)
		return nil
	}
	c.token = appendFloat(c.token[:0], f, bits)
	return c.cells.Number(pos, c.token)
}

// Int sets the cell to a whole number.
func (c *Cube) Int(pos, n int64) error {
	c.token = jsonstat.AppendNumber(c.token[:0], strconv.AppendInt(c.buf[:0], n, 10))
	return c.cells.Number(pos, c.token)
}

// Text sets the cell to a text.
func (c *Cube) Text(pos int64, text string) {
	c.token = append(c.token[:0], text...)
	c.cells.Text(pos, c.token)
}

// Bool sets the cell to true or false.
func (c *Cube) Bool(pos int64, b bool) { c.cells.Bool(pos, b) }

// Missing leaves the cell without a value.
func (c *Cube) Missing(pos int64) { c.cells.Missing(pos) }

// Status gives the cell a status, after its value. It must be UTF-8.
func (c *Cube) Status(pos int64, status []byte) { c.cells.Status(pos, status) }

// Dataset makes the dataset. The error may be that of two rows for one cell, which
// is found here in cubes of which most cells have no row. A cube without rows is
// metadata alone.
func (c *Cube) Dataset() (*jsonstat.Dataset, error) {
	if c.empty {
		return c.head.WithCells(nil, c.forms.Values, c.forms.Statuses)
	}
	if pos, first, second, found := c.cells.Twice(); found {
		return nil, &RowError{second, fmt.Sprintf("the cell %s has a row already, number %d", Where(c.head, pos), first)}
	}
	return c.head.WithCells(c.cells.Cells(), c.forms.Values, c.forms.Statuses)
}

// RowError is a row that cannot be part of a cube.
type RowError struct {
	Row int64 // from 1
	Msg string
}

// Error gives row and reason.
func (e *RowError) Error() string { return fmt.Sprintf("row %d: %s", e.Row, e.Msg) }

// Where names the categories of a cell: "Region=0301, Tid=2024".
func Where(ds *jsonstat.Dataset, pos int64) string {
	var words []string
	for i, k := range ds.Shape().Coords(pos, nil) {
		d := ds.Dimensions()[i]
		words = append(words, brief(d.ID())+"="+brief(d.CategoryID(k)))
	}
	if len(words) == 0 {
		return "of a table without dimensions"
	}
	return strings.Join(words, ", ")
}

// brief shortens a text for a message.
func brief(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
