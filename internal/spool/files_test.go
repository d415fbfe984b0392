package spool

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// written writes files of some text, each of its own.
func written(t *testing.T, n int) []string {
	t.Helper()
	dir := t.TempDir()
	names := make([]string, n)
	for i := range names {
		names[i] = filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(names[i], []byte(textOf(i)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return names
}

func textOf(i int) string { return strings.Repeat(fmt.Sprintf("%05d ", i), 100) }

// TestFiles reads many files here and there: few are open, and each says what it is.
func TestFiles(t *testing.T) {
	for _, tt := range []struct{ files, most int }{{1, 1}, {1, 0}, {5, 1}, {5, 2}, {100, 3}, {100, 0}} {
		t.Run(fmt.Sprintf("%d files, %d open", tt.files, tt.most), func(t *testing.T) {
			fs := &Files{most: tt.most}
			most := tt.most
			if most == 0 {
				most = MostFiles
			}
			var files []*ReadFile
			for _, name := range written(t, tt.files) {
				f, err := fs.Open(name)
				if err != nil || f.Size() != 600 {
					t.Fatal(err)
				}
				files = append(files, f)
			}
			r := rand.New(rand.NewPCG(1, 2))
			var wait sync.WaitGroup
			for range 3 {
				places := make([]int, 500)
				for k := range places {
					places[k] = r.IntN(tt.files)
				}
				wait.Go(func() {
					for k, i := range places {
						p := make([]byte, 6)
						off := int64(k%100) * 6
						if _, err := files[i].ReadAt(p, off); err != nil || string(p) != textOf(i)[:6] {
							t.Errorf("file %d at %d: %q, %v", i, off, p, err)
						}
					}
				})
			}
			wait.Wait()
			open := 0
			for _, f := range files {
				if f.file != nil {
					open++
				}
			}
			if open != min(most, tt.files) || open != len(fs.open) {
				t.Errorf("%d are open, %d are known to be", open, len(fs.open))
			}
			if n, err := files[0].ReadAt(make([]byte, 10), 595); n != 5 || err != io.EOF {
				t.Errorf("at the end: %d bytes, %v", n, err)
			}
			for range 2 {
				for _, f := range files {
					if err := f.Close(); err != nil {
						t.Error(err)
					}
				}
			}
			if len(fs.open) != 0 {
				t.Errorf("%d are still open", len(fs.open))
			}
			if _, err := files[0].ReadAt(make([]byte, 1), 0); !errors.Is(err, os.ErrClosed) {
				t.Errorf("a closed file: %v", err)
			}
		})
	}
}

// TestFilesLeastRecent: the file that was not read for longest is closed.
func TestFilesLeastRecent(t *testing.T) {
	fs := &Files{most: 2}
	var files []*ReadFile
	for _, name := range written(t, 3) {
		f, err := fs.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	for _, tt := range []struct {
		read int
		open string
	}{{1, "2 1"}, {0, "1 0"}, {1, "0 1"}, {2, "1 2"}, {2, "1 2"}} {
		if _, err := files[tt.read].ReadAt(make([]byte, 1), 0); err != nil {
			t.Fatal(err)
		}
		var open []string
		for _, f := range fs.open {
			open = append(open, filepath.Base(f.name))
		}
		if got := strings.Join(open, " "); got != tt.open {
			t.Errorf("%d was read: %s are open, not %s", tt.read, got, tt.open)
		}
	}
}

// TestFilesChanged: a file that is opened again must be the one that it was.
func TestFilesChanged(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(name string) error
		says   string
	}{
		{"nothing", func(string) error { return nil }, ""},
		{"gone", os.Remove, "no such file"},
		{"longer", func(name string) error { return os.WriteFile(name, []byte(textOf(0)+"x"), 0o600) }, "changed while it was read"},
		{"written to", func(name string) error { return os.Chtimes(name, time.Time{}, time.Now().Add(time.Hour)) }, "changed while it was read"},
		{"another", func(name string) error {
			other := name + ".new"
			return errors.Join(os.WriteFile(other, []byte(textOf(0)), 0o600), os.Rename(other, name))
		}, "changed while it was read"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fs := &Files{most: 1}
			names := written(t, 2)
			first, err := fs.Open(names[0])
			if err != nil {
				t.Fatal(err)
			}
			second, err := fs.Open(names[1])
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.change(names[0]); err != nil {
				t.Fatal(err)
			}
			_, err = first.ReadAt(make([]byte, 6), 0)
			if tt.says == "" && err != nil || tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)) {
				t.Errorf("the error is %v", err)
			}
			if _, err := second.ReadAt(make([]byte, 6), 0); err != nil {
				t.Errorf("the other: %v", err)
			}
		})
	}
	if _, err := (&Files{}).Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
