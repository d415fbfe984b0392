package charset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// A Reader turns a text into UTF-8. A byte order mark at its start is left out. It decodes
// 16 KB at a time; bytes of a character that is cut off at the end stay at the start of in
// for the next round.
type Reader struct {
	r     io.Reader
	enc   Encoding
	table [256]rune // of encodings with one byte a character
	in    []byte    // what was read and is not decoded yet lies at its start
	left  int       // how much that is
	buf   []byte
	out   []byte // what of buf is left
	at    int64  // where in begins in the text
	lines int64  // line ends before in
	err   error  // what follows out
}

// room is how much is decoded at a time.
const room = 16 << 10

// maxEmpty is how often in a row a reader may give nothing.
const maxEmpty = 100

// NewReader turns what r has into UTF-8, from an encoding that is another one.
func NewReader(r io.Reader, e Encoding) *Reader {
	return &Reader{r: r, enc: e, table: table(e), in: make([]byte, room)}
}

// none stands for a byte that is no character.
const none = -1

// table has the characters of all bytes.
func table(e Encoding) (t [256]rune) {
	for i := range t {
		t[i] = rune(i)
	}
	switch e {
	case Latin9:
		for b, u := range map[byte]rune{0xa4: '€', 0xa6: 'Š', 0xa8: 'š', 0xb4: 'Ž', 0xb8: 'ž', 0xbc: 'Œ', 0xbd: 'œ', 0xbe: 'Ÿ'} {
			t[b] = u
		}
	case Windows1252:
		for i, u := range []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ") {
			if t[0x80+i] = u; u == rune(0x80+i) {
				t[0x80+i] = none
			}
		}
	}
	return t
}

// Loose decodes a text of which little is known as windows-1252: bytes that are no
// character there stand for themselves.
func Loose(text []byte) string {
	t := table(Windows1252)
	runes := make([]rune, len(text))
	for i, b := range text {
		if runes[i] = t[b]; t[b] == none {
			runes[i] = rune(b)
		}
	}
	return string(runes)
}

// Error is what is wrong with a text in its encoding, and where.
type Error struct {
	Line   int64 // from 1
	Offset int64 // in bytes of the text as it is
	Msg    string
	Cut    bool // the text ends in the middle of a character
}

// Error gives line and reason.
func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Msg) }

// Read gives UTF-8.
func (d *Reader) Read(p []byte) (int, error) {
	for empty := 0; len(d.out) == 0 && d.err == nil; empty++ {
		if empty > maxEmpty {
			return 0, io.ErrNoProgress
		}
		d.fill()
	}
	if len(d.out) == 0 {
		return 0, d.err
	}
	n := copy(p, d.out)
	d.out = d.out[n:]
	return n, nil
}

// fill decodes what there is to read.
func (d *Reader) fill() {
	n, err := d.r.Read(d.in[d.left:])
	d.buf, d.err = d.buf[:0], err
	text := d.in[:d.left+n]
	var taken int
	var wrong *Error
	if d.enc == UTF16BE || d.enc == UTF16LE {
		taken, wrong = d.units(text, err == io.EOF)
	} else {
		taken, wrong = d.bytes(text)
	}
	d.out = d.buf
	if wrong != nil {
		wrong.Line = d.lines + 1 + int64(bytes.Count(d.buf, []byte("\n")))
		d.err = wrong
		return
	}
	if d.at == 0 {
		d.out = bytes.TrimPrefix(d.out, []byte(MarkUTF8))
	}
	d.lines += int64(bytes.Count(d.buf, []byte("\n")))
	d.at += int64(taken)
	d.left = copy(d.in, text[taken:])
}

// bytes decodes an encoding with one byte a character.
func (d *Reader) bytes(text []byte) (taken int, wrong *Error) {
	for i := 0; i < len(text); {
		// Most is ASCII, eight bytes at a time.
		from := i
		for i+8 <= len(text) && binary.LittleEndian.Uint64(text[i:])&0x8080808080808080 == 0 {
			i += 8
		}
		for i < len(text) && text[i] < utf8.RuneSelf {
			i++
		}
		d.buf = append(d.buf, text[from:i]...)
		for ; i < len(text) && text[i] >= utf8.RuneSelf; i++ {
			u := d.table[text[i]]
			if u == none {
				return i, &Error{Offset: d.at + int64(i), Msg: fmt.Sprintf("byte 0x%02x is no character of %s", text[i], d.enc)}
			}
			d.buf = utf8.AppendRune(d.buf, u)
		}
	}
	return len(text), nil
}

// units decodes UTF-16, as far as its characters are whole.
func (d *Reader) units(text []byte, end bool) (taken int, wrong *Error) {
	high := 1 // where of two bytes the higher one stands
	if d.enc == UTF16BE {
		high = 0
	}
	for i := 0; i < len(text); {
		if i+2 > len(text) {
			return i, d.cut(i, end)
		}
		u := rune(text[i+high])<<8 | rune(text[i+1-high])
		switch {
		case u < utf8.RuneSelf:
			d.buf = append(d.buf, byte(u))
			i += 2
			continue
		case !utf16.IsSurrogate(u):
			d.buf = utf8.AppendRune(d.buf, u)
			i += 2
			continue
		case i+4 > len(text) && (!end || u < 0xdc00):
			return i, d.cut(i, end)
		}
		if i+4 <= len(text) {
			u = utf16.DecodeRune(u, rune(text[i+2+high])<<8|rune(text[i+3-high]))
		} else {
			u = utf8.RuneError
		}
		if u == utf8.RuneError {
			return i, &Error{Offset: d.at + int64(i), Msg: "half a character: the text is not UTF-16"}
		}
		d.buf = utf8.AppendRune(d.buf, u)
		i += 4
	}
	return len(text), nil
}

// cut is what is wrong with a character that is not whole at the end of a text.
func (d *Reader) cut(i int, end bool) *Error {
	if !end {
		return nil
	}
	return &Error{Offset: d.at + int64(i), Msg: "the UTF-16 text is cut off in the middle of a character", Cut: true}
}
