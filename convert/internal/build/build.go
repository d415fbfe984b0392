// Package build makes cubes of rows, whatever format they stand in: each row
// names a category of each dimension and gives a value and perhaps a status.
// Rows may come in any order and be fewer than the cells.
//
// It takes two passes over the rows. The first finds the categories, see
// [Dimension.Add]; the second puts the values in their places, see [Cells.Place].
// So nothing but the cube itself is kept in memory.
package build

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"unsafe"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Dimension is a dimension whose categories come up in rows.
type Dimension struct {
	texts []string
	index map[string]int32
	last  int32
	fixed bool // no new categories may come up
}

// NewDimension makes a dimension of the given categories, or one that takes what
// comes if there are none.
func NewDimension(categories []string) *Dimension {
	d := &Dimension{index: make(map[string]int32, len(categories)), fixed: categories != nil}
	for _, c := range categories {
		d.add(c)
	}
	return d
}

// Alias lets a text stand for a category as well, unless it is one itself.
func (d *Dimension) Alias(text string, category int) {
	if _, ok := d.index[text]; !ok {
		d.index[text] = int32(category)
	}
}

// Fix forbids new categories.
func (d *Dimension) Fix() { d.fixed = true }

// Find is the category of that text, if it is one already.
func (d *Dimension) Find(text []byte) (int32, bool) {
	i, ok := d.index[string(text)]
	return i, ok
}

// Texts are the categories so far.
func (d *Dimension) Texts() []string { return d.texts }

// Add is the category of that text, a new one if need be; -1 if it may not be new.
// Most rows name the category of the row before, the one behind it or the first:
// these are found by comparing.
func (d *Dimension) Add(text []byte) int32 {
	if d.last < int32(len(d.texts)) && d.texts[d.last] == string(text) {
		return d.last
	}
	if next := d.last + 1; next < int32(len(d.texts)) && d.texts[next] == string(text) {
		d.last = next
		return next
	}
	if len(d.texts) > 0 && d.texts[0] == string(text) {
		d.last = 0
		return 0
	}
	if i, ok := d.index[string(text)]; ok {
		d.last = i
		return i
	}
	if d.fixed {
		return -1
	}
	d.last = d.add(string(text))
	return d.last
}

func (d *Dimension) add(text string) int32 {
	i := int32(len(d.texts))
	d.texts = append(d.texts, text)
	d.index[text] = i
	return i
}

// Cells are the cells of a cube that is being filled.
type Cells struct {
	shape    jsonstat.Shape
	n        int64
	sparse   bool
	values   *jsonstat.Values
	seen     []uint64  // of a dense cube: which cells were placed
	placed   []placing // of a sparse one
	statuses map[string]string
	status   string // the last one
}

// placing is a cell of a sparse cube and the row that placed it.
type placing struct{ pos, row int64 }

// NewCells makes room for a cube of that shape, of which so many rows will come.
// One of which most cells will not come is sparse.
func NewCells(shape jsonstat.Shape, rows int64) (*Cells, error) {
	n, err := shape.Cells()
	if err != nil {
		return nil, err
	}
	c := &Cells{shape: shape, n: n, statuses: map[string]string{}}
	const small, thin = 1 << 16, 4
	if n > small && n/thin > rows {
		c.sparse, c.values = true, jsonstat.NewSparseValues()
		room := int(min(rows, math.MaxInt/64))
		c.values.Grow(room)
		c.placed = make([]placing, 0, room)
		return c, nil
	}
	if n > math.MaxInt {
		return nil, fmt.Errorf("the cube has %d cells, more than this machine can count: %w", n, jsonstat.ErrSize)
	}
	c.values, c.seen = jsonstat.NewValues(int(n)), make([]uint64, (n+63)/64)
	return c, nil
}

// Len is the number of cells.
func (c *Cells) Len() int64 { return c.n }

// Place makes a cell the current one. It is false if the cell had a row before.
// In a sparse cube that comes out at the end, see [Cells.Twice].
func (c *Cells) Place(pos, row int64) bool {
	if c.sparse {
		c.placed = append(c.placed, placing{pos, row})
		return true
	}
	word, bit := pos/64, uint64(1)<<(pos%64)
	if c.seen[word]&bit != 0 {
		return false
	}
	c.seen[word] |= bit
	return true
}

// Number sets the cell to a number, which must be one in JSON.
func (c *Cells) Number(pos int64, token []byte) error { return c.values.SetNumberToken(pos, token) }

// Token sets the cell to a value in JSON; nothing, and null, leave it without one.
func (c *Cells) Token(pos int64, token []byte) error {
	if len(token) == 0 || token[0] == 'n' {
		c.Missing(pos)
		return nil
	}
	return c.values.SetToken(pos, token)
}

// Text sets the cell to a text, which is copied.
func (c *Cells) Text(pos int64, text []byte) {
	c.values.SetText(pos, unsafe.String(unsafe.SliceData(text), len(text)))
}

// Bool sets the cell to true or false.
func (c *Cells) Bool(pos int64, b bool) { c.values.SetBool(pos, b) }

// Missing leaves the cell without a value.
func (c *Cells) Missing(pos int64) {
	if c.sparse {
		c.values.SetMissing(pos)
	}
}

// Status gives the cell a status, after its value.
func (c *Cells) Status(pos int64, status []byte) {
	if string(status) != c.status {
		known, ok := c.statuses[string(status)]
		if !ok {
			known = string(status)
			c.statuses[known] = known
		}
		c.status = known
	}
	c.values.SetStatus(pos, c.status)
}

// Twice finds two rows of a sparse cube for one cell.
func (c *Cells) Twice() (pos, first, second int64, found bool) {
	slices.SortFunc(c.placed, func(a, b placing) int { return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.row, b.row)) })
	for i := 1; i < len(c.placed); i++ {
		if a, b := c.placed[i-1], c.placed[i]; a.pos == b.pos && (!found || b.row < second) {
			pos, first, second, found = a.pos, a.row, b.row, true
		}
	}
	return pos, first, second, found
}

// Cells are the cells when all are set.
func (c *Cells) Cells() jsonstat.Cells {
	c.seen, c.placed = nil, nil
	return c.values.Cells()
}

// Dataset makes the dataset.
func (c *Cells) Dataset(head jsonstat.Head) (*jsonstat.Dataset, error) {
	ds, err := jsonstat.New(head, c.Cells())
	if err != nil {
		return nil, fmt.Errorf("the cube does not fit its cells: %w", err)
	}
	return ds, nil
}
