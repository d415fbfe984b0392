package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
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

// unpack decompresses what is compressed. There is nothing to close if it is not.
func unpack(r io.Reader) (plain io.Reader, close func() error, err error) {
	u := &unpacked{below: r}
	br := bufio.NewReaderSize((*upstream)(u), 64<<10)
	// An input that is shorter than any magic number, or fails, says so when read.
	head, _ := br.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte(gzipMagic)):
		u.name = "gzip"
		u.r, err = gzip.NewReader(br)
	case bytes.HasPrefix(head, []byte(zstdMagic)):
		u.name = "zstd"
		u.r, err = openZstd(br)
	default:
		return br, nil, nil
	}
	if err != nil {
		return nil, nil, u.explain(err)
	}
	return u, u.r.Close, nil
}

// upstream is the input below, watched.
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

func (u *unpacked) explain(err error) error {
	switch {
	case u.err != nil && u.err != io.EOF:
		return u.err
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return InputError(fmt.Errorf("the %s data is cut off", u.name))
	}
	return InputError(fmt.Errorf("bad %s data: %w", u.name, err))
}

// The first bytes of compressed data.
const (
	gzipMagic = "\x1f\x8b"
	zstdMagic = "\x28\xb5\x2f\xfd"
)

func packed(head []byte) bool {
	return bytes.HasPrefix(head, []byte(gzipMagic)) || bytes.HasPrefix(head, []byte(zstdMagic))
}

// maxZstdWindow is how much a frame may ask to have kept, that of the zstd
// program: enough for all its levels.
const maxZstdWindow = 128 << 20

// openZstd decompresses on the caller's goroutine, with no more memory than the
// data asks for.
func openZstd(r io.Reader) (io.ReadCloser, error) {
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxZstdWindow))
	if err != nil {
		return nil, err
	}
	return d.IOReadCloser(), nil
}
