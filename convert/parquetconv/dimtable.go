package parquetconv

import (
	"cmp"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/internal/period"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// DimensionFile is what the file of [WriteDimension] is called beside a table, with
// slashes: dims/Region.parquet. What names of files cannot have is percent-encoded.
func DimensionFile(d *jsonstat.Dimension) string {
	name := encoded(d.ID(), `%/\:*?"<>|`)
	if name == "" {
		name = columnar.HiveNull
	}
	return "dims/" + name + ".parquet"
}

// WriteDimension writes a dimension as a table of its categories, in their order, for
// engines to join with the codes of [Write] and [WritePartitions]:
//
//	code      text    the id, never null
//	label     text    never null: the id where there is none
//	parent    text    the id of the category above it, the first of several; null if there is none
//	order     int32   the place among the categories, from 0
//	unit      text    its label, else its symbol; null if there is none
//	decimals  int32   the places to show; null if not given
//	note      text    its notes, a line each; null if there are none
//	first     date    the first day of a period; null where not all codes are periods of one frequency
//	last      date    and the last one
//
// The columns are the same whatever the dimension has. Of the options Compression counts.
func WriteDimension(w io.Writer, d *jsonstat.Dimension, o *Options) error {
	if o == nil {
		o = &Options{}
	}
	codec, err := codecOf(o.Compression)
	if err != nil {
		return err
	}
	text, number, day := parquet.String(), parquet.Int(32), parquet.Date()
	root := group{}
	for _, c := range []field{
		{text, "code"}, {text, "label"}, {parquet.Optional(text), "parent"}, {number, "order"}, {parquet.Optional(text), "unit"},
		{parquet.Optional(number), "decimals"}, {parquet.Optional(text), "note"}, {parquet.Optional(day), "first"}, {parquet.Optional(day), "last"},
	} {
		root = append(root, field{parquet.Compressed(c.Node, codec), c.name})
	}
	config, err := parquet.NewWriterConfig(parquet.CreatedBy("jsonstat-go", "1", ""), parquet.NewSchema("schema", root),
		parquet.KeyValueMetadata(columnar.KeyDimension, d.ID()), parquet.KeyValueMetadata(columnar.KeyLabel, d.Label()))
	if err != nil {
		return err
	}
	out := parquet.NewGenericWriter[any](w, config)
	columns := out.ColumnWriters()
	for at, values := range dimensionColumns(d) {
		if _, err := columns[at].WriteRowValues(values); err != nil {
			return err
		}
	}
	return out.Close()
}

// dimensionColumns are the cells of the table, column by column.
func dimensionColumns(d *jsonstat.Dimension) [][]parquet.Value {
	const code, label, parent, order, unit, decimals, note, first, last, count = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
	columns := make([][]parquet.Value, count)
	text := func(at int, s string, optional bool) {
		switch {
		case !optional:
			columns[at] = append(columns[at], parquet.ByteArrayValue([]byte(s)).Level(0, 0, at))
		case s == "":
			columns[at] = append(columns[at], parquet.NullValue().Level(0, 0, at))
		default:
			columns[at] = append(columns[at], parquet.ByteArrayValue([]byte(s)).Level(0, 1, at))
		}
	}
	parents := map[string]string{}
	var ids []string
	for c := range d.Categories() {
		ids = append(ids, c.ID)
		for _, child := range c.Children {
			if _, ok := parents[child]; !ok {
				parents[child] = c.ID
			}
		}
	}
	days, periods := period.FirstDays(ids)
	for c := range d.Categories() {
		text(code, c.ID, false)
		text(label, c.Label, false)
		above, ok := parents[c.ID]
		if !ok || above != "" {
			text(parent, above, true)
		} else { // the category without a name
			columns[parent] = append(columns[parent], parquet.ByteArrayValue(nil).Level(0, 1, parent))
		}
		columns[order] = append(columns[order], parquet.Int32Value(int32(c.Index)).Level(0, 0, order))
		unitText := c.Unit.Text()
		if c.Unit != nil {
			unitText = cmp.Or(unitText, c.Unit.Symbol)
		}
		text(unit, unitText, true)
		if c.Unit != nil && c.Unit.Decimals != nil {
			columns[decimals] = append(columns[decimals], parquet.Int32Value(int32(*c.Unit.Decimals)).Level(0, 1, decimals))
		} else {
			columns[decimals] = append(columns[decimals], parquet.NullValue().Level(0, 0, decimals))
		}
		text(note, strings.Join(c.Notes, "\n"), true)
		if !periods {
			columns[first] = append(columns[first], parquet.NullValue().Level(0, 0, first))
			columns[last] = append(columns[last], parquet.NullValue().Level(0, 0, last))
			continue
		}
		_, f, _ := period.ParseFirstDay(c.ID)
		day := days[c.Index]
		columns[first] = append(columns[first], parquet.Int32Value(int32(day.Unix()/86400)).Level(0, 1, first))
		columns[last] = append(columns[last], parquet.Int32Value(int32(period.LastDay(day, f).Unix()/86400)).Level(0, 1, last))
	}
	return columns
}
