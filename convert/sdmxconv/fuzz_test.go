package sdmxconv

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// FuzzRead reads anything. What comes out must be JSON-stat, the same in one pass
// or byte by byte.
func FuzzRead(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("..", "..", "testdata", "sdmx", "*"))
	if err != nil || len(names) == 0 {
		f.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text, false, "")
	}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 8))
		m := randomModel(r)
		f.Add([]byte(m.message(m.randomForm(r), r)), seed%2 == 0, "")
		f.Add([]byte(m.csv(csvForm{version: 2, labels: "both", sep: ","}, r)), false, "en")
	}
	f.Add([]byte(envelope(obsStatus, `{"action":"Delete","series":{"0":{"observations":{"0":[]}}}}`)), true, "")
	f.Add([]byte("STRUCTURE[;],STRUCTURE_ID,A,OBS_VALUE,X[en;fr],Y[]\ndataflow,F,a,1,en:V;fr:W,p;q\n"), false, "fr")
	f.Fuzz(func(t *testing.T, text []byte, metric bool, lang string) {
		o := &Options{WithMetric: metric, Lang: lang}
		sets, err := Read(bytes.NewReader(text), o)
		if err != nil {
			if err.Error() == "" || strings.Contains(err.Error(), "%!") && !bytes.Contains(text, []byte("%!")) {
				t.Errorf("the error says %q", err)
			}
			return
		}
		soundSets(t, sets)
	})
}

// soundSets checks datasets in full, as long as they are not huge.
func soundSets(t *testing.T, sets []*jsonstat.Dataset) {
	t.Helper()
	for _, ds := range sets {
		if ds.Len() > 1<<20 {
			continue
		}
		var b bytes.Buffer
		if err := ds.Write(&b, &jsonstat.WriteOptions{Values: jsonstat.Dense, Statuses: jsonstat.Dense}); err != nil {
			t.Fatal(err)
		}
		sound(t, b.String()+"\n")
	}
}

// FuzzCSV reads any table with any choice of columns: a dataset that is sound comes of
// it, or an error with words.
func FuzzCSV(f *testing.F) {
	const table = "STRUCTURE,STRUCTURE_ID,ACTION,A,B,TIME_PERIOD,OBS_VALUE,OBS_STATUS,X\ndataflow,F,I,a,b,2020,1,E,x\ndataflow,F,M,a,b,2020,,,y\ndataflow,G,R,a,,2021,2,,\ndataflow,F,D,a,b,,,,\ndataflow,F,M,a,,,,,z\n"
	f.Add(table, "", "", "", "", "", "")
	f.Add(table, "X", "A,B", "TIME_PERIOD", "OBS_STATUS", "", "B=X")
	f.Add(table, "7..8", "4", "", "", "", "")
	f.Add(table, "", "", "", "", "W", "A=B")
	f.Add("A;B;OBS_VALUE1;OBS_VALUE2;OBS_VALUE1_S\na;b;1,5;2.5;p\n", "", "", "", "", "", "")
	f.Fuzz(func(t *testing.T, text, values, dims, ignore, status, by, labels string) {
		list := func(s string) []string {
			if s == "" {
				return nil
			}
			return strings.Split(s, ",")
		}
		o := &Options{From: CSV, TableOptions: convert.TableOptions{
			Values: list(values), Dimensions: list(dims), Ignore: list(ignore), Status: status, By: list(by), StatusSuffix: "_S",
			Explain: func(plan json.RawMessage) {
				if !json.Valid(plan) {
					t.Errorf("the plan is %s", plan)
				}
			},
		}}
		if id, label, ok := strings.Cut(labels, "="); ok {
			o.Labels = [][2]string{{id, label}}
		}
		for _, p := range []rows.Policy{{}, {Small: 0, Thin: 1}} {
			sets, err := readAs(strings.NewReader(text), o, p)
			if err != nil {
				if err.Error() == "" || strings.Contains(err.Error(), "%!") && !strings.Contains(text+values+dims+ignore+status+by+labels, "%!") {
					t.Errorf("the error says %q", err)
				}
				continue
			}
			soundSets(t, sets)
		}
	})
}
