package sdmxconv

import (
	"errors"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestErrors holds what is said of inputs that cannot be right.
func TestErrors(t *testing.T) {
	observations := func(s string) string { return envelope(obsStatus, `{"observations":{`+s+`}}`) }
	imf := `{"CompactData":{"@xmlns:xsd":"x","DataSet":{"Series":{"@FREQ":"A","Obs":{"@TIME_PERIOD":"2020","@OBS_VALUE":"1"}}}}}`
	tests := []struct {
		name, message string
		o             Options
		want          string // in the message
		kind          error
	}{
		{"empty", " \n", Options{}, "the input is empty", ErrNotSDMX},
		{"text", "Service unavailable", Options{}, `the input is no SDMX-JSON and no SDMX-CSV: it starts with "Service unavailable"`, ErrNotSDMX},
		{"SDMX-ML", `<?xml version="1.0"?><message:StructureSpecificData xmlns:message="x"/>`, Options{}, "the input is SDMX-ML (XML), which is not read: ask the service for SDMX-JSON", ErrNotSDMX},
		{"SDMX-ML structure", `<mes:Structure xmlns:mes="x"></mes:Structure>`, Options{}, "an SDMX-ML structure message", ErrNotSDMX},
		{"SDMX-ML error", `<?xml version="1.0"?><mes:Error><com:Text>No results found</com:Text></mes:Error>`, Options{}, "the input is XML, not JSON: No results found", nil},
		{"a web page", "<html><head><title>404 Not found</title></head></html>", Options{}, "the input is a web page, not JSON: 404 Not found", nil},
		{"IMF's XML in JSON", imf, Options{}, "this is SDMX-ML (XML) that was turned into JSON", ErrNotSDMX},
		{"JSON-stat", `{"version":"2.0","class":"dataset"}`, Options{}, "this is JSON-stat already", ErrNotSDMX},
		{"a structure message", `{"meta":{},"data":{"dataStructures":[]}}`, Options{}, "this is a structure message", ErrNotSDMX},
		{"a metadata message", `{"data":{"metadataSets":[]}}`, Options{}, "this is a message of reference metadata", ErrNotSDMX},
		{"other JSON", `{"a":1}`, Options{}, "this is no SDMX-JSON data message: there are no dataSets", ErrNotSDMX},
		{"an array", `[1]`, Options{}, `unexpected character [, expected an object`, jsonstat.ErrSyntax},
		{"a service's error", `{"errors":[{"code":404,"title":"No data","detail":"nothing for B.X"}]}`, Options{}, "the server answered with an error, not with data: 404 No data: nothing for B.X", nil},
		{"an error of drafts", `{"header":{},"errors":[{"code":150,"message":"Bad key"},"and more"]}`, Options{}, "150 Bad key; and more", nil},
		{"no data sets", envelope("", ""), Options{}, "the message has a structure but no data sets: the query found nothing", ErrNotSDMX},
		{"no structure", `{"dataSets":[{}]}`, Options{}, "the message has data sets but no structure", ErrNotSDMX},
		{"no dimensions", `{"structure":{},"dataSets":[{}]}`, Options{}, "the structure has no dimensions", ErrNotSDMX},
		{"a dimension without values", strings.Replace(observations(""), `[{"id":"2023"},{"id":"2024"}]`, "[]", 1), Options{}, `dimension "TIME_PERIOD" has no values: there are no data`, ErrNotSDMX},
		{"a value twice", strings.Replace(observations(""), `"2024"`, `"2023"`, 1), Options{}, `dimension "TIME_PERIOD" has the value "2023" twice`, ErrNotSDMX},
		{"a structure that is not there", version2("", `{"structure":3}`), Options{}, "the structure that data set 0 names is not there: the message has 1", ErrNotSDMX},
		{"a key twice", observations(`"0:0":[1],` + "\n" + `"0:0":[2]`), Options{}, "there are two observations of A=a0, TIME_PERIOD=2023 (line 5", ErrNotSDMX},
		{"a short key", observations(`"0":[1]`), Options{}, `key "0" of an observation does not fit the structure: it is of length 1, but there are 2 dimensions (A, TIME_PERIOD)`, ErrNotSDMX},
		{"an index beyond", observations(`"0:2":[1]`), Options{}, `there is no value 2 of dimension "TIME_PERIOD", which has 2`, ErrNotSDMX},
		{"a key that is none", observations(`"a:b":[1]`), Options{}, `it is no list of indexes with colons between them`, ErrNotSDMX},
		{"a key with a hole", observations(`":1":[1]`), Options{}, `the index of dimension "A" is missing`, ErrNotSDMX},
		{"a delete alone", envelope("", `{"action":"Delete","observations":{"0:0":[]}}`), Options{}, "the message says only what is to be deleted: it has no data", ErrNotSDMX},
		{"cut off", observations(`"0:0":[1],"0:1":[2,3]`)[:455], Options{}, "the document ends too early: it is cut off", jsonstat.ErrSyntax},
		{"cut off in a string", `{"header":{"id":"x`, Options{}, "the document ends too early", jsonstat.ErrSyntax},
		{"NaN", observations(`"0:0":[NaN]`), Options{}, "NaN and Infinity are not JSON", jsonstat.ErrNaN},
		{"a leading zero", observations(`"0:0":[01]`), Options{}, `a number with a leading zero`, jsonstat.ErrSyntax},
		{"a stray comma", observations(`"0:0":[1,]`), Options{}, "expected a value", jsonstat.ErrSyntax},
		{"no colon", observations(`"0:0" [1]`), Options{}, "expected a colon", jsonstat.ErrSyntax},
		{"no array", observations(`"0:0":7`), Options{}, "expected an array", jsonstat.ErrSyntax},
		{"words", observations(`"0:0":[nothing]`), Options{}, `unexpected character n, expected a value`, jsonstat.ErrSyntax},
		{"text behind", observations("") + "}", Options{}, "text after the end of the document", jsonstat.ErrSyntax},
		{"not UTF-8", strings.Replace(observations(""), "Zero", "Z\xe9ro", 1), Options{}, "byte 0xe9 is not UTF-8", jsonstat.ErrEncoding},
		{"a value that is not UTF-8", observations("\"0:0\":[\"\xe9\"]"), Options{}, "byte 0xe9 is not UTF-8", jsonstat.ErrEncoding},
		{"UTF-16 without a mark", "A\x00,\x00B\x00\n\x00", Options{}, "line 1: the text is not UTF-8: it looks like UTF-16 without a byte order mark, utf-16le by its zeros", jsonstat.ErrEncoding},
		{"UTF-16 that is cut off", "\xff\xfe{\x00\"", Options{}, "line 1: the UTF-16 text is cut off in the middle of a character", jsonstat.ErrEncoding},
		{"an unknown encoding", "{}", Options{Encoding: "ebcdic"}, `unknown encoding "ebcdic": it is one of utf-8, utf-16, utf-16le, utf-16be, iso-8859-1, iso-8859-15, windows-1252`, jsonstat.ErrEncodingName},
		{"values in each other", `{"header":` + strings.Repeat("[", 300) + strings.Repeat("]", 300) + `,"structure":{},"dataSets":[]}`, Options{}, "more than 256 arrays and objects inside each other", jsonstat.ErrLimit},
		{"an unknown data set", observations(`"0:0":[1]`), Options{DataSet: "7"}, `there is no dataset "7"`, jsonstat.ErrUnknown},
		{"an unknown language", strings.Replace(observations(`"0:0":[1]`), `"name":"Zero"`, `"names":{"en":"Zero","fr":"Zéro"}`, 1), Options{Lang: "de"}, `there is no language "de"`, jsonstat.ErrUnknown},
		{"an unknown dimension", observations(`"0:0":[1]`), Options{TableOptions: convert.TableOptions{Roles: map[string]jsonstat.Role{"B": "geo"}}}, `there is no dimension "B"`, jsonstat.ErrUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := convertText(t, tt.message, &tt.o)
			if err == nil {
				t.Fatalf("no error, but\n%s", got)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q, want %q", err, tt.want)
			}
			if tt.kind != nil && !errors.Is(err, tt.kind) {
				t.Errorf("error %q is no %q", err, tt.kind)
			}
			if tt.kind == nil {
				if _, ok := errors.AsType[*jsonstat.ServerError](err); !ok {
					t.Errorf("error %q is no server's", err)
				}
			}
			if e, ok := errors.AsType[*jsonstat.Error](err); ok && e.Offset > 0 && e.Line == 0 {
				t.Errorf("error %q has no line", err)
			}
		})
	}
}

// TestCSVErrors does it for tables, whose errors have a line.
func TestCSVErrors(t *testing.T) {
	const head = "DATAFLOW,A,TIME_PERIOD,OBS_VALUE\n"
	tests := []struct {
		name, message string
		o             Options
		line          int64
		want          string
	}{
		{"header only", head, Options{}, 0, "the message has a header but no observations"},
		{"one column", "DATAFLOW\nX\n", Options{From: CSV}, 1, "there is one column only"},
		{"a short row", head + "F,a\n", Options{}, 2, "the row has 2 columns, the header has 4"},
		{"a long row", head + "F,a,2020,1,2\n", Options{}, 2, "the row has 5 columns, the header has 4"},
		{"a row twice", head + "F,a,2020,1\nF,b,2020,1\nF,a,2020,2\n", Options{}, 4, "the categories a, 2020 have a row already, in line 2: perhaps a column is a dimension that is not taken for one"},
		{"a quote", head + "F,\"a,2020,1\n", Options{}, 2, "a quote is not closed"},
		{"equal columns", "DATAFLOW,A,A,OBS_VALUE\nF,a,b,1\n", Options{}, 1, `columns 2 and 3 have the same name, "A"`},
		{"not UTF-8", head + "F,\xe5,2020,1\n", Options{}, 2, "the text is not UTF-8"},
		{"not UTF-8 in the header", "DATAFLOW,\xe5,OBS_VALUE\nF,a,1\n", Options{}, 1, "the text is not UTF-8"},
		{"an attribute that is not UTF-8", "DATAFLOW,A,OBS_VALUE,X\nF,a,1,\xe5\n", Options{}, 2, "the text is not UTF-8"},
		{"no values", "DATAFLOW,A,B\nF,a,b\n", Options{}, 0, "there is no column of values (OBS_VALUE): the table has keys only"},
		{"no values by name", "DATAFLOW,A,B\nF,a,1\n", Options{}, 0, "there is no column OBS_VALUE: which columns hold the values? They are A, B"},
		{"a measure by its id alone", "DATAFLOW,A,MEASURE\nF,a,TONNAGE\nF,b,TONNAGE\n", Options{}, 0, "there is no column of values (OBS_VALUE): the table has keys only"},
		{"no dimensions", "STRUCTURE,STRUCTURE_ID,OBS_VALUE,A\ndataflow,F,1,a\n", Options{}, -1, "no column stands before the values: which columns are dimensions? They are OBS_VALUE, A"},
		{"an unknown measure", head + "F,a,2020,1\n", Options{TableOptions: convert.TableOptions{Values: []string{"OBS_VALEU"}}}, -1, `there is no column "OBS_VALEU"; did you mean "OBS_VALUE"?`},
		{"an unknown dimension", head + "F,a,2020,1\n", Options{TableOptions: convert.TableOptions{Dimensions: []string{"Z"}}}, -1, `there is no column "Z"`},
		{"an unknown data set", head + "F,a,2020,1\n", Options{DataSet: "G"}, -1, `there is no dataset "G"`},
		{"only deletes", "STRUCTURE,STRUCTURE_ID,ACTION,A,OBS_VALUE\ndataflow,F,D,a,\n", Options{}, 0, `there are no observations of "F"`},
		{"an id twice", "DATAFLOW,A: Letter,OBS_VALUE\nF,a: One,1\nF,a: Two,2\n", Options{}, -2, ""},
		{"a structure that is XML", head + "F,a,2020,1\n", Options{Structure: strings.NewReader("<xml/>")}, -1, "the structure file cannot be used: it is XML"},
		{"a structure that is none", head + "F,a,2020,1\n", Options{Structure: strings.NewReader(`{"a":1}`)}, -1, "it has no data structure and is no data message"},
		{"a structure that is broken", head + "F,a,2020,1\n", Options{Structure: strings.NewReader(`{"a":`)}, -1, "the document ends too early"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := convertText(t, tt.message, &tt.o)
			if tt.line == -2 { // cells that are not an id and a name are ids
				if err != nil || !strings.Contains(got, `"index":["a: One","a: Two"]`) {
					t.Errorf("got %s, %v", got, err)
				}
				return
			}
			if err == nil {
				t.Fatalf("no error, but\n%s", got)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %q, want %q", err, tt.want)
			}
			e, ok := errors.AsType[*convert.TableError](err)
			if tt.line >= 0 && (!ok || e.Line != tt.line) {
				t.Errorf("error %q is not one of line %d", err, tt.line)
			}
		})
	}
}
