package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// What is timed must be the merge alone: with all parts saved no data are asked
// for, however often it runs, but for the first and the last part, which are compared with
// what is saved; and with one missing it is an error.
func TestMergeAsksForNoData(t *testing.T) {
	base, server := pxserver.Start(t, pxserver.Options{Host: pxserver.SSB, Tables: []pxserver.Table{pxserver.Large("3", 6000)}})
	at, cache, out := base+server.V2(), t.TempDir(), filepath.Join(t.TempDir(), "out.json")

	if err := run(at, cache, 2000, 3, "3", ""); err != nil {
		t.Fatal(err)
	}
	server.Reset()
	var before []byte
	for range 2 {
		if err := run(at, cache, 2000, 3, "3", out); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(out)
		if err != nil || before != nil && string(text) != string(before) {
			t.Fatalf("the second run wrote something else (%v)", err)
		}
		before = text
	}
	asked := 0
	for _, r := range server.Requests() {
		asked += r.Cells
	}
	if asked != 2*2*2000 {
		t.Errorf("%d cells were asked for", asked)
	}
	doc, err := jsonstat.Parse(before)
	if err != nil {
		t.Fatal(err)
	}
	if ds, err := doc.Dataset(0); err != nil || ds.Len() != 6000 {
		t.Errorf("the document has not 6,000 cells (%v)", err)
	}

	if err := run(at, cache, 2000, 4, "3", ""); err == nil {
		t.Error("another number of parts than expected is no error")
	}
	saved, err := filepath.Glob(filepath.Join(cache, "parts", "*", "*", "*.json"))
	if err != nil || len(saved) != 3 {
		t.Fatalf("saved parts: %v, %v", saved, err)
	}
	if err := os.Remove(saved[1]); err != nil {
		t.Fatal(err)
	}
	if err := run(at, cache, 2000, 3, "3", out); err == nil || !strings.Contains(err.Error(), "2 of 3 parts were there and 1 requests were made") {
		t.Errorf("a part that was not there is asked for: %v", err)
	}
}
