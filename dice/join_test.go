package dice_test

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// written is a dataset as JSON-stat, read as JSON.
func written(t testing.TB, ds *jsonstat.Dataset) any {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, ds.Write(&b, &jsonstat.WriteOptions{Values: jsonstat.Sparse, Statuses: jsonstat.Sparse, Explicit: true}))
	dec := json.NewDecoder(&b)
	dec.UseNumber()
	var v any
	require.NoError(t, dec.Decode(&v))
	return v
}

// split cuts a cube along a dimension into parts of neighbours.
func split(t testing.TB, r *rand.Rand, ds *jsonstat.Dataset, axis int) []*jsonstat.Dataset {
	t.Helper()
	d := ds.Dimensions()[axis]
	var parts []*jsonstat.Dataset
	for from := 0; from < d.Len(); {
		to := from + 1 + r.IntN(d.Len()-from)
		var ids []string
		for k := from; k < to; k++ {
			ids = append(ids, d.CategoryID(k))
		}
		spec := &dice.Spec{Criteria: []dice.Criterion{{Dimension: d.ID(), Select: dice.IDs(ids...)}}}
		part, err := spec.Apply(ds)
		require.NoError(t, err)
		parts = append(parts, part)
		from = to
	}
	return parts
}

// TestJoinIsTheReverseOfDice: what was cut along any dimension comes back, cells
// and head. A hierarchy does not: parents and children may be in different parts.
func TestJoinIsTheReverseOfDice(t *testing.T) {
	datasets(t, func(t *testing.T, r *rand.Rand, ds *jsonstat.Dataset) {
		if !ds.HasCells() {
			t.Skip("metadata alone")
		}
		want := modelOf(t, ds, nil)
		for axis, d := range ds.Dimensions() {
			joined, err := dice.Join(d.ID(), split(t, r, ds, axis)...)
			require.NoError(t, err)
			require.Equal(t, ds.Shape(), joined.Shape())
			same(t, want, modelOf(t, joined, nil), &dice.Spec{})
			if ds.Len() < 1<<14 && !d.HasHierarchy() && d.Len() > 1 {
				require.Equal(t, written(t, ds), written(t, joined), d.ID())
			}
		}
	})
}

// TestJoinRanges: a joined cube is read from any place to any other, as a pivot
// does, and diced again.
func TestJoinRanges(t *testing.T) {
	datasets(t, func(t *testing.T, r *rand.Rand, ds *jsonstat.Dataset) {
		if !ds.HasCells() || len(ds.Dimensions()) == 0 {
			t.Skip("nothing to join")
		}
		axis := r.IntN(len(ds.Dimensions()))
		joined, err := dice.Join(ds.Dimensions()[axis].ID(), split(t, r, ds, axis)...)
		require.NoError(t, err)
		for range 20 {
			pos := r.Int64N(ds.Len())
			want, err := ds.AtPosition(pos)
			require.NoError(t, err)
			got, err := joined.AtPosition(pos)
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
		keep := make([]map[string]bool, len(ds.Dimensions()))
		for i, d := range ds.Dimensions() {
			keep[i] = someOf(r, d)
		}
		spec := specOf(r, ds, keep)
		sub, err := spec.Apply(joined)
		require.NoError(t, err)
		same(t, modelOf(t, ds, keep), modelOf(t, sub, nil), spec)

		facts, err := ds.Cells().Facts()
		require.NoError(t, err)
		counted, err := jsonstat.CountFacts(ds.Cells())
		require.NoError(t, err)
		if facts == counted { // else the document has values outside the cube, or twice
			sum, err := joined.Cells().Facts()
			require.NoError(t, err)
			require.Equal(t, facts, sum)
		}
	})
}

// TestJoinStretches: any stretch of a joined cube has the cells of the whole, one
// after the other from the same cursor.
func TestJoinStretches(t *testing.T) {
	datasets(t, func(t *testing.T, r *rand.Rand, ds *jsonstat.Dataset) {
		if !ds.HasCells() || len(ds.Dimensions()) == 0 || ds.Len() > 1<<14 {
			t.Skip("nothing to join")
		}
		axis := r.IntN(len(ds.Dimensions()))
		joined, err := dice.Join(ds.Dimensions()[axis].ID(), split(t, r, ds, axis)...)
		require.NoError(t, err)
		stretch := func(cur jsonstat.Cursor, from, to int64) map[int64]string {
			require.NoError(t, cur.Range(from, to))
			cells := map[int64]string{}
			last := from - 1
			for {
				chunk, err := cur.Next()
				if err == io.EOF {
					return cells
				}
				require.NoError(t, err)
				for i := range chunk.Len() {
					pos := chunk.Position(i)
					require.Greater(t, pos, last)
					require.Less(t, pos, to)
					last, cells[pos] = pos, string(chunk.Token(i))
				}
			}
		}
		one, err := ds.Cells().Cursor(false)
		require.NoError(t, err)
		defer one.Close()
		other, err := joined.Cells().Cursor(false)
		require.NoError(t, err)
		defer other.Close()
		for range 50 {
			from := r.Int64N(ds.Len())
			to := from + r.Int64N(ds.Len()-from+1)
			require.Equal(t, stretch(one, from, to), stretch(other, from, to), "%d to %d", from, to)
		}
		require.ErrorIs(t, other.Range(0, ds.Len()+1), jsonstat.ErrSize)
	})
}

// TestJoinByID: the other dimensions are matched by id, in whatever order.
func TestJoinByID(t *testing.T) {
	a := read(t, two(`"a":{"category":{"index":["x","y"]}}`, `"t":{"category":{"index":["2023"]}}`, 2, 1, `[1,2]`, `{"1":"p"}`))
	b := read(t, two(`"a":{"category":{"index":["y","x"]}}`, `"t":{"category":{"index":["2024"]}}`, 2, 1, `[3,"text"]`, `{"0":"q"}`))
	ds, err := dice.Join("t", a, b)
	require.NoError(t, err)
	var b2 bytes.Buffer
	require.NoError(t, ds.Write(&b2, nil))
	require.JSONEq(t, two(`"a":{"category":{"index":["x","y"]}}`, `"t":{"category":{"index":["2023","2024"]}}`, 2, 2,
		`[1,"text",2,3]`, `{"2":"p","3":"q"}`), b2.String())
}

func TestJoinRefuses(t *testing.T) {
	base := func() *jsonstat.Dataset {
		return read(t, two(`"a":{"category":{"index":["x","y"]}}`, `"t":{"category":{"index":["1"]}}`, 2, 1, `[1,2]`, `{}`))
	}
	part := func(a, t2 string, n, m int, value string) *jsonstat.Dataset {
		return read(t, two(a, t2, n, m, value, `{}`))
	}
	for _, tt := range []struct {
		name  string
		by    string
		other *jsonstat.Dataset
		err   error
		says  string
	}{
		{"a dimension that is not there", "T", base(), jsonstat.ErrUnknown, `"t"`},
		{"a category twice", "t", base(), dice.ErrJoin, `category "1" is given twice`},
		{"another dimension", "t", part(`"b":{"category":{"index":["x","y"]}}`, `"t":{"category":{"index":["2"]}}`, 2, 1, `[1,2]`), dice.ErrJoin, "part 2: it has the dimensions b, t, the first a, t"},
		{"another category", "t", part(`"a":{"category":{"index":["x","z"]}}`, `"t":{"category":{"index":["2"]}}`, 2, 1, `[1,2]`), dice.ErrJoin, `dimension "a" has no category "y"`},
		{"fewer categories", "t", part(`"a":{"category":{"index":["x"]}}`, `"t":{"category":{"index":["2"]}}`, 1, 1, `[1]`), dice.ErrJoin, `dimension "a" has 1 categories, in the first 2`},
		{"metadata alone", "t", part(`"a":{"category":{"index":["x","y"]}}`, `"t":{"category":{"index":["2"]}}`, 2, 1, `[]`), dice.ErrJoin, "metadata alone"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := dice.Join(tt.by, base(), tt.other)
			require.ErrorIs(t, err, tt.err)
			require.ErrorContains(t, err, tt.says)
		})
	}
	_, err := dice.Join("t")
	require.ErrorIs(t, err, dice.ErrJoin)
}

// TestJoinStatusesForAll: one status for all cells of a part holds for it alone.
func TestJoinStatusesForAll(t *testing.T) {
	a := read(t, two(`"a":{"category":{"index":["x","y"]}}`, `"t":{"category":{"index":["1"]}}`, 2, 1, `[1,2]`, `"p"`))
	b := read(t, two(`"a":{"category":{"index":["x","y"]}}`, `"t":{"category":{"index":["2"]}}`, 2, 1, `[3,4]`, `{"0":"e"}`))
	ds, err := dice.Join("t", a, b)
	require.NoError(t, err)
	var statuses []string
	for obs, err := range ds.Observations() {
		require.NoError(t, err)
		statuses = append(statuses, obs.Status())
	}
	require.Equal(t, []string{"p", "e", "p", ""}, statuses)

	sparse := read(t, two(`"a":{"category":{"index":["x","y"]}}`, `"t":{"category":{"index":["2"]}}`, 2, 1, `{"0":3}`, `"e"`))
	_, err = dice.Join("t", a, sparse)
	require.ErrorIs(t, err, dice.ErrJoin)
}

// TestConcat: values that came in pieces, as the JavaScript suite's join has them.
func TestConcat(t *testing.T) {
	datasets(t, func(t *testing.T, r *rand.Rand, ds *jsonstat.Dataset) {
		if !ds.HasCells() || len(ds.Dimensions()) == 0 {
			t.Skip("nothing to cut")
		}
		head, err := jsonstat.New(ds.Head(), nil)
		require.NoError(t, err)
		// Pieces along the outermost dimension lie one behind the other.
		pieces := split(t, r, ds, 0)
		whole, err := dice.Concat(head, pieces...)
		require.NoError(t, err)
		same(t, modelOf(t, ds, nil), modelOf(t, whole, nil), &dice.Spec{})

		if len(pieces) > 1 {
			_, err = dice.Concat(head, slices.Clone(pieces[1:])...)
			require.ErrorIs(t, err, dice.ErrJoin)
		}
	})
}

// two is a dataset of the dimensions a and t.
func two(a, t string, n, m int, value, status string) string {
	id := a[1:2]
	size, _ := json.Marshal([]int{n, m})
	return `{"version":"2.0","class":"dataset","id":["` + id + `","t"],"size":` + string(size) + `,"dimension":{` + a + `,` + t + `},"value":` + value + `,"status":` + status + `}`
}

func read(t testing.TB, text string) *jsonstat.Dataset {
	t.Helper()
	doc, err := jsonstat.Parse([]byte(text))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	return ds
}
