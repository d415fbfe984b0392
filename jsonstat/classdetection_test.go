package jsonstat

import (
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/shapes"
)

func TestClass(t *testing.T) {
	const dims = `"dimension":{"d":{"category":{"label":{"a":"A"}}}}`
	for _, c := range []struct {
		text     string
		class    Class
		datasets int
	}{
		{`{"class":"dataset"}`, ClassDataset, 1}, // Dataset says what it lacks
		{`{"class":"collection"}`, ClassCollection, 0},
		{`{"class":"dimension"}`, ClassDimension, 0},
		{`{` + dims + `,"value":[]}`, ClassDataset, 1},
		{`{` + dims + `,"measure":[]}`, ClassDataset, 1},
		{`{` + dims + `,"id":[],"size":[]}`, ClassDataset, 1},
		{`{"dimension":{"id":[],"size":[]}}`, ClassDataset, 1},
		{`{"x":{` + dims + `,"value":[]},"y":1,"z":{"value":[]}}`, ClassBundle, 1},
		{`{"class":"bundle","x":{` + dims + `,"value":[]}}`, ClassBundle, 1},
		{`{"link":{"item":[]}}`, ClassCollection, 0},
		{`{"category":{"label":{"a":"A"}}}`, ClassDimension, 0},
		{`[[{"category":{}}]]`, ClassDimension, 0},
		{`{"error":[],` + dims + `,"value":[1]}`, ClassDataset, 1}, // data are data
	} {
		doc, err := Parse([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		equal(t, "the class of "+c.text, doc.Class(), c.class)
		equal(t, "the number of datasets of "+c.text, doc.Len(), c.datasets)
	}
}

// TestWrapped: every shape can be wrapped in what servers wrap around.
func TestWrapped(t *testing.T) {
	for _, shape := range shapes.Cubes() {
		if strings.HasPrefix(shape.JSON, "\ufeff") || strings.HasPrefix(shape.JSON, "[") || strings.Contains(shape.JSON, "jsonrpc") {
			continue
		}
		_, want := parse(t, Options{}, shape.JSON)
		for _, text := range []string{`[` + shape.JSON + `]`, `{"jsonrpc":"2.0","result":` + shape.JSON + `,"id":1}`, bomUTF8 + shape.JSON} {
			_, got := parse(t, Options{}, text)
			if row(t, got) != row(t, want) || got.Label() != want.Label() {
				t.Errorf("%s: wrapped it reads otherwise", shape.Name)
			}
		}
	}
}

// TestHowRead: from memory, from a file, from a stream and from one that gives a
// byte at a time a document is the same.
func TestHowRead(t *testing.T) {
	for _, shape := range shapes.Cubes() {
		_, ds := parse(t, Options{}, shape.JSON)
		want := row(t, ds)
		name := t.TempDir() + "/shape.json"
		writeFile(t, name, shape.JSON)
		for how, read := range map[string]func() (*Document, error){
			"file":   func() (*Document, error) { return Open(name) },
			"stream": func() (*Document, error) { return Read(strings.NewReader(shape.JSON)) },
			"bytes":  func() (*Document, error) { return Read(oneByte{strings.NewReader(shape.JSON)}) },
			"once": func() (*Document, error) {
				return Options{Stream: true, Need: NeedStatus}.Read(strings.NewReader(shape.JSON))
			},
		} {
			doc, err := read()
			if err != nil {
				t.Fatalf("%s, %s: %v", shape.Name, how, err)
			}
			ds, err := doc.Dataset(0)
			if err != nil {
				t.Fatalf("%s, %s: %v", shape.Name, how, err)
			}
			if got := row(t, ds); got != want {
				t.Errorf("%s, %s: the cells are\n%.300s\nwant\n%.300s", shape.Name, how, got, want)
			}
			if err := doc.Close(); err != nil {
				t.Errorf("%s, %s: %v", shape.Name, how, err)
			}
		}
	}
}
