package pxweb

import (
	"fmt"
	"math/bits"
	"slices"
)

// stretch is a run of the codes of a variable: from (included) to (excluded).
type stretch struct{ from, to int }

func (s stretch) len() int { return s.to - s.from }

// box is a part of a query: a stretch of each variable that it asks for.
type box []stretch

// all is the box of the whole query.
func (q *Query) all() box {
	b := make(box, len(q.Chosen))
	for i := range b {
		b[i] = stretch{0, len(q.Chosen[i].Codes)}
	}
	return b
}

// codes are the codes of a variable in the box.
func (b box) codes(q *Query, i int) []string { return q.Chosen[i].Codes[b[i].from:b[i].to] }

// cells is the number of cells of the box, variables of unknown size not counted.
func (b box) cells(q *Query) int64 {
	n := int64(1)
	for i := range b {
		if !q.Chosen[i].Whole {
			n *= int64(b[i].len())
		}
	}
	return n
}

// Plan is how a query is asked for: in one request, or in as few as can be.
type Plan struct {
	Query    *Query
	Cells    int64
	MaxCells int64 // of a request
	Chunks   []int // into how many pieces each variable is cut
	boxes    []box
}

// Requests is the number of requests of the plan.
func (p *Plan) Requests() int { return len(p.boxes) }

// Split names the variables that are cut.
func (p *Plan) Split() []string {
	var list []string
	for i, k := range p.Chunks {
		if k > 1 {
			list = append(list, fmt.Sprintf("%s into %d", p.Query.Chosen[i].Variable.Code, k))
		}
	}
	return list
}

// Plan makes a plan with the fewest requests of at most maxCells cells each. The
// contents variable is cut into pieces of two values or more, since servers drop
// it where there is but one; only if there is no other way are the pieces single.
func (q *Query) Plan(maxCells int64) (*Plan, error) {
	cells, err := q.Cells()
	if err != nil {
		return nil, err
	}
	p := &Plan{Query: q, Cells: cells, MaxCells: maxCells}
	sizes := make([]int, len(q.Chosen))
	fixed := make([]bool, len(q.Chosen))
	metric := -1
	for i := range q.Chosen {
		c := &q.Chosen[i]
		sizes[i], fixed[i] = max(1, len(c.Codes)), c.Whole
		if q.isMetric(i) {
			metric = i
		}
	}
	p.Chunks = fewest(sizes, fixed, metric, maxCells, 2)
	if p.Chunks == nil {
		p.Chunks = fewest(sizes, fixed, metric, maxCells, 1)
	}
	if p.Chunks == nil {
		return nil, fmt.Errorf("a request of this query cannot have less than %d cells, but the server gives at most %d", smallest(sizes, fixed), maxCells)
	}
	p.boxes = q.boxes(p.Chunks)
	return p, nil
}

// smallest is the size of the smallest possible request.
func smallest(sizes []int, fixed []bool) int64 {
	n := int64(1)
	for i, s := range sizes {
		if fixed[i] {
			n *= int64(s)
		}
	}
	return n
}

// boxes are the parts for some numbers of chunks, in the order of the table.
func (q *Query) boxes(chunks []int) []box {
	list := []box{{}}
	for i := range q.Chosen {
		var next []box
		for _, b := range list {
			for _, s := range cut(len(q.Chosen[i].Codes), chunks[i]) {
				next = append(next, append(slices.Clone(b), s))
			}
		}
		list = next
	}
	return list
}

// cut cuts n codes into k even stretches.
func cut(n, k int) []stretch {
	list := make([]stretch, k)
	for i := range list {
		list[i] = stretch{i * n / k, (i + 1) * n / k}
	}
	return list
}

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
	p := planner{sizes: sizes, metric: metric, limit: uint64(max(limit, 0)), now: make([]int, len(sizes)), options: make([][]int, len(sizes)), rest: make([]uint64, len(sizes)+1)}
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
		clear1(p.now)
		for _, k := range p.options[i] {
			p.now[i] = k
			if p.fits() {
				p.offer(uint64(k))
				break
			}
		}
	}
	clear1(p.now)
	p.search(0, 1, 1)
	return p.best
}

func clear1(list []int) {
	for i := range list {
		list[i] = 1
	}
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

// halve cuts a box in two, along the variable with most values that is not the
// metric. ok is false if it cannot be cut.
func (q *Query) halve(b box) (first, second box, ok bool) {
	at := -1
	for i := range b {
		c := &q.Chosen[i]
		n := b[i].len()
		if c.Whole || n < 2 || (q.isMetric(i) && n < 4) {
			continue
		}
		if at < 0 || n > b[at].len() {
			at = i
		}
	}
	if at < 0 {
		return nil, nil, false
	}
	first, second = slices.Clone(b), slices.Clone(b)
	middle := b[at].from + (b[at].len()+1)/2
	first[at].to, second[at].from = middle, middle
	return first, second, true
}
