package convert_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TestShapes writes every awkward cube in every way: each table is one that
// other programs read, with the lines and columns that it should have, and the
// same from a file, from a pipe and from any source of cells.
func TestShapes(t *testing.T) {
	for _, shape := range shapes.Cubes() {
		t.Run(shape.Name, func(t *testing.T) {
			doc, err := jsonstat.Parse([]byte(shape.JSON))
			require.NoError(t, err)
			for i := range doc.Len() {
				ds, err := doc.Dataset(i)
				require.NoError(t, err)
				other, err := jsonstat.New(ds.Head(), &chopped{ds.Cells(), uint64(i)})
				require.NoError(t, err)
				for _, o := range tables(ds) {
					var out, again bytes.Buffer
					require.NoError(t, convert.WriteCSV(&out, ds, &o), "%+v", o)
					if ds.Len() <= fuzzCells {
						checkTable(t, ds, &o, out.String())
					}
					if ds.HasCells() {
						require.NoError(t, convert.WriteCSV(&again, other, &o), "%+v", o)
						require.Equal(t, out.String(), again.String(), "%+v", o)
					}
					if i == 0 {
						again.Reset()
						require.NoError(t, convert.WriteCSV(&again, streamed(t, shape.JSON, o.Need()), &o), "%+v", o)
						require.Equal(t, out.String(), again.String(), "from a pipe: %+v", o)
					}
				}
				if err := convert.WriteCSVStat(io.Discard, ds, nil); err != nil {
					require.ErrorContains(t, err, "separator of units")
				}
			}
		})
	}
}

// tables are options that cover what differs, for a dataset.
func tables(ds *jsonstat.Dataset) []convert.CSVOptions {
	all := []convert.CSVOptions{
		{Status: true},
		{Table: table{Field: convert.ID, Content: convert.ID, StatusText: convert.StatusBoth, UnitDecimals: true}, Status: true, Separator: ";"},
		{Table: table{Content: convert.Columns, Keep: convert.NonEmpty}, CRLF: true, BOM: true, Guard: true},
		{Table: table{Content: convert.Both, Field: convert.Both, Keep: convert.NonMissing}, Decimal: ","},
	}
	if ds.Len() > 1e8 {
		all = slices.DeleteFunc(all, func(o convert.CSVOptions) bool { return o.Keep == convert.All })
	}
	if ds.Len() > fuzzCells {
		return all
	}
	var ids []string
	for _, d := range ds.Dimensions() {
		ids = append(ids, d.ID())
		all = append(all, convert.CSVOptions{Table: table{By: []string{d.ID()}}, StatusColumns: true})
	}
	slices.Reverse(ids)
	return append(all, convert.CSVOptions{Table: table{By: ids, Keep: convert.NonEmpty}})
}

// TestShapesStrings holds that a text comes out of a table as it is, but for what
// a reader of CSV does to line ends.
func TestShapesStrings(t *testing.T) {
	for _, shape := range shapes.Cubes() {
		ds := dataset(t, shape.JSON)
		if ds.Len() > fuzzCells {
			continue
		}
		rows := records(t, toCSV(t, ds, &convert.CSVOptions{Table: table{Content: convert.Columns}}), ',')[1:]
		for pos := range len(rows) {
			coords := ds.Shape().Coords(int64(pos), nil)
			for i, d := range ds.Dimensions() {
				for k, want := range []string{d.CategoryID(coords[i]), d.CategoryLabel(coords[i])} {
					require.Equal(t, strings.ReplaceAll(want, "\r\n", "\n"), rows[pos][2*i+k], "%s, line %d", shape.Name, pos)
				}
			}
		}
	}
}
