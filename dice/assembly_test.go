package dice_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// boxesOf cuts a cube into at most so many boxes, along any dimensions, between
// neighbours or with categories here and there.
func boxesOf(r *rand.Rand, shape jsonstat.Shape, most int) [][][]int {
	whole := make([][]int, len(shape))
	for i, n := range shape {
		for k := range n {
			whole[i] = append(whole[i], k)
		}
	}
	boxes := [][][]int{whole}
	for range 3 * most {
		if len(boxes) == most || len(shape) == 0 {
			break
		}
		b, i := r.IntN(len(boxes)), r.IntN(len(shape))
		list := boxes[b][i]
		if len(list) < 2 {
			continue
		}
		one, two := list[:1+r.IntN(len(list)-1)], []int(nil)
		if two = list[len(one):]; r.IntN(2) == 0 {
			one, two = nil, nil
			for _, k := range list {
				if r.IntN(3) == 0 {
					one = append(one, k)
				} else {
					two = append(two, k)
				}
			}
			if len(one) == 0 || len(two) == 0 {
				continue
			}
		}
		other := slices.Clone(boxes[b])
		boxes[b], other[i] = slices.Clone(boxes[b]), two
		boxes[b][i] = one
		boxes = append(boxes, other)
	}
	r.Shuffle(len(boxes), func(a, b int) { boxes[a], boxes[b] = boxes[b], boxes[a] })
	return boxes
}

// partOf cuts a box out of a cube. It may be read through the cube, or be a document
// of its own, which leaves cells out that are missing or has them all.
func partOf(t testing.TB, r *rand.Rand, ds *jsonstat.Dataset, b [][]int) dice.Part {
	t.Helper()
	spec := &dice.Spec{}
	places := slices.Clone(b)
	for i, d := range ds.Dimensions() {
		var ids []string
		for _, k := range b[i] {
			ids = append(ids, d.CategoryID(k))
		}
		if len(ids) == d.Len() && r.IntN(2) == 0 {
			places[i] = nil
			continue
		}
		spec.Criteria = append(spec.Criteria, dice.Criterion{Dimension: d.ID(), Select: dice.IDs(ids...)})
	}
	sub, err := spec.Apply(ds)
	require.NoError(t, err)
	if n := r.IntN(4); n < 2 && ds.Cells().Info().Default == 0 {
		var text bytes.Buffer
		require.NoError(t, sub.Write(&text, &jsonstat.WriteOptions{Values: []jsonstat.Form{jsonstat.Sparse, jsonstat.Dense}[n], AllCells: true}))
		if again := read(t, text.String()); again.HasCells() { // a row of no values at all says nothing
			sub = again
		}
	}
	return dice.Part{Places: places, Cells: &watched{Cells: sub.Cells()}}
}

// watched are cells whose cursors are counted.
type watched struct {
	jsonstat.Cells
	open, most int
}

func (w *watched) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur, err := w.Cells.Cursor(statuses)
	w.open++
	w.most = max(w.most, w.open)
	return watchedCursor{cur, w}, err
}

type watchedCursor struct {
	jsonstat.Cursor
	w *watched
}

func (c watchedCursor) Close() error {
	c.w.open--
	return c.Cursor.Close()
}

// said is what the cells say that a cursor reads on to the end of its range: those that
// are missing and have no status are left out.
func said(t testing.TB, cells jsonstat.Cells, cur jsonstat.Cursor) map[int64]string {
	t.Helper()
	list := map[int64]string{}
	last := int64(-1)
	for {
		chunk, err := cur.Next()
		if err == io.EOF {
			return list
		}
		require.NoError(t, err)
		for i := range chunk.Len() {
			pos := chunk.Position(i)
			if pos <= last {
				t.Fatalf("position %d comes behind %d", pos, last)
			}
			last = pos
			text := ""
			if chunk.Kinds[i] != jsonstat.Missing {
				text = fmt.Sprint(chunk.Kinds[i], " ", string(chunk.Token(i)))
			}
			if chunk.Status != nil {
				text += " " + cells.Statuses()[chunk.Status[i]]
			}
			if text != "" && text != " " {
				list[pos] = text
			}
		}
	}
}

func between(all map[int64]string, from, to int64) map[int64]string {
	list := map[int64]string{}
	for pos, text := range all {
		if pos >= from && pos < to {
			list[pos] = text
		}
	}
	return list
}

// checkAssembly cuts a cube at random and puts it together again.
func checkAssembly(t *testing.T, r *rand.Rand, ds *jsonstat.Dataset) {
	t.Helper()
	boxes := boxesOf(r, ds.Shape(), 1+r.IntN(12))
	var parts []dice.Part
	for _, b := range boxes {
		parts = append(parts, partOf(t, r, ds, b))
	}
	cells, err := dice.Assemble(ds.Shape(), parts)
	require.NoError(t, err)
	for _, statuses := range []bool{true, false} {
		whole, err := ds.Cells().Cursor(statuses)
		require.NoError(t, err)
		want := said(t, ds.Cells(), whole)
		require.NoError(t, whole.Close())
		cur, err := cells.Cursor(statuses)
		require.NoError(t, err)
		check := func(from, to int64) {
			t.Helper()
			got, want := said(t, cells, cur), between(want, from, to)
			// One of the rows may know of no statuses at all.
			if !maps.EqualFunc(want, got, func(a, b string) bool { return a == b || a == b+" " || b == a+" " }) {
				t.Fatalf("cells %d to %d of %v in %v: %s", from, to, ds.Shape(), boxes, cmp.Diff(want, got))
			}
		}
		check(0, ds.Len())
		for i := range parts {
			if open := parts[i].Cells.(*watched).open; open != 0 {
				t.Fatalf("part %d is open %d times though all was read", i, open)
			}
		}
		for range 6 {
			from := r.Int64N(ds.Len() + 1)
			to := from + r.Int64N(ds.Len()-from+1)
			if r.IntN(2) == 0 {
				to = min(ds.Len(), from+r.Int64N(3))
			}
			require.NoError(t, cur.Range(from, to))
			check(from, to)
		}
		require.ErrorIs(t, cur.Range(0, ds.Len()+1), jsonstat.ErrSize)
		require.NoError(t, cur.Close())
	}
	for i := range parts {
		if w := parts[i].Cells.(*watched); w.open != 0 || w.most > 1 {
			t.Fatalf("part %d is open %d times, and was %d times", i, w.open, w.most)
		}
	}
}

// TestAssemble: whatever boxes a cube is cut into, they make it again.
func TestAssemble(t *testing.T) {
	datasets(t, func(t *testing.T, r *rand.Rand, ds *jsonstat.Dataset) {
		if !ds.HasCells() {
			t.Skip("metadata alone")
		}
		for range 4 {
			checkAssembly(t, r, ds)
		}
	})
}

// FuzzAssemble cuts cubes made at random.
func FuzzAssemble(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, cube, cut uint64) {
		doc, err := jsonstat.Parse(shapes.Random(cube))
		require.NoError(t, err)
		ds, err := doc.Dataset(0)
		require.NoError(t, err)
		if ds.HasCells() && ds.Len() > 0 && ds.Len() < 1<<14 {
			checkAssembly(t, rand.New(rand.NewPCG(cut, 1)), ds)
		}
	})
}

// numbers are n cells: 0, 1, 2, ...
func numbers(t *testing.T, n int) jsonstat.Cells {
	t.Helper()
	values := jsonstat.NewValues(n)
	for i := range n {
		values.SetFloat64(int64(i), float64(i))
	}
	return values.Cells()
}

func TestAssembleRefuses(t *testing.T) {
	shape := jsonstat.Shape{2, 3}
	for _, tt := range []struct {
		name  string
		parts [][][]int
		cells []int // of the parts, if not as many as it must have
		says  string
		cover *dice.CoverageError
	}{
		{"nothing", nil, nil, "the cell at 0 0 is in no part: the cubes do not fit together", &dice.CoverageError{Cell: []int{0, 0}}},
		{"one cell is not there", [][][]int{{{0}, nil}, {{1}, {0, 2}}}, nil, "the cell at 1 1 is in no part", &dice.CoverageError{Cell: []int{1, 1}}},
		{"one cell comes twice", [][][]int{{{0}, nil}, {{1}, {0, 2}}, {nil, {1}}}, nil, "the cell at 0 1 is in part 1 and in part 3", &dice.CoverageError{Cell: []int{0, 1}, Parts: []int{0, 2}}},
		{"all of them twice", [][][]int{{nil, nil}, {nil, nil}}, nil, "the cell at 0 0 is in part 1 and in part 2", &dice.CoverageError{Cell: []int{0, 0}, Parts: []int{0, 1}}},
		{"too few dimensions", [][][]int{{nil}}, nil, "part 1: it names categories of 1 dimensions, the cube has 2", nil},
		{"not in order", [][][]int{{nil, {0, 2, 1}}}, nil, "part 1: it has category 1 of dimension 1 after category 2", nil},
		{"twice the same category", [][][]int{{{1, 1}, nil}}, nil, "category 1 of dimension 0 after category 1", nil},
		{"no such category", [][][]int{{nil, {1, 3}}}, nil, "category 3 of dimension 1", nil},
		{"a negative one", [][][]int{{nil, {-1, 0, 1, 2}}}, nil, "category -1 of dimension 1", nil},
		{"nothing of a dimension", [][][]int{{nil, {}}}, nil, "it has no category of dimension 1", nil},
		{"fewer cells than the box has", [][][]int{{{0}, nil}, {{1}, nil}}, []int{3, 2}, "the cells of a part end before that at 5 of the whole: fewer values than cells", nil},
		{"more cells than the box has", [][][]int{{{0}, nil}, {{1}, nil}}, []int{4, 3}, "a part has more than its 3 cells: the cubes do not fit together", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var parts []dice.Part
			for i, places := range tt.parts {
				n := 1
				for k, list := range places {
					if list == nil {
						n *= shape[k]
					}
					n *= max(1, len(list))
				}
				if tt.cells != nil {
					n = tt.cells[i]
				}
				parts = append(parts, dice.Part{Places: places, Cells: numbers(t, n)})
			}
			cells, err := dice.Assemble(shape, parts)
			if err == nil {
				_, err = jsonstat.CountFacts(cells)
			}
			require.ErrorContains(t, err, tt.says)
			if !errors.Is(err, jsonstat.ErrShort) {
				require.ErrorIs(t, err, dice.ErrJoin)
			}
			cover, ok := errors.AsType[*dice.CoverageError](err)
			require.Equal(t, tt.cover != nil, ok)
			require.Equal(t, tt.cover, cover)
		})
	}
	beyond := jsonstat.NewSparseValues()
	beyond.SetFloat64(6, 1)
	cells, err := dice.Assemble(shape, []dice.Part{{Places: [][]int{nil, nil}, Cells: beyond.Cells()}})
	require.NoError(t, err)
	_, err = jsonstat.CountFacts(cells)
	require.ErrorIs(t, err, dice.ErrJoin)
	_, err = dice.Assemble(jsonstat.Shape{1 << 30, 1 << 30, 1 << 30}, nil)
	require.ErrorIs(t, err, jsonstat.ErrSize)
	diagonal := []dice.Part{}
	for i := range 300 {
		diagonal = append(diagonal, dice.Part{Places: [][]int{{i}, {i}, {i}}, Cells: numbers(t, 1)})
	}
	_, err = dice.Assemble(jsonstat.Shape{300, 300, 300}, diagonal)
	require.ErrorIs(t, err, dice.ErrJoin)
	require.ErrorIs(t, err, jsonstat.ErrLimit)
}

// TestAssembleWithoutCells: what has no cells or no dimensions is put together as well.
func TestAssembleWithoutCells(t *testing.T) {
	for _, tt := range []struct {
		name  string
		shape jsonstat.Shape
		parts []dice.Part
		cells int64
	}{
		{"one cell", jsonstat.Shape{}, []dice.Part{{Places: [][]int{}, Cells: numbers(t, 1)}}, 1},
		{"a dimension without categories", jsonstat.Shape{2, 0}, nil, 0},
		{"a part of it", jsonstat.Shape{2, 0}, []dice.Part{{Places: [][]int{{1}, nil}, Cells: numbers(t, 0)}}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cells, err := dice.Assemble(tt.shape, tt.parts)
			require.NoError(t, err)
			facts, err := jsonstat.CountFacts(cells)
			require.NoError(t, err)
			require.Equal(t, tt.cells, facts.Stored)
		})
	}
}

// TestAssembleOpensWhenDue: of a cube that is read once, a part is open from its first
// cell to its last, for a cut along the outermost dimension one at a time.
func TestAssembleOpensWhenDue(t *testing.T) {
	for _, tt := range []struct {
		name    string
		sparse  bool
		along   int
		atATime int
	}{
		{"outermost", false, 0, 1}, {"innermost", false, 1, 50},
		{"outermost, sparse", true, 0, 2}, {"innermost, sparse", true, 1, 50},
	} {
		t.Run(tt.name, func(t *testing.T) {
			open, most := 0, 0
			shape := jsonstat.Shape{50, 50}
			var parts []dice.Part
			for i := range 50 {
				values := jsonstat.NewValues(50)
				if tt.sparse {
					values = jsonstat.NewSparseValues()
				}
				for k := range int64(50) {
					values.SetFloat64(k, 1)
				}
				places := make([][]int, 2)
				places[tt.along] = []int{i}
				parts = append(parts, dice.Part{Places: places, Cells: &counted{values.Cells(), &open, &most}})
			}
			cells, err := dice.Assemble(shape, parts)
			require.NoError(t, err)
			require.Zero(t, most)
			facts, err := jsonstat.CountFacts(cells)
			require.NoError(t, err)
			require.Equal(t, int64(2500), facts.Numbers)
			require.Zero(t, open)
			require.LessOrEqual(t, most, tt.atATime)
		})
	}
}

// counted are cells whose cursors are counted together with those of others.
type counted struct {
	jsonstat.Cells
	open, most *int
}

func (c *counted) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur, err := c.Cells.Cursor(statuses)
	*c.open++
	*c.most = max(*c.most, *c.open)
	return countedCursor{cur, c}, err
}

type countedCursor struct {
	jsonstat.Cursor
	c *counted
}

func (c countedCursor) Close() error {
	*c.c.open--
	return c.Cursor.Close()
}
