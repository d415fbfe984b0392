package jsonstat

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTestdata reads every document in testdata with all its datasets: nothing
// is odd about them but what is listed here.
func TestTestdata(t *testing.T) {
	odd := map[string]string{
		"livestock-rpc.json":        "envelope",
		"movements-before-2.0.json": "size-type",
		"metadata-only.json":        "no-values",
	}
	files, err := filepath.Glob("../testdata/*.json")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	readme, err := os.ReadFile("../testdata/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		base := filepath.Base(name)
		if !strings.Contains(string(readme), "| "+base+" |") {
			t.Errorf("%s has no line in the README", base)
		}
		if base == "catch-about.json" {
			continue // JSON of another kind
		}
		doc, err := Open(name)
		if err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		for i := range doc.Len() {
			ds, err := doc.Dataset(i)
			if err != nil {
				t.Errorf("%s: %v", base, err)
				continue
			}
			row(t, ds)
		}
		var kinds []string
		for _, w := range doc.Warnings() {
			kinds = append(kinds, string(w.Kind))
		}
		equal(t, "what is odd about "+base, strings.Join(kinds, " "), odd[base])
		if err := doc.Close(); err != nil {
			t.Errorf("%s: %v", base, err)
		}
	}
}
