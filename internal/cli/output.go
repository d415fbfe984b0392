package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// outputBuffer is how much is written to the system at once. Larger pieces pass
// through without being copied.
const outputBuffer = 256 << 10

// errStopped is what writing returns after a signal.
var errStopped = errors.New("stopped")

// Output opens the output and returns where to write it. Ask for it as late as
// possible: before, a failure leaves no trace. A regular file is written under
// another name beside its place and gets its own when Run returns nil; a name
// that ends in .gz or .zst is compressed. Writing is buffered.
func (c *Context) Output() (io.Writer, error) {
	o := c.out
	if o.top != nil {
		return o.top, nil
	}
	if err := o.open(); err != nil {
		return nil, err
	}
	o.buffer = bufio.NewWriterSize((*rawOutput)(o), outputBuffer)
	o.top = o.buffer
	packer, err := compressor(o.files.out, o.buffer)
	if err != nil {
		return nil, err
	}
	if packer != nil {
		o.top, o.packer = packer, packer
	}
	return o.top, nil
}

// output is where a run writes. It has three layers: perhaps a compressor, the
// buffer, and the raw writer, which remembers its first error.
type output struct {
	tool     string
	files    files
	stdout   io.Writer
	progress *progress
	close    bool // standard output too, at the end

	top    io.Writer // what the command writes to; nil before it asked
	packer io.Closer
	buffer *bufio.Writer
	raw    io.Writer

	mu      sync.Mutex
	err     error    // the first error of raw
	stopped bool     // by a signal or because the run failed
	file    *os.File // to close
	temp    string   // to rename or remove
	folder  string   // the same, if the output is a folder
}

// newOutput prepares the output and touches nothing.
func (c *Context) newOutput() *output {
	return &output{tool: c.cmd.Name, files: c.files, stdout: c.env.Stdout, progress: c.progress, close: c.env.closeStdout}
}

// open makes or opens what is written to.
func (o *output) open() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var err error
	switch {
	case o.stopped:
		return errStopped
	case o.files.out == stdStream:
		o.raw = o.stdout
		return nil
	case o.files.direct:
		o.file, err = os.OpenFile(o.files.out, os.O_WRONLY, 0)
	default:
		err = o.openTemp()
	}
	if err != nil {
		return &writeError{o.files.out, err}
	}
	o.raw = o.file
	return nil
}

// openTemp makes a file beside the output's place. Its permissions are those that
// the system gives to a new file, or those of the file that it replaces.
func (o *output) openTemp() error {
	if o.files.replace != nil {
		// What a symbolic link points to is replaced, not the link.
		target, err := filepath.EvalSymlinks(o.files.out)
		if err != nil {
			return err
		}
		o.files.out = target
	}
	folder := filepath.Dir(o.files.out)
	for range 100 {
		name := filepath.Join(folder, fmt.Sprintf(".%s-%08x.tmp", o.tool, rand.Uint32()))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		o.file, o.temp = f, name
		if o.files.replace != nil {
			return f.Chmod(o.files.replace.Mode().Perm())
		}
		return nil
	}
	return fmt.Errorf("no name is free for a temporary file in %s", folder)
}

// rawOutput is the lowest layer of an output.
type rawOutput output

// Write passes p on. After a first error, or a signal, nothing is written any more.
func (r *rawOutput) Write(p []byte) (int, error) {
	o := (*output)(r)
	o.mu.Lock()
	err := o.err
	if o.stopped {
		err = errStopped
	}
	o.mu.Unlock()
	if err != nil {
		return 0, err
	}
	// Outside the lock: a full pipe may hold us up, and a signal must get through.
	n, err := o.raw.Write(p)
	o.progress.wrote(n)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	return n, o.fail(err)
}

// fail keeps the first error, and returns it as one that names the file.
func (o *output) fail(err error) error {
	if err == nil {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.stopped {
		return errStopped // the error is our own doing
	}
	if o.err == nil {
		o.err = &writeError{o.files.out, err}
	}
	return o.err
}

// failed is the first error of writing. Like all methods that end an output it
// does nothing for none.
func (o *output) failed() error {
	if o == nil {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// commit writes what is buffered and gives the file its name. There is no sync to
// the disk: a power cut may take the new file, as it may take any other.
func (o *output) commit() error {
	if o.folder != "" {
		return o.fail(o.finishFolder())
	}
	if o.top == nil {
		return nil
	}
	if o.packer != nil {
		if err := o.packer.Close(); err != nil {
			return o.fail(err)
		}
	}
	if err := o.buffer.Flush(); err != nil {
		return o.fail(err)
	}
	return o.fail(o.finish())
}

// finish closes the file and renames it, unless a signal came first.
func (o *output) finish() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.stopped {
		return errStopped
	}
	if o.file == nil { // standard output
		if std, ok := o.stdout.(io.Closer); ok && o.close {
			return std.Close()
		}
		return nil
	}
	file := o.file
	o.file = nil
	if err := file.Close(); err != nil || o.temp == "" {
		return err
	}
	// Somebody else may have been faster.
	if _, err := os.Lstat(o.files.out); err == nil && o.files.replace == nil {
		return errors.New("it has come to exist meanwhile")
	}
	if err := os.Rename(o.temp, o.files.out); err != nil {
		return err
	}
	o.temp = ""
	return nil
}

// abort removes what was written, if it is a file of ours, and lets every later
// write fail. It may be called at any time, from any goroutine, repeatedly.
func (o *output) abort() {
	if o == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stopped = true
	if o.file != nil {
		_ = o.file.Close()
		o.file = nil
	}
	if o.temp != "" {
		_ = os.Remove(o.temp)
		o.temp = ""
	}
	if o.folder != "" {
		_ = os.RemoveAll(o.folder) // it is our own, made under a name that was free
		o.folder = ""
	}
}

// compressor is what compresses a file of this name, or nil.
func compressor(name string, w io.Writer) (io.WriteCloser, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".gz":
		return gzip.NewWriter(w), nil
	case ".zst":
		// On the caller's goroutine; the others are busy making what is written.
		return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
	}
	return nil, nil
}

// writeError says which output could not be written.
type writeError struct {
	name string
	err  error
}

// Error is the one line that a user needs: the name and the system's reason.
func (e *writeError) Error() string {
	name := e.name
	if name == stdStream {
		name = "standard output"
	}
	return fmt.Sprintf("cannot write %s: %v", name, reason(e.err))
}

// Unwrap returns the system's error.
func (e *writeError) Unwrap() error { return e.err }

// isBrokenPipe tells whether whoever read our output went away.
func isBrokenPipe(err error) bool {
	if errors.Is(err, syscall.EPIPE) {
		return true
	}
	// ERROR_BROKEN_PIPE and ERROR_NO_DATA, which package syscall does not name
	// on all systems.
	code, ok := errors.AsType[syscall.Errno](err)
	return ok && runtime.GOOS == "windows" && (code == 109 || code == 232)
}
