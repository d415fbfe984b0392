package dice_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestSettle: a part is what it would be if it had been written and read again, with the
// same head, the same statuses by number, the same forms and the same cells.
func TestSettle(t *testing.T) {
	var texts []string
	for _, s := range shapes.Cubes() {
		texts = append(texts, s.JSON)
	}
	for seed := range uint64(100) {
		texts = append(texts, string(shapes.Random(seed)))
	}
	for _, text := range texts {
		doc, err := jsonstat.Parse([]byte(text))
		require.NoError(t, err)
		ds, err := doc.Dataset(0)
		require.NoError(t, err)
		spec := &dice.Spec{}
		for _, d := range ds.Dimensions() {
			spec.Criteria = append(spec.Criteria, dice.Criterion{Dimension: d.ID(), Select: []dice.Selector{{Kind: dice.Bottom, N: max(1, d.Len()/2)}}})
		}
		sub, err := spec.Apply(ds)
		if err != nil {
			continue // a dimension without categories
		}
		got, err := dice.Settle(sub)
		require.NoError(t, err)
		var written bytes.Buffer
		require.NoError(t, sub.Write(&written, &jsonstat.WriteOptions{Values: jsonstat.Dense, Statuses: jsonstat.Dense, Explicit: true}))
		again, err := jsonstat.Parse(written.Bytes())
		require.NoError(t, err)
		want, err := again.Dataset(0)
		require.NoError(t, err)

		require.Equal(t, headOf(t, want), headOf(t, got), "%.500s", text)
		require.Equal(t, want.HasCells(), got.HasCells())
		gotValues, gotStatuses := got.Forms()
		wantValues, wantStatuses := want.Forms()
		require.Equal(t, [2]jsonstat.Form{wantValues, wantStatuses}, [2]jsonstat.Form{gotValues, gotStatuses}, "%.500s", text)
		require.Equal(t, want.Cells().Info().HasStatus, got.Cells().Info().HasStatus, "%.500s", text)
		require.Equal(t, cellsOf(t, want), cellsOf(t, got), "%.500s", text)
		require.Equal(t, statusesOf(want), statusesOf(got), "%.500s", text)
	}
}

func headOf(t *testing.T, ds *jsonstat.Dataset) string {
	var b strings.Builder
	require.NoError(t, ds.WriteHead(&b))
	return b.String()
}

// statusesOf are the statuses by number; a document that has none may not have begun the
// list.
func statusesOf(ds *jsonstat.Dataset) string { return strings.Join(ds.Cells().Statuses(), "|") }

// cellsOf are all cells, those too that are not there.
func cellsOf(t *testing.T, ds *jsonstat.Dataset) []string {
	var all []string
	for obs, err := range ds.AllObservations() {
		require.NoError(t, err)
		all = append(all, fmt.Sprintf("%d %d %s %s", obs.Position(), obs.Kind(), obs.Text(), obs.Status()))
	}
	return all
}

// TestSettleStreams: cells that come once are gone through once, so that they are refused.
func TestSettleStreams(t *testing.T) {
	const text = `{"version":"2.0","class":"dataset","id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"]}}},"status":["p",null],"value":[1,2]}`
	doc, err := jsonstat.Options{Stream: true, Need: jsonstat.NeedStatus}.Read(io.MultiReader(strings.NewReader(text)))
	require.NoError(t, err)
	defer doc.Close()
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	require.True(t, ds.Cells().Info().Once)
	cur, err := ds.Cells().Cursor(true)
	require.NoError(t, err)
	_, err = cur.Next()
	require.NoError(t, err)
	_, err = dice.Settle(ds)
	require.ErrorIs(t, err, jsonstat.ErrConsumed)
}

// TestSettleRanges: the cells of a settled part are read at any place.
func TestSettleRanges(t *testing.T) {
	const text = `{"version":"2.0","class":"dataset","id":["a"],"size":[4],"dimension":{"a":{"category":{"index":["w","x","y","z"]}}},"value":[1,2,3,4],"status":["p","q",null,"r"]}`
	doc, err := jsonstat.Parse([]byte(text))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	sub, err := (&dice.Spec{Criteria: []dice.Criterion{{Dimension: "a", Select: dice.IDs("w"), Omit: true}}}).Apply(ds)
	require.NoError(t, err)
	settled, err := dice.Settle(sub)
	require.NoError(t, err)
	require.Equal(t, []string{"", "q", "r"}, settled.Cells().Statuses())
	for category, want := range map[string]jsonstat.Cell{"z": {Kind: jsonstat.Number, Text: "4", Status: "r"}, "x": {Kind: jsonstat.Number, Text: "2", Status: "q"}, "y": {Kind: jsonstat.Number, Text: "3"}} {
		cell, err := settled.At("a", category)
		require.NoError(t, err)
		require.Equal(t, want.Text+want.Status, cell.Text+cell.Status)
	}
}
