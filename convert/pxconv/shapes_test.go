package pxconv_test

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert/pxconv"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// sameCube writes a dataset, reads it back and holds categories, values and statuses against
// what they were.
func sameCube(t *testing.T, ds *jsonstat.Dataset, o pxconv.WriteOptions) {
	t.Helper()
	var px bytes.Buffer
	err := pxconv.Write(&px, ds, &o)
	if err != nil {
		e, ok := errors.AsType[*pxconv.Error](err)
		if ok && (errors.Is(e, pxconv.ErrCell) || errors.Is(e, pxconv.ErrNotPX)) || errors.Is(err, jsonstat.ErrLimit) {
			return // it cannot be one, which is said
		}
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(px.String(), "\n") {
		long := 0 // a name, or a number, may be as long
		for _, field := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' }) {
			long = max(long, utf8.RuneCountInString(field))
		}
		if utf8.RuneCountInString(line) > 256 && !strings.Contains(line, "(") && long < 200 {
			t.Fatalf("a line of %d characters: %s", utf8.RuneCountInString(line), line)
		}
	}
	back, done, err := pxconv.Read(bytes.NewReader(px.Bytes()), &pxconv.Options{AllCells: true})
	if err != nil && strings.Contains(err.Error(), "neither a number nor a mark") {
		return // more than six statuses
	}
	require.NoError(t, err, "%s", px.Bytes()[:min(px.Len(), 4000)])
	defer done()
	want, got := valuesBy(t, ds), valuesBy(t, back)
	require.Equal(t, want, got, "%s", px.Bytes()[:min(px.Len(), 4000)])
}

// valuesBy are the values and statuses of a cube by the ids of dimensions and categories,
// without the dimension of contents that comes along.
func valuesBy(t *testing.T, ds *jsonstat.Dataset) map[string]string {
	t.Helper()
	cells := map[string]string{}
	for obs, err := range ds.AllObservations() {
		require.NoError(t, err)
		parts := map[string]string{}
		for i, d := range ds.Dimensions() {
			made := d.ID() == "CONTENTS" || d.ID() == "ContentsCode" && d.Index("EliminatedValue") == 0
			if !made || d.Len() > 1 {
				parts[d.ID()] = obs.Category(i).ID
			}
		}
		key := ""
		for _, d := range sortedKeys(parts) {
			key += clean(d) + "=" + clean(parts[d]) + "\x00"
		}
		text := ""
		if !obs.Missing() {
			text = string(jsonstat.AppendNumber(nil, []byte(obs.Text())))
		}
		status := obs.Status()
		if status == "" && obs.Missing() {
			status = ".."
		}
		cells[key] = text + "|" + clean(status)
	}
	return cells
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// clean is a text as a PX file can hold it.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '"':
			return '\''
		case r < ' ' || r == 0x7f:
			return ' '
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
}

// TestShapes holds that awkward cubes come back, in their own order, turned, and with keys.
func TestShapes(t *testing.T) {
	for _, shape := range shapes.Cubes() {
		t.Run(shape.Name, func(t *testing.T) {
			doc, err := jsonstat.Parse([]byte(shape.JSON))
			require.NoError(t, err)
			ds, err := doc.Dataset(0)
			require.NoError(t, err)
			if ds.Len() > 1<<16 {
				return
			}
			allOrders(t, ds)
		})
	}
}

func allOrders(t *testing.T, ds *jsonstat.Dataset) {
	t.Helper()
	sameCube(t, ds, pxconv.WriteOptions{})
	sameCube(t, ds, pxconv.WriteOptions{Keys: true})
	if dims := ds.Dimensions(); len(dims) > 1 {
		sameCube(t, ds, pxconv.WriteOptions{Heading: []string{dims[0].ID()}})
		sameCube(t, ds, pxconv.WriteOptions{Stub: []string{dims[len(dims)-1].ID()}})
	}
}

// FuzzWrite does the same with cubes made at random.
func FuzzWrite(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		doc, err := jsonstat.Parse(shapes.Random(seed))
		require.NoError(t, err)
		ds, err := doc.Dataset(0)
		if err != nil || ds.Len() > 1<<14 {
			return
		}
		allOrders(t, ds)
	})
}
