package parquetconv_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/format"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
)

// TestNoFile holds what is said of what is no Parquet file, or not all of one.
func TestNoFile(t *testing.T) {
	oslo, err := os.ReadFile("../../testdata/oslo.parquet")
	if err != nil {
		t.Fatal(err)
	}
	const (
		cut   = "the file does not end as it should: it is cut short: not a Parquet file"
		begin = "the input does not begin with PAR1: not a Parquet file"
		short = "the file cannot be read: unexpected EOF: not a Parquet file"
	)
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "the input is empty: not a Parquet file"},
		{"an encrypted file", "PARE\x00\x00\x00\x00PARE", "the input is an encrypted Parquet file: not a Parquet file"},
		{"three bytes of one", "PAR", begin},
		{"another file", "{}, and so on", begin},
		{"the first bytes twice", "PAR1PAR1", short},
		{"a byte less than can be", "PAR1\x00\x00\x00PAR1", short},
		{"a footer that is longer than the file", "PAR1\x01\x00\x00\x00PAR1", cut},
		{"the same in a longer file", "PAR1abcd\x05\x00\x00\x00PAR1", cut},
		{"a file without its last byte", string(oslo[:len(oslo)-1]), cut},
		{"half a file", string(oslo[:len(oslo)/2]), cut},
		{"bytes behind a file", string(oslo) + "\n", cut},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for how, r := range map[string]io.Reader{"in memory": strings.NewReader(tt.text), "from a pipe": io.MultiReader(strings.NewReader(tt.text)), "where only seeks do": struct{ io.ReadSeeker }{strings.NewReader(tt.text)}} {
				if _, err := parquetconv.Read(r, nil); fmt.Sprint(err) != tt.want || !errors.Is(err, parquetconv.ErrFormat) {
					t.Errorf("%s: %v", how, err)
				}
			}
		})
	}
	if _, err := parquetconv.Read(strings.NewReader("ARROW1\x00\x00"), nil); err == nil || !strings.HasPrefix(err.Error(), "the input is an Arrow file") {
		t.Errorf("an Arrow file: %v", err)
	}
	// An empty footer is a footer: it is the module that says what it lacks.
	if _, err := parquetconv.Read(strings.NewReader("PAR1\x00\x00\x00\x00PAR1"), nil); err == nil || err.Error() == cut || err.Error() == short || !errors.Is(err, parquetconv.ErrFormat) {
		t.Errorf("an empty footer: %v", err)
	}
}

// TestReadHow: a file gives the same cube however it is read, and so does one of
// which some rows are kept.
func TestReadHow(t *testing.T) {
	for name, o := range map[string]*parquetconv.ReadOptions{"oslo": nil, "sales": said(convert.TableOptions{Values: []string{"amount"}, Ignore: []string{"staff"}})} {
		table, err := os.ReadFile("../../testdata/" + name + ".parquet")
		if err != nil {
			t.Fatal(err)
		}
		want := document(t, readBack(t, table, o))
		for how, r := range map[string]io.Reader{"a pipe": io.MultiReader(bytes.NewReader(table)), "what only seeks": struct{ io.ReadSeeker }{bytes.NewReader(table)}} {
			ds, err := parquetconv.Read(r, o)
			if err != nil {
				t.Fatalf("%s: %v", how, err)
			}
			if got := document(t, ds); got != want {
				t.Errorf("%s: %s from %s, want %s", name, got, how, want)
			}
		}
	}
}

// Columns that are no dimensions as they are, told with their type.
func TestNestedColumns(t *testing.T) {
	type inner struct {
		A string `parquet:"a"`
	}
	type row struct {
		D      string   `parquet:"d"`
		Group  inner    `parquet:"group"`
		List   []string `parquet:"list,list"`
		Many   []int32  `parquet:"many"`
		Hash   [4]byte  `parquet:"hash"`
		Number int32    `parquet:"number"`
	}
	file := fileFrom(t, row{"x", inner{"a"}, []string{"l"}, []int32{1}, [4]byte{1}, 5})
	for _, tt := range []struct{ name, column, want string }{
		{"a group", "group", `column "group" cannot be a dimension: it is of type a group`},
		{"a list", "list", `column "list" cannot be a dimension: it is of type a group`},
		{"a repeated column", "many", `column "many" cannot be a dimension: it is of type a group`},
		{"bytes of a fixed length", "hash", `column "hash" cannot be a dimension: it is of type FIXED_LEN_BYTE_ARRAY(4)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parquetconv.Read(bytes.NewReader(file), said(convert.TableOptions{Values: []string{"number"}, Dimensions: []string{"d", tt.column}}))
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("the error is %v, want %s", err, tt.want)
			}
		})
	}
	ds := readBack(t, file, said(convert.TableOptions{Values: []string{"number"}, Dimensions: []string{"d"}}))
	if got := document(t, ds); !strings.HasSuffix(got, `"id":["d"],"size":[1],"dimension":{"d":{"label":"d","category":{"index":["x"]}}},"value":[5]}`) {
		t.Errorf("beside them: %s", got)
	}
}

// codec is one that calls itself another one.
type codec struct {
	compress.Codec
	is format.CompressionCodec
}

func (c codec) CompressionCodec() format.CompressionCodec { return c.is }

// Compressions that are read, and those that are not.
func TestCompressions(t *testing.T) {
	type row struct {
		D string `parquet:"d"`
		V int32  `parquet:"value"`
	}
	for _, tt := range []struct {
		name string
		o    parquet.WriterOption
		want string
	}{
		{"lz4", parquet.Compression(&parquet.Lz4Raw), ""},
		{"lz4 of old", parquet.Compression(codec{&parquet.Lz4Raw, format.Lz4}), "the file is compressed with LZ4, which is not read: write it with lz4_raw, zstd, snappy or gzip: not a Parquet file"},
		{"brotli", parquet.Compression(&parquet.Brotli), ""},
		{"zstd", parquet.Compression(&parquet.Zstd), ""},
		{"none", parquet.Compression(&parquet.Uncompressed), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var buf bytes.Buffer
			w := parquet.NewGenericWriter[row](&buf, tt.o)
			if _, err := w.Write([]row{{"x", 1}}); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			_, err := parquetconv.Read(bytes.NewReader(buf.Bytes()), nil)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || err.Error() != tt.want) {
				t.Errorf("the error is %v", err)
			}
		})
	}
	ds := parsed(t, `{"version":"2.0","class":"dataset","id":["y"],"size":[2],"dimension":{"y":{"category":{"index":["1","2"]}}},"value":[1,2]}`)
	want := map[parquetconv.Compression]string{"": "ZSTD", parquetconv.Zstd: "ZSTD", parquetconv.Snappy: "SNAPPY", parquetconv.Gzip: "GZIP", parquetconv.None: "UNCOMPRESSED"}
	for c, name := range want {
		table, err := tryTable(ds, &parquetconv.Options{Compression: c})
		if err != nil {
			t.Fatal(err)
		}
		f, err := parquet.OpenFile(bytes.NewReader(table), int64(len(table)))
		if err != nil {
			t.Fatal(err)
		}
		for _, col := range f.Metadata().RowGroups[0].Columns {
			if got := col.MetaData.Codec.String(); got != name {
				t.Errorf("with %q it is %s, want %s", c, got, name)
			}
		}
	}
}
