package spool

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// Rewindable makes a reader one that can be read twice: what does not seek to its
// own start is kept in a temporary file until done is called.
func Rewindable(r io.Reader) (s *Source, done func(), err error) {
	if s, ok := r.(io.ReadSeeker); ok {
		if at, err := s.Seek(0, io.SeekCurrent); err == nil && at == 0 {
			return NewSource(s), func() {}, nil
		}
	}
	f, done, err := File()
	if err != nil {
		return nil, nil, err
	}
	if _, err := Fill(f, r); err != nil {
		done()
		return nil, nil, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		done()
		return nil, nil, err
	}
	return NewSource(f), done, nil
}

// Fill copies what r has to a file. It does not let the system copy from file to
// file, whose errors of reading would be called those of writing.
func Fill(f *os.File, r io.Reader) (int64, error) {
	return io.CopyBuffer(struct{ io.Writer }{f}, struct{ io.Reader }{r}, make([]byte, 256<<10))
}

// File is a temporary file that is gone when done is called.
func File() (f *os.File, done func(), err error) {
	f, free, err := temporary()
	if err != nil {
		return nil, nil, fmt.Errorf("keeping the input in a temporary file: %w", err)
	}
	return f, func() { _ = free() }, nil
}

// temporary makes a temporary file that is gone when done is called.
func temporary() (f *os.File, done func() error, err error) {
	if f, err = os.CreateTemp("", "jsonstat-*"); err != nil {
		return nil, nil, err
	}
	if os.Remove(f.Name()) == nil { // where a file may lose its name it cannot be left behind
		return f, f.Close, nil
	}
	return f, func() error { return errors.Join(f.Close(), os.Remove(f.Name())) }, nil
}
