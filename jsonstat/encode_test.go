package jsonstat

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// compact is a document without white space.
func compact(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(text)); err != nil {
		t.Fatalf("the test is not JSON: %v", err)
	}
	return b.String()
}

// writeDocument and writeDataset write to a text.
func writeDocument(t *testing.T, doc *Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := doc.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func writeDataset(t *testing.T, ds *Dataset, opts *WriteOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := ds.Write(&b, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sameText compares long texts and shows where they part.
func sameText(t *testing.T, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	k := 0
	for k < len(got) && k < len(want) && got[k] == want[k] {
		k++
	}
	from := max(0, k-40)
	t.Errorf("%s: at byte %d\n got …%.100s\nwant …%.100s", what, k, got[from:], want[from:])
}

// TestWriteAsRead writes what was read: byte for byte the same but for white space.
func TestWriteAsRead(t *testing.T) {
	for _, size := range testSizes() {
		eachDocument(size.n, size.gap, func(what, text string, _ []testCell) {
			want := compact(t, text)
			doc, ds := parse(t, Options{}, text)
			sameText(t, what, writeDocument(t, doc), want)
			sameText(t, what+", dataset", writeDataset(t, ds, nil), want)
			spooled, err := Read(iotest.HalfReader(strings.NewReader(text)))
			if err != nil {
				t.Fatal(err)
			}
			sameText(t, what+", from a pipe", writeDocument(t, spooled), want)
			if err := spooled.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestWriteOddities has what a writer could be tempted to make better.
func TestWriteOddities(t *testing.T) {
	for name, members := range map[string]string{
		"escapes":            `"label":"\u00e5\/\"\\\b\f\n\r\té\ud83d\ude00\ud800 \u0000","value":["\u00e5\/","\u2028"]`,
		"numbers":            `"value":[1.0,1e5,0.10,-0,-0.0,1E+5,123456789012345678901234567890.5,1e400,0.0000001,-12e-7]`,
		"numbers in head":    `"value":[1,2],"x":[1.0,1e5,{"y":0.10,"z":-0}],"extension":{"a":1.50}`,
		"repeated members":   `"label":"a","label":"b","value":[1],"value":[2, 3],"status":["a"],"status":{"0":"b"}`,
		"unknown members":    `"x":{"value":[1,[2]],"y":null},"":{"":""},"é":[[],{}],"value":[1],"measure":[5, 6],"zzz":false`,
		"names with escapes": `"\u0078":1,"a\/b":2,"\"":3,"value":{"\u0030":1 , "1" : 2},"status":{ "\u0031":"a"}`,
		"empty":              `"value":[ ],"status":{ },"note":[ ],"link":{ }`,
		"nulls":              `"value":{"0":null,"1": null},"status":[null , null],"label":null`,
		"literals":           `"value":[true,false,null , true]`,
		"cells elsewhere":    `"link":{"item":[{"value":[1, 2],"status":{"0": "x"}}]},"value":[7]`,
		"value in opaque":    `"extension":{"value":[ 1 , 2 ],"status":{"0" : "x"}},"value":[7]`,
		"odd positions":      `"value":{"x":1,"":2,"01":3,"99":4,"0":5,"0":6,"1":7}`,
		"long":               `"value":["` + strings.Repeat("é ", 100_000) + `", 2 ],"x":"` + strings.Repeat(`\n`, 100_000) + `"`,
	} {
		for _, order := range []string{"head first", "head last"} {
			text := "{" + testHead(2) + " ,\n " + members + " }"
			if order == "head last" {
				text = "{" + members + "," + testHead(2) + "}"
			}
			doc, err := Parse([]byte(text))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			sameText(t, name+", "+order, writeDocument(t, doc), compact(t, text))
			if ds, err := doc.Dataset(0); err == nil {
				sameText(t, name+", "+order+", dataset", writeDataset(t, ds, nil), compact(t, text))
			}
		}
	}
	for _, text := range []string{
		`{"a":{"dimension":{"id":["d"],"size":[1],"d":{"category":{"index":{"x":0}}}},"value":[ 1.0 ]},"b":[1, 2]}`,
		`{"version":"2.0","class":"collection","link":{"item":[` + testDocument("vhs", 2, "[1 , 2.0]", "") + `,{"class":"dataset","href":"x"}]}}`,
		`{"version":"2.0","class":"dimension","label":"d","category":{"index":["a"],"label":{"a":"\u0041"}},"x":[1.0 ]}`,
		"[ " + testDocument("hvs", 2, "[1 , 2.0]", "") + " ]", `{"jsonrpc":"2.0","id":1,"result": ` + testDocument("hvs", 2, `{"0" : 1e3}`, "") + "}",
	} {
		for _, bom := range []string{"", "\ufeff"} {
			doc, err := Parse([]byte(bom + text))
			if err != nil {
				t.Fatal(err)
			}
			sameText(t, text, writeDocument(t, doc), compact(t, text))
		}
	}
}

// TestWriteForms writes values and statuses dense and sparse: the cells are the same.
func TestWriteForms(t *testing.T) {
	for _, size := range testSizes() {
		eachDocument(size.n, size.gap, func(what, text string, list []testCell) {
			_, ds := parse(t, Options{}, text)
			for _, opts := range []WriteOptions{{Values: Dense}, {Values: Sparse}, {Statuses: Dense}, {Statuses: Sparse}, {Values: Dense, Statuses: Dense}, {Values: Sparse, Statuses: Sparse}} {
				what := fmt.Sprintf("%s, written with %+v", what, opts)
				again := writeDataset(t, ds, &opts)
				if again != compact(t, again) {
					t.Fatalf("%s: there is white space", what)
				}
				_, ds := parse(t, Options{}, again)
				if !ds.HasCells() {
					continue // a sparse row of nothing
				}
				checkForm(t, what, "values", opts.Values, ds.node.Get("value"))
				if ds.node.Get("status").OK() {
					checkForm(t, what, "statuses", opts.Statuses, ds.node.Get("status"))
				}
				if ds.Cells().Info().Sparse && ds.Cells().Info().Default != 0 {
					continue // see TestTextCellsStatusForAll
				}
				cur, err := ds.Cells().Cursor(true)
				if err != nil {
					t.Fatalf("%s: %v", what, err)
				}
				sameCells(t, what, readCursor(t, ds.Cells(), cur), wanted(list, ds.Cells().Info().Sparse, true, 0, int64(len(list))))
			}
		})
	}
}

func checkForm(t *testing.T, what, row string, form Form, n jsontoken.Node) {
	t.Helper()
	if form == AsRead {
		return
	}
	s := n.Section()
	if s == nil || s.Object != (form == Sparse) {
		t.Fatalf("%s: %s are %s", what, row, n.What())
	}
	if s.Object && s.Unsorted {
		t.Errorf("%s: %s are not in order", what, row)
	}
}

// TestWriteStatusForAll writes a status that all cells have, also those that are not there.
func TestWriteStatusForAll(t *testing.T) {
	for _, c := range []struct {
		value, status string
		opts          WriteOptions
		want          string // value and status
	}{
		{`{"1":5}`, `"e"`, WriteOptions{}, `{"1":5},"status":"e"`}, {`{"1":5}`, `["e"]`, WriteOptions{}, `{"1":5},"status":["e"]`},
		{`{"1":5}`, `"e"`, WriteOptions{Statuses: Dense}, `{"1":5},"status":["e","e","e"]`}, {`{"1":5}`, `"e"`, WriteOptions{Statuses: Sparse}, `{"1":5},"status":{"0":"e","1":"e","2":"e"}`},
		{`[1,null,2]`, `"e"`, WriteOptions{Values: Sparse, Statuses: Dense}, `{"0":1,"2":2},"status":["e","e","e"]`}, {`[1,null,2]`, `["e"]`, WriteOptions{Values: Sparse}, `{"0":1,"2":2},"status":["e"]`},
	} {
		_, ds := parse(t, Options{}, testDocument("hvs", 3, c.value, c.status))
		if _, got, _ := strings.Cut(writeDataset(t, ds, &c.opts), `"value":`); got != c.want+"}" {
			t.Errorf("%s with %s: %s, want %s", c.value, c.status, got, c.want)
		}
	}
}

// TestWriteOld upgrades documents from before 2.0; forms stay.
func TestWriteOld(t *testing.T) {
	for _, c := range []struct{ members, want string }{
		{`"value":[1.0,null, 3],"status":["a",null,"b"]`, `"value":[1.0,null,3],"status":["a",null,"b"]`},
		{`"value":{"2":1e5},"status":{"0":"a"}`, `"value":{"2":1e5},"status":{"0":"a"}`},
		{`"value":[1,2,3],"status":"e"`, `"value":[1,2,3],"status":"e"`}, {`"value":[1,2,3],"status":["e"]`, `"value":[1,2,3],"status":"e"`},
		{`"value":[1,2,3],"status":["a","b"]`, `"value":[1,2,3],"status":{"0":"a","1":"b"}`},
		{`"value":[1,2,3],"status":{"value":["a","","c"]}`, `"value":[1,2,3],"status":["a",null,"c"]`},
		{`"measure":[1,2,3]`, `"value":[1,2,3]`},
	} {
		text := `{"x":{"label":"L","dimension":{"id":["d"],"size":[3],"role":{"time":["d"]},"d":{"category":{"index":{"a":0,"b":1,"c":2}}}},` + c.members + `}}`
		_, ds := parse(t, Options{}, text)
		want := `{"version":"2.0","class":"dataset","label":"L","role":{"time":["d"]},"id":["d"],"size":[3],"dimension":{"d":{"category":{"index":{"a":0,"b":1,"c":2}}}},` + c.want + "}"
		sameText(t, c.members, writeDataset(t, ds, nil), want)
		if err := readAll(Options{Strict: true}, want); err != nil {
			t.Errorf("%s: what was written is refused: %v", c.members, err)
		}
	}
}

// TestWriteMeasure has values under the name of an old draft, in a document of today.
func TestWriteMeasure(t *testing.T) {
	_, ds := parse(t, Options{}, "{"+testHead(3)+`,"measure":[1,null,3]}`)
	for form, want := range map[Form]string{AsRead: "[1,null,3]", Sparse: `{"0":1,"2":3}`} {
		if _, got, _ := strings.Cut(writeDataset(t, ds, &WriteOptions{Values: form}), `"measure":`); got != want+"}" {
			t.Errorf("form %d: %s, want %s", form, got, want)
		}
	}
}

// TestWriteOpaque has a dataset whose name in its bundle keeps its values from
// being taken for cells at first.
func TestWriteOpaque(t *testing.T) {
	_, ds := parse(t, Options{}, `{"note":`+testDocument("hvs", 3, "[1,null,3.0]", `["a",null,"b"]`)+"}")
	if _, got, _ := strings.Cut(writeDataset(t, ds, &WriteOptions{Values: Sparse, Statuses: Sparse}), `"value":`); got != `{"0":1,"2":3.0},"status":{"0":"a","2":"b"}}` {
		t.Errorf("written as %s", got)
	}
	if _, got, _ := strings.Cut(writeDataset(t, ds, nil), `"value":`); got != `[1,null,3.0],"status":["a",null,"b"]}` {
		t.Errorf("written as %s", got)
	}
}

// TestWriteNaN writes what was read as null as null.
func TestWriteNaN(t *testing.T) {
	doc, _ := parse(t, Options{NaNAsNull: true}, testDocument("hvs", 5, "[1,NaN,-Infinity, Infinity,null]", ""))
	if _, got, _ := strings.Cut(writeDocument(t, doc), `"value":`); got != "[1,null,null,null,null]}" {
		t.Errorf("written as %s", got)
	}
}

// TestWriteLimit does not write what is not there without being told to.
func TestWriteLimit(t *testing.T) {
	dims := []*Dimension{numbered(t, "a", 20_000), numbered(t, "b", 20_000)}
	v := NewSparseValues()
	v.SetFloat64(1_000_000, 1)
	v.SetStatus(1_000_000, "x")
	sparse, err := New(Head{Dimensions: dims}, v.Cells())
	if err != nil {
		t.Fatal(err)
	}
	var head bytes.Buffer
	if err := sparse.Write(&head, nil); err != nil {
		t.Fatal(err)
	}
	_, read := parse(t, Options{}, head.String())
	_, all := parse(t, Options{}, strings.Replace(head.String(), `{"1000000":"x"}`, `"x"`, 1))
	for name, ds := range map[string]*Dataset{"built": sparse, "read": read, "a status for all": all} {
		for _, opts := range []WriteOptions{{Values: Dense}, {Statuses: Dense}, {Values: Dense, Statuses: Dense}, {Statuses: Sparse}} {
			if opts.Statuses == Sparse && name != "a status for all" {
				continue
			}
			if err := ds.Write(new(bytes.Buffer), &opts); !errors.Is(err, ErrLimit) {
				t.Errorf("%s, %+v: %v", name, opts, err)
			}
		}
		sameText(t, name, writeDataset(t, ds, nil)[:100], head.String()[:100])
	}
}

// TestWriteBuilt writes what was built in Go: valid to the strict reader, and
// the same when it is read again.
func TestWriteBuilt(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	decimals := 1
	geo, err := NewDimension(DimensionSpec{ID: "geo", Label: "Region \"x\"", Role: Geo, Notes: []string{"n"}, Categories: []Category{
		{ID: "0", Label: "All", Children: []string{"01", "é"}, Notes: []string{"a", "b"}}, {ID: "01", Label: "", Coordinates: &Coordinates{Longitude: "10.5", Latitude: "-60.0"}}, {ID: "é", Label: "Ø\n"},
	}, Extension: json.RawMessage(`{"a":[1.0]}`), Members: []Member{{"x", json.RawMessage("null")}}})
	if err != nil {
		t.Fatal(err)
	}
	metric, err := NewDimension(DimensionSpec{ID: "id", Role: Metric, Categories: []Category{{ID: "p", Unit: &Unit{Label: "kr", Decimals: &decimals, Position: "end"}}, {ID: "q", Unit: &Unit{Symbol: "%"}}}})
	if err != nil {
		t.Fatal(err)
	}
	dims := []*Dimension{geo, metric, numbered(t, "size", 5)}
	for _, sparse := range []bool{false, true} {
		for _, opts := range []WriteOptions{{}, {Values: Dense}, {Values: Sparse}, {Statuses: Dense}, {Statuses: Sparse}} {
			list := randomCells(r, 30, 3)
			withoutBooleans(list)
			v := NewValues(30)
			if sparse {
				v = NewSparseValues()
			}
			for i, c := range list {
				setCell(t, v, int64(i), c)
			}
			ds, err := New(Head{Label: "L", Source: "S", Updated: "2024-01-02", Href: "https://example.org/", Notes: []string{"<b>"}, Dimensions: dims,
				Extension: json.RawMessage(`{"px":{}}`), Members: []Member{{"y", json.RawMessage("[1]")}}, Links: []Link{{Rel: "alternate", Type: "text/csv", Href: "x"}}}, v.Cells())
			if err != nil {
				t.Fatal(err)
			}
			text := writeDataset(t, ds, &opts)
			doc, again := parse(t, Options{}, text)
			what := fmt.Sprintf("sparse %v, %+v", sparse, opts)
			if err := readAll(Options{Strict: true}, strings.NewReplacer(`,"y":[1]`, "", `,"x":null`, "").Replace(text)); err != nil {
				t.Errorf("%s: refused: %v", what, err)
			}
			equal(t, what+": the list of warnings", len(doc.Warnings()), 0)
			cur, err := again.Cells().Cursor(true)
			if err != nil {
				t.Fatal(err)
			}
			sameCells(t, what, readCursor(t, again.Cells(), cur), wanted(list, again.Cells().Info().Sparse, true, 0, 30))
			sameText(t, what+", written again", writeDataset(t, again, nil), text)
			for _, order := range []string{`"version"`, `"class"`, `"href"`, `"label"`, `"source"`, `"updated"`, `"link"`, `"note"`, `"role"`, `"id"`, `"size"`, `"dimension"`, `"extension":{"px`, `"y"`, `"value"`, `"status"`} {
				_, rest, found := strings.Cut(text, order)
				if !found {
					t.Fatalf("%s: %s is missing or not in its place", what, order)
				}
				text = rest
			}
		}
	}
}

// TestWriteErrors has writers that fail, and raw members that are no JSON.
func TestWriteErrors(t *testing.T) {
	text := testDocument("hvs", 20_000, testArray(make([]testCell, 20_000), ",", "1234567"), `"e"`)
	doc, ds := parse(t, Options{}, text)
	for k := 0; k < 180_000; k += 15_000 {
		full := &fullWriter{room: k}
		if err := doc.Write(full); !errors.Is(err, errFull) {
			t.Errorf("document, room for %d: %v", k, err)
		}
		full = &fullWriter{room: k}
		if err := ds.Write(full, &WriteOptions{Values: Sparse}); !errors.Is(err, errFull) {
			t.Errorf("dataset, room for %d: %v", k, err)
		}
	}
	for _, raw := range []string{"{", "", "nul", "{}x"} {
		ds, err := New(Head{Dimensions: []*Dimension{numbered(t, "d", 1)}, Members: []Member{{"x", json.RawMessage(raw)}}}, Floats(1).Cells())
		if err != nil {
			t.Fatal(err)
		}
		if err := ds.Write(new(bytes.Buffer), nil); err == nil {
			t.Errorf("%q is written as JSON", raw)
		}
	}
}

var errFull = errors.New("the disk is full")

type fullWriter struct{ room int }

func (w *fullWriter) Write(p []byte) (int, error) {
	if w.room -= len(p); w.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}
