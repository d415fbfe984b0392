package jsonstat

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// The rows of the list about dimensions: see quirks_test.go.

// oneDim is a dataset of the dimension d with the given "category" and cells
// 1, 2, 3, ….
func oneDim(category string, n int) string {
	values := "1,2,3,4,5,6,7,8,9"[:2*n-1]
	return `{"version":"2.0","class":"dataset","id":["d"],"size":[` + string(rune('0'+n)) + `],"dimension":{"d":{"label":"D","category":{` + category + `}}},"value":[` + values + `]}`
}

// twoDims is a dataset of the dimensions a and b, two categories each, with
// more members.
func twoDims(more string) string {
	return `{"version":"2.0","class":"dataset","id":["a","b"],"size":[2,2],"dimension":{"a":{"label":"A","category":{"index":["a1","a2"]}},"b":{"label":"B","category":{"index":["b1","b2"]}}},"value":[1,2,3,4]` + more + `}`
}

func TestQuirksCategories(t *testing.T) {
	has := func(wantIDs, wantLabels string) func(*testing.T, *Document, *Dataset) {
		return func(t *testing.T, _ *Document, ds *Dataset) {
			t.Helper()
			d := ds.Dimensions()[0]
			equal(t, "the categories", ids(d), wantIDs)
			equal(t, "the labels", labels(d), wantLabels)
			for c := range d.Categories() {
				if d.Index(c.ID) != c.Index || d.CategoryID(c.Index) != c.ID || d.CategoryLabel(c.Index) != c.Label {
					t.Errorf("category %q is not found where it is", c.ID)
				}
				cell, err := ds.At("d", c.ID)
				if want := string(rune('1' + c.Index)); err != nil || cell.Text != want {
					t.Errorf("the cell of %q is %q, want %q", c.ID, cell.Text, want)
				}
			}
		}
	}
	const at = "/dimension/d/category"
	for _, q := range []quirk{
		{name: "A18 index missing, one category", json: oneDim(`"label":{"a":"Only"}`, 1), check: has("a", "Only")},
		{name: "A19 index missing, several categories", json: oneDim(`"label":`+marker+`{"c":"C","10":"Ten","2":"Two"}`, 3), check: has("c 10 2", "C|Ten|Two"),
			warns: []string{"index-missing " + at + "/label"}, strict: true},
		{name: "A19 index null", json: oneDim(`"index":null,"label":`+marker+`{"b":"B","a":"A"}`, 2), check: has("b a", "B|A"),
			warns: []string{"index-missing " + at + "/label"}, strict: true},
		{name: "A20 index as an object in any order", json: oneDim(`"index":{"10":2,"b":0,"2":1},"label":{"2":"Two","b":"B","10":"Ten"}`, 3), check: has("b 2 10", "B|Two|Ten")},
		{name: "A20 index as an array", json: oneDim(`"index":["10","b","2"],"label":{"2":"Two","b":"B","10":"Ten"}`, 3), check: has("10 b 2", "Ten|B|Two")},
		{name: "A20 ids as numbers", json: oneDim(`"index":[`+marker+`10,9],"label":{"9":"Nine","10":"Ten"}`, 2), check: has("10 9", "Ten|Nine"),
			warns: []string{"index-type " + at + "/index/0 ×2"}, strict: true},
		{name: "A21 positions as strings", json: oneDim(`"index":{"a":`+marker+`"1","b":"0"}`, 2), check: has("b a", "b|a"),
			warns: []string{"index-type " + at + "/index/a ×2"}, strict: true},
		{name: "A21 positions as 1.0 and 0e0", json: oneDim(`"index":{"a":1.0,"b":0e0}`, 2), check: has("b a", "b|a")},
		{name: "A24 no labels", json: oneDim(`"index":["a","b"]`, 2), check: has("a b", "a|b")},
		{name: "A24 no label of the dimension", json: strings.Replace(oneDim(`"index":["a","b"]`, 2), `"label":"D",`, "", 1),
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				equal(t, "the label", ds.Dimension("d").Label(), "d")
				equal(t, "has label", ds.Dimension("d").HasLabel(), false)
			}},
		{name: "A24 null label of the dimension", json: strings.Replace(oneDim(`"index":["a","b"]`, 2), `"label":"D",`, `"label":`+marker+`null,`, 1), check: has("a b", "a|b"),
			warns: []string{"member-type /dimension/d/label"}, strict: true},
		{name: "A25 partial labels", json: oneDim(`"index":["a","b","c"],"label":{"b":"Bee"}`, 3), check: has("a b c", "a|Bee|c"),
			warns: []string{"label-missing " + at + "/label ×2"}},
		{name: "A25 empty object of labels", json: oneDim(`"index":["a","b"],"label":{}`, 2), check: has("a b", "a|b"),
			warns: []string{"label-missing " + at + "/label ×2"}},
		{name: "A25 empty label", json: oneDim(`"index":["a","b"],"label":{"a":"","b":"B"}`, 2), check: has("a b", "a|B"),
			warns: []string{"label-missing " + at + "/label"}},
		{name: "A25 null label", json: oneDim(`"index":["a","b"],"label":{"a":`+marker+`null,"b":"B"}`, 2), check: has("a b", "a|B"),
			warns: []string{"label-type " + at + "/label/a", "label-missing " + at + "/label"}, strict: true},
		{name: "A25 number as label", json: oneDim(`"index":["a","b"],"label":{"a":`+marker+`1.50,"b":"B"}`, 2), check: has("a b", "1.50|B"),
			warns: []string{"label-type " + at + "/label/a"}, strict: true},
		{name: "A25 null in the place of the labels", json: oneDim(`"index":["a","b"],"label":`+marker+`null`, 2), check: has("a b", "a|b"),
			warns: []string{"label-type " + at + "/label", "label-missing " + at + "/label ×2"}, strict: true},
		{name: "A25 labels in an array", json: oneDim(`"index":{"b":1,"a":0},"label":`+marker+`["A","B"]`, 2), check: has("a b", "A|B"),
			warns: []string{"label-type " + at + "/label"}, strict: true},
		{name: "A25 labels in another order", json: oneDim(`"index":["a","b","c"],"label":{"c":"C","a":"A","b":"B"}`, 3), check: has("a b c", "A|B|C")},
		{name: "A26 labels of units", json: oneDim(`"index":{"Segment_1":0},"unit":{"Segment_1":{"label":"All residents","base":"Person"}}`, 1), check: has("Segment_1", "All residents")},
		{name: "A26 labels of units that tell nothing apart", json: oneDim(`"index":["a","b"],"unit":{"a":{"label":"NOK"},"b":{"label":"NOK"}}`, 2), check: has("a b", "a|b")},
		{name: "A26 labels of some units", json: oneDim(`"index":["a","b"],"unit":{"a":{"label":"NOK"}}`, 2), check: has("a b", "a|b")},
		{name: "A26 own labels win", json: oneDim(`"index":["a"],"label":{"a":"A"},"unit":{"a":{"label":"NOK"}}`, 1), check: has("a", "A")},
		{name: "A27 labels twice", json: oneDim(`"index":["a","b","c"],"label":{"a":"Total","b":"Total","c":"Other"}`, 3), check: has("a b c", "Total|Total|Other")},
		{name: "A32 ids with separators, brackets, quotes and just a dash", json: oneDim(`"index":["a,b=c/d","TLIST(A1)","\"q\"","-","","Kasutamine/ Ressursid","BEV\u00c6GELSE"]`, 7),
			check: has(`a,b=c/d TLIST(A1) "q" -  Kasutamine/ Ressursid BEVÆGELSE`, `a,b=c/d|TLIST(A1)|"q"|-||Kasutamine/ Ressursid|BEVÆGELSE`),
			warns: nil},
		{name: "A33 line breaks in labels and notes", json: oneDim(`"index":["a"],"label":{"a":"two\nlines"},"note":{"a":["one<br/>two"]}`, 1),
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				c := ds.Dimension("d").At(0)
				equal(t, "the label", c.Label, "two\nlines")
				equal(t, "the notes", c.Notes, []string{"one<br/>two"})
			}},
	} {
		t.Run(q.name, q.run)
	}
}

func TestQuirksIndexErrors(t *testing.T) {
	const at = "/dimension/d/category"
	for _, c := range []struct {
		name, category string
		n              int
		pointer, words string
	}{
		{"A22 a gap", `"index":{"a":0,"b":` + marker + `2}`, 2, "/index/b", "INDEX_POSITIONS_INVALID"},
		{"A22 from 1", `"index":{"a":1,"b":` + marker + `2}`, 2, "/index/b", "2 categories have the positions 0 to 1"},
		{"A22 below 0", `"index":{"a":` + marker + `-1,"b":0}`, 2, "/index/a", "INDEX_POSITIONS_INVALID"},
		{"A22 twice", `"index":{"a":0,"b":` + marker + `0}`, 2, "/index/b", `"a" and "b" of dimension "d" are both at position 0`},
		{"A22 no whole number", `"index":{"a":0,"b":` + marker + `0.5}`, 2, "/index/b", "is 0.5, not a whole number"},
		{"A22 no number", `"index":{"a":0,"b":` + marker + `null}`, 2, "/index/b", "is null, not a whole number"},
		{"A22 too large a number", `"index":{"a":0,"b":` + marker + `1e30}`, 2, "/index/b", "not a whole number"},
		{"A23 an id twice in an array", `"index":["a","b",` + marker + `"a"]`, 3, "/index/2", "twice, as number 0 and 2"},
		{"A23 an id twice in an object", `"index":{"a":0,"a":` + marker + `1}`, 2, "/index/a", `category "a" twice`},
		{"A23 an id that is none", `"index":["a",` + marker + `["b"]]`, 2, "/index/1", "is an array, not an id"},
		{"A18 neither index nor label", `"unit":{}`, 2, "", `neither "index" nor "label"`},
		{"A18 an index that is none", `"index":` + marker + `"a"`, 1, "/index", "not an array or an object"},
		{"A25 labels that are none", `"index":["a"],"label":` + marker + `"A"`, 1, "/label", "not an object"},
		{"A25 labels in too short an array", `"index":["a","b"],"label":` + marker + `["A"]`, 2, "/label", "is an array, not an object"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, place := unmark(oneDim(c.category, c.n))
			wantError(t, readAll(Options{}, text), ErrNotJSONStat, place, at+c.pointer, c.words)
		})
	}
}

func TestQuirksDimensions(t *testing.T) {
	roles := func(want string) func(*testing.T, *Document, *Dataset) {
		return func(t *testing.T, _ *Document, ds *Dataset) {
			t.Helper()
			var list []string
			for _, role := range []Role{Time, Geo, Metric, Classification} {
				for _, d := range ds.Role(role) {
					list = append(list, string(role)+":"+d.ID())
				}
			}
			equal(t, "the roles", strings.Join(list, " "), want)
			equal(t, "the row", row(t, ds), "0=1 1=2 2=3 3=4")
		}
	}
	shape := func(want Shape, cells string) func(*testing.T, *Document, *Dataset) {
		return func(t *testing.T, _ *Document, ds *Dataset) {
			t.Helper()
			equal(t, "the shape", ds.Shape(), want)
			equal(t, "the row", row(t, ds), cells)
		}
	}
	four := `"value":[1,2,3,4]}`
	for _, q := range []quirk{
		{name: "A28 two dimensions with the same label", json: strings.Replace(twoDims(""), `"label":"B"`, `"label":"A"`, 1),
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				equal(t, "the labels", ds.Dimension("a").Label()+ds.Dimension("b").Label(), "AA")
				cell, err := ds.At("b", "b1", "a", "a2")
				if err != nil || cell.Text != "3" {
					t.Errorf("the cell is %v, %v", cell, err)
				}
			}},
		{name: "A29 sizes as strings", json: strings.Replace(twoDims(""), "[2,2]", `[`+marker+`"2","2"]`, 1), check: shape(Shape{2, 2}, "0=1 1=2 2=3 3=4"),
			warns: []string{"size-type /size/0 ×2"}, strict: true},
		{name: "A29 sizes as 2.0 and 2e0", json: strings.Replace(twoDims(""), "[2,2]", `[2.0,2e0]`, 1), check: shape(Shape{2, 2}, "0=1 1=2 2=3 3=4")},
		{name: "A30 size too short", json: strings.Replace(twoDims(""), "[2,2]", marker+`[2]`, 1), check: shape(Shape{2, 2}, "0=1 1=2 2=3 3=4"),
			warns: []string{"size-recomputed /size"}, strict: true},
		{name: "A30 size of another extract, every position there", json: strings.Replace(strings.Replace(twoDims(""), "[2,2]", marker+`[8965,2]`, 1), "[1,2,3,4]", `{"0":1,"3":4,"2":3,"1":2}`, 1),
			check: shape(Shape{2, 2}, "0=1 1=2 2=3 3=4"), warns: []string{"size-recomputed /size"}, strict: true},
		{name: "A30 size missing", json: marker + strings.Replace(twoDims(""), `"size":[2,2],`, "", 1), check: shape(Shape{2, 2}, "0=1 1=2 2=3 3=4"),
			warns: []string{"size-recomputed"}, strict: true},
		{name: "A30 size null, sparse values", json: strings.Replace(strings.Replace(twoDims(""), "[2,2]", marker+`null`, 1), "[1,2,3,4]", `{"3":4}`, 1), check: shape(Shape{2, 2}, "3=4"),
			warns: []string{"size-recomputed /size"}, strict: true},
		{name: "A31 time is not last", json: twoDims(`,"role":{"time":["a"]}`), check: roles("time:a classification:b")},
		{name: "A31 dimensions in another order than id", json: `{"version":"2.0","class":"dataset","dimension":{"b":{"category":{"index":["b1","b2"]}},"a":{"category":{"index":["a1","a2"]}}},"size":[2,2],"id":["a","b"],` + four,
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				equal(t, "the first dimension", ds.Dimensions()[0].ID(), "a")
				cell, _ := ds.At("a", "a2", "b", "b1")
				equal(t, "the cell", cell.Text, "3")
			}},
		{name: "A34 no role", json: twoDims(""), check: roles("classification:a classification:b")},
		{name: "A34 empty roles", json: twoDims(`,"role":{"time":[],"geo":[]}`), check: roles("classification:a classification:b")},
		{name: "A34 role null", json: twoDims(`,"role":` + marker + `null`), check: roles("classification:a classification:b"),
			warns: []string{"role /role"}, strict: true},
		{name: "A34 role null for time", json: twoDims(`,"role":{"time":` + marker + `null}`), check: roles("classification:a classification:b"),
			warns: []string{"role /role/time"}, strict: true},
		{name: "A34 role as a string", json: twoDims(`,"role":{"time":` + marker + `"b"}`), check: roles("time:b classification:a"),
			warns: []string{"role /role/time"}, strict: true},
		{name: "A34 role that is a string", json: twoDims(`,"role":` + marker + `"time"`), check: roles("classification:a classification:b"),
			warns: []string{"role /role"}, strict: true},
		{name: "A34 role for an unknown dimension", json: twoDims(`,"role":{"time":["b",` + marker + `"c"]}`), check: roles("time:b classification:a"),
			warns: []string{"role /role/time/1"}, strict: true},
		{name: "A34 two roles", json: twoDims(`,"role":{"time":["b"],"metric":[` + marker + `"b"]}`), check: roles("time:b classification:a"),
			warns: []string{"role /role/metric/0"}, strict: true},
		{name: "A34 a role that is none", json: twoDims(`,"role":{"classification":` + marker + `["a"]}`), check: roles("classification:a classification:b"),
			warns: []string{"role /role/classification"}, strict: true},
		{name: "A37 eliminated contents", json: strings.NewReplacer(`"a"`, `"ContentsCode"`, "a1", "EliminatedValue", `,"a2"`, "", "[2,2]", "[1,2]", ",3,4]", "]", `"A"`, `"EliminatedContents"`).Replace(twoDims(`,"role":{"metric":["a"]}`)),
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				equal(t, "the shape", ds.Shape(), Shape{1, 2})
				cell, err := ds.At("b", "b2") // a constant dimension need not be named
				if err != nil || cell.Text != "2" {
					t.Errorf("the cell is %v, %v", cell, err)
				}
			}},
		{name: "dimension that id does not name", json: strings.Replace(twoDims(""), `"dimension":{`, `"dimension":{"c":`+marker+`{"category":{"index":["x"]}},`, 1), check: shape(Shape{2, 2}, "0=1 1=2 2=3 3=4"),
			warns: []string{"dimension-extra /dimension/c"}, strict: true},
		{name: "dimension twice", json: strings.Replace(twoDims(""), `"dimension":{`, `"dimension":{"a":`+marker+`{"category":{"index":["x"]}},`, 1), check: shape(Shape{2, 2}, "0=1 1=2 2=3 3=4"),
			warns: []string{"member-repeated /dimension/a"}, strict: true},
		{name: "names in another case are other names", json: strings.NewReplacer(`"a"`, `"ID"`, `"b"`, `"Size"`).Replace(twoDims(`,"Value":` + marker + `[9],"STATUS":"x","ID":0`)), strict: true, at: "/Value",
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				shape(Shape{2, 2}, "0=1 1=2 2=3 3=4")(t, nil, ds)
				equal(t, "the number of foreign members", len(ds.Members()), 3)
			}},
		{name: "dimension called id before 2.0", json: `{"dataset":{"dimension":{"id":` + marker + `{"category":{"index":{"x":1,"y":0}}},"id":["id"],"size":[2]},"value":[1,2]}}`,
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				equal(t, "the categories", ids(ds.Dimension("id")), "y x")
			}, warns: []string{"member-repeated /dataset/dimension/id"}, strict: true},
		{name: "dimension called role before 2.0", json: `{"dataset":{"dimension":{"id":["role"],"size":[2],"role":{"label":"Role","category":{"index":["x","y"]}}},"value":[1,2]}}`,
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				equal(t, "the categories", ids(ds.Dimension("role")), "x y")
			}},
	} {
		t.Run(q.name, q.run)
	}
}

func TestQuirksUnits(t *testing.T) {
	const at = "/dimension/d/category"
	number := func(k int) *int { return &k }
	for _, q := range []quirk{
		{name: "A35 base, no decimals, some categories only, empty label", json: oneDim(`"index":["a","b","c","e"],"label":{"a":"A","b":"B","c":"C","e":"E"},"unit":{"a":{"base":"personer","decimals":2},"b":{"label":"kroner","base":"2015=100"},"e":{"label":""}}`, 4),
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				d := ds.Dimension("d")
				for i, want := range []string{"personer", "kroner", "", ""} {
					equal(t, "the unit of "+d.CategoryID(i), d.CategoryUnit(i).Text(), want)
				}
				equal(t, "decimals", *d.At(0).Unit.Decimals, 2)
				if d.At(1).Unit.Decimals != nil || d.At(2).Unit != nil || !d.HasUnits() {
					t.Error("units or decimals that nobody gave")
				}
			}},
		{name: "A36 negative decimals, decimals beyond belief", json: oneDim(`"index":["a","b","c","e"],"unit":{"a":{"decimals":-1},"b":{"decimals":99999},"c":{"decimals":1.0},"e":{"decimals":"3"}}`, 4),
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				d := ds.Dimension("d")
				for i, want := range []*int{nil, nil, number(1), number(3)} {
					got := d.CategoryUnit(i).Decimals
					if (got == nil) != (want == nil) || got != nil && *got != *want {
						t.Errorf("the decimals of %s are %v", d.CategoryID(i), got)
					}
				}
				equal(t, "what stays", string(d.CategoryUnit(0).Members[0].Value), "-1")
			}},
		{name: "unit with an odd place, and one that is none", json: oneDim(`"index":["a","b"],"unit":{"a":{"symbol":"$","position":`+marker+`"left"},"b":"kroner"}`, 2),
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				equal(t, "the place", ds.Dimension("d").CategoryUnit(0).Position, "left")
			}, warns: []string{"member-type " + at + "/unit/a/position ×2"}, strict: true},
		{name: "members of categories that are not there", json: oneDim(`"index":["a"],"label":{"a":"A","x":"X"},"unit":{"y":`+marker+`{}},"note":{"z":["n"]},"coordinates":{"v":[1,2]},"child":{"a":["w"],"u":[]}`, 1),
			warns: []string{"category-unknown " + at + "/unit/y ×6"}, strict: true},
		{name: "members of categories that are no objects", json: oneDim(`"index":["a"],"unit":`+marker+`[],"note":"n","coordinates":null,"child":["a"]`, 1),
			warns: []string{"member-type " + at + "/unit ×4"}, strict: true},
		{name: "coordinates as strings, too few and not numbers", json: oneDim(`"index":["a","b","c"],"coordinates":{"a":[`+marker+`"10.75",59.910],"b":[1],"c":["x","y"]}`, 3),
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				d := ds.Dimension("d")
				equal(t, "the coordinates", *d.At(0).Coordinates, Coordinates{Longitude: json.Number("10.75"), Latitude: json.Number("59.910")})
				if d.At(1).Coordinates != nil || d.At(2).Coordinates != nil {
					t.Error("coordinates that are none")
				}
			}, warns: []string{"member-type " + at + "/coordinates/a/0 ×3"}, strict: true},
		{name: "coordinates as strings with blanks", json: oneDim(`"index":["a","b"],"coordinates":{"a":`+marker+`["1 ","2"],"b":["1"," 2"]}`, 2),
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				d := ds.Dimension("d")
				if d.At(0).Coordinates != nil || d.At(1).Coordinates != nil {
					t.Error("coordinates that are none")
				}
			}, warns: []string{"member-type " + at + "/coordinates/a ×3"}, strict: true},
	} {
		t.Run(q.name, q.run)
	}
}

func TestQuirksPxWeb(t *testing.T) {
	t.Run("A39 what PxWeb keeps in extensions", func(t *testing.T) {
		_, ds := parse(t, Options{Strict: true}, `{"version":"2.0","class":"dataset","id":["Region"],"size":[2],"note":["All<br>of it"],"dimension":{"Region":{"label":"region","note":["Of the variable"],"category":{"index":{"0301":0,"1103":1},"label":{"0301":"Oslo","1103":"Stavanger"},"note":{"1103":["Of the value"]}},"extension":{"elimination":false,"show":"code_value","categoryNoteMandatory":{"1103":{"0":true}}}}},"extension":{"noteMandatory":{"0":true},"px":{"tableid":"07984","decimals":0,"heading":["Tid"],"stub":["Region"]},"contact":[{"mail":"on@example.org"}]},"value":[1,2]}`)
		var ext struct {
			PX struct {
				TableID string   `json:"tableid"`
				Stub    []string `json:"stub"`
			} `json:"px"`
		}
		if err := json.Unmarshal(ds.Extension(), &ext); err != nil || ext.PX.TableID != "07984" || ext.PX.Stub[0] != "Region" {
			t.Errorf("the extension reads %+v, %v", ext, err)
		}
		d := ds.Dimension("Region")
		if !strings.Contains(string(d.Extension()), `"show":"code_value"`) {
			t.Errorf("the extension of the dimension is %s", d.Extension())
		}
		equal(t, "the notes", []any{ds.Notes(), d.Notes(), d.At(1).Notes}, []any{[]string{"All<br>of it"}, []string{"Of the variable"}, []string{"Of the value"}})
		doc, _ := Parse([]byte(`{"class":"dataset","extension":{"px":{"tableid":"07984"}}}`))
		for info := range doc.Datasets() {
			equal(t, "the id", info.ID, "07984")
		}
	})
	t.Run("A38 a hundred thousand categories", func(t *testing.T) {
		const n = 100_000
		text := manyCategories(n)
		start := time.Now()
		doc, ds := parse(t, Options{}, text)
		d := ds.Dimension("d")
		if d.Len() != n || d.Index("c99999") != n-1 || d.CategoryLabel(n-1) != "label 99999" || len(d.At(7).Notes) != 1 {
			t.Error("not read as it is written")
		}
		steps := 0
		for range d.Walk() {
			steps++
		}
		if _, err := d.Category("c9999x"); err == nil {
			t.Error("an unknown category is found")
		}
		equal(t, "the steps of the walk", steps, n)
		equal(t, "the warnings", warnings(doc), []string{"category-unknown /dimension/d/category/unit/u0 ×100000", "label-missing /dimension/d/category/label ×50000", "child-cycle /dimension/d/category/child"})
		// What is quadratic takes minutes.
		if took := time.Since(start); took > time.Minute {
			t.Errorf("took %v", took)
		}
	})
}
