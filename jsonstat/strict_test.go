package jsonstat

import (
	"errors"
	"strings"
	"testing"
)

// TestStrict holds Options.Strict against the rules of the specification, as
// the official validator numbers them: for each a document that just keeps the
// rule, and documents that just break it. The rules about links, recursion and
// members that nobody knows are left to the validator; S8 (a metric without
// units) and D3b (a label missing) are advice, no rules.
func TestStrict(t *testing.T) {
	category := func(text string) string { return oneDim(text, 3) }
	index := `"index":["a","b","c"]`
	for _, c := range []struct {
		rule, what string
		json       string // what is wrong stands behind the marker; without one all is well
	}{
		{"", "the smallest dataset", `{"version":"2.0","class":"dataset","id":["d"],"size":[1],"dimension":{"d":{"category":{"label":{"a":""}}}},"value":[1]}`},
		{"", "an empty cube", `{"version":"2.0","class":"dataset","id":["d"],"size":[0],"dimension":{"d":{"category":{"index":[]}}},"value":[]}`},
		{"", "a bundle from before 2.0", oldInBundle},

		{"S1", "as many sizes as ids", cells(`"value":[1,2,3,4]`)},
		{"S1", "a size too few", strings.Replace(cells(`"value":[1,2,3,4]`), "[2,2]", marker+"[2]", 1)},
		{"S1", "a size too many", strings.Replace(cells(`"value":[1,2,3,4]`), "[2,2]", marker+"[2,2,1]", 1)},
		{"S2", "a dimension that id does not name", strings.Replace(cells(`"value":[1,2,3,4]`), `"dimension":{`, `"dimension":{"c":`+marker+`{"category":{"index":["x"]}},`, 1)},
		{"S2", "an id without its dimension", strings.Replace(cells(`"value":[1,2,3,4]`), `["a","b"]`, `["a",`+marker+`"c"]`, 1)},
		{"S3", "values for all cells", cells(`"value":[1,null,"x",4]`)},
		{"S3", "a value too few", cells(`"value":` + marker + `[1,2,3]`)},
		{"S3", "a value too many", cells(`"value":` + marker + `[1,2,3,4,5]`)},
		{"S4", "the last position", cells(`"value":{"0":1,"3":4}`)},
		{"S4", "a position behind the last", cells(`"value":` + marker + `{"0":1,"4":5}`)},
		{"S4", "a position with a leading zero", cells(`"value":` + marker + `{"00":1}`)},
		{"S4", "a position that is a name", cells(`"value":` + marker + `{"a":1}`)},
		{"S5", "roles of dimensions", twoDims(`,"role":{"time":["a"],"geo":["b"],"metric":[]}`)},
		{"S5", "a role of no dimension", twoDims(`,"role":{"time":[` + marker + `"c"]}`)},
		{"S6", "statuses for all cells", cells(`"value":[1,2,3,4],"status":["a",null,"","d"]`)},
		{"S6", "one status for all cells, deprecated", cells(`"value":[1,2,3,4],"status":["a"]`)},
		{"S6", "a status too few", cells(`"value":[1,2,3,4],"status":` + marker + `["a","b","c"]`)},
		{"S6", "a status too many", cells(`"value":[1,2,3,4],"status":` + marker + `["a","b","c","d","e"]`)},
		{"S7", "the last position of a status", cells(`"value":[1,2,3,4],"status":{"3":"a"}`)},
		{"S7", "a status behind the last", cells(`"value":[1,2,3,4],"status":` + marker + `{"4":"a"}`)},
		{"S7", "a status of a name", cells(`"value":[1,2,3,4],"status":` + marker + `{"-1":"a"}`)},
		{"S8", "no unit is allowed", twoDims(`,"role":{"metric":["a"]}`)},

		{"D1", "an index as long as the size", category(index)},
		{"D1", "an index too short", `{"version":"2.0","class":"dataset","id":["d"],"size":` + marker + `[3],"dimension":{"d":{"category":{"index":["a","b"]}}},"value":[1,2]}`},
		{"D1", "an index too short for the values", `{"version":"2.0","class":"dataset","id":["d"],"size":[` + marker + `3],"dimension":{"d":{"category":{"index":["a","b"]}}},"value":[1,2,3]}`},
		{"D1", "an id twice", category(`"index":["a","b",` + marker + `"a"]`)},
		{"D2", "positions in any order", category(`"index":{"a":2,"b":0,"c":1}`)},
		{"D2", "a position twice", category(`"index":{"a":2,"b":0,"c":` + marker + `0}`)},
		{"D2", "a position too large", category(`"index":{"a":` + marker + `3,"b":0,"c":1}`)},
		{"D2", "a position as a string", category(`"index":{"a":2,"b":` + marker + `"0","c":1}`)},
		{"D3a", "labels of all", category(index + `,"label":{"c":"C","a":"A","b":"B"}`)},
		{"D3a", "a label of nobody", category(index + `,"label":{"c":"C","a":"A","b":"B","x":` + marker + `"X"}`)},
		{"D3b", "a label missing is allowed", category(index + `,"label":{"c":"C"}`)},
		{"D4", "units of some", category(index + `,"unit":{"a":{"decimals":1}}`)},
		{"D4", "a unit of nobody", category(index + `,"unit":{"x":` + marker + `{"decimals":1}}`)},
		{"D5", "coordinates of some", category(index + `,"coordinates":{"a":[10.7,59.9]}`)},
		{"D5", "coordinates of nobody", category(index + `,"coordinates":{"x":` + marker + `[10.7,59.9]}`)},
		{"D5", "one coordinate", category(index + `,"coordinates":{"a":` + marker + `[10.7]}`)},
		{"D5", "three coordinates", category(index + `,"coordinates":{"a":` + marker + `[10.7,59.9,0]}`)},
		{"D6", "notes of some", category(index + `,"note":{"a":["n"]}`)},
		{"D6", "a note of nobody", category(index + `,"note":{"x":` + marker + `["n"]}`)},
		{"D7a", "children that are there, two parents", category(index + `,"child":{"a":["c"],"b":["c"]}`)},
		{"D7a", "an unknown child", category(index + `,"child":{"a":[` + marker + `"x"]}`)},
		{"D7a", "an unknown parent", category(index + `,"child":{"x":` + marker + `["a"]}`)},
		{"D7a", "a child twice", category(index + `,"child":{"a":["b",` + marker + `"b"]}`)},
		{"D7b", "a circle of two", category(index + `,"child":` + marker + `{"a":["b"],"b":["a"]}`)},
		{"D7b", "a circle of one", category(index + `,"child":` + marker + `{"c":["c"]}`)},
		{"D7b", "a circle behind a chain", category(index + `,"child":` + marker + `{"a":["b"],"b":["c"],"c":["b"]}`)},

		{"STRUCT", "no value", marker + cells(`"label":""`)},
		{"STRUCT", "null for the values", cells(`"value":` + marker + `null`)},
		{"STRUCT", "no version", marker + strings.Replace(cells(`"value":[1,2,3,4]`), `"version":"2.0",`, "", 1)},
		{"STRUCT", "no class", marker + strings.Replace(cells(`"value":[1,2,3,4]`), `"class":"dataset",`, "", 1)},
		{"STRUCT", "a boolean", cells(`"value":` + marker + `[1,true,3,4]`)},
		{"STRUCT", "a status that is a number", cells(`"value":[1,2,3,4],"status":` + marker + `{"1":0}`)},
		{"STRUCT", "a size that is a string", strings.Replace(cells(`"value":[1,2,3,4]`), "[2,2]", `[2,`+marker+`"2"]`, 1)},
		{"STRUCT", "a size of 2.0 is a whole number", strings.Replace(cells(`"value":[1,2,3,4]`), "[2,2]", `[2,2.0]`, 1)},
		{"STRUCT", "an id that is a number", category(`"index":["a","b",` + marker + `3]`)},
		{"STRUCT", "a label that is a number", category(index + `,"label":{"a":` + marker + `1}`)},
		{"STRUCT", "a note that is no list", category(index + `,"note":{"a":` + marker + `"n"}`)},
		{"STRUCT", "a unit on a strange side", category(index + `,"unit":{"a":{"position":` + marker + `"left"}}`)},
		{"STRUCT", "a role that is none", twoDims(`,"role":{"place":` + marker + `["a"]}`)},
		{"STRUCT", "a dimension with two roles", twoDims(`,"role":{"time":["a"],"geo":[` + marker + `"a"]}`)},
		{"STRUCT", "a label of the dataset that is a number", cells(`"label":` + marker + `1,"value":[1,2,3,4]`)},
		{"STRUCT", "a member twice", cells(`"label":"x","label":` + marker + `"y","value":[1,2,3,4]`)},
		{"STRUCT", "links that are no list", cells(`"link":{"related":` + marker + `{"href":"x"}},"value":[1,2,3,4]`)},
		{"STRUCT", "an extension that is a list", cells(`"extension":` + marker + `[],"value":[1,2,3,4]`)},
		{"STRUCT", "a member that nobody knows", cells(`"table":` + marker + `7,"value":[1,2,3,4]`)},
		{"STRUCT", "the same in a dimension", strings.Replace(category(index), `"category"`, `"labels":`+marker+`{},"category"`, 1)},
		{"STRUCT", "the same in a category", category(index + `,"labels":` + marker + `{}`)},
		{"STRUCT", "members of a unit are free", category(index + `,"unit":{"a":{"decimals":0,"colour":"red"}}`)},
		{"STRUCT", "a foreign member before 2.0", strings.Replace(oldInBundle, `"label"`, `"foreign":1,"label"`, 1)},
		{"STRUCT", "an error beside data", cells(`"error":[],"value":[1,2,3,4]`)},
		{"OVF", "too many cells", strings.Replace(cells(`"value":[1,2,3,4]`), "[2,2]", `[2,`+marker+`99999999999999999999]`, 1)},
		{"PARSE", "not JSON", cells(`"value":[1,2,3,` + marker + `]`)},
	} {
		t.Run(strings.TrimSpace(c.rule+" "+c.what), func(t *testing.T) {
			text, at := unmark(c.json)
			err := readAll(Options{Strict: true}, text)
			if !at.ok {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			if err == nil {
				t.Fatal("not refused")
			}
			e, ok := err.(*Error)
			if !ok {
				t.Fatalf("the error is a %T: %v", err, err)
			}
			if e.Offset != at.offset || e.Line != at.line || e.Column != at.column {
				t.Errorf("%v\nis at byte %d, line %d, column %d, want %+v", err, e.Offset, e.Line, e.Column, at)
			}
		})
	}
}

// TestStrictCollections: a collection lists its items, and has no other members
// than those of the format.
func TestStrictCollections(t *testing.T) {
	for text, pointer := range map[string]string{
		`{"version":"2.0","class":"collection","label":"x"}`:                            "",
		`{"version":"2.0","class":"collection","items":[],"link":{"item":[]}}`:          "/items",
		`{"version":"2.0","class":"collection","extension":{"a":1},"link":{}}`:          "ok",
		`{"version":"2.0","class":"dimension","a":1,"category":{"index":["a"]}}`:        "/a",
		`{"version":"2.0","class":"dimension","source":"S","category":{"index":["a"]}}`: "ok",
	} {
		doc, err := Options{Strict: true}.Parse([]byte(text))
		if err == nil && doc.Class() == ClassDimension {
			_, err = doc.Dimension()
		}
		var at *Error
		switch {
		case pointer == "ok" && err != nil:
			t.Errorf("%s is refused: %v", text, err)
		case pointer != "ok" && (!errors.As(err, &at) || at.Pointer != pointer):
			t.Errorf("%s: %v, want a failure at %q", text, err, pointer)
		}
		if _, err := Parse([]byte(text)); err != nil {
			t.Errorf("%s is refused without Strict: %v", text, err)
		}
	}
}

// TestStrictStream: what stands behind the cells is looked at too, before the
// first of them.
func TestStrictStream(t *testing.T) {
	head, _, _ := strings.Cut(cells("|"), "|")
	for _, tail := range []string{`"value":[1,2,3,4],"status":["a"],"role":{"time":["x"]}}`, `"value":[1,2,3,4],"status":["a","b"]}`, `"value":[1,2,3,4],"label":7}`} {
		for _, need := range []Need{0, NeedStatus} {
			doc, err := Options{Strict: true, Stream: true, Need: need}.Read(strings.NewReader(head + tail))
			if err == nil {
				_, err = doc.Dataset(0)
			}
			if !errors.Is(err, ErrNotJSONStat) {
				t.Errorf("%s: %v", tail, err)
			}
		}
	}
}
