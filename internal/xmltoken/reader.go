package xmltoken

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxToken is how many bytes a tag may have, with the text in front of it.
const maxToken = 16 << 20

// maxEmpty is how often a reader may give nothing before it gives something.
const maxEmpty = 100

// errEnd is what fill gives behind the last byte. It is no error of a reader, so that
// io.ErrUnexpectedEOF stays what it is: data that are cut off.
var errEnd = errors.New("there is no more")

// Error says what is wrong with a text that is no XML, or none that is read here.
type Error struct{ msg string }

// Error is the message.
func (e *Error) Error() string { return e.msg }

// fail makes an Error.
func fail(format string, args ...any) error { return &Error{fmt.Sprintf(format, args...)} }

// Reader goes from tag to tag. The window holds the text in front of a tag and the tag;
// when it ends inside either, fill moves both to the front and reads more, and the indexes
// of the caller move by what fill returns. Most tags lie in the window whole and have no >
// in an attribute: plainTagEnd finds their end in one loop. The others, and comments,
// CDATA and instructions, which end otherwise, are left to tagEnd.
type Reader struct {
	r    io.Reader
	buf  []byte
	at   int // where the next token begins
	end  int // of what was read
	eof  bool
	tag  []byte // what stands between < and >
	text []byte // what stands in front of it
	hold []byte // text in front of a comment
	name []byte // of an end tag whose prefix was taken off
}

// NewReader makes a reader of a document, or of any part of one.
func NewReader(r io.Reader) *Reader { return &Reader{r: r, buf: make([]byte, 128<<10)} }

// fill reads more. What has not been passed moves to the front of the window, which
// grows if need be: so places move, by what is returned. Behind the last byte it is errEnd.
func (x *Reader) fill() (moved int, err error) {
	if x.eof {
		return 0, errEnd
	}
	moved = x.at
	copy(x.buf, x.buf[x.at:x.end])
	x.at, x.end = 0, x.end-x.at
	if x.end == len(x.buf) {
		if len(x.buf) >= maxToken {
			return 0, fail("a text or a tag is longer than %d MB", maxToken>>20)
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	for range maxEmpty {
		n, err := x.r.Read(x.buf[x.end:])
		x.end += n
		switch {
		case err == io.EOF:
			if x.eof = true; n == 0 {
				return moved, errEnd
			}
			return moved, nil
		case err != nil:
			return moved, err
		case n > 0:
			return moved, nil
		}
	}
	return moved, io.ErrNoProgress
}

// Next moves to the next tag. Behind the last one it returns io.EOF. An error of reading
// comes as it is, one of the text as an [*Error].
func (x *Reader) Next() error {
	x.hold = x.hold[:0]
	for {
		i := x.at
		for {
			for i < x.end && x.buf[i] != '<' {
				i++
			}
			if i < x.end {
				break
			}
			moved, err := x.fill()
			if err == errEnd {
				return io.EOF // what is left is no tag
			}
			if err != nil {
				return err
			}
			i -= moved
		}
		n := plainTagEnd(x.buf[i+1 : x.end])
		if n < 0 {
			begin, end, err := x.tagEnd(i)
			if err == errEnd {
				err = fail("it ends inside of a tag")
			}
			if err != nil {
				return err
			}
			i, n = begin, end-begin-1
		}
		j := i + 1 + n
		text, tag := x.buf[x.at:i], x.buf[i+1:j]
		x.at = j + 1
		if len(tag) > 0 && (tag[0] == '!' || tag[0] == '?') {
			x.hold = append(x.hold, text...)
			x.special(tag)
			continue
		}
		if len(x.hold) > 0 {
			x.hold = append(x.hold, text...)
			text = x.hold
		}
		x.text, x.tag = text, tag
		return nil
	}
}

// tagEnd finds the > that ends the tag beginning at i, wherever the window moves both. One
// in an attribute does not end it. What is no tag of an element has no attributes: a quote
// is text there, and it ends as it has to.
func (x *Reader) tagEnd(i int) (begin, end int, err error) {
	quote := byte(0)
	var special bounds
	for j := i + 1; ; j++ {
		for j >= x.end {
			moved, err := x.fill()
			if err != nil {
				return 0, 0, err
			}
			i -= moved
			j -= moved
		}
		c := x.buf[j]
		if j == i+1 && (c == '!' || c == '?') {
			moved, err := 0, error(nil)
			if special, moved, err = x.specialAt(i); err != nil {
				return 0, 0, err
			}
			i -= moved
			j -= moved
			continue
		}
		switch {
		case special.mark != "":
			if from := i + len(special.opening); c == '>' && j > from && bytes.HasSuffix(x.buf[from:j], []byte(special.mark)) {
				return i, j, nil
			}
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i, j, nil
		}
	}
}

// plainTagEnd finds the end of a tag that lies in the window, -1 if it does not or is
// no tag of an element.
func plainTagEnd(b []byte) int {
	if len(b) == 0 || b[0] == '!' || b[0] == '?' {
		return -1
	}
	for j := 0; j < len(b); j++ {
		switch c := b[j]; c {
		case '>':
			return j
		case '"', '\'':
			for j++; ; j++ {
				if j >= len(b) {
					return -1
				}
				if b[j] == c {
					break
				}
			}
		}
	}
	return -1
}

// bounds are what begins something that is no tag, and what ends it in front of the >.
type bounds struct{ opening, mark string }

var specials = []bounds{{"<?", "?"}, {"<!--", "--"}, {"<![CDATA[", "]]"}}

// specialAt says what begins at i, and by how much the window moved for that.
func (x *Reader) specialAt(i int) (b bounds, moved int, err error) {
	for {
		here, cut := x.buf[i:x.end], false
		for _, b := range specials {
			if bytes.HasPrefix(here, []byte(b.opening)) {
				return b, moved, nil
			}
			cut = cut || bytes.HasPrefix([]byte(b.opening), here)
		}
		if !cut {
			return bounds{}, 0, fail("it declares a document type")
		}
		n, err := x.fill()
		if err != nil {
			return bounds{}, 0, err
		}
		i -= n
		moved += n
	}
}

// special passes over what is no tag. Text in CDATA is kept as it would be written
// outside of it.
func (x *Reader) special(tag []byte) {
	if text, ok := bytes.CutPrefix(tag, []byte("![CDATA[")); ok {
		text = bytes.TrimSuffix(text, []byte("]]"))
		x.hold = append(x.hold, bytes.ReplaceAll(text, []byte("&"), []byte("&amp;"))...)
	}
}
