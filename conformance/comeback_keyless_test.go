package conformance_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestKeylessCubesComeBack is [TestFullCubesComeBack] for Arrow and Parquet, whose keys
// another program took away.
func TestKeylessCubesComeBack(t *testing.T) {
	if _, err := os.Stat(filepath.Join(clientsDir, pythonDir, "pyarrow")); err != nil {
		missing(t, "keys are not taken away: run pip install --target python -r requirements.txt in conformance/clients")
	}
	formats := []plainTable{
		{name: "arrow", write: func(w io.Writer, ds *jsonstat.Dataset) error {
			return arrowconv.Write(w, ds, &arrowconv.Options{Field: convert.ID, Content: convert.ID})
		}, read: func(text []byte, o convert.TableOptions) (*jsonstat.Dataset, error) {
			return arrowconv.Read(bytes.NewReader(text), &arrowconv.ReadOptions{TableOptions: o})
		}},
		{name: "parquet", write: func(w io.Writer, ds *jsonstat.Dataset) error {
			return parquetconv.Write(w, ds, &parquetconv.Options{Field: convert.ID, Content: convert.ID})
		}, read: func(text []byte, o convert.TableOptions) (*jsonstat.Dataset, error) {
			return parquetconv.Read(bytes.NewReader(text), &parquetconv.ReadOptions{TableOptions: o})
		}},
	}
	type written struct {
		name, file string
		ds         *jsonstat.Dataset
		format     plainTable
	}
	folder := t.TempDir()
	var files []written
	add := func(name string, ds *jsonstat.Dataset, formats []plainTable) {
		for _, f := range formats {
			if !ds.HasCells() || ds.Len() == 0 || ds.Len() > 100_000 || needsWord(ds, f) != "" {
				continue
			}
			var b bytes.Buffer
			err := f.write(&b, ds)
			_, noArrow := errors.AsType[*arrowconv.ValueError](err)
			_, noParquet := errors.AsType[*parquetconv.ValueError](err)
			if noArrow || noParquet { // a number that a double does not hold
				continue
			}
			if err != nil {
				t.Fatalf("%s as %s: %v", name, f.name, err)
			}
			file := filepath.Join(folder, fmt.Sprintf("%d.%s", len(files), f.name))
			if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, written{name, file, ds, f})
		}
	}
	for _, s := range shapes.Cubes() {
		if d := newDocument(s.Name, []byte(s.JSON)); d.ds != nil {
			add(s.Name, d.ds, formats)
		}
	}
	if corpus := os.Getenv("JSONSTAT_CORPUS"); corpus != "" {
		err := filepath.WalkDir(corpus, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || filepath.Ext(name) != ".json" {
				return err
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if d := newDocument(name, text); d.ds != nil { // each takes its time: in turn
				add(name, d.ds, formats[len(files)%2:][:1])
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("python3", "keyless_driver.py", folder)
	cmd.Dir = clientsDir
	cmd.Env = append(os.Environ(), "PYTHONPATH="+pythonDir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, f := range files {
		text, err := os.ReadFile(f.file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("jsonstat.")) {
			t.Fatalf("%s as %s has keys yet", f.name, f.format.name)
		}
		f.format.isRead(t, f.name, f.ds, text)
	}
	t.Logf("%d files", len(files))
}
