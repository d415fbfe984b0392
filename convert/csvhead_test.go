package convert_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// quay is a head to read tables with: a dimension with labels, one whose labels
// are not all different, and one of a single category.
const quay = `{"version":"2.0","class":"dataset","label":"Quays","source":"Invented Office","updated":"2025","note":["n"],
"id":["port","what","year"],"size":[2,3,1],"role":{"time":["year"]},
"dimension":{"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North","S2":"South"}}},
"what":{"label":"Catch","category":{"index":["kg","pc","sh"],"label":{"kg":"Weight","pc":"Share","sh":"Share"}}},
"year":{"label":"Year","category":{"index":["2024"]}}},"value":[9,9,9,9,9,9]}`

// twins has two dimensions of the same label.
const twins = `{"version":"2.0","class":"dataset","id":["a","b"],"size":[1,1],"dimension":{"a":{"label":"X","category":{"index":["1"]}},"b":{"label":"X","category":{"index":["1"]}}},"value":[]}`

// TestReadCSVWithHead has tables that are read with a head: the cube is that of the
// head, with the values where its categories are.
func TestReadCSVWithHead(t *testing.T) {
	head, _, _ := strings.Cut(strings.TrimPrefix(quay, `{"version":"2.0","class":"dataset",`), `"value":`)
	head = strings.ReplaceAll(head, "\n", "")
	for _, tt := range []struct {
		name, text string
		o          readOptions
		want       string
	}{
		{"ids", "port,what,year,Value\nS2,sh,2024,6\nN1,kg,2024,1\n", readOptions{}, `[1,null,null,null,null,6]}`},
		{"without the dimension of one category", "port,what,Value\nS2,sh,6\nN1,kg,1\n", readOptions{}, `[1,null,null,null,null,6]}`},
		{"columns in another order", "what,Status,port,Value\nkg,x,S2,4\n", readOptions{}, `[null,null,null,4,null,null],"status":{"3":"x"}}`},
		{"labels", "Port,Catch,Year,Value\nSouth,Weight,2024,4\nNorth,Weight,2024,1\n", readOptions{}, `[1,null,null,4,null,null]}`},
		{"an id and a label in one column", "[port] Port,[what] Catch,Value\n[S2] South,[sh] Share,6\n[N1] North,[pc] Share,2\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Both}}, `[null,2,null,null,null,6]}`},
		{"cells of id and label under ids", "port,what,Value\n[S2] South,[sh] Share,6\nN1,[pc] Share,2\n", readOptions{}, `[null,2,null,null,null,6]}`},
		{"ids and labels in two columns, of which the ids count", "port,Port,what,Catch,Value\nS2,other,sh,Share,6\nS2,another,kg,Weight,4\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Columns}}, `[null,null,null,4,null,6]}`},
		{"headers of labels made of ids", "port,port label,what,what label,Value\nS2,South,sh,Share,6\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Columns}}, `[null,null,null,null,null,6]}`},
		{"ids and labels, of which nothing is said", "port,Port,what,Catch,Value\nS2,South,sh,,6\nS2,,kg,?,4\n", readOptions{}, `[null,null,null,4,null,6]}`},
		{"a wide table by the last", "Port,kg,[sh] Share,pc\nN1,1,3,2\nSouth,4,6,5\n", readOptions{TableOptions: convert.TableOptions{By: []string{"what"}}}, `[1,2,3,4,5,6]}`},
		{"a wide table by the first", "Catch,South,North\nkg,4,1\nsh,6,3\n", readOptions{TableOptions: convert.TableOptions{By: []string{"port"}}}, `[1,null,3,4,null,6]}`},
		{"a wide table with a stub", "what,year,South,N1\nkg,2024,4,1\nsh,2024,6,3\n", readOptions{TableOptions: convert.TableOptions{By: []string{"port"}, Stub: []string{"year", "what"}}}, `[1,null,3,4,null,6]}`},
		{"no status column in a wide table", "Catch,Status,South,North\nkg,2024,4,1\n", readOptions{TableOptions: convert.TableOptions{By: []string{"port"}, Status: "year", Stub: []string{"Catch"}}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Head = dataset(t, quay)
			tt.o.Warn = func(message string) { t.Errorf("a warning: %s", message) }
			ds, err := convert.ReadCSV(strings.NewReader(tt.text), &tt.o)
			if tt.want == "" {
				require.EqualError(t, err, `line 1: there is no column "year": the columns are Catch, Status, South, North`)
				return
			}
			require.NoError(t, err)
			require.Equal(t, head+`"value":`+tt.want, written(t, ds))
		})
	}
}

// TestReadCSVWithHeadAndOptions: options go before what the head says, and a
// description counts for nothing beside it.
func TestReadCSVWithHeadAndOptions(t *testing.T) {
	ds, err := convert.ReadCSV(strings.NewReader("port,what,Value\nN1,kg,1\n"), &readOptions{TableOptions: convert.TableOptions{Head: dataset(t, quay), Label: "L", Source: "S", Updated: "2026", Description: []byte(`{"href":"https://example.org"}`), Roles: map[string]jsonstat.Role{"port": jsonstat.Geo, "year": jsonstat.Time, "what": jsonstat.Metric}}})
	require.NoError(t, err)
	require.Equal(t, `"label":"L","source":"S","updated":"2026","note":["n"],"id":["port","what","year"],"size":[2,3,1],"role":{"time":["year"],"geo":["port"],"metric":["what"]},`+
		`"dimension":{"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North","S2":"South"}}},`+
		`"what":{"label":"Catch","category":{"index":["kg","pc","sh"],"label":{"kg":"Weight","pc":"Share","sh":"Share"}}},`+
		`"year":{"label":"Year","category":{"index":["2024"]}}},"value":[1,null,null,null,null,null]}`, written(t, ds))
}

// TestReadCSVWithHeadErrors has tables that do not fit their head.
func TestReadCSVWithHeadErrors(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		o          readOptions
		want       string
	}{
		{"an unknown category", "port,what,Value\nN1,kg,1\nN3,kg,1\n", readOptions{}, `line 3: there is no category "N3" in dimension "port"; did you mean "N1"?`},
		{"a label that two categories have", "port,what,Value\nN1,Share,1\n", readOptions{}, `line 2: there is no category "Share" in dimension "what"; did you mean "pc" or "sh"?`},
		{"a missing column", "what,Value\nkg,1\n", readOptions{}, `line 1: no column is dimension "port" of the head, which has 2 categories`},
		{"an unknown column", "port,what,kind,Value\nN1,kg,x,1\n", readOptions{}, `line 1: column "kind" is no dimension of the head: there is no dimension "kind"`},
		{"a dimension twice", "port,what,Port,Value\nN1,kg,North,1\nN1,pc,S2,1\n", readOptions{}, `line 3: columns "port" and "Port" are the same dimension "port", and say "N1" and "S2"`},
		{"two columns of labels", "Port,what,Port label,Value\nNorth,kg,North,1\n", readOptions{}, `line 1: columns "Port" and "Port label" are the same dimension "port"`},
		{"a cell by id and by label", "port,what,Value\nN1,kg,1\nNorth,kg,2\n", readOptions{}, `line 3: the categories N1, kg have a row already, in line 2`},
		{"a wide table by what is no dimension", "what,South\nkg,4\n", readOptions{TableOptions: convert.TableOptions{By: []string{"prot"}}}, `there is no dimension "prot"; did you mean "port"?`},
		{"a wide table with an unknown category", "what,South,W3\nkg,4,3\n", readOptions{TableOptions: convert.TableOptions{By: []string{"port"}, Stub: []string{"what"}}}, `line 1: there is no category "W3" in dimension "port"`},
		{"a wide table with a category twice", "what,North,South,S2\nkg,4,1,1\n", readOptions{TableOptions: convert.TableOptions{By: []string{"port"}}}, `line 1: columns "South" and "S2" are the same category`},
		{"a wide table without values", "what,year\nkg,2024\n", readOptions{TableOptions: convert.TableOptions{By: []string{"port"}}}, `line 1: no column is left to be a category of "port"`},
		{"a wide table whose stub is all of it", "what,year\nkg,2024\n", readOptions{TableOptions: convert.TableOptions{By: []string{"port"}, Stub: []string{"what", "year"}}}, `line 1: no column is left to be a category of "port"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Head = dataset(t, quay)
			_, err := convert.ReadCSV(strings.NewReader(tt.text), &tt.o)
			require.EqualError(t, err, tt.want)
		})
	}
	_, err := convert.ReadCSV(strings.NewReader("X,Value\n1,1\n"), &readOptions{TableOptions: convert.TableOptions{Head: dataset(t, twins)}})
	require.EqualError(t, err, `line 1: two dimensions have the label "X": name the column by its id`)
	ds, err := convert.ReadCSV(strings.NewReader("b,Value\n1,1\n"), &readOptions{TableOptions: convert.TableOptions{Head: dataset(t, twins)}})
	require.NoError(t, err)
	require.Contains(t, written(t, ds), `"value":[1]`)
}
