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
//
// An example: 10 regions and 5 years in three boxes, A with the regions 0 to 4 of all
// years, B with the regions 4 to 10 of the years 0 to 3, C with the same regions of the
// years 3 to 5. Regions fall into 2 stretches (0, 4), years into 2 (0, 3), and the table of
// 2*2 entries is
//
//	            years 0-3  years 3-5
//	regions 0-4     A          A
//	regions 4-10    B          C
//
// An entry that a second box claims is a cell that occurs twice; one that stays empty is a
// cell that is missing. Either is an error with the coordinates of its first cell.
type division struct {
	dims   []dividedDimension
	owners []int32 // for each combination, the number of the box and one

	// What the walk over the cells goes by, see turns: the innermost dimension that is
	// divided, and those outside of it.
	levels      []level // outermost first
	stretchEnds []int64 // where the stretches of the innermost divided dimension end, in cells of one turn
}

// dividedDimension is a dimension cut into stretches.
type dividedDimension struct {
	size        int
	starts      []int                  // first categories of stretches, ascending
	stretchesOf map[choiceKey][][2]int // stretches of each choice: from (included) to (excluded)
}

// choiceKey tells choices of a dimension apart. The same slice is the same choice, so that
// a list that many boxes share is gone through once.
type choiceKey struct {
	first, n int
	list     *int
}

func (c *choice) choiceKey() choiceKey {
	if c.list != nil {
		return choiceKey{n: c.n, list: &c.list[0]}
	}
	return choiceKey{first: c.first, n: c.n}
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
	d := &division{dims: make([]dividedDimension, len(shape))}
	total := 1
	for i, size := range shape {
		d.dims[i] = divideDimension(size, boxes, i)
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
			stretches[i] = d.dims[i].stretchesOf[b[i].choiceKey()]
		}
		if at := d.markOwner(stretches, 0, 0, int32(n+1)); at >= 0 {
			return nil, &CoverageError{Cell: d.firstCell(at), Parts: []int{int(d.owners[at]) - 1, n}}
		}
	}
	if at := slices.Index(d.owners, 0); at >= 0 {
		return nil, &CoverageError{Cell: d.firstCell(at)}
	}
	d.prepareWalk()
	d.dims = nil // the walk needs them no more
	return d, nil
}

// divideDimension cuts dimension i into stretches that the same boxes have: one begins
// wherever a stretch of a box begins or ends. Boxes with the categories 0 to 6 and 4 to 10
// of 10 give the stretches that begin at 0, 4 and 6.
func divideDimension(size int, boxes [][]choice, i int) dividedDimension {
	d := dividedDimension{size: size, stretchesOf: map[choiceKey][][2]int{}}
	if size == 0 {
		return d
	}
	d.starts = append(d.starts, 0)
	for _, b := range boxes {
		if key := b[i].choiceKey(); d.stretchesOf[key] == nil {
			d.stretchesOf[key] = [][2]int{}
			for from, to := range b[i].eachStretch {
				d.stretchesOf[key] = append(d.stretchesOf[key], [2]int{from, to})
				d.starts = append(d.starts, from)
				if to < size {
					d.starts = append(d.starts, to)
				}
			}
		}
	}
	slices.Sort(d.starts)
	d.starts = slices.Compact(d.starts)
	for _, list := range d.stretchesOf {
		for k, s := range list { // from categories to stretches
			list[k][0], _ = slices.BinarySearch(d.starts, s[0])
			list[k][1], _ = slices.BinarySearch(d.starts, s[1])
		}
	}
	return d
}

// markOwner enters the owner of all combinations of the given stretches, dimension by
// dimension. It returns the index of an entry that has an owner already, -1 if there is
// none.
func (d *division) markOwner(stretches [][][2]int, i, at int, owner int32) int {
	if i == len(stretches) {
		if d.owners[at] != 0 {
			return at
		}
		d.owners[at] = owner
		return -1
	}
	for _, s := range stretches[i] {
		for k := s[0]; k < s[1]; k++ {
			if twice := d.markOwner(stretches, i+1, at*len(d.dims[i].starts)+k, owner); twice >= 0 {
				return twice
			}
		}
	}
	return -1
}

// firstCell is the first cell of an entry of the table, as indexes of categories.
func (d *division) firstCell(at int) []int {
	coords := make([]int, len(d.dims))
	for i := len(coords) - 1; i >= 0; i-- {
		starts := d.dims[i].starts
		coords[i] = starts[at%len(starts)]
		at /= len(starts)
	}
	return coords
}

// prepareWalk makes what the walk over the cells needs. Dimensions inside the innermost
// divided one only make its stretches longer. Those outside of it become levels of an
// odometer; neighbouring levels that are not divided count as one.
func (d *division) prepareWalk() {
	split, inner := len(d.dims)-1, int64(1)
	for ; split >= 0 && len(d.dims[split].starts) == 1; split-- {
		inner *= int64(d.dims[split].size)
	}
	if split < 0 {
		d.stretchEnds = []int64{inner}
		return
	}
	last := &d.dims[split]
	for _, from := range last.starts[1:] {
		d.stretchEnds = append(d.stretchEnds, int64(from)*inner)
	}
	d.stretchEnds = append(d.stretchEnds, int64(last.size)*inner)
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

// stretchLen is the number of categories of a stretch.
func (l *level) stretchLen(k int) int64 {
	if k+1 < len(l.starts) {
		return l.starts[k+1] - l.starts[k]
	}
	return l.size - l.starts[k]
}
