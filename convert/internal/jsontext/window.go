// Package jsontext reads JSON text in one window that is reused: for tables and
// messages of any length, of which only a piece is looked at at a time.
package jsontext

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unsafe"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Size is how much of a text is in memory at a time. Only tests change it.
var Size = 256 << 10

// maxEntry is the longest string or observation that is read.
const maxEntry = 64 << 20

// Window is JSON text, seen through one buffer that is reused.
// Whoever reads a piece of it looks at [Window.Rest], asks for more if the piece does
// not end there, and begins it again: pieces are short.
type Window struct {
	src      io.ReadSeeker
	buf      []byte
	pos, end int
	base     int64 // offset of buf[0]
	eof      bool
	astray   bool   // the source does not stand at the end of what is in buf
	name     []byte // of the member that is being read
}

// New is a window on a text, which nobody else reads.
func New(src io.ReadSeeker) *Window { return NewSize(src, Size) }

// NewSize is a window in which so much is in memory at a time, at most [Size].
func NewSize(src io.ReadSeeker, size int) *Window {
	return &Window{src: src, buf: make([]byte, min(size, Size)), astray: true}
}

// Start goes to the first byte, behind a byte order mark.
func (w *Window) Start() error {
	if err := w.Goto(0); err != nil {
		return err
	}
	if _, err := w.Peek(); err != nil {
		return err
	}
	if bytes.HasPrefix(w.buf[:w.end], []byte("\ufeff")) {
		w.pos = len("\ufeff")
	}
	return nil
}

// Offset is where the next byte stands.
func (w *Window) Offset() int64 { return w.base + int64(w.pos) }

// Goto goes to an offset. What is in memory is not read again.
func (w *Window) Goto(off int64) error {
	if at := off - w.base; !w.astray && 0 <= at && at <= int64(w.end) {
		w.pos = int(at)
		return nil
	}
	if _, err := w.src.Seek(off, io.SeekStart); err != nil {
		return err
	}
	w.base, w.pos, w.end, w.eof, w.astray = off, 0, 0, false, false
	return nil
}

// More reads more behind what is there, of which buf[pos:end] stays. At the end
// of the text it fails.
func (w *Window) More() error {
	if w.eof {
		w.pos = w.end
		return w.Fault("the document ends too early: it is cut off")
	}
	if w.pos > 0 {
		w.base += int64(w.pos)
		w.end = copy(w.buf, w.buf[w.pos:w.end])
		w.pos = 0
	}
	if w.end == len(w.buf) {
		if w.end >= maxEntry {
			return &jsonstat.Error{Offset: w.Offset(), Msg: fmt.Sprintf("a value is longer than %d MiB", maxEntry>>20), Err: jsonstat.ErrLimit}
		}
		w.buf = append(w.buf, make([]byte, len(w.buf))...)
	}
	n, err := io.ReadFull(w.src, w.buf[w.end:])
	w.end += n
	switch err {
	case io.EOF, io.ErrUnexpectedEOF:
		w.eof = true
	case nil:
	default:
		return err
	}
	return nil
}

// Rest is what of the text is in memory from the next byte on, valid until more is
// read.
func (w *Window) Rest() []byte { return w.buf[w.pos:w.end] }

// Advance passes over n bytes of [Window.Rest].
func (w *Window) Advance(n int) { w.pos += n }

// Read reads a piece of the text, wherever it stands. The next byte must be sought
// anew, with [Window.Goto].
func (w *Window) Read(from, to int64) ([]byte, error) {
	w.astray = true
	if _, err := w.src.Seek(from, io.SeekStart); err != nil {
		return nil, err
	}
	b := make([]byte, to-from)
	_, err := io.ReadFull(w.src, b)
	return b, err
}

// Fault is a mistake in the JSON text at the next byte.
func (w *Window) Fault(format string, args ...any) error {
	return &jsonstat.Error{Offset: w.Offset(), Msg: fmt.Sprintf(format, args...), Err: jsonstat.ErrSyntax}
}

// Peek passes over white space and returns the next byte, 0 at the end.
func (w *Window) Peek() (byte, error) {
	for {
		for ; w.pos < w.end; w.pos++ {
			if c := w.buf[w.pos]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
				return c, nil
			}
		}
		if w.eof {
			return 0, nil
		}
		if err := w.More(); err != nil {
			return 0, err
		}
	}
}

// Take passes over white space and one byte, which must be c.
func (w *Window) Take(c byte) error {
	got, err := w.Peek()
	if err != nil {
		return err
	}
	if got != c {
		return w.Unexpected("%q", c)
	}
	w.pos++
	return nil
}

// Unexpected tells what stands where something else should.
func (w *Window) Unexpected(format string, args ...any) error {
	if w.pos == w.end {
		return w.More()
	}
	return w.Fault("unexpected %q, expected %s", w.buf[w.pos], fmt.Sprintf(format, args...))
}

// Str reads a string and returns its text, valid until more is read.
func (w *Window) Str() ([]byte, error) {
	if c, err := w.Peek(); err != nil || c != '"' {
		if err == nil {
			err = w.Unexpected("a string")
		}
		return nil, err
	}
	for {
		if text, n := quoted(w.buf[w.pos:w.end]); n > 0 {
			if text == nil {
				return nil, w.Fault("a string is not closed, or has a control character or a wrong escape")
			}
			w.pos += n
			return text, nil
		}
		if err := w.More(); err != nil {
			return nil, err
		}
	}
}

// quoted reads the string at the start of b. n is 0 if it does not end in b; text
// is nil if it is no JSON.
func quoted(b []byte) (text []byte, n int) {
	escaped := false
	for i := 1; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\\':
			escaped = true
			i++
		case c == '"' && !escaped:
			return b[1:i:i], i + 1
		case c == '"':
			var s string
			if json.Unmarshal(b[:i+1], &s) != nil {
				return nil, i + 1
			}
			return append(make([]byte, 0, len(s)+1), s...), i + 1
		case c < ' ':
			return nil, i + 1
		}
	}
	return nil, 0
}

// Members goes through an object. f reads the value of each member, whose name is
// valid until then.
func (w *Window) Members(f func(name string) error) error {
	if err := w.Take('{'); err != nil {
		return err
	}
	if c, err := w.Peek(); err != nil || c == '}' {
		if err == nil {
			w.pos++
		}
		return err
	}
	for {
		name, err := w.Str()
		if err != nil {
			return err
		}
		w.name = append(w.name[:0], name...)
		if err := w.Take(':'); err != nil {
			return err
		}
		if err := f(unsafe.String(unsafe.SliceData(w.name), len(w.name))); err != nil {
			return err
		}
		if more, err := w.Next('}'); !more {
			return err
		}
	}
}

// Elements goes through an array. f reads each element.
func (w *Window) Elements(f func(i int) error) error {
	if err := w.Take('['); err != nil {
		return err
	}
	if c, err := w.Peek(); err != nil || c == ']' {
		if err == nil {
			w.pos++
		}
		return err
	}
	for i := 0; ; i++ {
		if err := f(i); err != nil {
			return err
		}
		if more, err := w.Next(']'); !more {
			return err
		}
	}
}

// Next passes over a comma, or the closing bracket, behind which there is no more.
func (w *Window) Next(closing byte) (bool, error) {
	c, err := w.Peek()
	switch {
	case err != nil:
		return false, err
	case c == ',':
		w.pos++
		return true, nil
	case c == closing:
		w.pos++
		return false, nil
	}
	return false, w.Unexpected("a comma or %q", closing)
}

// Scalar reads a string, with its quotes, a number or a word and returns its
// token, valid until more is read. It is empty before an object or an array.
func (w *Window) Scalar() ([]byte, error) {
	c, err := w.Peek()
	switch {
	case err != nil || c == '{' || c == '[':
		return nil, err
	case c != '"':
		return w.word()
	}
	for {
		if text, n := quoted(w.buf[w.pos:w.end]); n > 0 {
			if text == nil {
				return nil, w.Fault("a string is not closed, or has a control character or a wrong escape")
			}
			token := w.buf[w.pos : w.pos+n]
			w.pos += n
			return token, nil
		}
		if err := w.More(); err != nil {
			return nil, err
		}
	}
}

// Counts are how many arrays and objects there are in a value, by how deep they
// lie in it: the value itself is at depth 1.
type Counts struct{ Arrays, Objects [5]int64 }

// Skip passes over a value. It sees to it that brackets and strings end; what is
// read later is checked then.
func (w *Window) Skip() (Counts, error) {
	var n Counts
	first, err := w.Peek()
	if err != nil {
		return n, err
	}
	if first != '{' && first != '[' {
		return n, w.skipScalar()
	}
	depth := 0
	for {
		buf, i := w.buf[:w.end], w.pos
	scan:
		for ; i < len(buf); i++ {
			switch buf[i] {
			case '{':
				if depth++; depth < len(n.Objects) {
					n.Objects[depth]++
				}
			case '[':
				if depth++; depth < len(n.Arrays) {
					n.Arrays[depth]++
				}
			case '}', ']':
				if depth--; depth == 0 {
					w.pos = i + 1
					return n, nil
				}
			case '"':
				k := i + 1
				for k < len(buf) && buf[k] != '"' {
					if buf[k] == '\\' {
						k++
					}
					k++
				}
				if k >= len(buf) {
					break scan // it begins again when it is whole
				}
				i = k
			}
		}
		w.pos = i
		if err := w.More(); err != nil {
			return n, err
		}
	}
}

// skipScalar passes over a string, a number or a word.
func (w *Window) skipScalar() error {
	if c, err := w.Peek(); err != nil || c == '"' {
		if err == nil {
			_, err = w.Str()
		}
		return err
	}
	_, err := w.word()
	return err
}

// word reads a number or a word.
func (w *Window) word() ([]byte, error) {
	for {
		i := w.pos
		for i < w.end && IsScalar[w.buf[i]] {
			i++
		}
		if i < w.end || w.eof {
			if i == w.pos {
				return nil, w.Unexpected("a value")
			}
			token := w.buf[w.pos:i]
			if !json.Valid(token) {
				if IsNaN(token) {
					return nil, &jsonstat.Error{Offset: w.Offset(), Msg: "NaN and Infinity are not JSON", Err: jsonstat.ErrNaN}
				}
				return nil, w.Fault("%q is no JSON value", brief(string(token)))
			}
			w.pos = i
			return token, nil
		}
		if err := w.More(); err != nil {
			return nil, err
		}
	}
}

// IsScalar marks the bytes of numbers and words.
var IsScalar = func() (t [256]bool) {
	for c := range t {
		t[c] = c == '+' || c == '-' || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	return t
}()

// IsNaN knows the tokens of other languages that JSON does not have.
func IsNaN(token []byte) bool {
	switch string(token) {
	case "NaN", "Infinity", "-Infinity", "+Infinity", "nan", "-NaN", "INF", "-INF":
		return true
	}
	return false
}

// brief shortens a text for a message.
func brief(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
