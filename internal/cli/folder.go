package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// InputFolder is the input if it is a folder, which only a command with Folders is given;
// else nil.
func (c *Context) InputFolder() fs.FS {
	if !c.files.folder {
		return nil
	}
	c.progress.start(0)
	return os.DirFS(c.files.in)
}

// InputPath is where the input stands, from the root, with slashes; "" if it has no name.
func (c *Context) InputPath() string {
	if !isFile(c.files.in) {
		return ""
	}
	path, err := filepath.Abs(c.files.in)
	if err != nil {
		return filepath.ToSlash(c.files.in)
	}
	return filepath.ToSlash(path)
}

// OutputFolder makes the output a folder, and returns a function that creates files
// in it, by names with slashes, one at a time. It is an alternative to
// [Context.Output]: the folder is made under another name beside its place and gets
// its own when Run returns nil. It must not exist yet, whatever --force says.
func (c *Context) OutputFolder() (create func(name string) (io.WriteCloser, error), err error) {
	o := c.out
	if o.files.out == stdStream {
		return nil, Usagef("the output is a folder, which a pipe cannot take: name it")
	}
	if o.files.replace != nil || o.files.direct {
		return nil, Usagef("%s exists: a folder is made, not replaced; remove it, or name another", o.files.out)
	}
	if err := o.openFolder(); err != nil {
		return nil, err
	}
	return o.createIn, nil
}

func (o *output) openFolder() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.stopped {
		return errStopped
	}
	for range 100 {
		name := filepath.Join(filepath.Dir(o.files.out), fmt.Sprintf(".%s-%08x.tmp", o.tool, rand.Uint32()))
		err := os.Mkdir(name, 0o777)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return &writeError{o.files.out, err}
		}
		o.folder = name
		return nil
	}
	return &writeError{o.files.out, errors.New("no name is free for a temporary folder beside it")}
}

// createIn creates a file in the folder.
func (o *output) createIn(name string) (io.WriteCloser, error) {
	o.mu.Lock()
	folder, stopped := o.folder, o.stopped
	o.mu.Unlock()
	if stopped {
		return nil, errStopped
	}
	path := filepath.FromSlash(name)
	if !filepath.IsLocal(path) {
		return nil, fmt.Errorf("%q is no name of a file inside a folder", name)
	}
	path = filepath.Join(folder, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, o.fail(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, o.fail(err)
	}
	return &folderFile{o, f}, nil
}

// folderFile is a file of the folder.
type folderFile struct {
	o *output
	f *os.File
}

// Write passes p on, unless a signal came.
func (f *folderFile) Write(p []byte) (int, error) {
	f.o.mu.Lock()
	stopped := f.o.stopped
	f.o.mu.Unlock()
	if stopped {
		return 0, errStopped
	}
	n, err := f.f.Write(p)
	f.o.progress.wrote(n)
	return n, f.o.fail(err)
}

// Close closes the file.
func (f *folderFile) Close() error { return f.o.fail(f.f.Close()) }

// finishFolder gives the folder its name.
func (o *output) finishFolder() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.stopped {
		return errStopped
	}
	if _, err := os.Lstat(o.files.out); err == nil {
		return errors.New("it has come to exist meanwhile")
	}
	if err := os.Rename(o.folder, o.files.out); err != nil {
		return err
	}
	o.folder = ""
	return nil
}
