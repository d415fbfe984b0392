package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// errStopped is what writing returns after a signal.
var errStopped = errors.New("stopped")

// place is where an output comes to stand. A file, or a folder, is made under another
// name beside its place, which at the end becomes its own or goes. The first error of
// writing is remembered.
type place struct {
	tool        string
	files       files
	stdout      io.Writer
	closeStdout bool // at the end
	progress    *progress

	raw io.Writer

	mu      sync.Mutex
	err     error    // the first error of raw, or of a file in the folder
	stopped bool     // by a signal or because the run failed
	file    *os.File // to close
	temp    string   // the other name, to rename or remove

	companions []*companion
}

// open makes or opens what is written to.
func (p *place) open() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var err error
	switch {
	case p.stopped:
		return errStopped
	case p.files.out == stdStream:
		p.raw = p.stdout
		return nil
	case p.files.direct:
		p.file, err = os.OpenFile(p.files.out, os.O_WRONLY, 0)
	default:
		err = p.openTemp()
	}
	if err != nil {
		return &writeError{p.files.out, err}
	}
	p.raw = p.file
	return nil
}

// openTemp makes a file beside the output's place. Its permissions are those that
// the system gives to a new file, or those of the file that it replaces.
func (p *place) openTemp() error {
	if p.files.replace != nil {
		// What a symbolic link points to is replaced, not the link.
		target, err := filepath.EvalSymlinks(p.files.out)
		if err != nil {
			return err
		}
		p.files.out = target
	}
	err := p.beside("file in "+filepath.Dir(p.files.out), func(name string) (err error) {
		p.file, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		return err
	})
	if err == nil && p.files.replace != nil {
		err = p.file.Chmod(p.files.replace.Mode().Perm())
	}
	return err
}

// openFolder makes a folder beside the output's place, and returns its name.
func (p *place) openFolder() (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return "", errStopped
	}
	if err := p.beside("folder beside it", func(name string) error { return os.Mkdir(name, 0o777) }); err != nil {
		return "", &writeError{p.files.out, err}
	}
	return p.temp, nil
}

// beside makes something under a name that is free beside the output's place.
func (p *place) beside(what string, create func(name string) error) error {
	name, err := makeBeside(p.files.out, p.tool, what, create)
	p.temp = name
	return err
}

// Write passes b on. After a first error, or a signal, nothing is written any more.
func (p *place) Write(b []byte) (int, error) {
	if err := p.broken(); err != nil {
		return 0, err
	}
	// Outside the lock: a full pipe may hold us up, and a signal must get through.
	n, err := p.raw.Write(b)
	p.progress.wrote(n)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	return n, p.fail(err)
}

// broken is why nothing can be written any more.
func (p *place) broken() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return errStopped
	}
	return p.err
}

// fail keeps the first error, and returns it as one that names the file.
func (p *place) fail(err error) error {
	if err == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return errStopped // the error is our own doing
	}
	if named, ok := errors.AsType[*writeError](err); ok && p.err == nil {
		p.err = named // a file beside the output
	}
	if p.err == nil {
		p.err = &writeError{p.files.out, err}
	}
	return p.err
}

// failed is the first error of writing.
func (p *place) failed() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// finish closes what was written and gives it its name, unless a signal came first.
// There is no sync to the disk: a power cut may take the new file, as it may take any
// other.
func (p *place) finish() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return errStopped
	}
	if std, ok := p.raw.(io.Closer); ok && p.files.out == stdStream && p.closeStdout {
		return std.Close()
	}
	if file := p.file; file != nil {
		p.file = nil
		if err := file.Close(); err != nil {
			return err
		}
	}
	if p.temp == "" {
		return nil
	}
	for _, c := range p.companions {
		if err := c.write(p.tool); err != nil {
			return err
		}
	}
	// Somebody else may have been faster.
	info, err := os.Lstat(p.files.out)
	switch {
	case err == nil && p.files.folderThere && info.IsDir():
		if err := p.exchange(); err != nil {
			return err
		}
		return p.finishCompanions()
	case err == nil && p.files.replace == nil:
		return errors.New("it has come to exist meanwhile")
	}
	if err := os.Rename(p.temp, p.files.out); err != nil {
		return err
	}
	p.temp = ""
	return p.finishCompanions()
}

// finishCompanions gives the files beside the output their names. If one cannot have its
// own, what is new goes, for it would stand without it.
func (p *place) finishCompanions() error {
	var made []string
	if p.files.replace == nil && !p.files.folderThere {
		made = append(made, p.files.out)
	}
	for _, c := range p.companions {
		if err := c.place(); err != nil {
			for _, name := range made {
				_ = os.RemoveAll(name)
			}
			return err
		}
		if !c.replace {
			made = append(made, c.name)
		}
	}
	return nil
}

// exchange puts the folder that was made in the place of the one that is there, which is
// removed. A run that is killed leaves one of them, whole, but for a moment where the
// system cannot exchange them in one step. What it leaves beside is cleared by a later run.
func (p *place) exchange() error {
	err := exchange(p.temp, p.files.out)
	if errors.Is(err, errors.ErrUnsupported) {
		old := p.temp + ".old"
		if err = os.Rename(p.files.out, old); err == nil {
			if err = os.Rename(p.temp, p.files.out); err != nil {
				_ = os.Rename(old, p.files.out)
			} else {
				err = os.RemoveAll(old)
				p.temp = ""
			}
		}
		return err
	}
	if err == nil {
		err = os.RemoveAll(p.temp) // the old one
		p.temp = ""
	}
	return err
}

// abort removes what was written, if it is ours, and lets every later write fail. It
// may be called at any time, from any goroutine, repeatedly.
func (p *place) abort() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
	if p.file != nil {
		_ = p.file.Close()
		p.file = nil
	}
	if p.temp != "" {
		_ = os.RemoveAll(p.temp) // it was made under a name that was free
		p.temp = ""
	}
	if p.files.made != "" {
		_ = os.Remove(p.files.made) // if there is nothing in it
	}
	for _, c := range p.companions {
		c.abort()
	}
}
