package conformance_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// arrowDifference is a difference of jsonstat2arrow or arrow2jsonstat, and the test
// that shows it on both sides where the reference's side is a table that a client
// can read.
type arrowDifference struct {
	name   string
	reason string
	show   func(t *testing.T, p *arrowPair)
}

// arrowPair is a small document as both write it.
type arrowPair struct {
	ds           *jsonstat.Dataset
	theirs, ours clientTable
	theirFile    string
	theirWhole   clientTable // of whole numbers without statuses
}

// boatsOfOneLabel has two ports of the same label, a status, units, and a number
// that a double does not hold.
const boatsOfOneLabel = `{"version":"2.0","class":"dataset","label":"Boats","role":{"metric":["what"]},"id":["port","what"],"size":[2,2],` +
	`"dimension":{"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"Quay","S2":"Quay"}}},` +
	`"what":{"label":"Catch","category":{"index":["kg","pc"],"label":{"kg":"Weight","pc":"Share"}}}},"value":[120,12.5,null,7.25],"status":{"2":"x"}}`

var arrowDifferences = []arrowDifference{
	{"arrow-output", "bytes are what every reader takes; `-0` is accepted and changes nothing", func(t *testing.T, p *arrowPair) {
		if text := arrowBytes(t, p.ds, nil); !strings.HasPrefix(text, "ARROW1") {
			t.Errorf("the output begins %q", text[:6])
		}
	}},
	{"arrow-format", "a file can be read in parts, and is what is called Feather", func(t *testing.T, p *arrowPair) {
		theirs, err := os.ReadFile(p.theirFile)
		if err != nil || !bytes.HasPrefix(theirs, []byte{0xff, 0xff, 0xff, 0xff}) {
			t.Errorf("theirs begins % x, %v", theirs[:min(4, len(theirs))], err)
		}
		if text := arrowBytes(t, p.ds, &arrowconv.Options{Stream: true}); !strings.HasPrefix(text, "\xff\xff\xff\xff") {
			t.Errorf("our stream begins % x", text[:4])
		}
	}},
	{"arrow-order", "a table that comes back has its dimensions in order", func(t *testing.T, p *arrowPair) {
		names := func(c clientTable) (list []string) {
			for _, col := range c.Columns {
				list = append(list, col.Name)
			}
			return list
		}
		if got, want := names(p.theirs), []string{"value", "status", "what", "port"}; !slices.Equal(got, want) {
			t.Errorf("theirs has the columns %q, want %q", got, want)
		}
		if got, want := names(p.ours), []string{"port", "what", "status", "value"}; !slices.Equal(got, want) {
			t.Errorf("ours has the columns %q, want %q", got, want)
		}
	}},
	{"arrow-index", "as few bytes as will do; categories have an order", func(t *testing.T, p *arrowPair) {
		theirs, ours := p.theirs.Columns[2], p.ours.Columns[1]
		if theirs.Type != "Dictionary<Int32, Utf8>" || theirs.Ordered || ours.Type != "Dictionary<Int8, Utf8>" || !ours.Ordered {
			t.Errorf("theirs is %s %t, ours %s %t", theirs.Type, theirs.Ordered, ours.Type, ours.Ordered)
		}
	}},
	{"arrow-types", "a table has the same types next month, whatever its figures are then", func(t *testing.T, p *arrowPair) {
		var theirs []string
		for _, col := range p.theirWhole.Columns[:2] {
			theirs = append(theirs, col.Type)
		}
		if !slices.Equal(theirs, []string{"Uint8", "Null"}) {
			t.Errorf("theirs are %q", theirs)
		}
		var ours clientTable
		ds := datasetOf(t, wholeNumbers)
		file := filepath.Join(t.TempDir(), "whole.arrow")
		if err := os.WriteFile(file, []byte(arrowBytes(t, ds, nil)), 0o600); err != nil {
			t.Fatal(err)
		}
		client(t, "arrowRead", map[string]any{"file": file}, &ours)
		if value, status := ours.Columns[2], ours.Columns[1]; value.Type != "Float64" || status.Type != "Dictionary<Int8, Utf8>" {
			t.Errorf("ours are %s and %s", value.Type, status.Type)
		}
	}},
	{"arrow-labels", "else their cells cannot be told apart", func(t *testing.T, p *arrowPair) {
		if a, b := p.theirs.Rows[0][3], p.theirs.Rows[3][3]; a != "Quay" || b != "Quay" {
			t.Errorf("theirs are %v and %v", a, b)
		}
		if a, b := p.ours.Rows[0][0], p.ours.Rows[3][0]; a != "Quay [N1]" || b != "Quay [S2]" {
			t.Errorf("ours are %v and %v", a, b)
		}
	}},
	{"arrow-names", "engines that are asked in SQL take them for one", func(t *testing.T, p *arrowPair) {
		file := filepath.Join(t.TempDir(), "names.arrow")
		ds := datasetOf(t, strings.Replace(boatsOfOneLabel, `"label":"Port"`, `"label":"Value"`, 1))
		var table clientTable
		if err := os.WriteFile(file, []byte(arrowBytes(t, ds, &arrowconv.Options{Field: convert.Label})), 0o600); err != nil {
			t.Fatal(err)
		}
		client(t, "arrowRead", map[string]any{"file": file}, &table)
		if got := table.Columns[0].Name; got != "Value [port]" {
			t.Errorf("our column is called %q", got)
		}
		columns := json.RawMessage(`{"value":[1],"Value":["N1"]}`)
		if fault := askClient(t, "arquero4Write", map[string]any{"to": file, "columns": columns}, nil); fault != "" {
			t.Fatal(fault)
		}
		client(t, "arrowRead", map[string]any{"file": file}, &table)
		if got := table.Columns[1].Name; got != "Value" {
			t.Errorf("their column is called %q", got)
		}
	}},
	{"arrow-keys", "nothing is lost on the way back", func(t *testing.T, p *arrowPair) {
		if len(p.theirs.Keys) > 0 || p.ours.Keys["jsonstat.head"] != headJSON(t, p.ds) {
			t.Errorf("the keys are %v and %v", p.theirs.Keys, p.ours.Keys)
		}
	}},
	{"arrow-whole", "no digit is changed in silence", func(t *testing.T, p *arrowPair) {
		ds := datasetOf(t, line(`"index":["a","b"]`, `"value":[9007199254740993,1]`))
		err := arrowconv.Write(&bytes.Buffer{}, ds, nil)
		var value *arrowconv.ValueError
		if !errors.As(err, &value) || value.Token != "9007199254740993" || value.TypeNeeded() != "int64" {
			t.Errorf("the error is %v", err)
		}
	}},
	{"arrow-back", "as above", func(t *testing.T, p *arrowPair) {
		got, err := arrowconv.Read(strings.NewReader(arrowBytes(t, p.ds, nil)), nil)
		if err != nil {
			t.Fatal(err)
		}
		sameCubes(t, p.ds, got)
	}},
	{"arrow-texts", "a text is a value too", func(t *testing.T, p *arrowPair) {
		ds := datasetOf(t, line(`"index":["a","b"]`, `"value":["few",1]`))
		got, err := arrowconv.Read(strings.NewReader(arrowBytes(t, ds, nil)), nil)
		if err != nil {
			t.Fatal(err)
		}
		if c, err := got.AtPosition(0); err != nil || c.Text != "few" {
			t.Errorf("the text is %v, %v", c, err)
		}
	}},
	{"arrow-twice", "of two values for a cell, which is right?", func(t *testing.T, p *arrowPair) {
		f, err := os.Open(p.theirFile)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		_, err = arrowconv.Read(f, nil) // both ports are called Quay
		var row *convert.TableError
		if !errors.As(err, &row) || row.Row != 3 {
			t.Errorf("the error is %v", err)
		}
	}},
}

// wholeNumbers is a cube of whole numbers without statuses.
var wholeNumbers = line(ab, `"value":[1,200]`)

// TestArrowDifferences shows each difference on a small document.
func TestArrowDifferences(t *testing.T) {
	r := startReference(t)
	p := &arrowPair{ds: datasetOf(t, boatsOfOneLabel), theirFile: filepath.Join(t.TempDir(), "theirs.arrow")}
	out, rerr := r.run(t, "jsonstat2objarr", []byte(boatsOfOneLabel), map[string]any{"vlabel": "value", "slabel": "status", "status": true, "content": "label"})
	if rerr != nil {
		t.Fatal(rerr)
	}
	columns := json.RawMessage(out)
	client(t, "arquero4Write", map[string]any{"to": p.theirFile, "columns": columns}, nil)
	client(t, "arrowRead", map[string]any{"file": p.theirFile}, &p.theirs)
	if out, rerr = r.run(t, "jsonstat2objarr", []byte(wholeNumbers), map[string]any{"vlabel": "value", "slabel": "status", "status": true, "content": "label"}); rerr != nil {
		t.Fatal(rerr)
	}
	whole := filepath.Join(t.TempDir(), "whole.arrow")
	client(t, "arquero4Write", map[string]any{"to": whole, "columns": json.RawMessage(out)}, nil)
	client(t, "arrowRead", map[string]any{"file": whole}, &p.theirWhole)
	ours := filepath.Join(t.TempDir(), "ours.arrow")
	if err := os.WriteFile(ours, []byte(arrowBytes(t, p.ds, nil)), 0o600); err != nil {
		t.Fatal(err)
	}
	client(t, "arrowRead", map[string]any{"file": ours}, &p.ours)
	for _, d := range arrowDifferences {
		t.Run(d.name, func(t *testing.T) { d.show(t, p) })
	}

	t.Run("else the same", func(t *testing.T) { // cells, names, nulls
		for i, row := range p.theirs.Rows {
			mine := p.ours.Rows[i]
			if diff := cmp.Diff([]any{row[2], row[1], row[0]}, []any{mine[1], mine[2], mine[3]}); diff != "" {
				t.Errorf("row %d differs:\n%s", i, diff)
			}
		}
	})
}

func arrowBytes(t *testing.T, ds *jsonstat.Dataset, o *arrowconv.Options) string {
	t.Helper()
	if o == nil {
		o = &arrowconv.Options{Content: convert.Default}
	}
	var buf bytes.Buffer
	if err := arrowconv.Write(&buf, ds, o); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func datasetOf(t *testing.T, text string) *jsonstat.Dataset {
	t.Helper()
	doc, err := jsonstat.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}
