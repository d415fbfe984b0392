package sdmxconv

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

var update = flag.Bool("update", false, "write what came out to testdata, to be read and checked")

// policy says which cubes are sparse, for tests that want them so.
var policy rows.Policy

// convertText converts a message and writes what comes out, a dataset a line.
func convertText(t testing.TB, message string, o *Options) (string, []string, error) {
	t.Helper()
	var warnings []string
	opts := Options{}
	if o != nil {
		opts = *o
	}
	opts.Warn = func(w string) { warnings = append(warnings, w) }
	sets, err := readAs(strings.NewReader(message), &opts, policy)
	if err != nil {
		return "", warnings, err
	}
	var b bytes.Buffer
	for _, ds := range sets {
		if err := ds.Write(&b, &jsonstat.WriteOptions{Values: jsonstat.Dense, Statuses: jsonstat.Dense}); err != nil {
			t.Fatal(err)
		}
		b.WriteByte('\n')
	}
	return b.String(), warnings, nil
}

// sound holds that what was written is JSON-stat by the letter.
func sound(t testing.TB, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		doc, err := jsonstat.Options{Strict: true}.Parse([]byte(line))
		if err != nil {
			t.Errorf("what comes out is not sound: %v\n%.2000s", err, line)
			continue
		}
		for _, w := range doc.Warnings() {
			if w.Kind != jsonstat.WarnLabel {
				t.Errorf("what comes out: %v\n%.2000s", w, line)
			}
		}
		doc.Close()
	}
}

// TestGolden converts the messages in testdata. What must come out was read and
// checked by hand; it stands in testdata/golden.
func TestGolden(t *testing.T) {
	folder := filepath.Join("..", "..", "testdata")
	names := func(name string) *os.File {
		f, err := os.Open(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	for _, tt := range []struct {
		name, file string
		o          Options
	}{
		{"series", "sdmx/series.json", Options{}},
		{"series with a metric dimension", "sdmx/series.json", Options{TableOptions: convert.TableOptions{Roles: map[string]jsonstat.Role{"UNIT": jsonstat.Metric}}}},
		{"flat", "sdmx/flat.json", Options{}},
		{"flat with a metric dimension", "sdmx/flat.json", Options{WithMetric: true}},
		{"measures", "sdmx/measures.json", Options{}},
		{"measures in French", "sdmx/measures.json", Options{Lang: "fr"}},
		{"old style", "sdmx/oldstyle.json", Options{}},
		{"CSV with labels", "sdmx/labels.csv", Options{}},
		{"CSV with ids", "sdmx/ids.csv", Options{}},
		{"CSV with a structure", "sdmx/ids.csv", Options{Structure: names("sdmx/structure.json")}},
		{"CSV with a structure in French", "sdmx/ids.csv", Options{Structure: names("sdmx/structure.json"), Lang: "fr-FR"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(folder, tt.file))
			if err != nil {
				t.Fatal(err)
			}
			got, warnings, err := convertText(t, string(text), &tt.o)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range warnings {
				t.Errorf("warning: %s", w)
			}
			sound(t, got)
			golden := filepath.Join("testdata", "golden", strings.ReplaceAll(tt.name, " ", "_")+".json")
			var pretty bytes.Buffer
			if err := json.Indent(&pretty, []byte(got), "", " "); err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, pretty.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), pretty.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWorkedExamples holds two messages of the reference page with what they are.
func TestWorkedExamples(t *testing.T) {
	series := `{"header":{"id":"m2","prepared":"2025-03-01T10:00:00Z","sender":{"id":"INV","name":"Invented Office"},"links":[{"rel":"request","href":"https://example.org/data/BOAT/A.."}]},
"structure":{"name":"Boat harvest","dimensions":{"dataSet":[{"id":"FREQ","name":"Frequency","keyPosition":0,"values":[{"id":"A","name":"Annual"}]}],
"series":[{"id":"PORT","name":"Port","keyPosition":1,"role":"REF_AREA","values":[{"id":"N1","name":"North quay"},{"id":"S2","name":"South quay"}]}],
"observation":[{"id":"TIME_PERIOD","name":"Year","keyPosition":2,"role":"TIME_PERIOD","values":[{"id":"2023","name":"2023"},{"id":"2024","name":"2024"}]}]},
"attributes":{"dataSet":[],"series":[{"id":"TITLE","name":"Title","values":[{"name":"Northern boats"},{"name":"Southern boats"}]}],
"observation":[{"id":"OBS_STATUS","name":"Status","values":[{"id":"A","name":"Normal"},{"id":"M","name":"Missing"}]}]}},
"dataSets":[{"action":"Information","series":{"0":{"attributes":[0],"observations":{"0":[12.5,0],"1":[13,0]}},"1":{"attributes":[1],"observations":{"0":[null,1]}}}}]}`
	// What the reference makes of it, and the titles.
	seriesOut := `{"version":"2.0","class":"dataset","updated":"2025-03-01T10:00:00Z","source":"Invented Office","label":"Boat harvest","id":["PORT","TIME_PERIOD","FREQ"],"size":[2,2,1],"dimension":{"PORT":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North quay","S2":"South quay"},"note":{"N1":["Northern boats"],"S2":["Southern boats"]}}},"TIME_PERIOD":{"label":"Year","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"FREQ":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"value":[12.5,13,null,null],"link":{"alternate":[{"type":"application/vnd.sdmx.data+json","href":"https://example.org/data/BOAT/A.."}]},"role":{"time":["TIME_PERIOD"],"geo":["PORT"]},"status":["A","A","M",null],"extension":{"status":{"label":{"A":"Normal","M":"Missing"}}}}`
	flat := `{"meta":{"id":"m1","prepared":"2025-03-01T10:00:00Z","sender":{"id":"INV","name":"Invented Office"}},"data":{"structures":[{"name":"Boat harvest",
"dimensions":{"dataSet":[{"id":"FREQ","name":"Frequency","keyPosition":0,"roles":["FREQ"],"values":[{"id":"A","name":"Annual"}]}],
"observation":[{"id":"PORT","name":"Port","keyPosition":1,"roles":["REF_AREA"],"values":[{"id":"N1","name":"North quay"},{"id":"S2","name":"South quay"}]},
{"id":"TIME_PERIOD","name":"Year","keyPosition":2,"roles":["TIME_PERIOD"],"values":[{"value":"2023"},{"value":"2024"}]}]},
"measures":{"observation":[{"id":"OBS_VALUE","name":"Weight"}]},
"attributes":{"dataSet":[{"id":"UNIT_MEASURE","name":"Unit","values":[{"id":"KG","name":"Kilograms"}]},{"id":"UNIT_MULT","name":"Multiplier","values":[{"id":"3","name":"Thousands"}]}],
"observation":[{"id":"OBS_STATUS","name":"Status","values":[{"id":"A","name":"Normal"},{"id":"M","name":"Missing"}]}]}}],
"dataSets":[{"structure":0,"action":"Replace","attributes":[0,0],"observations":{"0:0":[12.5,0],"0:1":[13],"1:0":["NaN",1]}}]}}`
	flatOut := `{"version":"2.0","class":"dataset","updated":"2025-03-01T10:00:00Z","source":"Invented Office","label":"Boat harvest","id":["PORT","TIME_PERIOD","FREQ"],"size":[2,2,1],"dimension":{"PORT":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North quay","S2":"South quay"}}},"TIME_PERIOD":{"label":"Year","category":{"index":["2023","2024"],"label":{"2023":"2023","2024":"2024"}}},"FREQ":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}},"value":[12.5,13,null,null],"role":{"time":["TIME_PERIOD"],"geo":["PORT"]},"status":["A",null,"M",null],"extension":{"status":{"label":{"A":"Normal","M":"Missing"}},"sdmx":{"attributes":{"UNIT_MEASURE":{"id":"KG","label":"Kilograms"},"UNIT_MULT":{"id":"3","label":"Thousands"}}}}}`
	for _, tt := range []struct{ name, in, want string }{{"series", series, seriesOut}, {"flat", flat, flatOut}} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := convertText(t, tt.in, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(parsed(t, tt.want), parsed(t, got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func parsed(t testing.TB, text string) any {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("%v\n%.500s", err, text)
	}
	return v
}
