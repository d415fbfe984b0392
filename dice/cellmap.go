package dice

import (
	"math"
	"math/bits"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cellMap maps the cells of a dice to those of the cube that it is cut from, and back.
// Both are in row-major order, so a dice is a list of runs: cells that are neighbours in
// the dice and in the cube. The innermost dimension that is narrowed decides how long a
// run is; what lies inside it is kept whole and makes runs longer, what lies outside it
// only repeats them at other places, turning like an odometer.
//
// An example: a cube of 2 regions, 4 years and 3 ages (24 cells, strides 12, 3 and 1), of
// which the dice keeps both regions, the years 1, 2 and 3 without 0, and all ages. Years
// are the innermost narrowed dimension. They and the ages give one run of 3*3 = 9 cells
// from cell 3 on, which is all of one turn; the regions repeat it 12 cells further:
//
//	dice   0 ... 8    9 ... 17
//	cube   3 ... 11  15 ... 23
//
// Cell 10 of the dice is in turn 10/9 = 1 at offset 1, so it is cell 12 + 3 + 1 = 16 of the
// cube. The way back takes the coordinates of the cell in the cube by division (16 is
// region 1, year 1, age 1) and counts the chosen categories in front of each: 1*9 + 0*3 + 1
// = 10. The same map serves a join: a part is a box of the whole, so its cells lie in the
// whole where those of a dice with the same categories would.
//
// Who reads forward takes runs ([runWalk]); who has single cells of a sparse cube asks
// toDice; who looks for a range asks countBefore.
type cellMap struct {
	cells     int64     // cells of the dice
	outer     []axis    // outermost first
	runs      []cellRun // of one turn of the last narrowed dimension
	turnCells int64     // cells of the dice in one turn
	axes      []axis    // all dimensions, for cells in no order
}

// axis is a dimension, or several neighbouring ones that are kept whole: these count as one
// with the product of their sizes, so that fewer digits turn.
type axis struct {
	choice
	size       int   // categories in the cube
	stride     int64 // cells of the cube from one category to the next
	diceStride int64 // the same in the dice
	index      []int32
}

// productFitsInt tells whether two sizes multiply to an int, which has 32 bits on some
// machines.
func productFitsInt(a, b int) bool {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return hi == 0 && lo <= math.MaxInt
}

// cubeOffset is where the i-th chosen category begins in the cube.
func (a *axis) cubeOffset(i int) int64 { return int64(a.category(i)) * a.stride }

// cellRun is a run of cells that follow each other both in the cube and in the dice.
type cellRun struct {
	cubeOffset int64 // offset in the cube
	n          int64
	diceOffset int64 // offset in the dice
}

// newCellMap makes the map of a dice that keeps these choices of a cube.
func newCellMap(shape jsonstat.Shape, keep []choice) *cellMap {
	p := &cellMap{}
	strides := shape.Strides()
	last := 0
	for i, k := range keep {
		a := axis{choice: k, size: shape[i], stride: strides[i]}
		whole := k.isWhole(a.size)
		if n := len(p.axes); n > 0 && whole && p.axes[n-1].isWhole(p.axes[n-1].size) && productFitsInt(p.axes[n-1].size, a.size) {
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
	p.cells = 1
	for i := len(p.axes) - 1; i >= 0; i-- {
		a := &p.axes[i]
		a.diceStride = p.cells
		p.cells *= int64(a.n)
	}
	p.outer = p.axes[:last]
	a := &p.axes[last]
	for from, to := range a.eachStretch {
		r := cellRun{cubeOffset: int64(from) * a.stride, n: int64(to-from) * a.stride, diceOffset: p.turnCells}
		p.runs = append(p.runs, r)
		p.turnCells += r.n
	}
	return p
}

// indexCategories makes the tables by which toDice looks up categories. Only sparse cubes
// need them, so they are made on demand.
func (p *cellMap) indexCategories() {
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

// toDice is the position in the dice of a cell of the cube, -1 if the dice does not keep
// it.
func (p *cellMap) toDice(pos int64) int64 {
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
		at += k * a.diceStride
	}
	return at
}

// countBefore counts the cells of the dice in front of a position of the cube, which may
// be the cube's end. So a range of the whole becomes a range of a part: in the example of
// [cellMap] the cells 4 to 16 of the cube are the cells countBefore(4) = 1 to
// countBefore(16) = 10 of the dice. From the outermost axis inwards it adds what the chosen
// categories in front of the position hold; at a category that is not chosen it stops, for
// all that lies inside it is either counted or behind.
func (p *cellMap) countBefore(pos int64) int64 {
	if p.cells == 0 {
		return 0
	}
	n := int64(0)
	for i := range p.axes {
		a := &p.axes[i]
		k, has := a.countBefore(int(pos / a.stride)) // at most the size of the dimension
		if n += int64(k) * a.diceStride; !has {
			break // those inside of this category are all behind, or all in front
		}
		pos %= a.stride
	}
	return n
}
