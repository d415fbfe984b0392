package convert_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

type readOptions = convert.ReadCSVOptions

// written is a cube in few words: its text from the dimensions on.
func written(t *testing.T, ds *jsonstat.Dataset) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, ds.Write(&out, nil))
	return strings.TrimPrefix(out.String(), `{"version":"2.0","class":"dataset",`)
}

// TestReadCSV has tables that come out in a certain way.
func TestReadCSV(t *testing.T) {
	const xy = `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},`
	const csvStat = `"id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"],"label":{"x":"x","y":"y"}}}},"value":[1234,2]}`
	for _, c := range []struct {
		name, text string
		o          readOptions
		want       string
		warns      string // a part of the only warning
	}{
		{"plain", "a,Value\nx,1\ny,2\n", readOptions{}, xy + `"value":[1,2]}`, ""},
		{"no newline at the end", "a,Value\nx,1\ny,2", readOptions{}, xy + `"value":[1,2]}`, ""},
		{"byte order mark, CRLF, empty lines", "\ufeffa,Value\r\n\r\nx,1\r\n\r\ny,2\r\n\r\n", readOptions{}, xy + `"value":[1,2]}`, ""},
		{"quotes around everything", "\"a\",\"Value\"\n\"x\",\"1\"\n\"y\",\"2\"\n", readOptions{}, xy + `"value":[1,2]}`, ""},
		{"a blank value is missing", "a,Value\nx,\ny,2\n", readOptions{}, xy + `"value":[null,2]}`, ""},
		{"marks are missing, and those of offices a status", "a,Value\nx,..\ny,n/a\nz,1\n", readOptions{}, `"id":["a"],"size":[3],"dimension":{"a":{"label":"a","category":{"index":["x","y","z"]}}},"value":[null,null,1],"status":{"0":".."}}`, ""},
		{"a status goes before a mark", "a,Value,Status\nx,..,p\ny,-,\n", readOptions{}, xy + `"value":[null,null],"status":{"0":"p","1":"-"}}`, ""},
		{"marks that the caller says are nothing", "a,Value\nx,..\ny,2\n", readOptions{TableOptions: convert.TableOptions{NA: []string{".."}}}, xy + `"value":[null,2]}`, ""},
		{"marks of the caller, numbers too", "a,Value\nx, -99 \ny,none\n", readOptions{TableOptions: convert.TableOptions{NA: []string{"none", "-99"}}}, xy + `"value":[null,null]}`, ""},
		{"rows in any order", "a,b,Value\nx,1,1\ny,2,4\ny,1,3\nx,2,2\n", readOptions{}, `"id":["a","b"],"size":[2,2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}},"b":{"label":"b","category":{"index":["1","2"]}}},"value":[1,2,3,4]}`, ""},
		{"cells without a row are missing", "a,b,Value\nx,1,1\ny,2,4\nx,2,3\n", readOptions{}, `"id":["a","b"],"size":[2,2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}},"b":{"label":"b","category":{"index":["1","2"]}}},"value":[1,3,null,4]}`, ""},
		{"newlines and quotes in a field", "a,Value\n\"x\n\"\"1\"\"\",1\n", readOptions{}, `"id":["a"],"size":[1],"dimension":{"a":{"label":"a","category":{"index":["x\n\"1\""]}}},"value":[1]}`, ""},
		{"an empty category", "a,Value\n,1\ny,2\n", readOptions{}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["","y"]}}},"value":[1,2]}`, ""},
		{"all digits", "a,Value\nx,12345678901234567890.10\ny,-0.12345678901234567\n", readOptions{}, xy + `"value":[12345678901234567890.10,-0.12345678901234567]}`, ""},
		{"numbers as people write them", "a,Value\nx,+5\ny,.50\n", readOptions{}, xy + `"value":[5,0.50]}`, ""},
		{"a decimal comma", "a;Value\nx;1,5\ny;-2,50\n", readOptions{Separator: ";"}, xy + `"value":[1.5,-2.50]}`, ""},
		{"texts, on request", "a,Value\nx,0x10\ny,2\n", readOptions{TableOptions: convert.TableOptions{Texts: true}}, xy + `"value":["0x10",2]}`, ""},
		{"thousands in CSV-stat", "jsonstat;.;|\ndimension;a;;2;x;x;y;y\ndata\na;value\nx;1,234\ny;2\n", readOptions{TableOptions: convert.TableOptions{Thousands: ","}}, csvStat, ""},
		{"a description of CSV-stat", "jsonstat;.;|\ndimension;a;;2;x;x;y;y\ndata\na;value\nx;1234\ny;2\n", readOptions{TableOptions: convert.TableOptions{Description: []byte(`{"label":"L"}`)}}, csvStat, "the description is not used"},
		{"Eurostat's TSV", "unit,geo\\TIME\t2022 \t2023 \nT,NO\t1.5 p\t: c\n", readOptions{}, `"id":["unit","geo","TIME"],"size":[1,1,2],"dimension":{"unit":{"label":"unit","category":{"index":["T"]}},"geo":{"label":"geo","category":{"index":["NO"]}},"TIME":{"label":"TIME","category":{"index":["2022","2023"]}}},"value":[1.5,null],"status":{"0":"p","1":"c"}}`, ""},
		{"statuses", "a,Status,Value\nx,p,1\ny,,2\n", readOptions{}, xy + `"value":[1,2],"status":{"0":"p"}}`, ""},
		{"the status column behind the values", "a,Value,Status\nx,1,p\ny,2,\n", readOptions{}, xy + `"value":[1,2],"status":{"0":"p"}}`, ""},

		{"sniff a semicolon and a comma", "a;Value\nx;1,5\ny;2,5\n", readOptions{Sniff: true}, xy + `"value":[1.5,2.5]}`, ""},
		{"sniff a tab", "a\tValue\nx\t1.5\ny\t2.5\n", readOptions{Sniff: true}, xy + `"value":[1.5,2.5]}`, ""},
		{"a first line that says the separator", "sep=;\r\na;Value\r\nx;1,5\r\ny;2\r\n", readOptions{Sniff: true}, xy + `"value":[1.5,2]}`, ""},
		{"the same with a mark", "\ufeffsep=|\na|Value\nx|1.5\ny|2\n", readOptions{Sniff: true}, xy + `"value":[1.5,2]}`, ""},

		{"a wide table", "a,x,y\nk,1,2\n", readOptions{TableOptions: convert.TableOptions{By: []string{"d"}, Stub: []string{"a"}}}, `"id":["a","d"],"size":[1,2],"dimension":{"a":{"label":"a","category":{"index":["k"]}},"d":{"label":"d","category":{"index":["x","y"]}}},"value":[1,2]}`, ""},
		{"ids and labels in one column", "[a] A,Value\n[x] X,1\n[y] y,2\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Both}}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"A","category":{"index":["x","y"],"label":{"x":"X","y":"y"}}}},"value":[1,2]}`, ""},
		{"ids and labels in two columns", "a,A,Value\nx,X,1\ny,Y,2\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Columns}}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"A","category":{"index":["x","y"],"label":{"x":"X","y":"Y"}}}},"value":[1,2]}`, ""},
		{"two labels for an id", "a,A,b,B,Value\nx,X,1,1,1\nx,Z,2,2,2\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Columns}}, `"id":["a","b"],"size":[1,2],"dimension":{"a":{"label":"A","category":{"index":["x"],"label":{"x":"X"}}},"b":{"label":"B","category":{"index":["1","2"]}}},"value":[1,2]}`, `"Z" in line 3`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var warnings []string
			c.o.Warn = func(message string) { warnings = append(warnings, message) }
			ds, err := convert.ReadCSV(strings.NewReader(c.text), &c.o)
			require.NoError(t, err)
			require.Equal(t, c.want, written(t, ds))
			if c.warns == "" {
				require.Empty(t, warnings)
			} else {
				require.Len(t, warnings, 1)
				require.Contains(t, warnings[0], c.warns)
			}
		})
	}
}

// TestReadCSVErrors has tables that are refused, with the line and the reason.
func TestReadCSVErrors(t *testing.T) {
	for _, c := range []struct {
		name, text string
		o          readOptions
		want       string // a part of the message
		unknown    bool   // it is a name that is not there
	}{
		{"nothing", "", readOptions{}, "the table is empty", false},
		{"empty lines", "\n \n", readOptions{}, "the table is empty", false},
		{"a header alone", "a,b\n", readOptions{}, "a header but no rows", false},
		{"one column", "a\n1\n", readOptions{}, `line 1: there is one column only, "a"`, false},
		{"another separator", "a;b\nx;1\n", readOptions{}, `look as if separated by ";", not by ","`, false},
		{"Eurostat's TSV, with another separator", "unit,geo\\TIME\t2022 \t2023 \nT,NO\t1.5 p\t: c\n", readOptions{Separator: ","}, "there is no column of figures", false},
		{"a short row", "a,Value\nx,1\ny\n", readOptions{}, "line 3: the row has 1 columns, the header has 2", false},
		{"a long row", "a,Value\nx,1\n\"two\nlines\",2,3\n", readOptions{}, "line 3: the row has 3 columns", false},
		{"a row behind a long one", "a,Value\n\"two\nlines\",1\ny,2,3\n", readOptions{}, "line 4: the row has 3 columns", false},
		{"a cell twice", "a,Value\nx,1\ny,2\nx,3\n", readOptions{}, "line 4: the categories x have a row already, in line 2", false},
		{"a quote that is not closed", "a,Value\n\"x,1\ny,2\n", readOptions{}, "line 2: a quote is not closed", false},
		{"something behind a quote", "a,Value\n\"x\"y,1\n", readOptions{}, "line 2: \"y,1\\n\" follows the quotes", false},
		{"what is no number", "a,Value\nx,0x10\ny,2\n", readOptions{}, `line 2: Value: "0x10" is no number`, false},
		{"a status column that is not there", "a,Value\nx,1\ny,2\n", readOptions{TableOptions: convert.TableOptions{Status: "Flag"}}, `there is no column "Flag"`, true},
		{"no such value column", "a,Value\nx,1\n", readOptions{TableOptions: convert.TableOptions{Values: []string{"Vlaue"}}}, `did you mean "Value"?`, true},
		{"Latin-1 in an id", "a,Value\nsm\xf8r,1\n", readOptions{}, "line 2: the text is not UTF-8", false},
		{"Latin-1 in a label", "a,A,Value\nx,sm\xf8r,1\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Columns}}, "line 2: the text is not UTF-8", false},
		{"Latin-1 in a status", "a,Status,Value\nx,\xf8,1\n", readOptions{}, "line 2: the text is not UTF-8", false},
		{"Latin-1 in a value", "a,Value\nx,\xf8\n", readOptions{}, "line 2: the text is not UTF-8", false},
		{"carriage returns alone", "a,Value\rx,1\ry,2\r", readOptions{}, "the lines end in carriage returns alone", false},
		{"no such column of the stub", "a,x\nk,1\n", readOptions{TableOptions: convert.TableOptions{By: []string{"d"}, Stub: []string{"b"}}}, `there is no column "b"`, true},
		{"a stub without its dimension", "a,x\nk,1\n", readOptions{TableOptions: convert.TableOptions{Stub: []string{"a"}}}, "columns are named that stand beside headings, but not the dimension that the headings are", true},
		{"a dimension without a stub, and no columns of one kind", "x\n1\n", readOptions{TableOptions: convert.TableOptions{By: []string{"d"}}}, "there is one column only", false},
		{"the stub is the dimension", "a,x\nk,1\n", readOptions{TableOptions: convert.TableOptions{By: []string{"a"}, Stub: []string{"a"}}}, `two dimensions are called "a"`, true},
		{"a wide row twice", "a,x,y\nk,1,2\nk,3,4\n", readOptions{TableOptions: convert.TableOptions{By: []string{"d"}, Stub: []string{"a"}}}, "line 3: the categories k have a row already, in line 2", false},
		{"no [id] label", "a,Value\nx,1\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Both}}, "not of the form [id] label", false},
		{"no pairs", "a,A,b,Value\nx,X,1,1\n", readOptions{TableOptions: convert.TableOptions{Content: convert.Columns}}, "no pairs of ids and labels", false},
		{"a role of nothing", "a,Value\nx,1\n", readOptions{TableOptions: convert.TableOptions{Roles: map[string]jsonstat.Role{"b": jsonstat.Time}}}, `there is no dimension "b"`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := convert.ReadCSV(strings.NewReader(c.text), &c.o)
			require.ErrorContains(t, err, c.want)
			require.NotContains(t, err.Error(), "\n")
			var wrong *convert.TableError
			require.ErrorAs(t, err, &wrong)
			if c.unknown {
				require.ErrorIs(t, err, jsonstat.ErrUnknown)
			} else {
				require.NotErrorIs(t, err, jsonstat.ErrUnknown)
			}
		})
	}
}
