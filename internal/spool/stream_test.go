package spool

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
)

// pattern is a text in which every place differs.
func pattern(n int) []byte {
	p := make([]byte, n)
	for i := range p {
		p[i] = byte(i*7 + i>>8*13 + i>>16)
	}
	return p
}

// tempDir sends temporary files to a new folder, and tells how many are there.
func tempDir(t *testing.T) func() int {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	return func() int {
		list, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
}

// readFrom reads a source from an offset to its end.
func readFrom(s io.ReaderAt, off int64, step int) ([]byte, error) {
	var all []byte
	p := make([]byte, step)
	for {
		n, err := s.ReadAt(p, off)
		all = append(all, p[:n]...)
		off += int64(n)
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
	}
}

func TestSpool(t *testing.T) {
	for _, n := range []int{0, 1, 1000, StreamMemory - 1, StreamMemory, StreamMemory + 1, 3*StreamMemory + 17} {
		files := tempDir(t)
		text := pattern(n)
		s := NewStream(bytes.NewReader(text))
		for _, off := range []int64{0, 0, int64(n / 2), int64(n)} {
			got, err := readFrom(s, off, 100_000)
			if err != nil || !bytes.Equal(got, text[off:]) {
				t.Fatalf("%d bytes from %d: %d bytes, %v", n, off, len(got), err)
			}
		}
		if spilled := s.file != nil; spilled != (n > StreamMemory) {
			t.Errorf("%d bytes: in a file is %v", n, spilled)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if k := files(); k != 0 {
			t.Errorf("%d bytes: %d files are left", n, k)
		}
		if _, err := s.ReadAt(make([]byte, 1), 0); !errors.Is(err, os.ErrClosed) {
			t.Errorf("reading a closed spool: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("closing twice: %v", err)
		}
	}
}

// TestSpoolLive stops keeping in the middle of a stream.
func TestSpoolLive(t *testing.T) {
	files := tempDir(t)
	text := pattern(3 * StreamMemory)
	s := NewStream(iotest.HalfReader(bytes.NewReader(text)))
	p := make([]byte, 1000)
	n, err := s.ReadAt(p, 0)
	if err != nil {
		t.Fatal(err)
	}
	s.Live()
	kept := s.Kept()
	if got, err := readFrom(kept, 0, 70); err != nil || !bytes.Equal(got, text[:n]) || kept.Len() != int64(n) {
		t.Errorf("%d of %d bytes are kept, %v", len(got), n, err)
	}
	if got, err := readFrom(s, int64(n), 9999); err != nil || !bytes.Equal(got, text[n:]) {
		t.Errorf("%d bytes of the stream, %v", len(got), err)
	}
	if got, err := readFrom(kept, 0, 70); err != nil || !bytes.Equal(got, text[:n]) {
		t.Errorf("%d bytes are kept behind the stream, %v", len(got), err)
	}
	for _, off := range []int64{int64(n), int64(n) + 5, int64(len(text)) - 1} {
		if _, err := s.ReadAt(p, off); err != ErrGone {
			t.Errorf("reading byte %d again: %v", off, err)
		}
	}
	if s.file != nil || s.mem.Len() != n || files() != 0 {
		t.Errorf("%d bytes in memory, a file: %v", s.mem.Len(), s.file != nil)
	}
}

// TestSpoolErrors has errors that last, although the reader forgets them.
func TestSpoolErrors(t *testing.T) {
	s := NewStream(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("abc"))))
	p := make([]byte, 10)
	if n, err := s.ReadAt(p, 0); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	for range 3 {
		if n, err := s.ReadAt(p, 1); n != 0 || err != iotest.ErrTimeout {
			t.Errorf("%d bytes, %v", n, err)
		}
	}
	if n, err := s.ReadAt(p, 0); n != 1 || err != nil {
		t.Errorf("what was kept: %d bytes, %v", n, err)
	}

	t.Setenv("TMPDIR", "/nowhere/at/all")
	s = NewStream(bytes.NewReader(pattern(2 * StreamMemory)))
	_, err := readFrom(s, 0, StreamMemory/3)
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a place for the file: %v", err)
	}
	if _, again := s.ReadAt(p, s.kept); again != err {
		t.Errorf("asked again: %v", again)
	}
	if _, err := s.ReadAt(p, 0); err != nil {
		t.Errorf("what was kept: %v", err)
	}
}
