package arrowconv_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
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

// failingSeeker fails to read or to seek after some steps.
type failingSeeker struct {
	io.ReadSeeker
	left *int
}

var errDisk = errors.New("the disk is broken")

func (f failingSeeker) Read(p []byte) (int, error) {
	if *f.left--; *f.left < 0 {
		return 0, errDisk
	}
	return f.ReadSeeker.Read(p)
}

func (f failingSeeker) Seek(off int64, whence int) (int64, error) {
	if *f.left--; *f.left < 0 {
		return 0, errDisk
	}
	return f.ReadSeeker.Seek(off, whence)
}

// An error of the disk comes out, wherever it happens.
func TestReadFails(t *testing.T) {
	whole, err := os.ReadFile("../../testdata/oslo.arrow")
	if err != nil {
		t.Fatal(err)
	}
	for name, alone := range map[string]bool{"a file": false, "its footer": true} {
		table := bytes.Clone(whole)
		if alone {
			binary.LittleEndian.PutUint32(table[12:], 0x7fffffff)
		}
		steps := 0
		for ; ; steps++ {
			left := steps
			if _, err := arrowconv.Read(failingSeeker{bytes.NewReader(table), &left}, nil); err == nil {
				break
			} else if steps > 1 && !strings.Contains(err.Error(), errDisk.Error()) { // the first seek only asks whether it can
				t.Fatalf("%s after %d steps: %v", name, steps, err)
			}
		}
		if steps < 8 {
			t.Errorf("%s was read in %d steps: too few to tell", name, steps)
		}
	}
}
