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
	sparse := every(b, dense, 100)
	third := every(b, dense, 3)
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
		{"third", third, convert.CSVOptions{}},
		{"third_non_missing", third, convert.CSVOptions{Table: table{Keep: convert.NonMissing}}},
		{"third_by_first", third, convert.CSVOptions{Table: table{By: []string{"d0"}}}},
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

// BenchmarkWriteJSON writes the same cubes as JSON tables.
func BenchmarkWriteJSON(b *testing.B) {
	dense := numbers(b, 100, 100, 100)
	third := every(b, dense, 3)
	type write func(io.Writer, *jsonstat.Dataset, *convert.JSONOptions) error
	for _, bb := range []struct {
		name  string
		write write
		ds    *jsonstat.Dataset
		o     convert.JSONOptions
	}{
		{"array", convert.WriteArray, dense, convert.JSONOptions{}},
		{"objects", convert.WriteArrObj, dense, convert.JSONOptions{}},
		{"objects_status", convert.WriteArrObj, dense, convert.JSONOptions{Status: true}},
		{"objects_third", convert.WriteArrObj, third, convert.JSONOptions{}},
		{"objects_third_non_missing", convert.WriteArrObj, third, convert.JSONOptions{Table: table{Keep: convert.NonMissing}}},
		{"objects_by_first", convert.WriteArrObj, dense, convert.JSONOptions{Table: table{By: []string{"d0"}}}},
		{"google", convert.WriteObject, dense, convert.JSONOptions{}},
		{"columns", convert.WriteObjArr, dense, convert.JSONOptions{}},
		{"columns_status", convert.WriteObjArr, dense, convert.JSONOptions{Status: true}},
		{"columns_third", convert.WriteObjArr, third, convert.JSONOptions{}},
		{"columns_non_missing", convert.WriteObjArr, dense, convert.JSONOptions{Table: table{Keep: convert.NonMissing}}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			var n counter
			if err := bb.write(&n, bb.ds, &bb.o); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(n))
			b.ReportAllocs()
			for b.Loop() {
				if err := bb.write(io.Discard, bb.ds, &bb.o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// every is a sparse cube of the head of another one that holds every so many cells.
func every(b *testing.B, ds *jsonstat.Dataset, step int64) *jsonstat.Dataset {
	b.Helper()
	v := jsonstat.NewSparseValues()
	for i := int64(0); i < ds.Len(); i += step {
		v.SetFloat64(i, float64(i))
	}
	sparse, err := jsonstat.New(ds.Head(), v.Cells())
	if err != nil {
		b.Fatal(err)
	}
	return sparse
}

// counter counts bytes.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
