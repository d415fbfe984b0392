package build

import (
	"fmt"
	"io"
	"os"
)

// Rewindable makes a reader one that can be read twice: what cannot go back to its
// start is kept in a temporary file. Call done when it is read.
func Rewindable(r io.Reader) (src io.ReadSeeker, done func(), err error) {
	if s, ok := r.(io.ReadSeeker); ok {
		if at, err := s.Seek(0, io.SeekCurrent); err == nil && at == 0 {
			return s, func() {}, nil
		}
	}
	f, done, err := TempFile()
	if err != nil {
		return nil, nil, err
	}
	if _, err := io.Copy(f, r); err != nil {
		done()
		return nil, nil, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		done()
		return nil, nil, err
	}
	return f, done, nil
}

// TempFile makes a temporary file, without a name where that can be, and what
// takes it away.
func TempFile() (f *os.File, done func(), err error) {
	f, err = os.CreateTemp("", "jsonstat")
	if err != nil {
		return nil, nil, fmt.Errorf("making a temporary file: %w", err)
	}
	done = func() {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
	if os.Remove(f.Name()) == nil { // where a file may lose its name it cannot be left behind
		done = func() { _ = f.Close() }
	}
	return f, done, nil
}
