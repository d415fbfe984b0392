package parquetconv_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar/columnartest"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ways are how pages may be compressed.
var ways = []parquetconv.Compression{"", parquetconv.Snappy, parquetconv.Gzip, parquetconv.None}

// kit is what the tests of all formats with typed columns are told of this one.
var kit = columnartest.Format{
	Ending: "parquet", Random: 12, Ways: len(ways),
	Write: func(w io.Writer, ds *jsonstat.Dataset, o columnartest.Options) error {
		return parquetconv.Write(w, ds, &parquetconv.Options{
			Field: o.Field, Content: o.Content, Keep: o.Keep, Type: parquetconv.ValueType(o.Type), Dates: o.Dates, DropConstant: o.DropConstant, SafeNames: o.SafeNames, Warn: o.Warn,
			Compression: ways[o.Way],
		})
	},
	Read: func(r io.Reader) (*jsonstat.Dataset, error) { return parquetconv.Read(r, nil) },
}

func TestRoundTrip(t *testing.T)     { kit.RoundTrip(t) }
func TestTextsComeBack(t *testing.T) { kit.TextsComeBack(t) }
func TestWriteErrors(t *testing.T)   { kit.WriteFails(t) }
func TestReadFails(t *testing.T)     { kit.ReadFails(t, columnartest.Testdata(t, "oslo.parquet")) }
func TestDamaged(t *testing.T)       { kit.Damaged(t, withLZ4(t)) }
func FuzzRead(f *testing.F)          { kit.FuzzRead(f) }
func FuzzRoundTrip(f *testing.F)     { kit.FuzzRoundTrip(f) }
func BenchmarkWrite(b *testing.B)    { kit.BenchmarkWrite(b) }
func BenchmarkRead(b *testing.B)     { kit.BenchmarkRead(b) }

// TestTooManyRows: of a huge sparse cube the cells that are there are written.
func TestTooManyRows(t *testing.T) {
	if got := rowsOf(t, kit.TooManyRows(t)); got != "a|b|status|value\n10000|10000|<null>|7" {
		t.Errorf("it holds\n%s", got)
	}
}

var (
	parsed    = columnartest.Parsed
	same      = columnartest.Same
	document  = columnartest.Document
	dimension = columnartest.Dimension
	numbered  = columnartest.Numbered
)

// cubes goes through the awkward cubes, random ones and those of offices.
func cubes(t *testing.T, f func(t *testing.T, ds *jsonstat.Dataset)) {
	columnartest.Cubes(t, kit.Random, f)
}

// readBack is a table as a dataset.
func readBack(t testing.TB, table []byte, o *parquetconv.ReadOptions) *jsonstat.Dataset {
	t.Helper()
	ds, err := parquetconv.Read(bytes.NewReader(table), o)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

func tryTable(ds *jsonstat.Dataset, o *parquetconv.Options) ([]byte, error) {
	var buf bytes.Buffer
	err := parquetconv.Write(&buf, ds, o)
	return buf.Bytes(), err
}
