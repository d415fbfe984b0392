package jsonstat

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/internal/shapes"
)

// asJSON reads a text into plain values, numbers as their tokens.
func asJSON(t *testing.T, text string) map[string]any {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v map[string]any
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

func written(t *testing.T, ds *Dataset, opts *WriteOptions) string {
	t.Helper()
	var buf bytes.Buffer
	if err := ds.Write(&buf, opts); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// The head of every cube, with its own cells given back, is the cube again.
func TestHeadAndCells(t *testing.T) {
	for _, doc := range shapes.Cubes() {
		t.Run(doc.Name, func(t *testing.T) {
			d, err := Parse([]byte(doc.JSON))
			if err != nil {
				t.Skip(err)
			}
			for i := range d.Len() {
				ds, err := d.Dataset(i)
				if err != nil {
					t.Skip(err)
				}
				headAndCells(t, ds)
			}
		})
	}
}

func headAndCells(t *testing.T, ds *Dataset) {
	t.Helper()
	var buf bytes.Buffer
	if err := ds.WriteHead(&buf); err != nil {
		t.Fatal(err)
	}
	want := asJSON(t, written(t, ds, nil))
	head := asJSON(t, buf.String())
	for _, name := range []string{"value", "status"} {
		if _, ok := head[name]; ok {
			t.Errorf("the head has a member %q", name)
		}
	}
	again, err := Parse([]byte(strings.TrimSuffix(buf.String(), "}") + `,"value":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	empty, err := again.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	if empty.HasCells() {
		t.Error("the head has cells")
	}
	with, err := empty.WithCells(ds.Cells(), AsRead, AsRead)
	if err != nil {
		t.Fatal(err)
	}
	if !ds.HasCells() {
		with, _ = empty.WithCells(nil, AsRead, AsRead)
	}
	got := asJSON(t, written(t, with, nil))
	oneSize := func(v map[string]any) { // what the values decided is written out
		if _, ok := v["measure"]; ok && v["value"] == nil {
			v["value"] = v["measure"]
			delete(v, "measure")
		}
		delete(v, "size")
		delete(v, "value")
		delete(v, "status")
	}
	oneSize(want)
	oneSize(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the head is another one (-want +got):\n%s", diff)
	}
	wantCells, gotCells := written(t, ds, &WriteOptions{Values: Dense, Statuses: Sparse}), written(t, with, &WriteOptions{Values: Dense, Statuses: Sparse})
	a, b := asJSON(t, wantCells), asJSON(t, gotCells)
	for _, name := range []string{"value", "status"} {
		if !ds.HasCells() {
			break
		}
		if name == "value" && a[name] == nil {
			a[name] = a["measure"]
		}
		if s, ok := a[name].(map[string]any); ok && len(s) == 0 {
			delete(a, name) // no status at all
		}
		if s, ok := b[name].(map[string]any); ok && len(s) == 0 {
			delete(b, name)
		}
		if diff := cmp.Diff(a[name], b[name]); diff != "" {
			t.Errorf("%s differs (-want +got):\n%s", name, diff)
		}
	}
}

func TestWithCells(t *testing.T) {
	const head = `{"version":"2.0","class":"dataset","x":{"y":1.50},"id":["a"],"size":[3],"value":[],"dimension":{"a":{"category":{"index":["p","q","r"]},"z":0}}}`
	const sparse = `{"version":"2.0","class":"dataset","value":[],"status":{"0":"old"},"id":["a"],"size":[3],"dimension":{"a":{"category":{"index":["p","q","r"]}}}}`
	values := func() *Values {
		v := NewValues(3)
		v.SetFloat64(0, 1.5)
		v.SetBool(1, true)
		return v
	}
	withStatus := values()
	withStatus.SetStatus(2, "..")
	tests := []struct {
		name             string
		head             string
		cells            Cells
		values, statuses Form
		opts             *WriteOptions
		want             string
	}{
		{"in the place of the value", head, values().Cells(), AsRead, AsRead, nil,
			strings.Replace(head, `"value":[]`, `"value":[1.5,true,null]`, 1)},
		{"a form of its own", head, values().Cells(), Sparse, AsRead, nil,
			strings.Replace(head, `"value":[]`, `"value":{"0":1.5,"1":true}`, 1)},
		{"an asked form wins", head, values().Cells(), Sparse, AsRead, &WriteOptions{Values: Dense},
			strings.Replace(head, `"value":[]`, `"value":[1.5,true,null]`, 1)},
		{"statuses behind the value", head, withStatus.Cells(), AsRead, Dense, nil,
			strings.Replace(head, `"value":[]`, `"value":[1.5,true,null],"status":[null,null,".."]`, 1)},
		{"none", head, nil, AsRead, AsRead, nil, head},
		{"none, sparse", head, nil, Sparse, AsRead, nil, strings.Replace(head, `"value":[]`, `"value":{}`, 1)},
		{"statuses in their place", sparse, withStatus.Cells(), AsRead, AsRead, nil,
			strings.Replace(strings.Replace(sparse, `"value":[]`, `"value":[1.5,true,null]`, 1), `{"0":"old"}`, `{"2":".."}`, 1)},
		{"statuses that are no more", sparse, values().Cells(), AsRead, AsRead, nil,
			`{"version":"2.0","class":"dataset","value":[1.5,true,null],"id":["a"],"size":[3],"dimension":{"a":{"category":{"index":["p","q","r"]}}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Parse([]byte(tt.head))
			if err != nil {
				t.Fatal(err)
			}
			ds, err := doc.Dataset(0)
			if err != nil {
				t.Fatal(err)
			}
			with, err := ds.WithCells(tt.cells, tt.values, tt.statuses)
			if err != nil {
				t.Fatal(err)
			}
			if got := written(t, with, tt.opts); got != tt.want {
				t.Errorf("written\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
	doc, _ := Parse([]byte(head))
	ds, _ := doc.Dataset(0)
	if _, err := ds.WithCells(NewValues(4).Cells(), AsRead, AsRead); err == nil {
		t.Error("four values fit three cells")
	}
}

// TestForms: the forms are those in which a dataset is written as it was read.
func TestForms(t *testing.T) {
	const head = `{"version":"2.0","class":"dataset","id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"]}}},`
	for cells, want := range map[string][2]Form{
		`"value":[1,2]`:                            {Dense, Sparse},
		`"value":{"1":2}`:                          {Sparse, Sparse},
		`"value":[1,2],"status":["p",null]`:        {Dense, Dense},
		`"value":{"1":2},"status":{"0":"p"}`:       {Sparse, Sparse},
		`"value":[1,2],"status":"p"`:               {Dense, Sparse},
		`"value":[]`:                               {Dense, Sparse},
		`"value":{"0":1,"1":2},"status":["p","q"]`: {Sparse, Dense},
		`"value":[1,2],"status":[null,null]`:       {Dense, Dense},
	} {
		doc, err := Parse([]byte(head + cells + "}"))
		if err != nil {
			t.Fatal(err)
		}
		ds, err := doc.Dataset(0)
		if err != nil {
			t.Fatal(err)
		}
		if values, statuses := ds.Forms(); want != [2]Form{values, statuses} {
			t.Errorf("%s: %d and %d, want %d", cells, values, statuses, want)
		}
		if !ds.HasCells() {
			continue
		}
		for _, form := range []Form{Dense, Sparse} {
			other, err := ds.WithCells(ds.Cells(), form, AsRead)
			if err != nil {
				t.Fatal(err)
			}
			if values, statuses := other.Forms(); values != form || statuses != want[1] {
				t.Errorf("%s, given: %d and %d, want %d and %d", cells, values, statuses, form, want[1])
			}
			var b strings.Builder
			if err := other.Write(&b, nil); err != nil || strings.Contains(b.String(), `"value":[`) != (form == Dense) {
				t.Errorf("%s is written as %s, %v", cells, &b, err)
			}
		}
	}
}
