package pxweb

import (
	"reflect"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/charset/charsettest"
)

// TestEncodings: what a server says, and the file of a query, may have a byte order
// mark or be in UTF-16.
func TestEncodings(t *testing.T) {
	const meta, query = `{"title":"Folkemengde på Ås","variables":[]}`, `{"query":[{"code":"Kjønn","selection":{"filter":"item","values":["1"]}}],"response":{"format":"json-stat2"}}`
	want, err := ParseQuery([]byte(query))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range charsettest.Encodings(meta) {
		var v struct{ Title string }
		if err := decode("https://example.org", []byte(text), &v); err != nil || v.Title != "Folkemengde på Ås" {
			t.Errorf("%s: the title is %q, %v", name, v.Title, err)
		}
	}
	for name, text := range charsettest.Encodings(query) {
		if got, err := ParseQuery([]byte(text)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the query is %v, %v", name, got, err)
		}
	}
}
