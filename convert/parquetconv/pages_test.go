package parquetconv_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
)

// byHand makes a file of a column d of texts, which may be null, and one of numbers. The
// pages of texts come as they are: levels and values, in that encoding.
func byHand(t *testing.T, encoding format.Encoding, numbers []float64, dictionary, page []byte) []byte {
	t.Helper()
	file := bytes.NewBufferString("PAR1")
	n := int32(len(numbers))
	put := func(header *format.PageHeader, body []byte) {
		header.UncompressedPageSize, header.CompressedPageSize = int32(len(body)), int32(len(body))
		text, err := thrift.Marshal(new(thrift.CompactProtocol), header)
		if err != nil {
			t.Fatal(err)
		}
		file.Write(text)
		file.Write(body)
	}
	chunk := func(name string, typ format.Type, write func() (dictionary int64)) format.ColumnChunk {
		from := int64(file.Len())
		data := write()
		c := format.ColumnChunk{FileOffset: from, MetaData: format.ColumnMetaData{Type: typ, PathInSchema: []string{name}, NumValues: int64(n), DataPageOffset: data, TotalCompressedSize: int64(file.Len()) - from, TotalUncompressedSize: int64(file.Len()) - from}}
		if data != from {
			c.MetaData.DictionaryPageOffset = from
		}
		return c
	}
	data := func(encoding format.Encoding, body []byte) {
		put(&format.PageHeader{Type: format.DataPage, DataPageHeader: thrift.New(format.DataPageHeader{NumValues: n, Encoding: encoding, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE})}, body)
	}
	texts := chunk("d", format.ByteArray, func() int64 {
		if dictionary != nil {
			put(&format.PageHeader{Type: format.DictionaryPage, DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: 2, Encoding: format.Plain})}, dictionary)
		}
		at := int64(file.Len())
		data(encoding, page)
		return at
	})
	values := chunk("value", format.Double, func() int64 {
		at := int64(file.Len())
		var body []byte
		for _, f := range numbers {
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(f))
		}
		data(format.Plain, body)
		return at
	})
	meta := &format.FileMetaData{Version: 1, NumRows: int64(n), Schema: []format.SchemaElement{
		{Name: "schema", NumChildren: thrift.New(int32(2))},
		{Name: "d", Type: thrift.New(format.ByteArray), RepetitionType: thrift.New(format.Optional), ConvertedType: thrift.New(deprecated.UTF8)},
		{Name: "value", Type: thrift.New(format.Double), RepetitionType: thrift.New(format.Required)},
	}, RowGroups: []format.RowGroup{{Columns: []format.ColumnChunk{texts, values}, NumRows: int64(n), TotalByteSize: int64(file.Len()) - 4}}}
	foot, err := thrift.Marshal(new(thrift.CompactProtocol), meta)
	if err != nil {
		t.Fatal(err)
	}
	file.Write(foot)
	file.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(foot))))
	file.WriteString("PAR1")
	return file.Bytes()
}

// plain are texts, each behind its length.
func plain(texts ...string) (page []byte) {
	for _, text := range texts {
		page = append(binary.LittleEndian.AppendUint32(page, uint32(len(text))), text...)
	}
	return page
}

// levels are definition levels in front of values: how long they are, and runs.
func levels(runs []byte, values []byte) []byte {
	return append(append(binary.LittleEndian.AppendUint32(nil, uint32(len(runs))), runs...), values...)
}

// TestPagesByHand has pages of texts as other programs write them, and damaged ones.
func TestPagesByHand(t *testing.T) {
	all := []byte{3 << 1, 1} // three that are there
	for _, tt := range []struct {
		name       string
		encoding   format.Encoding
		dictionary []byte
		page       []byte
		want       string // the categories, or the beginning of the error
	}{
		{"plain", format.Plain, nil, levels(all, plain("x", "y", "z")), "x y z"},
		{"bytes behind the values, as fastparquet writes them", format.Plain, nil, levels(all, append(plain("x", "y", "z"), make([]byte, 8)...)), "x y z"},
		{"a byte behind the values", format.Plain, nil, levels(all, append(plain("x", "y", "z"), 9)), "x y z"},
		{"levels as bits", format.Plain, nil, levels([]byte{1<<1 | 1, 0b111}, plain("x", "y", "z")), "x y z"},
		{"a null", format.Plain, nil, levels([]byte{1<<1 | 1, 0b101}, plain("x", "z")), `error: row group 1, row 2: dimension "d" has no category: the cell is empty`},
		{"codes", format.RLEDictionary, plain("x", "y"), levels(all, []byte{1, 2 << 1, 1, 1 << 1, 0}), "error: row group 1, row 2: the categories y have a row already, in row group 1, row 1"},
		{"codes of old", format.Encoding(2), plain("x", "y"), levels([]byte{1<<1 | 1, 0b011}, []byte{1, 1<<1 | 1, 0b10}), `error: row group 1, row 3: dimension "d" has no category: the cell is empty`},
		{"zeros that are left out", format.RLEDictionary, plain("x", "y"), levels([]byte{1<<1 | 1, 0b001}, nil), `error: row group 1, row 2: dimension "d" has no category: the cell is empty`},
		{"a code that is none", format.RLEDictionary, plain("x", "y"), levels(all, []byte{2, 3 << 1, 2}), "error: the file cannot be read: a cell has a code that its dictionary does not have"},
		{"codes of too many bits", format.RLEDictionary, plain("x", "y"), levels(all, []byte{33, 3 << 1, 2}), `error: the file cannot be read: column "d": a page is damaged`},
		{"codes without a dictionary", format.RLEDictionary, nil, levels(all, []byte{1, 3 << 1, 0}), `error: the file cannot be read: column "d": a page of codes has no dictionary in front`},
		{"a dictionary that is cut short", format.RLEDictionary, plain("x", "y")[:9], levels(all, []byte{1, 3 << 1, 0}), `error: the file cannot be read: column "d": a page has fewer values than it claims`},
		{"too few texts", format.Plain, nil, levels(all, plain("x", "y")), "error: the file cannot be read: a page has fewer values than it claims"},
		{"a text that is cut short", format.Plain, nil, levels(all, plain("x", "y", "zzz")[:13]), "error: the file cannot be read: a page has fewer values than it claims"},
		{"too few levels", format.Plain, nil, levels([]byte{2 << 1, 1}, plain("x", "y", "z")), "error: the file cannot be read: a page has fewer values than it claims"},
		{"levels that are cut short", format.Plain, nil, []byte{9, 0, 0, 0, 1}, `error: the file cannot be read: column "d": a page has fewer values than it claims`},
		{"an encoding for numbers", format.ByteStreamSplit, nil, levels(all, plain("x", "y", "z")), `error: the file cannot be read: column "d": texts in the encoding BYTE_STREAM_SPLIT`},
		{"a text that is not UTF-8", format.Plain, nil, levels(all, plain("x", "\xff", "z")), "error: row group 1, row 2: the text is not UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ds, err := parquetconv.Read(bytes.NewReader(byHand(t, tt.encoding, []float64{1, 2, 3}, tt.dictionary, tt.page)), nil)
			got := fmt.Sprintf("error: %v", err)
			if err == nil {
				var ids []string
				for c := range ds.Dimension("d").Categories() {
					ids = append(ids, c.ID)
				}
				got = strings.Join(ids, " ")
			}
			if got != tt.want && !(strings.HasPrefix(tt.want, "error") && strings.HasPrefix(got, tt.want)) {
				t.Errorf("it is %s, want %s", got, tt.want)
			}
		})
	}
}

// TestQuiet: no page makes anything be written on standard error, which the module does
// of pages with bytes behind their values. It is another process that reads them, for
// its standard error can be seen.
func TestQuiet(t *testing.T) {
	const file = "JSONSTAT_QUIET_FILE"
	if name := os.Getenv(file); name != "" {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		readBack(t, text, nil)
		return
	}
	name := t.TempDir() + "/padded.parquet"
	page := levels([]byte{3 << 1, 1}, append(plain("x", "y", "z"), make([]byte, 8)...))
	if err := os.WriteFile(name, byHand(t, format.Plain, []float64{1, 2, 3}, nil, page), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestQuiet$")
	cmd.Env = append(os.Environ(), file+"="+name)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil || stderr.Len() > 0 {
		t.Errorf("%v, and on standard error %q", err, stderr.String())
	}
}

// TestPagesOfTheModule reads texts however the module writes them: in each encoding, in
// pages of both versions, compressed, with nulls, in several row groups and pages.
func TestPagesOfTheModule(t *testing.T) {
	type row struct {
		Dict  string  `parquet:"dict,dict"`
		Plain string  `parquet:"plain,plain"`
		Delta string  `parquet:"delta,delta"`
		Notes *string `parquet:"status,optional,dict"`
		More  *string `parquet:"more,optional,plain"`
		Value *int64  `parquet:"value,optional"`
	}
	const n = 20_000
	list := make([]row, n)
	for i := range list {
		note, value := fmt.Sprintf("s%d", i%5), int64(i)
		list[i] = row{Dict: fmt.Sprintf("d%02d", i%10), Plain: fmt.Sprintf("p%02d", i/10%20), Delta: fmt.Sprintf("e%03d", i/200), Value: &value}
		if i%3 == 0 {
			list[i].Notes, list[i].More = &note, &note
		}
		if i%7 == 0 {
			list[i].Value = nil
		}
	}
	for _, version := range []int{1, 2} {
		for name, codec := range map[string]parquet.WriterOption{"none": parquet.Compression(&parquet.Uncompressed), "zstd": parquet.Compression(&parquet.Zstd), "snappy": parquet.Compression(&parquet.Snappy), "gzip": parquet.Compression(&parquet.Gzip), "brotli": parquet.Compression(&parquet.Brotli), "lz4": parquet.Compression(&parquet.Lz4Raw)} {
			t.Run(fmt.Sprint(name, " ", version), func(t *testing.T) {
				var buf bytes.Buffer
				w := parquet.NewGenericWriter[row](&buf, codec, parquet.DataPageVersion(version), parquet.PageBufferSize(2000), parquet.MaxRowsPerRowGroup(7001))
				if _, err := w.Write(list); err != nil {
					t.Fatal(err)
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				for _, status := range []string{"status", "more"} {
					o := said(convert.TableOptions{Values: []string{"value"}, Dimensions: []string{"dict", "plain", "delta"}, Status: status})
					ds := readBack(t, buf.Bytes(), o)
					if ds.Len() != n {
						t.Fatalf("the cube has %d cells", ds.Len())
					}
					for i, r := range list {
						c, err := ds.At("dict", r.Dict, "plain", r.Plain, "delta", r.Delta)
						want, note := "", ""
						if r.Value != nil {
							want = fmt.Sprint(*r.Value)
						}
						if r.Notes != nil {
							note = *r.Notes
						}
						if err != nil || c.Text != want || c.Status != note {
							t.Fatalf("row %d is %v, %v; want %s %s", i, c, err, want, note)
						}
					}
				}
			})
		}
	}
}

// TestRowOfGroup: an error says in which row of which row group it is.
func TestRowOfGroup(t *testing.T) {
	type row struct {
		D     string  `parquet:"d"`
		Value float64 `parquet:"value"`
	}
	var buf bytes.Buffer
	w := parquet.NewGenericWriter[row](&buf, parquet.MaxRowsPerRowGroup(3))
	if _, err := w.Write([]row{{"a", 1}, {"b", 2}, {"c", 3}, {"d", 4}, {"b", 5}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := parquetconv.Read(bytes.NewReader(buf.Bytes()), nil)
	var e *convert.TableError
	if !errors.As(err, &e) || !errors.Is(err, convert.ErrTwice) || e.Group != 2 || e.Row != 2 || err.Error() != "row group 2, row 2: the categories b have a row already, in row group 1, row 2" {
		t.Errorf("the error is %v", err)
	}
}
