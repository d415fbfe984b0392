package dice

import (
	"math"
	"math/bits"
	"slices"
	"sort"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// plan knows where the cells of a dice lie in the cube that it is cut from. In
// row-major order they are runs of neighbours: pieces of the last dimension
// that is narrowed, with all that lies inside it. The dimensions outside of it
// turn like an odometer.
type plan struct {
	n     int64  // cells of the dice
	outer []axis // outermost first
	runs  []run  // of one turn of the last narrowed dimension
	inner int64  // cells of the dice in one turn
	axes  []axis // all dimensions, for cells in no order
}

// choice is what a dice has of a dimension: some categories that follow each other,
// or a list of categories that do not.
type choice struct {
	first, n int   // of those that follow each other
	list     []int // ascending, nil for the others
}

// chosen is the choice of a list of categories in ascending order, nil for all.
func chosen(list []int, size int) choice {
	switch n := len(list); {
	case list == nil:
		return choice{n: size}
	case n == 0:
		return choice{}
	case list[n-1]-list[0] == n-1:
		return choice{first: list[0], n: n}
	default:
		return choice{n: n, list: list}
	}
}

// all tells whether the choice is a whole dimension.
func (c *choice) all(size int) bool { return c.list == nil && c.first == 0 && c.n == size }

// at is the category that has place i among those that are chosen.
func (c *choice) at(i int) int {
	if c.list != nil {
		return c.list[i]
	}
	return c.first + i
}

// before is how many of the chosen categories come before one, and whether that is
// chosen itself.
func (c *choice) before(k int) (n int, has bool) {
	if c.list != nil {
		return slices.BinarySearch(c.list, k)
	}
	i := k - c.first
	return max(0, min(i, c.n)), i >= 0 && i < c.n
}

// stretches are the chosen categories as stretches of neighbours: from (included) to
// (excluded).
func (c *choice) stretches(yield func(from, to int) bool) {
	if c.list == nil {
		if c.n > 0 {
			yield(c.first, c.first+c.n)
		}
		return
	}
	for i, k := 0, 0; i < len(c.list); i = k {
		for k = i + 1; k < len(c.list) && c.list[k]-c.list[k-1] == 1; k++ {
		}
		if !yield(c.list[i], c.list[k-1]+1) {
			return
		}
	}
}

// axis is a dimension, or several that follow each other and are kept whole.
type axis struct {
	choice
	size   int   // categories in the cube
	stride int64 // cells of the cube from one category to the next
	dice   int64 // the same in the dice
	index  []int32
}

// fits tells whether two sizes multiply to an int, which has 32 bits on some machines.
func fits(a, b int) bool {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return hi == 0 && lo <= math.MaxInt
}

// place is where category i of the dice begins in the cube.
func (a *axis) place(i int) int64 { return int64(a.at(i)) * a.stride }

// run is a stretch of neighbours, both in the cube and in the dice.
type run struct {
	from int64 // offset in the cube
	n    int64
	at   int64 // offset in the dice
}

// newPlan plans a dice of a cube.
func newPlan(shape jsonstat.Shape, keep []choice) *plan {
	p := &plan{}
	strides := shape.Strides()
	last := 0
	for i, k := range keep {
		a := axis{choice: k, size: shape[i], stride: strides[i]}
		whole := k.all(a.size)
		if n := len(p.axes); n > 0 && whole && p.axes[n-1].all(p.axes[n-1].size) && fits(p.axes[n-1].size, a.size) {
			prev := &p.axes[n-1]
			prev.size *= a.size
			prev.n, prev.stride = prev.size, a.stride
		} else {
			p.axes = append(p.axes, a)
		}
		if !whole {
			last = len(p.axes) - 1
		}
	}
	if len(p.axes) == 0 { // a cube without dimensions has one cell
		p.axes = []axis{{choice: choice{n: 1}, size: 1, stride: 1}}
	}
	p.n = 1
	for i := len(p.axes) - 1; i >= 0; i-- {
		a := &p.axes[i]
		a.dice = p.n
		p.n *= int64(a.n)
	}
	p.outer = p.axes[:last]
	a := &p.axes[last]
	for from, to := range a.stretches {
		r := run{from: int64(from) * a.stride, n: int64(to-from) * a.stride, at: p.inner}
		p.runs = append(p.runs, r)
		p.inner += r.n
	}
	return p
}

// index makes the tables with which the categories of a cell are looked up.
func (p *plan) index() {
	for i := range p.axes {
		a := &p.axes[i]
		if a.list == nil || a.index != nil {
			continue
		}
		a.index = make([]int32, a.size)
		for k := range a.index {
			a.index[k] = -1
		}
		for k, of := range a.list {
			a.index[of] = int32(k)
		}
	}
}

// position is where a cell of the cube lies in the dice, -1 if it is cut off.
func (p *plan) position(pos int64) int64 {
	at := int64(0)
	for i := len(p.axes) - 1; i >= 0; i-- {
		a := &p.axes[i]
		k := int64(0)
		if i > 0 {
			size := int64(a.size)
			k = pos % size
			pos /= size
		} else {
			k = pos
		}
		if a.index != nil {
			k = int64(a.index[k])
		} else if k -= int64(a.first); k >= int64(a.n) {
			return -1
		}
		if k < 0 {
			return -1
		}
		at += k * a.dice
	}
	return at
}

// walk goes through the runs of a plan. What it holds is the rest of a run.
type walk struct {
	p      *plan
	coords []int // of the outer axes
	base   int64 // place of the turn in the cube
	run    int
	from   int64 // where the rest begins in the cube
	n      int64 // its length
}

// seek moves to a cell of the dice, which must be one.
func (w *walk) seek(pos int64) {
	p := w.p
	turn, rest := pos/p.inner, pos%p.inner
	if w.coords == nil {
		w.coords = make([]int, len(p.outer))
	}
	w.base = 0
	for i := len(p.outer) - 1; i >= 0; i-- {
		a := &p.outer[i]
		size := int64(a.n)
		w.coords[i] = int(turn % size)
		turn /= size
		w.base += a.place(w.coords[i])
	}
	w.run = sort.Search(len(p.runs), func(i int) bool { return p.runs[i].at > rest }) - 1
	r := &p.runs[w.run]
	into := rest - r.at
	w.from, w.n = w.base+r.from+into, r.n-into
}

// take passes over m cells of the rest of a run.
func (w *walk) take(m int64) {
	w.from += m
	if w.n -= m; w.n > 0 {
		return
	}
	if w.run++; w.run == len(w.p.runs) {
		w.run = 0
		w.turn()
	}
	r := &w.p.runs[w.run]
	w.from, w.n = w.base+r.from, r.n
}

// turn moves the outer axes on by one.
func (w *walk) turn() {
	for i := len(w.coords) - 1; i >= 0; i-- {
		a := &w.p.outer[i]
		w.base -= a.place(w.coords[i])
		if w.coords[i]++; w.coords[i] < a.n {
			w.base += a.place(w.coords[i])
			return
		}
		w.coords[i] = 0
		w.base += a.place(0)
	}
}

// place is where a cell of the dice lies in the cube.
func (p *plan) place(pos int64) int64 {
	w := walk{p: p}
	w.seek(pos)
	return w.from
}

// before is how many cells of the dice lie in front of a place of the cube, which may be
// its end.
func (p *plan) before(pos int64) int64 {
	if p.n == 0 {
		return 0
	}
	n := int64(0)
	for i := range p.axes {
		a := &p.axes[i]
		k, has := a.before(int(pos / a.stride)) // at most the size of the dimension
		if n += int64(k) * a.dice; !has {
			break // those inside of this category are all behind, or all in front
		}
		pos %= a.stride
	}
	return n
}
