package xlsxconv_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

type table = convert.Table

// dataset is the first dataset of a document.
func dataset(t testing.TB, text string) *jsonstat.Dataset {
	t.Helper()
	doc, err := jsonstat.Parse([]byte(text))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	return ds
}

// write writes a workbook.
func write(t testing.TB, ds *jsonstat.Dataset, o *xlsxconv.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, xlsxconv.Write(&out, ds, o))
	return out.Bytes()
}

// read reads one.
func read(t testing.TB, book []byte, o *xlsxconv.ReadOptions) *jsonstat.Dataset {
	t.Helper()
	ds, err := xlsxconv.Read(bytes.NewReader(book), o)
	require.NoError(t, err)
	return ds
}

// TestReadInPlace: a workbook that can be gone through again is not copied, only what comes
// once.
func TestReadInPlace(t *testing.T) {
	want := dataset(t, `{"version":"2.0","class":"dataset","id":["d"],"size":[1],"dimension":{"d":{"category":{"index":["a"]}}},"value":[1]}`)
	book := write(t, want, nil)
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "gone"))
	if f, err := os.CreateTemp("", ""); err == nil {
		_, _ = f.Close(), os.Remove(f.Name())
		t.Skip("temporary files do not follow TMPDIR here")
	}
	for name, r := range map[string]io.Reader{
		"at offsets": bytes.NewReader(book),
		"by seeking": struct{ io.ReadSeeker }{bytes.NewReader(book)},
	} {
		ds, err := xlsxconv.Read(r, nil)
		require.NoError(t, err, name)
		requireEqual(t, want, ds, name)
	}
	_, err := xlsxconv.Read(bytes.NewBuffer(book), nil)
	require.ErrorIs(t, err, os.ErrNotExist)
}

// headOf is the document of a dataset without its cells, as JSON values.
func headOf(t testing.TB, ds *jsonstat.Dataset) any {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, ds.WriteHead(&out))
	dec := json.NewDecoder(&out)
	dec.UseNumber()
	var head any
	require.NoError(t, dec.Decode(&head))
	return head
}

// requireEqual holds that two datasets are the same: the head as JSON values, each
// value the same number or text, each status.
func requireEqual(t testing.TB, want, got *jsonstat.Dataset, msg ...any) {
	t.Helper()
	require.Equal(t, headOf(t, want), headOf(t, got), msg...)
	require.Equal(t, want.HasCells() && want.Len() > 0, got.HasCells() && got.Len() > 0, msg...)
	requireCells(t, want, got, msg...)
}

// cells are the cells that have a value or a status, as text. A cell that a sparse
// document leaves out has the status that all have, if there is one.
func cells(t testing.TB, ds *jsonstat.Dataset) map[int64]string {
	t.Helper()
	all := map[int64]string{}
	if !ds.HasCells() {
		return all
	}
	if ds.Len() <= 20_000 {
		for pos := range ds.Len() {
			cell, err := ds.AtPosition(pos)
			require.NoError(t, err)
			if !cell.Missing() || cell.Status != "" {
				all[pos] = cellText(cell)
			}
		}
		return all
	}
	for obs, err := range ds.Observations() {
		require.NoError(t, err)
		if cell := obs.Cell(); !cell.Missing() || cell.Status != "" {
			all[obs.Position()] = cellText(cell)
		}
	}
	return all
}

// cellText is the content of a cell, numbers in one layout.
func cellText(cell jsonstat.Cell) string {
	text := fmt.Sprintf("%q", cell.Text)
	switch cell.Kind {
	case jsonstat.Number, jsonstat.NumberRaw:
		text = string(jsonstat.AppendNumber(nil, []byte(cell.Text)))
	case jsonstat.Missing:
		text = "-"
	case jsonstat.True, jsonstat.False:
		text = fmt.Sprint(cell.Kind == jsonstat.True)
	}
	return text + " | " + cell.Status
}

func requireCells(t testing.TB, want, got *jsonstat.Dataset, msg ...any) {
	t.Helper()
	require.Equal(t, cells(t, want), cells(t, got), msg...)
}

// ways are ways to write a dataset that lose nothing.
func ways(ds *jsonstat.Dataset) map[string]xlsxconv.Options {
	all := map[string]xlsxconv.Options{
		"long":           {},
		"ids":            {Table: table{Content: convert.ID, Field: convert.ID}, NoTitle: true},
		"both":           {Table: table{Content: convert.Both, Field: convert.Both, Lang: "nb"}, Dates: true},
		"columns":        {Table: table{Content: convert.Columns, Keep: convert.NonEmpty, StatusText: convert.StatusBoth}},
		"status in cell": {Status: xlsxconv.StatusCell},
		"no constants":   {Table: table{DropConstant: true}},
	}
	if ds.Len() > 2000 {
		all = map[string]xlsxconv.Options{"non-empty": {Table: table{Keep: convert.NonEmpty}}}
		return all
	}
	all["pivot without constants"] = xlsxconv.Options{Table: table{DropConstant: true, Content: convert.Columns}, Pivot: true}
	all["pivot"] = xlsxconv.Options{Pivot: true, Chart: xlsxconv.LineChart}
	var ids []string
	for _, d := range ds.Dimensions() {
		ids = append(ids, d.ID())
		all["by "+d.ID()] = xlsxconv.Options{Table: table{By: []string{d.ID()}}, Status: xlsxconv.StatusColumn, Dates: true, Chart: xlsxconv.BarChart}
	}
	if n := len(ids); n > 1 {
		all["stub"] = xlsxconv.Options{Stub: []string{ids[n-1]}, Table: table{Content: convert.Columns}}
		all["heading"] = xlsxconv.Options{Heading: []string{ids[0]}, Dates: true, Chart: xlsxconv.BarChart}
		backwards := slices.Clone(ids[:n-1])
		slices.Reverse(backwards)
		all["sides"] = xlsxconv.Options{Stub: backwards, Heading: ids[n-1:]}
	}
	if len(ids) > 1 {
		all["by two"] = xlsxconv.Options{Table: table{By: []string{ids[1], ids[0]}, StatusText: convert.StatusLabel}}
	}
	all["by all"] = xlsxconv.Options{Table: table{By: ids}, Status: xlsxconv.StatusCell}
	return all
}

// TestShapes takes every awkward cube out and back, in every way.
func TestShapes(t *testing.T) {
	for _, shape := range shapes.Cubes() {
		t.Run(shape.Name, func(t *testing.T) { roundTrip(t, []byte(shape.JSON)) })
	}
}

// TestRandom does the same with random cubes.
func TestRandom(t *testing.T) {
	n := uint64(40)
	if testing.Short() {
		n = 10
	}
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			roundTrip(t, shapes.Random(seed), "long", "pivot", "by two", "columns", "no constants", "pivot without constants")
		})
	}
}

// roundTrip writes and reads all datasets of a document, in the named ways or in all.
func roundTrip(t *testing.T, text []byte, named ...string) {
	doc, err := jsonstat.Parse(text)
	require.NoError(t, err)
	for i := range doc.Len() {
		ds, err := doc.Dataset(i)
		require.NoError(t, err)
		for name, o := range ways(ds) {
			if len(named) > 0 && !slices.Contains(named, name) {
				continue
			}
			book := write(t, ds, &o)
			requireEqual(t, ds, read(t, book, nil), name)
			if name == "long" || name == "pivot" || name == "by two" {
				requireBook(t, book, name)
			}
		}
	}
}

// TestFiles does so with the documents of the project and, where there is one, of
// a folder of real ones.
func TestFiles(t *testing.T) {
	folders := []string{filepath.Join("..", "..", "testdata")}
	if corpus := os.Getenv("JSONSTAT_CORPUS"); corpus != "" {
		folders = append(folders, corpus)
	} else {
		t.Log("JSONSTAT_CORPUS is not set: documents of statistical offices are not read")
	}
	n := 0
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(folder, "*.json"))
		require.NoError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			doc, err := jsonstat.Parse(text)
			if err != nil || doc.Len() == 0 {
				continue
			}
			n++
			t.Run(filepath.Base(file), func(t *testing.T) { roundTrip(t, text) })
		}
	}
	require.Greater(t, n, 10)
}

// requireBook holds what every workbook has: valid XML in all parts.
func requireBook(t testing.TB, book []byte, msg ...any) {
	t.Helper()
	for name, text := range unzip(t, book) {
		require.NoError(t, wellFormed(text), "%s: %v", name, msg)
	}
}
