package spool

import (
	"errors"
	"io"
	"sync"
)

// Source is an input that can be read again, and at offsets. It remembers the
// first error of reading it: whatever a format makes of that error on its way up,
// it is what is reported in the end, see [Source.Cause].
type Source struct {
	r  io.ReadSeeker
	at io.ReaderAt // nil if r cannot be read at offsets

	mu  sync.Mutex
	err error
}

// NewSource watches r, which is read at offsets if it can be.
func NewSource(r io.ReadSeeker) *Source {
	at, _ := r.(io.ReaderAt)
	return &Source{r: r, at: at}
}

// Watch watches what is read once, from its start to its end.
func Watch(r io.Reader) *Source { return &Source{r: once{r}} }

// once is a reader that does not seek.
type once struct{ io.Reader }

// Seek is not possible.
func (once) Seek(int64, int) (int64, error) { return 0, errors.New("the input can be read once only") }

// Read reads on.
func (s *Source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	return n, s.note(err)
}

// Seek goes to an offset.
func (s *Source) Seek(offset int64, whence int) (int64, error) {
	at, err := s.r.Seek(offset, whence)
	return at, s.note(err)
}

// ReadAt reads at an offset. Where the input itself cannot, it goes there, and
// [Source.Read] goes on behind.
func (s *Source) ReadAt(p []byte, off int64) (int, error) {
	if s.at != nil {
		n, err := s.at.ReadAt(p, off)
		return n, s.note(err)
	}
	if _, err := s.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	for n, empty := 0, 0; ; {
		m, err := s.r.Read(p[n:])
		if n += m; n == len(p) {
			return n, nil
		}
		if empty++; m > 0 {
			empty = 0
		} else if err == nil && empty == maxEmpty {
			err = io.ErrNoProgress
		}
		if err != nil {
			return n, s.note(err)
		}
	}
}

// note remembers an error that is not the end. An error that others take for the
// end of a file that is cut off becomes one that they do not.
func (s *Source) note(err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
	if err == io.ErrUnexpectedEOF {
		return &readError{err}
	}
	return err
}

// maxEmpty is how often a reader may give neither bytes nor an error.
const maxEmpty = 100

// readError is an error of reading that compares to no other.
type readError struct{ err error }

// Error is the error's own message.
func (e *readError) Error() string { return e.err.Error() }

// Unwrap returns the error.
func (e *readError) Unwrap() error { return e.err }

// Cause is the error of reading the input, if there was one, else err. The
// input's error comes as it is: what a format said of it, that the input is
// empty, damaged or of another format, is wrong.
func (s *Source) Cause(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return s.err
	}
	return err
}
