package jsonstat

import (
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/shapes"
)

func TestWarningText(t *testing.T) {
	w := Warning{Kind: WarnSize, Pointer: "/size/0", Msg: "a size is a string"}
	equal(t, "the text", w.String(), "a size is a string (at /size/0)")
	w.Pointer = ""
	equal(t, "the text", w.String(), "a size is a string")
}

// TestWarningsDeterministic: the same document gives the same warnings, in the
// same order, each kind once, each with a pointer that is there.
func TestWarningsDeterministic(t *testing.T) {
	read := func(text string) (*Document, []WarningCount) {
		doc, err := Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for i := range doc.Len() {
			ds, err := doc.Dataset(i)
			if err != nil {
				t.Fatal(err)
			}
			row(t, ds)
		}
		return doc, doc.Warnings()
	}
	for _, shape := range shapes.Cubes() {
		doc, first := read(shape.JSON)
		kinds := map[WarningKind]bool{}
		for _, w := range first {
			if kinds[w.Kind] || w.Count < 1 || w.Msg == "" || strings.ContainsAny(w.Msg, "\n\t") {
				t.Errorf("%s: %+v", shape.Name, w)
			}
			kinds[w.Kind] = true
			if w.Pointer != "" && !doc.has(w.Pointer) {
				t.Errorf("%s: nothing is at %s (%s)", shape.Name, w.Pointer, w.Msg)
			}
		}
		for range 5 {
			if _, again := read(shape.JSON); !slices.Equal(again, first) {
				t.Fatalf("%s: other warnings the second time:\n%v\n%v", shape.Name, first, again)
			}
		}
	}
}

// has tells whether a document has a value at a pointer; cells are not looked into.
func (d *Document) has(ptr string) bool {
	at := d.stream.parser.Tree.Node(0)
	for _, step := range strings.Split(ptr, "/")[1:] {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		next := at.Get(step)
		for i, v := range at.Items {
			if string(rune('0'+i)) == step {
				next = v
			}
		}
		if at = next; !at.OK() {
			return false
		}
	}
	return true
}
