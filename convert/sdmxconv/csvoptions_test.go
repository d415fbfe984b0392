package sdmxconv

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestCSVOptions: the options of tables say of SDMX-CSV what its rules do not.
func TestCSVOptions(t *testing.T) {
	const v1 = "DATAFLOW,A,TIME_PERIOD,OBS_VALUE"
	const two = v1 + ",X,OBS_STATUS\nF,a,2020,1,p,E\nF,b,2020,2,q,\n"
	head, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dataset","label":"Of the head","id":["TIME_PERIOD","A"],"size":[1,3],"dimension":{"TIME_PERIOD":{"category":{"index":["2020"]}},"A":{"category":{"index":["b","c","a"]}}},"value":[null,null,null]}`))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := head.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	table := func(o convert.TableOptions) Options { return Options{TableOptions: o} }
	tests := []part{
		{"a column that is left out", two, table(convert.TableOptions{Ignore: []string{"X"}}), []string{`"id":["A","TIME_PERIOD"]`, `-"X"`, `"status":["E",null]`}, ""},
		{"a dimension that is left out", "DATAFLOW,A,B,OBS_VALUE\nF,a,k,1\nF,b,k,2\n", table(convert.TableOptions{Ignore: []string{"B"}}), []string{`"id":["A"]`, `"value":[1,2]`, `-"B"`}, ""},
		{"another status", two, table(convert.TableOptions{Status: "X"}), []string{`"status":["p","q"]`, `"OBS_STATUS":{"0":"E"}`}, ""},
		{"a column of labels", "DATAFLOW,A,NAME_A,TIME_PERIOD,OBS_VALUE\nF,a,One,2020,1\nF,b,Two,2020,2\n", table(convert.TableOptions{Labels: [][2]string{{"A", "NAME_A"}}}),
			[]string{`"id":["A","TIME_PERIOD"]`, `"A":{"label":"NAME_A","category":{"index":["a","b"],"label":{"a":"One","b":"Two"}}}`}, ""},
		{"names of statuses", "DATAFLOW,A,OBS_VALUE,OBS_STATUS,S_NAME\nF,a,1,E,Estimated\nF,b,2,,\n", table(convert.TableOptions{Labels: [][2]string{{"OBS_STATUS", "S_NAME"}}}), []string{`"status":{"label":{"E":"Estimated"}}`, `"status":["E",null]`, `-S_NAME`}, ""},
		{"statuses of each measure", "DATAFLOW,A,M1,M1_FLAG,M2,M2_FLAG\nF,a,1,p,2,\nF,b,3,,4,q\n", table(convert.TableOptions{Values: []string{"M1", "M2"}, Dimensions: []string{"A"}, StatusSuffix: "_FLAG"}),
			[]string{`"value":[1,2,3,4],"status":["p",null,null,"q"]`, `-"M1_FLAG"`}, ""},
		{"dimensions in another order", "DATAFLOW,A,B,OBS_VALUE\nF,a,k,1\nF,b,k,2\n", table(convert.TableOptions{Dimensions: []string{"B", "A"}}), []string{`"id":["B","A"]`}, ""},
		{"columns by number", "DATAFLOW,A,B,C,D\nF,a,1,2,d\n", table(convert.TableOptions{Values: []string{"3..4"}, Dimensions: []string{"2"}}), []string{`"id":["A","MEASURE"]`, `"index":["B","C"]`, `"D":"d"`}, ""},
		{"columns across", "DATAFLOW,A,2020,2021\nF,a,1,2\nF,b,3,4\n", table(convert.TableOptions{By: []string{"Year"}, Stub: []string{"A"}}), []string{`"id":["A","Year"],"size":[2,2]`, `"value":[1,2,3,4]`}, ""},
		{"columns across, without a word of the others", "DATAFLOW,A,2020,2021\nF,a,1,2\nF,b,3,4\n", table(convert.TableOptions{By: []string{"Year"}}), []string{`"id":["A","Year"],"size":[2,2]`, `"value":[1,2,3,4]`}, ""},
		{"the dimension of measures by another name", "DATAFLOW,A,B,C\nF,a,1,2\n", table(convert.TableOptions{Values: []string{"B", "C"}, Metric: "WHAT"}), []string{`"id":["A","WHAT"]`, `"role":{"metric":["WHAT"]}`}, ""},
		{"a dimension called MEASURE beside measures", "DATAFLOW,MEASURE,B,C\nF,a,1,2\n", table(convert.TableOptions{Values: []string{"B", "C"}}), []string{`"id":["MEASURE","OBS_MEASURE"]`}, ""},
		{"label, source and update", two, table(convert.TableOptions{Label: "L", Source: "S", Updated: "2025-01-01"}), []string{`"label":"L","source":"S","updated":"2025-01-01"`}, ""},
		{"a description", two, table(convert.TableOptions{Description: json.RawMessage(`{"source":"D","note":["n"],"extension":{"x":1},"dimension":{"A":{"label":"Letter","category":{"index":["b","a","z"],"label":{"b":"Two"},"unit":{"a":{"label":"tons"}}}}}}`)}),
			[]string{`"source":"D"`, `"note":["n"]`, `"A":{"label":"Letter","category":{"index":["b","a","z"]`, `"b":"Two"`, `"label":"tons"`, `"x":1`, `"sdmx":{"id":"F"`, `"value":[2,1,null]`}, ""},
		{"a head", two, table(convert.TableOptions{Head: ds}), []string{`"label":"Of the head"`, `"id":["TIME_PERIOD","A"],"size":[1,3]`, `"value":[2,null,1]`}, ""},
		{"a text for missing", v1 + "\nF,a,2020,-99\nF,b,2020,2\n", table(convert.TableOptions{NA: []string{"-99"}}), []string{`"value":[null,2]`}, ""},
		{"a decimal comma that is said", "DATAFLOW,A,OBS_VALUE\nF,a,\"1,5\"\n", table(convert.TableOptions{Decimal: ","}), []string{`"value":[1.5]`}, ""},
		{"texts that are wanted", v1 + "\nF,a,2020,Yes\n", table(convert.TableOptions{Texts: true}), []string{`"value":["Yes"]`}, ""},
		{"a header below a title", "Some title\n" + two, Options{From: CSV, TableOptions: convert.TableOptions{Header: "2"}}, []string{`"id":["A","TIME_PERIOD"]`, `"value":[1,2]`}, ""},
		{"a separator that is said", "A::OBS_VALUE\na::1\n", Options{From: CSV, Separator: "::"}, []string{`"id":["A"]`, `"value":[1]`}, ""},
		{"SDMX-JSON", envelope("", `{"observations":{"0:0":[1]}}`), table(convert.TableOptions{Label: "L", Description: json.RawMessage(`{"dimension":{"A":{"label":"Described","category":{"index":["a1","a0"]}}}}`)}),
			[]string{`"label":"L"`, `"A":{"label":"Described","category":{"index":["a0","a1"]`}, ""},
	}
	checkParts(t, tests)
}

// TestCSVExplain: what was decided can be used again, and says it outright.
func TestCSVExplain(t *testing.T) {
	const text = "STRUCTURE,STRUCTURE_ID,ACTION,A,TIME_PERIOD,OBS_VALUE,OBS_STATUS,X\ndataflow,F,I,a,2020,1,E,p\ndataflow,F,I,b,2020,2,,q\n"
	var plan json.RawMessage
	first, _, err := convertText(t, text, &Options{TableOptions: convert.TableOptions{Explain: func(p json.RawMessage) { plan = p }}})
	if err != nil {
		t.Fatal(err)
	}
	var said struct {
		Value, Dimension []string
		Status           string
		Columns          []struct{ Name, Part, Why string }
		Rows, Cells      int64
	}
	if err := json.Unmarshal(plan, &said); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(said); got != "{[OBS_VALUE] [A TIME_PERIOD] OBS_STATUS [{STRUCTURE left out file} {STRUCTURE_ID left out file} {ACTION left out file} {A dimension file} {TIME_PERIOD dimension file} {OBS_VALUE value file} {OBS_STATUS status file} {X left out file}] 2 2}" {
		t.Errorf("it says %s", got)
	}
	again, _, err := convertText(t, text, &Options{TableOptions: convert.TableOptions{Plan: plan}})
	if err != nil || again != first {
		t.Errorf("with its plan it is\n%s%v, want\n%s", again, err, first)
	}
}

// TestCSVOnce: a table is read once, from start to end, and an error of reading is
// what comes of it.
func TestCSVOnce(t *testing.T) {
	text := many(20_000, "CSV")
	broken := errors.New("the line is dead")
	for _, tt := range []struct {
		name string
		err  error // behind half of the text
	}{{"all", nil}, {"half of it", broken}, {"half of it, as if cut off", io.ErrUnexpectedEOF}} {
		t.Run(tt.name, func(t *testing.T) {
			var r io.Reader = strings.NewReader(string(text))
			if tt.err != nil {
				r = io.MultiReader(strings.NewReader(string(text[:len(text)/2])), iotest.ErrReader(tt.err))
			}
			n := 0
			sets, err := Read(struct{ io.Reader }{io.TeeReader(r, counter{&n})}, nil)
			if tt.err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("error %v, want %v", err, tt.err)
				}
				return
			}
			if err != nil || len(sets) != 1 || sets[0].Len() != 20_000 {
				t.Errorf("%d datasets, %v", len(sets), err)
			}
			if n != len(text) {
				t.Errorf("%d bytes were read of %d", n, len(text))
			}
		})
	}
}

// counter counts bytes.
type counter struct{ n *int }

func (c counter) Write(p []byte) (int, error) {
	*c.n += len(p)
	return len(p), nil
}

// TestJSONOptions: what only tables need has no effect on SDMX-JSON, and that is said
// once.
func TestJSONOptions(t *testing.T) {
	message := envelope("", `{"observations":{"0:0":[1]}}`)
	for name, o := range map[string]Options{
		"header": {TableOptions: convert.TableOptions{Header: "2"}}, "values": {TableOptions: convert.TableOptions{Values: []string{"A"}}},
		"status": {TableOptions: convert.TableOptions{Status: "A"}}, "by": {TableOptions: convert.TableOptions{By: []string{"A"}}},
		"explain": {TableOptions: convert.TableOptions{Explain: func(json.RawMessage) { t.Error("there is nothing to explain") }}},
		"plan":    {TableOptions: convert.TableOptions{Plan: json.RawMessage("{}")}}, "separator": {Separator: ";"},
		"several": {Separator: ";", TableOptions: convert.TableOptions{NA: []string{"x"}, Texts: true}},
	} {
		t.Run(name, func(t *testing.T) {
			_, warnings, err := convertText(t, message, &o)
			if err != nil || len(warnings) != 1 || !strings.Contains(warnings[0], "the message is SDMX-JSON") {
				t.Errorf("warnings %q, %v", warnings, err)
			}
		})
	}
}

// TestCSVKinds: errors of tables are those of package convert.
func TestCSVKinds(t *testing.T) {
	const head = "DATAFLOW,A,TIME_PERIOD,OBS_VALUE\n"
	for _, tt := range []struct {
		name, message string
		o             Options
		kinds         []error
		also          string
	}{
		{"a row twice", head + "F,a,1,1\nF,a,1,2\n", Options{}, []error{convert.ErrTwice}, ""},
		{"a short row", head + "F,a\n", Options{}, []error{convert.ErrWidth}, ""},
		{"no rows", head, Options{}, []error{convert.ErrEmpty}, ""},
		{"only deletes", "STRUCTURE,STRUCTURE_ID,ACTION,A,OBS_VALUE\ndataflow,F,D,a,\n", Options{}, []error{convert.ErrEmpty}, ""},
		{"not UTF-8", head + "F,\xe5,2020,1\n", Options{}, []error{jsonstat.ErrEncoding}, ""},
		{"no column of values", "DATAFLOW,A,B\nF,a,1\n", Options{}, []error{ErrMeasures, convert.ErrUndecided}, "Values"},
		{"no column of dimensions", "STRUCTURE,STRUCTURE_ID,OBS_VALUE,A\ndataflow,F,1,a\n", Options{}, []error{ErrDimensions, convert.ErrUndecided}, "Dimensions"},
		{"keys only", "DATAFLOW,A\nF,a\n", Options{}, []error{ErrNotSDMX}, ""},
		{"an unknown column", head + "F,a,1,1\n", Options{TableOptions: convert.TableOptions{Ignore: []string{"Q7"}}}, []error{jsonstat.ErrUnknown}, ""},
		{"a header that is none", head + "F,a,1,1\n", Options{TableOptions: convert.TableOptions{Header: "1-2"}}, []error{jsonstat.ErrUnknown}, ""},
		{"a header behind the end", head + "F,a,1,1\n", Options{TableOptions: convert.TableOptions{Header: "9"}}, []error{jsonstat.ErrUnknown}, ""},
		{"a description that is none", head + "F,a,1,1\n", Options{TableOptions: convert.TableOptions{Description: json.RawMessage("[")}}, []error{convert.ErrDescription}, ""},
		{"a description of another dimension", head + "F,a,1,1\n", Options{TableOptions: convert.TableOptions{Description: json.RawMessage(`{"dimension":{"B":{}}}`)}}, []error{convert.ErrDescription}, ""},
		{"a plan that is none", head + "F,a,1,1\n", Options{TableOptions: convert.TableOptions{Plan: json.RawMessage("[")}}, []error{convert.ErrPlan}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := convertText(t, tt.message, &tt.o)
			e, ok := errors.AsType[*convert.TableError](err)
			if !ok {
				t.Fatalf("error %v is none of a table", err)
			}
			for _, kind := range tt.kinds {
				if !errors.Is(err, kind) {
					t.Errorf("error %q is no %q", err, kind)
				}
			}
			if got := strings.Join(e.Also, ","); got != tt.also {
				t.Errorf("what else could be meant is %q, want %q", got, tt.also)
			}
		})
	}
}
