package dice_test

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// The model: a cube as a map from ids to what the cell says.

type model map[string]jsonstat.Cell

// modelOf reads a dataset through its observations, for the kept categories.
func modelOf(t testing.TB, ds *jsonstat.Dataset, keep []map[string]bool) model {
	t.Helper()
	m := model{}
	for obs, err := range ds.Observations() {
		require.NoError(t, err)
		key, kept := "", true
		for i := range ds.Dimensions() {
			id := ds.Dimensions()[i].CategoryID(obs.Index(i))
			kept = kept && (keep == nil || keep[i][id])
			key += id + "\x00"
		}
		if kept {
			if _, twice := m[key]; twice {
				t.Fatalf("%q comes twice", key)
			}
			m[key] = obs.Cell()
		}
	}
	return m
}

// same compares without describing large cubes that are equal, which is slow.
func same(t *testing.T, want, got model, spec *dice.Spec) {
	t.Helper()
	if !maps.Equal(want, got) {
		t.Fatalf("%s: %s", spec, cmp.Diff(want, got))
	}
}

// someOf chooses categories of a dimension at random: often all, often
// neighbours, never none.
func someOf(r *rand.Rand, d *jsonstat.Dimension) map[string]bool {
	chosen := map[string]bool{}
	n := d.Len()
	from, to, odds := 0, n, 1.0
	switch r.IntN(4) {
	case 0:
	case 1:
		from = r.IntN(n)
		to = from + 1 + r.IntN(n-from)
	default:
		odds = 0.1 + 0.8*r.Float64()
	}
	for i := from; i < to; i++ {
		if r.Float64() < odds {
			chosen[d.CategoryID(i)] = true
		}
	}
	if len(chosen) == 0 {
		chosen[d.CategoryID(r.IntN(n))] = true
	}
	return chosen
}

// specOf makes a spec of chosen categories, by keeping or by omitting.
func specOf(r *rand.Rand, ds *jsonstat.Dataset, keep []map[string]bool) *dice.Spec {
	spec := &dice.Spec{}
	for i, d := range ds.Dimensions() {
		if len(keep[i]) == d.Len() && r.IntN(2) == 0 {
			continue
		}
		omit := len(keep[i]) < d.Len() && r.IntN(3) == 0
		var ids []string
		for c := range d.Categories() {
			if keep[i][c.ID] != omit {
				ids = append(ids, c.ID)
			}
		}
		r.Shuffle(len(ids), func(a, b int) { ids[a], ids[b] = ids[b], ids[a] })
		spec.Criteria = append(spec.Criteria, dice.Criterion{Dimension: d.ID(), Select: dice.IDs(ids...), Omit: omit})
	}
	return spec
}

// datasets are the awkward cubes and some made at random, which have cells.
func datasets(t *testing.T, f func(t *testing.T, r *rand.Rand, ds *jsonstat.Dataset)) {
	open := func(t *testing.T, text []byte, seed uint64) {
		doc, err := jsonstat.Parse(text)
		require.NoError(t, err)
		ds, err := doc.Dataset(0)
		require.NoError(t, err)
		if ds.Len() > 0 && ds.Len() < 1<<20 {
			f(t, rand.New(rand.NewPCG(seed, 1)), ds)
		}
	}
	for i, shape := range shapes.Cubes() {
		t.Run(shape.Name, func(t *testing.T) { open(t, []byte(shape.JSON), uint64(i)) })
	}
	for seed := range uint64(60) {
		t.Run(fmt.Sprint("random ", seed), func(t *testing.T) { open(t, shapes.Random(seed), seed) })
	}
	for _, shape := range []jsonstat.Shape{{20, 3, 40, 7}, {3, 12000}, {9000, 3}, {100, 1, 150}} {
		t.Run(fmt.Sprint("large ", shape), func(t *testing.T) { f(t, rand.New(rand.NewPCG(3, 4)), large(t, shape)) })
	}
}

// large is a cube of more than a chunk, whose values are their positions.
func large(t testing.TB, shape jsonstat.Shape) *jsonstat.Dataset {
	t.Helper()
	var b strings.Builder
	b.WriteString(`{"version":"2.0","class":"dataset","id":[`)
	n := 1
	var sizes, dims []string
	for i, size := range shape {
		n *= size
		sizes = append(sizes, fmt.Sprint(size))
		var ids []string
		for k := range size {
			ids = append(ids, fmt.Sprintf(`"%d"`, k))
		}
		dims = append(dims, fmt.Sprintf(`"d%d":{"category":{"index":[%s]}}`, i, strings.Join(ids, ",")))
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `"d%d"`, i)
	}
	fmt.Fprintf(&b, `],"size":[%s],"dimension":{%s},"value":[0`, strings.Join(sizes, ","), strings.Join(dims, ","))
	for i := range n - 1 {
		fmt.Fprintf(&b, ",%d", i+1)
	}
	b.WriteString(`],"status":{"1":"x","7":"y"}}`)
	doc, err := jsonstat.Parse([]byte(b.String()))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	return ds
}

// TestModel holds dices against the model: by id, each cell is what it was, and
// what is cut off is not there.
func TestModel(t *testing.T) {
	datasets(t, func(t *testing.T, r *rand.Rand, ds *jsonstat.Dataset) {
		for range 6 {
			keep := make([]map[string]bool, len(ds.Dimensions()))
			for i, d := range ds.Dimensions() {
				keep[i] = someOf(r, d)
			}
			spec := specOf(r, ds, keep)
			sub, err := spec.Apply(ds)
			require.NoError(t, err, "%s", spec)
			for i, d := range sub.Dimensions() {
				require.Equal(t, len(keep[i]), d.Len(), "%s", spec)
			}
			same(t, modelOf(t, ds, keep), modelOf(t, sub, nil), spec)
			facts, err := sub.Cells().Facts()
			require.NoError(t, err)
			if !sub.Cells().Info().Sparse && sub.HasCells() {
				require.Equal(t, sub.Len(), facts.Stored, "%s", spec)
			}
			checkRanges(t, r, sub)

			// A dice of a dice.
			again := make([]map[string]bool, len(keep))
			for i, d := range sub.Dimensions() {
				again[i] = someOf(r, d)
			}
			subsub, err := specOf(r, sub, again).Apply(sub)
			require.NoError(t, err)
			same(t, modelOf(t, ds, again), modelOf(t, subsub, nil), spec)
		}
	})
}

// checkRanges reads a dice in pieces, as a pivot does, and compares with the whole.
func checkRanges(t *testing.T, r *rand.Rand, ds *jsonstat.Dataset) {
	t.Helper()
	read := func(cur jsonstat.Cursor, to map[int64]string) {
		for {
			chunk, err := cur.Next()
			if err == io.EOF {
				return
			}
			require.NoError(t, err)
			for i := range chunk.Len() {
				text := string(chunk.Token(i))
				if chunk.Status != nil {
					text += " " + ds.Cells().Statuses()[chunk.Status[i]]
				}
				if _, twice := to[chunk.Position(i)]; twice {
					t.Fatalf("position %d comes twice", chunk.Position(i))
				}
				to[chunk.Position(i)] = text
			}
		}
	}
	cur, err := ds.Cells().Cursor(true)
	require.NoError(t, err)
	defer cur.Close()
	whole := map[int64]string{}
	read(cur, whole)
	for range 4 {
		from := r.Int64N(ds.Len() + 1)
		to := from + r.Int64N(ds.Len()-from+1)
		middle := from + r.Int64N(to-from+1)
		part, want := map[int64]string{}, map[int64]string{}
		require.NoError(t, cur.Range(from, middle))
		read(cur, part)
		require.NoError(t, cur.Range(middle, to))
		read(cur, part)
		for pos, text := range whole {
			if pos >= from && pos < to {
				want[pos] = text
			}
		}
		if !maps.Equal(want, part) {
			t.Fatalf("cells %d to %d to %d of %v: %s", from, middle, to, ds.Shape(), cmp.Diff(want, part))
		}
	}
	if ds.HasCells() {
		require.ErrorIs(t, cur.Range(0, ds.Len()+1), jsonstat.ErrSize)
		require.ErrorIs(t, cur.Range(-1, 0), jsonstat.ErrSize)
	}
}

// TestStream reads a dice of cells that flow from a pipe.
func TestStream(t *testing.T) {
	text := `{"version":"2.0","class":"dataset","id":["a","b"],"size":[2,3],"dimension":{"a":{"category":{"index":["p","q"]}},"b":{"category":{"index":["x","y","z"]}}},"value":[1,2,3,4,5,6]}`
	tests := []struct {
		name, text string
		want       string
		err        error
	}{
		{"whole", text, "1 3 4 6", nil},
		{"cut off", strings.TrimSuffix(text, "]}"), "", jsonstat.ErrSyntax},
		{"broken behind the last cell that is kept", strings.TrimSuffix(text, "}"), "", jsonstat.ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := jsonstat.Options{Stream: true}.Read(io.MultiReader(strings.NewReader(tt.text)))
			require.NoError(t, err)
			defer doc.Close()
			ds, err := doc.Dataset(0)
			require.NoError(t, err)
			require.True(t, ds.Cells().Info().Once)
			spec, err := dice.Parse("b=x/z")
			require.NoError(t, err)
			sub, err := spec.Apply(ds)
			require.NoError(t, err)
			var got []string
			for obs, oerr := range sub.Observations() {
				if err = oerr; err == nil {
					got = append(got, obs.Text())
				}
			}
			if tt.err != nil {
				require.ErrorIs(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, strings.Join(got, " "))
		})
	}
}
