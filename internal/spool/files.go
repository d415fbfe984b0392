package spool

import (
	"fmt"
	"os"
	"slices"
	"sync"
)

// Files are files that are read at offsets, however many, with few of them open at a
// time: a process may have some dozens only, and it needs others for its pipes, its
// locks and its network. The one that was not read for longest is closed and opened
// again when it is read: what whoever reads it knows of it, a window on its text and
// its place in it, is not lost, which it would be if readers were closed instead. The
// zero Files is ready; several goroutines may use it.
type Files struct {
	mu   sync.Mutex
	open []*ReadFile // the one that was read last is last
	most int         // as MostFiles, for tests
}

// MostFiles is how many of them are open at a time.
const MostFiles = 32

// ReadFile is one of the files.
type ReadFile struct {
	files *Files
	name  string
	file  *os.File    // nil while it is closed
	info  os.FileInfo // as it was when it was opened first
	done  bool
}

// Open opens the named file. It is an error later on if it is another file by then, or
// one that was written to.
func (fs *Files) Open(name string) (*ReadFile, error) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	f := &ReadFile{files: fs, name: name}
	return f, fs.use(f)
}

// use makes sure that a file is open, and the last that will be closed.
func (fs *Files) use(f *ReadFile) error {
	if f.file != nil {
		if n := len(fs.open) - 1; fs.open[n] != f {
			i := slices.Index(fs.open, f)
			copy(fs.open[i:], fs.open[i+1:])
			fs.open[n] = f
		}
		return nil
	}
	most := fs.most
	if most == 0 {
		most = MostFiles
	}
	if len(fs.open) >= most {
		_ = fs.open[0].file.Close() // nothing was written to it
		fs.open[0].file = nil
		fs.open = slices.Delete(fs.open, 0, 1)
	}
	file, err := os.Open(f.name)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err == nil && f.info != nil && (!os.SameFile(info, f.info) || info.Size() != f.info.Size() || !info.ModTime().Equal(f.info.ModTime())) {
		err = fmt.Errorf("%s changed while it was read", f.name)
	}
	if err != nil {
		_ = file.Close()
		return err
	}
	f.file, f.info = file, info
	fs.open = append(fs.open, f)
	return nil
}

// Size is the length of the file.
func (f *ReadFile) Size() int64 { return f.info.Size() }

// ReadAt reads at an offset.
func (f *ReadFile) ReadAt(p []byte, off int64) (int, error) {
	f.files.mu.Lock()
	defer f.files.mu.Unlock()
	if f.done {
		return 0, &os.PathError{Op: "read", Path: f.name, Err: os.ErrClosed}
	}
	if err := f.files.use(f); err != nil {
		return 0, err
	}
	return f.file.ReadAt(p, off)
}

// Close closes the file. It cannot be read any more.
func (f *ReadFile) Close() error {
	f.files.mu.Lock()
	defer f.files.mu.Unlock()
	f.done = true
	if f.file == nil {
		return nil
	}
	file := f.file
	f.file = nil
	f.files.open = slices.DeleteFunc(f.files.open, func(o *ReadFile) bool { return o == f })
	return file.Close()
}
