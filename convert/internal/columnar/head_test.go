package columnar

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A head that is parsed and written is the same text, and says what the dataset says.
func TestHead(t *testing.T) {
	cubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
		text, err := Head(ds)
		if err != nil {
			t.Fatal(err)
		}
		head, err := ParseHead(text)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Head(head)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(text), string(again)); diff != "" {
			t.Errorf("the head of the head differs:\n%s", diff)
		}
		if diff := cmp.Diff(ds.Shape(), head.Shape()); diff != "" {
			t.Errorf("the shape differs:\n%s", diff)
		}
		for i, d := range ds.Dimensions() {
			got := head.Dimensions()[i]
			if got.ID() != d.ID() || got.Label() != d.Label() || got.Role() != d.Role() {
				t.Errorf("dimension %d is %q %q %q", i, got.ID(), got.Label(), got.Role())
			}
			for k := range d.Len() {
				if diff := cmp.Diff(d.At(k), got.At(k)); diff != "" {
					t.Errorf("category %d of %q differs:\n%s", k, d.ID(), diff)
				}
			}
		}
	})
}

func TestParseHeadRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":           "",
		"an array":          "[]",
		"no JSON":           `{"version":}`,
		"a dimension":       `{"version":"2.0","class":"dimension","label":"a","category":{"index":["p"]}}`,
		"a collection":      `{"version":"2.0","class":"collection","link":{"item":[]}}`,
		"values of its own": `{"version":"2.0","class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["p"]}}},"measure":[3]}`,
	} {
		t.Run(name, func(t *testing.T) {
			ds, err := ParseHead([]byte(text))
			if name == "values of its own" && err == nil && !ds.HasCells() {
				return // the empty value behind it counts
			}
			if err == nil || !strings.Contains(err.Error(), "head of the cube") {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestForms(t *testing.T) {
	const head = `{"version":"2.0","class":"dataset","id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["p","q"]}}},`
	tests := []struct {
		cells string
		want  Forms
	}{
		{`"value":[1,2]}`, Forms{jsonstat.Dense, jsonstat.Sparse}},
		{`"value":{"0":1}}`, Forms{jsonstat.Sparse, jsonstat.Sparse}},
		{`"value":[1,2],"status":[null,"x"]}`, Forms{jsonstat.Dense, jsonstat.Dense}},
		{`"value":[1,2],"status":{"0":"x"}}`, Forms{jsonstat.Dense, jsonstat.Sparse}},
		{`"value":{"0":1},"status":"x"}`, Forms{jsonstat.Sparse, jsonstat.Sparse}},
	}
	for _, tt := range tests {
		if got := FormsOf(parsed(t, head+tt.cells)); got != tt.want {
			t.Errorf("forms of %s are %v, want %v", tt.cells, got, tt.want)
		}
	}
	for form, name := range formNames {
		if got := parseForm(name); got != form {
			t.Errorf("parseForm(%q) = %v", name, got)
		}
	}
	if parseForm("what") != jsonstat.AsRead || parseForm("") != jsonstat.AsRead {
		t.Error("a form out of nothing")
	}
}
