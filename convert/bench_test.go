package convert_test

import (
	"io"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// BenchmarkWriteCSV writes a cube of a million cells in the ways that differ.
// Bytes are those of the table.
func BenchmarkWriteCSV(b *testing.B) {
	dense := numbers(b, 100, 100, 100)
	v := jsonstat.NewSparseValues()
	for i := int64(0); i < 1_000_000; i += 100 {
		v.SetFloat64(i, float64(i))
	}
	sparse, err := jsonstat.New(dense.Head(), v.Cells())
	if err != nil {
		b.Fatal(err)
	}
	benches := []struct {
		name string
		ds   *jsonstat.Dataset
		o    convert.CSVOptions
	}{
		{"long", dense, convert.CSVOptions{}},
		{"status", dense, convert.CSVOptions{Status: true}},
		{"decimal_comma", dense, convert.CSVOptions{Separator: ";"}},
		{"quoted_numbers", dense, convert.CSVOptions{Decimal: ","}},
		{"non_missing", dense, convert.CSVOptions{Table: table{Keep: convert.NonMissing}}},
		{"by_last", dense, convert.CSVOptions{Table: table{By: []string{"d2"}}}},
		{"by_first", dense, convert.CSVOptions{Table: table{By: []string{"d0"}}}},
		{"by_two", dense, convert.CSVOptions{Table: table{By: []string{"d0", "d1"}}}},
		{"sparse", sparse, convert.CSVOptions{}},
		{"sparse_non_missing", sparse, convert.CSVOptions{Table: table{Keep: convert.NonMissing}}},
		{"sparse_by_first", sparse, convert.CSVOptions{Table: table{By: []string{"d0"}}}},
	}
	for _, bb := range benches {
		b.Run(bb.name, func(b *testing.B) {
			var n counter
			if err := convert.WriteCSV(&n, bb.ds, &bb.o); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(n))
			b.ReportAllocs()
			for b.Loop() {
				if err := convert.WriteCSV(io.Discard, bb.ds, &bb.o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// counter counts bytes.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
