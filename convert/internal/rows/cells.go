package rows

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"unsafe"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Cells are the cells of a cube that is being filled: one by one, see [Cells.Place], or
// by observations, each of which has as many cells as there are measures, see
// [Cells.Observe].
type Cells struct {
	shape    jsonstat.Shape
	n        int64
	sparse   bool
	values   *jsonstat.Values
	seen     []uint64  // of a dense cube: which cells, or observations, were placed
	placed   []placing // of a sparse one
	statuses map[string]string
	status   string // the last one

	observed
}

// observed is what cells know of the observations that came. An observation has a
// number, its entry, by which others may keep what they know of it: in a dense cube
// its position, in a sparse one how many came before it.
type observed struct {
	of       jsonstat.Shape // of observations
	strides  []int64
	measures int64 // cells of each, at least 1; the cells of an observation follow each other

	count  int64    // observations that came
	before []uint64 // of a dense cube: those of earlier data sets; nil for none
	low    int64    // the words of seen that are not 0 lie from here
	high   int64    // to here
	at     []int64  // of a sparse one: where each stands, in the order in which they came
	mixed  bool     // they do not come in the order of their positions
	begins []int    // of a sparse one: which was the first of each data set

	entries map[int64][]int // of a sparse one: by position, once they were looked for
	known   int             // how many it knows
	order   []int           // of a sparse one, once it is full: entries by their positions
}

// placing is a cell of a sparse cube and the row that placed it.
type placing struct{ pos, row int64 }

// A Policy says which cubes are sparse: those of more than Small cells of which fewer
// than one in Thin will come. Zeros stand for 65,536 and 4.
type Policy struct{ Small, Thin int64 }

// sparse tells whether a cube is, of so many cells and so many that come.
func (p Policy) sparse(cells, come int64) bool {
	if p == (Policy{}) {
		p = Policy{1 << 16, 4}
	}
	return cells > p.Small && cells/p.Thin > come
}

// NewCells makes room for a cube of that shape, of which so many rows will come.
// One of which most cells will not come is sparse.
func NewCells(shape jsonstat.Shape, rows int64) (*Cells, error) {
	c, err := newCells(shape, rows, Policy{})
	if err != nil {
		return nil, err
	}
	if c.sparse {
		room := int(min(rows, math.MaxInt/64))
		c.values.Grow(room)
		c.placed = make([]placing, 0, room)
		return c, nil
	}
	c.seen = make([]uint64, (c.n+63)/64)
	return c, nil
}

// newCells makes the room for values.
func newCells(shape jsonstat.Shape, come int64, p Policy) (*Cells, error) {
	n, err := shape.Cells()
	if err != nil {
		return nil, err
	}
	c := &Cells{shape: shape, n: n, statuses: map[string]string{}}
	if p.sparse(n, come) {
		c.sparse, c.values = true, jsonstat.NewSparseValues()
		return c, nil
	}
	if n > math.MaxInt {
		return nil, fmt.Errorf("the cube has %d cells, more than this machine can count: %w", n, jsonstat.ErrSize)
	}
	c.values = jsonstat.NewValues(int(n))
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
func (c *Cells) Status(pos int64, status []byte) { c.values.SetStatus(pos, c.shared(status)) }

// shared is a text as a string, the same for the same text.
func (c *Cells) shared(status []byte) string {
	if string(status) != c.status {
		known, ok := c.statuses[string(status)]
		if !ok {
			known = string(status)
			c.statuses[known] = known
		}
		c.status = known
	}
	return c.status
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
	c.seen, c.placed, c.observed = nil, nil, observed{}
	return c.values.Cells()
}

// Dataset makes the dataset.
func (c *Cells) Dataset(head jsonstat.Head) (*jsonstat.Dataset, error) {
	return datasetOf(head, c.Cells())
}

func datasetOf(head jsonstat.Head, cells jsonstat.Cells) (*jsonstat.Dataset, error) {
	ds, err := jsonstat.New(head, cells)
	if err != nil {
		return nil, fmt.Errorf("the cube does not fit its cells: %w", err)
	}
	return ds, nil
}
