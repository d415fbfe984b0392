package jsonstat

import (
	"bufio"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// recoder turns other encodings into UTF-8.
type recoder struct {
	r     *bufio.Reader
	enc   encoding
	table [256]rune // of encodings with one byte a character
	buf   []byte
	out   []byte // what of buf is left
	read  int64  // bytes taken from r
	err   error  // what follows out
}

func newRecoder(r *bufio.Reader, enc encoding) *recoder {
	c := &recoder{r: r, enc: enc}
	for i := range c.table {
		c.table[i] = rune(i) // Latin-1
	}
	for b, u := range charTable(enc) {
		c.table[b] = u
	}
	return c
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

func (c *recoder) Read(p []byte) (int, error) {
	if len(c.out) == 0 && c.err == nil {
		c.fill()
	}
	if len(c.out) == 0 {
		return 0, c.err
	}
	n := copy(p, c.out)
	c.out = c.out[n:]
	return n, nil
}

// fill recodes about two kilobytes, or what there is before the next error.
func (c *recoder) fill() {
	c.buf = c.buf[:0]
	for len(c.buf) < 2048 && c.err == nil {
		first := c.read == 0
		u, err := c.char()
		c.err = err
		if err == nil && !(first && u == 0xfeff) {
			c.buf = utf8.AppendRune(c.buf, u)
		}
	}
	c.out = c.buf
}

// char reads a character.
func (c *recoder) char() (rune, error) {
	if c.enc != encodingUTF16BE && c.enc != encodingUTF16LE {
		b, err := c.r.ReadByte()
		c.read++
		return c.table[b], err
	}
	u, err := c.unit()
	if err != nil || !utf16.IsSurrogate(u) {
		return u, err
	}
	at := c.read - 2
	low, err := c.unit()
	if err == io.EOF {
		err = errCutUTF16
	}
	if u = utf16.DecodeRune(u, low); u == utf8.RuneError && err == nil {
		err = fmt.Errorf("half a character at byte %d: the text is not UTF-16: %w", at, ErrEncoding)
	}
	return u, err
}

var errCutUTF16 = fmt.Errorf("the UTF-16 text is cut off in the middle of a character: %w", ErrSyntax)

// unit reads 16 bits.
func (c *recoder) unit() (rune, error) {
	a, err := c.r.ReadByte()
	if err != nil {
		return 0, err
	}
	b, err := c.r.ReadByte()
	if err == io.EOF {
		err = errCutUTF16
	}
	c.read += 2
	if c.enc == encodingUTF16LE {
		a, b = b, a
	}
	return rune(a)<<8 | rune(b), err
}
