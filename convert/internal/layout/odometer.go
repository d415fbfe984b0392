package layout

import "github.com/jsonstat-go/toolkit/jsonstat"

// odometer walks through the runs of the last dimension, of which the cells
// follow each other: coords are the categories of all dimensions before it.
type odometer struct {
	shape  jsonstat.Shape
	coords []int
	size   int   // of the last dimension
	run    int64 // position at which the run begins
}

func newOdometer(shape jsonstat.Shape) odometer {
	o := odometer{shape: shape, size: 1} // without dimensions there is one cell
	if n := len(shape); n > 0 {
		o.size = shape[n-1]
		o.coords = make([]int, n-1)
	}
	return o
}

// seek moves to the run that holds a position, which must not lie before it. It
// returns the outermost dimension that has changed, len(coords) if none has.
func (o *odometer) seek(pos int64) int {
	size := int64(o.size)
	if pos < o.run+size {
		return len(o.coords)
	}
	if pos < o.run+2*size {
		o.run += size
		d := len(o.coords) - 1
		for ; d > 0; d-- {
			if o.coords[d]++; o.coords[d] < o.shape[d] {
				return d
			}
			o.coords[d] = 0
		}
		if d == 0 {
			o.coords[0]++
		}
		return 0
	}
	run := pos / size
	o.run = run * size
	first := len(o.coords)
	for d := len(o.coords) - 1; d >= 0; d-- {
		k := int(run % int64(o.shape[d]))
		run /= int64(o.shape[d])
		if k != o.coords[d] {
			o.coords[d], first = k, d
		}
	}
	return first
}
