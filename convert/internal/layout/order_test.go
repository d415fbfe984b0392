package layout

import (
	"io"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// orders calls f with the dimensions that are not pivoted in every order.
func orders(n int, by []int, f func(stub []int)) {
	var rest []int
	for i := range n {
		if !slices.Contains(by, i) {
			rest = append(rest, i)
		}
	}
	var extend func(stub []int)
	extend = func(stub []int) {
		if len(stub) == len(rest) {
			f(stub)
		}
		for _, d := range rest {
			if !slices.Contains(stub, d) {
				extend(append(slices.Clone(stub), d))
			}
		}
	}
	extend(nil)
}

// holding makes pieces small for the rest of a test.
func holding(t testing.TB, cells int64) {
	t.Helper()
	was := orderedCells
	orderedCells = cells
	t.Cleanup(func() { orderedCells = was })
}

// rowsInOrder are the rows of a pivot by the dimensions of its stub, as sorted rows of the
// same pivot in the order of the cube are: the cells of a row do not change.
func rowsInOrder(t testing.TB, ds *jsonstat.Dataset, by, stub []int, keep Keep) []row {
	t.Helper()
	l, err := New(ds, Options{By: names(by), Stub: names(stub)})
	require.NoError(t, err)
	require.True(t, slices.Equal(stub, l.Stub))
	var list []row
	require.NoError(t, l.Rows(ds, true, keep, func(coords []int, cells []Cell) error {
		r := row{coords: slices.Clone(coords)}
		for _, c := range cells {
			if c.Kind == jsonstat.Missing {
				c.Token = nil
			}
			r.cells = append(r.cells, string(c.Token)+"/"+ds.Cells().Statuses()[c.Status])
		}
		list = append(list, r)
		return nil
	}))
	return list
}

// TestRowsEveryOrder has the rows of pivots in every order of their dimensions, in pieces of
// several sizes, dense and sparse.
func TestRowsEveryOrder(t *testing.T) {
	skip := func(pos int) bool { return pos%5 == 2 || pos%7 < 3 }
	for _, shape := range [][]int{{3, 2}, {2, 3, 4}, {4, 1, 3}, {3, 2, 2, 3}, {1, 4, 2, 1}, {2, 3, 1, 2, 2}} {
		dense, sparse := numbered(t, shape, false, skip), numbered(t, shape, true, skip)
		subsets(len(shape), func(by []int) {
			for _, keep := range []Keep{All, NonMissing} {
				plain := wanted(shape, by, keep, skip)
				orders(len(shape), by, func(stub []int) {
					want := make([]row, len(plain))
					sorted := slices.Sorted(slices.Values(stub))
					for i, r := range plain {
						want[i].cells = r.cells
						for _, d := range stub {
							want[i].coords = append(want[i].coords, r.coords[slices.Index(sorted, d)])
						}
					}
					slices.SortStableFunc(want, func(a, b row) int { return slices.Compare(a.coords, b.coords) })
					check := func(ds *jsonstat.Dataset, what string) {
						if got := rowsInOrder(t, ds, by, stub, keep); !slices.EqualFunc(got, want, func(a, b row) bool {
							return slices.Equal(a.coords, b.coords) && slices.Equal(a.cells, b.cells)
						}) {
							require.Equal(t, want, got, "%s %v by %v, stub %v, keep %d, pieces of %d", what, shape, by, stub, keep, orderedCells)
						}
					}
					check(sparse, "sparse")
					for _, cells := range []int64{1, 5, 12, 1 << 20} {
						holding(t, cells)
						check(dense, "dense")
					}
				})
			}
		})
	}
}

// TestRowsOrderReads: of a large cube each piece reads no more than what lies between its
// first and its last cell, in few goes, and holds no more than it may.
func TestRowsOrderReads(t *testing.T) {
	holding(t, 30_000)
	shape := []int{50, 60, 70} // 210,000 cells
	full := numbered(t, shape, false, nil)
	for _, tt := range []struct {
		by, stub []int
		times    int // that a cell is read at most
		ranges   int
	}{
		{[]int{2}, []int{1, 0}, 8, 8}, // pieces of 8 b, which lie everywhere
		{[]int{1}, []int{2, 0}, 8, 8},
		{[]int{0}, []int{2, 1}, 8, 8},
	} {
		watch := &watched{Cells: full.Cells(), times: make([]int, full.Len())}
		ds, err := jsonstat.New(full.Head(), watch)
		require.NoError(t, err)
		rows := rowsInOrder(t, ds, tt.by, tt.stub, All)
		require.Len(t, rows, shape[tt.stub[0]]*shape[tt.stub[1]])
		require.LessOrEqual(t, slices.Max(watch.times), tt.times, "%v", tt)
		require.LessOrEqual(t, watch.ranges, tt.ranges, "%v", tt)
	}
	// Far apart: what lies between is passed over.
	holding(t, 400)
	wide := numbered(t, []int{2, 3, 20_000}, false, nil)
	watch := &watched{Cells: wide.Cells(), times: make([]int, wide.Len())}
	ds, err := jsonstat.New(wide.Head(), watch)
	require.NoError(t, err)
	l, err := New(ds, Options{By: []string{"a"}, Stub: []string{"c", "b"}})
	require.NoError(t, err)
	n := 0
	err = l.Rows(ds, false, All, func([]int, []Cell) error {
		if n++; n == 100 {
			return io.ErrUnexpectedEOF
		}
		return nil
	})
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	read := 0
	for _, k := range watch.times {
		read += k
	}
	require.Less(t, read, int(wide.Len())/2)
	require.Equal(t, 6, watch.ranges)
}

// TestRowsOrderShort has cells that leave out what they should not.
func TestRowsOrderShort(t *testing.T) {
	full := numbered(t, []int{2, 4, 4}, false, nil)
	ds, err := jsonstat.New(full.Head(), &short{full.Cells()})
	require.NoError(t, err)
	rows := rowsInOrder(t, ds, []int{0}, []int{2, 1}, All)
	require.Len(t, rows, 16)
}

func TestStubErrors(t *testing.T) {
	ds := metadata(t, dim(t, "a", "1", "2"), dim(t, "b", "1", "2"), dim(t, "c", "1", "2"))
	for _, tt := range []struct {
		o    Options
		want string
	}{
		{Options{By: []string{"a"}, Stub: []string{"a"}}, `dimension "a" is to have two places in the table`},
		{Options{By: []string{"a"}, Stub: []string{"b", "b"}}, `dimension "b" is to have two places in the table`},
		{Options{By: []string{"a"}, Stub: []string{"d"}}, `there is no dimension "d"`},
		{Options{Stub: []string{"b", "a"}}, "rows are in another order than the cube only in a pivot"},
	} {
		_, err := New(ds, tt.o)
		require.ErrorContains(t, err, tt.want)
	}
	l, err := New(ds, Options{By: []string{"a"}, Stub: []string{"c"}})
	require.NoError(t, err)
	require.Equal(t, []int{2, 1}, l.Stub)
	require.Equal(t, []string{"c", "b", "1", "2"}, headers(l))
}

// BenchmarkRowsOrder pivots a cube with its rows in the order of the cube, and in another.
func BenchmarkRowsOrder(b *testing.B) {
	ds := numbered(b, []int{100, 100, 100}, false, nil)
	for name, stub := range map[string][]string{"cube": nil, "other": {"b", "a"}} {
		b.Run(name, func(b *testing.B) {
			l, err := New(ds, Options{By: []string{"c"}, Stub: stub})
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, l.Rows(ds, false, All, func([]int, []Cell) error { return nil }))
			}
		})
	}
}
