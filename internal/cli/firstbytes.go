package cli

import (
	"bytes"
	"io"
	"os"
)

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
	first, _ := decompressed(bytes.NewReader(m.first)) // what is wrong is known already
	return first
}

// firstOfFile are the first bytes of a file, decompressed.
func firstOfFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return decompressed(f)
}

// decompressed are the first bytes of r, decompressed as often as jsonstat does it.
func decompressed(r io.Reader) ([]byte, error) {
	for range 2 {
		plain, close, err := unpack(r)
		if err != nil {
			return nil, err
		}
		r = plain
		if close != nil {
			defer func() { _ = close() }()
		}
	}
	first, rest := lookAhead(r)
	if len(first) == 0 {
		_, err := rest.Read(make([]byte, 1))
		if err != io.EOF {
			return nil, err
		}
	}
	return first, nil
}
