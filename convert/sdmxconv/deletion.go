package sdmxconv

import "slices"

// deletion takes observations away that data sets of the action Delete name.
type deletion struct {
	s       *structure
	c       *cube
	columns []*column // of observations
	series  []int     // the categories of the series that is read, nil outside of series
}

// begin notes the indexes of the series whose observations are taken away.
func (d *deletion) begin(indexes []int) {
	plan := d.s.series
	if len(indexes) == len(d.s.dataSet)+len(d.s.series) {
		plan = slices.Concat(d.s.dataSet, d.s.series)
	}
	d.series = d.nowhere()
	for i, k := range indexes[:min(len(indexes), len(plan))] {
		d.series[plan[i].place] = k
	}
}

// end takes all observations of the series away if it named none.
func (d *deletion) end(named bool) {
	if !named {
		d.remove(d.series)
	}
	d.series = nil
}

// observation takes away the observations of a key.
func (d *deletion) observation(plan []*dimension, indexes []int) {
	coords := d.nowhere()
	if d.series != nil {
		copy(coords, d.series[:len(d.s.series)])
	}
	for i, dim := range plan {
		coords[dim.place] = indexes[i]
	}
	d.remove(coords)
}

// nowhere are coordinates that name no category.
func (d *deletion) nowhere() []int { return slices.Repeat([]int{-1}, len(d.s.dims)) }

// remove takes away the observations at the coordinates.
func (d *deletion) remove(coords []int) {
	c := d.c
	c.Matching(coords, func(entry int) {
		first := c.Position(entry) * c.Measures()
		for cell := first; cell < first+c.Measures(); cell++ {
			c.Values().SetMissing(cell)
			if !c.Sparse() {
				c.Values().SetStatus(cell, "")
			}
		}
		for _, column := range d.columns {
			column.put(entry, 0, 0)
		}
		c.Forget(entry)
	})
}
