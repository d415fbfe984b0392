package charset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Writing is the encoding of that name for a text that is to be written, see [Named].
// marked says that the text begins with a byte order mark: that of UTF-16 without the
// order of its bytes does, for nothing else would tell it.
func Writing(name string) (e Encoding, marked, ok bool) {
	e, ok = Named(name)
	return e, ok && plainName(name) == "utf16", ok
}

// HasMark tells whether a text in the encoding may begin with a byte order mark.
func (e Encoding) HasMark() bool { return e <= UTF16LE }

// A Writer turns a text in UTF-8 into another encoding and writes it. What is not UTF-8
// counts as U+FFFD.
type Writer struct {
	w     io.Writer
	enc   Encoding
	low   [256]int16 // of encodings with one byte a character: the byte of each of the first characters, none if there is none
	high  []special  // and of the others
	buf   []byte
	left  []byte // the start of a character that was cut off
	lines int64  // line ends that were written
}

// special is a character from U+0100 on that has a byte.
type special struct {
	char rune
	b    byte
}

// NewWriter writes to w, in an encoding that is not UTF-8.
func NewWriter(w io.Writer, e Encoding) *Writer {
	d := &Writer{w: w, enc: e}
	if !e.HasMark() {
		for i := range d.low {
			d.low[i] = none
		}
		for b, u := range table(e) {
			if u >= 256 {
				d.high = append(d.high, special{u, byte(b)})
			} else if u != none {
				d.low[u] = int16(b)
			}
		}
		slices.SortFunc(d.high, func(a, b special) int { return int(a.char - b.char) })
	}
	return d
}

// LacksError is a character that an encoding does not have.
type LacksError struct {
	Char          rune
	Encoding      Encoding
	Line          int64  // where it stands, from 1
	Before, After string // what stands around it in the same line, as far as that is known, and not more than some words
}

// Error names the character, its line and the encoding.
func (e *LacksError) Error() string {
	return fmt.Sprintf("line %d: %q (U+%04X) is no character of %s", e.Line, e.Char, e.Char, e.Encoding)
}

// Write writes a piece of the text, which may end within a character. Of a piece with a
// character that the encoding lacks, which is a [*LacksError], nothing is written.
func (d *Writer) Write(p []byte) (int, error) {
	text := p
	if len(d.left) > 0 {
		text = append(d.left, p...)
	}
	whole := len(text) - cutOff(text)
	d.buf = d.buf[:0]
	var err error
	if d.enc.HasMark() {
		d.units(text[:whole])
	} else {
		err = d.bytes(text[:whole])
	}
	if err != nil {
		return 0, err
	}
	d.lines += int64(bytes.Count(text[:whole], []byte{'\n'}))
	d.left = append(d.left[:0:0], text[whole:]...)
	if _, err := d.w.Write(d.buf); err != nil {
		return 0, err
	}
	return len(p), nil
}

// cutOff is how many bytes at the end of a text are the start of a character.
func cutOff(text []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if b := text[len(text)-n:]; utf8.RuneStart(b[0]) {
			if utf8.FullRune(b) {
				return 0
			}
			return n
		}
	}
	return 0
}

// ascii is how many bytes of a text, from i on, are ASCII.
func ascii(text []byte, i int) int {
	from := i
	for i+8 <= len(text) && binary.LittleEndian.Uint64(text[i:])&0x8080808080808080 == 0 {
		i += 8
	}
	for i < len(text) && text[i] < utf8.RuneSelf {
		i++
	}
	return i - from
}

// bytes encodes with one byte a character.
func (d *Writer) bytes(text []byte) error {
	for i := 0; i < len(text); {
		n := ascii(text, i)
		d.buf = append(d.buf, text[i:i+n]...)
		for i += n; i < len(text) && text[i] >= utf8.RuneSelf; {
			u, size := utf8.DecodeRune(text[i:])
			b, ok := d.byteOf(u)
			if !ok {
				return d.lacks(text, i, u, size)
			}
			d.buf = append(d.buf, b)
			i += size
		}
	}
	return nil
}

// byteOf is the byte of a character beyond ASCII.
func (d *Writer) byteOf(u rune) (byte, bool) {
	if u < 256 {
		return byte(d.low[u]), d.low[u] != none
	}
	i, ok := slices.BinarySearchFunc(d.high, u, func(s special, u rune) int { return int(s.char - u) })
	if !ok {
		return 0, false
	}
	return d.high[i].b, true
}

// units encodes as UTF-16.
func (d *Writer) units(text []byte) {
	order := binary.AppendByteOrder(binary.LittleEndian)
	if d.enc == UTF16BE {
		order = binary.BigEndian
	}
	for i := 0; i < len(text); {
		n := ascii(text, i)
		for _, b := range text[i : i+n] {
			if d.enc == UTF16BE {
				d.buf = append(d.buf, 0, b)
			} else {
				d.buf = append(d.buf, b, 0)
			}
		}
		for i += n; i < len(text) && text[i] >= utf8.RuneSelf; {
			u, size := utf8.DecodeRune(text[i:])
			i += size
			if u > 0xffff {
				u -= 0x10000
				d.buf = order.AppendUint16(d.buf, uint16(0xd800+u>>10))
				u = 0xdc00 + u&0x3ff
			}
			d.buf = order.AppendUint16(d.buf, uint16(u))
		}
	}
}

// around is how many bytes of a line are told on either side of a character.
const around = 200

// lacks is the error for a character of a text.
func (d *Writer) lacks(text []byte, i int, u rune, size int) error {
	before, after := text[:i], text[i+size:]
	line := d.lines + 1 + int64(bytes.Count(before, []byte{'\n'}))
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	if k := bytes.IndexByte(after, '\n'); k >= 0 {
		after = after[:k]
	}
	before, after = before[max(0, len(before)-around):], after[:min(len(after), around)]
	return &LacksError{Char: u, Encoding: d.enc, Line: line, Before: strings.ToValidUTF8(string(before), ""), After: strings.ToValidUTF8(string(after), "")}
}
