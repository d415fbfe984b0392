package conformance_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// seenTable is what a program reads of a table by the file that describes it.
type seenTable struct {
	Valid  bool
	Errors []string
	Rows   [][]any
}

// describedTables are what Frictionless and csvw (Python) read of the tables in some
// folders.
func describedTables(t *testing.T, folders ...string) []struct{ Package, CSVW *seenTable } {
	t.Helper()
	for _, module := range []string{"frictionless", "csvw"} {
		if _, err := os.Stat(filepath.Join(clientsDir, pythonDir, module)); err != nil {
			missing(t, "not read by %s: run pip install --target python -r requirements.txt in conformance/clients", module)
		}
	}
	cmd := exec.Command("python3", append([]string{"descriptions_driver.py"}, folders...)...)
	cmd.Dir = clientsDir
	cmd.Env = append(os.Environ(), "PYTHONPATH="+pythonDir)
	var faults bytes.Buffer
	cmd.Stderr = &faults
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &faults)
	}
	list := make([]struct{ Package, CSVW *seenTable }, len(folders))
	dec := json.NewDecoder(bytes.NewReader(out))
	for i := range list {
		if err := dec.Decode(&list[i]); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// describedFolder writes a table into a folder of its own with the files that describe
// it.
func describedFolder(t *testing.T, ds *jsonstat.Dataset, o convert.CSVOptions) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, to func(w *bytes.Buffer) error) {
		var b bytes.Buffer
		if err := to(&b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("table.csv", func(w *bytes.Buffer) error { return convert.WriteCSV(w, ds, &o) })
	write("datapackage.json", func(w *bytes.Buffer) error { return convert.WriteDataPackage(w, ds, "table.csv", &o) })
	write("table.csv-metadata.json", func(w *bytes.Buffer) error { return convert.WriteCSVW(w, ds, "table.csv", &o) })
	return dir
}

// Tables of many kinds are valid by the files beside them, and what is read by these is
// what the document says: ids as texts though they look like numbers, no value where
// there is none, the rest as numbers.
func TestDescribedTables(t *testing.T) {
	na := func(s string) *string { return &s }
	long := convert.Table{Field: convert.ID, Content: convert.ID}
	options := map[string]convert.CSVOptions{
		"usual":     {Table: long, Status: true},
		"norwegian": {Table: long, Status: true, Separator: ";", BOM: true, CRLF: true},
		"tabs":      {Table: long, Status: true, Separator: "\t", NA: na("")},
		"utf-16":    {Table: long, Status: true, Encoding: "utf-16"},
	}
	cubes := map[string]*jsonstat.Dataset{}
	clientCubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
		if !ds.HasCells() || ds.Len() == 0 || ds.Len() > 2000 || len(ds.Dimensions()) == 0 {
			t.Skip("no rows, or too many for these programs")
		}
		for _, d := range ds.Dimensions() {
			if id := d.ID(); strings.TrimSpace(id) != id || id == "" || id == "value" || id == "status" {
				t.Skip("headers are the same, or there is none")
			}
		}
		cubes[t.Name()] = ds
	})
	var folders, names []string
	for _, cube := range slices.Sorted(maps.Keys(cubes)) {
		for _, name := range slices.Sorted(maps.Keys(options)) {
			names, folders = append(names, cube+"/"+name), append(folders, describedFolder(t, cubes[cube], options[name]))
		}
	}
	for i, got := range describedTables(t, folders...) {
		ds := cubes[path.Dir(names[i])]
		t.Run(names[i]+"/package", func(t *testing.T) { checkDescribed(t, ds, got.Package) })
		t.Run(names[i]+"/csvw", func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(folders[i], "table.csv-metadata.json"))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(text, []byte(`"base": "number"`)) {
				t.Skip("csvw knows decimal commas in decimals, not in numbers with exponents")
			}
			checkDescribed(t, ds, got.CSVW)
		})
	}
}

// checkDescribed holds what was read against the document.
func checkDescribed(t *testing.T, ds *jsonstat.Dataset, table *seenTable) {
	if table == nil || !table.Valid {
		t.Fatalf("not valid: %+v", table)
	}
	want := wantCells(t, ds)
	if len(want) != len(table.Rows) {
		t.Fatalf("there are %d rows for %d cells", len(table.Rows), len(want))
	}
	n := len(ds.Dimensions())
	for r, w := range want {
		row := table.Rows[r]
		for i, k := range w.coords {
			if id := ds.Dimensions()[i].CategoryID(k); row[i] != id {
				t.Fatalf("row %d: the category is %v, want %q", r, row[i], id)
			}
		}
		if row[n] != w.status {
			t.Fatalf("row %d: the status is %v, want %v", r, row[n], w.status)
		}
		got := row[n+1]
		if number, ok := got.(map[string]any); ok {
			got = json.Number(number["n"].(string))
		}
		if f, ok := w.value.(float64); ok && math.IsInf(f, 0) {
			continue // more than a float64 holds
		}
		if text, ok := got.(string); ok && w.value != text {
			got = strings.Replace(text, ",", ".", 1) // a number among texts, which has its decimal comma
		}
		if !sameValue(w.value, got) && !(w.value == "" && got == nil) {
			t.Fatalf("row %d: the value is %v, want %v", r, got, w.value)
		}
	}
}

// Tables of other forms, with names and texts that need care, are valid too; what does not
// fit its description is not.
func TestDescribedForms(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dataset","label":"Catch","id":["port","kind of","y"],"size":[2,2,2],
		"role":{"metric":["kind of"],"time":["y"]},"updated":"2025-02-19","extension":{"license":"CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"},
		"dimension":{"port":{"label":"Port \"N\"","note":["Of landing"],"category":{"index":["#1","n/a"],"label":{"#1":"# one","n/a":"=two"}}},
		"kind of":{"label":"Kind","category":{"index":["kg","pc"],"label":{"kg":"Weight","pc":"Share"},"unit":{"kg":{"label":"kilograms"},"pc":{"label":"percent"}}}},
		"y":{"label":"year","category":{"index":["2023","2024"]}}},"value":[1.5,2,null,4,5,6,7,8.25],"status":{"2":"n/a"}}`))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]convert.CSVOptions{
		"labels":    {},
		"guarded":   {Guard: true, Status: true},
		"both":      {Table: convert.Table{Field: convert.Both, Content: convert.Both}},
		"columns":   {Table: convert.Table{Content: convert.Columns}},
		"pivot":     {Table: convert.Table{By: []string{"kind of"}}, StatusColumns: true},
		"two":       {Table: convert.Table{By: []string{"kind of", "y"}, Field: convert.ID}, Separator: ";"},
		"constant":  {Table: convert.Table{DropConstant: true, StatusText: convert.StatusBoth}, Status: true},
		"latin":     {Encoding: "iso-8859-1"},
		"mark":      {Encoding: "utf-16be", BOM: true},
		"no status": {Table: convert.Table{Keep: convert.NonMissing, UnitDecimals: true}},
	}
	names := slices.Sorted(maps.Keys(forms))
	var folders []string
	for _, name := range names {
		folders = append(folders, describedFolder(t, ds, forms[name]))
	}
	// Another category, and a text where numbers are said to be.
	wrong := describedFolder(t, ds, convert.CSVOptions{})
	f, err := os.OpenFile(filepath.Join(wrong, "table.csv"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("elsewhere,Weight,2023,many\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	got := describedTables(t, append(folders, wrong)...)
	for i, name := range names {
		if p := got[i].Package; p == nil || !p.Valid {
			t.Errorf("%s: the Data Package is not valid: %+v", name, p)
		}
		if p := got[i].CSVW; p == nil || !p.Valid {
			t.Errorf("%s: the CSVW is not valid: %+v", name, p)
		}
		if a, b := got[i].Package, got[i].CSVW; a != nil && b != nil && len(a.Rows) != len(b.Rows) {
			t.Errorf("%s: %d rows by one, %d by the other", name, len(a.Rows), len(b.Rows))
		}
	}
	last := got[len(names)]
	if last.Package.Valid || last.CSVW.Valid {
		t.Errorf("what does not fit is valid: %+v", last)
	}
}
