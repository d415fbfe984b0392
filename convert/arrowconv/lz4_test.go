package arrowconv_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/arrowconv"
)

// TestLZ4 reads what Polars compresses: frames of lz4 with a checksum for each block.
func TestLZ4(t *testing.T) {
	text, err := os.ReadFile("../../testdata/polars-lz4.arrow")
	if err != nil {
		t.Fatal(err)
	}
	ds, err := arrowconv.Read(bytes.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	if err := ds.Write(&got, nil); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(got.String(), `"value":[120.5,131,90,null]}`) {
		t.Errorf("it is %s", got.String())
	}
}
