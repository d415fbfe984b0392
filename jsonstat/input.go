package jsonstat

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// input is the text of a document: a source of UTF-8 bytes, and what must be closed behind
// it. A regular file of plain UTF-8 is read at offsets and never copied. Everything else
// goes through a chain that is built in openStream, and is spooled at its end:
//
//	reader -> gzip or another decompressor (twice at most) -> UTF-8 -> spool.Stream
type input struct {
	src     window.Source
	spool   *spool.Stream // nil if the bytes can be read at any offset for free
	start   int64         // offset of the text behind a byte order mark
	size    int64         // bytes of the text, 0 if that is not known
	closers []io.Closer
}

func (in *input) Close() error {
	var errs []error
	for i := len(in.closers) - 1; i >= 0; i-- {
		errs = append(errs, in.closers[i].Close())
	}
	in.closers = nil
	return errors.Join(errs...)
}

// closeAfter closes an input that could not be opened completely, and returns the error.
func (in *input) closeAfter(err error) error {
	if cerr := in.Close(); cerr != nil {
		return errors.Join(err, cerr)
	}
	return err
}

// sniffLen is how much of an input tells what it is.
const sniffLen = 16

const (
	bomUTF8   = charset.MarkUTF8
	magicGzip = "\x1f\x8b"
)

// openFile opens a regular file at offsets, anything else as a stream.
func (o Options) openFile(name string) (*input, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	in, err := o.openRegular(f)
	if err != nil {
		return nil, (&input{closers: []io.Closer{f}}).closeAfter(err)
	}
	in.closers = append([]io.Closer{f}, in.closers...)
	return in, nil
}

// openRegular reads a regular file at offsets, if its bytes are the text.
func (o Options) openRegular(f *os.File) (*input, error) {
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &os.PathError{Op: "read", Path: f.Name(), Err: errors.New("is a directory")}
	case !info.Mode().IsRegular():
		return o.openStream(f)
	}
	return o.openAt(f, f, info.Size())
}

// openAt reads at offsets, if the bytes are the text; else in one go.
func (o Options) openAt(src window.Source, once io.Reader, size int64) (*input, error) {
	head := make([]byte, sniffLen)
	n, err := src.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if head = head[:n]; o.needsDecoding(head) {
		return o.openStream(once)
	}
	return newPlainInput(src, head, size), nil
}

// newPlainInput is an input whose bytes are the text.
func newPlainInput(src window.Source, head []byte, size int64) *input {
	in := &input{src: src, size: size}
	if bytes.HasPrefix(head, []byte(bomUTF8)) {
		in.start = int64(len(bomUTF8))
	}
	return in
}

// needsDecoding tells whether the bytes must be decompressed or turned into UTF-8.
func (o Options) needsDecoding(head []byte) bool {
	if o.findDecompressor(head) != nil {
		return true
	}
	enc, err := encodingOf(o.Encoding, head)
	return err != nil || enc != charset.UTF8
}

// findDecompressor is the decompressor for what starts with head, nil if there is none.
func (o Options) findDecompressor(head []byte) *Decompressor {
	all := append([]Decompressor{{Name: "gzip", Magic: magicGzip, Open: func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) }}}, o.Decompressors...)
	for i := range all {
		if all[i].Magic != "" && bytes.HasPrefix(head, []byte(all[i].Magic)) {
			return &all[i]
		}
	}
	return nil
}

// openBytes reads from memory.
func (o Options) openBytes(text []byte) (*input, error) {
	if head := text[:min(len(text), sniffLen)]; !o.needsDecoding(head) {
		return newPlainInput(window.Bytes(text), head, int64(len(text))), nil
	}
	return o.openStream(bytes.NewReader(text))
}

// openStream decompresses r and turns it into UTF-8 as need be, and spools it.
func (o Options) openStream(r io.Reader) (*input, error) {
	in := &input{}
	br := bufio.NewReaderSize(r, 4096)
	head, err := br.Peek(sniffLen)
	if err != nil && err != io.EOF {
		return nil, err
	}
	r = br
	// Compression twice over is a mistake that happens.
	for range 2 {
		d := o.findDecompressor(head)
		if d == nil {
			break
		}
		dr := &decompressedInput{below: spool.Watch(r), name: d.Name}
		rc, err := d.Open(dr.below)
		if err != nil {
			return nil, in.closeAfter(dr.explain(err))
		}
		dr.r = rc
		in.closers = append(in.closers, dr)
		br = bufio.NewReaderSize(dr, 4096)
		if head, err = br.Peek(sniffLen); err != nil && err != io.EOF {
			return nil, in.closeAfter(err)
		}
		r = br
	}
	enc, err := encodingOf(o.Encoding, head)
	if err != nil {
		return nil, in.closeAfter(err)
	}
	if enc != charset.UTF8 {
		r = decodedInput{charset.NewReader(br, enc)}
	} else if bytes.HasPrefix(head, []byte(bomUTF8)) {
		in.start = int64(len(bomUTF8))
	}
	in.spool = spool.NewStream(r)
	in.src = in.spool
	in.closers = append(in.closers, in.spool)
	return in, nil
}

// decompressedInput tells bad compression from errors of the reader below.
type decompressedInput struct {
	r     io.ReadCloser
	below *spool.Source
	name  string
}

// Close closes the decompressor. What it says then was said by Read.
func (d *decompressedInput) Close() error {
	_ = d.r.Close()
	return nil
}

func (d *decompressedInput) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err != nil && err != io.EOF {
		err = d.explain(err)
	}
	return n, err
}

func (d *decompressedInput) explain(err error) error {
	switch cause := d.below.Cause(nil); {
	case cause != nil && errors.Is(err, cause):
		return cause
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Offset: -1, Msg: "the " + d.name + " data is cut off", Err: io.ErrUnexpectedEOF}
	}
	return &Error{Offset: -1, Msg: fmt.Sprintf("bad %s data: %v", d.name, err), Err: err}
}

// encodingOf finds the encoding of a text by its head, see [charset.OfJSON].
func encodingOf(name string, head []byte) (charset.Encoding, error) {
	enc, known := charset.OfJSON(name, head)
	if !known {
		return 0, fmt.Errorf("%w %q: it is one of %s", ErrEncodingName, name, charset.Names)
	}
	return enc, nil
}

// decodedInput is a text turned into UTF-8.
type decodedInput struct{ r *charset.Reader }

func (c decodedInput) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if e, ok := errors.AsType[*charset.Error](err); ok {
		bad := &Error{Offset: e.Offset, Msg: e.Msg, Err: ErrEncoding}
		if e.Cut {
			bad.Err = ErrSyntax
		}
		err = bad
	}
	return n, err
}
