package parquetconv_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Every cube comes back from a table, whatever the table looks like.
func TestRoundTrip(t *testing.T) {
	variants := []struct {
		name string
		o    parquetconv.Options
	}{
		{"default", parquetconv.Options{}},
		{"ids", parquetconv.Options{Content: convert.ID, Compression: parquetconv.Snappy}},
		{"label names", parquetconv.Options{Field: convert.Label, Content: convert.Both}},
		{"columns", parquetconv.Options{Content: convert.Columns, Compression: parquetconv.Gzip}},
		{"dates", parquetconv.Options{Dates: true, Field: convert.Both}},
		{"dates and labels", parquetconv.Options{Dates: true, Content: convert.Columns, Compression: parquetconv.None}},
		{"auto", parquetconv.Options{Type: parquetconv.Auto, Content: convert.ID}},
		{"utf8", parquetconv.Options{Type: parquetconv.UTF8}},
		{"non-missing", parquetconv.Options{Keep: convert.NonMissing, Content: convert.ID}},
		{"non-empty", parquetconv.Options{Keep: convert.NonEmpty}},
	}
	cubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
		for _, v := range variants {
			t.Run(v.name, func(t *testing.T) {
				roundTrip(t, ds, v.o)
			})
		}
	})
}

func roundTrip(t *testing.T, ds *jsonstat.Dataset, o parquetconv.Options) {
	t.Helper()
	o.Warn = func(string) {}
	const many = 1 << 16
	if ds.Len() > many && o.Keep == convert.All {
		o.Keep = convert.NonEmpty
	}
	table := tableOf(t, ds, &o)
	got := readBack(t, table, nil)
	if o.Keep == convert.All || (o.Keep == convert.NonEmpty && got.HasCells()) {
		same(t, ds, got)
		return
	}
	want, have := contents(t, ds), contents(t, got)
	for pos, cell := range want {
		missing := len(cell) > 8 && cell[:8] == "missing "
		if _, ok := have[pos]; !missing && !ok {
			t.Errorf("cell %d is gone: %s", pos, cell)
		} else if ok && have[pos] != cell {
			t.Errorf("cell %d is %s, want %s", pos, have[pos], cell)
		}
	}
	if a, b := fmt.Sprint(head(t, ds)), fmt.Sprint(head(t, got)); a != b {
		t.Errorf("the head is %s, want %s", b, a)
	}
}

// tableOf writes a table: one of texts if the values have more digits than the type
// can hold.
func tableOf(t *testing.T, ds *jsonstat.Dataset, o *parquetconv.Options) []byte {
	rounded := false
	o.Warn = func(string) { rounded = true }
	var value *parquetconv.ValueError
	table, err := tryTable(ds, o)
	if errors.As(err, &value) || (err == nil && rounded && o.Type != parquetconv.UTF8) {
		o.Type = parquetconv.UTF8
		table, err = tryTable(ds, o)
	}
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// Texts beside other values come back, whatever they look like.
func TestTextsComeBack(t *testing.T) {
	const head = `{"version":"2.0","class":"dataset","id":["d"],"size":[4],"dimension":{"d":{"category":{"index":["a","b","c","e"]}}},"value":`
	for _, values := range []string{
		`[1.5,".","0.2",null]`, `["true",true,"",1]`, `["null","2",null,2]`, `["\"x\"","\"","2",2]`, `["\"x\"","null","",2]`, `["\"x\"","null","true",null]`,
		`["-","-0","1e5",1e5]`, `["1."," 1","NaN",1]`, `["\"1\"","\\\"1","1",1]`, `["a\u0062\n","\u0031","é",1]`, `[false,"false","0",null]`,
	} {
		doc, err := jsonstat.Parse([]byte(head + values + "}"))
		if err != nil {
			t.Fatal(err)
		}
		ds, err := doc.Dataset(0)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(values, func(t *testing.T) {
			table, err := tryTable(ds, &parquetconv.Options{Warn: func(string) {}})
			if err != nil {
				t.Fatal(err)
			}
			same(t, ds, readBack(t, table, nil))
		})
	}
}
