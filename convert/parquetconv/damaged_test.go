package parquetconv_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/jsonstat-go/toolkit/convert/parquetconv"
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

// Tables with some bytes wrong: no panic, and no room made for what they claim.
func TestDamaged(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	refused := 0
	const runs = 4000
	wholes := [][]byte{withLZ4(t)}
	for _, name := range []string{"oslo.parquet", "sales.parquet"} {
		whole, err := os.ReadFile("../../testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		wholes = append(wholes, whole)
	}
	for _, whole := range wholes {
		for range runs / len(wholes) {
			table := bytes.Clone(whole)
			for range 1 + r.IntN(4) {
				i := r.IntN(len(table))
				table[i] = []byte{byte(r.Uint32()), table[i] ^ 1<<r.IntN(8), 0xff}[r.IntN(3)]
			}
			ds, err := parquetconv.Read(bytes.NewReader(table), nil)
			if err != nil {
				refused++
				continue
			}
			if err := ds.Write(io.Discard, nil); err != nil {
				t.Fatalf("what was read cannot be written: %v", err)
			}
		}
	}
	if refused == 0 {
		t.Error("no damage was found")
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if mib := m.Sys >> 20; mib > 1024 {
		t.Errorf("the process takes %d MiB", mib)
	}
}
