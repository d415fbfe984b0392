package jsonstat

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/jsonstat/internal/scan"
)

// input is the text of a document: a source of UTF-8 bytes and what must be
// closed behind it.
type input struct {
	src     scan.Source
	spool   *scan.Spool // nil if the bytes can be read at any offset for free
	start   int64       // offset of the text behind a byte order mark
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

// sniffLen is how much of an input tells what it is.
const sniffLen = 16

const (
	bomUTF8    = "\xef\xbb\xbf"
	bomUTF16BE = "\xfe\xff"
	bomUTF16LE = "\xff\xfe"
	magicGzip  = "\x1f\x8b"
)

// openFile opens a regular file at offsets, anything else as a stream.
func (o Options) openFile(name string) (*input, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = &os.PathError{Op: "read", Path: name, Err: errors.New("is a directory")}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	var in *input
	if info.Mode().IsRegular() {
		head := make([]byte, sniffLen)
		n, rerr := f.ReadAt(head, 0)
		if rerr != nil && rerr != io.EOF {
			return nil, errors.Join(rerr, f.Close())
		}
		if head = head[:n]; !o.changes(head) {
			in, err = plain(f, head)
		} else {
			in, err = o.openStream(f)
		}
	} else {
		in, err = o.openStream(f)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	in.closers = append([]io.Closer{f}, in.closers...)
	return in, nil
}

// plain is an input whose bytes are the text.
func plain(src scan.Source, head []byte) (*input, error) {
	in := &input{src: src}
	if bytes.HasPrefix(head, []byte(bomUTF8)) {
		in.start = int64(len(bomUTF8))
	}
	return in, nil
}

// changes tells whether the bytes must be decompressed or recoded.
func (o Options) changes(head []byte) bool {
	if o.compressed(head) != nil {
		return true
	}
	enc, err := encodingOf(o.Encoding, head)
	return err != nil || enc != encodingUTF8
}

// compressed is the decompressor for what starts with head, nil if there is none.
func (o Options) compressed(head []byte) *Decompressor {
	all := append([]Decompressor{{Name: "gzip", Magic: magicGzip, Open: func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) }}}, o.Decompressors...)
	for i := range all {
		if bytes.HasPrefix(head, []byte(all[i].Magic)) {
			return &all[i]
		}
	}
	return nil
}

// openBytes reads from memory.
func (o Options) openBytes(text []byte) (*input, error) {
	if head := text[:min(len(text), sniffLen)]; !o.changes(head) {
		return plain(scan.Bytes(text), head)
	}
	return o.openStream(bytes.NewReader(text))
}

// openStream decompresses and recodes r as need be and spools it.
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
		d := o.compressed(head)
		if d == nil {
			break
		}
		rc, err := d.Open(r)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("bad %s data: %w", d.Name, err), in.Close())
		}
		in.closers = append(in.closers, rc)
		br = bufio.NewReaderSize(&decompressed{rc, d.Name}, 4096)
		if head, err = br.Peek(sniffLen); err != nil && err != io.EOF {
			return nil, errors.Join(err, in.Close())
		}
		r = br
	}
	enc, err := encodingOf(o.Encoding, head)
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	if enc != encodingUTF8 {
		r = &recoder{r: br, enc: enc, table: charTable(enc)}
	} else if bytes.HasPrefix(head, []byte(bomUTF8)) {
		in.start = int64(len(bomUTF8))
	}
	in.spool = scan.NewSpool(r)
	in.src = in.spool
	in.closers = append(in.closers, in.spool)
	return in, nil
}

// decompressed says of an error that it comes from bad compression.
type decompressed struct {
	r    io.Reader
	name string
}

func (d *decompressed) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err != nil && err != io.EOF {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = fmt.Errorf("the %s data is cut off", d.name)
		} else {
			err = fmt.Errorf("bad %s data: %w", d.name, err)
		}
	}
	return n, err
}

type encoding uint8

const (
	encodingUTF8 encoding = iota
	encodingUTF16BE
	encodingUTF16LE
	encodingLatin1
	encodingLatin9
	encodingWindows1252
)

// Encodings that [Options.Encoding] knows, under all their names.
var encodings = map[string]encoding{
	"utf8": encodingUTF8, "utf16": encodingUTF16LE, "utf16be": encodingUTF16BE, "utf16le": encodingUTF16LE,
	"iso88591": encodingLatin1, "latin1": encodingLatin1, "l1": encodingLatin1,
	"iso885915": encodingLatin9, "latin9": encodingLatin9, "latin15": encodingLatin9,
	"windows1252": encodingWindows1252, "cp1252": encodingWindows1252, "ansi": encodingWindows1252,
}

// encodingOf finds the encoding by name, else by byte order mark.
func encodingOf(name string, head []byte) (encoding, error) {
	key := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
	enc, known := encodings[key]
	if name != "" && !known {
		return 0, fmt.Errorf("unknown encoding %q: it is one of utf-8, utf-16, iso-8859-1, iso-8859-15, windows-1252", name)
	}
	switch {
	case bytes.HasPrefix(head, []byte(bomUTF8)):
		return encodingUTF8, nil // a mark of three bytes is no accident
	case name == "" || enc == encodingUTF16LE || enc == encodingUTF16BE:
		switch {
		case bytes.HasPrefix(head, []byte(bomUTF16BE)):
			return encodingUTF16BE, nil
		case bytes.HasPrefix(head, []byte(bomUTF16LE)):
			return encodingUTF16LE, nil
		case len(head) >= 2 && head[0] == 0 && head[1] != 0:
			return encodingUTF16BE, nil
		case len(head) >= 2 && head[0] != 0 && head[1] == 0:
			return encodingUTF16LE, nil
		}
	}
	return enc, nil
}

// charTable gives the characters of the bytes from 0x80 that differ from Latin-1.
func charTable(enc encoding) map[byte]rune {
	switch enc {
	case encodingLatin9:
		return map[byte]rune{0xa4: '€', 0xa6: 'Š', 0xa8: 'š', 0xb4: 'Ž', 0xb8: 'ž', 0xbc: 'Œ', 0xbd: 'œ', 0xbe: 'Ÿ'}
	case encodingWindows1252:
		t := map[byte]rune{}
		for i, c := range []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ") {
			t[byte(0x80+i)] = c
		}
		return t
	}
	return nil
}

// recoder turns other encodings into UTF-8.
type recoder struct {
	r     *bufio.Reader
	enc   encoding
	table map[byte]rune
	out   []byte
	begun bool
}

func (c *recoder) Read(p []byte) (int, error) {
	for len(c.out) == 0 {
		if err := c.more(); err != nil {
			return 0, err
		}
	}
	n := copy(p, c.out)
	c.out = c.out[n:]
	return n, nil
}

// more recodes what the buffer of the reader holds.
func (c *recoder) more() error {
	c.out = c.out[:0]
	for len(c.out) < 2048 {
		u, err := c.rune()
		if err == io.EOF && len(c.out) > 0 {
			return nil
		}
		if err != nil {
			return err
		}
		if u != 0xfeff || c.begun {
			c.out = utf8.AppendRune(c.out, u)
		}
		c.begun = true
	}
	return nil
}

func (c *recoder) rune() (rune, error) {
	if c.enc != encodingUTF16BE && c.enc != encodingUTF16LE {
		b, err := c.r.ReadByte()
		if u, ok := c.table[b]; ok {
			return u, err
		}
		return rune(b), err
	}
	u, err := c.unit()
	if err != nil || !utf16.IsSurrogate(u) {
		return u, err
	}
	low, err := c.unit()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return utf16.DecodeRune(u, low), err
}

// unit reads 16 bits.
func (c *recoder) unit() (rune, error) {
	a, err := c.r.ReadByte()
	if err != nil {
		return 0, err
	}
	b, err := c.r.ReadByte()
	if err != nil {
		return 0, errors.New("the UTF-16 text is cut off in the middle of a character")
	}
	if c.enc == encodingUTF16LE {
		a, b = b, a
	}
	return rune(a)<<8 | rune(b), nil
}
