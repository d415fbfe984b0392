package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// OpenDocument reads the head of the JSON-stat document that the call names, by
// the flags that say how. Tell it what must be known before the first cell, so
// that a pipe can stream. The document is closed after Run, and its warnings are
// printed then.
func (c *Context) OpenDocument(need jsonstat.Need) (*jsonstat.Document, error) {
	if c.IsSet("dataset") {
		need |= jsonstat.NeedHead // what is there to choose from stands to the end
	}
	o := jsonstat.Options{
		Strict:        c.Bool("strict"),
		NaNAsNull:     c.IsSet("nan"),
		Pad:           c.Bool("pad"),
		Encoding:      c.String("encoding"),
		Stream:        true,
		Need:          need,
		Decompressors: []jsonstat.Decompressor{zstdDecompressor()},
	}
	doc, err := c.openDocument(o)
	if err != nil {
		// The names of encodings are jsonstat's; a wrong one is the caller's.
		if errors.Is(err, jsonstat.ErrEncodingName) {
			err = Usage(err)
		}
		return nil, err
	}
	c.docs = append(c.docs, doc)
	return doc, nil
}

// OpenDataset is [Context.OpenDocument] and [Context.Dataset].
func (c *Context) OpenDataset(need jsonstat.Need) (*jsonstat.Dataset, error) {
	doc, err := c.OpenDocument(need)
	if err != nil {
		return nil, err
	}
	return c.Dataset(doc)
}

// Dataset chooses one dataset of a document: the one that --dataset names, else
// the first. It warns if that leaves others out.
func (c *Context) Dataset(doc *jsonstat.Document) (*jsonstat.Dataset, error) {
	if c.IsSet("dataset") {
		return doc.Find(c.String("dataset"))
	}
	ds, err := doc.Dataset(0)
	if err == nil && ds.Cells().Info().Once {
		// How many there are, and whether the document is in order, is known at its end.
		c.report.hold(func() { c.warnOthers(doc) })
		return ds, nil
	}
	c.warnOthers(doc)
	return ds, err
}

// warnOthers warns of the datasets that are left out.
func (c *Context) warnOthers(doc *jsonstat.Document) {
	if n := doc.Len(); n > 1 {
		var names []string
		for info := range doc.Datasets() {
			name := info.ID
			if name == "" {
				name = info.Label
			}
			if names = append(names, name); len(names) == 10 {
				names[9] = "..."
				break
			}
		}
		c.Warn("the document holds %d datasets, the first one is taken; --dataset chooses another of %s", n, strings.Join(names, ", "))
	}
}

// finishInput reads the documents of the run to their ends, and returns what is wrong
// with one of them: of a file that is known before anything else can go wrong.
func (c *Context) finishInput(err error) error {
	if c.ctx.Err() != nil || c.out.failed() != nil {
		return err // nobody waits for the result
	}
	if _, ours := errors.AsType[internalError](err); ours {
		return err
	}
	for _, d := range c.docs {
		if bad := d.Finish(); bad != nil {
			c.report.drop(d.Len() == 0)
			return bad
		}
	}
	return err
}

// openDocument leaves regular files to jsonstat, which reads them at offsets and
// from several places; the progress then shows what is written. What the first bytes
// are is asked only when a document could not be read: a pipe is not held up.
func (c *Context) openDocument(o jsonstat.Options) (*jsonstat.Document, error) {
	if c.files.inSize > 0 {
		c.progress.start(0)
		c.first = func() []byte { return firstOfFile(c.files.in) }
		return o.Open(c.files.in)
	}
	r, err := c.rawInput()
	if err != nil {
		return nil, err
	}
	m := &remembering{r: r}
	c.first = m.decompressed
	return o.Read(m)
}

// Input opens the input as bytes, decompressed if it is gzip or zstd, and of a zip
// archive one member if the command's formats are [Members]. It is closed after Run.
// That of a plain file is an [io.Seeker] too. It is an error if it is known to be in a
// format that the command does not read.
func (c *Context) Input() (io.Reader, error) {
	r, err := c.openInput()
	if err != nil || c.cmd.Formats == nil {
		return r, err
	}
	first, r, err := c.known(r)
	if err != nil {
		return nil, err
	}
	if choose, ok := c.cmd.Formats.(Members); ok && isZip(first) {
		if r, err = c.member(r, choose); err != nil {
			return nil, err
		}
		if first, r, err = c.known(r); err == nil && isZip(first) {
			err = InputError(errors.New("this is a zip archive in a zip archive: unpack it first"))
		}
	}
	return r, err
}

// known looks at the first bytes of an input, which are then read again.
func (c *Context) known(r io.Reader) (first []byte, all io.Reader, err error) {
	if s, ok := r.(*seekable); ok {
		first = make([]byte, FirstBytes)
		n, _ := s.file.ReadAt(first, 0) // a file that cannot be read says so when it is
		first = first[:n]
	} else {
		first, r = lookAhead(r)
	}
	c.first = func() []byte { return first }
	return first, r, c.cmd.Formats.Input(c, first, nil)
}

// openInput opens the input, decompressed.
func (c *Context) openInput() (io.Reader, error) {
	r, err := c.rawInput()
	if err != nil {
		return nil, err
	}
	if isFile(c.files.in) {
		file := c.closers[len(c.closers)-1].(*os.File)
		var magic [4]byte
		if n, err := file.ReadAt(magic[:], 0); (err == nil || err == io.EOF) && !packed(magic[:n]) {
			return &seekable{file: file, counted: r}, nil
		}
	}
	return c.unpack(r)
}

// unpack decompresses what is compressed. It is closed after Run.
func (c *Context) unpack(r io.Reader) (io.Reader, error) {
	u := &unpacked{below: r}
	plain, err := u.open()
	if err != nil {
		return nil, err
	}
	if u.r == nil {
		return plain, nil
	}
	c.closers = append(c.closers, u)
	return u, nil
}

// seekable is a file that may be read several times. Its progress is how far it
// was read at all.
type seekable struct {
	file     *os.File
	counted  io.Reader
	at, seen int64
}

func (s *seekable) Read(p []byte) (n int, err error) {
	if s.at < s.seen {
		n, err = s.file.Read(p[:min(int64(len(p)), s.seen-s.at)])
	} else {
		n, err = s.counted.Read(p)
	}
	s.at += int64(n)
	s.seen = max(s.seen, s.at)
	return n, err
}

func (s *seekable) Seek(offset int64, whence int) (int64, error) {
	at, err := s.file.Seek(offset, whence)
	if err == nil {
		s.at = at
	}
	return at, err
}

// rawInput opens the input as it is.
func (c *Context) rawInput() (io.Reader, error) {
	if !isFile(c.files.in) {
		return c.stdin()
	}
	f, err := os.Open(c.files.in)
	if err != nil {
		return nil, err
	}
	c.closers = append(c.closers, f)
	c.progress.start(c.files.inSize)
	return c.progress.reader(f), nil
}

// stdin gives out standard input, which can be had but once.
func (c *Context) stdin() (io.Reader, error) {
	if c.read {
		return nil, errors.New("standard input was read already")
	}
	c.read = true
	c.progress.start(0)
	return c.progress.reader(c.env.Stdin), nil
}

// closeInput closes all that was opened, last first, once the run needs it no more.
func (c *Context) closeInput() {
	for _, d := range c.docs {
		c.warnings = append(c.warnings, d.Warnings()...)
		// Nothing that was read can be wrong any more.
		_ = d.Close()
	}
	for i := len(c.closers) - 1; i >= 0; i-- {
		_ = c.closers[i].Close()
	}
}

// The first bytes of compressed data.
const (
	gzipMagic = "\x1f\x8b"
	zstdMagic = "\x28\xb5\x2f\xfd"
)

func packed(head []byte) bool {
	return bytes.HasPrefix(head, []byte(gzipMagic)) || bytes.HasPrefix(head, []byte(zstdMagic))
}

// zstdDecompressor teaches jsonstat zstd.
func zstdDecompressor() jsonstat.Decompressor {
	return jsonstat.Decompressor{Name: "zstd", Magic: zstdMagic, Open: openZstd}
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
