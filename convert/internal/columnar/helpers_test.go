package columnar

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// parsed reads a document and gives its first dataset.
func parsed(t testing.TB, text string) *jsonstat.Dataset {
	t.Helper()
	doc, err := jsonstat.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// cubes are the datasets of the awkward list that can be read.
func cubes(t *testing.T, f func(t *testing.T, ds *jsonstat.Dataset)) {
	for _, doc := range shapes.Cubes() {
		t.Run(doc.Name, func(t *testing.T) {
			d, err := jsonstat.Parse([]byte(doc.JSON))
			if err != nil {
				t.Skip(err)
			}
			ds, err := d.Dataset(0)
			if err != nil {
				t.Skip(err)
			}
			f(t, ds)
		})
	}
}

// plain reads JSON into plain values, numbers as their tokens.
func plain(t testing.TB, text []byte) (v any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// contents are the cells that have a value or a status, by position.
func contents(t testing.TB, ds *jsonstat.Dataset) map[int64]string {
	t.Helper()
	cells := map[int64]string{}
	for obs, err := range ds.Observations() {
		if err != nil {
			t.Fatal(err)
		}
		text := obs.Text()
		switch obs.Kind() {
		case jsonstat.Number, jsonstat.NumberRaw:
			text = string(jsonstat.AppendNumber(nil, []byte(text)))
		case jsonstat.Missing:
			if obs.Status() == "" {
				continue
			}
			text = "missing"
		default:
			text = fmt.Sprintf("%d:%q", obs.Kind(), text)
		}
		cells[obs.Position()] = text + " " + obs.Status()
	}
	return cells
}

// same holds two datasets against each other: heads as JSON values, cells by
// number and status.
func same(t testing.TB, want, got *jsonstat.Dataset) {
	t.Helper()
	a, err := Head(want)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Head(got)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plain(t, a), plain(t, b)); diff != "" {
		t.Errorf("the head is another one (-want +got):\n%s", diff)
	}
	if want.HasCells() != got.HasCells() {
		t.Errorf("has cells: %t, want %t", got.HasCells(), want.HasCells())
	}
	if diff := cmp.Diff(contents(t, want), contents(t, got)); diff != "" {
		t.Errorf("the cells are others (-want +got):\n%s", diff)
	}
}
