package arrowconv_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar/columnartest"
)

// TestFooterAlone reads files that say what they are in their footer alone, as
// apache-arrow writes them: here the schema in front is made unreadable.
func TestFooterAlone(t *testing.T) {
	for name, o := range map[string]*arrowconv.ReadOptions{"oslo": nil, "sales": said(convert.TableOptions{Values: []string{"amount"}, Ignore: []string{"staff"}})} {
		whole, err := os.ReadFile("../../testdata/" + name + ".arrow")
		if err != nil {
			t.Fatal(err)
		}
		want := document(t, readBack(t, whole, o))
		alone := bytes.Clone(whole)
		binary.LittleEndian.PutUint32(alone[12:], 0x7fffffff) // the length of the first message
		for how, r := range map[string]io.Reader{"in memory": bytes.NewReader(alone), "from a pipe": io.MultiReader(bytes.NewReader(alone)), "where only seeks do": struct{ io.ReadSeeker }{bytes.NewReader(alone)}} {
			ds, err := arrowconv.Read(r, o)
			if err != nil {
				t.Fatalf("%s, %s: %v", name, how, err)
			}
			if got := document(t, ds); got != want {
				t.Errorf("%s, %s: it is\n%s\nwant\n%s", name, how, got, want)
			}
		}

		// Without the footer either there is nothing to go by.
		n := len(alone)
		footer := int(binary.LittleEndian.Uint32(alone[n-10:]))
		for i := n - 10 - footer; i < n-10; i++ {
			alone[i] = 0xff
		}
		_, err = arrowconv.Read(bytes.NewReader(alone), nil)
		if err == nil || !strings.HasPrefix(err.Error(), "the table ") {
			t.Errorf("%s: without either the error is %v", name, err)
		}
	}
}

// TestReadFails: an error of the disk comes out, whether a file is read by the stream in it
// or by its footer.
func TestReadFails(t *testing.T) {
	whole := columnartest.Testdata(t, "oslo.arrow")
	alone := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(alone[12:], 0x7fffffff)
	for name, table := range map[string][]byte{"a file": whole, "its footer": alone} {
		t.Run(name, func(t *testing.T) { kit.ReadFails(t, table) })
	}
}
