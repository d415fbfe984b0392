package conformance_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// arrowFile writes a cube as a table. One whose numbers do not fit is skipped.
func arrowFile(t *testing.T, ds *jsonstat.Dataset, o arrowconv.Options) string {
	t.Helper()
	var buf bytes.Buffer
	err := arrowconv.Write(&buf, ds, &o)
	var value *arrowconv.ValueError
	if errors.As(err, &value) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "table.arrow")
	if err := os.WriteFile(name, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func readArrow(t *testing.T, name string, o *arrowconv.ReadOptions) *jsonstat.Dataset {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ds, err := arrowconv.Read(f, o)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// apache-arrow sees every cell, the types, the order of the categories, the keys.
func TestApacheArrowReads(t *testing.T) {
	for _, o := range []arrowconv.Options{{}, {Content: convert.ID, Stream: true}} {
		name, texts := "file of labels", labelsOf
		if o.Stream {
			name, texts = "stream of ids", idsOf
		}
		t.Run(name, func(t *testing.T) {
			clientCubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
				var table clientTable
				client(t, "arrowRead", map[string]any{"file": arrowFile(t, ds, o)}, &table)
				checkTable(t, ds, &table, texts)
				if table.Keys["jsonstat.head"] != headJSON(t, ds) {
					t.Errorf("the head is %s", table.Keys["jsonstat.head"])
				}
				for i, d := range ds.Dimensions() {
					c := table.Columns[i]
					if !c.Ordered || c.Nullable || c.Keys["jsonstat.dimension"] != d.ID() {
						t.Errorf("column %q: ordered %t, nullable %t, of dimension %q", c.Name, c.Ordered, c.Nullable, c.Keys["jsonstat.dimension"])
					}
					if want := texts(d); d.Len() > 0 && !cmp.Equal(c.Categories, want) {
						t.Errorf("column %q has the categories %q, want %q", c.Name, c.Categories, want)
					}
					width := "Int8"
					if d.Len() > 128 {
						width = "Int16"
					}
					if want := fmt.Sprintf("Dictionary<%s, Utf8>", width); c.Type != want {
						t.Errorf("column %q is of type %s, want %s", c.Name, c.Type, want)
					}
				}
			})
		})
	}
}

// Types other than the default arrive as such.
func TestApacheArrowTypes(t *testing.T) {
	text, err := os.ReadFile("../testdata/oslo.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonstat.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	var table clientTable
	client(t, "arrowRead", map[string]any{"file": arrowFile(t, ds, arrowconv.Options{Type: arrowconv.Auto, Dates: true, Content: convert.Columns})}, &table)
	types := map[string]string{}
	for _, c := range table.Columns {
		types[c.Name] = c.Type
	}
	want := map[string]string{
		"Region": "Dictionary<Int8, Utf8>", "district": "Dictionary<Int8, Utf8>",
		"Tid": "Date32<DAY>", "year": "Dictionary<Int8, Utf8>", "status": "Dictionary<Int8, Utf8>", "value": "Int64",
	}
	if diff := cmp.Diff(want, types); diff != "" {
		t.Errorf("the types differ (-want +got):\n%s", diff)
	}
	first := table.Rows[0]
	if day, ok := first[table.column(t, "Tid")].(map[string]any); !ok || day["t"] != "2023-01-01" {
		t.Errorf("the first day is %v", first[table.column(t, "Tid")])
	}
	if !sameValue(61204.0, first[table.column(t, "value")]) {
		t.Errorf("the first value is %v", first[table.column(t, "value")])
	}
}

// What apache-arrow writes again comes back as the same cube, and of some of its rows
// as the same cube with cells missing.
func TestApacheArrowWrites(t *testing.T) {
	for _, format := range []string{"file", "stream"} {
		t.Run(format, func(t *testing.T) {
			clientCubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
				in, to := arrowFile(t, ds, arrowconv.Options{}), filepath.Join(t.TempDir(), "again.arrow")
				if !ds.HasCells() || ds.Len() == 0 {
					t.Skip("no rows: the client writes no dictionary then")
				}
				client(t, "arrowWrite", map[string]any{"file": in, "to": to, "format": format}, nil)
				sameCubes(t, ds, readArrow(t, to, nil))
			})
		})
	}
	t.Run("some rows", func(t *testing.T) {
		clientCubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
			if !ds.HasCells() || ds.Len() < 4 {
				t.Skip("too few rows")
			}
			in, to := arrowFile(t, ds, arrowconv.Options{}), filepath.Join(t.TempDir(), "some.arrow")
			from, until := int(ds.Len())/4, int(ds.Len())/2
			client(t, "arrowWrite", map[string]any{"file": in, "to": to, "format": "file", "from": from, "until": until}, nil)
			got := readArrow(t, to, nil)
			if a, b := headJSON(t, ds), headJSON(t, got); a != b {
				t.Errorf("the head is\n%s\nwant\n%s", b, a)
			}
			want, have := wantCells(t, ds), wantCells(t, got)
			for i := range want {
				inside := i >= from && i < until
				if inside && (have[i].value != want[i].value || have[i].status != want[i].status) {
					t.Fatalf("cell %d is %v %v, want %v %v", i, have[i].value, have[i].status, want[i].value, want[i].status)
				}
				if !inside && (have[i].value != nil || have[i].status != nil) {
					t.Fatalf("cell %d is %v %v: it has no row", i, have[i].value, have[i].status)
				}
			}
		})
	})
}

// arquero reads the tables, and writes some without any key.
func TestArquero(t *testing.T) {
	clientCubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
		for _, d := range ds.Dimensions() {
			if d.ID() == "" || d.ID() == "__proto__" || d.ID() == "constructor" {
				t.Skip("arquero has rows as objects, in which some names mean something else")
			}
		}
		in := arrowFile(t, ds, arrowconv.Options{})
		if !ds.HasCells() || ds.Len() == 0 {
			t.Skip("no rows")
		}
		var table clientTable
		client(t, "arqueroRead", map[string]any{"file": in}, &table)
		checkTable(t, ds, &table, labelsOf)

		some := 0
		for _, w := range wantCells(t, ds) {
			if w.value != nil {
				some++
			}
		}
		if some == 0 || len(ds.Dimensions()) == 0 {
			t.Skip("no values to write")
		}
		// A full table needs no word. One of which rows are gone may hold dimensions that
		// say the same, and of texts it is asked whether they are values.
		o := &arrowconv.ReadOptions{}
		if int64(some) < ds.Len() {
			for _, d := range ds.Dimensions() {
				name := d.ID()
				if name == "value" || name == "status" {
					name += " [" + d.ID() + "]"
				}
				o.Dimensions = append(o.Dimensions, name)
			}
		}
		facts, err := ds.Cells().Facts()
		if err != nil {
			t.Fatal(err)
		}
		o.Texts = facts.Texts+facts.Booleans > 0
		for _, format := range []string{"file", "stream"} {
			to := filepath.Join(t.TempDir(), format+".arrow")
			client(t, "arqueroWrite", map[string]any{"file": in, "to": to, "format": format}, nil)
			byLabels(t, ds, readArrow(t, to, o))
		}
	})
}

// byLabels finds the values of a cube in one that came back without a head: its
// dimensions are called by the names of the columns, its categories by the labels.
func byLabels(t *testing.T, want, got *jsonstat.Dataset) {
	t.Helper()
	said := make([][]string, len(want.Dimensions()))
	for i, d := range want.Dimensions() {
		said[i] = labelsOf(d)
	}
	for r, w := range shownCells(t, want) {
		if w.value == nil {
			continue
		}
		var pairs []string
		for i, d := range want.Dimensions() {
			name := d.ID()
			if got.Dimension(name) == nil {
				name += " [" + d.ID() + "]"
			}
			pairs = append(pairs, name, said[i][w.coords[i]])
		}
		c, err := got.At(pairs...)
		if err != nil {
			t.Fatalf("cell %d: %v", r, err)
		}
		have := any(c.Float64())
		if _, ok := w.value.(string); ok {
			have = c.Text
		}
		status := any(c.Status)
		if c.Status == "" {
			status = nil
		}
		if have != w.value || status != w.status {
			t.Fatalf("cell %d is %v %v, want %v %v", r, have, status, w.value, w.status)
		}
	}
}

// The tables of jsonstat2arrow of jsonstat-conv: value and status first, dimensions
// last to first, a stream by arquero 4.
func TestArquero4(t *testing.T) {
	to := filepath.Join(t.TempDir(), "reference.arrow")
	client(t, "arquero4Write", map[string]any{"to": to, "columns": map[string]any{
		"value":  []any{120, 12.5, nil, 7.25},
		"status": []any{nil, nil, "x", nil},
		"what":   []any{"Weight", "Share", "Weight", "Share"},
		"port":   []any{"North quay", "North quay", "South quay", "South quay"},
	}}, nil)
	ds := readArrow(t, to, nil)
	var buf bytes.Buffer
	if err := ds.Write(&buf, nil); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		what, port string
		value      float64
		status     string
	}{{"Weight", "North quay", 120, ""}, {"Share", "North quay", 12.5, ""}, {"Share", "South quay", 7.25, ""}, {"Weight", "South quay", 0, "x"}} {
		c, err := ds.At("what", tt.what, "port", tt.port)
		if err != nil || c.Status != tt.status || (tt.status == "" && c.Float64() != tt.value) || (tt.status != "" && !c.Missing()) {
			t.Errorf("%s of %s is %v, %v", tt.what, tt.port, c, err)
		}
	}
	if len(ds.Dimensions()) != 2 {
		t.Errorf("the cube is %s", buf.String())
	}
}

// A table that was never a cube: plain texts and numbers.
func TestApacheArrowMade(t *testing.T) {
	to := filepath.Join(t.TempDir(), "made.arrow")
	client(t, "arrowMake", map[string]any{"to": to, "columns": map[string]any{
		"shop": []string{"b", "a", "b"}, "year": []string{"2024", "2024", "2025"}, "value": []float64{1.5, 2, 3},
	}}, nil)
	ds := readArrow(t, to, &arrowconv.ReadOptions{TableOptions: convert.TableOptions{Roles: map[string]jsonstat.Role{"year": jsonstat.Time}}})
	if got := ds.Role(jsonstat.Time); len(got) != 1 || got[0].ID() != "year" {
		t.Errorf("the time is %v", got)
	}
	if c, err := ds.At("shop", "b", "year", "2025"); err != nil || c.Text != "3" {
		t.Errorf("the cell is %v, %v", c, err)
	}
	if c, err := ds.At("shop", "a", "year", "2025"); err != nil || !c.Missing() {
		t.Errorf("the cell without a row is %v, %v", c, err)
	}
}
