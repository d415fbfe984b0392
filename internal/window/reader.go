package window

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Size is the length of the window through which a source is read. It
// fits the second-level cache together with the output buffer of a writer.
const Size = 128 << 10

// firstStep is how much is read behind a jump, tokenStep if it is for one token.
const (
	firstStep = 8 << 10
	tokenStep = 512
)

// MaxToken is the longest string or number that is read.
const MaxToken = 64 << 20

// Source is bytes that can be read at an offset. Unlike an io.ReaderAt it may
// return fewer bytes than asked for without an error; io.EOF marks the end.
type Source interface {
	ReadAt(p []byte, off int64) (int, error)
}

// ErrNested tells that a row of cells holds an array or an object.
var ErrNested = errors.New("cells hold an array or an object")

// SyntaxError is text that breaks its grammar, or is beyond a limit.
type SyntaxError struct {
	Offset int64
	Msg    string
	Row    bool   // it is in a row of cells
	Step   string // in a row of cells: index or name of the cell it is in; "" if it is between two
	NaN    bool   // the text is NaN or Infinity, which some writers emit
	UTF8   bool   // the text is not UTF-8
	Limit  bool   // the text may be in order but is beyond a limit
}

// Error gives the place and the reason.
func (e *SyntaxError) Error() string { return fmt.Sprintf("byte %d: %s", e.Offset, e.Msg) }

// ReadError wraps an error of the source below, so that it is not taken for a
// fault of the text.
type ReadError struct{ Err error }

// Error is that of the source.
func (e *ReadError) Error() string { return e.Err.Error() }

// Unwrap returns the error of the source.
func (e *ReadError) Unwrap() error { return e.Err }

// Pad is how many bytes Buf has behind the window: the sentinel, and what is
// looked at with it when eight bytes are loaded at a time.
const Pad = 8

// Reader is a window over a source; the package comment shows how it moves. Buf[End] is
// always 0, which ends every loop over bytes of one class, so that the loops need no bounds
// of their own. A token that meets the end of the window is read again when more came.
type Reader struct {
	Src   Source
	Buf   []byte
	Pos   int   // next unread byte
	Mark  int   // first byte that Fill keeps; never behind Pos
	End   int   // end of the bytes in Buf
	Base  int64 // offset of Buf[0] in the source
	size  int   // length to which the window grows as it is read on
	step  int   // bytes to ask for next: little behind a jump, then more
	eof   bool
	Hold  bool      // the window must not move now
	Err   error     // error of the source, after the bytes in Buf
	lines int64     // newlines before Buf[0], counted from where the reader started
	bol   int64     // offset of the line that Buf[0] is on
	known lineStart // a later place in the window whose line was asked for, or its start
}

// lineStart is an index into the window with the newlines in front of it and the offset of
// its line, so that the places of many errors are found in one pass.
type lineStart struct {
	at         int
	lines, bol int64
}

// NewReader returns a reader at the start of src with a window of size bytes;
// 0 means Size.
func NewReader(src Source, size int) *Reader {
	if size <= 0 {
		size = Size
	}
	return &Reader{Src: src, size: size, step: firstStep, Buf: make([]byte, min(size, firstStep)+Pad)}
}

// Goto moves to an offset. What is in the window already is not read again. An
// error of the source is forgotten: it comes again if it lasts.
func (r *Reader) Goto(off int64) {
	if off >= r.Base && off <= r.Base+int64(r.End) {
		r.Pos = int(off - r.Base)
		r.Mark, r.Err = r.Pos, nil
		return
	}
	r.Base, r.Pos, r.Mark, r.End, r.eof, r.Err = off, 0, 0, 0, false, nil
	r.step = firstStep
	r.Buf[0] = 0
	r.lines, r.bol = 0, off
	r.known = lineStart{0, 0, off}
}

// Offset is the offset of the next unread byte.
func (r *Reader) Offset() int64 { return r.Base + int64(r.Pos) }

// LineColumn is the place of an offset inside the window, for sources that
// cannot be read again. Both count from 1.
func (r *Reader) LineColumn(off int64) (line, column int) {
	i := int(off - r.Base)
	if i < 0 || i > r.End {
		return 0, 0
	}
	p := r.known
	if i < p.at {
		p = lineStart{0, r.lines, r.bol}
	}
	if k := bytes.LastIndexByte(r.Buf[p.at:i], '\n'); k >= 0 {
		p.lines += int64(bytes.Count(r.Buf[p.at:i], []byte{'\n'}))
		p.bol = r.Base + int64(p.at+k) + 1
	}
	p.at = i
	r.known = p
	return int(p.lines) + 1, int(off-p.bol) + 1
}

// JumpBack is Goto for a place that was read before, at which LineColumn gave
// line and column, if they are needed: counting goes on from there.
func (r *Reader) JumpBack(off int64, line, column int) {
	r.Goto(off)
	if r.Base == off && line > 0 {
		r.lines, r.bol = int64(line)-1, off-int64(column)+1
		r.known = lineStart{0, r.lines, r.bol}
	}
}

// Stuck tells that Fill brings no more.
func (r *Reader) Stuck() bool { return r.eof || r.Err != nil || r.Hold }

var newline = []byte{'\n'}

// Fill slides Buf[Mark:End] to the front and reads more behind it, so that
// every index into the window falls by Mark, also if no bytes came. It reports
// whether some did.
func (r *Reader) Fill() bool {
	if r.Stuck() {
		return false
	}
	if keep := r.Mark; keep > 0 {
		if n := bytes.Count(r.Buf[:keep], newline); n > 0 { // many texts have no lines
			r.lines += int64(n)
			r.bol = r.Base + int64(bytes.LastIndexByte(r.Buf[:keep], '\n')) + 1
		}
		if r.known.at -= keep; r.known.at < 0 {
			r.known = lineStart{0, r.lines, r.bol}
		}
		copy(r.Buf, r.Buf[keep:r.End])
		r.Base += int64(keep)
		r.Pos -= keep
		r.End -= keep
		r.Mark = 0
	}
	room := len(r.Buf) - Pad
	if r.End == room || (room-r.End < r.step && room < r.size) {
		if r.End >= MaxToken {
			r.Err = &SyntaxError{Offset: r.Base, Msg: fmt.Sprintf("a string or number longer than %d MiB", MaxToken>>20), Limit: true}
			return false
		}
		room = max(min(r.End+r.step, r.size), 2*r.End)
		grown := make([]byte, room+Pad)
		copy(grown, r.Buf[:r.End])
		r.Buf = grown
	}
	free := r.Buf[r.End:room]
	free = free[:min(len(free), r.step)]
	if r.step < r.size {
		r.step *= 4
	}
	n, err := r.Src.ReadAt(free, r.Base+int64(r.End))
	r.End += n
	r.Buf[r.End] = 0
	switch {
	case err == io.EOF:
		r.eof = true
	case err == nil && n == 0:
		err = io.ErrNoProgress
		fallthrough
	case err != nil:
		r.Err = &ReadError{err}
	}
	return n > 0
}

// More is Fill for callers that hold an index behind Mark; it returns the
// index moved along.
func (r *Reader) More(i int) (int, bool) {
	before := r.Base
	ok := r.Fill()
	return i - int(r.Base-before), ok
}

// Need fills until n bytes stand at index i, or the text ends.
func (r *Reader) Need(i, n int) int {
	for r.End-i < n && !r.Stuck() {
		i, _ = r.More(i)
	}
	return i
}

// Fault makes an error at window index i, or returns the source's own error
// if that is why the text ended there.
func (r *Reader) Fault(i int, format string, args ...any) error {
	if i >= r.End && r.Err != nil {
		return r.Err
	}
	return &SyntaxError{Offset: r.Base + int64(i), Msg: fmt.Sprintf(format, args...)}
}

// Unexpected tells what stands at index i where want was needed.
func (r *Reader) Unexpected(i int, want string) error {
	if i >= r.End {
		if r.Err != nil {
			return r.Err
		}
		return r.Fault(i, "the document ends too early, %s was expected: it is cut off", want)
	}
	if r.Buf[i] >= utf8.RuneSelf {
		i = r.Need(i, utf8.UTFMax) // to show the character whole
	}
	return r.Fault(i, "unexpected %s, expected %s", Describe(r.Buf[i:r.End]), want)
}

// Describe names the character that text starts with.
func Describe(text []byte) string {
	c := text[0]
	switch {
	case c == 0:
		return "NUL character"
	case c < 0x20 || c == 0x7f:
		return "control character 0x" + Hex(c)
	case c >= utf8.RuneSelf:
		if _, n := utf8.DecodeRune(text); n > 1 {
			return "character " + string(text[:n])
		}
		return "byte 0x" + Hex(c)
	case c == '\'':
		return `character ' (strings take ")`
	}
	return "character " + string(rune(c))
}

// Space moves to the next byte that is not white space. It returns that byte,
// 0 at the end of the text.
func (r *Reader) Space() byte {
	for {
		c := r.Buf[r.Pos]
		for c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			r.Pos++
			c = r.Buf[r.Pos]
		}
		if r.Pos < r.End {
			return c
		}
		r.Mark = r.Pos
		if !r.Fill() {
			return 0
		}
	}
}

// CheckEnd checks that only white space is left.
func (r *Reader) CheckEnd() error {
	r.Space()
	if r.Pos < r.End {
		r.Need(r.Pos, utf8.UTFMax)
		return r.Fault(r.Pos, "text after the end of the document: %s", Describe(r.Buf[r.Pos:r.End]))
	}
	return r.Err
}

// Hex is a byte as two digits.
func Hex(c byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[c>>4], digits[c&15]})
}
