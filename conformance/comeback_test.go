package conformance_test

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A plainTable is a format whose tables say nothing of the cube that they came from: a
// reader decides by their rows. Columns are called by ids, cells say ids.
type plainTable struct {
	name  string
	write func(w io.Writer, ds *jsonstat.Dataset) error
	read  func(text []byte, o convert.TableOptions) (*jsonstat.Dataset, error)

	called, says convert.Show // names of columns and texts of cells that are no ids

	// The values come first and the dimensions last to first, as the tools that we
	// replace write them.
	reversed bool
}

func plainTables() []plainTable {
	ids := convert.Table{Field: convert.ID, Content: convert.ID}
	readCSV := func(separator string) func([]byte, convert.TableOptions) (*jsonstat.Dataset, error) {
		return func(text []byte, o convert.TableOptions) (*jsonstat.Dataset, error) {
			return convert.ReadCSV(bytes.NewReader(text), &convert.ReadCSVOptions{TableOptions: o, Separator: separator})
		}
	}
	readJSON := func(text []byte, o convert.TableOptions) (*jsonstat.Dataset, error) {
		return convert.ReadJSON(bytes.NewReader(text), &o)
	}
	json := func(write tableWriter) func(io.Writer, *jsonstat.Dataset) error {
		return func(w io.Writer, ds *jsonstat.Dataset) error {
			return write(w, ds, &convert.JSONOptions{Table: ids, Status: true})
		}
	}
	return []plainTable{
		{name: "CSV", write: func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: ids})
		}, read: readCSV("")},
		{name: "CSV with statuses", write: func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: ids, Status: true})
		}, read: readCSV("")},
		{name: "CSV of labels", called: convert.Label, says: convert.Label, write: func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteCSV(w, ds, &convert.CSVOptions{Status: true})
		}, read: readCSV("")},
		{name: "CSV of labels below ids", says: convert.Label, write: func(w io.Writer, ds *jsonstat.Dataset) error { // -sf
			return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: convert.Table{Field: convert.ID}, Status: true})
		}, read: readCSV("")},
		{name: "CSV with semicolons", write: func(w io.Writer, ds *jsonstat.Dataset) error {
			return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: ids, Status: true, Separator: ";"})
		}, read: readCSV(";")},
		{name: "array", write: json(convert.WriteArray), read: readJSON},
		{name: "array of objects", write: json(convert.WriteArrObj), read: readJSON, reversed: true},
		{name: "object of arrays", write: json(convert.WriteObjArr), read: readJSON, reversed: true},
		{name: "Google", write: json(convert.WriteObject), read: readJSON},
		{name: "lines", write: json(convert.WriteNDJSON), read: readJSON, reversed: true},
		{name: "sheet", write: func(w io.Writer, ds *jsonstat.Dataset) error {
			return xlsxconv.Write(w, ds, &xlsxconv.Options{Table: ids, NoTitle: true})
		}, read: func(text []byte, o convert.TableOptions) (*jsonstat.Dataset, error) {
			return xlsxconv.Read(bytes.NewReader(text), &xlsxconv.ReadOptions{TableOptions: o, Plain: true})
		}},
	}
}

// nameOf is what the column of a dimension is called.
func (f plainTable) nameOf(d *jsonstat.Dimension) string {
	if f.called == convert.Label {
		return d.Label()
	}
	return d.ID()
}

// textsOf are what cells call the categories of a dimension.
func (f plainTable) textsOf(d *jsonstat.Dimension) []string {
	texts := idsOf(d)
	if f.says == convert.Label {
		for i := range texts {
			texts[i] = d.CategoryLabel(i)
		}
	}
	return texts
}

// needsWord is why the table of a cube needs a word, or comes back with other names: ""
// if it does not.
func needsWord(ds *jsonstat.Dataset, f plainTable) string {
	facts, err := ds.Cells().Facts()
	switch {
	case err != nil:
		return err.Error()
	case facts.Texts+facts.Booleans > 0:
		return "texts as values are asked about"
	case len(ds.Dimensions()) == 0:
		return "a table of one column has another separator, most likely"
	}
	seen := map[string]bool{}
	for i, d := range ds.Dimensions() {
		name := strings.Join(strings.Fields(f.nameOf(d)), " ")
		switch {
		case name == "":
			return "a column without a name is called by its number"
		case strings.EqualFold(name, "value"), strings.EqualFold(name, "status"), seen[name]:
			return "two columns of one name are told apart by their numbers; a column called status is asked about"
		case strings.HasPrefix(name, "TLIST(") && ds.Shape()[i] == 1:
			return "what stands behind is taken for its labels"
		}
		seen[name] = true
		texts := map[string]bool{}
		for _, text := range f.textsOf(d) {
			switch {
			case f.name == "sheet" && strings.TrimSpace(text) == "":
				return "a cell of blanks is empty"
			case texts[text]:
				return "rows of two categories with one label cannot be told apart"
			}
			texts[text] = true
		}
	}
	return ""
}

// TestFullCubesComeBack writes cubes with all their cells as plain tables and reads them
// without an option: dimensions, categories in their order, values and statuses are
// those of the cube, and there is no error and no warning. In a full cube no dimension
// is a function of another, and nothing is to be asked.
func TestFullCubesComeBack(t *testing.T) {
	formats := plainTables()
	words := map[string]int{}
	run := func(t *testing.T, name string, ds *jsonstat.Dataset, formats []plainTable) (cubes int) {
		if !ds.HasCells() || ds.Len() == 0 || ds.Len() > 100_000 {
			return 0
		}
		for _, f := range formats {
			if why := needsWord(ds, f); why != "" {
				words[why]++
				continue
			}
			comesBack(t, name, ds, f)
		}
		return 1
	}
	t.Run("shapes", func(t *testing.T) {
		for _, s := range shapes.Cubes() {
			if d := newDocument(s.Name, []byte(s.JSON)); d.ds != nil {
				run(t, s.Name, d.ds, formats)
			}
		}
	})
	t.Run("random", func(t *testing.T) {
		n := uint64(300)
		if testing.Short() {
			n = 30
		}
		for seed := range n {
			text, from := randomDocument(rand.New(rand.NewPCG(seed, 31)), seed)
			if d := newDocument(from, text); d.ds != nil {
				run(t, fmt.Sprintf("%s with seed %d", from, seed), d.ds, formats)
			}
		}
	})
	t.Run("corpus", func(t *testing.T) {
		folder := os.Getenv("JSONSTAT_CORPUS")
		if folder == "" {
			t.Skip("real documents are left out: JSONSTAT_CORPUS is not set")
		}
		cubes := 0
		err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || filepath.Ext(name) != ".json" {
				return err
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			doc, err := jsonstat.Parse(text)
			if err != nil {
				return nil // metadata and the like
			}
			some := formats[:2] // the others in turn: each takes its time
			for i := range slices.Collect(doc.Datasets()) {
				if ds, err := doc.Dataset(i); err == nil {
					cubes += run(t, name, ds, append(some[:2:2], formats[2+cubes%(len(formats)-2)]))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d cubes", cubes)
	})
	for _, why := range slices.Sorted(maps.Keys(words)) {
		t.Logf("%d tables are left out: %s", words[why], why)
	}
}

// comesBack writes a cube as a table and holds what is read of it against the cube.
func comesBack(t *testing.T, name string, ds *jsonstat.Dataset, f plainTable) {
	t.Helper()
	var b bytes.Buffer
	if err := f.write(&b, ds); err != nil {
		t.Errorf("%s as %s: it is not written: %v", name, f.name, err)
		return
	}
	f.isRead(t, name, ds, b.Bytes())
}

// isRead reads a table and holds it against the cube that it is of.
func (f plainTable) isRead(t *testing.T, name string, ds *jsonstat.Dataset, text []byte) {
	t.Helper()
	var warnings []string
	got, err := f.read(text, convert.TableOptions{Warn: func(m string) { warnings = append(warnings, m) }})
	start := fmt.Sprintf("%s as %s: ", name, f.name)
	switch {
	case err != nil:
		t.Errorf("%s%v\n%.300s", start, err, text)
		return
	case len(warnings) > 0 && !(name == "ids-unicode" && len(warnings) == 1 && strings.Contains(warnings[0], "look the same")):
		t.Errorf("%sthe warnings are %q\n%.300s", start, warnings, text)
	}
	want := ds.Dimensions()
	if len(want) != len(got.Dimensions()) {
		t.Errorf("%sthere are %d dimensions, want %d\n%.300s", start, len(got.Dimensions()), len(want), text)
		return
	}
	dims := got.Dimensions()
	if f.reversed {
		slices.Reverse(dims)
	}
	for i, d := range dims {
		called := f.nameOf(want[i])
		if name := strings.Join(strings.Fields(called), " "); d.ID() != name && d.ID() != called {
			t.Errorf("%sdimension %d is %q, want %q", start, i, d.ID(), called)
			return
		}
		if a, b := f.textsOf(want[i]), idsOf(d); !slices.Equal(a, b) {
			t.Errorf("%sthe categories of %q are %.200q, want %.200q", start, d.ID(), b, a)
			return
		}
	}
	for pos := range ds.Len() {
		w, err := ds.AtPosition(pos)
		if err != nil {
			t.Fatal(err)
		}
		at := ds.Shape().Coords(pos, nil)
		if f.reversed {
			slices.Reverse(at)
		}
		g, err := got.AtPosition(positionOf(got.Shape(), at))
		if err != nil {
			t.Fatal(err)
		}
		if f.name != "CSV" && g.Status != w.Status {
			t.Errorf("%scell %d has the status %q, want %q", start, pos, g.Status, w.Status)
			return
		}
		same := w.Missing() == g.Missing()
		if same && !w.Missing() {
			same = sameNumber(w.Text, g.Text) || f.name == "sheet" && w.Float64() == g.Float64()
		}
		if !same {
			t.Errorf("%scell %d is %q, want %q", start, pos, g.Text, w.Text)
			return
		}
	}
}

// positionOf is the position of a cell by its coordinates.
func positionOf(shape jsonstat.Shape, coords []int) int64 {
	pos := int64(0)
	for i, n := range shape {
		pos = pos*int64(n) + int64(coords[i])
	}
	return pos
}
