package pxwebtest

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestSketch(t *testing.T) {
	base, _ := Start(t, Options{})
	for _, p := range []string{"/api/v0/en", "/api/v0/en/table", "/api/v0/en/table/be/folkemengde", "/api/v0/no/table/05839", "/api/v0/no/table?query=befolk*"} {
		r, err := http.Get(base + p)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(r.Body)
		t.Log(r.Status, string(b))
	}
	for _, f := range []string{"json-stat2", "json-stat", "csv", "csv2", "csv3", "json"} {
		r, err := http.Post(base+"/api/v0/no/table/05839", "application/json", strings.NewReader(`{"query":[],"response":{"format":"`+f+`"}}`))
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(r.Body)
		t.Log(r.Status, string(b))
	}
}
