package convert_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
)

// TestReadJSONForms has JSON tables of each form with what is left out, odd or
// wrong in it: the cube or the error, and the warnings.
func TestReadJSONForms(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		o          convert.TableOptions
		want       string
	}{
		{"a DataTable without ids and labels", `{"cols":[{"type":"string"},{"label":"What"},{"id":"n"}],"rows":[{"c":[{"v":"N1"},{"v":"kg"},{"v":1}]}]}`, convert.TableOptions{}, `"id":["column 1","column 2"],"size":[1,1],"dimension":{"column 1":{"label":"column 1","category":{"index":["N1"]}},"column 2":{"label":"What","category":{"index":["kg"]}}},"value":[1]}`},
		{"a DataTable with a column left out", `{"cols":[{"id":"a","label":"A"},{"id":"x","label":"X"},{"id":"b","label":"B"},{"id":"n"}],"rows":[{"p":1,"c":[{"v":"1"},{"v":[]},{"f":"two","v":"2"},{"v":3,"f":"3"}]}]}`, convert.TableOptions{Ignore: []string{"x"}}, `"id":["a","b"],"size":[1,1],"dimension":{"a":{"label":"A","category":{"index":["1"]}},"b":{"label":"B","category":{"index":["2"]}}},"value":[3]}`},
		{"a DataTable with a short row", `{"cols":[{"id":"a"},{"id":"n"}],"rows":[{"c":[{"v":"N1"},{"v":1}]},{"c":[{"v":"N1"}]}]}`, convert.TableOptions{}, `error: row 2: the row has 1 columns, the header has 2`},
		{"a DataTable with a long row", `{"cols":[{"id":"a"},{"id":"n"}],"rows":[{"c":[{"v":"N1"},{"v":1},{"v":1}]}]}`, convert.TableOptions{}, `error: row 1: the row has 3 columns, the header has 2`},
		{"a DataTable with a cell of its own", `{"cols":[{"id":"a"},{"id":"n"}],"rows":[{"c":["N1",1]}]}`, convert.TableOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["N1"]}}},"value":[1]}`},
		{"a DataTable with a status", `{"rows":[{"c":[{"v":"N1"},{"v":"p"},{"v":1}]}],"cols":[{"id":"a"},{"id":"STATUS"},{"id":"Value"}]}`, convert.TableOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["N1"]}}},"value":[1],"status":{"0":"p"}}`},
		{"a DataTable without rows", `{"cols":[{"id":"a"},{"id":"n"}],"rows":[]}`, convert.TableOptions{}, `error: the table has a header but no rows`},
		{"columns that are no list", `{"cols":{},"rows":[]}`, convert.TableOptions{}, `error: a column holds neither values nor categories: cols of type object or array, rows of type object or array`},

		{"arrays with a column left out", `[["x","a","n"],[{},"N1",1],[[],"S2",2]]`, convert.TableOptions{Ignore: []string{"x"}}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["N1","S2"]}}},"value":[1,2]}`},
		{"arrays, the value by name", `[["n","a"],[1,"N1"]]`, convert.TableOptions{Values: []string{"n"}}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["N1"]}}},"value":[1]}`},
		{"arrays with value twice", `[["value","a","Value"],["N1","x",1]]`, convert.TableOptions{}, `"id":["value","a"],"size":[1,1],"dimension":{"value":{"label":"value","category":{"index":["N1"]}},"a":{"label":"a","category":{"index":["x"]}}},"value":[1]}`},
		{"arrays with a long row", `[["a","n"],["N1",1,2]]`, convert.TableOptions{}, `error: row 1: the row has 3 columns, the header has 2`},
		{"arrays one behind the other", "[\"a\",\"n\"]\n[\"N1\",1]\n", convert.TableOptions{}, `error: the first item of the array is neither a row, which is an array or an object, nor a header`},
		{"an empty row", `[["a","n"],[]]`, convert.TableOptions{}, `error: row 1: the row has 0 columns, the header has 2`},

		{"objects with a member left out", `[{"x":{},"a":"N1","value":1},{"a":"S2","x":[1],"value":2}]`, convert.TableOptions{Ignore: []string{"x"}}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["N1","S2"]}}},"value":[1,2]}`},
		{"a status that is null or empty", `[{"a":"N1","value":1,"status":null},{"a":"S2","value":2,"status":""},{"a":"W3","value":3,"status":"e"}]`, convert.TableOptions{}, `"id":["a"],"size":[3],"dimension":{"a":{"label":"a","category":{"index":["N1","S2","W3"]}}},"value":[1,2,3],"status":{"2":"e"}}`},
		{"a status that is a number", `[{"a":"N1","value":1,"status":7}]`, convert.TableOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["N1"]}}},"value":[1],"status":{"0":"7"}}`},
		{"values of every kind", `[{"a":1,"value":true},{"a":2,"value":"1.5"},{"a":3,"value":""},{"a":4,"value":-0.50e1},{"a":5}]`, convert.TableOptions{}, `"id":["a"],"size":[5],"dimension":{"a":{"label":"a","category":{"index":["1","2","3","4","5"]}}},"value":[true,"1.5","",-0.50e1,null]}`},
		{"an object alone", `{"a":"N1","value":1}`, convert.TableOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["N1"]}}},"value":[1]}`},
		{"objects in lines and something else", "{\"a\":\"N1\",\"value\":1}\n7\n", convert.TableOptions{}, `error: unexpected character 7, expected an object (byte 21)`},
		{"objects in lines with commas", "{\"a\":\"N1\",\"value\":1},\n{\"a\":\"S2\",\"value\":1}\n", convert.TableOptions{}, `error: unexpected character ,, expected an object (byte 20)`},
		{"an object and an array", `[{"a":"N1","value":1},["S2",2]]`, convert.TableOptions{}, `error: unexpected character [, expected an object (byte 22)`},

		{"columns with one left out", `{"x":[{},[]],"a":["N1","S2"],"value":[1,2]}`, convert.TableOptions{Ignore: []string{"x"}}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["N1","S2"]}}},"value":[1,2]}`},
		{"columns without rows", `{"a":[],"value":[]}`, convert.TableOptions{}, `error: the table has a header but no rows`},
		{"the last column ends early", `{"a":["N1","S2"],"value":[1]}`, convert.TableOptions{}, `error: row 2: the columns are not equally long: some end before this row`},
		{"described columns", `{"data":{"a":["N1"],"value":[1]},"meta":{}}`, convert.TableOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["N1"]}}},"value":[1]}`},
		{"meta without data", `{"meta":{},"value":1}`, convert.TableOptions{}, `error: a column holds neither values nor categories: meta of type object or array`},
		{"a description that is none", `[{"a":"N1","value":1}]`, convert.TableOptions{Description: []byte(`[]`)}, `error: the description cannot be used: it is no JSON object of label, source, role, dimension and so on`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var warnings strings.Builder
			tt.o.Warn = func(message string) { warnings.WriteString("\nwarning: " + message) }
			ds, err := convert.ReadJSON(io.MultiReader(strings.NewReader(tt.text)), &tt.o)
			got := ""
			if err != nil {
				got = "error: " + err.Error()
			} else {
				got = written(t, ds)
			}
			got += warnings.String()
			require.Equal(t, tt.want, got)
		})
	}
}

// fewPlaces is a cube whose numbers have units of no, one, 30 and 31 places.
const fewPlaces = `{"version":"2.0","class":"dataset","id":["m","a"],"size":[5,2],"extension":{"px":{"decimals":2}},"dimension":{
"m":{"category":{"index":["none","zero","one","30","31"],"label":{"none":"none","zero":"zero","one":"one","30":"thirty","31":"too many"},
"unit":{"zero":{"decimals":0},"one":{"decimals":1},"30":{"decimals":30},"31":{"decimals":31}}}},
"a":{"category":{"index":["x","y"]}}},"value":[1,1.25,2,2.5,3,3.25,4,4e-7,5,"text"]}`

// TestUnitDecimals holds how many places numbers have in a long table and in
// pivots, where the unit is that of the row or of the column.
func TestUnitDecimals(t *testing.T) {
	const zeros = "00000000000000000000000000000" // 29
	for _, tt := range []struct {
		name string
		by   []string
		want string
	}{
		{"long", nil, "m,a,Value\nnone,x,1.00\nnone,y,1.25\nzero,x,2\nzero,y,2.5\none,x,3.0\none,y,3.25\nthirty,x,4.0" + zeros + "\nthirty,y,4e-7\ntoo many,x,5\ntoo many,y,text\n"},
		{"by the units", []string{"m"}, "a,none,zero,one,thirty,too many\nx,1.00,2,3.0,4.0" + zeros + ",5\ny,1.25,2.5,3.25,4e-7,text\n"},
		{"by the others", []string{"a"}, "m,x,y\nnone,1.00,1.25\nzero,2,2.5\none,3.0,3.25\nthirty,4.0" + zeros + ",4e-7\ntoo many,5,text\n"},
		{"by both", []string{"a", "m"}, "x none,x zero,x one,x thirty,x too many,y none,y zero,y one,y thirty,y too many\n1.00,2,3.0,4.0" + zeros + ",5,1.25,2.5,3.25,4e-7,text\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, toCSV(t, dataset(t, fewPlaces), &convert.CSVOptions{Table: table{UnitDecimals: true, By: tt.by}}))
		})
	}
}

// TestTableWarnings holds what is told of options without effect.
func TestTableWarnings(t *testing.T) {
	for _, tt := range []struct {
		name     string
		form     string
		by, drop []string
		want     string
	}{
		{"to drop in a long table", "ArrObj", nil, []string{"year"}, "dropping dimensions has no effect without a dimension to pivot by"},
		{"to drop what the table is pivoted by", "ArrObj", []string{"year"}, []string{"year"}, `dimension "year" cannot be dropped: the table is pivoted by it`},
		{"to drop a dimension of two categories", "Array", []string{"what"}, []string{"port", "year"}, `dimension "port" is not dropped: it has 2 categories, not one`},
		{"to pivot a DataTable", "Object", []string{"what"}, []string{"year"}, "a DataTable is not pivoted"},
		{"nothing", "Array", []string{"what"}, []string{"year"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var warnings []string
			o := &jsonOptions{Table: table{By: tt.by, Drop: tt.drop, Warn: func(message string) { warnings = append(warnings, message) }}}
			var told, untold strings.Builder
			require.NoError(t, jsonWriters[tt.form](&told, dataset(t, landings), o))
			require.Equal(t, tt.want, strings.Join(warnings, "\n"))
			o.Warn = nil
			require.NoError(t, jsonWriters[tt.form](&untold, dataset(t, landings), o))
			require.Equal(t, told.String(), untold.String())
		})
	}
}
