package jsontoken

import (
	"bytes"
	"unsafe"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// A large text of which little is kept (SDMX, tables in JSON) is read value by value, as a
// stream: each of these methods passes over white space and then over what it reads. What
// they return is valid until more is read.

// Peek passes over white space and returns the next byte, 0 at the end of the text.
func (r *Reader) Peek() (byte, error) {
	c := r.Space()
	if c == 0 && r.Pos >= r.End {
		return 0, r.Err
	}
	return c, nil
}

// SkipBOM passes over a byte order mark at the start of the text.
func (r *Reader) SkipBOM() {
	if r.Need(r.Pos, len(bom)); string(r.Buf[r.Pos:min(r.Pos+len(bom), r.End)]) == bom {
		r.Pos += len(bom)
	}
}

// bom is the byte order mark of UTF-8.
const bom = "\ufeff"

// Take passes over the bracket that opens an array or an object, which must be c.
func (r *Reader) Take(c byte) error {
	if r.Space() != c {
		what := "an object"
		if c == '[' {
			what = "an array"
		}
		return r.Unexpected(r.Pos, what)
	}
	r.Pos++
	return nil
}

// Next passes over a comma, or the closing bracket, behind which there is no more.
func (r *Reader) Next(closing byte) (more bool, err error) {
	switch r.Space() {
	case ',':
		r.Pos++
		return true, nil
	case closing:
		r.Pos++
		return false, nil
	}
	return false, r.noComma(r.Pos, closing)
}

// Str reads a string and returns its text.
func (r *Reader) Str() ([]byte, error) {
	if r.Space() != '"' {
		return nil, r.Unexpected(r.Pos, "a string")
	}
	_, token, err := r.Token()
	if err != nil {
		return nil, err
	}
	text := token[1 : len(token)-1]
	if bytes.IndexByte(text, '\\') >= 0 {
		return Unquote(nil, token), nil
	}
	return text, nil
}

// Token reads a scalar: its kind and its token, a string with its quotes. Before an
// array or an object it reads nothing and returns that kind.
func (r *Reader) Token() (Kind, []byte, error) {
	switch r.Space() {
	case '[':
		return Array, nil, nil
	case '{':
		return Object, nil, nil
	}
	r.Mark = r.Pos
	end, kind, err := r.Scalar(r.Pos)
	if err != nil {
		return Null, nil, err
	}
	r.Pos = end
	return kind, r.Buf[r.Mark:end], nil
}

// Members goes through an object. f reads the value of each member, whose name is
// valid until then.
func (r *Reader) Members(f func(name string) error) error {
	if err := r.Take('{'); err != nil {
		return err
	}
	if r.Space() == '}' {
		r.Pos++
		return nil
	}
	var name []byte // the window may move while its value is read
	for {
		if r.Space() != '"' {
			return r.Unexpected(r.Pos, "the name of a member")
		}
		text, err := r.Str()
		if err != nil {
			return err
		}
		name = append(name[:0], text...)
		if r.Space() != ':' {
			return r.Unexpected(r.Pos, "a colon")
		}
		r.Pos++
		if err := f(unsafe.String(unsafe.SliceData(name), len(name))); err != nil {
			return err
		}
		if more, err := r.Next('}'); !more {
			return err
		}
	}
}

// Elements goes through an array. f reads each element.
func (r *Reader) Elements(f func(i int) error) error {
	if err := r.Take('['); err != nil {
		return err
	}
	if r.Space() == ']' {
		r.Pos++
		return nil
	}
	for i := 0; ; i++ {
		if err := f(i); err != nil {
			return err
		}
		if more, err := r.Next(']'); !more {
			return err
		}
	}
}

// Counts are how many arrays and objects there are in a value, by how deep they
// lie in it: the value itself is at depth 1.
type Counts struct{ Arrays, Objects [5]int64 }

// Skip passes over a value. It checks only that brackets and strings end: a class of each
// byte (skipClass) leads it from one bracket or quote to the next, and the bytes between
// are not tokens. A string that meets the end of the window begins again when it is whole.
func (r *Reader) Skip() (Counts, error) {
	var n Counts
	if c := r.Space(); c != '{' && c != '[' {
		_, _, err := r.Token()
		return n, err
	}
	for depth := 0; ; {
		buf, i := r.Buf, r.Pos
		for ; ; i++ {
			class := skipClass[buf[i]]
			for class == skipped {
				i++
				class = skipClass[buf[i]]
			}
			if class == skipQuote {
				k := i + 1
				for strClass[buf[k]] != quote && k < r.End {
					if buf[k] == '\\' {
						k++
					}
					k++
				}
				if k >= r.End {
					break // it begins again when it is whole
				}
				i = k
				continue
			}
			if class == skipEnd {
				if i >= r.End {
					break
				}
				continue
			}
			switch buf[i] {
			case '{':
				if depth++; depth < len(n.Objects) {
					n.Objects[depth]++
				}
			case '[':
				if depth++; depth < len(n.Arrays) {
					n.Arrays[depth]++
				}
			default:
				if depth--; depth == 0 {
					r.Pos = i + 1
					return n, nil
				}
			}
		}
		r.Pos = min(i, r.End)
		r.Mark = r.Pos
		if !r.Fill() {
			return n, r.Fault(r.End, "the document ends too early: it is cut off")
		}
	}
}

// Classes of bytes in what is passed over.
const (
	skipped = iota
	skipQuote
	skipBracket
	skipEnd // the sentinel
)

var skipClass = func() (t [256]uint8) {
	t['"'], t[0] = skipQuote, skipEnd
	for _, c := range "[]{}" {
		t[c] = skipBracket
	}
	return t
}()

// Value reads the value at an offset as a tree of its own, without sections. The length
// is what it is known to have, in bytes. The next byte must be sought anew, with
// [window.Reader.Goto].
func (r *Reader) Value(off, length int64) (Node, error) {
	r.Goto(off)
	p := Parser{R: r, Tree: NewTree(length)}
	if err := p.parseValue(1); err != nil {
		return Node{}, err
	}
	return p.Tree.Node(0), nil
}

// Parse reads a text in memory that is one value as a tree, without sections.
func Parse(text []byte) (Node, error) {
	r := NewReader(window.Bytes(text), len(text)+1)
	n, err := r.Value(0, int64(len(text)))
	if err == nil {
		err = r.CheckEnd()
	}
	return n, err
}

// Blank passes over white space from index i on, which is at or behind the mark of the
// window. The window may move.
func (r *Reader) Blank(i int) int {
	for {
		for c := r.Buf[i]; c == ' ' || c == '\n' || c == '\t' || c == '\r'; c = r.Buf[i] {
			i++
		}
		if i < r.End {
			return i
		}
		var more bool
		if i, more = r.More(i); !more {
			return i
		}
	}
}

// ValueAt is [Reader.Scalar] for any value: it checks the one at index i, which then is
// all in the window.
func (r *Reader) ValueAt(i int) (end int, kind Kind, err error) { return r.valueAt(i, 1) }

func (r *Reader) valueAt(i, depth int) (end int, kind Kind, err error) {
	c := r.Buf[i]
	if c != '{' && c != '[' {
		return r.Scalar(i)
	}
	if depth > MaxDepth {
		return 0, 0, r.tooDeep(r.Base + int64(i))
	}
	kind, closing := Object, byte('}')
	if c == '[' {
		kind, closing = Array, ']'
	}
	if i = r.Blank(i + 1); r.Buf[i] == closing {
		return i + 1, kind, nil
	}
	for {
		if kind == Object {
			if r.Buf[i] != '"' {
				return 0, 0, r.Unexpected(i, "the name of a member")
			}
			if i, err = r.checkString(i); err != nil {
				return 0, 0, err
			}
			if i = r.Blank(i); r.Buf[i] != ':' {
				return 0, 0, r.Unexpected(i, "a colon")
			}
			i = r.Blank(i + 1)
		}
		if i, _, err = r.valueAt(i, depth+1); err != nil {
			return 0, 0, err
		}
		switch i = r.Blank(i); r.Buf[i] {
		case closing:
			return i + 1, kind, nil
		case ',':
			i = r.Blank(i + 1)
		default:
			return 0, 0, r.noComma(i, closing)
		}
	}
}

var _ window.Grammar = (*Reader)(nil)
