package jsonstat

import (
	"fmt"
	"strings"
	"testing"
)

// walked writes a walk as "T .A ..A1", a dot for each level.
func walked(d *Dimension) string {
	var list []string
	for depth, c := range d.Walk() {
		list = append(list, strings.Repeat(".", depth)+c.ID)
	}
	return strings.Join(list, " ")
}

func TestWalk(t *testing.T) {
	for _, c := range []struct {
		ids, child string
		want       string
		circle     bool
	}{
		{"a b c", ``, "a b c", false},
		{"", ``, "", false},
		{"T A A1 A2 B", `"T":["A","B"],"A":["A1","A2"]`, "T .A ..A1 ..A2 .B", false},
		{"A1 A2 A T B", `"T":["B","A"],"A":["A2","A1"]`, "T .B .A ..A2 ..A1", false}, // children in their own order
		{"T A B x", `"T":["A","B"]`, "T .A .B x", false},
		{"EU EA DE DK", `"EU":["DE","DK"],"EA":["DE"]`, "EU .DE .DK EA .DE", false},
		{"a b c d", `"a":["b","c"],"b":["d"],"c":["d"]`, "a .b ..d .c ..d", false},
		{"a b", `"a":["b"],"b":["a"]`, "a .b", true},
		{"a b c", `"b":["c"],"c":["b"]`, "a b .c", true},
		{"a b c", `"a":["b"],"b":["c"],"c":["b"]`, "a .b ..c", true},
		{"a b", `"a":["a"]`, "b a", true},
		{"a b c", `"c":["a"],"a":["b"],"b":[]`, "c .a ..b", false},
	} {
		var index []string
		for _, id := range strings.Fields(c.ids) {
			index = append(index, `"`+id+`"`)
		}
		doc, err := Parse([]byte(fmt.Sprintf(`{"version":"2.0","class":"dimension","category":{"index":[%s],"child":{%s}}}`, strings.Join(index, ","), c.child)))
		if err != nil {
			t.Fatal(err)
		}
		d, err := doc.Dimension()
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "the walk of "+c.child, walked(d), c.want)
		equal(t, "a circle in "+c.child, len(doc.Warnings()) > 0, c.circle)
		equal(t, "a hierarchy in "+c.child, d.HasHierarchy(), c.child != "")
	}
	equal(t, "the walk of nothing", walked(nil), "")
}

// TestWalkStops: the loop may be left anywhere.
func TestWalkStops(t *testing.T) {
	d, err := NewDimension(DimensionSpec{ID: "d", Categories: []Category{{ID: "T", Children: []string{"a", "b"}}, {ID: "a"}, {ID: "b"}, {ID: "x"}}})
	if err != nil {
		t.Fatal(err)
	}
	for stop := range 5 {
		steps := 0
		for range d.Walk() {
			if steps++; steps > stop {
				break
			}
		}
		equal(t, "the steps", steps, min(stop+1, 4))
	}
}

// TestWalkDeep: a chain of 200,000 categories needs no deep stack.
func TestWalkDeep(t *testing.T) {
	const n = 200_000
	spec := DimensionSpec{ID: "d", Categories: make([]Category, n)}
	for i := range spec.Categories {
		spec.Categories[i].ID = fmt.Sprint(i)
		if i+1 < n {
			spec.Categories[i].Children = []string{fmt.Sprint(i + 1)}
		}
	}
	d, err := NewDimension(spec)
	if err != nil {
		t.Fatal(err)
	}
	deepest := 0
	for depth := range d.Walk() {
		deepest = max(deepest, depth)
	}
	equal(t, "the greatest depth", deepest, n-1)
	equal(t, "a circle", d.findCycle(), -1)
}
