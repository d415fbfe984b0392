package columnartest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Parsed gives the first dataset of a document.
func Parsed(t testing.TB, text string) *jsonstat.Dataset {
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

// Dimension is one of these categories.
func Dimension(t testing.TB, id string, categories ...string) *jsonstat.Dimension {
	t.Helper()
	spec := jsonstat.DimensionSpec{ID: id}
	for _, c := range categories {
		spec.Categories = append(spec.Categories, jsonstat.Category{ID: c})
	}
	d, err := jsonstat.NewDimension(spec)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Numbered are n categories.
func Numbered(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint(i)
	}
	return list
}

// Testdata is a file of testdata.
func Testdata(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(testdata(t), name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// testdata is the folder at the root of the module.
func testdata(t testing.TB) string {
	t.Helper()
	for root := "."; len(root) < 100; root = filepath.Join(root, "..") {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			return filepath.Join(root, "testdata")
		}
	}
	t.Fatal("there is no module around the test")
	return ""
}

// Cubes goes through the awkward cubes, some random ones, and the documents of offices
// that JSONSTAT_CORPUS names a folder of.
func Cubes(t *testing.T, random int, f func(t *testing.T, ds *jsonstat.Dataset)) {
	texts := map[string]string{}
	var names []string
	add := func(name, text string) { names = append(names, name); texts[name] = text }
	for _, doc := range shapes.Cubes() {
		add(doc.Name, doc.JSON)
	}
	for seed := range uint64(random) {
		add(fmt.Sprintf("random-%d", seed), string(shapes.Random(seed)))
	}
	files, err := filepath.Glob(filepath.Join(testdata(t), "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if folder := os.Getenv("JSONSTAT_CORPUS"); folder != "" {
		more, err := filepath.Glob(filepath.Join(folder, "*.json"))
		if err != nil || len(more) == 0 {
			t.Fatalf("JSONSTAT_CORPUS names no folder of documents: %v", err)
		}
		files = append(files, more...)
	} else {
		t.Log("JSONSTAT_CORPUS is not set: without documents of offices")
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		add(filepath.Base(name), string(text))
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			doc, err := jsonstat.Parse([]byte(texts[name]))
			if err != nil {
				t.Skip(err)
			}
			for i := range max(doc.Len(), 1) {
				ds, err := doc.Dataset(i)
				if err != nil {
					t.Skip(err)
				}
				f(t, ds)
			}
		})
	}
}

// Same holds two datasets against each other.
func Same(t testing.TB, want, got *jsonstat.Dataset) {
	t.Helper()
	if diff := cmp.Diff(head(t, want), head(t, got)); diff != "" {
		t.Errorf("the head is another one (-want +got):\n%s", diff)
	}
	if want.Len() > 0 && want.HasCells() != got.HasCells() {
		t.Errorf("has cells: %t, want %t", got.HasCells(), want.HasCells())
	}
	if diff := cmp.Diff(Contents(t, want), Contents(t, got)); diff != "" {
		t.Errorf("the cells are others (-want +got):\n%s", diff)
	}
}

// head is the head of a dataset as plain values.
func head(t testing.TB, ds *jsonstat.Dataset) (v any) {
	t.Helper()
	var buf bytes.Buffer
	if err := ds.WriteHead(&buf); err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(&buf)
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// Contents are the cells with a value or a status, by position.
func Contents(t testing.TB, ds *jsonstat.Dataset) map[int64]string {
	t.Helper()
	cells := map[int64]string{}
	if all := ds.Cells().Info().Default; all != 0 { // holds for cells that are not there too
		for pos := range ds.Len() {
			cells[pos] = "missing " + ds.Cells().Statuses()[all]
		}
	}
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

// Document is a dataset as text.
func Document(t testing.TB, ds *jsonstat.Dataset) string {
	t.Helper()
	var buf strings.Builder
	if err := ds.Write(&buf, nil); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}
