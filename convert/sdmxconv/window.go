package sdmxconv

import (
	"encoding/json"
	"fmt"
	"io"
	"unsafe"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// windowSize is how much of a message is in memory at a time. Tests have less.
var windowSize = 256 << 10

// maxEntry is the longest string or observation that is read.
const maxEntry = 64 << 20

// window is the JSON text of a message, seen through one buffer that is reused.
// Whoever reads a piece of it looks at buf[pos:end], asks for more if the piece
// does not end there, and begins it again: pieces are short.
type window struct {
	src      io.ReadSeeker
	buf      []byte
	pos, end int
	base     int64 // offset of buf[0]
	eof      bool
	name     []byte // of the member that is being read
}

func newWindow(src io.ReadSeeker) *window { return &window{src: src, buf: make([]byte, windowSize)} }

// offset is where the next byte stands.
func (w *window) offset() int64 { return w.base + int64(w.pos) }

// seek goes to an offset.
func (w *window) seek(off int64) error {
	if _, err := w.src.Seek(off, io.SeekStart); err != nil {
		return err
	}
	w.base, w.pos, w.end, w.eof = off, 0, 0, false
	return nil
}

// more reads more behind what is there, of which buf[pos:end] stays. At the end
// of the text it fails.
func (w *window) more() error {
	if w.eof {
		w.pos = w.end
		return w.fault("the document ends too early: it is cut off")
	}
	if w.pos > 0 {
		w.base += int64(w.pos)
		w.end = copy(w.buf, w.buf[w.pos:w.end])
		w.pos = 0
	}
	if w.end == len(w.buf) {
		if w.end >= maxEntry {
			return &jsonstat.Error{Offset: w.offset(), Msg: fmt.Sprintf("a value is longer than %d MiB", maxEntry>>20), Err: jsonstat.ErrLimit}
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

// fault is a mistake in the JSON text at the next byte.
func (w *window) fault(format string, args ...any) error {
	return &jsonstat.Error{Offset: w.offset(), Msg: fmt.Sprintf(format, args...), Err: jsonstat.ErrSyntax}
}

// peek passes over white space and returns the next byte, 0 at the end.
func (w *window) peek() (byte, error) {
	for {
		for ; w.pos < w.end; w.pos++ {
			if c := w.buf[w.pos]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
				return c, nil
			}
		}
		if w.eof {
			return 0, nil
		}
		if err := w.more(); err != nil {
			return 0, err
		}
	}
}

// take passes over white space and one byte, which must be c.
func (w *window) take(c byte) error {
	got, err := w.peek()
	if err != nil {
		return err
	}
	if got != c {
		return w.unexpected("%q", c)
	}
	w.pos++
	return nil
}

// unexpected tells what stands where something else should.
func (w *window) unexpected(format string, args ...any) error {
	if w.pos == w.end {
		return w.more()
	}
	return w.fault("unexpected %q, expected %s", w.buf[w.pos], fmt.Sprintf(format, args...))
}

// str reads a string and returns its text, valid until more is read.
func (w *window) str() ([]byte, error) {
	if c, err := w.peek(); err != nil || c != '"' {
		if err == nil {
			err = w.unexpected("a string")
		}
		return nil, err
	}
	for {
		if text, n := quoted(w.buf[w.pos:w.end]); n > 0 {
			if text == nil {
				return nil, w.fault("a string is not closed, or has a control character or a wrong escape")
			}
			w.pos += n
			return text, nil
		}
		if err := w.more(); err != nil {
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

// members goes through an object. f reads the value of each member, whose name is
// valid until then.
func (w *window) members(f func(name string) error) error {
	if err := w.take('{'); err != nil {
		return err
	}
	if c, err := w.peek(); err != nil || c == '}' {
		w.pos++
		return err
	}
	for {
		name, err := w.str()
		if err != nil {
			return err
		}
		w.name = append(w.name[:0], name...)
		if err := w.take(':'); err != nil {
			return err
		}
		if err := f(unsafe.String(unsafe.SliceData(w.name), len(w.name))); err != nil {
			return err
		}
		if more, err := w.next('}'); !more {
			return err
		}
	}
}

// elements goes through an array. f reads each element.
func (w *window) elements(f func(i int) error) error {
	if err := w.take('['); err != nil {
		return err
	}
	if c, err := w.peek(); err != nil || c == ']' {
		w.pos++
		return err
	}
	for i := 0; ; i++ {
		if err := f(i); err != nil {
			return err
		}
		if more, err := w.next(']'); !more {
			return err
		}
	}
}

// next passes over a comma, or the closing bracket, behind which there is no more.
func (w *window) next(closing byte) (bool, error) {
	c, err := w.peek()
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
	return false, w.unexpected("a comma or %q", closing)
}

// counts are how many arrays and objects there are in a value, by how deep they
// lie in it: the value itself is at depth 1.
type counts struct{ arrays, objects [5]int64 }

// skip passes over a value. It sees to it that brackets and strings end; what is
// read later is checked then.
func (w *window) skip() (counts, error) {
	var n counts
	first, err := w.peek()
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
				if depth++; depth < len(n.objects) {
					n.objects[depth]++
				}
			case '[':
				if depth++; depth < len(n.arrays) {
					n.arrays[depth]++
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
		if err := w.more(); err != nil {
			return n, err
		}
	}
}

// skipScalar passes over a string, a number or a word.
func (w *window) skipScalar() error {
	if c, err := w.peek(); err != nil || c == '"' {
		if err == nil {
			_, err = w.str()
		}
		return err
	}
	for {
		i := w.pos
		for i < w.end && isScalar[w.buf[i]] {
			i++
		}
		if i < w.end || w.eof {
			if i == w.pos {
				return w.unexpected("a value")
			}
			token := w.buf[w.pos:i]
			if !json.Valid(token) {
				if isNaN(token) {
					return &jsonstat.Error{Offset: w.offset(), Msg: "NaN and Infinity are not JSON", Err: jsonstat.ErrNaN}
				}
				return w.fault("%q is no JSON value", brief(string(token)))
			}
			w.pos = i
			return nil
		}
		if err := w.more(); err != nil {
			return err
		}
	}
}

// isScalar marks the bytes of numbers and words.
var isScalar = func() (t [256]bool) {
	for c := range t {
		t[c] = c == '+' || c == '-' || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	return t
}()

// isNaN knows the tokens of other languages that JSON does not have.
func isNaN(token []byte) bool {
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
