package jsonstat

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// badSource is a file with one byte that cannot be read, once it is bad.
type badSource struct {
	text   window.Bytes
	at     int64
	err    error
	bad    bool
	failed bool
}

func (s *badSource) ReadAt(p []byte, off int64) (int, error) {
	if !s.bad || off > s.at || off+int64(len(p)) <= s.at {
		return s.text.ReadAt(p, off)
	}
	s.failed = true
	n, _ := s.text.ReadAt(p[:s.at-off], off)
	return n, s.err
}

// TestSourceErrors: where a file cannot be read, as it is opened or later when its
// cells are, its own error is reported, and not one of the format.
func TestSourceErrors(t *testing.T) {
	disk := errors.New("input/output error")
	var values strings.Builder
	for i := range 20_000 {
		if i > 0 {
			values.WriteByte(',')
		}
		fmt.Fprintf(&values, "%d.5", i)
	}
	text := `{"class":"dataset","id":["a","b"],"size":[2,10000],"dimension":{"a":{"category":{"index":["x","y"]}},"b":{"category":{"index":{` +
		members(10_000) + `}}}},"value":[` + values.String() + `],"status":{"7":"p"}}`
	all := func(d *Document) error {
		ds, err := d.Dataset(0)
		if err != nil {
			return err
		}
		for _, err := range ds.Observations() {
			if err != nil {
				return err
			}
		}
		return nil
	}
	for _, cause := range []error{disk, io.ErrUnexpectedEOF, io.ErrClosedPipe} {
		for _, late := range []bool{false, true} {
			for i := range 13 {
				// The last one is in the status: what closes the document behind it is
				// not read for the cells.
				s := &badSource{text: window.Bytes(text), at: int64(len(text)-8) * int64(i) / 12, err: cause, bad: !late}
				d, err := Options{}.read(newPlainInput(s, []byte(text[:sniffLen]), int64(len(text))), nil)
				if err == nil {
					s.bad = true
					err = all(d)
				}
				how := fmt.Sprintf("%v at %d of %d, late %t", cause, s.at, len(text), late)
				if !s.failed {
					if err != nil || !late {
						t.Errorf("%s: nothing failed, the error is %v", how, err)
					}
					continue
				}
				if !errors.Is(err, cause) || errors.Is(err, ErrSyntax) || errors.Is(err, ErrNotJSONStat) || errors.Is(err, ErrNoData) {
					t.Errorf("%s: the error is %v", how, err)
				}
			}
		}
	}
}

// members are as many categories with their numbers.
func members(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"c%d":%d`, i, i)
	}
	return b.String()
}

// TestMemberGone: a member whose text cannot be read again is an error, not null.
func TestMemberGone(t *testing.T) {
	disk := errors.New("input/output error")
	text := `{"class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"own":{"value":[1,2]},` + strings.Repeat(" ", 200_000) + `"value":[1]}`
	s := &badSource{text: window.Bytes(text), at: int64(strings.Index(text, "2]")), err: disk}
	d, err := Options{}.read(newPlainInput(s, []byte(text[:sniffLen]), int64(len(text))), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.bad = true
	if ds, err := d.Dataset(0); !errors.Is(err, disk) {
		t.Errorf("the dataset is %+v, %v", ds, err)
	}
}
