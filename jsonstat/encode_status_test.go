package jsonstat

import (
	"bytes"
	"strings"
	"testing"
)

// TestWriteNoStatus: where no cell has a status there is no member for it, in whatever
// form it was asked for and wherever it stood.
func TestWriteNoStatus(t *testing.T) {
	const id = `"version":"2.0","class":"dataset","id":["d"],"size":[3],"dimension":{"d":{"category":{"index":["a","b","c"]}}}`
	read := func(text string) *Dataset { _, ds := parse(t, Options{}, text); return ds }
	fromParts := func(ds *Dataset) *Dataset {
		made, err := New(ds.Head(), ds.Cells())
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	withCells := func(ds *Dataset, v *Values) *Dataset {
		with, err := ds.WithCells(v.Cells(), AsRead, AsRead)
		if err != nil {
			t.Fatal(err)
		}
		return with
	}
	none := Floats(1, 2, 3)
	none.SetStatus(0, "p")
	none.SetStatus(0, "")
	front, middle, last := `{"status":[null,null,null],`+id+`,"value":[1,2,3]}`, `{`+id+`,"status":{},"value":[1,2,3]}`, `{`+id+`,"value":[1,2,3],"status":[null,"",null]}`
	for _, c := range []struct {
		name string
		ds   *Dataset
		opts []WriteOptions
	}{
		{"built", built(t, 3, none), []WriteOptions{{}, {Statuses: Dense}, {Statuses: Sparse}}},
		{"given to what had some", withCells(read(`{`+id+`,"status":["p",null,"q"],"value":[1,2,3]}`), none), []WriteOptions{{}, {Statuses: Dense}, {Statuses: Sparse}}},
		{"given to what had none", withCells(read(`{`+id+`,"value":[1,2,3]}`), none), []WriteOptions{{}, {Statuses: Dense}, {Statuses: Sparse}}},
		{"read, in front", read(front), []WriteOptions{{Statuses: Dense}, {Statuses: Sparse}, {Explicit: true}}},
		{"read, in the middle", read(middle), []WriteOptions{{Statuses: Dense}, {Statuses: Sparse}, {Explicit: true}}},
		{"read, last", read(last), []WriteOptions{{Statuses: Dense}, {Statuses: Sparse}, {Explicit: true}}},
		{"from parts, in front", fromParts(read(front)), []WriteOptions{{}, {Statuses: Dense}, {Statuses: Sparse}}},
		{"from parts, in the middle", fromParts(read(middle)), []WriteOptions{{}, {Statuses: Dense}, {Statuses: Sparse}}},
		{"from parts, last", fromParts(read(last)), []WriteOptions{{}, {Statuses: Dense}, {Statuses: Sparse}}},
	} {
		for _, opts := range c.opts {
			got := written(t, c.ds, &opts)
			if strings.Contains(got, `"status"`) {
				t.Errorf("%s, %+v: there is a status in %s", c.name, opts, got)
			}
			want := `{` + id + `,"value":[1,2,3]}`
			if c.ds.text != nil && !opts.Explicit && got != want {
				t.Errorf("%s, %+v:\nwritten %s\nwant    %s", c.name, opts, got, want)
			}
			if _, err := Parse([]byte(got)); err != nil {
				t.Errorf("%s, %+v: %v in %s", c.name, opts, err, got)
			}
		}
	}
	// What is written as it was read keeps its form, and one status is enough.
	for _, text := range []string{front, middle, last} {
		if got := written(t, read(text), nil); got != text {
			t.Errorf("%s is written %s", text, got)
		}
	}
	for _, text := range []string{
		`{"status":{"2":"p"},` + id + `,"value":[1,2,3]}`, `{` + id + `,"status":{"2":"p"},"value":[1,2,3]}`, `{` + id + `,"value":[1,2,3],"status":{"2":"p"}}`,
	} {
		if got, want := written(t, read(text), &WriteOptions{Statuses: Dense}), strings.Replace(text, `{"2":"p"}`, `[null,null,"p"]`, 1); got != want {
			t.Errorf("%s is written %s, not %s", text, got, want)
		}
	}
	var head bytes.Buffer
	if err := read(last).WriteHead(&head); err != nil || head.String() != `{`+id+`}` {
		t.Errorf("the head is %s, %v", head.String(), err)
	}
}

// TestOneStatusThatIsNaN: where NaN is read as null, so is the one status for all cells.
func TestOneStatusThatIsNaN(t *testing.T) {
	text := `{"version":"2.0","class":"dataset","id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"]}}},"value":[1,2],"status":[NaN]}`
	doc, err := Options{NaNAsNull: true}.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	if info := ds.Cells().Info(); info.Default != 0 {
		t.Errorf("the status of all cells is %q", ds.Cells().Statuses()[info.Default])
	}
}
