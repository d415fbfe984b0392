package sdmxconv

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
		o := &Options{Metric: metric, Lang: lang}
		sets, err := Read(bytes.NewReader(text), o)
		if err != nil {
			if err.Error() == "" || strings.Contains(err.Error(), "%!") && !bytes.Contains(text, []byte("%!")) {
				t.Errorf("the error says %q", err)
			}
			return
		}
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
	})
}
