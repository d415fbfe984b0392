package convert_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func TestReadJSON(t *testing.T) {
	// The same cube in each form, as canonical JSON-stat.
	const dims = `"id":["port","year"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["N1","S2"]}},"year":{"label":"year","category":{"index":["2023","2024"]}}}`
	const cube = `{"version":"2.0","class":"dataset",` + dims + `,"value":[120,null,12.50,"few"],"status":{"1":"x"}}`
	for _, tt := range []struct {
		name, text string
		o          *convert.TableOptions
		want       string
	}{
		{"objects", `[{"port":"N1","year":"2023","value":120},{"port":"N1","year":"2024","value":null,"status":"x"},{"value":12.50,"port":"S2","year":"2023","status":null},{"port":"S2","year":"2024","value":"few"}]`, nil, cube},
		{"NDJSON", `{"port":"N1","year":"2023","value":120,"status":""}
{"port":"N1","year":"2024","value":null,"status":"x"}
{"port":"S2","year":"2023","value":12.50}
{"port":"S2","year":"2024","value":"few"}
`, nil, cube},
		{"arrays", `[["port","year","Status","Value"],["N1","2023",null,120],["N1","2024","x",null],["S2","2023",null,12.50],["S2","2024",null,"few"]]`, nil, cube},
		{"columns", `{"value":[120,null,12.50,"few"],"status":[null,"x",null,null],"year":["2023","2024","2023","2024"],"port":["N1","N1","S2","S2"]}`, nil,
			`{"version":"2.0","class":"dataset","id":["year","port"],"size":[2,2],"dimension":{"year":{"label":"year","category":{"index":["2023","2024"]}},"port":{"label":"port","category":{"index":["N1","S2"]}}},"value":[120,12.50,null,"few"],"status":{"2":"x"}}`},
		{"a DataTable", `{"cols":[{"id":"port","label":"Port","type":"string"},{"id":"value","label":"Value","type":"number"}],"rows":[{"c":[{"v":"N1"},{"v":1}]},{"c":[{"v":"S2"},{"v":2,"f":"two"}]},{"c":[{"v":"W3"},null]}]}`, nil,
			`{"version":"2.0","class":"dataset","id":["port"],"size":[3],"dimension":{"port":{"label":"Port","category":{"index":["N1","S2","W3"]}}},"value":[1,2,null]}`},
		{"a description in front", `{"meta":{"label":"x","drop":null},"data":[{"value":1,"port":"N1"}]}`, nil,
			`{"version":"2.0","class":"dataset","id":["port"],"size":[1],"dimension":{"port":{"label":"port","category":{"index":["N1"]}}},"value":[1]}`},
		{"rows in any order and fewer", `[{"port":"N1","year":"2024","value":2},{"port":"S2","year":"2023","value":3},{"port":"S2","year":"2024","value":4}]`, nil,
			`{"version":"2.0","class":"dataset","id":["port","year"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["N1","S2"]}},"year":{"label":"year","category":{"index":["2024","2023"]}}},"value":[2,null,4,3]}`},
		{"equal names", `[["port","port","value"],["N1","N2",1]]`, nil,
			`{"version":"2.0","class":"dataset","id":["port (1)","port (2)"],"size":[1,1],"dimension":{"port (1)":{"label":"port (1)","category":{"index":["N1"]}},"port (2)":{"label":"port (2)","category":{"index":["N2"]}}},"value":[1]}`},
		{"columns left out, others named", `[{"port":"N1","unit":{"decimals":1},"n":5,"flag":"p","note":"x"}]`,
			&convert.TableOptions{Values: []string{"n"}, Status: "flag", Ignore: []string{"unit", "note"}, Label: "Catch", Roles: map[string]jsonstat.Role{"port": jsonstat.Geo}},
			`{"version":"2.0","class":"dataset","label":"Catch","role":{"geo":["port"]},"id":["port"],"size":[1],"dimension":{"port":{"label":"port","category":{"index":["N1"]}}},"value":[5],"status":{"0":"p"}}`},
		{"numbers as categories", `[{"year":2023,"value":1},{"year":2024,"value":-0.0}]`, nil,
			`{"version":"2.0","class":"dataset","id":["year"],"size":[2],"dimension":{"year":{"label":"year","category":{"index":["2023","2024"]}}},"value":[1,-0.0]}`},
		{"escapes and digits", "\ufeff " + `[ { "a\u0062" : "\"\u00e5\n", "value" : 12345678901234567890.50 , "x": true} ]`, nil,
			`{"version":"2.0","class":"dataset","id":["ab","x"],"size":[1,1],"dimension":{"ab":{"label":"ab","category":{"index":["\"å\n"]}},"x":{"label":"x","category":{"index":["true"]}}},"value":[12345678901234567890.50]}`},
		{"the last column", `[["port","n"],["N1",1]]`, nil, `{"version":"2.0","class":"dataset","id":["port"],"size":[1],"dimension":{"port":{"label":"port","category":{"index":["N1"]}}},"value":[1]}`},
		{"described", `[{"port":"N1","value":1}]`, &convert.TableOptions{Description: []byte(`{"dimension":{"port":{"label":"Harbour","category":{"label":{"N1":"North"}}}}}`)},
			`{"version":"2.0","class":"dataset","id":["port"],"size":[1],"dimension":{"port":{"label":"Harbour","category":{"index":["N1"],"label":{"N1":"North"}}}},"value":[1]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(tt.text), io.MultiReader(strings.NewReader(tt.text))} {
				ds, err := convert.ReadJSON(r, tt.o)
				require.NoError(t, err)
				var b bytes.Buffer
				require.NoError(t, ds.Write(&b, nil))
				require.Equal(t, tt.want, b.String())
			}
		})
	}
}

func TestReadJSONRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		o          *convert.TableOptions
		says       string
	}{
		{"nothing", " ", nil, "the table is empty"},
		{"an empty array", "[]", nil, "neither a row"},
		{"no table", `"text"`, nil, `begins with '"'`},
		{"an array of numbers", `[1,2]`, nil, "neither a row"},
		{"a header alone", `[["port","value"]]`, nil, "no rows"},
		{"cut off", `[{"port":"N1","value":1},{"port":`, nil, "cut off"},
		{"garbage", `[{"port":"N1","value":1},{"port":}]`, nil, "unexpected character }"},
		{"NaN", `[{"port":"N1","value":NaN}]`, nil, "NaN"},
		{"no value", `[{"port":"N1","n":"x"}]`, nil, `there is no column of figures: the last one, n, holds "x"`},
		{"value that is not there", `[{"port":"N1","n":1}]`, &convert.TableOptions{Values: []string{"m"}}, `there is no column "m"`},
		{"an object as a value", `[{"port":"N1","value":1},{"port":"S2","value":{}}]`, nil, `value of type object or array`},
		{"a category that is not there", `[{"port":"N1","value":1},{"value":1}]`, nil, `row 2: dimension "port" has no category: the cell is empty`},
		{"a category that is null", `[{"port":null,"value":1}]`, nil, `row 1: dimension "port" has no category: the cell is empty`},
		{"a cell twice", `[{"port":"N1","value":1},{"port":"N1","value":2}]`, nil, "row 2: the categories N1 have a row already, in row 1"},
		{"ragged", `[["port","value"],["N1",1],["S2"]]`, nil, "row 2: the row has 1 columns, the header has 2"},
		{"columns of other lengths", `{"value":[1,2],"port":["N1"]}`, nil, "row 2: the columns are not equally long"},
		{"nothing to leave out", `[{"port":"N1","value":1}]`, &convert.TableOptions{Ignore: []string{"unit"}}, `there is no column "unit": the columns are port, value`},
		{"not UTF-8", "[{\"port\":\"\xe5\",\"value\":1}]", nil, "not UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := convert.ReadJSON(strings.NewReader(tt.text), tt.o)
			require.ErrorContains(t, err, tt.says)
		})
	}
}

// TestRoundTripJSON: what the writers write comes back with each value and status
// in its place.
func TestRoundTripJSON(t *testing.T) {
	writers := map[string]func(io.Writer, *jsonstat.Dataset, *convert.JSONOptions) error{
		"array": convert.WriteArray, "arrobj": convert.WriteArrObj, "objarr": convert.WriteObjArr, "object": convert.WriteObject, "NDJSON": convert.WriteNDJSON,
	}
	for _, shape := range shapes.Cubes() {
		doc, err := jsonstat.Parse([]byte(shape.JSON))
		require.NoError(t, err)
		ds, err := doc.Dataset(0)
		require.NoError(t, err)
		if !ds.HasCells() || ds.Len() == 0 || ds.Len() > 1<<14 || len(ds.Dimensions()) == 0 {
			continue
		}
		for name, write := range writers {
			t.Run(shape.Name+" "+name, func(t *testing.T) {
				for _, d := range ds.Dimensions() { // a name that another column has is changed on the way out
					if id := strings.ToLower(d.ID()); id == "value" || id == "status" || id == "unit" {
						t.Skip("a dimension is called like another column")
					}
				}
				var b bytes.Buffer
				require.NoError(t, write(&b, ds, &convert.JSONOptions{Status: true, Table: convert.Table{Field: convert.ID, Content: convert.ID}}))
				again, err := convert.ReadJSON(bytes.NewReader(b.Bytes()), &convert.TableOptions{Head: ds})
				require.NoError(t, err, "%.500s", b.String())
				require.Equal(t, modelOfTable(t, ds), modelOfTable(t, again), "%.500s", b.String())
			})
		}
	}
}

// modelOfTable lists what the cells say, by position.
func modelOfTable(t *testing.T, ds *jsonstat.Dataset) map[int64]jsonstat.Cell {
	t.Helper()
	cells := map[int64]jsonstat.Cell{}
	for obs, err := range ds.Observations() {
		require.NoError(t, err)
		if c := obs.Cell(); !c.Missing() || c.Status != "" {
			if c.Kind == jsonstat.NumberRaw {
				c.Kind = jsonstat.Number
			}
			cells[obs.Position()] = c
		}
	}
	return cells
}

func FuzzReadJSON(f *testing.F) {
	for _, shape := range shapes.Cubes() {
		doc, err := jsonstat.Parse([]byte(shape.JSON))
		require.NoError(f, err)
		ds, err := doc.Dataset(0)
		require.NoError(f, err)
		if ds.Len() > 1000 {
			continue
		}
		for _, write := range []func(io.Writer, *jsonstat.Dataset, *convert.JSONOptions) error{convert.WriteArray, convert.WriteArrObj, convert.WriteObjArr, convert.WriteObject, convert.WriteNDJSON} {
			var b bytes.Buffer
			require.NoError(f, write(&b, ds, &convert.JSONOptions{Status: true}))
			f.Add(b.Bytes())
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		ds, err := convert.ReadJSON(bytes.NewReader(text), nil)
		if err != nil || ds.Len() > 1<<16 {
			return
		}
		var b bytes.Buffer
		require.NoError(t, convert.WriteArrObj(&b, ds, &convert.JSONOptions{Status: true}))
		again, err := convert.ReadJSON(&b, &convert.TableOptions{Head: ds})
		if errors.Is(err, jsonstat.ErrUnknown) {
			return // a dimension called value or status changes its name
		}
		require.NoError(t, err, "%s", b.String())
		require.Equal(t, modelOfTable(t, ds), modelOfTable(t, again), "%s", b.String())
	})
}
