package arrowconv_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/arrowconv"
)

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
