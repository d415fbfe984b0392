package arrowconv_test

import (
	"bytes"
	"errors"
	"math"
	"math/bits"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/decimal128"
	"github.com/apache/arrow/go/v17/arrow/decimal256"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// tableFrom makes a stream of columns given as JSON rows.
func tableFrom(t *testing.T, fields []arrow.Field, keys map[string]string, rows string) []byte {
	t.Helper()
	meta := arrow.MetadataFrom(keys)
	schema := arrow.NewSchema(fields, &meta)
	rec, _, err := array.RecordFromJSON(memory.DefaultAllocator, schema, strings.NewReader(rows), array.WithUseNumber())
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	w := ipc.NewWriter(&buf, ipc.WithSchema(schema))
	if err := w.Write(rec); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// said are options.
func said(o convert.TableOptions) *arrowconv.ReadOptions {
	return &arrowconv.ReadOptions{TableOptions: o}
}

func field(name string, t arrow.DataType) arrow.Field {
	return arrow.Field{Name: name, Type: t, Nullable: true}
}

// keyed is a field with keys.
func keyed(name string, t arrow.DataType, keys map[string]string) arrow.Field {
	return arrow.Field{Name: name, Type: t, Nullable: true, Metadata: arrow.MetadataFrom(keys)}
}

// Columns of any type as dimensions: what their categories are called.
func TestDimensionTypes(t *testing.T) {
	tests := []struct {
		t    arrow.DataType
		cell string
		want string
	}{
		{arrow.BinaryTypes.String, `"a"`, "a"},
		{arrow.BinaryTypes.LargeString, `"å"`, "å"},
		{arrow.BinaryTypes.StringView, `"a longer text than fits"`, "a longer text than fits"},
		{&arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint8, ValueType: arrow.BinaryTypes.String}, `"a"`, "a"},
		{&arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int64, ValueType: arrow.PrimitiveTypes.Int32}, `7`, "7"},
		{arrow.PrimitiveTypes.Int8, `-7`, "-7"},
		{arrow.PrimitiveTypes.Int16, `7`, "7"},
		{arrow.PrimitiveTypes.Int32, `2024`, "2024"},
		{arrow.PrimitiveTypes.Int64, `2024`, "2024"},
		{arrow.PrimitiveTypes.Uint8, `200`, "200"},
		{arrow.PrimitiveTypes.Uint16, `7`, "7"},
		{arrow.PrimitiveTypes.Uint32, `7`, "7"},
		{arrow.PrimitiveTypes.Uint64, `7`, "7"},
		{arrow.PrimitiveTypes.Float32, `0.1`, "0.1"},
		{arrow.PrimitiveTypes.Float64, `2024`, "2024"},
		{arrow.FixedWidthTypes.Boolean, `true`, "true"},
		{arrow.FixedWidthTypes.Date32, `"2024-01-31"`, "2024-01-31"},
		{arrow.FixedWidthTypes.Date64, `"2024-01-31"`, "2024-01-31"},
		{arrow.FixedWidthTypes.Timestamp_ns, `"2024-01-31 00:00:00"`, "2024-01-31"},
		{&arrow.TimestampType{Unit: arrow.Second}, `"2024-01-31 12:30:00"`, "2024-01-31T12:30"},
		{&arrow.TimestampType{Unit: arrow.Millisecond, TimeZone: "UTC"}, `"2024-01-31 12:30:00"`, "2024-01-31T12:30Z"},
		{arrow.FixedWidthTypes.Time32s, `"12:30:00"`, "12:30:00"},
		{&arrow.Decimal128Type{Precision: 9, Scale: 2}, `"12.50"`, "12.50"},
	}
	for _, tt := range tests {
		t.Run(tt.t.String(), func(t *testing.T) {
			table := tableFrom(t, []arrow.Field{field("d", tt.t), field("value", arrow.PrimitiveTypes.Float64)}, nil, `[{"d":`+tt.cell+`,"value":1}]`)
			ds := readBack(t, table, nil)
			if got := ds.Dimension("d").CategoryID(0); got != tt.want {
				t.Errorf("the category is %q, want %q", got, tt.want)
			}
		})
	}
}

// Columns of any type as values: what number comes of them.
func TestValueTypes(t *testing.T) {
	tests := []struct {
		t    arrow.DataType
		cell string
		want string
	}{
		{arrow.PrimitiveTypes.Int8, `-7`, "-7"},
		{arrow.PrimitiveTypes.Int64, `9007199254740993`, "9007199254740993"},
		{arrow.PrimitiveTypes.Uint64, `18446744073709551615`, "18446744073709551615"},
		{arrow.PrimitiveTypes.Float32, `0.1`, "0.1"},
		{arrow.PrimitiveTypes.Float64, `0.1`, "0.1"},
		{arrow.PrimitiveTypes.Float64, `1e300`, "1e+300"},
		{arrow.FixedWidthTypes.Float16, `0.5`, "0.5"},
		{&arrow.Decimal128Type{Precision: 9, Scale: 2}, `"-0.05"`, "-0.05"},
		{&arrow.Decimal256Type{Precision: 40, Scale: 0}, `"1234567890123456789012345678901234567890"`, "1234567890123456789012345678901234567890"},
		{&arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.PrimitiveTypes.Float64}, `2.5`, "2.5"},
		{arrow.BinaryTypes.String, `"12"`, "12"}, // numbers in texts are read where the column is called value
		{&arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}, `"12"`, "12"},
		{arrow.FixedWidthTypes.Boolean, `true`, "true"},
		{arrow.PrimitiveTypes.Float64, `null`, ""},
		{arrow.Null, `null`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.t.String()+" "+tt.cell, func(t *testing.T) {
			if tt.t.ID() == arrow.DECIMAL256 && bits.UintSize == 32 {
				t.Skip("the module makes no such decimal of a text where a word has 32 bits: see TestDecimals")
			}
			table := tableFrom(t, []arrow.Field{field("d", arrow.BinaryTypes.String), field("value", tt.t)}, nil, `[{"d":"a","value":`+tt.cell+`},{"d":"b","value":null}]`)
			c, err := readBack(t, table, said(convert.TableOptions{Values: []string{"value"}})).At("d", "a")
			if err != nil || c.Text != tt.want || c.Kind == jsonstat.Text {
				t.Errorf("the value is %q of kind %d, want %q (%v)", c.Text, c.Kind, tt.want, err)
			}
		})
	}
}

// What keys say comes into the head as it is: the order of a role's dimensions, empty
// texts of units.
func TestKeysAreKept(t *testing.T) {
	fields := []arrow.Field{field("born", text), keyed("lives", text, map[string]string{"jsonstat.categoryUnits": `{"n":{"label":"","symbol":""}}`}), field("value", number)}
	keys := map[string]string{"jsonstat.roles": `{"geo":["lives","born"]}`}
	got := document(t, readBack(t, tableFrom(t, fields, keys, `[{"born":"x","lives":"n","value":1}]`), nil))
	for _, want := range []string{`"role":{"geo":["lives","born"]}`, `"unit":{"n":{"label":"","symbol":""}}`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

// Decimals of several words, below and above zero.
func TestDecimals(t *testing.T) {
	b128 := array.NewDecimal128Builder(memory.DefaultAllocator, &arrow.Decimal128Type{Precision: 38, Scale: 2})
	b256 := array.NewDecimal256Builder(memory.DefaultAllocator, &arrow.Decimal256Type{Precision: 76, Scale: 2})
	ones := uint64(math.MaxUint64)
	for _, n := range []struct {
		high int64
		low  uint64
	}{{0, 1250}, {0, 1<<40 + 7}, {5, 1<<63 + 1}, {-1, ones - 1249}, {-6, 12}} {
		b128.Append(decimal128.New(n.high, n.low))
		b256.Append(decimal256.New(uint64(n.high>>63), uint64(n.high), n.low, ones))
	}
	want := map[string][2]string{ // that of 256 bits is the other one times 2^64, and 2^64-1 more
		"a": {"12.50", "230768768362106490716.15"},
		"b": {"10995116277.83", "202824096037992443765369276989.43"},
		"c": {"1014570924054025338.89", "18715530180651615490854538290221442662.39"},
		"d": {"-12.50", "-230399833480632299683.85"},
		"e": {"-1106804644422573096.84", "-20416942015256307805404399716323850977.29"},
	}
	for k, column := range []arrow.Array{b128.NewArray(), b256.NewArray()} {
		schema := arrow.NewSchema([]arrow.Field{field("d", text), field("value", column.DataType())}, nil)
		var buf bytes.Buffer
		w := ipc.NewWriter(&buf, ipc.WithSchema(schema))
		ids := array.NewStringBuilder(memory.DefaultAllocator)
		for i := range column.Len() {
			ids.Append(string(rune('a' + i)))
		}
		if err := w.Write(array.NewRecord(schema, []arrow.Array{ids.NewArray(), column}, int64(column.Len()))); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		ds := readBack(t, buf.Bytes(), nil)
		for id, texts := range want {
			if c, err := ds.At("d", id); err != nil || c.Text != texts[k] {
				t.Errorf("%s of %s is %q, want %q (%v)", id, column.DataType(), c.Text, texts[k], err)
			}
		}
	}
}

// Tables of texts from before, in which every text had quotes where one looked like
// a number.
func TestQuotedTexts(t *testing.T) {
	keys := map[string]string{"jsonstat.measure": "true", "jsonstat.values": "json"}
	table := tableFrom(t, []arrow.Field{field("d", text), keyed("value", text, keys)}, nil,
		`[{"d":"a","value":"1.5"},{"d":"b","value":"\".\""},{"d":"c","value":"\"0.2\""},{"d":"e","value":"true"},{"d":"f","value":"\"\""}]`)
	want := map[int64]string{0: "1.5 ", 1: `3:"." `, 2: `3:"0.2" `, 3: `4:"true" `, 4: `3:"" `}
	if diff := cmp.Diff(want, contents(t, readBack(t, table, nil))); diff != "" {
		t.Errorf("the cells are others (-want +got):\n%s", diff)
	}
}

var text, number = arrow.BinaryTypes.String, arrow.PrimitiveTypes.Float64

// Which column is what, by keys, by rule and as told.
func TestPlan(t *testing.T) {
	year := map[string]string{"jsonstat.role": "time", "jsonstat.label": "Year", "jsonstat.categoryOrder": `["2025","2024"]`, "jsonstat.categoryLabels": `{"2024":"last year"}`}
	tests := []struct {
		name   string
		fields []arrow.Field
		keys   map[string]string
		rows   string
		o      *arrowconv.ReadOptions
		want   string // the document, or the beginning of the error
	}{
		{"by names", []arrow.Field{field("n", arrow.PrimitiveTypes.Int32), field("Value", number), field("STATUS", text)}, nil,
			`[{"n":1,"Value":2,"STATUS":null},{"n":2,"Value":null,"STATUS":"x"}]`, nil,
			`"id":["n"],"size":[2],"dimension":{"n":{"label":"n","category":{"index":["1","2"]}}},"value":[2,null],"status":{"1":"x"}}`},
		{"the first of numbers is a dimension as in CSV", []arrow.Field{field("d", text), field("year", number), field("b", number)}, nil,
			`[{"d":"x","year":2023,"b":3},{"d":"x","year":2024,"b":3}]`, nil,
			`"id":["d","year"],"size":[1,2],"dimension":{"d":{"label":"d","category":{"index":["x"]}},"year":{"label":"year","category":{"index":["2023","2024"]}}},"value":[3,3]}`},
		{"two columns of figures", []arrow.Field{field("d", text), field("a", number), field("b", number)}, nil,
			`[{"d":"x","a":2,"b":3},{"d":"y","a":5,"b":7}]`, nil, "error: several columns hold figures: a, b"},
		{"as told", []arrow.Field{field("d", text), field("a", number), field("b", number)}, nil,
			`[{"d":"x","a":2,"b":3}]`, said(convert.TableOptions{Values: []string{"b"}, Dimensions: []string{"d"}}),
			`"id":["d"],"size":[1],"dimension":{"d":{"label":"d","category":{"index":["x"]}}},"value":[3]}`},
		{"keys of jsonstat-io", []arrow.Field{keyed("y", text, year), keyed("amount", number, map[string]string{"jsonstat.measure": "true"}), keyed("note", text, map[string]string{"jsonstat.status": "true"})},
			map[string]string{"jsonstat.label": "Sales", "jsonstat.source": "S", "jsonstat.updated": "2024", "jsonstat.extension": `{"a":1}`, "jsonstat.valueForm": "sparse"},
			`[{"y":"2024","amount":2,"note":"p"}]`, nil,
			`"label":"Sales","source":"S","updated":"2024","role":{"time":["y"]},"id":["y"],"size":[2],"dimension":{"y":{"label":"Year","category":{"index":["2025","2024"],"label":{"2025":"2025","2024":"last year"}}}},"extension":{"a":1},"value":{"1":2},"status":{"1":"p"}}`},
		{"roles of the table", []arrow.Field{field("y", text), field("value", number)}, map[string]string{"jsonstat.roles": `{"time":["y"],"geo":["nowhere"]}`},
			`[{"y":"2024","value":2}]`, nil,
			`"role":{"time":["y"]},"id":["y"],"size":[1],"dimension":{"y":{"label":"y","category":{"index":["2024"]}}},"value":[2]}`},
		{"keys that say nothing", []arrow.Field{keyed("y", text, map[string]string{"jsonstat.categoryOrder": "[1", "jsonstat.categoryLabels": "[]", "jsonstat.role": "king"}), field("value", number)},
			map[string]string{"jsonstat.extension": "7", "jsonstat.valueForm": "round"}, `[{"y":"2024","value":2}]`, nil,
			`"id":["y"],"size":[1],"dimension":{"y":{"label":"y","category":{"index":["2024"]}}},"value":[2]}`},
		{"no values", []arrow.Field{field("d", text)}, nil, `[{"d":"x"}]`, nil, `error: there is no column of figures: the last one, d, holds "x"`},
		{"no dimensions", []arrow.Field{field("value", number)}, nil, `[{"value":1}]`, nil, "error: the table has no column that could be a dimension"},
		{"dates as values", []arrow.Field{field("value", arrow.FixedWidthTypes.Date32)}, nil, `[{"value":"2024-01-01"}]`, nil, `error: there is no column of figures: the last one, value, holds "2024-01-01"`},
		{"dates as values, as told", []arrow.Field{field("d", text), field("value", arrow.FixedWidthTypes.Date32)}, nil, `[{"d":"x","value":"2024-01-01"}]`, said(convert.TableOptions{Values: []string{"value"}}), `error: row 1: value: "2024-01-01" is no number`},
		{"a list", []arrow.Field{field("d", text), field("l", arrow.ListOf(text)), field("value", number)}, nil, `[{"d":"x","l":["a"],"value":1}]`, nil, `error: a column holds neither values nor categories: l of type list<item: utf8, nullable>`},
		{"a list as a dimension", []arrow.Field{field("d", text), field("l", arrow.ListOf(text)), field("value", number)}, nil, `[{"d":"x","l":["a"],"value":1}]`, said(convert.TableOptions{Dimensions: []string{"d", "l"}}), `error: column "l" cannot be a dimension: it is of type list<item: utf8, nullable>`},
		{"a list that is left out", []arrow.Field{field("d", text), field("l", arrow.ListOf(text)), field("value", number)}, nil, `[{"d":"x","l":["a"],"value":1}]`, said(convert.TableOptions{Ignore: []string{"l"}}),
			`"id":["d"],"size":[1],"dimension":{"d":{"label":"d","category":{"index":["x"]}}},"value":[1]}`},
		{"no such column", []arrow.Field{field("d", text), field("value", number)}, nil, `[{"d":"x","value":1}]`, said(convert.TableOptions{Status: "vlaue"}), `error: there is no column "vlaue"; did you mean "value"?`},
		{"a null category", []arrow.Field{field("d", text), field("value", number)}, nil, `[{"d":"x","value":1},{"d":null,"value":1}]`, nil, `error: row 2: dimension "d" has no category: the cell is empty`},
		{"a cell twice", []arrow.Field{field("d", text), field("value", number)}, nil, `[{"d":"x","value":1},{"d":"y","value":1},{"d":"x","value":1}]`, nil, "error: row 3: the categories x have a row already, in row 1"},
		{"no rows", []arrow.Field{field("d", text), field("value", number)}, nil, `[]`, nil, "error: the table has a header but no rows"},
		{"a head that is none", []arrow.Field{field("d", text), field("value", number)}, map[string]string{"jsonstat.head": "{"}, `[{"d":"x","value":1}]`, nil, "error: the head of the cube"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ds, err := arrowconv.Read(bytes.NewReader(tableFrom(t, tt.fields, tt.keys, tt.rows)), tt.o)
			got := ""
			if err != nil {
				got = "error: " + err.Error()
			} else {
				got = strings.TrimPrefix(document(t, ds), `{"version":"2.0","class":"dataset",`)
			}
			if got != tt.want && !(strings.HasPrefix(tt.want, "error: ") && strings.HasPrefix(got, tt.want)) {
				t.Errorf("read\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

const twoByTwo = `{"version":"2.0","class":"dataset","note":["kept"],"id":["port","year"],"size":[2,2],"dimension":{"port":{"label":"Port","category":{"index":["N","S"],"label":{"N":"North","S":"South"}}},"year":{"category":{"index":["2023","2024"]}}}`

// A table with a head: columns in any order, some of them gone or new, rows fewer.
func TestHead(t *testing.T) {
	tests := []struct {
		name   string
		fields []arrow.Field
		rows   string
		want   string
		warn   string
	}{
		{"ids, rows upside down", []arrow.Field{field("year", text), field("value", number), field("port", text)},
			`[{"year":"2024","value":4,"port":"S"},{"year":"2023","value":1,"port":"N"}]`, `[1,null,null,4]`, ""},
		{"labels", []arrow.Field{field("Port", text), field("year", text), field("value", number)},
			`[{"Port":"South","year":"2023","value":3}]`, `[null,null,3,null]`, ""},
		{"dates for periods", []arrow.Field{field("port", text), field("year", arrow.FixedWidthTypes.Date32), field("value", number)},
			`[{"port":"S","year":"2024-01-01","value":4}]`, `[null,null,null,4]`, ""},
		{"years as numbers", []arrow.Field{field("port", text), field("year", arrow.PrimitiveTypes.Int64), field("value", number)},
			`[{"port":"[S] South","year":2024,"value":4}]`, `[null,null,null,4]`, ""},
		{"a column too many", []arrow.Field{field("port", text), field("year", text), field("value", number), field("share", number)},
			`[{"port":"S","year":"2024","value":4,"share":1}]`, `[null,null,null,4]`, `column "share" is no part of the cube`},
		{"no rows", []arrow.Field{field("port", text), field("year", text), field("value", number)}, `[]`, `[]`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			warned := ""
			table := tableFrom(t, tt.fields, map[string]string{"jsonstat.head": twoByTwo + "}"}, tt.rows)
			ds, err := arrowconv.Read(bytes.NewReader(table), said(convert.TableOptions{Warn: func(m string) { warned += m }}))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := document(t, ds), twoByTwo+`,"value":`+tt.want+`}`; got != want {
				t.Errorf("read\n%s\nwant\n%s", got, want)
			}
			if !strings.HasPrefix(warned, tt.warn) || (tt.warn == "" && warned != "") {
				t.Errorf("warned %q", warned)
			}
		})
	}
	t.Run("a column is gone", func(t *testing.T) {
		table := tableFrom(t, []arrow.Field{field("port", text), field("value", number)}, map[string]string{"jsonstat.head": twoByTwo + "}"}, `[{"port":"S","value":4}]`)
		if got := readBack(t, table, nil); len(got.Dimensions()) != 1 || len(got.Notes()) != 0 {
			t.Errorf("read %s", document(t, got))
		}
	})
	t.Run("an unknown category", func(t *testing.T) {
		table := tableFrom(t, []arrow.Field{field("port", text), field("year", text), field("value", number)}, map[string]string{"jsonstat.head": twoByTwo + "}"},
			`[{"port":"S","year":"2024","value":4},{"port":"S","year":"2O23","value":4}]`)
		_, err := arrowconv.Read(bytes.NewReader(table), nil)
		var row *convert.TableError
		if !errors.As(err, &row) || row.Row != 2 || !strings.Contains(err.Error(), `"2O23"`) {
			t.Errorf("the error is %v", err)
		}
	})
}
