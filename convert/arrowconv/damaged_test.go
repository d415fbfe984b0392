package arrowconv_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/arrowconv"
)

// Tables with some bytes wrong: no panic, and no room made for what they claim.
func TestDamaged(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	refused := 0
	const runs = 4000
	for _, name := range []string{"oslo.arrow", "sales.arrow"} {
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
			ds, err := arrowconv.Read(bytes.NewReader(table), nil)
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

// Every length of a table that is cut short is an error, but for those of a stream
// that ends where it may.
func TestCutShort(t *testing.T) {
	whole, err := os.ReadFile("../../testdata/oslo.arrow")
	if err != nil {
		t.Fatal(err)
	}
	ds := readBack(t, whole, nil)
	stream := written(t, ds, &arrowconv.Options{Stream: true})
	for name, table := range map[string][]byte{"file": whole, "stream": stream} {
		for n := range len(table) - 1 {
			if name == "stream" && n == len(table)-4 {
				continue // the mark of before 2019
			}
			if _, err := arrowconv.Read(bytes.NewReader(table[:n]), nil); err == nil {
				t.Errorf("the first %d bytes of a %s of %d are read", n, name, len(table))
			}
		}
	}
}
