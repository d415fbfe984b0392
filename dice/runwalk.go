package dice

import "sort"

// runWalk goes through the runs of a [cellMap] in the order of the dice. It holds what is
// left of the current run: n cells from cell cubeOffset of the cube on. A step costs an
// addition; a division is needed only to seek.
type runWalk struct {
	cellMap *cellMap
	coords  []int // of the outer axes
	base    int64 // place of the turn in the cube
	run     int
	from    int64 // where the rest begins in the cube
	n       int64 // its length
}

// seek moves to cell pos of the dice, which must exist: by division as in the example of
// [cellMap].
func (w *runWalk) seek(pos int64) {
	p := w.cellMap
	turn, rest := pos/p.turnCells, pos%p.turnCells
	if w.coords == nil {
		w.coords = make([]int, len(p.outer))
	}
	w.base = 0
	for i := len(p.outer) - 1; i >= 0; i-- {
		a := &p.outer[i]
		size := int64(a.n)
		w.coords[i] = int(turn % size)
		turn /= size
		w.base += a.cubeOffset(w.coords[i])
	}
	w.run = sort.Search(len(p.runs), func(i int) bool { return p.runs[i].diceOffset > rest }) - 1
	r := &p.runs[w.run]
	into := rest - r.diceOffset
	w.from, w.n = w.base+r.cubeOffset+into, r.n-into
}

// advance passes over m cells, at most the rest of the run, and goes to the next run where
// that is used up.
func (w *runWalk) advance(m int64) {
	w.from += m
	if w.n -= m; w.n > 0 {
		return
	}
	if w.run++; w.run == len(w.cellMap.runs) {
		w.run = 0
		w.nextTurn()
	}
	r := &w.cellMap.runs[w.run]
	w.from, w.n = w.base+r.cubeOffset, r.n
}

// nextTurn moves the outer axes on by one, the innermost of them first, as the digits of an
// odometer turn.
func (w *runWalk) nextTurn() {
	for i := len(w.coords) - 1; i >= 0; i-- {
		a := &w.cellMap.outer[i]
		w.base -= a.cubeOffset(w.coords[i])
		if w.coords[i]++; w.coords[i] < a.n {
			w.base += a.cubeOffset(w.coords[i])
			return
		}
		w.coords[i] = 0
		w.base += a.cubeOffset(0)
	}
}

// toCube is the position in the cube of a cell of the dice.
func (p *cellMap) toCube(pos int64) int64 {
	w := runWalk{cellMap: p}
	w.seek(pos)
	return w.from
}
