package parquetconv_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/parquet-go/parquet-go"

	"github.com/jsonstat-go/toolkit/convert/parquetconv"
)

// TestArrowSchema has files whose Arrow schema says more of a column than Parquet can:
// its zone, its order, what its numbers are; and keys of the table.
func TestArrowSchema(t *testing.T) {
	type times struct {
		T     int64   `parquet:"c,timestamp(millisecond)"`
		Value float64 `parquet:"value"`
	}
	type texts struct {
		T     string  `parquet:"c,dict"`
		Value float64 `parquet:"value"`
	}
	type numbers struct {
		T     int64   `parquet:"c"`
		Value float64 `parquet:"value"`
	}
	const midnight, hour = 1711839600000, 3600000 // of the 31st of March 2024 in Oslo
	byTime := func(o ...parquet.WriterOption) []byte {
		return fileWith(t, []times{{midnight, 1}, {midnight + 23*hour, 2}}, o...)
	}
	byNumber := func(o ...parquet.WriterOption) []byte { return fileWith(t, []numbers{{51, 1}, {52, 2}}, o...) }
	period := func(freq string) *arrow.Metadata {
		m := arrow.NewMetadata([]string{"ARROW:extension:name", "ARROW:extension:metadata"}, []string{"pandas.period", `{"freq":"` + freq + `"}`})
		return &m
	}
	for _, tt := range []struct {
		name string
		file func(o ...parquet.WriterOption) []byte
		c    arrow.Field
		want string // the categories, or the error
	}{
		{"no zone", byTime, arrow.Field{Name: "other", Type: arrow.BinaryTypes.String}, `["2024-03-30T23:00Z","2024-03-31T22:00Z"]`},
		{"a zone", byTime, arrow.Field{Name: "c", Type: &arrow.TimestampType{Unit: arrow.Millisecond, TimeZone: "+01:00"}}, `["2024-03-31T00:00+01:00","2024-03-31T23:00+01:00"]`},
		{"no such zone", byTime, arrow.Field{Name: "c", Type: &arrow.TimestampType{Unit: arrow.Millisecond, TimeZone: "Nowhere/At_All"}}, `column "c": the zone of a time`},
		{"years", byNumber, arrow.Field{Name: "c", Type: arrow.PrimitiveTypes.Int64, Metadata: *period("A-DEC")}, `["2021","2022"]`},
		{"quarters", byNumber, arrow.Field{Name: "c", Type: arrow.PrimitiveTypes.Int64, Metadata: *period("Q-DEC")}, `["1982Q4","1983Q1"]`},
		{"days of work", byNumber, arrow.Field{Name: "c", Type: arrow.PrimitiveTypes.Int64, Metadata: *period("B")}, `a column holds neither values nor categories: c of type period[B]`},
		{"categories", func(o ...parquet.WriterOption) []byte { return fileWith(t, []texts{{"b", 1}, {"a", 2}}, o...) },
			arrow.Field{Name: "c", Type: &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String, Ordered: true}}, `["b","a"]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			meta := arrow.NewMetadata([]string{"jsonstat.label", "jsonstat.source", "jsonstat.updated"}, []string{"A title", "An office", "2025-02-19T07:00:00Z"})
			var buf bytes.Buffer
			if err := ipc.NewWriter(&buf, ipc.WithSchema(arrow.NewSchema([]arrow.Field{tt.c}, &meta))).Close(); err != nil {
				t.Fatal(err)
			}
			file := tt.file(parquet.KeyValueMetadata("ARROW:schema", base64.StdEncoding.EncodeToString(buf.Bytes())))
			ds, err := parquetconv.Read(bytes.NewReader(file), nil)
			if err != nil {
				if !strings.HasPrefix(err.Error(), tt.want) {
					t.Errorf("the error is %v, want %s", err, tt.want)
				}
				return
			}
			if got := document(t, ds); !strings.Contains(got, `"index":`+tt.want) || ds.Label() != "A title" || ds.Source() != "An office" || ds.Updated() != "2025-02-19T07:00:00Z" {
				t.Errorf("it is %s, want %s", got, tt.want)
			}
		})
	}
}

// fileWith is a file of rows written with options.
func fileWith[T any](t *testing.T, rows []T, o ...parquet.WriterOption) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := parquet.NewGenericWriter[T](&buf, o...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
