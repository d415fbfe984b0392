package dice

import (
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// division divides a cube among boxes. Each dimension falls into stretches of
// categories that the same boxes have; a combination of stretches, one of each
// dimension, then belongs to one box whole, and a table says to which. However large
// the boxes are, the table has as many entries as there are such combinations. Filling it
// in is the check that every cell has one owner.
type division struct {
	dims   []divided
	owners []int32 // for each combination, the number of the box and one

	// What the walk over the cells goes by, see turns: the innermost dimension that is
	// divided, and those outside of it.
	levels []level // outermost first
	ends   []int64 // where the stretches of the innermost divided dimension end, in cells of one turn
}

// divided is a dimension in stretches.
type divided struct {
	size   int
	starts []int              // first categories of stretches, ascending
	held   map[holds][][2]int // stretches of each choice: from (included) to (excluded)
}

// holds tells choices of a dimension apart. The same slice is the same choice, so that
// a list that many boxes share is gone through once.
type holds struct {
	first, n int
	list     *int
}

func (c *choice) key() holds {
	if c.list != nil {
		return holds{n: c.n, list: &c.list[0]}
	}
	return holds{first: c.first, n: c.n}
}

// level is a dimension outside of the innermost divided one, or several that follow
// each other and are not divided.
type level struct {
	size   int64
	starts []int64 // of stretches
	step   int     // entries of the table from one stretch to the next
}

// maxOwners bounds the table of a division.
const maxOwners = 1 << 24

// newDivision divides a cube among boxes, given by what they have of each dimension.
// The error is a [*CoverageError] if a cell has two owners or none.
func newDivision(shape jsonstat.Shape, boxes [][]choice) (*division, error) {
	d := &division{dims: make([]divided, len(shape))}
	total := 1
	for i, size := range shape {
		d.dims[i] = divide(size, boxes, i)
		n := len(d.dims[i].starts)
		if n > 0 && total > maxOwners/n {
			return nil, fmt.Errorf("the parts divide the cube into more than %d pieces: %w: %w", maxOwners, ErrJoin, jsonstat.ErrLimit)
		}
		total *= n
	}
	d.owners = make([]int32, total)
	if total == 0 {
		return d, nil // there is nothing to own
	}
	stretches := make([][][2]int, len(shape))
	for n, b := range boxes {
		for i := range b {
			stretches[i] = d.dims[i].held[b[i].key()]
		}
		if at := d.mark(stretches, 0, 0, int32(n+1)); at >= 0 {
			return nil, &CoverageError{Cell: d.cell(at), Parts: []int{int(d.owners[at]) - 1, n}}
		}
	}
	if at := slices.Index(d.owners, 0); at >= 0 {
		return nil, &CoverageError{Cell: d.cell(at)}
	}
	d.layOut()
	d.dims = nil // the walk needs them no more
	return d, nil
}

// divide divides a dimension into stretches that the same boxes have: one begins
// wherever a stretch of a box begins or ends.
func divide(size int, boxes [][]choice, i int) divided {
	d := divided{size: size, held: map[holds][][2]int{}}
	if size == 0 {
		return d
	}
	d.starts = append(d.starts, 0)
	for _, b := range boxes {
		if key := b[i].key(); d.held[key] == nil {
			d.held[key] = [][2]int{}
			for from, to := range b[i].stretches {
				d.held[key] = append(d.held[key], [2]int{from, to})
				d.starts = append(d.starts, from)
				if to < size {
					d.starts = append(d.starts, to)
				}
			}
		}
	}
	slices.Sort(d.starts)
	d.starts = slices.Compact(d.starts)
	for _, list := range d.held {
		for k, s := range list { // from categories to stretches
			list[k][0], _ = slices.BinarySearch(d.starts, s[0])
			list[k][1], _ = slices.BinarySearch(d.starts, s[1])
		}
	}
	return d
}

// mark enters the owner of the combinations of some stretches of each dimension. It
// returns the place of an entry that has an owner already, -1 if there is none.
func (d *division) mark(stretches [][][2]int, i, at int, owner int32) int {
	if i == len(stretches) {
		if d.owners[at] != 0 {
			return at
		}
		d.owners[at] = owner
		return -1
	}
	for _, s := range stretches[i] {
		for k := s[0]; k < s[1]; k++ {
			if twice := d.mark(stretches, i+1, at*len(d.dims[i].starts)+k, owner); twice >= 0 {
				return twice
			}
		}
	}
	return -1
}

// cell is the first cell of an entry of the table, as places of categories.
func (d *division) cell(at int) []int {
	coords := make([]int, len(d.dims))
	for i := len(coords) - 1; i >= 0; i-- {
		starts := d.dims[i].starts
		coords[i] = starts[at%len(starts)]
		at /= len(starts)
	}
	return coords
}

// layOut makes what the walk over the cells goes by.
func (d *division) layOut() {
	split, inner := len(d.dims)-1, int64(1)
	for ; split >= 0 && len(d.dims[split].starts) == 1; split-- {
		inner *= int64(d.dims[split].size)
	}
	if split < 0 {
		d.ends = []int64{inner}
		return
	}
	last := &d.dims[split]
	for _, from := range last.starts[1:] {
		d.ends = append(d.ends, int64(from)*inner)
	}
	d.ends = append(d.ends, int64(last.size)*inner)
	step := len(last.starts)
	for i := split - 1; i >= 0; i-- {
		dim := &d.dims[i]
		if n := len(d.levels); n > 0 && len(dim.starts) == 1 && len(d.levels[n-1].starts) == 1 {
			d.levels[n-1].size *= int64(dim.size)
			continue
		}
		l := level{size: int64(dim.size), step: step}
		for _, from := range dim.starts {
			l.starts = append(l.starts, int64(from))
		}
		d.levels = append(d.levels, l)
		step *= len(dim.starts)
	}
	slices.Reverse(d.levels)
}

// len is the number of categories of a stretch.
func (l *level) len(k int) int64 {
	if k+1 < len(l.starts) {
		return l.starts[k+1] - l.starts[k]
	}
	return l.size - l.starts[k]
}
