// Package scan reads JSON text of any length through one small window: sources
// of bytes, a strict tokenizer, a flat tree for the parts that fit in memory
// and a fast path for the long rows of scalars that do not. It knows nothing of
// JSON-stat beyond the names of the members that may hold such rows.
package scan

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// WindowSize is the length of the window through which a source is read. It
// fits the second-level cache together with the output buffer of a writer.
const WindowSize = 128 << 10

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

// SyntaxError is text that is not JSON, or is beyond a limit.
type SyntaxError struct {
	Offset int64
	Msg    string
	Cell   int64  // in a row of cells the number of the cell, from 1; else 0
	Row    bool   // it is in a row of cells
	Step   string // in a row of cells: index or name of the cell it is in; "" if it is between two
	NaN    bool   // the text is NaN or Infinity, which some writers emit
	UTF8   bool   // the text is not UTF-8
	Limit  bool   // the text may be JSON but is beyond a limit
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("byte %d: %s", e.Offset, e.Msg) }

// ReadError wraps an error of the source below, so that it is not taken for a
// fault of the text.
type ReadError struct{ Err error }

func (e *ReadError) Error() string { return e.Err.Error() }

// Unwrap returns the error of the source.
func (e *ReadError) Unwrap() error { return e.Err }

// pad is how many bytes buf has behind the window: the sentinel, and what is
// looked at with it when eight bytes are loaded at a time.
const pad = 8

// Reader is a window over a source. buf[end] is always 0, which ends every loop
// over bytes of one class, so that the loops need no bounds of their own. A
// token that meets the end of the window is read again when more came.
type Reader struct {
	src   Source
	buf   []byte
	pos   int   // next unread byte
	mark  int   // first byte that fill keeps; never behind pos
	end   int   // end of the bytes in buf
	base  int64 // offset of buf[0] in the source
	size  int   // length to which the window grows as it is read on
	step  int   // bytes to ask for next: little behind a jump, then more
	eof   bool
	hold  bool  // the window must not move now
	err   error // error of the source, after the bytes in buf
	lines int64 // newlines before buf[0], counted from where the reader started
	bol   int64 // offset of the line that buf[0] is on
	known place // a later place in the window whose line was asked for, or its start
	NaN   bool  // read NaN and Infinity as null
}

// place is an index into the window with the newlines in front of it and the offset
// of its line, so that a row of places is told in one pass.
type place struct {
	at         int
	lines, bol int64
}

// NewReader returns a reader at the start of src with a window of size bytes;
// 0 means WindowSize.
func NewReader(src Source, size int) *Reader {
	if size <= 0 {
		size = WindowSize
	}
	return &Reader{src: src, size: size, step: firstStep, buf: make([]byte, min(size, firstStep)+pad)}
}

// Goto moves to an offset. What is in the window already is not read again. An
// error of the source is forgotten: it comes again if it lasts.
func (r *Reader) Goto(off int64) {
	if off >= r.base && off <= r.base+int64(r.end) {
		r.pos = int(off - r.base)
		r.mark, r.err = r.pos, nil
		return
	}
	r.base, r.pos, r.mark, r.end, r.eof, r.err = off, 0, 0, 0, false, nil
	r.step = firstStep
	r.buf[0] = 0
	r.lines, r.bol = 0, off
	r.known = place{0, 0, off}
}

// Offset is the offset of the next unread byte.
func (r *Reader) Offset() int64 { return r.base + int64(r.pos) }

// LineColumn is the place of an offset inside the window, for sources that
// cannot be read again. Both count from 1.
func (r *Reader) LineColumn(off int64) (line, column int) {
	i := int(off - r.base)
	if i < 0 || i > r.end {
		return 0, 0
	}
	p := r.known
	if i < p.at {
		p = place{0, r.lines, r.bol}
	}
	if k := bytes.LastIndexByte(r.buf[p.at:i], '\n'); k >= 0 {
		p.lines += int64(bytes.Count(r.buf[p.at:i], []byte{'\n'}))
		p.bol = r.base + int64(p.at+k) + 1
	}
	p.at = i
	r.known = p
	return int(p.lines) + 1, int(off-p.bol) + 1
}

// jumpBack is Goto for a place that was read before, at which LineColumn gave
// line and column, if they are needed: counting goes on from there.
func (r *Reader) jumpBack(off int64, line, column int) {
	r.Goto(off)
	if r.base == off && line > 0 {
		r.lines, r.bol = int64(line)-1, off-int64(column)+1
		r.known = place{0, r.lines, r.bol}
	}
}

// stuck tells that fill brings no more.
func (r *Reader) stuck() bool { return r.eof || r.err != nil || r.hold }

// fill slides buf[mark:end] to the front and reads more behind it, so that
// every index into the window falls by mark, also if no bytes came. It reports
// whether some did.
func (r *Reader) fill() bool {
	if r.stuck() {
		return false
	}
	if keep := r.mark; keep > 0 {
		r.lines += int64(bytes.Count(r.buf[:keep], []byte{'\n'}))
		if k := bytes.LastIndexByte(r.buf[:keep], '\n'); k >= 0 {
			r.bol = r.base + int64(k) + 1
		}
		if r.known.at -= keep; r.known.at < 0 {
			r.known = place{0, r.lines, r.bol}
		}
		copy(r.buf, r.buf[keep:r.end])
		r.base += int64(keep)
		r.pos -= keep
		r.end -= keep
		r.mark = 0
	}
	room := len(r.buf) - pad
	if r.end == room || (room-r.end < r.step && room < r.size) {
		if r.end >= MaxToken {
			r.err = &SyntaxError{Offset: r.base, Msg: fmt.Sprintf("a string or number longer than %d MiB", MaxToken>>20), Limit: true}
			return false
		}
		room = max(min(r.end+r.step, r.size), 2*r.end)
		grown := make([]byte, room+pad)
		copy(grown, r.buf[:r.end])
		r.buf = grown
	}
	free := r.buf[r.end:room]
	free = free[:min(len(free), r.step)]
	if r.step < r.size {
		r.step *= 4
	}
	n, err := r.src.ReadAt(free, r.base+int64(r.end))
	r.end += n
	r.buf[r.end] = 0
	switch {
	case err == io.EOF:
		r.eof = true
	case err == nil && n == 0:
		err = io.ErrNoProgress
		fallthrough
	case err != nil:
		r.err = &ReadError{err}
	}
	return n > 0
}

// more is fill for callers that hold an index behind mark; it returns the
// index moved along.
func (r *Reader) more(i int) (int, bool) {
	before := r.base
	ok := r.fill()
	return i - int(r.base-before), ok
}

// need fills until n bytes stand at index i, or the text ends.
func (r *Reader) need(i, n int) int {
	for r.end-i < n && !r.stuck() {
		i, _ = r.more(i)
	}
	return i
}

// syntax makes an error at window index i, or returns the source's own error
// if that is why the text ended there.
func (r *Reader) syntax(i int, format string, args ...any) error {
	if i >= r.end && r.err != nil {
		return r.err
	}
	return &SyntaxError{Offset: r.base + int64(i), Msg: fmt.Sprintf(format, args...)}
}

// unexpected tells what stands at index i where want was needed.
func (r *Reader) unexpected(i int, want string) error {
	if i >= r.end {
		if r.err != nil {
			return r.err
		}
		return r.syntax(i, "the document ends too early, %s was expected: it is cut off", want)
	}
	if r.buf[i] >= utf8.RuneSelf {
		i = r.need(i, utf8.UTFMax) // to show the character whole
	}
	return r.syntax(i, "unexpected %s, expected %s", describe(r.buf[i:r.end]), want)
}

// describe names the character that text starts with.
func describe(text []byte) string {
	c := text[0]
	switch {
	case c == 0:
		return "NUL character"
	case c < 0x20 || c == 0x7f:
		return "control character 0x" + hex2(c)
	case c >= utf8.RuneSelf:
		if _, n := utf8.DecodeRune(text); n > 1 {
			return "character " + string(text[:n])
		}
		return "byte 0x" + hex2(c)
	case c == '\'':
		return `character ' (strings take ")`
	}
	return "character " + string(rune(c))
}

// space moves to the next byte that is not white space. It returns that byte,
// 0 at the end of the text.
func (r *Reader) space() byte {
	for {
		c := r.buf[r.pos]
		for c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			r.pos++
			c = r.buf[r.pos]
		}
		if r.pos < r.end {
			return c
		}
		r.mark = r.pos
		if !r.fill() {
			return 0
		}
	}
}

// solid is space without letting go of mark.
func (r *Reader) solid() byte {
	for {
		b := r.buf[r.pos]
		for b == ' ' || b == '\n' || b == '\t' || b == '\r' {
			r.pos++
			b = r.buf[r.pos]
		}
		if r.pos < r.end || !r.fill() {
			return b
		}
	}
}

// Peek returns the first byte of the text behind white space without taking it, 0 at the end.
func (r *Reader) Peek() byte { return r.space() }

// End checks that only white space is left.
func (r *Reader) End() error {
	r.space()
	if r.pos < r.end {
		r.need(r.pos, utf8.UTFMax)
		return r.syntax(r.pos, "text behind the end of the document: %s", describe(r.buf[r.pos:r.end]))
	}
	return r.err
}
