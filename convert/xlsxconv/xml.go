package xlsxconv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// maxToken is the longest tag with the text in front of it. A cell holds far less.
const maxToken = 16 << 20

// errXML marks a part that is no XML, or none that a spreadsheet program writes.
var errXML = errors.New("not the XML of a workbook")

// xmlReader takes XML apart into tags and the text in front of them, which is all
// that large parts of a workbook need. It reads what programs write: UTF-8, no
// declarations of entities. Text and tag lie in a window that is used again.
type xmlReader struct {
	r    io.Reader
	buf  []byte
	at   int // where the next token begins
	end  int // of what was read
	eof  bool
	tag  []byte // what stands between < and >, valid until the next call of next
	text []byte // what stands in front of it, as it is written
	hold []byte // text in front of a comment
}

func newXMLReader(r io.Reader) *xmlReader { return &xmlReader{r: r, buf: make([]byte, 128<<10)} }

// fill reads more. What has not been passed moves to the front of the window, which
// grows if need be: so places move, by what is returned.
func (x *xmlReader) fill() (moved int, err error) {
	if x.eof {
		return 0, io.ErrUnexpectedEOF
	}
	moved = x.at
	copy(x.buf, x.buf[x.at:x.end])
	x.at, x.end = 0, x.end-x.at
	if x.end == len(x.buf) {
		if len(x.buf) >= maxToken {
			return 0, fmt.Errorf("a text or a tag is longer than %d MB: %w", maxToken>>20, errXML)
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	for {
		n, err := x.r.Read(x.buf[x.end:])
		x.end += n
		switch {
		case err == io.EOF:
			if x.eof = true; n == 0 {
				return moved, io.ErrUnexpectedEOF
			}
			return moved, nil
		case err != nil:
			return moved, err
		case n > 0:
			return moved, nil
		}
	}
}

// next moves to the next tag. Behind the last one it returns io.EOF.
func (x *xmlReader) next() error {
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
			if err == io.ErrUnexpectedEOF {
				return io.EOF // what is left is no tag
			}
			if err != nil {
				return err
			}
			i -= moved
		}
		j, err := x.tagEnd(&i)
		if err != nil {
			if err == io.ErrUnexpectedEOF {
				err = fmt.Errorf("it ends inside of a tag: %w", errXML)
			}
			return err
		}
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

// tagEnd finds the > that ends the tag beginning at i, which moves with the window.
// One in an attribute does not end it.
func (x *xmlReader) tagEnd(i *int) (int, error) {
	if j := plainTagEnd(x.buf[*i+1 : x.end]); j >= 0 {
		return *i + 1 + j, nil
	}
	quote := byte(0)
	mark := ""
	for j := *i + 1; ; j++ {
		for j >= x.end {
			moved, err := x.fill()
			if err != nil {
				return 0, err
			}
			*i -= moved
			j -= moved
		}
		c := x.buf[j]
		if j == *i+1 && c == '!' {
			var err error
			if mark, err = x.markOf(i, &j); err != nil {
				return 0, err
			}
			continue
		}
		switch {
		case mark != "":
			if c == '>' && bytes.HasSuffix(x.buf[*i+1:j], []byte(mark)) {
				return j, nil
			}
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return j, nil
		}
	}
}

// plainTagEnd finds the end of a tag that lies in the window, -1 if it does not or is
// no tag of an element.
func plainTagEnd(b []byte) int {
	if len(b) == 0 || b[0] == '!' {
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

// markOf says what stands in front of the > that ends a comment or CDATA. Both
// places move with the window.
func (x *xmlReader) markOf(i, j *int) (string, error) {
	for *i+9 > x.end {
		moved, err := x.fill()
		if err != nil {
			return "", err
		}
		*i -= moved
		*j -= moved
	}
	switch {
	case bytes.HasPrefix(x.buf[*i:x.end], []byte("<!--")):
		return "--", nil
	case bytes.HasPrefix(x.buf[*i:x.end], []byte("<![CDATA[")):
		return "]]", nil
	}
	return "", fmt.Errorf("it declares a document type: %w", errXML)
}

// special passes over what is no tag. Text in CDATA is kept as it would be written
// outside of it.
func (x *xmlReader) special(tag []byte) {
	if text, ok := bytes.CutPrefix(tag, []byte("![CDATA[")); ok {
		text = bytes.TrimSuffix(text, []byte("]]"))
		x.hold = append(x.hold, bytes.ReplaceAll(text, []byte("&"), []byte("&amp;"))...)
	}
}

// name is the name of the tag without its prefix, with a slash in front if it ends
// an element. empty tells whether the element ends with it.
func (x *xmlReader) name() (name []byte, empty bool) {
	tag := x.tag
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag, empty = tag[:n-1], true
	}
	prefix := -1
	for i, c := range tag {
		if c <= ' ' {
			tag = tag[:i]
			break
		}
		if c == ':' {
			prefix = i
		}
	}
	switch {
	case prefix < 0:
		return tag, empty
	case tag[0] == '/':
		return append([]byte{'/'}, tag[prefix+1:]...), empty
	}
	return tag[prefix+1:], empty
}

// attributes calls f with each attribute of the tag, values as they are written.
// Of names the prefix is taken off.
func (x *xmlReader) attributes(f func(name, value []byte)) {
	tag := x.tag
	from := 0
	for i := 0; i < len(tag); i++ {
		switch c := tag[i]; {
		case c <= ' ' || c == ':':
			from = i + 1
			continue
		case c != '=':
			continue
		}
		name := tag[from:i]
		for i++; i < len(tag) && tag[i] <= ' '; i++ {
		}
		if i >= len(tag) || (tag[i] != '"' && tag[i] != '\'') {
			return
		}
		k := i + 1
		for k < len(tag) && tag[k] != tag[i] {
			k++
		}
		if k == len(tag) {
			return
		}
		f(name, tag[i+1:k])
		i, from = k, k+1
	}
}

// decode appends the text that is written as src: entities and _xHHHH_ are undone.
func decode(dst, src []byte) ([]byte, error) {
	from := len(dst)
	if isShortASCII(src) {
		return append(dst, src...), nil
	}
	for len(src) > 0 {
		i := bytes.IndexByte(src, '&')
		if i < 0 {
			dst = append(dst, src...)
			break
		}
		dst = append(dst, src[:i]...)
		src = src[i:]
		end := bytes.IndexByte(src, ';')
		if end < 0 || end > 12 {
			return dst, fmt.Errorf("%.12q is no entity: %w", src, errXML)
		}
		r, ok := entity(string(src[1:end]))
		if !ok {
			return dst, fmt.Errorf("%q is no known entity: %w", src[:end+1], errXML)
		}
		dst = utf8.AppendRune(dst, r)
		src = src[end+1:]
	}
	text := unescape(dst[from:])
	if !utf8.Valid(text) {
		return dst, fmt.Errorf("a text is not UTF-8: %w", errXML)
	}
	return dst[:from+len(text)], nil
}

// isShortASCII tells whether a text is short and has nothing to decode, as numbers
// have.
func isShortASCII(src []byte) bool {
	if len(src) > 32 {
		return false
	}
	for _, c := range src {
		if c == '&' || c == '_' || c >= 0x80 {
			return false
		}
	}
	return true
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' || digits[0] == 'X' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}
