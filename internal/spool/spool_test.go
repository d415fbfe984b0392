package spool

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestRewindable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "table")
	if err := os.WriteFile(file, []byte("rows"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	moved, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer moved.Close()
	if _, err := moved.Seek(1, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		r    io.Reader
		want string
		same bool
	}{
		{"a file", f, "rows", true},
		{"a file in its middle", moved, "ows", false},
		{"a pipe", iotest.OneByteReader(strings.NewReader("rows")), "rows", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, done, err := Rewindable(tt.r)
			if err != nil {
				t.Fatal(err)
			}
			defer done()
			if same := io.Reader(s.r) == tt.r; same != tt.same {
				t.Errorf("the reader itself: %t, want %t", same, tt.same)
			}
			for range 2 {
				text, err := io.ReadAll(s)
				if err != nil || string(text) != tt.want {
					t.Errorf("read %q, %v", text, err)
				}
				if _, err := s.Seek(0, io.SeekStart); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func TestRewindableFails(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	broken := errors.New("the line is dead")
	if _, _, err := Rewindable(io.MultiReader(strings.NewReader("ro"), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "*")); len(left) > 0 {
		t.Errorf("files are left: %v", left)
	}
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "gone"))
	if _, _, err := Rewindable(iotest.OneByteReader(strings.NewReader("rows"))); err == nil {
		t.Error("a folder that is not there took a file")
	}
}
