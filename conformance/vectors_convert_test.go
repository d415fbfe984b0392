package conformance_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A converter is a format that the vectors go through. One more format is one
// more line in converters.
type converter struct {
	name  string
	write func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error

	// rows are the rows of what was written: ids of the categories, status, value.
	// Nil: it is read as JSON and no more, or it comes back.
	rows func(t *testing.T, text []byte, ds *jsonstat.Dataset) [][]string

	// back makes a dataset again. Nil: the format does not come back.
	back func(r io.Reader, ds *jsonstat.Dataset) (*jsonstat.Dataset, error)

	// head is what comes back of the head. Nil: all of it.
	head func(ds *jsonstat.Dataset) any
}

var (
	ids     = convert.Table{Field: convert.ID, Content: convert.ID}
	nothing = ""
)

// kept is a table of ids with the rows that are asked for.
func kept(keep convert.Keep) convert.Table {
	t := ids
	t.Keep = keep
	return t
}

var converters = []converter{
	{name: "CSV", rows: csvRows(','), write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: kept(keep), Status: true, NA: &nothing})
	}},
	{name: "CSV for Excel", rows: csvRows(';'), write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: kept(keep), Status: true, NA: &nothing, Separator: ";", Decimal: ".", BOM: true, CRLF: true})
	}},
	{name: "CSV and back with its head", write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: convert.Table{Field: convert.ID, Content: convert.Both, Keep: keep}, Status: true, NA: &nothing})
	}, back: func(r io.Reader, ds *jsonstat.Dataset) (*jsonstat.Dataset, error) {
		return convert.ReadCSV(r, &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Status: "status", Values: []string{"value"}, Texts: true, Head: ds}})
	}},
	{name: "CSV and back in columns", write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: convert.Table{Content: convert.Columns, Keep: keep}, Status: true, NA: &nothing})
	}, back: func(r io.Reader, _ *jsonstat.Dataset) (*jsonstat.Dataset, error) {
		return convert.ReadCSV(r, &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Texts: true, Content: convert.Columns}})
	}, head: func(*jsonstat.Dataset) any { return nil }}, // columns of ids are not called by their dimension
	{name: "CSV, pivoted, and back", write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		table := kept(keep)
		if n := len(ds.Dimensions()); n > 1 {
			table.By = []string{ds.Dimensions()[n-1].ID()}
		}
		return convert.WriteCSV(w, ds, &convert.CSVOptions{Table: table, NA: &nothing})
	}, back: func(r io.Reader, ds *jsonstat.Dataset) (*jsonstat.Dataset, error) {
		return convert.ReadCSV(r, &convert.ReadCSVOptions{TableOptions: convert.TableOptions{By: []string{ds.Dimensions()[len(ds.Dimensions())-1].ID()}, Texts: true, Head: ds}})
	}},
	{name: "CSV-stat and back", write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return convert.WriteCSVStat(w, ds, &convert.CSVStatOptions{NA: &nothing, Keep: keep})
	}, back: func(r io.Reader, _ *jsonstat.Dataset) (*jsonstat.Dataset, error) {
		return convert.ReadCSV(r, &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Texts: true}})
	}, head: csvStatHead},
	{name: "array of objects", rows: objectRows, back: readJSONTable, write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return convert.WriteArrObj(w, ds, &convert.JSONOptions{Table: kept(keep), Status: true})
	}},
	{name: "NDJSON", rows: lineRows, back: readJSONTable, write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return convert.WriteNDJSON(w, ds, &convert.JSONOptions{Table: kept(keep), Status: true})
	}},
	{name: "object of arrays", rows: columnRows, back: readJSONTable, write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return convert.WriteObjArr(w, ds, &convert.JSONOptions{Table: kept(keep), Status: true})
	}},
	{name: "array of arrays", rows: arrayRows, back: readJSONTable, write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return convert.WriteArray(w, ds, &convert.JSONOptions{Table: kept(keep), Status: true})
	}},
	{name: "DataTable", rows: tableRows, back: readJSONTable, write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return convert.WriteObject(w, ds, &convert.JSONOptions{Table: kept(keep), Status: true})
	}},
	{name: "Arrow and back", write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return exactly(func(t arrowconv.ValueType) error {
			return arrowconv.Write(w, ds, &arrowconv.Options{Keep: keep, Type: t})
		})
	}, back: func(r io.Reader, _ *jsonstat.Dataset) (*jsonstat.Dataset, error) { return arrowconv.Read(r, nil) }},
	{name: "Parquet and back", write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return exactly(func(t arrowconv.ValueType) error {
			return parquetconv.Write(w, ds, &parquetconv.Options{Keep: keep, Type: t})
		})
	}, back: func(r io.Reader, _ *jsonstat.Dataset) (*jsonstat.Dataset, error) { return parquetconv.Read(r, nil) }},
	{name: "workbook and back", write: func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		return xlsxconv.Write(w, ds, &xlsxconv.Options{Table: convert.Table{Keep: keep}})
	}, back: func(r io.Reader, _ *jsonstat.Dataset) (*jsonstat.Dataset, error) { return xlsxconv.Read(r, nil) }},
	{name: "JSON-stat, dense", write: writeForm(jsonstat.Dense, jsonstat.Dense), back: readJSONStat},
	{name: "JSON-stat, sparse", write: writeForm(jsonstat.Sparse, jsonstat.Sparse), back: readJSONStat},
	{name: "JSON-stat, mixed", write: writeForm(jsonstat.Sparse, jsonstat.Dense), back: readJSONStat},
}

// exactly writes numbers that a double does not hold as texts, which come back as
// numbers.
func exactly(write func(arrowconv.ValueType) error) error {
	err := write(arrowconv.Float64)
	if wrong := (*arrowconv.ValueError)(nil); errors.As(err, &wrong) {
		err = write(arrowconv.UTF8)
	}
	return err
}

// writeForm writes JSON-stat. What is huge stays as it is.
func writeForm(values, statuses jsonstat.Form) func(io.Writer, *jsonstat.Dataset, convert.Keep) error {
	return func(w io.Writer, ds *jsonstat.Dataset, keep convert.Keep) error {
		o := &jsonstat.WriteOptions{Values: values, Statuses: statuses}
		if keep != convert.All {
			o.Values, o.Statuses = jsonstat.AsRead, jsonstat.AsRead
		}
		return ds.Write(w, o)
	}
}

func readJSONStat(r io.Reader, _ *jsonstat.Dataset) (*jsonstat.Dataset, error) {
	doc, err := jsonstat.Read(r)
	if err != nil {
		return nil, err
	}
	return doc.Dataset(0)
}

// readJSONTable reads a JSON table beside its head.
func readJSONTable(r io.Reader, ds *jsonstat.Dataset) (*jsonstat.Dataset, error) {
	return convert.ReadJSON(r, &convert.TableOptions{Head: ds})
}

// few is up to how many cells all of them are written.
const few = 1 << 16

func keepOf(ds *jsonstat.Dataset) convert.Keep {
	if ds.Len() > few {
		return convert.NonEmpty
	}
	return convert.All
}

// eachDataset runs a test for each dataset of each vector that can be read.
func eachDataset(t *testing.T, f func(t *testing.T, v *vector, ds *jsonstat.Dataset)) {
	eachVector(t, func(t *testing.T, v *vector) {
		if v.Lenient.Class != "ok" {
			return // TestVectorsRead has it
		}
		doc, err := jsonstat.Open(v.path)
		require.NoError(t, err)
		defer doc.Close()
		for i := range doc.Len() {
			ds, err := doc.Dataset(i)
			require.NoError(t, err)
			f(t, v, ds)
		}
	})
}

// TestVectorsConvert takes each vector through each format: no cell is lost, none
// is in another place, and what can come back is equal.
func TestVectorsConvert(t *testing.T) {
	eachDataset(t, func(t *testing.T, v *vector, ds *jsonstat.Dataset) {
		for _, c := range converters {
			var text bytes.Buffer
			require.NoError(t, c.write(&text, ds, keepOf(ds)), c.name)
			if c.rows != nil {
				alike(t, c.name+" has other rows", tableOf(t, ds), c.rows(t, text.Bytes(), ds))
			}
			if c.back == nil || staysAway(c, v, ds) {
				continue
			}
			again, err := c.back(&text, ds)
			require.NoError(t, err, c.name)
			alike(t, c.name+" comes back with other cells", wholeOf(t, ds), wholeOf(t, again))
			head := c.head
			if head == nil {
				head = wholeHead
			}
			alike(t, c.name+" comes back with another head", head(ds), head(again))
		}
	})
}

// alike describes what is different, and only then: that is slow.
func alike(t *testing.T, what string, want, got any) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		t.Errorf("%s (-want +got)\n%s", what, cmp.Diff(want, got))
	}
}

// staysAway tells whether a format has no room for something that makes a cube of
// it again.
func staysAway(c converter, v *vector, ds *jsonstat.Dataset) bool {
	if strings.HasPrefix(c.name, "JSON-stat") {
		return false
	}
	for _, row := range v.Cube.Rows {
		for _, cell := range row {
			if _, is := cell.(bool); is {
				return true // true comes back as a text
			}
		}
	}
	switch {
	case strings.Contains(c.name, "pivoted") && (ds.Cells().Info().HasStatus || len(ds.Dimensions()) < 2):
		return true // a pivot has no room for statuses
	case !ds.HasCells():
		return c.name != "CSV-stat and back" // a table without rows says nothing of categories
	case len(ds.Dimensions()) == 0:
		return true // a table has a dimension at least
	}
	return false
}

// tableOf are the rows that every table of a dataset has: ids of the categories,
// status, value.
func tableOf(t *testing.T, ds *jsonstat.Dataset) [][]string {
	t.Helper()
	if !ds.HasCells() {
		return nil
	}
	cells := map[int64]jsonstat.Cell{}
	var order []int64
	for obs, err := range ds.Observations() {
		require.NoError(t, err)
		cells[obs.Position()] = obs.Cell()
		if obs.Missing() && obs.Status() == "" && keepOf(ds) != convert.All {
			continue
		}
		order = append(order, obs.Position())
	}
	if keepOf(ds) == convert.All {
		order = order[:0]
		for pos := range ds.Len() {
			order = append(order, pos)
		}
	}
	var rows [][]string
	for _, pos := range order {
		var row []string
		for i, k := range ds.Shape().Coords(pos, nil) {
			row = append(row, ds.Dimensions()[i].CategoryID(k))
		}
		c := canonical(cells[pos])
		rows = append(rows, append(row, c.Status, c.Text))
	}
	return rows
}

// wholeOf are the cells that say anything, by ids.
func wholeOf(t *testing.T, ds *jsonstat.Dataset) map[string]jsonstat.Cell {
	t.Helper()
	cells := map[string]jsonstat.Cell{}
	for obs, err := range ds.Observations() {
		require.NoError(t, err)
		if obs.Missing() && obs.Status() == "" {
			continue
		}
		key := ""
		for i := range ds.Dimensions() {
			key += fmt.Sprintf("%q ", obs.Category(i).ID)
		}
		cells[key] = canonical(obs.Cell())
	}
	return cells
}

// wholeHead is all that a head says.
func wholeHead(ds *jsonstat.Dataset) any {
	h := ds.Head()
	all := map[string]any{"label": h.Label, "source": h.Source, "updated": h.Updated, "href": h.Href, "note": h.Notes, "link": len(h.Links), "extension": string(h.Extension)}
	for i, d := range ds.Dimensions() {
		all[d.ID()] = []any{i, d.Label(), d.Role(), d.Notes(), d.Href(), len(d.Links()), string(d.Extension()), categoriesOf(d)}
	}
	return all
}

func categoriesOf(d *jsonstat.Dimension) []string {
	var list []string
	for c := range d.Categories() {
		unit, _ := json.Marshal(c.Unit)
		list = append(list, fmt.Sprintf("%q %q %s %v %q %q", c.ID, c.Label, unit, c.Coordinates, c.Notes, c.Children))
	}
	return list
}

// csvStatHead is what CSV-stat has room for.
func csvStatHead(ds *jsonstat.Dataset) any {
	all := map[string]any{"label": ds.Label(), "source": ds.Source(), "updated": ds.Updated(), "href": ds.Href()}
	for i, d := range ds.Dimensions() {
		var list []string
		for c := range d.Categories() {
			list = append(list, fmt.Sprintf("%q %q %s", c.ID, c.Label, statUnit(d, c.Unit)))
		}
		all[d.ID()] = []any{i, d.Label(), d.Role(), list}
	}
	return all
}

// statUnit is what CSV-stat says of a unit. It has a place for units of metric
// dimensions alone, and for a position only beside a symbol.
func statUnit(d *jsonstat.Dimension, u *jsonstat.Unit) string {
	if u == nil || d.Role() != jsonstat.Metric {
		return ""
	}
	decimals := ""
	if u.Decimals != nil {
		decimals = fmt.Sprint(*u.Decimals)
	}
	text := decimals + "|" + u.Text()
	if u.Symbol != "" {
		position := u.Position
		if position == "" {
			position = "end"
		}
		text += "|" + u.Symbol + "|" + position
	}
	return strings.Trim(text, "|")
}

// csvRows reads a table.
func csvRows(separator rune) func(*testing.T, []byte, *jsonstat.Dataset) [][]string {
	return func(t *testing.T, text []byte, ds *jsonstat.Dataset) [][]string {
		t.Helper()
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
		r.Comma = separator
		all, err := r.ReadAll()
		require.NoError(t, err)
		require.Len(t, all[0], len(ds.Dimensions())+2)
		if len(all) == 1 {
			return nil
		}
		return all[1:]
	}
}

// decode reads JSON with its number tokens.
func decode(t *testing.T, text []byte, to any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	require.NoError(t, dec.Decode(to), "%.200s", text)
	_, err := dec.Token()
	require.Equal(t, io.EOF, err)
}

// textOf is the text of a JSON value, a number as ECMAScript would write it.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case json.Number:
		return string(jsonstat.AppendNumber(nil, []byte(v)))
	}
	return fmt.Sprint(v)
}

// nameOf is how the member of a dimension is called: by its id, unless value or
// status is called so too.
func nameOf(d *jsonstat.Dimension) string {
	if id := d.ID(); id == "value" || id == "status" {
		return id + " [" + id + "]"
	}
	return d.ID()
}

func objectRow(ds *jsonstat.Dataset, o map[string]any) []string {
	var row []string
	for _, d := range ds.Dimensions() {
		row = append(row, textOf(o[nameOf(d)]))
	}
	return append(row, textOf(o["status"]), textOf(o["value"]))
}

func objectRows(t *testing.T, text []byte, ds *jsonstat.Dataset) (rows [][]string) {
	var all []map[string]any
	decode(t, text, &all)
	for _, o := range all {
		require.Len(t, o, len(ds.Dimensions())+2)
		rows = append(rows, objectRow(ds, o))
	}
	return rows
}

func lineRows(t *testing.T, text []byte, ds *jsonstat.Dataset) (rows [][]string) {
	for line := range bytes.Lines(text) {
		var o map[string]any
		decode(t, line, &o)
		rows = append(rows, objectRow(ds, o))
	}
	return rows
}

func columnRows(t *testing.T, text []byte, ds *jsonstat.Dataset) (rows [][]string) {
	var all map[string][]any
	decode(t, text, &all)
	require.Len(t, all, len(ds.Dimensions())+2)
	for i := range all["value"] {
		o := map[string]any{}
		for name, column := range all {
			require.Len(t, column, len(all["value"]), name)
			o[name] = column[i]
		}
		rows = append(rows, objectRow(ds, o))
	}
	return rows
}

func arrayRows(t *testing.T, text []byte, ds *jsonstat.Dataset) (rows [][]string) {
	var all [][]any
	decode(t, text, &all)
	for _, list := range all[1:] {
		require.Len(t, list, len(ds.Dimensions())+2)
		var row []string
		for _, v := range list {
			row = append(row, textOf(v))
		}
		rows = append(rows, row)
	}
	return rows
}

func tableRows(t *testing.T, text []byte, ds *jsonstat.Dataset) (rows [][]string) {
	var all struct {
		Cols []struct{ ID string }
		Rows []struct{ C []struct{ V any } }
	}
	decode(t, text, &all)
	require.Len(t, all.Cols, len(ds.Dimensions())+2)
	for _, r := range all.Rows {
		var row []string
		for _, c := range r.C {
			row = append(row, textOf(c.V))
		}
		rows = append(rows, row)
	}
	return rows
}

// TestVectorsWrite writes each vector again. It holds the same, and is as strictly
// right as it was; one that is of version 2.0 is the same text but for white space.
func TestVectorsWrite(t *testing.T) {
	eachVector(t, func(t *testing.T, v *vector) {
		if v.Lenient.Class != "ok" {
			return
		}
		doc, err := jsonstat.Open(v.path)
		require.NoError(t, err)
		defer doc.Close()
		var text bytes.Buffer
		require.NoError(t, doc.Write(&text))
		again := *v
		again.text = text.Bytes()
		for _, strict := range []bool{false, true} {
			want := v.Lenient
			if strict {
				want = v.Strict
			}
			want.Byte = nil
			out := ways(strict)[1].read(t, &again) // from memory
			checkVerdict(t, "what was written", out, want)
			if out.err == nil {
				checkContent(t, "what was written", &again, out)
			}
		}
		if json.Valid(v.text) && doc.Len() == 1 {
			var compact bytes.Buffer
			require.NoError(t, json.Compact(&compact, v.text))
			require.Equal(t, compact.String(), text.String())
		}
	})
}

// TestVectorsDice keeps one category of each dimension, at both ends, and all of
// them. The cells are where they were, and what is written of a document that was
// strictly right is so, too.
func TestVectorsDice(t *testing.T) {
	eachDataset(t, func(t *testing.T, v *vector, ds *jsonstat.Dataset) {
		for _, d := range ds.Dimensions() {
			if d.Len() == 0 {
				return // nothing can be kept of it
			}
		}
		whole, err := (&dice.Spec{}).Apply(ds)
		require.NoError(t, err)
		require.Equal(t, wholeHead(ds), wholeHead(whole))
		for _, last := range []bool{false, true} {
			spec, pairs := &dice.Spec{}, []string{}
			for _, d := range ds.Dimensions() {
				id := d.CategoryID(0)
				if last {
					id = d.CategoryID(d.Len() - 1)
				}
				spec.Criteria = append(spec.Criteria, dice.Criterion{Dimension: d.ID(), Select: dice.IDs(id)})
				pairs = append(pairs, d.ID(), id)
			}
			sub, err := spec.Apply(ds)
			require.NoError(t, err)
			require.EqualValues(t, 1, sub.Len())
			var text bytes.Buffer
			require.NoError(t, sub.Write(&text, nil))
			// What was wrong with the document may be cut off, or not.
			doc, err := jsonstat.Options{Strict: v.Strict.Class == "ok"}.Parse(text.Bytes())
			require.NoError(t, err, "%s", text.Bytes())
			again, err := doc.Dataset(0)
			require.NoError(t, err, "%s", text.Bytes())
			if !ds.HasCells() {
				require.False(t, again.HasCells())
				continue
			}
			want, err := ds.At(pairs...)
			require.NoError(t, err)
			got, err := again.At(pairs...)
			require.NoError(t, err, "%s", text.Bytes())
			require.Equal(t, canonical(want), canonical(got), "%s", text.Bytes())
		}
		for i, d := range ds.Dimensions() { // all but the first category, one dimension at a time
			if d.Len() < 2 || d.Len() > 100 || ds.Len() > few {
				continue
			}
			spec := &dice.Spec{Criteria: []dice.Criterion{{Dimension: d.ID(), Select: dice.IDs(d.CategoryID(0)), Omit: true}}}
			sub, err := spec.Apply(ds)
			require.NoError(t, err)
			want := wholeOf(t, ds)
			for obs, err := range ds.Observations() {
				require.NoError(t, err)
				if obs.Index(i) == 0 {
					key := ""
					for k := range ds.Dimensions() {
						key += fmt.Sprintf("%q ", obs.Category(k).ID)
					}
					delete(want, key)
				}
			}
			require.Equal(t, want, wholeOf(t, sub))
		}
	})
}
