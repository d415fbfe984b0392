package sdmxconv

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestCSVParts holds what comes of one thing or another in a table.
func TestCSVParts(t *testing.T) {
	const v1 = "DATAFLOW,A,TIME_PERIOD,OBS_VALUE"
	const v2 = "STRUCTURE,STRUCTURE_ID,ACTION,D1,D2,D3,OBS_VALUE,X,Y\n"
	row := func(s string) string { return "dataflow,AG:DF(1.0.0)," + s + "\n" }
	tests := []part{
		{"values", v1 + "\nF,a,2020,1.50\nF,a,2021,\nF,a,2022,NaN\nF,a,2023,#N/A\nF,a,2024,:\nF,a,2025,1E3\n", Options{}, []string{`"value":[1.50,null,null,null,null,1E3]`}, ""},
		{"numbers as people write them", v1 + "\nF,a,2020,007\nF,a,2021,+5\nF,a,2022,.5\nF,a,2023,nan\nF,a,2024,NULL\n", Options{}, []string{`"value":[7,5,0.5,null,null]`}, ""},
		{"a value that is a text", v1 + "\nF,a,2020,Yes\n", Options{}, []string{`"value":["Yes"]`}, `line 2: value "Yes" is no number: it is a text`},
		{"codes like numbers", v1 + "\nF,007,2020,1\nF,1E3,2020,2\n", Options{}, []string{`"index":["007","1E3"]`}, ""},
		{"blanks in quotes count", v1 + "\nF,\" a\",2020,1\nF,a,2020,2\n", Options{}, []string{`"index":[" a","a"]`}, `A: the categories "a" and " a" look the same, and are two`},
		{"blanks around fields", v1 + "\nF, a ,2020,1\nF, \"b\" ,2020,2\n", Options{}, []string{`"index":["a","b"]`}, ""},
		{"a decimal comma", "DATAFLOW;A;OBS_VALUE\nF;a;1,5\nF;b;2.5\n", Options{}, []string{`"value":[1.5,2.5]`}, ""},
		{"quoted headers", "\"DATAFLOW\"|\"A\"|\"OBS_VALUE\"\n\"F\"|\"a\"|\"1\"\n", Options{}, []string{`"value":[1]`}, ""},
		{"a byte order mark", "\ufeff" + v1 + "\nF,a,2020,1\n", Options{}, []string{`"value":[1]`}, ""},
		{"small letters", "dataflow,last update,geo,time_period,obs_value,obs_flag\nESTAT:X(1.0),16/01/24 23:00:00,AT,2015,10125,p\n", Options{},
			[]string{`"updated":"16/01/24 23:00:00"`, `"role":{"time":["time_period"],"geo":["geo"]}`, `"value":[10125],"status":["p"]`, `"agency":"ESTAT","id":"X","version":"1.0"`}, ""},
		{"a KEY in front, no DATAFLOW", "KEY,FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE,OBS_STATUS,TITLE\nEXR.M.USD,M,USD,2024-01,1.0905,A,US dollar\nEXR.M.NOK,M,NOK,2024-01,11.3,A,Krone\n", Options{},
			[]string{`"id":["FREQ","CURRENCY","TIME_PERIOD"]`, `"note":{"USD":["US dollar"],"NOK":["Krone"]}`, `"value":[1.0905,11.3]`, `-"label"`}, ""},
		{"LAST UPDATE that differs", "DATAFLOW,LAST UPDATE,A,OBS_VALUE\nF,d1,a,1\nF,d2,b,2\n", Options{}, []string{`"LAST UPDATE":{"0":"d1","1":"d2"}`, `-"updated"`}, ""},
		{"an attribute behind the values that a dimension gives", v1 + ",COUNTRY\nF,a,2020,1,X\nF,a,2021,2,X\nF,b,2020,3,Z\n", Options{}, []string{`"COUNTRY":{"dimensions":["A"],"values":{"a":"X","b":"Z"}}`}, ""},
		{"an attribute that the series gives", "DATAFLOW,A,B,C,TIME_PERIOD,OBS_VALUE,X\nF,a,b,c,1,1,p\nF,a,b,c,2,1,p\nF,a,b,d,1,1,q\nF,a,b,d,2,1,q\nF,a,e,c,1,1,q\nF,a,e,c,2,1,q\nF,f,b,c,1,1,r\nF,f,b,c,2,1,r\nF,f,e,d,1,1,p\nF,f,e,d,2,1,p\n", Options{},
			[]string{`"X":{"dimensions":["A","B","C"],"values":{"a:b:c":"p","a:b:d":"q","a:e:c":"q","f:b:c":"r","f:e:d":"p"}}`}, ""},
		{"named dimensions", "DATAFLOW,OBS_VALUE,A,B\nF,1,a,b\n", Options{TableOptions: convert.TableOptions{Dimensions: []string{"a"}}}, []string{`"id":["A"]`, `"B":"b"`}, ""},
		{"named measures", "DATAFLOW,A,B,C\nF,a,1,2\n", Options{TableOptions: convert.TableOptions{Values: []string{"B", "C"}}}, []string{`"id":["A","MEASURE"]`, `"value":[1,2]`}, ""},
		{"measures found by their numbers", "STRUCTURE,STRUCTURE_ID,A,TIME_PERIOD,TONS,SHARE,REMARK\ndataflow,F,a,2020,5,1.5,good\n", Options{}, []string{`"index":["TONS","SHARE"]`, `"value":[5,1.5]`, `"REMARK":"good"`}, ""},
		{"units of a metric dimension", v1 + ",UNIT_MEASURE,UNIT_MULT,DECIMALS\nF,a,2020,1,KG,3,1\n", Options{WithMetric: true}, []string{`"unit":{"OBS_VALUE":{"decimals":1,"label":"KG","multiplier":3}}`}, ""},
		{"ids and names, a colon in a name and in a text", "STRUCTURE,STRUCTURE_ID,A: Letter,OBS_VALUE: Value,X: Text,Y: Code\n" + row("a: One: first,1,Note: see,p: Pe") + row("b: Two,2,none,q: Qu"), Options{},
			[]string{`"label":{"a":"One: first","b":"Two"}`, `"X":{"0":"Note: see","1":"none"}`, `"Y":{"0":"p","1":"q"}`, `"label":{"Y":{"p":"Pe","q":"Qu"}}`}, ""},
		{"headers with a bare colon", "DATAFLOW,A:Letter,OBS_VALUE\nF,a: One,1\n", Options{}, []string{`"A":{"label":"Letter","category":{"index":["a"],"label":{"a":"One"}}}`}, ""},
		{"names in columns, no time", "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,A,Letter,OBS_VALUE,Value\ndataflow,F,\"A, name\",I,a,One,Yes,\n", Options{},
			[]string{`"label":"A, name"`, `"label":{"a":"One"}`, `"value":["Yes"]`}, `value "Yes" is no number`},
		{"a column of the structure's name alone", "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,FREQ,MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS\ndataflow,DF,CLI,,USA,M,LI,2024-01,99.85,\n", Options{},
			[]string{`"id":["REF_AREA","FREQ","MEASURE","TIME_PERIOD"]`, `"label":"CLI"`}, ""},
		{"several values", "STRUCTURE[|],STRUCTURE_ID,A,OBS_VALUE,X[],Y[]\ndataflow,F,a,1,p|q,\"\"\"r|s\"\"|t\"\ndataflow,F,b,2,p,\n", Options{}, []string{`"X":{"0":["p","q"],"1":["p"]}`, `"Y":{"0":["r|s","t"]}`}, ""},
		{"several values with names", "STRUCTURE[;],STRUCTURE_ID,A: Letter,OBS_VALUE,X[]: Ex\ndataflow,F,a: One,1,p: Pe;q: Qu\ndataflow,F,b: Two,1,q: Qu\n", Options{}, []string{`"X":{"0":["p","q"],"1":["q"]}`, `"label":{"X":{"p":"Pe","q":"Qu"}}`}, ""},
		{"several languages", "STRUCTURE[;],STRUCTURE_ID,A,OBS_VALUE,X[en;fr]\ndataflow,F,a,1,\"en:Value \"\"X\"\";fr:Valeur; dite\"\ndataflow,F,b,2,\"\"\"en:V1;fr:W1\"\";\"\"en:V2\"\"\"\n", Options{},
			[]string{`"0":{"en":"Value \"X\"","fr":"Valeur; dite"}`, `"1":[{"en":"V1","fr":"W1"},{"en":"V2"}]`}, ""},
		{"one language of several", "STRUCTURE[;],STRUCTURE_ID,A,OBS_VALUE,X[en;fr]\ndataflow,F,a,1,en:Value;fr:Valeur\n", Options{Lang: "fr"}, []string{`"X":"Valeur"`}, ""},
		{"attributes of some categories", v2 + row("I,A,B,2014-01,12.4,N,") + row("I,A,C,2014-01,1,N,") + row("I,,B,,,,Y"), Options{}, []string{`"X":"N"`, `"Y":{"dimensions":["D2"],"values":{"B":"Y"}}`}, ""},
		{"a dimension switched off", v2 + row("I,A,B,2014-01,12.4,N,") + row("M,~,B,~,,,Y"), Options{}, []string{`"index":["A"]`, `"Y":"Y"`}, ""},
		{"a delete", v2 + row("R,A,B,2014-01,12.4,N,") + row("R,A,B,2014-02,1,N,") + row("D,A,B,2014-02,,,"), Options{}, []string{`"value":[12.4,null]`, `"X":"N"`}, ""},
		{"a delete of many", v2 + row("R,A,B,2014-01,12.4,N,") + row("R,A,C,2014-02,1,N,") + row("D,,C,,,,"), Options{}, []string{`"value":[12.4,null,null,null]`}, "D3 says nothing that other columns do not say"},
		{"a delete of a value", v2 + row("R,A,B,2014-01,12.4,N,") + row("D,A,B,2014-01,-,,"), Options{}, []string{`"value":[null]`, `"X":"N"`}, ""},
		{"a delete of what is not there", v2 + row("D,Z,B,2014-01,-,,") + row("R,A,B,2014-01,12.4,N,"), Options{}, []string{`"value":[12.4]`}, ""},
		{"a later row replaces", v2 + row("R,A,B,2014-01,12.4,N,") + row("R,A,B,2014-01,13,,"), Options{}, []string{`"value":[13]`, `-"X"`}, ""},
		{"a later row replaces with nothing", v2 + row("R,A,B,2014-01,12.4,N,") + row("R,A,B,2014-01,,,y"), Options{}, []string{`"value":[null]`, `-"X"`, `"Y":"y"`}, ""},
		{"a later row is merged", v2 + row("M,A,B,2014-01,12.4,N,") + row("M,A,B,2014-01,,,y"), Options{}, []string{`"value":[12.4]`, `"X":"N"`, `"Y":"y"`}, ""},
		{"one structure of several", v2 + row("I,A,B,2014-01,1,,") + "dataflow,AG:OTHER(2.0),I,A,,,7,,\n", Options{DataSet: "OTHER"}, []string{`"id":["D1"]`, `"value":[7]`}, ""},
		{"one structure by place", v2 + row("I,A,B,2014-01,1,,") + "dataflow,AG:OTHER(2.0),I,A,,,7,,\n", Options{DataSet: "1"}, []string{`"value":[7]`}, ""},
		{"a category that an observation lacks", v2 + row("I,A,B,1,1,,") + row("I,A,,1,2,,"), Options{TableOptions: convert.TableOptions{Dimensions: []string{"D1", "D2", "D3"}}}, []string{`"index":["B",""]`, `"value":[1,2]`}, ""},
		{"an empty column at the end", v1 + ",\nF,a,2020,1,\n", Options{}, []string{`"value":[1]`}, ""},
	}
	checkParts(t, tests)
}

// TestCSVSeveral holds that each structure makes a dataset.
func TestCSVSeveral(t *testing.T) {
	text := "STRUCTURE,STRUCTURE_ID,ACTION,D1,D2,M1,M2\n" +
		"dataflow,F,I,a,,1,\ndatastructure,G,I,,b,,2\ndataflow,F,I,c,,3,\n"
	sets, err := Read(strings.NewReader(text), &Options{TableOptions: convert.TableOptions{Values: []string{"M1", "M2"}}})
	if err != nil || len(sets) != 2 {
		t.Fatalf("%d datasets, %v", len(sets), err)
	}
	for i, want := range []struct {
		label, dim string
		n          int64
	}{{"F", "D1", 2}, {"G", "D2", 1}} {
		if ds := sets[i]; ds.Label() != want.label || len(ds.Dimensions()) != 1 || ds.Dimension(want.dim) == nil || ds.Len() != want.n {
			t.Errorf("dataset %d is %q with %d dimensions and %d cells", i, ds.Label(), len(ds.Dimensions()), ds.Len())
		}
	}
}

// TestNamesOfData takes the names of a table from a data message.
func TestNamesOfData(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "testdata", "sdmx", "flat.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, _, err := convertText(t, "DATAFLOW,OBS_VALUE,PORT,TIME_PERIOD,FREQ,OBS_STATUS\nF,1,N1,2023,A,M\n", &Options{Structure: f})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"id":["PORT","TIME_PERIOD","FREQ"]`, `"label":{"N1":"North quay"}`, `"label":{"M":"Missing"}`, `"label":"Boat harvest"`} {
		if !strings.Contains(got, want) {
			t.Errorf("want %s in\n%s", want, got)
		}
	}
}

// TestMessages holds the few messages of several data sets that make several cubes.
func TestMessages(t *testing.T) {
	one := func(s, v string) string { return `{` + s + `"observations":{"0:0":[` + v + `]}}` }
	tests := []struct {
		name, message string
		values        []string
	}{
		{"keys that come again", envelope("", one("", "1")+","+one("", "2")), []string{"1", "2"}},
		{"times of validity", envelope("", one(`"action":"Replace","validFrom":"2024",`, "1")+","+one(`"action":"Replace","validFrom":"2025",`, "2")), []string{"1", "2"}},
		{"attributes that differ", version2(`,"attributes":{"dataSet":[{"id":"X"}]}`, one(`"attributes":["p"],`, "1")+","+one(`"attributes":["q"],`, "2")), []string{"1", "2"}},
		{"two structures", strings.Replace(version2("", one("", "1")+","+one(`"structure":1,`, "2")), `"structures":[`,
			`"structures":[{"name":"Other","dimensions":{"observation":[{"id":"B","values":[{"id":"b"}]},{"id":"C","values":[{"id":"c"}]}]}},`, 1), []string{"1", "2"}},
		{"structures that name their data sets", strings.Replace(version2(`,"dataSets":[0]`, one("", "1")+","+one("", "2")), `"structures":[`,
			`"structures":[{"dataSets":[1],"dimensions":{"observation":[{"id":"B","values":[{"id":"b"}]},{"id":"C","values":[{"id":"c"}]}]}},`, 1), []string{"1", "2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sets, err := Read(strings.NewReader(tt.message), nil)
			if err != nil || len(sets) != len(tt.values) {
				t.Fatalf("%d datasets, %v", len(sets), err)
			}
			for i, want := range tt.values {
				var cell jsonstat.Cell
				if cell, err = sets[i].AtPosition(0); err != nil || cell.Text != want {
					t.Errorf("dataset %d begins with %q, %v, want %s", i, cell.Text, err, want)
				}
			}
		})
	}
}
