package dice

import "sort"

// ownerWalk goes through the cells of the whole in row-major order and says which box
// owns the next ones, and how many: box and n. It is an odometer over the stretches of a
// [division], of which a step costs the same however many dimensions and boxes there are.
// In the example of division it says A for 3 cells and A for 2, for each of the first four
// regions, then B for 3 cells and C for 2, for each of the other six.
//
// The entry of the table is kept up to date by addition: tableRow is the sum over the
// levels, each stretch times its step, and the stretch of the innermost divided dimension
// is added to it.
type ownerWalk struct {
	d        *division
	box      int
	n        int64
	levels   []levelPosition
	tableRow int // the entry of the table where the turn begins
	stretch  int // stretch of the innermost divided dimension
}

// levelPosition is where a level is.
type levelPosition struct {
	stretch int
	left    int64 // categories of the stretch that are left, this one included
}

// seek goes to the cell at a position of the whole, by division.
func (t *ownerWalk) seek(pos int64) {
	d := t.d
	row := d.stretchEnds[len(d.stretchEnds)-1]
	turn, rest := pos/row, pos%row
	if t.levels == nil {
		t.levels = make([]levelPosition, len(d.levels))
	}
	t.tableRow = 0
	for i := len(d.levels) - 1; i >= 0; i-- {
		l := &d.levels[i]
		k := turn % l.size
		turn /= l.size
		s := sort.Search(len(l.starts), func(i int) bool { return l.starts[i] > k }) - 1
		t.levels[i] = levelPosition{s, l.starts[s] + l.stretchLen(s) - k}
		t.tableRow += s * l.step
	}
	t.stretch = sort.Search(len(d.stretchEnds), func(i int) bool { return d.stretchEnds[i] > rest })
	t.setOwner(rest)
}

// next goes to the next stretch of the innermost divided dimension, or to the first one of
// the next turn.
func (t *ownerWalk) next() {
	if t.stretch++; t.stretch == len(t.d.stretchEnds) {
		t.stretch = 0
		t.nextTurn()
	}
	from := int64(0)
	if t.stretch > 0 {
		from = t.d.stretchEnds[t.stretch-1]
	}
	t.setOwner(from)
}

// setOwner sets box and n, given how many cells of the turn are passed.
func (t *ownerWalk) setOwner(from int64) {
	t.box, t.n = int(t.d.owners[t.tableRow+t.stretch])-1, t.d.stretchEnds[t.stretch]-from
}

// nextTurn moves the levels on by one.
func (t *ownerWalk) nextTurn() {
	for i := len(t.levels) - 1; i >= 0; i-- {
		s, l := &t.levels[i], &t.d.levels[i]
		if s.left--; s.left > 0 {
			return
		}
		if s.stretch++; s.stretch < len(l.starts) {
			t.tableRow += l.step
			s.left = l.stretchLen(s.stretch)
			return
		}
		t.tableRow -= l.step * (len(l.starts) - 1)
		*s = levelPosition{0, l.stretchLen(0)}
	}
}
