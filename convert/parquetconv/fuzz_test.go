package parquetconv_test

import (
	"bytes"
	"io"
	"os"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// FuzzRead reads damaged tables: whatever comes, there is no panic, and a dataset that
// comes of it can be written as JSON-stat and as a table again.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"oslo.parquet", "sales.parquet"} {
		text, err := os.ReadFile("../../testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, doc := range shapes.Cubes() {
		d, err := jsonstat.Parse([]byte(doc.JSON))
		if err != nil {
			continue
		}
		ds, err := d.Dataset(0)
		if err != nil || ds.Len() > 1000 {
			continue
		}
		for _, o := range []parquetconv.Options{{Compression: parquetconv.None}, {Dates: true}} {
			if table, err := tryTable(ds, &o); err == nil {
				f.Add(table)
			}
		}
	}
	f.Fuzz(func(t *testing.T, table []byte) {
		ds, err := parquetconv.Read(bytes.NewReader(table), nil)
		if err != nil {
			return
		}
		if err := ds.Write(io.Discard, nil); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		const many = 1 << 16
		if ds.Len() > many {
			return
		}
		again, err := tryTable(ds, &parquetconv.Options{Type: parquetconv.UTF8})
		if err != nil {
			t.Fatalf("what was read is no table: %v", err)
		}
		back, err := parquetconv.Read(bytes.NewReader(again), nil)
		if err != nil {
			t.Fatalf("our own table cannot be read: %v", err)
		}
		same(t, ds, back)
	})
}

// FuzzRoundTrip takes documents as they come.
func FuzzRoundTrip(f *testing.F) {
	for _, doc := range shapes.Cubes() {
		f.Add([]byte(doc.JSON))
	}
	for seed := range uint64(16) {
		f.Add(shapes.Random(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := jsonstat.Parse(text)
		if err != nil {
			return
		}
		ds, err := doc.Dataset(0)
		const many = 1 << 14
		if err != nil || ds.Len() > many {
			return
		}
		table, err := tryTable(ds, &parquetconv.Options{Type: parquetconv.UTF8, Warn: func(string) {}})
		if err != nil {
			t.Fatalf("no table: %v", err)
		}
		back, err := parquetconv.Read(bytes.NewReader(table), nil)
		if err != nil {
			t.Fatalf("our own table cannot be read: %v", err)
		}
		same(t, ds, back)
	})
}
