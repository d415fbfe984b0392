package layout

import (
	"cmp"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// tile makes tiles small for the rest of a test, so that small cubes have many.
func tile(t testing.TB, cells int64) {
	t.Helper()
	was := tileCells
	tileCells = cells
	t.Cleanup(func() { tileCells = was })
}

// numbered is a cube of which the value of a cell is its position. What skip
// picks is missing, and not there at all if the cube is sparse; every third cell
// has a status.
func numbered(t testing.TB, shape []int, sparse bool, skip func(pos int) bool) *jsonstat.Dataset {
	t.Helper()
	n := 1
	var head jsonstat.Head
	for i, size := range shape {
		n *= size
		var cats []string
		for k := range size {
			cats = append(cats, strconv.Itoa(k))
		}
		head.Dimensions = append(head.Dimensions, dim(t, string(rune('a'+i)), cats...))
	}
	v := jsonstat.NewValues(n)
	if sparse {
		v = jsonstat.NewSparseValues()
	}
	for pos := range n {
		if skip != nil && skip(pos) {
			continue
		}
		require.NoError(t, v.SetNumber(int64(pos), strconv.Itoa(pos)))
		if pos%3 == 0 {
			v.SetStatus(int64(pos), "s")
		}
	}
	ds, err := jsonstat.New(head, v.Cells())
	require.NoError(t, err)
	return ds
}

// row is what Rows hands out, copied.
type row struct {
	coords []int
	cells  []string
}

func rowsOf(t testing.TB, ds *jsonstat.Dataset, by []string, keep Keep) []row {
	t.Helper()
	l, err := New(ds, Options{By: by})
	require.NoError(t, err)
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

// wanted are the same rows by coordinates, cell by cell.
func wanted(shape []int, by []int, keep Keep, skip func(pos int) bool) []row {
	var list []row
	var stub []int
	for i := range shape {
		if !slices.Contains(by, i) {
			stub = append(stub, i)
		}
	}
	coords := make([]int, len(shape))
	var columns func(r *row, kept *bool, rest []int)
	columns = func(r *row, kept *bool, rest []int) {
		if len(rest) > 0 {
			for coords[rest[0]] = range shape[rest[0]] {
				columns(r, kept, rest[1:])
			}
			return
		}
		pos := 0
		for i, size := range shape {
			pos = pos*size + coords[i]
		}
		switch {
		case skip != nil && skip(pos):
			r.cells = append(r.cells, "/")
		case pos%3 == 0:
			r.cells, *kept = append(r.cells, strconv.Itoa(pos)+"/s"), true
		default:
			r.cells, *kept = append(r.cells, strconv.Itoa(pos)+"/"), true
		}
	}
	var lines func(rest []int)
	lines = func(rest []int) {
		if len(rest) > 0 {
			for coords[rest[0]] = range shape[rest[0]] {
				lines(rest[1:])
			}
			return
		}
		r, kept := row{}, keep == All
		for _, d := range stub {
			r.coords = append(r.coords, coords[d])
		}
		if columns(&r, &kept, by); kept {
			list = append(list, r)
		}
	}
	lines(stub)
	return list
}

// subsets calls f with every subset of n dimensions in every order, but for none.
func subsets(n int, f func(by []int)) {
	var extend func(by []int)
	extend = func(by []int) {
		if len(by) > 0 {
			f(by)
		}
		for i := range n {
			if !slices.Contains(by, i) {
				extend(append(slices.Clone(by), i))
			}
		}
	}
	extend(nil)
}

func names(by []int) []string {
	var list []string
	for _, i := range by {
		list = append(list, string(rune('a'+i)))
	}
	return list
}

// TestRowsEveryPivot pivots cubes of all shapes by all subsets of their
// dimensions in every order, with tiles of several sizes, dense and sparse.
func TestRowsEveryPivot(t *testing.T) {
	sizes := [][]int{1: {1, 2, 3, 5, 7}, 2: {1, 2, 3, 4}, 3: {1, 2, 3}, 4: {1, 2}, 5: {1, 2}}
	var shapes [][]int
	var grow func(shape []int, n int)
	grow = func(shape []int, n int) {
		if len(shape) == n {
			shapes = append(shapes, shape)
			return
		}
		for _, size := range sizes[n] {
			grow(append(slices.Clone(shape), size), n)
		}
	}
	for n := 1; n < len(sizes); n++ {
		grow(nil, n)
	}
	shapes = append(shapes, []int{3, 2, 4, 2}, []int{2, 3, 2, 3, 2}, []int{5, 1, 4, 3}, []int{4, 4, 4, 4})
	skip := func(pos int) bool { return pos%5 == 2 || pos%7 < 3 }
	tiles := []int64{1, 5, 1 << 16}
	if testing.Short() {
		tiles = []int64{3, 1 << 16}
	}
	for _, shape := range shapes {
		dense, sparse := numbered(t, shape, false, skip), numbered(t, shape, true, skip)
		subsets(len(shape), func(by []int) {
			for _, keep := range []Keep{All, NonMissing} {
				want := wanted(shape, by, keep, skip)
				check := func(ds *jsonstat.Dataset, what string, cells int64) {
					if got := rowsOf(t, ds, names(by), keep); !slices.EqualFunc(got, want, func(a, b row) bool {
						return slices.Equal(a.coords, b.coords) && slices.Equal(a.cells, b.cells)
					}) {
						require.Equal(t, want, got, "%s %v by %v, keep %d, tiles of %d", what, shape, by, keep, cells)
					}
				}
				check(sparse, "sparse", 0)
				for _, cells := range tiles {
					tileCells = cells
					check(dense, "dense", cells)
				}
				tileCells = 1 << 16
			}
		})
	}
}

// TestRowsReadOnce holds that a pivot of a dense cube reads every cell once, and
// each column of it forwards, whatever the size of a tile.
func TestRowsReadOnce(t *testing.T) {
	shape := []int{4, 3, 5, 6}
	for _, cells := range []int64{1, 7, 30, 100, 1 << 16} {
		tile(t, cells)
		subsets(len(shape), func(by []int) {
			ds := numbered(t, shape, false, nil)
			watch := &watched{Cells: ds.Cells(), times: make([]int, ds.Len())}
			ds, err := jsonstat.New(ds.Head(), watch)
			require.NoError(t, err)
			rowsOf(t, ds, names(by), All)
			for pos, n := range watch.times {
				require.Equal(t, 1, n, "position %d by %v, tiles of %d", pos, by, cells)
			}
		})
	}
}

// TestRowsTileSize bounds what is held of a dense cube.
func TestRowsTileSize(t *testing.T) {
	shape := []int{20, 30, 40}
	tile(t, 500)
	ds := numbered(t, shape, false, nil)
	for _, by := range [][]string{{"a"}, {"b"}, {"c"}, {"c", "a"}} {
		l, err := New(ds, Options{By: by})
		require.NoError(t, err)
		cur, err := ds.Cells().Cursor(false)
		require.NoError(t, err)
		p := &pivot{l: l, f: func([]int, []Cell) error { return nil }, shape: ds.Shape(), strides: ds.Shape().Strides()}
		p.coords, p.cells = make([]int, len(l.Stub)), make([]Cell, l.Values)
		require.NoError(t, p.dense(cur))
		require.LessOrEqual(t, cap(p.slots), max(500, l.Values), "by %v", by)
	}
}

// TestRowsFewRanges bounds how often a pivot moves its cursor: tiles are filled
// as far as they go.
func TestRowsFewRanges(t *testing.T) {
	tile(t, 500)
	ds := numbered(t, []int{20, 30, 40}, false, nil)
	for by, most := range map[string]int{
		"a": 30 * 2 * 20, // of each b, 25 of the 40 c at a time, from 20 places
		"b": 20 * 3 * 30, // of each a, 16 of the 40 c at a time, from 30 places
		"c": 20 * 3,      // of each a, 12 of the 30 b at a time, from one place
	} {
		watch := &watched{Cells: ds.Cells(), times: make([]int, ds.Len())}
		ds, err := jsonstat.New(ds.Head(), watch)
		require.NoError(t, err)
		rowsOf(t, ds, []string{by}, All)
		require.LessOrEqual(t, watch.ranges, most, "by %s", by)
	}
}

// watched counts how often each cell is read, and how often the cursor is moved.
type watched struct {
	jsonstat.Cells
	times  []int
	ranges int
}

func (w *watched) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur, err := w.Cells.Cursor(statuses)
	return &watchedCursor{cur, w}, err
}

type watchedCursor struct {
	jsonstat.Cursor
	w *watched
}

func (c *watchedCursor) Range(from, to int64) error {
	c.w.ranges++
	return c.Cursor.Range(from, to)
}

func (c *watchedCursor) Next() (*jsonstat.Chunk, error) {
	chunk, err := c.Cursor.Next()
	if err == nil {
		for i := range chunk.Len() {
			c.w.times[chunk.Position(i)]++
		}
	}
	return chunk, err
}

// TestRowsDefaultStatus has a status that all cells have, also those that are
// not there.
func TestRowsDefaultStatus(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dataset","id":["a","b"],"size":[3,2],"dimension":{
		"a":{"category":{"index":["0","1","2"]}},"b":{"category":{"index":["0","1"]}}},"value":{"2":5},"status":"e"}`))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	all := []row{{[]int{0}, []string{"/e", "/e"}}, {[]int{1}, []string{"5/e", "/e"}}, {[]int{2}, []string{"/e", "/e"}}}
	require.Equal(t, all, rowsOf(t, ds, []string{"b"}, All))
	require.Equal(t, all, rowsOf(t, ds, []string{"b"}, NonEmpty))
	require.Equal(t, all[1:2], rowsOf(t, ds, []string{"b"}, NonMissing))
}

// TestRowsKeepsTheStatusOfARow has a sparse row that is kept for one cell while
// another has but a status.
func TestRowsKeepsTheStatusOfARow(t *testing.T) {
	for _, value := range []string{`{"0":1}`, `[1,null,null,null]`} {
		doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dataset","id":["a","b"],"size":[2,2],"dimension":{
			"a":{"category":{"index":["0","1"]}},"b":{"category":{"index":["0","1"]}}},"value":` + value + `,"status":{"1":"x","3":"y"}}`))
		require.NoError(t, err)
		ds, err := doc.Dataset(0)
		require.NoError(t, err)
		require.Equal(t, []row{{[]int{0}, []string{"1/", "/x"}}}, rowsOf(t, ds, []string{"b"}, NonMissing), value)
		require.Equal(t, []row{{[]int{0}, []string{"1/", "/x"}}, {[]int{1}, []string{"/", "/y"}}}, rowsOf(t, ds, []string{"b"}, NonEmpty), value)
	}
}

// TestRowsShortSource has cells that leave out what they should not: they are
// missing, and nothing of an earlier tile comes up in their place.
func TestRowsShortSource(t *testing.T) {
	tile(t, 4)
	full := numbered(t, []int{4, 4}, false, nil)
	ds, err := jsonstat.New(full.Head(), &short{full.Cells()})
	require.NoError(t, err)
	rows := rowsOf(t, ds, []string{"b"}, All)
	require.Equal(t, []string{"0/s", "1/", "2/", "3/s"}, rows[0].cells)
	require.Equal(t, []string{"/", "/", "/", "/"}, rows[3].cells)
}

// short hides the cells from position 8 on.
type short struct{ jsonstat.Cells }

func (s *short) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur, err := s.Cells.Cursor(statuses)
	return &shortCursor{cur}, err
}

type shortCursor struct{ jsonstat.Cursor }

func (c *shortCursor) Range(from, to int64) error { return c.Cursor.Range(min(from, 8), min(to, 8)) }

func TestRowsErrors(t *testing.T) {
	stop := errors.New("stop")
	for _, sparse := range []bool{false, true} {
		ds := numbered(t, []int{3, 4}, sparse, func(pos int) bool { return pos > 8 })
		l, err := New(ds, Options{By: []string{"b"}})
		require.NoError(t, err)
		for after := range 3 {
			n := 0
			require.Equal(t, stop, l.Rows(ds, false, All, func([]int, []Cell) error {
				if n++; n > after {
					return stop
				}
				return nil
			}))
		}
		for _, at := range []string{"cursor", "range", "next", "close"} {
			if at == "range" && sparse {
				continue
			}
			broken, err := jsonstat.New(ds.Head(), &broken{ds.Cells(), at, stop})
			require.NoError(t, err)
			require.Equal(t, stop, l.Rows(broken, false, All, func([]int, []Cell) error { return nil }), at)
		}
	}
}

// broken is a source that fails at one of its methods.
type broken struct {
	jsonstat.Cells
	at  string
	err error
}

func (b *broken) fails(at string) error {
	if b.at == at {
		return b.err
	}
	return nil
}

func (b *broken) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur, err := b.Cells.Cursor(statuses)
	return &brokenCursor{cur, b}, cmp.Or(err, b.fails("cursor"))
}

type brokenCursor struct {
	jsonstat.Cursor
	b *broken
}

func (c *brokenCursor) Range(from, to int64) error {
	if err := c.b.fails("range"); err != nil {
		return err
	}
	return c.Cursor.Range(from, to)
}

func (c *brokenCursor) Next() (*jsonstat.Chunk, error) {
	if err := c.b.fails("next"); err != nil {
		return nil, err
	}
	chunk, err := c.Cursor.Next()
	if err != nil && err != io.EOF {
		return nil, err
	}
	return chunk, err
}

func (c *brokenCursor) Close() error { return cmp.Or(c.Cursor.Close(), c.b.fails("close")) }

// TestRowsAtRandom has larger cubes with default tiles, in which several
// chunks make a stretch.
func TestRowsAtRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 12 {
		shape := []int{1 + rng.IntN(40), 1 + rng.IntN(30), 1 + rng.IntN(60)}
		skip := func(pos int) bool { return pos%11 == 0 }
		by := rng.Perm(3)[:1+rng.IntN(2)]
		tile(t, pick[int64](rng, 1000, 5000, 1<<16))
		for _, sparse := range []bool{false, true} {
			require.Equal(t, wanted(shape, by, All, skip), rowsOf(t, numbered(t, shape, sparse, skip), names(by), All), "%v by %v", shape, by)
		}
	}
}

func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }
