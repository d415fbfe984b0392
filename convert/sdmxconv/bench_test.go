package sdmxconv

import (
	"bytes"
	"io"
	"os"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

func BenchmarkFile(b *testing.B) {
	text, err := os.ReadFile(os.Getenv("SDMX_FILE"))
	if err != nil {
		b.Skip(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		sets, err := Read(bytes.NewReader(text), nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := sets[0].Write(io.Discard, &jsonstat.WriteOptions{Values: jsonstat.Dense, Statuses: jsonstat.Dense}); err != nil {
			b.Fatal(err)
		}
	}
}
