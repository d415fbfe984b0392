package jsonstat_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestStatusCounts holds that the counts are those of the cells one by one, of a document
// and of what is built from its cells.
func TestStatusCounts(t *testing.T) {
	var texts []string
	for _, d := range shapes.Cubes() {
		texts = append(texts, d.JSON)
	}
	for seed := range uint64(60) {
		texts = append(texts, string(shapes.Random(seed)))
	}
	some := 0
	for _, text := range texts {
		doc, err := jsonstat.Parse([]byte(text))
		if err != nil {
			continue // not all of them can be read
		}
		ds, err := doc.Dataset(0)
		if err != nil || ds.Len() > 100_000 {
			continue
		}
		want := map[string]int64{}
		for obs, err := range ds.AllObservations() {
			if err != nil {
				t.Fatal(err)
			}
			if obs.Status() != "" {
				want[obs.Status()]++
			}
		}
		built, err := ds.WithCells(plainCells{ds.Cells()}, jsonstat.AsRead, jsonstat.AsRead)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range []*jsonstat.Dataset{ds, built} {
			counts, err := d.StatusCounts()
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]int64{}
			for _, c := range counts {
				got[c.Status] += c.Cells
			}
			if diff := cmp.Diff(want, got); diff != "" && d.HasCells() {
				t.Errorf("%.300s (-want +got):\n%s", text, diff)
			}
		}
		if len(want) > 0 {
			some++
		}
	}
	if some < 10 {
		t.Errorf("%d documents have statuses", some)
	}
}

// plainCells are cells of which nothing is known but what any source tells.
type plainCells struct{ jsonstat.Cells }
