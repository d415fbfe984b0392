package rows

import (
	"cmp"
	"math"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// NewObservations makes room for a cube whose dimensions have that shape, with as many
// cells to each observation as there are measures. At most so many observations will
// come, and so many values.
func NewObservations(shape jsonstat.Shape, measures int, observations, values int64, p Policy) (*Cells, error) {
	n, err := shape.Cells()
	if err != nil {
		return nil, err
	}
	of := int64(measures)
	come := values
	if observations <= math.MaxInt64/of {
		come = min(come, observations*of)
	}
	c, err := newCells(append(slices.Clone(shape), measures), come, p)
	if err != nil {
		return nil, err
	}
	c.observed = observed{of: shape, strides: shape.Strides(), measures: of}
	if !c.sparse {
		c.seen = make([]uint64, (n+63)/64)
		return c, nil
	}
	c.at = make([]int64, 0, min(observations, n))
	c.values.Grow(int(min(come, min(observations, n)*of, math.MaxInt/64)))
	return c, nil
}

// Measures is how many cells an observation has.
func (c *Cells) Measures() int64 { return c.measures }

// Sparse tells whether cells that do not come take no room. They are set one after the
// other then, each with its status.
func (c *Cells) Sparse() bool { return c.sparse }

// Values are the cells as they are set.
func (c *Cells) Values() *jsonstat.Values { return c.values }

// Room is how many entries there may be.
func (c *Cells) Room() int {
	if c.sparse {
		return cap(c.at)
	}
	return int(c.n / c.measures)
}

// Begin starts another data set of the cube.
func (c *Cells) Begin() {
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

// Found is what Observe says of an observation.
type Found uint8

// What there is to say.
const (
	Fresh    Found = iota
	Earlier        // a data set before this one had it
	Repeated       // this one had it
)

// Observe makes room for an observation and returns its entry. In a sparse cube it
// comes out at the end which came twice, see [Cells.Settle].
func (c *Cells) Observe(pos int64) (entry int, was Found) {
	c.count++
	if c.sparse {
		if n := len(c.at); n > 0 && c.at[n-1] >= pos {
			c.mixed = true
		}
		c.at = append(c.at, pos)
		return len(c.at) - 1, Fresh
	}
	word, bit := pos/64, uint64(1)<<(pos%64)
	switch {
	case c.seen[word]&bit != 0:
		was = Repeated
	case c.before != nil && c.before[word]&bit != 0:
		was = Earlier
	}
	c.seen[word] |= bit
	c.low, c.high = min(c.low, word), max(c.high, word+1)
	return int(pos), was
}

// slots is how many entries there are, or could be.
func (c *Cells) slots() int {
	if c.sparse {
		return len(c.at)
	}
	return int(c.n / c.measures)
}

// Position is where the observation of an entry stands.
func (c *Cells) Position(entry int) int64 {
	if c.sparse {
		return c.at[entry]
	}
	return int64(entry)
}

// came tells whether there is an observation of that entry.
func (c *Cells) came(entry int) bool {
	if c.sparse {
		return true
	}
	word, bit := entry/64, uint64(1)<<(entry%64)
	return c.seen[word]&bit != 0 || c.before != nil && c.before[word]&bit != 0
}

// Forget takes an observation away again. Of a sparse cube only its cells are taken
// away.
func (c *Cells) Forget(entry int) {
	if !c.sparse {
		word, bit := entry/64, uint64(1)<<(entry%64)
		c.seen[word] &^= bit
		if c.before != nil {
			c.before[word] &^= bit
		}
	}
}

// Matching goes through the observations that stand at the coordinates, of which
// those below zero are any: through all that there could be, if these are fewer than
// those that came.
func (c *Cells) Matching(coords []int, f func(entry int)) {
	var free []int
	base, places := int64(0), 1
	for i, want := range coords {
		if want >= 0 {
			base += int64(want) * c.strides[i]
		} else if free = append(free, i); places <= c.slots() {
			places *= c.of[i]
		}
	}
	if places > c.slots() {
		c.filter(coords, f)
		return
	}
	for k := range places {
		pos := base
		for _, i := range free {
			pos += int64(k%c.of[i]) * c.strides[i]
			k /= c.of[i]
		}
		if !c.sparse {
			if c.came(int(pos)) {
				f(int(pos))
			}
			continue
		}
		for _, entry := range c.entriesAt(pos) {
			f(entry)
		}
	}
}

// entriesAt are the observations of a sparse cube at a position.
func (c *Cells) entriesAt(pos int64) []int {
	if c.entries == nil {
		c.entries = make(map[int64][]int, len(c.at))
	}
	for ; c.known < len(c.at); c.known++ {
		c.entries[c.at[c.known]] = append(c.entries[c.at[c.known]], c.known)
	}
	return c.entries[pos]
}

// filter is Matching by looking at all observations.
func (c *Cells) filter(coords []int, f func(entry int)) {
	fits := func(pos int64) bool {
		for i, want := range coords {
			if want >= 0 && int(pos/c.strides[i]%int64(c.of[i])) != want {
				return false
			}
		}
		return true
	}
	for entry := range c.slots() {
		if c.came(entry) && fits(c.Position(entry)) {
			f(entry)
		}
	}
}

// Again is an observation that came twice.
type Again struct {
	Pos     int64
	Earlier bool // with two data sets
}

// Settle puts the observations of a sparse cube in order, of which the last of a
// position counts, and finds one that came twice; nil if none did.
func (c *Cells) Settle() *Again {
	if !c.sparse || !c.mixed {
		return nil
	}
	c.order = make([]int, len(c.at))
	for i := range c.order {
		c.order[i] = i
	}
	slices.SortFunc(c.order, func(a, b int) int { return cmp.Or(cmp.Compare(c.at[a], c.at[b]), cmp.Compare(a, b)) })
	var bad *Again
	kept := c.order[:0]
	for k, entry := range c.order {
		if k+1 < len(c.order) && c.at[c.order[k+1]] == c.at[entry] {
			a := &Again{c.at[entry], c.set(entry) != c.set(c.order[k+1])}
			if bad == nil || bad.Earlier && !a.Earlier {
				bad = a
			}
			continue
		}
		kept = append(kept, entry)
	}
	c.order = kept
	return bad
}

// set is the data set that an observation of a sparse cube came with.
func (c *Cells) set(entry int) int {
	k, _ := slices.BinarySearch(c.begins, entry+1)
	return k
}

// Each goes through the observations in their order.
func (c *Cells) Each(f func(entry int, pos int64)) {
	if c.order != nil {
		for _, entry := range c.order {
			f(entry, c.at[entry])
		}
		return
	}
	for entry := range c.slots() {
		if c.came(entry) {
			f(entry, c.Position(entry))
		}
	}
}
