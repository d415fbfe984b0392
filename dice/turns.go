package dice

import "sort"

// turns goes through the cells of the whole in row-major order and says whose turn
// it is, and for how many cells: box and n. It is an odometer over stretches, of
// which a step costs the same however many dimensions and boxes there are.
type turns struct {
	d     *division
	box   int
	n     int64
	at    []spoke
	row   int // the entry of the table where the turn begins
	place int // stretch of the innermost divided dimension
}

// spoke is where a level stands.
type spoke struct {
	stretch int
	left    int64 // categories of the stretch that are left, this one included
}

// seek goes to the turn of a cell.
func (t *turns) seek(pos int64) {
	d := t.d
	row := d.ends[len(d.ends)-1]
	turn, rest := pos/row, pos%row
	if t.at == nil {
		t.at = make([]spoke, len(d.levels))
	}
	t.row = 0
	for i := len(d.levels) - 1; i >= 0; i-- {
		l := &d.levels[i]
		k := turn % l.size
		turn /= l.size
		s := sort.Search(len(l.starts), func(i int) bool { return l.starts[i] > k }) - 1
		t.at[i] = spoke{s, l.starts[s] + l.len(s) - k}
		t.row += s * l.step
	}
	t.place = sort.Search(len(d.ends), func(i int) bool { return d.ends[i] > rest })
	t.here(rest)
}

// next goes to the next turn.
func (t *turns) next() {
	if t.place++; t.place == len(t.d.ends) {
		t.place = 0
		t.turn()
	}
	from := int64(0)
	if t.place > 0 {
		from = t.d.ends[t.place-1]
	}
	t.here(from)
}

// here sets box and n, given how far into the turn of the levels it is.
func (t *turns) here(from int64) {
	t.box, t.n = int(t.d.owners[t.row+t.place])-1, t.d.ends[t.place]-from
}

// turn moves the levels on by one.
func (t *turns) turn() {
	for i := len(t.at) - 1; i >= 0; i-- {
		s, l := &t.at[i], &t.d.levels[i]
		if s.left--; s.left > 0 {
			return
		}
		if s.stretch++; s.stretch < len(l.starts) {
			t.row += l.step
			s.left = l.len(s.stretch)
			return
		}
		t.row -= l.step * (len(l.starts) - 1)
		*s = spoke{0, l.len(0)}
	}
}
