package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// FirstBytes is how many bytes of an input [Formats] are shown.
const FirstBytes = 4096

// Formats is what a command knows of the formats of files. Its methods return nil
// where nothing is wrong, or nothing is known.
type Formats interface {
	// Missing is asked for the name of an input that is no file.
	Missing(c *Context, name string) error

	// Input is asked for the first bytes of the input, at most [FirstBytes] of them,
	// decompressed. That is once before [Context.Input] returns it, with a nil error,
	// and once when a run failed by what the input holds, with how it failed. What it
	// returns is what the run fails with.
	Input(c *Context, first []byte, failure error) error

	// Output is asked for the name of an output before anything is read.
	Output(c *Context, name string) error
}

// Name is how the command was called: the program, and which of its commands.
func (c *Context) Name() string { return c.cmd.fullName() }

// otherFormat is what to say of a failed run whose input is in another format.
func (c *Context) otherFormat(err error) error {
	_, ours := errors.AsType[internalError](err)
	if err == nil || ours || c.cmd.Formats == nil || c.first == nil || c.ctx.Err() != nil || c.out.failed() != nil ||
		exitStatus(err) != exitFailed || !aboutDocument(err) {
		return err
	}
	if other := c.cmd.Formats.Input(c, c.first(), err); other != nil {
		return other
	}
	return err
}

// lookAhead reads the first bytes of an input, and returns what reads them again.
func lookAhead(r io.Reader) (first []byte, all io.Reader) {
	first = make([]byte, FirstBytes)
	n, err := io.ReadFull(r, first)
	first = first[:n]
	switch err {
	case nil:
		return first, io.MultiReader(bytes.NewReader(first), r)
	case io.EOF, io.ErrUnexpectedEOF:
		return first, bytes.NewReader(first)
	}
	return first, io.MultiReader(bytes.NewReader(first), faulty{err})
}

// faulty is the end of an input that cannot be read.
type faulty struct{ err error }

func (f faulty) Read([]byte) (int, error) { return 0, f.err }

// remembering is a pipe that remembers its first bytes.
type remembering struct {
	r     io.Reader
	first []byte
}

func (m *remembering) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if room := FirstBytes - len(m.first); room > 0 {
		m.first = append(m.first, p[:min(n, room)]...)
	}
	return n, err
}

// decompressed are the first bytes, however few of them were needed to see that they
// make no sense: it does not matter in which pieces a pipe gives them.
func (m *remembering) decompressed() []byte {
	_, _ = io.ReadFull(m, make([]byte, FirstBytes-len(m.first)))
	return decompressed(bytes.NewReader(m.first))
}

// firstOfFile are the first bytes of a file, decompressed, none if it cannot be read.
func firstOfFile(name string) []byte {
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	return decompressed(f)
}

// decompressed are the first bytes of r, decompressed as often as jsonstat does it.
func decompressed(r io.Reader) []byte {
	for range 2 {
		u := &unpacked{below: r}
		br, err := u.open()
		if err != nil {
			return nil
		}
		if u.r == nil {
			r = br
			break
		}
		defer u.Close()
		r = u
	}
	first, _ := lookAhead(r)
	return first
}
