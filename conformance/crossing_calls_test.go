package conformance_test

import (
	"math/rand/v2"
	"slices"
)

// A factor is an option with all that it is tried with. The first setting is
// always that the option is not given.
type factor []func(*csvCall)

func unset(*csvCall) {}

// Factors of the options. Names and texts are such as clash with something.
var (
	statusFactor = factor{unset, func(c *csvCall) { c.status = true }}
	fidFactor    = factor{unset, func(c *csvCall) { c.fid = true }}
	cidFactor    = factor{unset, func(c *csvCall) { c.cid = true }}
	bigFactor    = factor{unset, func(c *csvCall) { c.big = true }}
	naFactor     = factor{unset,
		func(c *csvCall) { c.na = ":" },
		func(c *csvCall) { c.na = "not, at; all" },
		func(c *csvCall) { c.na, c.naSet = "", true },
	}
	markFactor = factor{unset,
		func(c *csvCall) { c.column = ";" },
		func(c *csvCall) { c.column = "\t" },
		func(c *csvCall) { c.column, c.decimal = ";", "." },
		func(c *csvCall) { c.column, c.decimal = "|", "," },
		func(c *csvCall) { c.decimal = "," },
		func(c *csvCall) { c.column, c.decimal = " | ", "·" },
		func(c *csvCall) { c.column = "." },
		func(c *csvCall) { c.column = "-" },
		func(c *csvCall) { c.column = "::" },
	}
	nameFactor = factor{unset,
		func(c *csvCall) { c.vlabel, c.slabel = "Cell's worth", "Mark, or \"flag\"" },
		func(c *csvCall) { c.vlabel = "Status" },
		func(c *csvCall) { c.vlabel, c.slabel = "2010", "2010" },
	}
	unitFactor = factor{unset, func(c *csvCall) { c.unit = "/" }, func(c *csvCall) { c.unit = "::" }}
)

// maxColumns is how many columns a pivot of a crossed document has.
const maxColumns = 200

// pivots are the pivots by each dimension, with and without dropping.
func pivots(d *document) factor {
	var f factor
	if d.ds == nil {
		return f
	}
	dims := d.ds.Dimensions()
	var single []string
	for _, dim := range dims {
		if dim.Len() == 1 {
			single = append(single, dim.ID())
		}
	}
	for _, dim := range dims {
		if dim.Len() > maxColumns {
			continue
		}
		id := dim.ID()
		drop := slices.DeleteFunc(slices.Clone(single), func(other string) bool { return other == id })
		if len(drop) == 0 {
			drop = []string{dims[0].ID()} // which cannot be dropped
		}
		f = append(f, func(c *csvCall) { c.by = id }, func(c *csvCall) { c.by, c.drop = id, drop })
	}
	return f
}

// forms are the forms that the table of a document may take: long, CSV-stat,
// which takes no pivot, and the pivots.
func forms(d *document) factor {
	f := pivots(d)
	for range 1 + len(f)/2 { // else there were few long tables among the pivots
		f = append(f, unset)
	}
	rich := func(c *csvCall) { c.rich = true }
	richPivot := rich
	if len(f) > 1 {
		by := f[0]
		richPivot = func(c *csvCall) { by(c); c.rich = true }
	}
	return append(f, rich, richPivot)
}

// unknownFactor are forms with dimensions that are not there.
var unknownFactor = factor{
	func(c *csvCall) { c.by = "no such dimension" },
	func(c *csvCall) { c.by, c.drop = "no such dimension", []string{"no such"} },
	func(c *csvCall) { c.drop = []string{"no such"} },
}

// cross makes every call that takes one setting of each factor.
func cross(factors ...factor) []csvCall {
	calls := []csvCall{{}}
	for _, f := range factors {
		var next []csvCall
		for _, c := range calls {
			for _, set := range f {
				more := c
				set(&more)
				next = append(next, more)
			}
		}
		calls = next
	}
	return calls
}

const (
	// smallCube is the most cells of a cube over which options are crossed fully.
	smallCube = 12
	// patience is how much work a document may give the reference. Its effort
	// grows with the square of the categories of a dimension.
	patience = 5_000_000
)

// effort is the work that the reference has with a call on a cube.
func effort(d *document) int {
	work := int(d.ds.Len()) * 50
	for _, n := range d.ds.Shape() {
		work += n * n
	}
	return work
}

// callsFor are the calls for a document: all pairs of all options or, if the
// cube is large, as many of these as there is patience for. Fully, it is all
// combinations of the options that act together as well, if the cube is small.
func callsFor(d *document, rng *rand.Rand, fully bool) []csvCall {
	calls := pairs(d, rng)
	if d.ds == nil {
		return calls
	}
	if !fully || d.ds.Len() > smallCube {
		return calls[:min(len(calls), max(1, patience/effort(d)))]
	}
	calls = append(calls, cross(statusFactor, fidFactor, cidFactor, naFactor, markFactor, nameFactor)...)
	calls = append(calls, cross(factor{func(c *csvCall) { c.rich = true }}, naFactor, markFactor, unitFactor)...)
	calls = append(calls, cross(unknownFactor, statusFactor, fidFactor)...)
	return append(calls, cross(pivots(d), fidFactor, cidFactor, naFactor, markFactor)...)
}

// pairs are calls among which any two settings of different options come up
// together.
func pairs(d *document, rng *rand.Rand) []csvCall {
	factors := []factor{forms(d), markFactor, naFactor, nameFactor, unitFactor, statusFactor, fidFactor, cidFactor, bigFactor}
	type pair struct{ f, s, g, t int }
	open := map[pair]bool{}
	var all []pair // the same in a fixed order
	for f := range factors {
		for g := f + 1; g < len(factors); g++ {
			for s := range factors[f] {
				for t := range factors[g] {
					p := pair{f, s, g, t}
					open[p] = true
					all = append(all, p)
				}
			}
		}
	}
	covers := func(row []int, take bool) int {
		n := 0
		for f := range row {
			for g := f + 1; g < len(row); g++ {
				p := pair{f, row[f], g, row[g]}
				if open[p] {
					n++
					if take {
						delete(open, p)
					}
				}
			}
		}
		return n
	}
	var calls []csvCall
	for len(open) > 0 {
		var best []int
		most := 0
		for range 20 {
			row := make([]int, len(factors))
			for f := range row {
				row[f] = rng.IntN(len(factors[f]))
			}
			if n := covers(row, false); n > most {
				most, best = n, row
			}
		}
		if best == nil { // what is left is rare: take it as it is
			p := all[slices.IndexFunc(all, func(p pair) bool { return open[p] })]
			best = make([]int, len(factors))
			best[p.f], best[p.g] = p.s, p.t
		}
		covers(best, true)
		var c csvCall
		for f, s := range best {
			factors[f][s](&c)
		}
		calls = append(calls, c)
	}
	return calls
}
