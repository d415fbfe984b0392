package main

import "slices"

// figures are what one run of a program used.
type figures struct {
	wall, cpu float64 // seconds
	peak      float64 // KiB
	size      int64   // bytes written
	sum       string  // and their checksum
}

// series are the runs of one side, in turn with those of the other.
type series []figures

func (s series) wall() []float64 { return s.each(func(f figures) float64 { return f.wall }) }
func (s series) cpu() []float64  { return s.each(func(f figures) float64 { return f.cpu }) }
func (s series) peak() float64   { return slices.Max(s.each(func(f figures) float64 { return f.peak })) }

func (s series) each(of func(figures) float64) []float64 {
	list := make([]float64, len(s))
	for i, f := range s {
		list[i] = of(f)
	}
	return list
}

// varies tells whether runs of one side wrote different bytes.
func (s series) varies() bool {
	return slices.ContainsFunc(s, func(f figures) bool { return f.size != s[0].size || f.sum != s[0].sum })
}

// quantile is the value below which a share of the list lies, between the two
// nearest ones where it falls between them. The list must not be empty.
func quantile(list []float64, share float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	at := share * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// spread is a median with the quartiles.
type spread struct{ low, median, high float64 }

func spreadOf(list []float64) spread {
	return spread{quantile(list, 0.25), quantile(list, 0.5), quantile(list, 0.75)}
}

// ratios are those of each pair, new to old. What lies under the grain of the
// clock counts as one grain, so that nothing is divided by zero.
func ratios(old, new []float64) []float64 {
	const grain = 1e-6
	list := make([]float64, len(old))
	for i := range list {
		list[i] = max(new[i], grain) / max(old[i], grain)
	}
	return list
}

// above counts what is larger than a limit.
func above(list []float64, limit float64) int {
	n := 0
	for _, x := range list {
		if x > limit {
			n++
		}
	}
	return n
}

// newFirst tells which side of a pair runs first: A B B A A B B A ..., so that
// what gets slower or faster in the course of time does so for both.
func newFirst(pair int) bool { return pair%2 == 1 }
