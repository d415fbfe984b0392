package parquetconv_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/parquetconv"
)

// Tables with some bytes wrong: no panic, and no room made for what they claim.
func TestDamaged(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	refused := 0
	const runs = 4000
	for _, name := range []string{"oslo.parquet", "sales.parquet"} {
		whole, err := os.ReadFile("../../testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for range runs / 2 {
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
