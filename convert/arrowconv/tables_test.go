package arrowconv_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar/columnartest"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// period is a column of periods as pandas writes it.
func period(name, freq string) arrow.Field {
	return keyed(name, arrow.PrimitiveTypes.Int64, map[string]string{"ARROW:extension:name": "pandas.period", "ARROW:extension:metadata": `{"freq":"` + freq + `"}`})
}

// ordered is the type of categories in an order.
func ordered(in bool) arrow.DataType {
	return &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: text, Ordered: in}
}

// TestTables has tables of other programs: what cube comes of them, at once or with
// what the error proposes.
func TestTables(t *testing.T) {
	pandas := func(columns string) map[string]string { return map[string]string{"pandas": columns} }
	for _, tt := range []struct {
		name   string
		fields []arrow.Field
		keys   map[string]string
		rows   string
		o      convert.TableOptions
		err    string // the beginning of the error; "" for none
		want   string // how the cube at once ends, or the one with what is proposed
	}{
		{name: "a year before the value, as DuckDB writes it",
			fields: []arrow.Field{field("shop", text), field("year", arrow.PrimitiveTypes.Int32), field("amount", number)},
			rows:   `[{"shop":"N","year":2023,"amount":1.5},{"shop":"N","year":2024,"amount":2},{"shop":"S","year":2023,"amount":3},{"shop":"S","year":2024,"amount":null}]`,
			want:   `"id":["shop","year"],"size":[2,2],"dimension":{"shop":{"label":"shop","category":{"index":["N","S"]}},"year":{"label":"year","category":{"index":["2023","2024"]}}},"value":[1.5,2,3,null]}`},
		{name: "two contents of PxWeb with their symbols, and the timestamp of the period",
			fields: []arrow.Field{field("port", text), field("quarter", text), field("timestamp", &arrow.TimestampType{Unit: arrow.Second}), field("Berths", number), field("Berths_symbol", text), field("Share", number), field("Share_symbol", text)},
			rows: `[{"port":"N","quarter":"2024K1","timestamp":"2024-01-01 00:00:00","Berths":7,"Berths_symbol":null,"Share":12.5,"Share_symbol":null},
				{"port":"N","quarter":"2024K2","timestamp":"2024-04-01 00:00:00","Berths":8,"Berths_symbol":null,"Share":null,"Share_symbol":".."},
				{"port":"S","quarter":"2024K1","timestamp":"2024-01-01 00:00:00","Berths":null,"Berths_symbol":":","Share":3,"Share_symbol":null},
				{"port":"S","quarter":"2024K2","timestamp":"2024-04-01 00:00:00","Berths":9,"Berths_symbol":null,"Share":4,"Share_symbol":null}]`,
			err:  "several columns hold figures: Berths, Share",
			want: `"category":{"index":["Berths","Share"]}}},"value":[7,12.5,8,null,null,3,9,4],"status":{"3":"..","4":":"}}`},
		{name: "one content of PxWeb: value, value_symbol, timestamp",
			fields: []arrow.Field{field("port", text), field("year", text), field("value", number), field("value_symbol", text), field("timestamp", &arrow.TimestampType{Unit: arrow.Second})},
			rows: `[{"port":"N","year":"2023","value":7,"value_symbol":null,"timestamp":"2023-01-01 00:00:00"},{"port":"S","year":"2023","value":null,"value_symbol":"..","timestamp":"2023-01-01 00:00:00"},
				{"port":"N","year":"2024","value":8,"value_symbol":null,"timestamp":"2024-01-01 00:00:00"},{"port":"S","year":"2024","value":9,"value_symbol":null,"timestamp":"2024-01-01 00:00:00"}]`,
			want: `"id":["port","year"],"size":[2,2],"dimension":{"port":{"label":"port","category":{"index":["N","S"]}},"year":{"label":"year","category":{"index":["2023","2024"]}}},"value":[7,8,null,9],"status":{"2":".."}}`},
		{name: "labels beside codes, without keys",
			fields: []arrow.Field{field("port", text), field("harbour", text), field("year", text), field("value", number)},
			rows: `[{"port":"N","harbour":"North","year":"2023","value":1},{"port":"N","harbour":"North","year":"2024","value":2},
				{"port":"S","harbour":"South","year":"2023","value":3},{"port":"S","harbour":"South","year":"2024","value":4}]`,
			err:  "harbour says nothing that other columns do not say",
			want: `"id":["port","year"],"size":[2,2],"dimension":{"port":{"label":"harbour","category":{"index":["N","S"],"label":{"N":"North","S":"South"}}},"year":{"label":"year","category":{"index":["2023","2024"]}}},"value":[1,2,3,4]}`},
		{name: "periods of pandas", fields: []arrow.Field{period("year", "A-DEC"), field("value", number)}, rows: `[{"year":51,"value":1},{"year":52,"value":2}]`,
			want: `"role":{"time":["year"]},"id":["year"],"size":[2],"dimension":{"year":{"label":"year","category":{"index":["2021","2022"]}}},"value":[1,2]}`},
		{name: "periods of hours", fields: []arrow.Field{period("hour", "h"), field("value", number)}, rows: `[{"hour":0,"value":1},{"hour":1,"value":2}]`,
			want: `"index":["1970-01-01T00:00","1970-01-01T01:00"]}}},"value":[1,2]}`},
		{name: "periods of a frequency that is not known", fields: []arrow.Field{field("d", text), period("year", "B"), field("value", number)}, rows: `[{"d":"x","year":51,"value":1},{"d":"y","year":52,"value":2}]`,
			err: "a column holds neither values nor categories: year of type period[B]", want: `"index":["x","y"]}}},"value":[1,2]}`},
		{name: "times of a zone", fields: []arrow.Field{field("t", &arrow.TimestampType{Unit: arrow.Millisecond, TimeZone: "UTC"}), field("value", number)}, rows: `[{"t":"2024-01-01 00:00:00","value":1},{"t":"2024-01-01 06:00:00","value":2}]`,
			want: `"role":{"time":["t"]},"id":["t"],"size":[2],"dimension":{"t":{"label":"t","category":{"index":["2024-01-01T00:00Z","2024-01-01T06:00Z"]}}},"value":[1,2]}`},
		{name: "times at midnight of a zone", fields: []arrow.Field{field("t", &arrow.TimestampType{Unit: arrow.Millisecond, TimeZone: "UTC"}), field("value", number)}, rows: `[{"t":"2024-01-01 00:00:00","value":1},{"t":"2024-02-01 00:00:00","value":2}]`,
			want: `"index":["2024-01-01","2024-02-01"]}}},"value":[1,2]}`},
		{name: "categories in an order that is theirs", fields: []arrow.Field{field("size", ordered(true)), field("value", number)}, rows: `[{"size":"small","value":1},{"size":"large","value":2}]`,
			want: `"index":["small","large"]}}},"value":[1,2]}`},
		{name: "statuses that say that there is none", fields: []arrow.Field{field("d", text), field("value", number), field("status", text)}, rows: `[{"d":"x","value":1,"status":"NaN"},{"d":"y","value":2,"status":"null"},{"d":"z","value":3,"status":"e"}]`,
			want: `"value":[1,2,3],"status":{"2":"e"}}`},
		{name: "an index without a name", fields: []arrow.Field{field("d", text), field("value", number), field("__index_level_0__", arrow.PrimitiveTypes.Int64)},
			keys: pandas(`{"index_columns":["__index_level_0__"],"columns":[{"name":"d","field_name":"d"},{"name":null,"field_name":"__index_level_0__"}]}`),
			rows: `[{"d":"x","value":1,"__index_level_0__":7},{"d":"y","value":2,"__index_level_0__":15}]`,
			want: `"id":["d"],"size":[2],"dimension":{"d":{"label":"d","category":{"index":["x","y"]}}},"value":[1,2]}`},
		{name: "an index that counts itself", fields: []arrow.Field{field("d", text), field("value", number)},
			keys: pandas(`{"index_columns":[{"kind":"range","start":0,"stop":2,"step":1}],"columns":[]}`),
			rows: `[{"d":"x","value":1},{"d":"y","value":2}]`, want: `"id":["d"],"size":[2],"dimension":{"d":{"label":"d","category":{"index":["x","y"]}}},"value":[1,2]}`},
		{name: "an index with a name", fields: []arrow.Field{field("value", number), field("Region", text)},
			keys: pandas(`{"index_columns":["Region"],"columns":[{"name":"Region","field_name":"Region"}]}`),
			rows: `[{"value":1,"Region":"x"},{"value":2,"Region":"y"}]`, want: `"id":["Region"],"size":[2],"dimension":{"Region":{"label":"Region","category":{"index":["x","y"]}}},"value":[1,2]}`},
		{name: "an index of two names behind the figures", fields: []arrow.Field{field("value of goods", number), field("r", text), field("y", arrow.PrimitiveTypes.Int64)},
			keys: pandas(`{"index_columns":["r","y"],"columns":[{"name":"r","field_name":"r"},{"name":"y","field_name":"y"}]}`),
			rows: `[{"value of goods":1,"r":"a","y":1},{"value of goods":2,"r":"b","y":1},{"value of goods":3,"r":"a","y":2},{"value of goods":4,"r":"b","y":2}]`,
			want: `"id":["r","y"],"size":[2,2],"dimension":{"r":{"label":"r","category":{"index":["a","b"]}},"y":{"label":"y","category":{"index":["1","2"]}}},"value":[1,3,2,4]}`},
		{name: "an index of two levels without names", fields: []arrow.Field{field("value", number), field("__index_level_0__", text), field("__index_level_1__", arrow.PrimitiveTypes.Int64)},
			keys: pandas(`{"index_columns":["__index_level_0__","__index_level_1__"],"columns":[{"name":null,"field_name":"__index_level_0__"},{"name":null,"field_name":"__index_level_1__"}]}`),
			rows: `[{"value":1,"__index_level_0__":"a","__index_level_1__":1},{"value":2,"__index_level_0__":"a","__index_level_1__":2}]`, want: `"size":[1,2],"dimension":{"__index_level_0__":{"label":"__index_level_0__","category":{"index":["a"]}},"__index_level_1__":{"label":"__index_level_1__","category":{"index":["1","2"]}}},"value":[1,2]}`},
		{name: "a column without anything", fields: []arrow.Field{field("d", text), field("note", text), field("value", number)}, rows: `[{"d":"x","note":null,"value":1},{"d":"y","note":null,"value":2}]`,
			err: "there is nothing in a column that would be a dimension: note", want: `"id":["d"],"size":[2],"dimension":{"d":{"label":"d","category":{"index":["x","y"]}}},"value":[1,2]}`},
		{name: "an index of texts without a name is no count of rows", fields: []arrow.Field{field("value", number), field("__index_level_0__", text)},
			keys: pandas(`{"index_columns":["__index_level_0__"],"columns":[{"name":null,"field_name":"__index_level_0__"}]}`),
			rows: `[{"value":1,"__index_level_0__":"x"},{"value":2,"__index_level_0__":"y"}]`, want: `"id":["__index_level_0__"],"size":[2],"dimension":{"__index_level_0__":{"label":"__index_level_0__","category":{"index":["x","y"]}}},"value":[1,2]}`},
		{name: "a key pandas that says nothing", fields: []arrow.Field{field("d", text), field("value", number)}, keys: pandas(`[1`),
			rows: `[{"d":"x","value":1}]`, want: `"index":["x"]}}},"value":[1]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table := tableFrom(t, tt.fields, tt.keys, tt.rows)
			ds, err := arrowconv.Read(bytes.NewReader(table), &arrowconv.ReadOptions{TableOptions: tt.o})
			if tt.err != "" {
				var e *convert.TableError
				if !errors.As(err, &e) || !strings.HasPrefix(err.Error(), tt.err) {
					t.Fatalf("the error is %v", err)
				}
				tt.o.Plan = e.Propose
				ds, err = arrowconv.Read(bytes.NewReader(table), &arrowconv.ReadOptions{TableOptions: tt.o})
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := document(t, ds); !strings.HasSuffix(got, tt.want) {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestOrderedDictionary: the order of a dictionary that has one is that of the categories
// that come up, in however many records.
func TestOrderedDictionary(t *testing.T) {
	for in, want := range map[bool]string{true: "small medium large", false: "large small medium"} {
		schema := arrow.NewSchema([]arrow.Field{field("size", ordered(in)), field("year", number), field("value", number)}, nil)
		var buf bytes.Buffer
		w := ipc.NewWriter(&buf, ipc.WithSchema(schema), ipc.WithDictionaryDeltas(true))
		dict, sizes := array.NewStringBuilder(memory.DefaultAllocator), []int8{3, 0, 2}
		dict.AppendValues([]string{"small", "none", "medium", "large"}, nil)
		texts := dict.NewArray()
		for year := range 2 {
			codes := array.NewInt8Builder(memory.DefaultAllocator)
			codes.AppendValues(sizes, nil)
			years := array.NewFloat64Builder(memory.DefaultAllocator)
			years.AppendValues([]float64{float64(2023 + year), float64(2023 + year), float64(2023 + year)}, nil)
			list := years.NewArray()
			if err := w.Write(array.NewRecord(schema, []arrow.Array{array.NewDictionaryArray(ordered(in), codes.NewArray(), texts), list, list}, 3)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		var ids []string
		for c := range readBack(t, buf.Bytes(), nil).Dimension("size").Categories() {
			ids = append(ids, c.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("ordered %t: the categories are %s, want %s", in, got, want)
		}
	}
}

// TestOwnHead: what the user says goes before the head of the file.
func TestOwnHead(t *testing.T) {
	fields := []arrow.Field{field("port", text), field("year", text), field("value", number), field("share", number)}
	const cells = `[{"port":"S","year":"2024","value":4,"share":7},{"port":"N","year":"2023","value":1,"share":8}]`
	own := parsed(t, strings.Replace(twoByTwo, `"note":["kept"]`, `"note":["mine"]`, 1)+`,"value":[]}`)
	const unused = "the head that the file carries is not used: the options say what the cube is"
	for _, tt := range []struct {
		name  string
		o     convert.TableOptions
		ids   string
		notes int
		value string // of S in 2024
		warn  []string
	}{
		{"nothing", convert.TableOptions{}, "port year", 1, "4", []string{`column "share" is no part of the cube that the table came from: it is left out`}},
		{"the value", convert.TableOptions{Values: []string{"share"}}, "port year", 1, "7", []string{`column "value" is no part of the cube that the table came from: it is left out`}},
		{"a label and a role", convert.TableOptions{Label: "L", Roles: map[string]jsonstat.Role{"year": "time"}}, "port year", 1, "4", []string{`column "share" is no part of the cube that the table came from: it is left out`}},
		{"dimensions", convert.TableOptions{Values: []string{"value"}, Dimensions: []string{"year", "port"}}, "year port", 0, "4", []string{unused, "left out: share"}},
		{"a head", convert.TableOptions{Head: own, Values: []string{"value"}, Ignore: []string{"share"}}, "port year", 1, "4", []string{unused}},
		{"a description", convert.TableOptions{Ignore: []string{"share"}, Description: []byte(`{"source":"S"}`)}, "port year", 1, "4", []string{"the description is not used: the file carries the head of its cube"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var warnings []string
			tt.o.Warn = func(m string) { warnings = append(warnings, m) }
			ds, err := arrowconv.Read(bytes.NewReader(tableFrom(t, fields, map[string]string{"jsonstat.head": twoByTwo + "}"}, cells)), &arrowconv.ReadOptions{TableOptions: tt.o})
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, d := range ds.Dimensions() {
				ids = append(ids, d.ID())
			}
			c, err := ds.At("port", "S", "year", "2024")
			if err != nil || strings.Join(ids, " ") != tt.ids || len(ds.Notes()) != tt.notes || c.Text != tt.value {
				t.Errorf("dimensions %s, %d notes, %s (%v)", ids, len(ds.Notes()), c.Text, err)
			}
			if tt.o.Label != "" && (ds.Label() != "L" || len(ds.Role("time")) != 1) {
				t.Errorf("the label is %q, the time %v", ds.Label(), ds.Role("time"))
			}
			if !slices.Equal(warnings, tt.warn) {
				t.Errorf("warned %q", warnings)
			}
		})
	}
}

// TestStreamInOnePass: a stream from a pipe needs no temporary file, whole or cut short;
// a file does.
func TestStreamInOnePass(t *testing.T) {
	ds := readBack(t, tableFrom(t, []arrow.Field{field("d", text), field("value", number)}, nil, `[{"d":"x","value":1},{"d":"y","value":2}]`), nil)
	stream, file := written(t, ds, &arrowconv.Options{Stream: true}), written(t, ds, nil)
	t.Setenv("TMPDIR", "/nowhere/at/all")
	pipe := func(table []byte) io.Reader { return io.MultiReader(bytes.NewReader(table)) }
	got, err := arrowconv.Read(pipe(stream), nil)
	if err != nil {
		t.Fatal(err)
	}
	columnartest.Same(t, ds, got)
	for n := range len(stream) - 1 {
		if n == len(stream)-4 {
			continue // the mark of before 2019
		}
		if _, err := arrowconv.Read(pipe(stream[:n]), nil); err == nil || strings.Contains(err.Error(), "temporary file") {
			t.Errorf("of the first %d bytes: %v", n, err)
		}
	}
	if _, err := arrowconv.Read(pipe(file), nil); err == nil || !strings.Contains(err.Error(), "temporary file") {
		t.Errorf("a file: %v", err)
	}
	broken := errors.New("the line is broken")
	if _, err := arrowconv.Read(io.MultiReader(bytes.NewReader(stream[:len(stream)/2]), iotest.ErrReader(broken)), nil); !errors.Is(err, broken) {
		t.Errorf("a pipe that breaks: %v", err)
	}
}
