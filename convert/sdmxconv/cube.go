package sdmxconv

import (
	"cmp"
	"fmt"
	"math"
	"slices"

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

// cube is a cube that is being filled. It holds observations, each of which has
// as many cells as there are measures: the dimension of measures moves fastest.
type cube struct {
	dims     []*dimension
	n        int64 // observations that there could be
	measures int64 // cells of each, at least 1

	sparse bool
	values *jsonstat.Values
	count  int64    // observations that came
	seen   []uint64 // of a dense cube: those that came with this data set
	before []uint64 // and with those before it
	low    int64    // the words of seen that are not 0 lie from here
	high   int64    // to here
	at     []int64  // of a sparse one: where each stands, in the order in which they came
	sorted bool
	begins []int // of a sparse one: which was the first of each data set

	slotsAt map[int64][]int // of a sparse one: by position, once they were looked for
	known   int             // how many it knows

	order []int   // of a sparse one, once it is full: the observations in order
	table []int32 // room for finding out what attributes depend on
}

// A cube is sparse if it is large and fewer than one in thin of its cells comes.
// Tests have smaller ones.
var (
	small int64 = 1 << 16
	thin  int64 = 4
)

// newCube makes room for a cube of which at most so many observations will come,
// and so many values.
func newCube(dims []*dimension, measures int, most, values int64) (*cube, error) {
	c := &cube{dims: dims, measures: int64(measures), sorted: true}
	shape := jsonstat.Shape{}
	for _, d := range dims {
		shape = append(shape, d.size)
	}
	cells, err := append(slices.Clone(shape), measures).Cells()
	if err != nil {
		return nil, fmt.Errorf("the dimensions make a cube of more cells than can be counted: %w", err)
	}
	if c.n, err = shape.Cells(); err != nil {
		return nil, err
	}
	for i, stride := range shape.Strides() {
		dims[i].stride = stride
	}
	if cells > small && (c.n/thin > most || cells/thin > values) {
		c.sparse, c.values = true, jsonstat.NewSparseValues()
		c.at = make([]int64, 0, min(most, c.n))
		c.values.Grow(int(min(min(most, c.n)*c.measures, values, math.MaxInt/64)))
		return c, nil
	}
	if cells > math.MaxInt {
		return nil, fmt.Errorf("the cube has %d cells, more than this machine can count: %w", cells, jsonstat.ErrSize)
	}
	c.values, c.seen = jsonstat.NewValues(int(cells)), make([]uint64, (c.n+63)/64)
	return c, nil
}

// begin starts another data set of the cube.
func (c *cube) begin() {
	c.begins = append(c.begins, len(c.at))
	if c.sparse || c.count == 0 {
		return
	}
	if c.before == nil {
		c.before = make([]uint64, len(c.seen))
	}
	for i := c.low; i < c.high; i++ {
		c.before[i] |= c.seen[i]
		c.seen[i] = 0
	}
	c.low, c.high = int64(len(c.seen)), 0
}

// found is what place says of an observation.
type found uint8

const (
	fresh    found = iota
	earlier        // a data set before this one had it
	repeated       // this one had it
)

// place makes room for an observation and returns its number, by which columns
// know it. In a sparse cube it comes out at the end which came twice, see [cube.close].
func (c *cube) place(pos int64) (slot int, was found) {
	c.count++
	if c.sparse {
		if n := len(c.at); n > 0 && c.at[n-1] >= pos {
			c.sorted = false
		}
		c.at = append(c.at, pos)
		return len(c.at) - 1, fresh
	}
	word, bit := pos/64, uint64(1)<<(pos%64)
	switch {
	case c.seen[word]&bit != 0:
		was = repeated
	case c.before != nil && c.before[word]&bit != 0:
		was = earlier
	}
	c.seen[word] |= bit
	c.low, c.high = min(c.low, word), max(c.high, word+1)
	return int(pos), was
}

// slots is how many numbers place has given, or could give.
func (c *cube) slots() int {
	if c.sparse {
		return len(c.at)
	}
	return int(c.n)
}

// position is where the observation of a number stands.
func (c *cube) position(slot int) int64 {
	if c.sparse {
		return c.at[slot]
	}
	return int64(slot)
}

// came tells whether there is an observation of that number.
func (c *cube) came(slot int) bool {
	if c.sparse {
		return true
	}
	word, bit := slot/64, uint64(1)<<(slot%64)
	return c.seen[word]&bit != 0 || c.before != nil && c.before[word]&bit != 0
}

// forget takes an observation away again.
func (c *cube) forget(slot int) {
	if !c.sparse {
		word, bit := slot/64, uint64(1)<<(slot%64)
		c.seen[word] &^= bit
		if c.before != nil {
			c.before[word] &^= bit
		}
	}
}

// matching goes through the observations that stand at the coordinates, of which
// those below zero are any: through all that there could be, if these are fewer than
// those that came.
func (c *cube) matching(coords []int, f func(slot int)) {
	var free []*dimension
	base, places := int64(0), 1
	for i, want := range coords {
		d := c.dims[i]
		if want >= 0 {
			base += int64(want) * d.stride
		} else if free = append(free, d); places <= c.slots() {
			places *= d.size
		}
	}
	if places > c.slots() {
		c.filter(coords, f)
		return
	}
	for k := range places {
		pos := base
		for _, d := range free {
			pos += int64(k%d.size) * d.stride
			k /= d.size
		}
		if !c.sparse {
			if c.came(int(pos)) {
				f(int(pos))
			}
			continue
		}
		for _, slot := range c.slotsOf(pos) {
			f(slot)
		}
	}
}

// slotsOf are the observations of a sparse cube at a position.
func (c *cube) slotsOf(pos int64) []int {
	if c.slotsAt == nil {
		c.slotsAt = make(map[int64][]int, len(c.at))
	}
	for ; c.known < len(c.at); c.known++ {
		c.slotsAt[c.at[c.known]] = append(c.slotsAt[c.at[c.known]], c.known)
	}
	return c.slotsAt[pos]
}

// filter is matching by looking at all observations.
func (c *cube) filter(coords []int, f func(slot int)) {
	fits := func(pos int64) bool {
		for i, want := range coords {
			if d := c.dims[i]; want >= 0 && int(pos/d.stride%int64(d.size)) != want {
				return false
			}
		}
		return true
	}
	for slot := range c.slots() {
		if c.came(slot) && fits(c.position(slot)) {
			f(slot)
		}
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

// twice is an observation that came twice.
type twice struct {
	pos     int64
	earlier bool // with two data sets
}

// close puts the observations of a sparse cube in order, of which the last of a
// position counts, and finds one that came twice.
func (c *cube) close() *twice {
	if !c.sparse || c.sorted {
		return nil
	}
	c.order = make([]int, len(c.at))
	for i := range c.order {
		c.order[i] = i
	}
	slices.SortFunc(c.order, func(a, b int) int { return cmp.Or(cmp.Compare(c.at[a], c.at[b]), cmp.Compare(a, b)) })
	var bad *twice
	kept := c.order[:0]
	for k, slot := range c.order {
		if k+1 < len(c.order) && c.at[c.order[k+1]] == c.at[slot] {
			next := c.order[k+1]
			t := &twice{c.at[slot], c.set(slot) != c.set(next)}
			if bad == nil || bad.earlier && !t.earlier {
				bad = t
			}
			continue
		}
		kept = append(kept, slot)
	}
	c.order = kept
	return bad
}

// set is the data set that an observation of a sparse cube came with.
func (c *cube) set(slot int) int {
	k, _ := slices.BinarySearch(c.begins, slot+1)
	return k
}

// each goes through the observations in order.
func (c *cube) each(f func(slot int)) {
	if c.order != nil {
		for _, slot := range c.order {
			f(slot)
		}
		return
	}
	for slot := range c.slots() {
		if c.came(slot) {
			f(slot)
		}
	}
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
