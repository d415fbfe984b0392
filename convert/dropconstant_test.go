package convert_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestDropConstantCSV: a table without constant dimensions is the table without their
// columns.
func TestDropConstantCSV(t *testing.T) {
	var texts []string
	for _, s := range shapes.Cubes() {
		texts = append(texts, s.JSON)
	}
	for seed := range uint64(100) {
		texts = append(texts, string(shapes.Random(seed)))
	}
	met := 0
	for _, document := range texts {
		ds := dataset(t, document)
		if len(document) > 100_000 || ds.Len() > 1<<16 {
			continue
		}
		for _, pivot := range []bool{false, true} {
			for _, content := range []convert.Show{convert.ID, convert.Columns} {
				o := &convert.CSVOptions{Table: table{Field: convert.ID, Content: content}, Status: true, NA: text("-")}
				if n := len(ds.Dimensions()); pivot && n > 0 {
					o.By = []string{ds.Dimensions()[n-1].ID()}
				} else if pivot {
					continue
				}
				var gone []bool // by column
				for _, d := range ds.Dimensions() {
					if slices.Contains(o.By, d.ID()) {
						continue
					}
					gone = append(gone, d.Len() == 1)
					if content == convert.Columns {
						gone = append(gone, d.Len() == 1)
					}
				}
				want := records(t, toCSV(t, ds, o), ',')
				for i, row := range want {
					if len(row) < len(gone) {
						t.Fatalf("row %q of a table of %d columns", row, len(gone))
					}
					var kept []string
					for k, field := range row {
						if k >= len(gone) || !gone[k] {
							kept = append(kept, field)
						}
					}
					want[i] = kept
				}
				if slices.Contains(gone, true) {
					met++
				}
				o.DropConstant = true
				got := records(t, toCSV(t, ds, o), ',')
				if len(want) > 0 && len(got) > 0 {
					want[0], got[0] = nil, nil // names that were alike are not any more
				}
				require.Equal(t, want, got, "%.500s", document)
			}
		}
	}
	require.Greater(t, met, 50)
}

func TestDropConstant(t *testing.T) {
	for _, tt := range []struct {
		name, form string
		o          *jsonOptions
		want       string
	}{
		{"rows of arrays", "Array", &jsonOptions{}, `[["Port","Catch","Value"],["North","Weight",120],["North","Share",-12.50],["South","Weight",null],["South","Share","few, 1.5"]]`},
		{"objects with a unit", "ArrObj", &jsonOptions{Unit: true},
			`[{"value":120,"what":"Weight","port":"North"},{"value":-12.50,"what":"Share","unit":{"decimals":1,"symbol":"%"},"port":"North"},{"value":null,"what":"Weight","port":"South"},{"value":"few, 1.5","what":"Share","unit":{"decimals":1,"symbol":"%"},"port":"South"}]`},
		{"columns", "ObjArr", &jsonOptions{}, `{"value":[120,-12.50,null,"few, 1.5"],"what":["Weight","Share","Weight","Share"],"port":["North","North","South","South"]}`},
		{"columns of the rows that are kept", "ObjArr", &jsonOptions{Table: table{Keep: convert.NonMissing}}, `{"value":[120,-12.50,"few, 1.5"],"what":["Weight","Share","Share"],"port":["North","North","South"]}`},
		{"a pivot", "NDJSON", &jsonOptions{Table: table{By: []string{"what"}}}, `{"port":"North","kg":120,"pc":-12.50}` + "\n" + `{"port":"South","kg":null,"pc":"few, 1.5"}` + "\n"},
		{"a pivot by a constant dimension", "NDJSON", &jsonOptions{Table: table{By: []string{"year"}, Keep: convert.NonMissing}},
			`{"port":"North","what":"Weight","2024":120}` + "\n" + `{"port":"North","what":"Share","2024":-12.50}` + "\n" + `{"port":"South","what":"Share","2024":"few, 1.5"}` + "\n"},
		{"a DataTable", "Object", &jsonOptions{Table: table{Keep: convert.NonMissing, Content: convert.ID}},
			`{"cols":[{"id":"port","label":"Port","type":"string"},{"id":"what","label":"Catch","type":"string"},{"id":"value","label":"Value","type":"number"}],"rows":[{"c":[{"v":"N1"},{"v":"kg"},{"v":120}]},{"c":[{"v":"N1"},{"v":"pc"},{"v":-12.50}]},{"c":[{"v":"S2"},{"v":"pc"},{"v":"few, 1.5"}]}]}`},
	} {
		t.Run(tt.form+" "+tt.name, func(t *testing.T) {
			tt.o.DropConstant = true
			for how, ds := range map[string]*jsonstat.Dataset{"in memory": dataset(t, landings), "from a pipe": streamed(t, landings, tt.o.Need()|jsonstat.NeedOrder)} {
				var b strings.Builder
				require.NoError(t, jsonWriters[tt.form](&b, ds, tt.o))
				require.Equal(t, tt.want, b.String(), how)
			}
		})
	}
}

// TestDropConstantUnit: the unit of a dimension that has no column stays with the values.
func TestDropConstantUnit(t *testing.T) {
	const weights = `{"version":"2.0","class":"dataset","id":["a","what","b"],"size":[2,1,1],"role":{"metric":["what"]},"dimension":{
		"a":{"category":{"index":["x","y"]}},"b":{"category":{"index":["z"]}},
		"what":{"category":{"index":["kg"],"unit":{"kg":{"decimals":0,"label":"kilograms"}}}}},"value":[1,null]}`
	for form, want := range map[string]string{
		"ArrObj": `[{"value":1,"unit":{"decimals":0,"label":"kilograms"},"a":"x"},{"value":null,"unit":{"decimals":0,"label":"kilograms"},"a":"y"}]`,
		"ObjArr": `{"value":[1,null],"unit":[{"decimals":0,"label":"kilograms"},{"decimals":0,"label":"kilograms"}],"a":["x","y"]}`,
	} {
		for _, keep := range []convert.Keep{convert.All, convert.NonEmpty} {
			var b strings.Builder
			require.NoError(t, jsonWriters[form](&b, dataset(t, weights), &jsonOptions{Unit: true, Table: table{DropConstant: true, Keep: keep}}))
			if keep == convert.All {
				require.Equal(t, want, b.String())
			} else {
				require.NotContains(t, b.String(), "null")
				require.Contains(t, b.String(), "kilograms")
			}
		}
	}
	// One value alone, and the description that says what is left out.
	var b strings.Builder
	const one = `{"version":"2.0","class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[7]}`
	require.NoError(t, convert.WriteArrObj(&b, dataset(t, one), &jsonOptions{Meta: true, Table: table{DropConstant: true}}))
	require.Contains(t, b.String(), `"drop":["a"]`)
	require.Contains(t, b.String(), `"data":[{"value":7}]`)
	require.Equal(t, "Value\n7\n", toCSV(t, dataset(t, one), &convert.CSVOptions{Table: table{DropConstant: true}}))
}
