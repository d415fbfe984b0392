package cli

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// outputBuffer is how much is written to the system at once. Larger pieces pass
// through without being copied.
const outputBuffer = 256 << 10

// output is where a run writes. It has three layers: perhaps a compressor, the
// buffer, and the place.
type output struct {
	place  *place
	check  func() error // what stands against the output when it is opened, or nil
	top    io.Writer    // what the command writes to; nil before it asked
	packer io.Closer
	buffer *bufio.Writer
}

// newOutput prepares an output and touches nothing.
func newOutput(env Env, tool string, f files, p *progress) *output {
	return &output{place: &place{tool: tool, files: f, stdout: env.Stdout, closeStdout: env.closeStdout, progress: p}}
}

// Output opens the output and returns where to write it. Ask for it as late as
// possible: before, a failure leaves no trace. A regular file is written under
// another name beside its place and gets its own when Run returns nil; a name
// that ends in .gz or .zst is compressed. Writing is buffered.
func (o *output) Output() (io.Writer, error) {
	if o.top != nil {
		return o.top, nil
	}
	if o.check != nil {
		if err := o.check(); err != nil {
			return nil, err
		}
	}
	if err := o.place.open(); err != nil {
		return nil, err
	}
	o.buffer = bufio.NewWriterSize(o.place, outputBuffer)
	o.top = o.buffer
	packer, err := compressor(o.place.files.out, o.buffer)
	if err != nil {
		return nil, err
	}
	if packer != nil {
		o.top, o.packer = packer, packer
	}
	return o.top, nil
}

// OutputFolder makes the output a folder, and returns a function that creates files
// in it, by names with slashes, one at a time. It is an alternative to
// [Context.Output]: the folder is made under another name beside its place and gets
// its own when Run returns nil. One that exists is replaced then, in one step where the
// system can do that.
func (o *output) OutputFolder(how FolderOutput) (create func(name string) (io.WriteCloser, error), err error) {
	if o.check != nil {
		if err := o.check(); err != nil {
			return nil, err
		}
	}
	f := &o.place.files
	if f.out == stdStream {
		return nil, Usagef("the output is a folder, which a pipe cannot take: name it")
	}
	if f.replace != nil || f.direct {
		return nil, Usagef("%s exists and is no folder: remove it, or name another", f.out)
	}
	if err := how.look(f); err != nil {
		return nil, err
	}
	name, err := o.place.openFolder()
	if err != nil {
		return nil, err
	}
	return outputFolder{o.place, name}.create, nil
}

// Replace makes a file the output of the run, to be replaced if it is there. It
// is for commands that bring a file up to date; call it before Output.
func (o *output) Replace(name string) error {
	f := files{out: name}
	if err := f.lookAtOutput(o.place.stdout, nil, true); err != nil {
		return err
	}
	o.place.files = f
	return nil
}

// WriteBeside writes a small file that goes with the output, whole or not at all. One that
// is there is replaced.
func (o *output) WriteBeside(name string, text []byte) error {
	temp, err := writeTemp(name, o.place.tool, text)
	if err == nil {
		if err = os.Rename(temp, name); err != nil {
			_ = os.Remove(temp)
		}
	}
	if err != nil {
		return &writeError{name, err}
	}
	return nil
}

// commit writes what is buffered and gives the output its name.
func (o *output) commit() error {
	if o.packer != nil {
		if err := o.packer.Close(); err != nil {
			return o.place.fail(err)
		}
	}
	if o.buffer != nil {
		if err := o.buffer.Flush(); err != nil {
			return o.place.fail(err)
		}
	}
	return o.place.fail(o.place.finish())
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
