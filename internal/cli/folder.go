package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// outputFolder is an output of many files, made under the other name of its place.
type outputFolder struct {
	place *place
	name  string
}

// create creates a file in the folder.
func (f outputFolder) create(name string) (io.WriteCloser, error) {
	if err := f.place.broken(); err != nil {
		return nil, err
	}
	path := filepath.FromSlash(name)
	if !filepath.IsLocal(path) {
		return nil, fmt.Errorf("%q is no name of a file inside a folder", name)
	}
	path = filepath.Join(f.name, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, f.place.fail(err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, f.place.fail(err)
	}
	return &folderFile{f.place, file}, nil
}

// folderFile is a file of the folder.
type folderFile struct {
	place *place
	file  *os.File
}

// Write passes p on, unless a signal came.
func (f *folderFile) Write(p []byte) (int, error) {
	if err := f.place.broken(); err != nil {
		return 0, err
	}
	n, err := f.file.Write(p)
	f.place.progress.wrote(n)
	return n, f.place.fail(err)
}

// Close closes the file.
func (f *folderFile) Close() error { return f.place.fail(f.file.Close()) }
