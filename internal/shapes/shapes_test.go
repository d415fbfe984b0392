package shapes_test

import (
	"testing"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestAll reads every document with all its datasets and all their cells.
func TestAll(t *testing.T) {
	names := map[string]bool{}
	for _, shape := range shapes.All() {
		t.Run(shape.Name, func(t *testing.T) {
			if names[shape.Name] || shape.Name == "" || shape.Shows == "" {
				t.Errorf("the name is used twice, or there is nothing said about it: %q", shape.Shows)
			}
			names[shape.Name] = true
			doc, err := jsonstat.Parse([]byte(shape.JSON))
			if err != nil {
				t.Fatal(err)
			}
			if doc.Len() != shape.Datasets {
				t.Errorf("%d datasets, want %d", doc.Len(), shape.Datasets)
			}
			for i := range doc.Len() {
				readAll(t, doc, i)
			}
			if shapes.Get(shape.Name).JSON != shape.JSON {
				t.Error("Get finds another document, or All changes between calls")
			}
		})
	}
}

func readAll(t *testing.T, doc *jsonstat.Document, i int) {
	t.Helper()
	ds, err := doc.Dataset(i)
	if err != nil {
		t.Fatal(err)
	}
	cells, last := 0, int64(-1)
	for obs, err := range ds.Observations() {
		if err != nil {
			t.Fatal(err)
		}
		if obs.Position() <= last || obs.Position() >= ds.Len() {
			t.Fatalf("cell %d comes after cell %d of %d", obs.Position(), last, ds.Len())
		}
		last = obs.Position()
		cells++
	}
	if !ds.Cells().Info().Sparse && ds.HasCells() && int64(cells) != ds.Len() {
		t.Errorf("%d cells of %d", cells, ds.Len())
	}
}

func TestCubes(t *testing.T) {
	for _, shape := range shapes.Cubes() {
		if shape.Datasets == 0 {
			t.Errorf("%s has no dataset", shape.Name)
		}
	}
	if len(shapes.Cubes()) < 100 {
		t.Errorf("only %d cubes", len(shapes.Cubes()))
	}
}

// TestRandom reads random cubes strictly: nothing in them breaks a rule.
func TestRandom(t *testing.T) {
	dims := map[int]int{}
	for seed := range uint64(400) {
		text := shapes.Random(seed)
		if string(text) != string(shapes.Random(seed)) {
			t.Fatalf("seed %d: not the same cube again", seed)
		}
		doc, err := jsonstat.Options{Strict: true}.Parse(text)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		readAll(t, doc, 0)
		ds, _ := doc.Dataset(0)
		dims[len(ds.Dimensions())]++
	}
	for n := 1; n <= 7; n++ {
		if dims[n] == 0 {
			t.Errorf("no cube of %d dimensions among %v", n, dims)
		}
	}
}
