package pxweb

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// queryOf makes a query with variables of some sizes; the metric one has the role.
func queryOf(metric int, sizes ...int) *Query {
	t := &Table{API: V2, ID: "t"}
	for i, n := range sizes {
		spec := jsonstat.DimensionSpec{ID: fmt.Sprintf("v%d", i)}
		if i == metric {
			spec.Role = jsonstat.Metric
		}
		for k := range n {
			spec.Categories = append(spec.Categories, jsonstat.Category{ID: fmt.Sprintf("c%d", k)})
		}
		d, err := jsonstat.NewDimension(spec)
		if err != nil {
			panic(err)
		}
		t.Variables = append(t.Variables, Variable{Code: spec.ID, Dim: d})
	}
	q, err := t.Resolve(nil, nil)
	if err != nil {
		panic(err)
	}
	return q
}

func TestPlan(t *testing.T) {
	tests := []struct {
		name   string
		metric int
		sizes  []int
		limit  int64
		chunks []int
	}{
		{"fits", -1, []int{7, 10}, 70, []int{1, 1}},
		{"one above", -1, []int{7, 10}, 69, []int{2, 1}},
		{"inner is better than outer", -1, []int{7, 100_000}, 150_000, []int{1, 5}},
		{"equal: the outer", -1, []int{10, 10}, 50, []int{2, 1}},
		{"not the metric", 0, []int{10, 10}, 50, []int{1, 2}},
		{"metric in pairs", 0, []int{4}, 2, []int{2}},
		{"metric of three stays in one", 0, []int{3, 4}, 6, []int{1, 2}},
		{"metric by ones, if there is no other way", 0, []int{3}, 2, []int{2}},
		{"metric by ones, and more", 0, []int{2, 5}, 1, []int{2, 5}},
		{"a combination", -1, []int{5, 5}, 4, []int{3, 3}},
		{"one cell each", -1, []int{2, 3}, 1, []int{2, 3}},
		{"no variables", -1, nil, 1, []int{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := queryOf(tt.metric, tt.sizes...)
			p, err := q.Plan(tt.limit)
			require.NoError(t, err)
			least := bruteForce(tt.sizes, tt.metric, tt.limit)
			require.Equal(t, least, p.Requests(), "the least by brute force")
			if tt.name != "a combination" {
				require.Equal(t, tt.chunks, p.Chunks)
			}
			covers(t, q, p)
		})
	}
}

// covers checks that the boxes hold every cell once and none is too large.
func covers(t *testing.T, q *Query, p *Plan) {
	t.Helper()
	seen := map[string]bool{}
	total := int64(0)
	for _, b := range p.boxes {
		require.LessOrEqual(t, b.cells(q), p.MaxCells)
		total += b.cells(q)
		require.False(t, seen[fmt.Sprint(b)])
		seen[fmt.Sprint(b)] = true
	}
	require.Equal(t, p.Cells, total)
}

// bruteForce tries all numbers of chunks of all variables.
func bruteForce(sizes []int, metric int, limit int64) int {
	for _, least := range []int{2, 1} {
		best := 0
		var try func(i, k int, cells int64)
		try = func(i, k int, cells int64) {
			if i == len(sizes) {
				if cells <= limit && (best == 0 || k < best) {
					best = k
				}
				return
			}
			for n := 1; n <= sizes[i]; n++ {
				if i == metric && n > 1 && sizes[i]/n < least {
					break
				}
				try(i+1, k*n, cells*int64((sizes[i]+n-1)/n))
			}
		}
		try(0, 1, 1)
		if best > 0 {
			return best
		}
	}
	return 0
}

func TestPlanIsTheLeast(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		n := 1 + r.IntN(4)
		sizes := make([]int, n)
		cells := int64(1)
		for i := range sizes {
			sizes[i] = 1 + r.IntN(12)
			cells *= int64(sizes[i])
		}
		metric := r.IntN(n+1) - 1
		limit := 1 + r.Int64N(cells)
		q := queryOf(metric, sizes...)
		p, err := q.Plan(limit)
		require.NoError(t, err)
		require.Equal(t, bruteForce(sizes, metric, limit), p.Requests(), "sizes %v, metric %d, limit %d: %v", sizes, metric, limit, p.Chunks)
		covers(t, q, p)
	}
}

func TestPlanOfManyVariablesEnds(t *testing.T) {
	q := queryOf(2, 450, 106, 3, 40, 17, 9, 12, 5, 4, 3)
	p, err := q.Plan(800_000)
	require.NoError(t, err)
	require.GreaterOrEqual(t, int64(p.Requests()), p.Cells/800_000)
	require.LessOrEqual(t, int64(p.Requests()), 2*p.Cells/800_000)
}

func TestCellsOverflow(t *testing.T) {
	q := queryOf(-1, 1<<17, 1<<17, 1<<17, 1<<17)
	_, err := q.Cells()
	require.ErrorIs(t, err, jsonstat.ErrSize)
	_, err = q.Plan(800_000)
	require.ErrorIs(t, err, jsonstat.ErrSize)
}

func TestPlanCannotBe(t *testing.T) {
	q := queryOf(-1, 5, 5)
	_, err := q.Plan(0)
	require.ErrorContains(t, err, "at most 0")
}

func TestHalve(t *testing.T) {
	q := queryOf(0, 3, 4, 9)
	first, second, ok := q.halve(q.all())
	require.True(t, ok)
	require.Equal(t, box{{0, 3}, {0, 4}, {0, 5}}, first)
	require.Equal(t, box{{0, 3}, {0, 4}, {5, 9}}, second)
	_, _, ok = q.halve(box{{0, 3}, {0, 1}, {0, 1}})
	require.False(t, ok, "contents stay in pieces of two or more")
}
