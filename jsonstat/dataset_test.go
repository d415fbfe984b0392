package jsonstat

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func dimensionOf(t *testing.T, id string, categories ...string) *Dimension {
	t.Helper()
	spec := DimensionSpec{ID: id}
	for _, c := range categories {
		spec.Categories = append(spec.Categories, Category{ID: c})
	}
	d, err := NewDimension(spec)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNew(t *testing.T) {
	a, b := dimensionOf(t, "a", "x", "y"), dimensionOf(t, "b", "p", "q", "r")
	head := Head{Label: "L", Source: "S", Updated: "2025", Href: "https://example.org", Notes: []string{"n"}, Dimensions: []*Dimension{a, b}}
	ds, err := New(head, Floats(1, 2.5, 3, 4, 5, 6).Cells())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the texts", []any{ds.Label(), ds.Source(), ds.Updated(), ds.Href(), ds.Notes()}, []any{"L", "S", "2025", "https://example.org", []string{"n"}})
	equal(t, "the shape", []any{ds.Shape(), ds.Len(), ds.HasCells()}, []any{Shape{2, 3}, int64(6), true})
	equal(t, "the row", row(t, ds), "0=1 1=2.5 2=3 3=4 4=5 5=6")
	if ds.Dimension("a") != a || ds.Dimension("c") != nil || ds.Dimensions()[1] != b {
		t.Error("dimensions are not found")
	}
	if i, d, err := ds.FindDimension("b"); i != 1 || d != b || err != nil {
		t.Errorf("b is found at %d, %v", i, err)
	}
	meta, err := New(head, nil)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "metadata alone", []any{meta.HasCells(), meta.Len(), row(t, meta)}, []any{false, int64(6), ""})
	empty, err := New(Head{}, Floats(42).Cells())
	if err != nil {
		t.Fatal(err)
	}
	cell, err := empty.At()
	equal(t, "a cube without dimensions", []any{empty.Len(), cell.Text, err}, []any{int64(1), "42", nil})
}

func TestNewErrors(t *testing.T) {
	a, b := dimensionOf(t, "a", "x", "y"), dimensionOf(t, "b", "p", "q")
	sparse := NewSparseValues()
	sparse.SetFloat64(4, 1)
	wide := func(id string, n int) *Dimension {
		categories := make([]string, n)
		for i := range categories {
			categories[i] = strconv.Itoa(i)
		}
		return dimensionOf(t, id, categories...)
	}
	for name, c := range map[string]struct {
		dims  []*Dimension
		cells Cells
		kind  error
		words string
	}{
		"nil dimension":       {[]*Dimension{a, nil}, nil, nil, "dimension 1 is nil"},
		"dimension twice":     {[]*Dimension{a, b, a}, nil, nil, `dimension "a" is given twice`},
		"too few values":      {[]*Dimension{a, b}, Floats(1, 2, 3).Cells(), ErrSize, "3 values for 4 cells"},
		"too many values":     {[]*Dimension{a, b}, Floats(1, 2, 3, 4, 5).Cells(), ErrSize, "5 values for 4 cells"},
		"position too large":  {[]*Dimension{a, b}, sparse.Cells(), ErrSize, "position 4"},
		"too many cells":      {[]*Dimension{wide("a", 1<<16), wide("b", 1<<16), wide("c", 1<<16), wide("d", 1<<16)}, nil, ErrSize, "more than 2^63"},
		"values for no cells": {[]*Dimension{a, dimensionOf(t, "e")}, Floats(1).Cells(), ErrSize, "1 values for 0 cells"},
	} {
		_, err := New(Head{Dimensions: c.dims}, c.cells)
		if err == nil || c.kind != nil && !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFindDimension(t *testing.T) {
	_, ds := parse(t, Options{}, `{"version":"2.0","class":"dataset","id":["Region","Tid","ContentsCode","kj"],"size":[1,1,1,1],"dimension":{
		"Region":{"label":"region","category":{"index":["a"]}},"Tid":{"label":"år","category":{"index":["a"]}},
		"ContentsCode":{"label":"statistikkvariabel","category":{"index":["a"]}},"kj":{"label":"kjønn","category":{"index":["a"]}}},"value":[1]}`)
	for name, want := range map[string][]string{
		"region":             {"Region"}, // the id in another case, and the label
		"år":                 {"Tid"},
		"Kjønn":              {"kj"},
		"contentscode":       {"ContentsCode"},
		"Contents":           {"ContentsCode"},
		"statistikkvariabel": {"ContentsCode"},
		"nothing like it":    nil,
		"KJ":                 {"kj"},
	} {
		_, _, err := ds.FindDimension(name)
		var unknown *UnknownError
		if !errors.As(err, &unknown) || unknown.Kind != "dimension" || len(unknown.All) != 4 {
			t.Fatalf("%s: %v", name, err)
		}
		equal(t, "near "+name, unknown.Near, want)
	}
}

// TestHeadRoundTrip: head and cells taken apart and put together again are
// written as before, but for white space.
func TestHeadRoundTrip(t *testing.T) {
	const text = `{"extension":{"px":{"x":[1.50]}},"class":"dataset","version":"2.0","label":"L","foreign":{"value":[1,{"deep":[2.0]}],"status":{"a":"b"}},"measure":[1.0],
		"link":{"related":[{"href":"https://example.org/a","odd":true},{"class":"dataset","id":["d"],"size":[1],"dimension":{"d":{"category":{"label":{"x":"X"}}}},"value":[7.0]}]},
		"note":["n"],"id":["d"],"size":[2],"role":{"time":["d"]},"dimension":{"d":{"extension":{"value":[1.0]},"category":{"label":{"x":"X","y":"Y"},"index":{"x":0,"y":1}},"label":"D"}},"value":[1.50,null],"status":{"1":"\u003a"}}`
	_, ds := parse(t, Options{}, text)
	again, err := New(ds.Head(), ds.Cells())
	if err != nil {
		t.Fatal(err)
	}
	var want, got bytes.Buffer
	if err := again.Write(&got, nil); err != nil {
		t.Fatal(err)
	}
	if err := json.Compact(&want, []byte(text)); err != nil {
		t.Fatal(err)
	}
	expected := strings.Replace(want.String(), `\u003a`, ":", 1) // tokens are those of Go
	expected = strings.Replace(expected, `"category":{"label":{"x":"X","y":"Y"},"index":{"x":0,"y":1}}`, `"category":{"index":{"x":0,"y":1},"label":{"x":"X","y":"Y"}}`, 1)
	equal(t, "the text", got.String(), expected)
}

func TestUpgrade(t *testing.T) {
	_, ds := parse(t, Options{Strict: true}, `{"old":{"value":{"1":2.50},"status":"e","dimension":{"size":[2],"id":["d"],"role":{"geo":["d"]},"d":{"label":"D","category":{"index":{"a":1,"b":0}}}},"updated":"2011","label":"Old"}}`)
	var b bytes.Buffer
	if err := ds.Write(&b, nil); err != nil {
		t.Fatal(err)
	}
	equal(t, "the text", b.String(), `{"version":"2.0","class":"dataset","label":"Old","updated":"2011","role":{"geo":["d"]},"id":["d"],"size":[2],"dimension":{"d":{"label":"D","category":{"index":{"b":0,"a":1}}}},"value":{"1":2.50},"status":"e"}`)
	if err := readAll(Options{Strict: true}, b.String()); err != nil {
		t.Errorf("what was written is refused: %v", err)
	}
}

func TestRole(t *testing.T) {
	_, ds := parse(t, Options{}, twoDims(`,"role":{"time":["b"]}`))
	names := func(role Role) []string {
		var list []string
		for _, d := range ds.Role(role) {
			list = append(list, d.ID())
		}
		return list
	}
	equal(t, "time", names(Time), []string{"b"})
	equal(t, "none", names(Classification), []string{"a"})
	equal(t, "geo", names(Geo), []string(nil))
}

// TestDocumentWrite copies documents of all classes to the letter.
func TestDocumentWrite(t *testing.T) {
	for _, text := range []string{
		`{"version":"2.0","class":"collection","link":{"item":[` + newDataset + `,{"href":"x"}]},"odd":[1.0]}`,
		`{"version":"2.0","class":"dimension","category":{"label":{"a":"\u0061"}}}`,
		`{"b":` + oldDataset + `,"a":{"x":1}}`,
		`{"jsonrpc":"2.0","result":` + newDataset + `}`,
	} {
		doc, err := Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := doc.Write(&b); err != nil {
			t.Fatal(err)
		}
		equal(t, "the text", b.String(), text)
	}
}

// TestOpen reads a file at offsets until it is closed.
func TestOpen(t *testing.T) {
	name := t.TempDir() + "/table.json"
	writeFile(t, name, newDataset)
	doc, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Find("New")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the row", row(t, ds), "0=3 1=4")
	if err := doc.Close(); err != nil {
		t.Fatal(err)
	}
	if err := doc.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	list := slices.Collect(doc.Datasets())
	equal(t, "the list", list, []DatasetInfo{{0, "", "New"}})
}
