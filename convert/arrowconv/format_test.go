package arrowconv_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar/columnartest"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// kit is what the tests of all formats with typed columns are told of this one. Its ways
// are the file and the stream, then both compressed, in turn.
var kit = columnartest.Format{
	Ending: "arrow", Random: 40, Ways: 6,
	Write: func(w io.Writer, ds *jsonstat.Dataset, o columnartest.Options) error {
		return arrowconv.Write(w, ds, &arrowconv.Options{
			Field: o.Field, Content: o.Content, Keep: o.Keep, Type: arrowconv.ValueType(o.Type), Dates: o.Dates, DropConstant: o.DropConstant, SafeNames: o.SafeNames, Warn: o.Warn,
			Stream: o.Way%2 == 1, Compression: []arrowconv.Compression{"", arrowconv.None, arrowconv.Zstd, arrowconv.LZ4, arrowconv.LZ4, arrowconv.Zstd}[o.Way],
		})
	},
	Read: func(r io.Reader) (*jsonstat.Dataset, error) { return arrowconv.Read(r, nil) },
}

func TestRoundTrip(t *testing.T)     { kit.RoundTrip(t) }
func TestTextsComeBack(t *testing.T) { kit.TextsComeBack(t) }
func TestWriteErrors(t *testing.T)   { kit.WriteFails(t) }
func TestDamaged(t *testing.T)       { kit.Damaged(t) }
func FuzzRead(f *testing.F)          { kit.FuzzRead(f) }
func FuzzRoundTrip(f *testing.F)     { kit.FuzzRoundTrip(f) }
func BenchmarkWrite(b *testing.B)    { kit.BenchmarkWrite(b) }
func BenchmarkRead(b *testing.B)     { kit.BenchmarkRead(b) }

// TestTooManyRows: of a huge sparse cube the cells that are there are written.
func TestTooManyRows(t *testing.T) {
	if got := shown(t, kit.TooManyRows(t)); !strings.HasSuffix(got, "value float64, 0 null: 7") {
		t.Errorf("it is %s", got)
	}
}

var (
	parsed   = columnartest.Parsed
	contents = columnartest.Contents
	document = columnartest.Document
)

// written is a dataset as an Arrow table.
func written(t testing.TB, ds *jsonstat.Dataset, o *arrowconv.Options) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := arrowconv.Write(&buf, ds, o); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// readBack is a table as a dataset.
func readBack(t testing.TB, table []byte, o *arrowconv.ReadOptions) *jsonstat.Dataset {
	t.Helper()
	ds, err := arrowconv.Read(bytes.NewReader(table), o)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}
