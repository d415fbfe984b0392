package jsonstat_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cellsOf are cells from one position to another, a line each, and those that are not
// there left out.
func cellsOf(t *testing.T, c jsonstat.Cells, statuses bool, from, to int64) string {
	t.Helper()
	cur, err := c.Cursor(statuses)
	if err != nil {
		t.Fatal(err)
	}
	defer cur.Close()
	if err := cur.Range(from, to); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for {
		chunk, err := cur.Next()
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		for i, kind := range chunk.Kinds {
			status := ""
			if chunk.Status != nil {
				status = c.Statuses()[chunk.Status[i]]
			}
			token := chunk.Token(i)
			if kind == jsonstat.Missing {
				token = nil // which it is called does not matter
			}
			fmt.Fprintf(&b, "%d %d %s %s\n", chunk.Position(i), kind, token, status)
		}
	}
}

// TestInForm holds that a dataset in a form is what reading it gives when it was written
// in that form.
func TestInForm(t *testing.T) {
	forms := []jsonstat.Form{jsonstat.AsRead, jsonstat.Dense, jsonstat.Sparse}
	var texts []string
	for _, d := range shapes.Cubes() {
		texts = append(texts, d.JSON)
	}
	for seed := range uint64(40) {
		texts = append(texts, string(shapes.Random(seed)))
	}
	for i, text := range texts {
		doc, err := jsonstat.Parse([]byte(text))
		if err != nil {
			continue // not all of them can be read
		}
		ds, err := doc.Dataset(0)
		if err != nil || ds.Len() > 20_000 {
			continue
		}
		for _, values := range forms {
			for _, statuses := range forms {
				o := &jsonstat.WriteOptions{Values: values, Statuses: statuses}
				var b bytes.Buffer
				if err := ds.Write(&b, o); err != nil {
					continue
				}
				again, err := jsonstat.Parse(b.Bytes())
				if err != nil {
					t.Fatal(err)
				}
				want, err := again.Dataset(0)
				if err != nil {
					t.Fatal(err)
				}
				got, err := ds.InForm(o)
				if err != nil {
					t.Fatal(err)
				}
				if got.Cells().Info().Sparse && ds.Cells().Info().Default != 0 && statuses != jsonstat.AsRead {
					continue // one status for all cells stays one
				}
				sameForm(t, fmt.Sprintf("%d in %v and %v: %.200s", i, values, statuses, text), got, want)
			}
		}
	}
}

// sameForm holds that two datasets are alike in all that a reader sees.
func sameForm(t *testing.T, name string, got, want *jsonstat.Dataset) {
	t.Helper()
	if got.HasCells() != want.HasCells() {
		t.Fatalf("%s: has cells: %t, want %t", name, got.HasCells(), want.HasCells())
	}
	g, w := got.Cells().Info(), want.Cells().Info()
	if !g.HasStatus {
		g.DenseStatus = w.DenseStatus // a row of statuses without any is not written
	}
	if got.HasCells() && (g.Sparse != w.Sparse || g.Default != 0 != (w.Default != 0) || g.HasStatus && w.HasStatus && g.DenseStatus != w.DenseStatus) {
		t.Errorf("%s: %+v, want %+v", name, g, w)
	}
	gf, err := got.Cells().Facts()
	wf, werr := want.Cells().Facts()
	if err != nil || werr != nil {
		t.Fatal(name, err, werr)
	}
	if diff := cmp.Diff(wf, gf); diff != "" {
		t.Errorf("%s: facts (-want +got):\n%s", name, diff)
	}
	n := want.Len()
	for _, r := range [][2]int64{{0, n}, {rand.Int64N(n + 1), n}, {n / 3, n / 2}} {
		if diff := cmp.Diff(cellsOf(t, want.Cells(), false, r[0], r[1]), cellsOf(t, got.Cells(), false, r[0], r[1])); diff != "" {
			t.Fatalf("%s: values %v (-want +got):\n%s", name, r, diff)
		}
	}
	if diff := cmp.Diff(cellsOf(t, want.Cells(), true, 0, n), cellsOf(t, got.Cells(), true, 0, n)); diff != "" {
		t.Fatalf("%s: cells (-want +got):\n%s", name, diff)
	}
}
