package pxweb

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
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

// Cells is the number of cells of the answer, variables of unknown size not
// counted. It fails if that is more than anybody can count.
func (q *Query) Cells() (int64, error) {
	n := uint64(1)
	for i := range q.Chosen {
		if q.Chosen[i].Whole {
			continue
		}
		hi, lo := bits.Mul64(n, uint64(len(q.Chosen[i].Codes)))
		if hi != 0 || lo > 1<<62 {
			return 0, fmt.Errorf("the query has more cells than can be counted: %w", jsonstat.ErrSize)
		}
		n = lo
	}
	return int64(n), nil
}

// find is the place of a variable, -1 if it is not asked for.
func (q *Query) find(code string) int {
	return slices.IndexFunc(q.Chosen, func(c Chosen) bool { return c.Variable.Code == code })
}

// isMetric tells whether a variable is the contents.
func (q *Query) isMetric(i int) bool {
	v := q.Chosen[i].Variable
	return v.Role() == jsonstat.Metric || v.Code == q.metric
}

// halve cuts a box in two, along the variable with most values of those that can be cut. ok
// is false if there is none.
func (q *Query) halve(b box) (first, second box, ok bool) {
	at := -1
	for i := range b {
		if q.canCut(b, i) && (at < 0 || b[i].len() > b[at].len()) {
			at = i
		}
	}
	if at < 0 {
		return nil, nil, false
	}
	first, second = b.halves(at)
	return first, second, true
}

// canCut tells whether a box can be cut along a variable. Servers drop contents of which
// there is but one, so of those each half keeps two.
func (q *Query) canCut(b box, i int) bool {
	n := b[i].len()
	return !q.Chosen[i].Whole && n > 1 && !(q.isMetric(i) && n < 4)
}

// halves are the two halves of a box along a variable.
func (b box) halves(at int) (first, second box) {
	first, second = slices.Clone(b), slices.Clone(b)
	middle := b[at].from + (b[at].len()+1)/2
	first[at].to, second[at].from = middle, middle
	return first, second
}

// upTo cuts a box until all pieces have at most limit cells.
func (q *Query) upTo(b box, limit int64) ([]box, bool) {
	if b.cells(q) <= limit {
		return []box{b}, true
	}
	first, second, ok := q.halve(b)
	if !ok {
		return nil, false
	}
	one, ok1 := q.upTo(first, limit)
	two, ok2 := q.upTo(second, limit)
	return append(one, two...), ok1 && ok2
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
		return nil, fmt.Errorf("a request of this query cannot have less than 1 cells, but the server gives at most %d", maxCells)
	}
	p.boxes = q.boxes(p.Chunks)
	return p, nil
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
