package spool

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// seeker is what seeks but cannot be read at offsets.
type seeker struct{ io.ReadSeeker }

func TestSourceReadAt(t *testing.T) {
	for name, r := range map[string]io.ReadSeeker{
		"at offsets": strings.NewReader("0123456789"),
		"by seeking": seeker{strings.NewReader("0123456789")},
		"byte by byte": struct {
			io.Reader
			io.Seeker
		}{iotest.OneByteReader(strings.NewReader("0123456789")), nopSeeker{}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, tt := range []struct {
				at, n int64
				want  string
				err   error
			}{{0, 4, "0123", nil}, {4, 6, "456789", nil}} {
				p := make([]byte, tt.n)
				if n, err := NewSource(r).ReadAt(p, tt.at); string(p[:n]) != tt.want || err != tt.err {
					t.Errorf("%d bytes at %d: %q, %v", tt.n, tt.at, p[:n], err)
				}
			}
			s := NewSource(r)
			if n, err := s.ReadAt(make([]byte, 5), 10); n != 0 || err != io.EOF {
				t.Errorf("at the end: %d, %v", n, err)
			}
			if err := s.Cause(nil); err != nil {
				t.Errorf("the end is no error: %v", err)
			}
		})
	}
}

// silent is a reader that gives nothing, for ever.
type silent struct{ nopSeeker }

func (silent) Read([]byte) (int, error) { return 0, nil }

func TestSourceSilent(t *testing.T) {
	if n, err := NewSource(silent{}).ReadAt(make([]byte, 5), 0); n != 0 || err != io.ErrNoProgress {
		t.Errorf("%d bytes, %v", n, err)
	}
}

type nopSeeker struct{}

func (nopSeeker) Seek(off int64, _ int) (int64, error) { return off, nil }

func TestSourceCause(t *testing.T) {
	broken, other := errors.New("the disk is broken"), errors.New("not a table")
	for _, tt := range []struct {
		name string
		err  error
	}{{"an error", broken}, {"one that looks like an end", io.ErrUnexpectedEOF}} {
		t.Run(tt.name, func(t *testing.T) {
			s := NewSource(struct {
				io.Reader
				io.Seeker
			}{io.MultiReader(strings.NewReader("01"), iotest.ErrReader(tt.err)), nopSeeker{}})
			if err := s.Cause(other); err != other {
				t.Errorf("before: %v", err)
			}
			if _, err := io.ReadFull(s, make([]byte, 4)); err == io.EOF || err == io.ErrUnexpectedEOF || !errors.Is(err, tt.err) {
				t.Errorf("the error reads like an end: %v", err)
			}
			for _, err := range []error{nil, other} {
				if got := s.Cause(err); got != tt.err {
					t.Errorf("the cause of %v is %v", err, got)
				}
			}
		})
	}
}
