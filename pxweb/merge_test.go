package pxweb

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// twoByTwo is a query for a table of two variables.
func twoByTwo(t *testing.T) *Query {
	t.Helper()
	tab := &Table{API: V2, ID: "t"}
	for _, id := range []string{"a", "m"} {
		spec := jsonstat.DimensionSpec{ID: id, Label: id, Categories: []jsonstat.Category{{ID: "1", Label: "one"}, {ID: "2", Label: "two"}}}
		if id == "m" {
			spec.Role = jsonstat.Metric
		}
		d, err := jsonstat.NewDimension(spec)
		require.NoError(t, err)
		tab.Variables = append(tab.Variables, Variable{Code: id, Text: id, Dim: d})
	}
	q, err := tab.Resolve(nil, nil)
	require.NoError(t, err)
	return q
}

// mergeTexts merges answers for boxes.
func mergeTexts(t *testing.T, q *Query, boxes []box, texts ...string) (string, *Result, error) {
	t.Helper()
	dir := t.TempDir()
	pool := axisPool{}
	var parts []*part
	for i, text := range texts {
		name := filepath.Join(dir, fmt.Sprintf("%d.json", i))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
		p, err := readPart(name, q, boxes[i], pool)
		if err != nil {
			return "", nil, err
		}
		parts = append(parts, p)
	}
	r, err := newResult(q, parts)
	if err != nil {
		return "", nil, err
	}
	var b bytes.Buffer
	err = r.Write(&b, &WriteOptions{Nil: ""})
	return b.String(), r, err
}

// half is an answer with one value of a, and more members where they stand.
func half(code, more, dim, cells string) string {
	return `{"version":"2.0","class":"dataset","label":"T","updated":"2025-01-01T00:00:00Z",` + more + `"role":{"metric":["m"]},"id":["a","m"],"size":[1,2],
		"dimension":{"a":{"label":"a",` + dim + `"category":{"index":{"` + code + `":0},"label":{"` + code + `":"n` + code + `"}}},
		"m":{"label":"m","category":{"index":{"1":0,"2":1}}}},` + cells + `}`
}

var halves = []box{{{0, 1}, {0, 2}}, {{1, 2}, {0, 2}}}

func TestMerge(t *testing.T) {
	head := `{"version":"2.0","class":"dataset","label":"T","updated":"2025-01-01T00:00:00Z",`
	tail := `"role":{"metric":["m"]},"id":["a","m"],"size":[2,2],"dimension":{"a":{"label":"a",%s"category":{"index":{"1":0,"2":1},"label":{"1":"n1","2":"n2"}}},"m":{"label":"m","category":{"index":{"1":0,"2":1}}}},`
	tests := []struct{ name, first, second, more, dim, cells string }{
		{"tokens stay", half("1", "", "", `"value":[1e-7,0.10]`), half("2", "", "", `"value":[12345678901234567,-0.0]`), "", "", `"value":[1e-7,0.10,12345678901234567,-0.0]`},
		{"escapes stay", half("1", `"source":"\u00e6<\/b>",`, "", `"value":[1,2]`), half("2", `"source":"\u00e6<\/b>",`, "", `"value":[3,4]`), `"source":"\u00e6<\/b>",`, "", `"value":[1,2,3,4]`},
		{"statuses of the second", half("1", "", "", `"value":[1,2]`), half("2", "", "", `"value":[null,4],"status":{"0":"..","1":":"}`), "", "", `"value":[1,2,null,4],"status":{"2":"..","3":":"}`},
		{"statuses of both", half("1", "", "", `"value":[null,2],"status":{"0":"."}`), half("2", "", "", `"value":[3,null],"status":{"1":"-"}`), "", "", `"value":[null,2,3,null],"status":{"0":".","3":"-"}`},
		{"statuses as arrays", half("1", "", "", `"value":[null,2],"status":[".",null]`), half("2", "", "", `"value":[3,null],"status":[null,"-"]`), "", "", `"value":[null,2,3,null],"status":[".",null,null,"-"]`},
		{"one of each form", half("1", "", "", `"value":[null,2],"status":{"0":"."}`), half("2", "", "", `"value":{"0":3},"status":[null,"-"]`), "", "", `"value":[null,2,3,null],"status":[".",null,null,"-"]`},
		{"sparse values", half("1", "", "", `"value":{"1":2}`), half("2", "", "", `"value":{"0":3}`), "", "", `"value":{"1":2,"2":3}`},
		{"status first", half("1", `"status":{"0":"."},`, "", `"value":[null,2]`), half("2", `"status":{"1":"-"},`, "", `"value":[3,null]`), `"status":{"0":".","3":"-"},`, "", `"value":[null,2,3,null]`},
		{"notes in order, numbers of mandatory ones", half("1", `"note":["x","y"],"extension":{"noteMandatory":{"1":true}},`, "", `"value":[1,2]`), half("2", `"note":["z","y"],"extension":{"noteMandatory":{"0":true}},`, "", `"value":[3,4]`),
			`"note":["x","z","y"],"extension":{"noteMandatory":{"1":true,"2":true}},`, "", `"value":[1,2,3,4]`},
		{"notes of the second", half("1", "", "", `"value":[1,2]`), half("2", `"note":["z"],`, "", `"value":[3,4]`), `"note":["z"],`, "", `"value":[1,2,3,4]`},
		{"notes twice", half("1", `"note":["x","x"],`, "", `"value":[1,2]`), half("2", `"note":["x"],`, "", `"value":[3,4]`), `"note":["x","x"],`, "", `"value":[1,2,3,4]`},
		{"elimination if any part has the total", half("1", "", `"extension":{"elimination":false,"show":"code"},`, `"value":[1,2]`), half("2", "", `"extension":{"elimination":true,"eliminationValueCode":"2","show":"code"},`, `"value":[3,4]`),
			"", `"extension":{"elimination":true,"eliminationValueCode":"2","show":"code"},`, `"value":[1,2,3,4]`},
		{"by code", half("1", "", `"extension":{"refperiod":{"1":"x"}},`, `"value":[1,2]`), half("2", "", `"extension":{"refperiod":{"2":"y"}},`, `"value":[3,4]`), "", `"extension":{"refperiod":{"1":"x","2":"y"}},`, `"value":[1,2,3,4]`},
		{"links", half("1", `"link":{"related":[{"href":"u"}]},`, "", `"value":[1,2]`), half("2", `"link":{"related":[{"href":"u"},{"href":"v"}]},`, "", `"value":[3,4]`), `"link":{"related":[{"href":"u"},{"href":"v"}]},`, "", `"value":[1,2,3,4]`},
		{"descriptions", half("1", "", `"link":{"describedby":[{"extension":{"1":"urn:1","a":"urn:a"}}]},`, `"value":[1,2]`), half("2", "", `"link":{"describedby":[{"extension":{"2":"urn:2","a":"urn:a"}}]},`, `"value":[3,4]`),
			"", `"link":{"describedby":[{"extension":{"1":"urn:1","2":"urn:2","a":"urn:a"}}]},`, `"value":[1,2,3,4]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, r, err := mergeTexts(t, twoByTwo(t), halves, tt.first, tt.second)
			require.NoError(t, err)
			require.Equal(t, head+tt.more+fmt.Sprintf(tail, tt.dim)+tt.cells+"}", got)
			require.Empty(t, r.Warnings)
			// In the other order of arrival too.
			if tt.name == "tokens stay" {
				again, _, err := mergeTexts(t, twoByTwo(t), []box{halves[1], halves[0]}, tt.second, tt.first)
				require.NoError(t, err)
				require.Contains(t, again, tt.cells)
			}
		})
	}
}

// TestMergeElimination: what holds for the whole is not said by parts of a variable
// that is summed up where it is left out.
func TestMergeElimination(t *testing.T) {
	const yes, no = `"extension":{"elimination":true,"show":"code"},`, `"extension":{"elimination":false,"show":"code"},`
	const total = `"extension":{"elimination":true,"eliminationValueCode":"2","show":"code"},`
	for _, tt := range []struct {
		name                string
		query               func(q *Query)
		first, second, want string
	}{
		{"by no word of the metadata", func(*Query) {}, no, no, no},
		{"a sum of all values", func(q *Query) { q.Chosen[0].Variable.Elimination = true }, no, no, yes},
		{"the total among the values", func(q *Query) { q.Chosen[0].Variable.Elimination = true }, no, total, total},
		{"of a server that does not say it", func(q *Query) { q.Chosen[0].Variable.Elimination = true }, "", "", ""},
		{"a value less than all", func(q *Query) {
			q.Chosen[0].Variable.Elimination = true
			d, err := jsonstat.NewDimension(jsonstat.DimensionSpec{ID: "a", Categories: []jsonstat.Category{{ID: "1"}, {ID: "2"}, {ID: "3"}}})
			require.NoError(t, err)
			q.Chosen[0].Variable.Dim = d
		}, no, no, no},
		{"groups of values", func(q *Query) {
			q.Chosen[0].Variable.Elimination = true
			q.Chosen[0].CodeList = "agg:two"
		}, no, no, no},
		{"values that the metadata do not tell", func(q *Query) {
			q.Chosen[0].Variable.Elimination = true
			q.Chosen[0].Variable.Dim = nil
		}, no, no, no},
		{"another variable, which is not cut", func(q *Query) { q.Chosen[1].Variable.Elimination = true }, no, no, no},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := twoByTwo(t)
			tt.query(q)
			got, _, err := mergeTexts(t, q, halves, half("1", "", tt.first, `"value":[1,2]`), half("2", "", tt.second, `"value":[3,4]`))
			require.NoError(t, err)
			require.Contains(t, got, `"a":{"label":"a",`+tt.want+`"category"`)
		})
	}
}

// TestMergeForms has parts whose rows have different forms, cut along both variables.
func TestMergeForms(t *testing.T) {
	const head = `{"version":"2.0","class":"dataset","id":["a","m"],"size":[1,1],"dimension":{"a":{"category":{"index":["%d"]}},"m":{"category":{"index":["%d"]}}},%s}`
	for _, tt := range []struct{ name, a, b, c, d, want string }{
		{"arrays", `"value":[1]`, `"value":["x"]`, `"value":[true]`, `"value":[null]`, `"value":[1,"x",true,null]`},
		{"objects", `"value":{"0":1}`, `"value":{"0":2}`, `"value":{"0":null},"status":{"0":"x"}`, `"value":{"0":4.0}`, `"value":{"0":1,"1":2,"2":null,"3":4.0},"status":{"2":"x"}`},
		{"a cell that is not there", `"value":{"0":1}`, `"value":{"0":2}`, `"value":{"1":2}`, `"value":{"0":4}`, `"value":{"0":1,"1":2,"3":4}`},
		{"the last is not there", `"value":{"0":1}`, `"value":{"0":2}`, `"value":{"0":2}`, `"value":{"1":4}`, `"value":{"0":1,"1":2,"2":2}`},
		{"one object", `"value":[1]`, `"value":[2]`, `"value":{"1":1}`, `"value":[4]`, `"value":[1,2,null,4]`},
		{"one array of statuses", `"value":[1],"status":{"0":"a"}`, `"value":[2],"status":["b"]`, `"value":{"0":1}`, `"value":[4],"status":{"0":"d"}`, `"value":[1,2,1,4],"status":["a","b",null,"d"]`},
		{"statuses in front", `"status":{"0":"a"},"value":[1]`, `"status":["b"],"value":[2]`, `"value":[3]`, `"value":[4],"status":{"0":"d"}`, `"status":["a","b",null,"d"],"value":[1,2,3,4]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var boxes []box
			var texts []string
			for i, cells := range []string{tt.d, tt.b, tt.c, tt.a} {
				a, m := []int{1, 0, 1, 0}[i], []int{1, 1, 0, 0}[i]
				boxes = append(boxes, box{{a, a + 1}, {m, m + 1}})
				texts = append(texts, fmt.Sprintf(head, a+1, m+1, cells))
			}
			// The order of members is that of the part that came first.
			boxes[0], boxes[3], texts[0], texts[3] = boxes[3], boxes[0], texts[3], texts[0]
			got, _, err := mergeTexts(t, twoByTwo(t), boxes, texts...)
			require.NoError(t, err)
			require.Equal(t, tt.want+"}", got[len(got)-len(tt.want)-1:])
		})
	}
}

func TestMergeRefuses(t *testing.T) {
	good := half("1", "", "", `"value":[1,2]`)
	tests := []struct{ name, first, second, err string }{
		{"a value that was not asked for", good, half("3", "", "", `"value":[3,4]`), `"2" of a was asked for and did not come`},
		{"another variable", good, `{"version":"2.0","class":"dataset","id":["b"],"size":[1],"dimension":{"b":{"category":{"index":{"1":0}}}},"value":[1]}`, "the answer has no variable"},
		{"one variable more", good, `{"version":"2.0","class":"dataset","id":["a","m","x"],"size":[1,2,2],"dimension":{"a":{"category":{"index":["2"]}},"m":{"category":{"index":["1","2"]}},"x":{"category":{"index":["1","2"]}}},"value":[1,2,3,4]}`, "nobody asked for 2 values of x"},
		{"another order of variables", good, `{"version":"2.0","class":"dataset","id":["m","a"],"size":[2,1],"dimension":{"a":{"category":{"index":["2"]}},"m":{"category":{"index":["1","2"]}}},"value":[3,4]}`, "variables [a m]"},
		{"too many values", good, `{"version":"2.0","class":"dataset","id":["a","m"],"size":[2,2],"dimension":{"a":{"category":{"index":["2","1"]}},"m":{"category":{"index":["1","2"]}}},"value":[3,4,5,6]}`, "1 values of a were asked for, 2 came"},
		{"no cells", good, half("2", "", "", `"value":[]`), "no cells"},
		{"cut off", good, good[:len(good)-9], ""},
		{"another class", good, `{"version":"2.0","class":"collection","link":{"item":[]}}`, ""},
		{"another meaning of a code", half("1", "", `"extension":{"show":"code"},`, `"value":[1,2]`), half("2", "", `"extension":{"show":"value"},`, `"value":[1,2]`), `one says "code", another "value" at /dimension/a/extension/show`},
		{"another source", half("1", `"source":"x",`, "", `"value":[1,2]`), half("2", `"source":"y",`, "", `"value":[1,2]`), `one says "x", another "y" at /source`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := mergeTexts(t, twoByTwo(t), halves, tt.first, tt.second)
			require.ErrorContains(t, err, tt.err)
		})
	}
}

func TestMergeCoverage(t *testing.T) {
	q := twoByTwo(t)
	one, two := half("1", "", "", `"value":[1,2]`), half("2", "", "", `"value":[3,4]`)
	_, _, err := mergeTexts(t, q, []box{halves[0], halves[0]}, one, one)
	require.ErrorContains(t, err, "came twice")
	_, _, err = mergeTexts(t, q, []box{halves[0], halves[1], halves[1]}, one, two, two)
	require.ErrorContains(t, err, "came twice")
	quarter := `{"version":"2.0","class":"dataset","id":["a","m"],"size":[1,1],"dimension":{"a":{"category":{"index":["2"]}},"m":{"category":{"index":["2"]}}},"value":[4]}`
	_, _, err = mergeTexts(t, q, []box{halves[0], {{1, 2}, {1, 2}}}, one, quarter)
	require.ErrorContains(t, err, "did not come")
}

// TestNil gives cells of symbol "-" a value, and no others.
func TestNil(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "x.json")
	require.NoError(t, os.WriteFile(name, []byte(half("1", "", "", `"value":[null,null],"status":{"0":"-","1":"."}`)), 0o666))
	q := twoByTwo(t)
	p, err := readPart(name, q, halves[0], axisPool{})
	require.NoError(t, err)
	r, err := newResult(q, []*part{p})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, r.Write(&b, &WriteOptions{Nil: "0"}))
	require.Contains(t, b.String(), `"value":[0,null],"status":{"0":"-","1":"."}`)
}

// FuzzTree holds that the head of a document is read and written back without its
// white space and cells, or not at all.
func FuzzTree(f *testing.F) {
	for _, seed := range []string{half("1", `"note":["x\"\\"],`, "", `"value":[1,"]"],"status":{"0":"}"}`), `{"a":{"b":[1,{"c":null}]}}`, `{"value":{},"status":"x"}`, `[]`, `{"value":`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := jsonstat.Parse(text)
		if err != nil {
			return
		}
		defer doc.Close()
		root, err := readTree(window.Bytes(text))
		if err != nil {
			t.Fatal(err)
		}
		clearAll(root)
		again := root.appendTo(nil)
		second, err := readTree(window.Bytes(again))
		if err != nil || !bytes.Equal(second.appendTo(nil), again) {
			t.Fatalf("%s\n%s", again, second.appendTo(nil))
		}
	})
}

// clearAll makes all containers be written from their parts.
func clearAll(v *value) {
	if v.kind != 0 {
		v.raw = nil
	}
	for _, m := range v.members {
		clearAll(m.value)
	}
	for _, i := range v.items {
		clearAll(i)
	}
}
