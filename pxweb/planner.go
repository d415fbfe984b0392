package pxweb

import (
	"math/bits"
	"slices"
)

// planner looks for the numbers of chunks with the least product.
type planner struct {
	sizes   []int
	options [][]int  // numbers of chunks that make a difference, ascending
	rest    []uint64 // cells of the variables from i on, in one piece each
	metric  int
	limit   uint64

	now, best []int
	least     uint64 // product of best
	worth     [3]int // of best, among equals
	steps     int
}

// maxSteps bounds the search. It is met only by queries of very many requests,
// whose plan then is good and perhaps not the best.
const maxSteps = 300_000

// fewest finds into how many chunks to cut each variable so that no request has
// more than limit cells and the requests are as few as can be; nil if there is no
// way. Of equal plans the one that does not cut the metric, cuts fewer variables,
// and outer ones, is taken. minMetric is the least number of values in a chunk of
// the metric, unless it has fewer at all.
func fewest(sizes []int, fixed []bool, metric int, limit int64, minMetric int) []int {
	p := planner{sizes: sizes, metric: metric, limit: uint64(max(limit, 0)), now: slices.Repeat([]int{1}, len(sizes)), options: make([][]int, len(sizes)), rest: make([]uint64, len(sizes)+1)}
	p.rest[len(sizes)] = 1
	for i := len(sizes) - 1; i >= 0; i-- {
		p.rest[i] = times(p.rest[i+1], uint64(sizes[i]))
	}
	for i, n := range sizes {
		most := n
		switch {
		case fixed[i]:
			most = 1
		case i == metric && n > 1:
			most = max(1, n/minMetric)
		}
		p.options[i] = chunkings(n, most)
	}
	for i := range sizes { // every single variable first
		for _, k := range p.options[i] {
			p.now[i] = k
			if p.fits() {
				p.offer(uint64(k))
				break
			}
		}
		p.now[i] = 1
	}
	p.search(0, 1, 1)
	return p.best
}

// chunkings are the numbers of chunks up to most that make the largest chunk of
// n smaller than the number before does.
func chunkings(n, most int) []int {
	list := []int{1}
	for size := n; size > 1; {
		// The next smaller chunk, and the fewest chunks that have that size.
		k := (n + size - 2) / (size - 1)
		if k > most {
			break
		}
		list = append(list, k)
		size = (n + k - 1) / k
	}
	return list
}

// fits tells whether the chunks of now are small enough.
func (p *planner) fits() bool {
	n := uint64(1)
	for i, k := range p.now {
		n = times(n, uint64((p.sizes[i]+k-1)/k))
	}
	return n <= p.limit
}

// search tries chunks of the variables from i on; before it, the product of
// chunks is k and that of their sizes is cells.
func (p *planner) search(i int, k, cells uint64) {
	if p.steps++; p.steps > maxSteps && p.best != nil {
		return
	}
	if cells > p.limit {
		return
	}
	if i == len(p.sizes) {
		p.offer(k)
		return
	}
	// What follows must be cut into this many pieces at least.
	need := uint64(1)
	if p.limit > 0 {
		all := times(cells, p.rest[i])
		need = max(1, (all-1)/p.limit+1)
	}
	if p.best != nil && times(k, need) > p.least {
		return
	}
	for _, n := range p.options[i] {
		if p.best != nil && times(k, uint64(n)) > p.least {
			break
		}
		p.now[i] = n
		p.search(i+1, times(k, uint64(n)), times(cells, uint64((p.sizes[i]+n-1)/n)))
	}
	p.now[i] = 1
}

// offer takes the chunks of now if they are better than the best so far.
func (p *planner) offer(k uint64) {
	var worth [3]int
	for i, n := range p.now {
		if n > 1 {
			worth[1]++
			worth[2] += i
			if i == p.metric {
				worth[0]++
			}
		}
	}
	if p.best == nil || k < p.least || k == p.least && slices.Compare(worth[:], p.worth[:]) < 0 {
		p.best, p.least, p.worth = slices.Clone(p.now), k, worth
	}
}

// times multiplies, and stays at the largest number.
func times(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	if hi != 0 {
		return 1<<64 - 1
	}
	return lo
}
