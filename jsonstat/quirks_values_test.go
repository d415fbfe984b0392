package jsonstat

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The rows of the list about values, statuses and dates: see quirks_test.go.

// cells is a dataset of two by two cells with the given members for them.
func cells(members string) string {
	return `{"version":"2.0","class":"dataset","id":["a","b"],"size":[2,2],"dimension":{"a":{"category":{"index":["a1","a2"]}},"b":{"category":{"index":["b1","b2"]}}},` + members + `}`
}

// reads checks the cells of a dataset as row writes them.
func reads(want string) func(*testing.T, *Document, *Dataset) {
	return func(t *testing.T, _ *Document, ds *Dataset) {
		t.Helper()
		equal(t, "the row", row(t, ds), want)
	}
}

func TestQuirksValues(t *testing.T) {
	for _, q := range []quirk{
		{name: "A12 A43 empty array", json: cells(`"value":[]`), check: noCells, warns: []string{"no-values /value"}},
		{name: "A12 A43 empty object", json: cells(`"value":{}`), check: noCells, warns: []string{"no-values /value"}},
		{name: "A12 A43 null", json: cells(`"value":` + marker + `null`), check: noCells, warns: []string{"value-missing /value"}, strict: true},
		{name: "A12 A43 absent", json: marker + cells(`"label":"x"`), check: noCells, warns: []string{"value-missing"}, strict: true},
		{name: "A43 empty array, sizes that do not agree", json: strings.Replace(cells(`"value":[]`), "[2,2]", marker+"[2,3]", 1), check: noCells,
			warns: []string{"size-recomputed /size", "no-values /value"}, strict: true},
		{name: "A43 with statuses all the same", json: cells(`"value":[],"status":[]`), check: noCells, warns: []string{"no-values /value"}},
		{name: "A41 sparse", json: cells(`"value":{"0":1.5,"3":null}`), check: func(t *testing.T, doc *Document, ds *Dataset) {
			reads("0=1.5 3=null")(t, doc, ds)
			equal(t, "sparse", ds.Cells().Info().Sparse, true)
			for pos, want := range []string{"1.5", "", "", ""} {
				cell, err := ds.AtPosition(int64(pos))
				if err != nil || cell.Text != want || cell.Missing() != (want == "") {
					t.Errorf("cell %d is %+v, %v", pos, cell, err)
				}
			}
			if _, err := ds.AtPosition(4); err == nil {
				t.Error("there is a cell behind the last one")
			}
		}},
		{name: "A41 sparse in any order", json: cells(`"value":{"3":4,"0":1,"10":99,"2":3}`), check: reads("0=1 2=3 3=4"),
			warns: []string{"value-key /value"}, strict: true},
		{name: "A44 keys out of range", json: cells(`"value":` + marker + `{"0":1,"4":5}`), check: reads("0=1"),
			warns: []string{"value-key /value"}, strict: true},
		{name: "A44 keys that are no positions", json: cells(`"value":` + marker + `{"0":1,"x":2,"-1":3,"01":4," 2":5,"1.0":6,"":7,"99999999999999999999":8}`), check: reads("0=1"),
			warns: []string{"value-key /value ×7"}, strict: true},
		{name: "A44 a key twice", json: cells(`"value":` + marker + `{"0":1,"1":2,"0":3}`), check: reads("0=3 1=2"),
			warns: []string{"cell-repeated /value"}, strict: true},
		{name: "A45 too short, filled up on request", json: cells(`"value":[1,2,3]`), opts: Options{Pad: true}, check: reads("0=1 1=2 2=3 3=null"),
			warns: []string{"value-padded /value"}},
		{name: "A46 strings, numbers and booleans", json: cells(`"value":` + marker + `["a,b",true,null,-1.5]`), check: func(t *testing.T, doc *Document, ds *Dataset) {
			reads(`0="a,b" 1=true 2=null 3=-1.5`)(t, doc, ds)
			facts, err := ds.Cells().Facts()
			equal(t, "the facts", fmt.Sprintf("%+v %v", facts, err), "{Stored:4 Missing:1 Numbers:1 Texts:1 Booleans:1 Whole:false Digits:1} <nil>")
			if cell, _ := ds.AtPosition(0); !math.IsNaN(cell.Float64()) {
				t.Error("a text is a number")
			}
		}, warns: []string{"value-type /value"}, strict: true},
		{name: "A47 A49 the digits of the document", json: cells(`"value":[100.0,407.50,9007199254740993,1E+2]`), check: func(t *testing.T, doc *Document, ds *Dataset) {
			reads("0=100.0 1=407.50 2=9007199254740993 3=1E+2")(t, doc, ds)
			for pos, want := range []string{"100", "407.5", "9007199254740993", "100"} {
				cell, _ := ds.AtPosition(int64(pos))
				equal(t, "the layout", string(AppendNumber(nil, []byte(cell.Text))), want)
			}
			cell, _ := ds.AtPosition(1)
			equal(t, "the float", cell.Float64(), 407.5)
		}},
		{name: "A57 measure", json: strings.Replace(oldInBundle, `"value":`, `"measure":`+marker, 1), check: reads("0=1 1=2"),
			warns: []string{"measure /dataset/measure"}, strict: true},
		{name: "A57 a foreign member called measure", json: cells(`"value":[1,2,3,4],"measure":[9]`), check: func(t *testing.T, doc *Document, ds *Dataset) {
			reads("0=1 1=2 2=3 3=4")(t, doc, ds)
			equal(t, "the foreign member", string(ds.Members()[0].Value), "[9]")
		}},
		{name: "value twice in front of the head", json: `{"version":"2.0","class":"dataset","value":[1],"value":` + marker + `[1,2],"id":["d"],"size":[2],"dimension":{"d":{"category":{"index":["a","b"]}}}}`,
			check: reads("0=1 1=2"), warns: []string{"member-repeated /value"}, strict: true},
		{name: "the same said of the dimensions in front of the values and of the dataset behind them", json: `{"version":"2.0","class":"dataset","dimension":{"id":["d"],"size":[2],"d":{"category":{"index":["a","b"]}}},"value":[1,2],"id":` + marker + `["d"],"size":[2]}`,
			check: reads("0=1 1=2"), warns: []string{"transitional /dimension/id ×2"}},
		{name: "value before the head", json: `{"value":[1,2],"status":{"1":"x"},"size":[2],"id":["d"],"class":"dataset","version":"2.0","dimension":{"d":{"category":{"index":["a","b"]}}}}`,
			check: reads("0=1 1=2:x")},
		{name: "texts of the dataset that are no texts", json: cells(`"label":` + marker + `1,"source":null,"updated":["x"],"href":{},"note":"alone","link":[],"extension":null,"value":[1,2,3,4]`),
			check: func(t *testing.T, _ *Document, ds *Dataset) {
				equal(t, "the texts", []any{ds.Label(), ds.Source(), ds.Updated(), ds.Href(), ds.Notes()}, []any{"1", "", "", "", []string{"alone"}})
			}, warns: []string{"member-type /label ×7"}, strict: true},
	} {
		t.Run(q.name, q.run)
	}
}

const oldInBundle = `{"dataset":` + oldDataset + `}`

func noCells(t *testing.T, _ *Document, ds *Dataset) {
	t.Helper()
	equal(t, "the row", row(t, ds), "")
	equal(t, "has cells", ds.HasCells(), false)
	equal(t, "the shape", ds.Shape(), Shape{2, 2})
	equal(t, "the number of cells", ds.Len(), int64(4))
	if facts, err := ds.Cells().Facts(); facts.Stored != 0 || err != nil {
		t.Errorf("facts about nothing: %+v, %v", facts, err)
	}
}

func TestQuirksValueErrors(t *testing.T) {
	for _, c := range []struct {
		name, text string
		kind       error
		pointer    string
		words      []string
	}{
		{"A45 too short", cells(`"value":` + marker + `[1,2,3]`), ErrSize, "/value", []string{"3 values for 4 cells"}},
		{"A45 too long", cells(`"value":` + marker + `[1,2,3,4,5]`), ErrSize, "/value", []string{"5 values for 4 cells"}},
		{"A45 one of many", cells(`"value":` + marker + `[null]`), ErrSize, "/value", []string{"1 values for 4 cells"}},
		{"A30 size and categories, no values to decide", strings.Replace(cells(`"value":{"0":1}`), "[2,2]", "["+marker+"3,2]", 1), ErrSize, "/size/0", []string{"INDEX_COUNT_MISMATCH", `dimension "a", which has 2`}},
		{"A30 size too long", strings.Replace(cells(`"value":{"0":1}`), "[2,2]", marker+"[2,2,1]", 1), ErrSize, "/size", []string{"ID_SIZE_LEN_MISMATCH"}},
		{"A30 size missing, values of another number", marker + strings.Replace(cells(`"value":[1,2]`), `"size":[2,2],`, "", 1), ErrSize, "", []string{`"size" is missing`}},
		{"size that is none", strings.Replace(cells(`"value":[1]`), "[2,2]", marker+`"2,2"`, 1), ErrNotJSONStat, "/size", []string{"an array of numbers"}},
		{"size that is negative", strings.Replace(cells(`"value":[1]`), "[2,2]", `[2,`+marker+`-2]`, 1), ErrNotJSONStat, "/size/1", []string{"is -2, not a whole number"}},
		{"size with a fraction", strings.Replace(cells(`"value":[1]`), "[2,2]", `[2,`+marker+`1.5]`, 1), ErrNotJSONStat, "/size/1", []string{"is 1.5, not a whole number"}},
		{"value that is none", cells(`"value":` + marker + `"1"`), ErrNotJSONStat, "/value", []string{"not an array or an object"}},
		{"values in rows", cells(`"value":[` + marker + `[1,2],[3,4]]`), ErrNotJSONStat, "/value/0", []string{"a cell is an array"}},
		{"values with their statuses", cells(`"value":{"0":1,"1":` + marker + `{"value":1,"status":"x"}}`), ErrNotJSONStat, "/value/1", []string{"a cell is an object"}},
		{"statuses in rows", cells(`"value":[1,2,3,4],"status":["x",` + marker + `["y"]]`), ErrNotJSONStat, "/status/1", []string{"a cell is an array"}},
		{"values twice", cells(`"value":[1,2,3,4],"value":` + marker + `[1,2,3,4]`), ErrNotJSONStat, "/value", []string{`"value" occurs twice`, "after the values"}},
		{"a label on both sides of the values", cells(`"value":[1,2,3,4],"label":"A"`)[:len(cells(``))-1] + `"label":"B","value":[1,2,3,4],"label":` + marker + `"A"}`, ErrNotJSONStat, "/label", []string{`"label" occurs twice`}},
		{"no dimension", marker + `{"version":"2.0","class":"dataset","id":["a"],"size":[1],"value":[1]}`, ErrNotJSONStat, "", []string{`has no "dimension"`}},
		{"dimension that is none", `{"version":"2.0","class":"dataset","id":["a"],"size":[1],"dimension":` + marker + `[],"value":[1]}`, ErrNotJSONStat, "/dimension", []string{`"dimension" is an array: it should be an object`}},
		{"no id", marker + strings.Replace(cells(`"value":[1,2,3,4]`), `"id":["a","b"],`, "", 1), ErrNotJSONStat, "", []string{`has no "id"`}},
		{"id that is none", strings.Replace(cells(`"value":[1,2,3,4]`), `["a","b"]`, marker+`"a"`, 1), ErrNotJSONStat, "/id", []string{`"id" is the string "a"`}},
		{"id with a foreign thing", strings.Replace(cells(`"value":[1,2,3,4]`), `["a","b"]`, `["a",`+marker+`{}]`, 1), ErrNotJSONStat, "/id/1", []string{"is an object, not a string"}},
		{"id twice", strings.Replace(cells(`"value":[1,2,3,4]`), `["a","b"]`, `["a",`+marker+`"a"]`, 1), ErrNotJSONStat, "/id/1", []string{"occurs twice"}},
		{"id of no dimension", strings.Replace(cells(`"value":[1,2,3,4]`), `["a","b"]`, `["a",`+marker+`"c"]`, 1), ErrNotJSONStat, "/id/1", []string{`not among the dimensions: "a", "b"`}},
		{"dimension without category", strings.Replace(cells(`"value":[1,2,3,4]`), `{"category":{"index":["a1","a2"]}}`, marker+`{"label":"A"}`, 1), ErrNotJSONStat, "/dimension/a", []string{`has no "category"`}},
		{"dimension that is a string", strings.Replace(cells(`"value":[1,2,3,4]`), `{"category":{"index":["a1","a2"]}}`, marker+`"A"`, 1), ErrNotJSONStat, "/dimension/a", []string{"not an object"}},
		{"category that is none", strings.Replace(cells(`"value":[1,2,3,4]`), `{"index":["a1","a2"]}`, marker+`["a1","a2"]`, 1), ErrNotJSONStat, "/dimension/a/category", []string{"is an array, not an object"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, at := unmark(c.text)
			err := readAll(Options{}, text)
			wantError(t, err, c.kind, at, c.pointer, c.words...)
		})
	}
	t.Run("A45 longer, not cut on request", func(t *testing.T) {
		wantError(t, readAll(Options{Pad: true}, cells(`"value":[1,2,3,4,5]`)), ErrSize, place{}, "/value", "5 values")
	})
}

func TestQuirksHuge(t *testing.T) {
	var ids, dims []string
	size := strings.Repeat(",10", 10)[1:]
	for i := range 10 {
		id := strconv.Quote(string(rune('a' + i)))
		ids = append(ids, id)
		dims = append(dims, id+`:{"category":{"index":["0","1","2","3","4","5","6","7","8","9"]}}`)
	}
	head := `{"version":"2.0","class":"dataset","id":[` + strings.Join(ids, ",") + `],"size":[` + size + `],"dimension":{` + strings.Join(dims, ",") + `},`
	t.Run("A42 ten thousand million cells, three of them there", func(t *testing.T) {
		_, ds := parse(t, Options{Strict: true}, head+`"value":{"0":1,"5000000000":2,"9999999999":3},"status":{"5000000000":"e","7":"m"}}`)
		equal(t, "the number of cells", ds.Len(), int64(10_000_000_000))
		equal(t, "the row", row(t, ds), "0=1 7=null:m 5000000000=2:e 9999999999=3")
		cell, err := ds.At("a", "5", "b", "0", "c", "0", "d", "0", "e", "0", "f", "0", "g", "0", "h", "0", "i", "0", "j", "0")
		equal(t, "a cell", fmt.Sprintf("%+v %v", cell, err), "{Kind:1 Text:2 Status:e} <nil>")
		if cell, err = ds.AtPosition(123456789); err != nil || !cell.Missing() {
			t.Errorf("a cell that is not there: %+v, %v", cell, err)
		}
	})
	t.Run("A42 more cells than can be counted", func(t *testing.T) {
		text := `{"version":"2.0","class":"dataset","id":[`
		index := make([]string, 1000)
		for i := range index {
			index[i] = strconv.Quote(strconv.Itoa(i))
		}
		dims := make([]string, 7)
		for i := range dims {
			dims[i] = fmt.Sprintf(`"d%d":{"category":{"index":[%s]}}`, i, strings.Join(index, ","))
		}
		text += `"d0","d1","d2","d3","d4","d5","d6"],"size":▶[1000,1000,1000,1000,1000,1000,1000],"dimension":{` + strings.Join(dims, ",") + `},"value":{"0":1}}`
		text, at := unmark(text)
		wantError(t, readAll(Options{}, text), ErrSize, at, "/size", "CUBE_SIZE_OVERFLOW")
	})
}

func TestQuirksStatus(t *testing.T) {
	values := `"value":[1,null,3,null],`
	for _, q := range []quirk{
		{name: "A50 an object for missing cells", json: cells(values + `"status":{"1":":","3":".."}`), check: func(t *testing.T, doc *Document, ds *Dataset) {
			reads("0=1 1=null:: 2=3 3=null:..")(t, doc, ds)
			equal(t, "has status", ds.Cells().Info().HasStatus, true)
			equal(t, "the meaning", ds.SymbolText(":", "en"), "Confidential")
			equal(t, "the meaning", ds.SymbolText("..", "no"), "Tallgrunnlag mangler")
			equal(t, "no meaning", ds.SymbolText("b", "en"), "")
		}},
		{name: "A51 on values too", json: cells(values + `"status":{"0":"p","1":":"}`), check: func(t *testing.T, doc *Document, ds *Dataset) {
			reads("0=1:p 1=null:: 2=3 3=null")(t, doc, ds)
			cell, _ := ds.AtPosition(0)
			equal(t, "missing", cell.Missing(), false)
		}},
		{name: "A51 where a sparse value is not", json: cells(`"value":{"2":3},"status":{"0":"a","2":"b"}`), check: reads("0=null:a 2=3:b")},
		{name: "A52 a string for all", json: cells(values + `"status":"e"`), check: reads("0=1:e 1=null:e 2=3:e 3=null:e")},
		{name: "A52 a string for all of a sparse cube", json: cells(`"value":{"2":3},"status":"e"`), check: func(t *testing.T, doc *Document, ds *Dataset) {
			reads("2=3:e")(t, doc, ds)
			cell, _ := ds.AtPosition(0)
			equal(t, "the status of a cell that is not there", cell.Status, "e")
		}},
		{name: "A52 an array of one", json: cells(values + `"status":["e"]`), check: reads("0=1:e 1=null:e 2=3:e 3=null:e"), warns: []string{"status-one /status"}},
		{name: "A52 an array", json: cells(values + `"status":["a",null,"","d"]`), check: reads("0=1:a 1=null 2=3 3=null:d")},
		{name: "A52 an array that is too short", json: cells(values + `"status":` + marker + `["a","b"]`), check: reads("0=1:a 1=null:b 2=3 3=null"),
			warns: []string{"status-length /status"}, strict: true},
		{name: "A52 an array that is too long", json: cells(values + `"status":` + marker + `["a","b","c","d","e"]`), check: reads("0=1:a 1=null:b 2=3:c 3=null:d"),
			warns: []string{"status-length /status"}, strict: true},
		{name: "A52 an empty array", json: cells(values + `"status":` + marker + `[]`), check: reads("0=1 1=null 2=3 3=null"),
			warns: []string{"status-length /status"}, strict: true},
		{name: "A52 an empty object", json: cells(values + `"status":{}`), check: reads("0=1 1=null 2=3 3=null")},
		{name: "A52 null", json: cells(values + `"status":` + marker + `null`), check: reads("0=1 1=null 2=3 3=null"),
			warns: []string{"status-form /status"}, strict: true},
		{name: "A52 numbers", json: cells(values + `"status":` + marker + `{"0":1,"1":true,"2":"x"}`), check: reads("0=1:1 1=null:true 2=3:x 3=null"),
			warns: []string{"status-form /status ×2"}, strict: true},
		{name: "A52 a number for all", json: cells(values + `"status":` + marker + `7`), check: reads("0=1:7 1=null:7 2=3:7 3=null:7"),
			warns: []string{"status-form /status"}, strict: true},
		{name: "A44 keys of statuses out of range", json: cells(values + `"status":` + marker + `{"1":":","4":"x"}`), check: reads("0=1 1=null:: 2=3 3=null"),
			warns: []string{"status-key /status"}, strict: true},
		{name: "A44 keys of statuses that are no positions", json: cells(values + `"status":` + marker + `{"x":"x","1":":","-1":"y"}`), check: reads("0=1 1=null:: 2=3 3=null"),
			warns: []string{"status-key /status ×2"}, strict: true},
		{name: "A44 keys of statuses in any order, one twice", json: cells(values + `"status":` + marker + `{"3":"d","1":"b","3":"e"}`), check: reads("0=1 1=null:b 2=3 3=null:e"),
			warns: []string{"cell-repeated /status"}, strict: true},
		{name: "A53 one level too deep, an array", json: cells(values + `"status":{"value":` + marker + `[":","",null,"p"]}`), check: reads("0=1:: 1=null 2=3 3=null:p"),
			warns: []string{"status-form /status/value"}, strict: true},
		{name: "A53 one level too deep, an object", json: cells(values + `"status":{"value":` + marker + `{"3":"p"}}`), check: reads("0=1 1=null 2=3 3=null:p"),
			warns: []string{"status-form /status/value"}, strict: true},
		{name: "A54 several letters, meanings of the document", json: cells(values + `"status":{"0":"bep"},"extension":{"Status":{"label":{"e":"no"}},"status":{"label":{"b":"break","e":"estimated","p":"provisional",":":"not available"}}}`),
			check: func(t *testing.T, doc *Document, ds *Dataset) {
				reads("0=1:bep 1=null 2=3 3=null")(t, doc, ds)
				equal(t, "the meaning", ds.SymbolText("bep", "en"), "break; estimated; provisional")
				equal(t, "the meaning of the document", ds.SymbolText(":", "nb"), "not available")
				equal(t, "the standard meaning", ds.SymbolText("..", "en"), "Data not available")
			}},
		{name: "A50 statuses first, as PxWeb wrote in 1.2", json: `{"dataset":{"status":{"1":":"},"dimension":{"d":{"category":{"index":{"a":0,"b":1}}},"id":["d"],"size":[2]},"value":[1,null]}}`,
			check: reads("0=1 1=null::")},
	} {
		t.Run(q.name, q.run)
	}
}

func TestQuirksDates(t *testing.T) {
	at := func(s string) time.Time {
		when, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for text, want := range map[string]time.Time{
		"2025-11-06T07:00:00Z":      at("2025-11-06T07:00:00Z"),
		"2025-11-06T07:00:00.123Z":  at("2025-11-06T07:00:00.123Z"),
		"2024-02-01T23:00:00+0100":  at("2024-02-01T23:00:00+01:00"),
		"2024-02-01T23:00:00+01":    at("2024-02-01T23:00:00+01:00"),
		"2024-02-01T23:00:00+01:00": at("2024-02-01T23:00:00+01:00"),
		"2024-02-01T23:00+0100":     at("2024-02-01T23:00:00+01:00"),
		"2024-02-01T23:00:00":       at("2024-02-01T23:00:00Z"),
		"2024-02-01 23:00":          at("2024-02-01T23:00:00Z"),
		"17/10/2013 16:51:00":       at("2013-10-17T16:51:00Z"),
		"02.03.2013 08:00":          at("2013-03-02T08:00:00Z"),
		"20130302 08:00":            at("2013-03-02T08:00:00Z"),
		" 2013-03-02 ":              at("2013-03-02T00:00:00Z"),
		"2013":                      at("2013-01-01T00:00:00Z"),
	} {
		t.Run("A56 "+text, func(t *testing.T) {
			_, ds := parse(t, Options{Strict: true}, cells(`"updated":"`+text+`","value":[1,2,3,4]`))
			equal(t, "the text", ds.Updated(), text)
			if got, err := ds.UpdatedTime(); err != nil || !got.Equal(want) {
				t.Errorf("the time is %v, %v, want %v", got, err, want)
			}
		})
	}
	t.Run("A56 no date", func(t *testing.T) {
		for text, words := range map[string]string{"": "does not say when", "last week": `"last week", which is not a known form`, "13/13/2013": "not a known form"} {
			_, ds := parse(t, Options{}, cells(`"updated":"`+text+`","value":[1,2,3,4]`))
			if _, err := ds.UpdatedTime(); err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
	t.Run("A58 period codes are left as they are", func(t *testing.T) {
		_, ds := parse(t, Options{Strict: true}, oneDim(`"index":{"2018M03":0,"2024K1":1,"2025-W03":2}`, 3))
		equal(t, "the codes", ids(ds.Dimension("d")), "2018M03 2024K1 2025-W03")
	})
}

// TestQuirksStream reads documents once and forward, as commands do in a pipe.
func TestQuirksStream(t *testing.T) {
	stream := Options{Stream: true}
	for name, c := range map[string]struct {
		text string
		opts Options
		once bool
		row  string
	}{
		"values last":              {cells(`"label":"x","value":[1,2,null,4]`), stream, true, "0=1 1=2 2=null 3=4"},
		"bundle":                   {oldInBundle, stream, true, "0=1 1=2"},
		"status behind, not asked": {cells(`"value":[1,2,null,4],"status":["a","b","c","d"]`), stream, true, "0=1 1=2 2=null 3=4"},
		"status behind, asked":     {cells(`"value":[1,2,null,4],"status":["a","b","c","d"]`), Options{Stream: true, Need: NeedStatus}, false, "0=1:a 1=2:b 2=null:c 3=4:d"},
		"status in front, asked":   {cells(`"status":["a","b","c","d"],"value":[1,2,null,4]`), Options{Stream: true, Need: NeedStatus}, true, "0=1:a 1=2:b 2=null:c 3=4:d"},
		"all of the head asked":    {cells(`"value":[1,2,null,4]`), Options{Stream: true, Need: NeedHead}, false, "0=1 1=2 2=null 3=4"},
		"head behind":              {`{"value":[1,2],"size":[2],"id":["d"],"class":"dataset","version":"2.0","dimension":{"d":{"category":{"index":["a","b"]}}}}`, stream, false, "0=1 1=2"},
		"sizes that do not agree":  {strings.Replace(cells(`"value":[1,2,null,4]`), "[2,2]", "[2]", 1), stream, false, "0=1 1=2 2=null 3=4"},
		"sparse":                   {cells(`"value":{"2":3}`), stream, false, "2=3"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := c.opts.Read(struct{ io.Reader }{strings.NewReader(c.text)})
			if err != nil {
				t.Fatal(err)
			}
			defer doc.Close()
			ds, err := doc.Dataset(0)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "once", ds.Cells().Info().Once, c.once)
			equal(t, "the row", row(t, ds), c.row)
		})
	}
	for name, c := range map[string]struct{ text, words string }{
		"too few values":  {cells(`"value":[1,2]`), "2 values for 4 cells"},
		"too many values": {cells(`"value":[1,2,3,4,5]`), "VALUE_LEN_MISMATCH"},
		"cut off":         {strings.TrimSuffix(cells(`"value":[1,2,3,4],"x":1`), "}"), "cut off"},
		"head twice":      {cells(`"value":[1,2,3,4],"size":[1]`), `"size" occurs twice`},
		"not JSON":        {cells(`"value":[1,2,3,x]`), "unexpected character x"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := stream.Read(strings.NewReader(c.text))
			if err != nil {
				t.Fatal(err)
			}
			defer doc.Close()
			ds, err := doc.Dataset(0)
			if err != nil {
				t.Fatal(err)
			}
			for _, rerr := range ds.Observations() {
				err = rerr
			}
			if err == nil || !strings.Contains(err.Error(), c.words) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}
