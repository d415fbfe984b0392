package dice

import (
	"math"
	"math/bits"
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

// axis is a dimension, or several that follow each other and are kept whole.
type axis struct {
	size   int   // categories in the cube
	keep   []int // indexes that are kept, nil for all
	stride int64 // cells of the cube from one category to the next
	dice   int64 // the same in the dice
	index  []int32
}

// fits tells whether two sizes multiply to an int, which has 32 bits on some machines.
func fits(a, b int) bool {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return hi == 0 && lo <= math.MaxInt
}

// kept is the number of categories of the dice.
func (a *axis) kept() int {
	if a.keep != nil {
		return len(a.keep)
	}
	return a.size
}

// at is the place in the cube of category i of the dice.
func (a *axis) at(i int) int64 {
	if a.keep != nil {
		i = a.keep[i]
	}
	return int64(i) * a.stride
}

// run is a stretch of neighbours, both in the cube and in the dice.
type run struct {
	from int64 // offset in the cube
	n    int64
	at   int64 // offset in the dice
}

// newPlan plans a dice of a cube.
func newPlan(shape jsonstat.Shape, keep [][]int) *plan {
	p := &plan{}
	strides := shape.Strides()
	last := -1
	for i, k := range keep {
		a := axis{size: shape[i], keep: k, stride: strides[i]}
		if n := len(p.axes); n > 0 && k == nil && p.axes[n-1].keep == nil && fits(p.axes[n-1].size, a.size) {
			prev := &p.axes[n-1]
			prev.size *= a.size
			prev.stride = a.stride
		} else {
			p.axes = append(p.axes, a)
		}
		if k != nil {
			last = len(p.axes) - 1
		}
	}
	p.n = 1
	for i := len(p.axes) - 1; i >= 0; i-- {
		a := &p.axes[i]
		a.dice = p.n
		p.n *= int64(a.kept())
	}
	p.outer = p.axes[:last]
	p.runs, p.inner = runsOf(&p.axes[last])
	return p
}

// runsOf makes the runs of one turn of an axis.
func runsOf(a *axis) ([]run, int64) {
	var runs []run
	at := int64(0)
	for i, k := range a.keep {
		if i > 0 && a.keep[i-1] == k-1 {
			runs[len(runs)-1].n += a.stride
		} else {
			runs = append(runs, run{from: int64(k) * a.stride, n: a.stride, at: at})
		}
		at += a.stride
	}
	return runs, at
}

// index makes the tables with which the categories of a cell are looked up.
func (p *plan) index() {
	for i := range p.axes {
		a := &p.axes[i]
		if a.keep == nil || a.index != nil {
			continue
		}
		a.index = make([]int32, a.size)
		for k := range a.index {
			a.index[k] = -1
		}
		for k, of := range a.keep {
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
			if k = int64(a.index[k]); k < 0 {
				return -1
			}
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
		size := int64(a.kept())
		w.coords[i] = int(turn % size)
		turn /= size
		w.base += a.at(w.coords[i])
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
		w.base -= a.at(w.coords[i])
		if w.coords[i]++; w.coords[i] < a.kept() {
			w.base += a.at(w.coords[i])
			return
		}
		w.coords[i] = 0
		w.base += a.at(0)
	}
}

// place is where a cell of the dice lies in the cube.
func (p *plan) place(pos int64) int64 {
	w := walk{p: p}
	w.seek(pos)
	return w.from
}
