package arrowconv_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar/columnartest"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// shown is a stream as text: a line for each column with its type and its cells.
func shown(t *testing.T, stream []byte) string {
	t.Helper()
	r, err := ipc.NewReader(bytes.NewReader(stream))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for r.Next() {
		rec := r.Record()
		for i, f := range rec.Schema().Fields() {
			var cells []string
			for row := range int(rec.NumRows()) {
				cells = append(cells, rec.Column(i).ValueStr(row))
			}
			lines = append(lines, fmt.Sprintf("%s %s, %d null: %s", f.Name, f.Type, rec.Column(i).NullN(), strings.Join(cells, "|")))
		}
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	return strings.Join(lines, "\n")
}

const (
	dict8  = "dictionary<values=utf8, indices=int8, ordered=true>"
	status = "dictionary<values=utf8, indices=int8, ordered=false>"
)

// TestWriteColumns holds the columns of a table, their types and cells.
func TestWriteColumns(t *testing.T) {
	const yearly = `{"version":"2.0","class":"dataset","id":["year","port"],"size":[2,2],"role":{"time":["year"]},"dimension":{"year":{"category":{"index":["2023","2024"]}},` +
		`"port":{"category":{"index":["N1","S2"],"label":{"N1":"North","S2":"South"}}}},"value":`
	const dims = "year " + dict8 + ", 0 null: 2023|2023|2024|2024\nport " + dict8 + ", 0 null: North|South|North|South\n"
	const none = "status " + status + ", 4 null: (null)|(null)|(null)|(null)\n"
	for _, tt := range []struct {
		name, cells string
		o           arrowconv.Options
		want        string
	}{
		{"floats", `[1,null,3.5,-4]}`, arrowconv.Options{}, dims + none + "value float64, 1 null: 1|(null)|3.5|-4"},
		{"whole numbers", `[1,null,3,-4]}`, arrowconv.Options{Type: arrowconv.Int64}, dims + none + "value int64, 1 null: 1|(null)|3|-4"},
		{"whole numbers by themselves", `[1,2,3,-4]}`, arrowconv.Options{Type: arrowconv.Auto}, dims + none + "value int64, 0 null: 1|2|3|-4"},
		{"texts", `[1.50,null,"few",true]}`, arrowconv.Options{}, dims + none + "value utf8, 1 null: 1.5|(null)|few|true"},
		{"some statuses", `[1,2,3,4],"status":{"1":"x","2":"p"}}`, arrowconv.Options{}, dims + "status " + status + ", 2 null: (null)|x|p|(null)\nvalue float64, 0 null: 1|2|3|4"},
		{"a status each", `[1,2,3,4],"status":["x","x","p","x"]}`, arrowconv.Options{}, dims + "status " + status + ", 0 null: x|x|p|x\nvalue float64, 0 null: 1|2|3|4"},
		{"dates", `[1,2,3,4]}`, arrowconv.Options{Dates: true}, "year date32, 0 null: 2023-01-01|2023-01-01|2024-01-01|2024-01-01\nport " + dict8 + ", 0 null: North|South|North|South\n" + none + "value float64, 0 null: 1|2|3|4"},
		{"rows with a value", `[1,null,3,null],"status":{"3":"x"}}`, arrowconv.Options{Keep: convert.NonMissing, Content: convert.ID, Field: convert.Both},
			"[year] year " + dict8 + ", 0 null: 2023|2024\n[port] port " + dict8 + ", 0 null: N1|N1\nstatus " + status + ", 2 null: (null)|(null)\nvalue float64, 0 null: 1|3"},
		{"rows with a value or a status", `[1,null,3,null],"status":{"3":"x"}}`, arrowconv.Options{Keep: convert.NonEmpty, Content: convert.Both},
			"year " + dict8 + ", 0 null: [2023] 2023|[2024] 2024|[2024] 2024\nport " + dict8 + ", 0 null: [N1] North|[N1] North|[S2] South\nstatus " + status + ", 2 null: (null)|(null)|x\nvalue float64, 1 null: 1|3|(null)"},
		{"no rows", `[]}`, arrowconv.Options{Content: convert.Columns}, "year " + dict8 + ", 0 null: \nyear_label " + dict8 + ", 0 null: \nport " + dict8 + ", 0 null: \nport_label " + dict8 + ", 0 null: \nstatus " + status + ", 0 null: \nvalue float64, 0 null: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Stream = true
			if got := shown(t, written(t, parsed(t, yearly+tt.cells), &tt.o)); got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// sized is a cube of these sizes whose last cells have values.
func sized(t *testing.T, v *jsonstat.Values, sizes ...int) *jsonstat.Dataset {
	t.Helper()
	var head jsonstat.Head
	for i, n := range sizes {
		head.Dimensions = append(head.Dimensions, columnartest.Dimension(t, fmt.Sprint("d", i), columnartest.Numbered(n)...))
	}
	ds, err := jsonstat.New(head, v.Cells())
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// TestWidths: the numbers of a dictionary are as wide as its last one needs, for
// categories and for statuses.
func TestWidths(t *testing.T) {
	for n, want := range map[int]string{128: "int8", 129: "int16", 32_768: "int16", 32_769: "int32"} {
		v := jsonstat.NewValues(n)
		for i := range n {
			v.SetFloat64(int64(i), 1)
			v.SetStatus(int64(i), fmt.Sprint("s", i))
		}
		ds := sized(t, v, n)
		stream := written(t, ds, &arrowconv.Options{Stream: true})
		r, err := ipc.NewReader(bytes.NewReader(stream))
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			if got := r.Schema().Field(i).Type.(*arrow.DictionaryType).IndexType.Name(); got != want {
				t.Errorf("column %d of %d categories is numbered by %s, want %s", i, n, got, want)
			}
		}
		again := readBack(t, stream, nil)
		for _, pos := range []int64{0, 127, int64(n) - 1} {
			if c, err := again.AtPosition(pos); err != nil || c.Status != fmt.Sprint("s", pos) || c.Text != "1" || again.Dimensions()[0].CategoryID(int(pos)) != fmt.Sprint(pos) {
				t.Errorf("of %d categories number %d has %v, %v", n, pos, c, err)
			}
		}
	}
}

// TestNoTable holds what is said of what is no Arrow table, or not all of one.
func TestNoTable(t *testing.T) {
	v := jsonstat.NewValues(2)
	v.SetFloat64(0, 1)
	file := string(written(t, sized(t, v, 2), nil))
	stream := string(written(t, sized(t, v, 2), &arrowconv.Options{Stream: true}))
	const (
		cut   = "the file does not end as it should: it is cut short: not an Arrow file or stream"
		short = "the table cannot be read: unexpected EOF: not an Arrow file or stream"
	)
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "the input is empty: not an Arrow file or stream"},
		{"a Parquet file", "PAR1", "the input is a Parquet file"},
		{"a Feather file", "FEA1----", "the input is a Feather file of version 1, from before 2020: not an Arrow file or stream"},
		{"an object", "{", "the input is text: not an Arrow file or stream"},
		{"an array", "[]", "the input is text: not an Arrow file or stream"},
		{"a page", "<html>", "the input is text: not an Arrow file or stream"},
		{"the first bytes of a file", "ARROW1", short},
		{"a byte less than can be", "ARROW1\x00\x00\x00\x00\x00ARROW1", short},
		{"a footer that is longer than the file", "ARROW1\x00\x00\x01\x00\x00\x00ARROW1", cut},
		{"a footer of the length of the file", "ARROW1\x00\x00----\x05\x00\x00\x00ARROW1", cut},
		{"a footer that leaves no room for a table", "ARROW1\x00\x00----\x04\x00\x00\x00ARROW1", "the table cannot be read: "},
		{"a file without its last byte", file[:len(file)-1], cut},
		{"a file with another end", file[:len(file)-1] + "2", cut},
		{"a stream without its end", stream[:len(stream)-8], "the stream has no end mark: it is cut short: not an Arrow file or stream"},
		{"a stream without half its end", stream[:len(stream)-6], "the table cannot be read: "},
		{"a file without its first bytes", file[8:], "the table cannot be read: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for how, r := range map[string]io.Reader{"in memory": strings.NewReader(tt.text), "from a pipe": io.MultiReader(strings.NewReader(tt.text))} {
				if tt.name == "a file without its first bytes" {
					continue // it is a stream with something behind it
				}
				if _, err := arrowconv.Read(r, nil); err == nil || !strings.HasPrefix(err.Error(), tt.want) || !errors.Is(err, arrowconv.ErrFormat) {
					t.Errorf("%s: %v", how, err)
				}
			}
		})
	}
	if _, err := arrowconv.Read(strings.NewReader(stream+"rubbish"), nil); err != nil {
		t.Errorf("a stream ends at its mark: %v", err)
	}
}

// TestOddColumns has columns that others write: nulls, extensions, decimals of any
// scale, dictionaries with nulls and of other types.
func TestOddColumns(t *testing.T) {
	dictionary := func(values arrow.DataType) arrow.DataType {
		return &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: values}
	}
	for _, tt := range []struct {
		name     string
		d, value arrow.DataType
		rows     string
		want     string
	}{
		{"a null dimension", arrow.Null, arrow.PrimitiveTypes.Float64, `[{"d":null,"value":1}]`, `error: row 1: dimension "d" has no category: the cell is empty`},
		{"a decimal of two zeros", arrow.BinaryTypes.String, &arrow.Decimal128Type{Precision: 9, Scale: -2}, `[{"d":"x","value":"1200"}]`, `"value":[1200]}`},
		{"a decimal of 256 bits", &arrow.Decimal256Type{Precision: 9, Scale: 1}, &arrow.Decimal256Type{Precision: 9, Scale: 1}, `[{"d":"0.5","value":"-0.5"}]`, `"index":["0.5"]}}},"value":[-0.5]}`},
		{"numbers in a dictionary", dictionary(arrow.PrimitiveTypes.Int16), dictionary(arrow.PrimitiveTypes.Int64), `[{"d":-7,"value":5},{"d":8,"value":null},{"d":9,"value":5}]`, `"index":["-7","8","9"]}}},"value":[5,null,5]}`},
		{"texts in a dictionary", dictionary(arrow.BinaryTypes.String), dictionary(arrow.BinaryTypes.String), `[{"d":"x","value":"5"},{"d":"y","value":null}]`, `"index":["x","y"]}}},"value":[5,null]}`},
		{"numbers without a sign", arrow.PrimitiveTypes.Uint64, arrow.PrimitiveTypes.Uint64, `[{"d":18446744073709551615,"value":9223372036854775808},{"d":0,"value":9223372036854775807},{"d":1,"value":0}]`, `"index":["18446744073709551615","0","1"]}}},"value":[9223372036854775808,9223372036854775807,0]}`},
		{"numbers with a sign", arrow.PrimitiveTypes.Int64, arrow.PrimitiveTypes.Int64, `[{"d":-9223372036854775808,"value":-9223372036854775808},{"d":0,"value":9223372036854775807}]`, `"index":["-9223372036854775808","0"]}}},"value":[-9223372036854775808,9223372036854775807]}`},
		{"times of day", arrow.FixedWidthTypes.Time64us, arrow.PrimitiveTypes.Float64, `[{"d":"12:30:00.5","value":1}]`, `"index":["12:30:00.5"]}}},"value":[1]}`},
		{"bytes", arrow.BinaryTypes.Binary, arrow.PrimitiveTypes.Float64, `[{"d":"eA==","value":1}]`, `error: a column holds neither values nor categories: d of type binary`},
		{"a time as a value", arrow.BinaryTypes.String, arrow.FixedWidthTypes.Timestamp_s, `[{"d":"x","value":"2024-01-01 00:00:00"}]`, `error: there is no column of figures: the last one, value, holds "2024-01-01"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ds, err := arrowconv.Read(bytes.NewReader(tableFrom(t, []arrow.Field{field("d", tt.d), field("value", tt.value)}, nil, tt.rows)), nil)
			got := ""
			if err != nil {
				got = "error: " + err.Error()
			} else {
				got = document(t, ds)
			}
			if !strings.HasSuffix(got, tt.want) && !(err != nil && strings.HasPrefix(got, tt.want)) {
				t.Errorf("it is %s, want %s", got, tt.want)
			}
		})
	}
}

// TestCodesOutOfDictionary: a code that a dictionary does not have is told with its row.
func TestCodesOutOfDictionary(t *testing.T) {
	dtype := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.PrimitiveTypes.Int64}
	schema := arrow.NewSchema([]arrow.Field{field("d", arrow.PrimitiveTypes.Int64), field("value", dtype)}, nil)
	for code, want := range map[int8]string{0: "", 1: "", 2: "row 2: the cell has a code that its dictionary does not have", -1: "row 2: the cell has a code that its dictionary does not have"} {
		dict := array.NewInt64Builder(memory.DefaultAllocator)
		dict.AppendValues([]int64{5, 6}, nil)
		codes := array.NewInt8Builder(memory.DefaultAllocator)
		codes.AppendValues([]int8{0, code}, nil)
		keys := array.NewInt64Builder(memory.DefaultAllocator)
		keys.AppendValues([]int64{1, 2}, nil)
		index, values := codes.NewArray(), dict.NewArray()
		column := array.NewDictionaryData(array.NewDataWithDictionary(dtype, 2, index.Data().Buffers(), 0, 0, values.Data().(*array.Data)))
		var buf bytes.Buffer
		w := ipc.NewWriter(&buf, ipc.WithSchema(schema))
		if err := w.Write(array.NewRecord(schema, []arrow.Array{keys.NewArray(), column}, 2)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := arrowconv.Read(bytes.NewReader(buf.Bytes()), nil); want == "" && err != nil || want != "" && (err == nil || err.Error() != want) {
			t.Errorf("code %d: %v", code, err)
		}
	}
}

// TestCompression: compressed tables are smaller, and come back.
func TestCompression(t *testing.T) {
	list := func(n int) string { return `["` + strings.Join(columnartest.Numbered(n), `","`) + `"]` }
	ds := parsed(t, `{"version":"2.0","class":"dataset","id":["a","b"],"size":[200,250],"dimension":{"a":{"category":{"index":`+list(200)+`}},"b":{"category":{"index":`+list(250)+`}}},"value":[1`+strings.Repeat(",1", 49999)+`]}`)
	sizes := map[arrowconv.Compression]int{}
	for _, c := range []arrowconv.Compression{"", arrowconv.None, arrowconv.Zstd, arrowconv.LZ4} {
		var buf bytes.Buffer
		if err := arrowconv.Write(&buf, ds, &arrowconv.Options{Compression: c}); err != nil {
			t.Fatal(err)
		}
		sizes[c] = buf.Len()
		got, err := arrowconv.Read(&buf, nil)
		if err != nil {
			t.Fatal(err)
		}
		columnartest.Same(t, ds, got)
	}
	if sizes[""] != sizes[arrowconv.None] || sizes[arrowconv.Zstd] > sizes[""]*2/3 || sizes[arrowconv.LZ4] > sizes[""]*2/3 || sizes[arrowconv.LZ4] == sizes[arrowconv.Zstd] {
		t.Errorf("the sizes are %v", sizes)
	}
	err := arrowconv.Write(io.Discard, ds, &arrowconv.Options{Compression: "gzip"})
	if want := `there is no compression "gzip": it is none, zstd or lz4`; err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %s", err, want)
	}
}
