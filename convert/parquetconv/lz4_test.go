package parquetconv_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// withLZ4 is a table that the module compressed with lz4_raw.
func withLZ4(t *testing.T) []byte {
	t.Helper()
	type row struct {
		D     string  `parquet:"d,dict"`
		Value float64 `parquet:"value,optional"`
	}
	var list []row
	for i := range 200 {
		list = append(list, row{fmt.Sprint("place ", i), float64(i / 7)})
	}
	var buf bytes.Buffer
	w := parquet.NewGenericWriter[row](&buf, parquet.Compression(&parquet.Lz4Raw), parquet.DataPageVersion(1))
	if _, err := w.Write(list); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
