package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
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

// open looks at the input below. If it is compressed, u decompresses it; else it is
// to be read from what is returned.
func (u *unpacked) open() (plain io.Reader, err error) {
	br := bufio.NewReaderSize(u.upstream(), 64<<10)
	// An input that is shorter than any magic number, or fails, says so when read.
	head, _ := br.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte(gzipMagic)):
		u.name = "gzip"
		u.r, err = gzip.NewReader(br)
	case bytes.HasPrefix(head, []byte(zstdMagic)):
		u.name = "zstd"
		u.r, err = openZstd(br)
	}
	if err != nil {
		return nil, u.explain(err)
	}
	return br, nil
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
