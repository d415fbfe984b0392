package convert_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// landings is an invented cube of each kind of value, with a dimension of one
// category without a label, units of which one category has none, and a role.
const landings = `{"version":"2.0","class":"dataset","label":"Landings","source":"Invented Office",
"id":["port","year","what"],"size":[2,1,2],"role":{"time":["year"],"metric":["what"]},
"dimension":{"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North","S2":"South"}}},
"year":{"category":{"index":["2024"]}},
"what":{"label":"Catch","category":{"index":["kg","pc"],"label":{"kg":"Weight","pc":"Share"},"unit":{"pc":{"decimals":1,"symbol":"%"}}}}},
"value":[120,-12.50,null,"few, 1.5"],"status":{"2":"x","3":"p"}}`

type jsonOptions = convert.JSONOptions

type jsonWriter func(io.Writer, *jsonstat.Dataset, *jsonOptions) error

// jsonWriters are the writers of JSON tables by what they write.
var jsonWriters = map[string]jsonWriter{
	"Array": convert.WriteArray, "ArrObj": convert.WriteArrObj, "NDJSON": convert.WriteNDJSON, "Object": convert.WriteObject, "ObjArr": convert.WriteObjArr,
}

// TestJSONTables holds the bytes of each form with each option, from a document in
// memory and from a pipe.
func TestJSONTables(t *testing.T) {
	for _, tt := range []struct {
		name, form string
		o          *jsonOptions
		want       string
	}{
		{"an array: labels, the value last", "Array",
			nil,
			`[["Port","year","Catch","Value"],["North","2024","Weight",120],["North","2024","Share",-12.50],["South","2024","Weight",null],["South","2024","Share","few, 1.5"]]`},
		{"a status stands before the value", "Array",
			&jsonOptions{Status: true},
			`[["Port","year","Catch","Status","Value"],["North","2024","Weight",null,120],["North","2024","Share",null,-12.50],["South","2024","Weight","x",null],["South","2024","Share","p","few, 1.5"]]`},
		{"a row in each line, with names", "Array",
			&jsonOptions{Status: true, ValueName: "N", StatusName: "Flag", Lines: true},
			`["Port","year","Catch","Flag","N"]` + "\n" +
				`["North","2024","Weight",null,120]` + "\n" +
				`["North","2024","Share",null,-12.50]` + "\n" +
				`["South","2024","Weight","x",null]` + "\n" +
				`["South","2024","Share","p","few, 1.5"]` + "\n"},
		{"ids in the header rule out other names", "Array",
			&jsonOptions{Table: table{Field: convert.ID}, Status: true, ValueName: "N", StatusName: "Flag"},
			`[["port","year","what","status","value"],["North","2024","Weight",null,120],["North","2024","Share",null,-12.50],["South","2024","Weight","x",null],["South","2024","Share","p","few, 1.5"]]`},
		{"ids and labels beside each other, a comma, nothing missing", "Array",
			&jsonOptions{Table: table{Content: convert.Columns, Keep: convert.NonMissing}, Comma: true},
			`[["port","Port label","year","year label","what","Catch","Value"],["N1","North","2024","2024","kg","Weight","120"],["N1","North","2024","2024","pc","Share","-12,5"],["S2","South","2024","2024","pc","Share","few, 1.5"]]`},
		{"a pivot has no statuses", "Array",
			&jsonOptions{Table: table{By: []string{"what"}}, Status: true},
			`[["Port","year","kg","pc"],["North","2024",120,-12.50],["South","2024",null,"few, 1.5"]]`},
		{"a pivot by two, by labels, with a prefix, in lines", "Array",
			&jsonOptions{Table: table{By: []string{"what", "port"}}, ByLabel: true, Prefix: "p:", Lines: true},
			`["year","p:Weight North","p:Weight South","p:Share North","p:Share South"]` + "\n" +
				`["2024",120,null,-12.50,"few, 1.5"]` + "\n"},
		{"objects: ids as names, the value first, the last dimension next", "ArrObj",
			nil,
			`[{"value":120,"what":"Weight","year":"2024","port":"North"},{"value":-12.50,"what":"Share","year":"2024","port":"North"},{"value":null,"what":"Weight","year":"2024","port":"South"},{"value":"few, 1.5","what":"Share","year":"2024","port":"South"}]`},
		{"a unit stands behind its category, if it has one", "ArrObj",
			&jsonOptions{Status: true, Unit: true, ValueName: "N"},
			`[{"value":120,"status":null,"what":"Weight","year":"2024","port":"North"},{"value":-12.50,"status":null,"what":"Share","unit":{"decimals":1,"symbol":"%"},"year":"2024","port":"North"},{"value":null,"status":"x","what":"Weight","year":"2024","port":"South"},{"value":"few, 1.5","status":"p","what":"Share","unit":{"decimals":1,"symbol":"%"},"year":"2024","port":"South"}]`},
		{"a unit stands behind id and label", "ArrObj",
			&jsonOptions{Table: table{Field: convert.Label, Content: convert.Columns}, Status: true, Unit: true, ValueName: "N", StatusName: "Flag"},
			`[{"N":120,"Flag":null,"what":"kg","Catch":"Weight","year":"2024","year label":"2024","port":"N1","Port label":"North"},{"N":-12.50,"Flag":null,"what":"pc","Catch":"Share","unit":{"decimals":1,"symbol":"%"},"year":"2024","year label":"2024","port":"N1","Port label":"North"},{"N":null,"Flag":"x","what":"kg","Catch":"Weight","year":"2024","year label":"2024","port":"S2","Port label":"South"},{"N":"few, 1.5","Flag":"p","what":"pc","Catch":"Share","unit":{"decimals":1,"symbol":"%"},"year":"2024","year label":"2024","port":"S2","Port label":"South"}]`},
		{"a missing value with a status is not empty", "ArrObj",
			&jsonOptions{Table: table{Keep: convert.NonEmpty}, Comma: true},
			`[{"value":"120","what":"Weight","year":"2024","port":"North"},{"value":"-12,5","what":"Share","year":"2024","port":"North"},{"value":null,"what":"Weight","year":"2024","port":"South"},{"value":"few, 1.5","what":"Share","year":"2024","port":"South"}]`},
		{"a missing value is left out", "ArrObj",
			&jsonOptions{Table: table{Keep: convert.NonMissing}},
			`[{"value":120,"what":"Weight","year":"2024","port":"North"},{"value":-12.50,"what":"Share","year":"2024","port":"North"},{"value":"few, 1.5","what":"Share","year":"2024","port":"South"}]`},
		{"a pivot has neither statuses nor units", "ArrObj",
			&jsonOptions{Table: table{By: []string{"what"}}, Status: true, Unit: true, Comma: true},
			`[{"port":"North","year":"2024","kg":"120","pc":"-12,5"},{"port":"South","year":"2024","kg":null,"pc":"few, 1.5"}]`},
		{"a pivot by label, with a prefix, without the dimension of one category", "ArrObj",
			&jsonOptions{Table: table{By: []string{"what"}, Drop: []string{"year", "port"}, Keep: convert.NonMissing}, ByLabel: true, Prefix: "is "},
			`[{"port":"North","is Weight":120,"is Share":-12.50},{"port":"South","is Weight":null,"is Share":"few, 1.5"}]`},
		{"with ids as cells a pivot is not by label", "ArrObj",
			&jsonOptions{Table: table{By: []string{"what"}, Drop: []string{"year"}, Content: convert.ID}, ByLabel: true},
			`[{"port":"N1","kg":120,"pc":-12.50},{"port":"S2","kg":null,"pc":"few, 1.5"}]`},
		{"a description of a long table", "ArrObj",
			&jsonOptions{Meta: true, Unit: true, Status: true},
			`{"meta":{"label":"Landings","source":"Invented Office","updated":null,"id":["port","year","what"],"status":true,"unit":true,"by":null,"bylabel":false,"drop":null,"prefix":null,"comma":false,"dimensions":{"port":{"label":"Port","role":"classification","categories":{"id":["N1","S2"],"label":["North","South"]}},"year":{"label":null,"role":"time","categories":{"id":["2024"],"label":["2024"]}},"what":{"label":"Catch","role":"metric","categories":{"id":["kg","pc"],"label":["Weight","Share"]}}}},"data":[{"value":120,"status":null,"what":"Weight","year":"2024","port":"North"},{"value":-12.50,"status":null,"what":"Share","unit":{"decimals":1,"symbol":"%"},"year":"2024","port":"North"},{"value":null,"status":"x","what":"Weight","year":"2024","port":"South"},{"value":"few, 1.5","status":"p","what":"Share","unit":{"decimals":1,"symbol":"%"},"year":"2024","port":"South"}]}`},
		{"a description of a pivot by one, with all options", "ArrObj",
			&jsonOptions{Meta: true, Comma: true, Table: table{By: []string{"what"}, Drop: []string{"year", "port"}}, Prefix: "is ", ByLabel: true},
			`{"meta":{"label":"Landings","source":"Invented Office","updated":null,"id":["port","year","what"],"status":false,"unit":false,"by":"what","bylabel":true,"drop":["year",""],"prefix":"is ","comma":true,"dimensions":{"port":{"label":"Port","role":"classification","categories":{"id":["N1","S2"],"label":["North","South"]}},"year":{"label":null,"role":"time","categories":{"id":["2024"],"label":["2024"]}},"what":{"label":"Catch","role":"metric","categories":{"id":["kg","pc"],"label":["Weight","Share"]}}}},"data":[{"port":"North","is Weight":"120","is Share":"-12,5"},{"port":"South","is Weight":null,"is Share":"few, 1.5"}]}`},
		{"a description of a pivot by two", "ArrObj",
			&jsonOptions{Meta: true, Table: table{By: []string{"port", "what"}}},
			`{"meta":{"label":"Landings","source":"Invented Office","updated":null,"id":["port","year","what"],"status":false,"unit":false,"by":["port","what"],"bylabel":false,"drop":null,"prefix":"","comma":false,"dimensions":{"port":{"label":"Port","role":"classification","categories":{"id":["N1","S2"],"label":["North","South"]}},"year":{"label":null,"role":"time","categories":{"id":["2024"],"label":["2024"]}},"what":{"label":"Catch","role":"metric","categories":{"id":["kg","pc"],"label":["Weight","Share"]}}}},"data":[{"year":"2024","N1 kg":120,"N1 pc":-12.50,"S2 kg":null,"S2 pc":"few, 1.5"}]}`},
		{"an object in each line", "NDJSON",
			nil,
			`{"value":120,"what":"Weight","year":"2024","port":"North"}` + "\n" +
				`{"value":-12.50,"what":"Share","year":"2024","port":"North"}` + "\n" +
				`{"value":null,"what":"Weight","year":"2024","port":"South"}` + "\n" +
				`{"value":"few, 1.5","what":"Share","year":"2024","port":"South"}` + "\n"},
		{"a pivot in lines", "NDJSON",
			&jsonOptions{Table: table{By: []string{"what"}}},
			`{"port":"North","year":"2024","kg":120,"pc":-12.50}` + "\n" +
				`{"port":"South","year":"2024","kg":null,"pc":"few, 1.5"}` + "\n"},
		{"columns: the value first, dimensions from the last to the first", "ObjArr",
			nil,
			`{"value":[120,-12.50,null,"few, 1.5"],"what":["Weight","Share","Weight","Share"],"year":["2024","2024","2024","2024"],"port":["North","North","South","South"]}`},
		{"columns of status and unit", "ObjArr",
			&jsonOptions{Status: true, Unit: true, Comma: true},
			`{"value":["120","-12,5",null,"few, 1.5"],"status":[null,null,"x","p"],"what":["Weight","Share","Weight","Share"],"unit":[null,{"decimals":1,"symbol":"%"},null,{"decimals":1,"symbol":"%"}],"year":["2024","2024","2024","2024"],"port":["North","North","South","South"]}`},
		{"columns of ids, labels and units, nothing missing", "ObjArr",
			&jsonOptions{Table: table{Keep: convert.NonMissing, Content: convert.Columns}, Status: true, Unit: true},
			`{"value":[120,-12.50,"few, 1.5"],"status":[null,null,"p"],"what":["kg","pc","pc"],"Catch":["Weight","Share","Share"],"unit":[null,{"decimals":1,"symbol":"%"},{"decimals":1,"symbol":"%"}],"year":["2024","2024","2024"],"year label":["2024","2024","2024"],"port":["N1","N1","S2"],"Port label":["North","North","South"]}`},
		{"columns of ids, labels and units", "ObjArr",
			&jsonOptions{Table: table{Content: convert.Columns}, Status: true, Unit: true},
			`{"value":[120,-12.50,null,"few, 1.5"],"status":[null,null,"x","p"],"what":["kg","pc","kg","pc"],"Catch":["Weight","Share","Weight","Share"],"unit":[null,{"decimals":1,"symbol":"%"},null,{"decimals":1,"symbol":"%"}],"year":["2024","2024","2024","2024"],"year label":["2024","2024","2024","2024"],"port":["N1","N1","S2","S2"],"Port label":["North","North","South","South"]}`},
		{"a description of columns of a pivot", "ObjArr",
			&jsonOptions{Table: table{By: []string{"what"}, Drop: []string{"year"}}, Meta: true},
			`{"meta":{"label":"Landings","source":"Invented Office","updated":null,"id":["port","year","what"],"status":false,"unit":false,"by":"what","bylabel":false,"drop":["year"],"prefix":"","comma":false,"dimensions":{"port":{"label":"Port","role":"classification","categories":{"id":["N1","S2"],"label":["North","South"]}},"year":{"label":null,"role":"time","categories":{"id":["2024"],"label":["2024"]}},"what":{"label":"Catch","role":"metric","categories":{"id":["kg","pc"],"label":["Weight","Share"]}}}},"data":{"port":["North","South"],"kg":[120,null],"pc":[-12.50,"few, 1.5"]}}`},
		{"columns of a pivot: dimensions in order, then values", "ObjArr",
			&jsonOptions{Table: table{By: []string{"what"}, Keep: convert.NonMissing}},
			`{"port":["North","South"],"year":["2024","2024"],"kg":[120,null],"pc":[-12.50,"few, 1.5"]}`},
		{"a DataTable", "Object",
			nil,
			`{"cols":[{"id":"port","label":"Port","type":"string"},{"id":"year","label":"year","type":"string"},{"id":"what","label":"Catch","type":"string"},{"id":"value","label":"Value","type":"number"}],"rows":[{"c":[{"v":"North"},{"v":"2024"},{"v":"Weight"},{"v":120}]},{"c":[{"v":"North"},{"v":"2024"},{"v":"Share"},{"v":-12.50}]},{"c":[{"v":"South"},{"v":"2024"},{"v":"Weight"},{"v":null}]},{"c":[{"v":"South"},{"v":"2024"},{"v":"Share"},{"v":"few, 1.5"}]}]}`},
		{"a DataTable with a status, names and a comma", "Object",
			&jsonOptions{Status: true, ValueName: "N", StatusName: "Flag", Comma: true},
			`{"cols":[{"id":"port","label":"Port","type":"string"},{"id":"year","label":"year","type":"string"},{"id":"what","label":"Catch","type":"string"},{"id":"status","label":"Flag","type":"string"},{"id":"value","label":"N","type":"number"}],"rows":[{"c":[{"v":"North"},{"v":"2024"},{"v":"Weight"},{"v":null},{"v":"120"}]},{"c":[{"v":"North"},{"v":"2024"},{"v":"Share"},{"v":null},{"v":"-12,5"}]},{"c":[{"v":"South"},{"v":"2024"},{"v":"Weight"},{"v":"x"},{"v":null}]},{"c":[{"v":"South"},{"v":"2024"},{"v":"Share"},{"v":"p"},{"v":"few, 1.5"}]}]}`},
		{"a DataTable of ids and labels", "Object",
			&jsonOptions{Table: table{Content: convert.Columns, Keep: convert.NonMissing}},
			`{"cols":[{"id":"port","label":"port","type":"string"},{"id":"port label","label":"Port label","type":"string"},{"id":"year","label":"year","type":"string"},{"id":"year label","label":"year label","type":"string"},{"id":"what","label":"what","type":"string"},{"id":"what label","label":"Catch","type":"string"},{"id":"value","label":"Value","type":"number"}],"rows":[{"c":[{"v":"N1"},{"v":"North"},{"v":"2024"},{"v":"2024"},{"v":"kg"},{"v":"Weight"},{"v":120}]},{"c":[{"v":"N1"},{"v":"North"},{"v":"2024"},{"v":"2024"},{"v":"pc"},{"v":"Share"},{"v":-12.50}]},{"c":[{"v":"S2"},{"v":"South"},{"v":"2024"},{"v":"2024"},{"v":"pc"},{"v":"Share"},{"v":"few, 1.5"}]}]}`},
		{"a DataTable is not pivoted", "Object",
			&jsonOptions{Table: table{Field: convert.ID, By: []string{"what"}}, Status: true},
			`{"cols":[{"id":"port","label":"port","type":"string"},{"id":"year","label":"year","type":"string"},{"id":"what","label":"what","type":"string"},{"id":"status","label":"status","type":"string"},{"id":"value","label":"value","type":"number"}],"rows":[{"c":[{"v":"North"},{"v":"2024"},{"v":"Weight"},{"v":null},{"v":120}]},{"c":[{"v":"North"},{"v":"2024"},{"v":"Share"},{"v":null},{"v":-12.50}]},{"c":[{"v":"South"},{"v":"2024"},{"v":"Weight"},{"v":"x"},{"v":null}]},{"c":[{"v":"South"},{"v":"2024"},{"v":"Share"},{"v":"p"},{"v":"few, 1.5"}]}]}`},
	} {
		t.Run(tt.form+" "+tt.name, func(t *testing.T) {
			need := tt.o.Need()
			if tt.form == "ObjArr" {
				need |= jsonstat.NeedOrder
			}
			for how, ds := range map[string]*jsonstat.Dataset{"in memory": dataset(t, landings), "from a pipe": streamed(t, landings, need)} {
				var b strings.Builder
				require.NoError(t, jsonWriters[tt.form](&b, ds, tt.o))
				require.Equal(t, tt.want, b.String(), how)
			}
		})
	}
}
