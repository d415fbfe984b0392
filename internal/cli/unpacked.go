package cli

import (
	"errors"
	"fmt"
	"io"
)

// unpacked is an input that is decompressed. It tells bad compression from errors
// of the input below, in the words of jsonstat, which decompresses documents
// itself.
type unpacked struct {
	r     io.ReadCloser
	name  string // of the compression
	below io.Reader
	err   error // how the input below ended
}

// upstream is the input below, watched.
func (u *unpacked) upstream() io.Reader { return (*upstream)(u) }

type upstream unpacked

func (u *upstream) Read(p []byte) (int, error) {
	n, err := u.below.Read(p)
	if err != nil {
		u.err = err
	}
	return n, err
}

// Read decompresses.
func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err != nil && err != io.EOF {
		err = u.explain(err)
	}
	return n, err
}

// Close closes the decompressor.
func (u *unpacked) Close() error { return u.r.Close() }

func (u *unpacked) explain(err error) error {
	switch {
	case u.err != nil && u.err != io.EOF:
		return u.err
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return InputError(fmt.Errorf("the %s data is cut off", u.name))
	}
	return InputError(fmt.Errorf("bad %s data: %w", u.name, err))
}
