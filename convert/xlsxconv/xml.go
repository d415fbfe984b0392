package xlsxconv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// Limits of what a part of a workbook may hold in one piece.
const (
	maxTag  = 1 << 20
	maxText = 16 << 20
)

// errXML marks a part that is no XML, or none that a spreadsheet program writes.
var errXML = errors.New("not the XML of a workbook")

// xmlReader takes XML apart into tags and the text in front of them, which is all
// that large parts of a workbook need. It reads what programs write: UTF-8, no
// declarations of entities.
type xmlReader struct {
	br   *bufio.Reader
	tag  []byte // what stands between < and >, valid until the next call of next
	text []byte // what stood in front, as it is written; empty unless asked for
	hold []byte
}

func newXMLReader(r io.Reader) *xmlReader { return &xmlReader{br: bufio.NewReaderSize(r, 128<<10)} }

// next moves to the next tag. The text in front of it is kept if it is wanted.
// Behind the last tag it returns io.EOF.
func (x *xmlReader) next(wanted bool) error {
	x.text = x.text[:0]
	for {
		if err := x.upTo('<', wanted); err != nil {
			return err
		}
		if err := x.readTag(); err != nil {
			return err
		}
		switch {
		case bytes.HasPrefix(x.tag, []byte("!--")):
			if err := x.skip("--", maxText, false); err != nil {
				return err
			}
		case bytes.HasPrefix(x.tag, []byte("![CDATA[")):
			if err := x.skip("]]", maxText, wanted); err != nil {
				return err
			}
		case bytes.HasPrefix(x.tag, []byte("!")):
			return fmt.Errorf("it declares a document type: %w", errXML)
		case bytes.HasPrefix(x.tag, []byte("?")):
		default:
			return nil
		}
	}
}

// upTo reads text up to a sign.
func (x *xmlReader) upTo(sign byte, wanted bool) error {
	for {
		part, err := x.br.ReadSlice(sign)
		if err == nil {
			part = part[:len(part)-1]
		}
		if wanted {
			if x.text = append(x.text, part...); len(x.text) > maxText {
				return fmt.Errorf("a text is longer than %d MB: %w", maxText>>20, errXML)
			}
		}
		if err != bufio.ErrBufferFull {
			return err
		}
	}
}

// readTag reads the rest of a tag. A > in an attribute does not end it.
func (x *xmlReader) readTag() error {
	tag, err := x.br.ReadSlice('>')
	if err == nil && whole(tag[:len(tag)-1]) {
		x.tag = tag[:len(tag)-1]
		return nil
	}
	x.hold = append(x.hold[:0], tag...)
	for err == bufio.ErrBufferFull || (err == nil && !whole(x.hold[:len(x.hold)-1])) {
		if len(x.hold) > maxTag {
			return fmt.Errorf("a tag is longer than %d MB: %w", maxTag>>20, errXML)
		}
		tag, err = x.br.ReadSlice('>')
		x.hold = append(x.hold, tag...)
	}
	if err == io.EOF {
		return fmt.Errorf("it ends inside a tag: %w", errXML)
	}
	if err != nil {
		return err
	}
	x.tag = x.hold[:len(x.hold)-1]
	return nil
}

// whole tells whether all quotes in a tag are closed.
func whole(tag []byte) bool {
	if len(tag) > 0 && tag[0] == '!' {
		return true
	}
	for {
		i := bytes.IndexAny(tag, `"'`)
		if i < 0 {
			return true
		}
		j := bytes.IndexByte(tag[i+1:], tag[i])
		if j < 0 {
			return false
		}
		tag = tag[i+1+j+1:]
	}
}

// skip goes to the > behind a mark, and keeps the text before it if it is wanted,
// written as it would be outside of CDATA.
func (x *xmlReader) skip(mark string, limit int, wanted bool) error {
	body := append([]byte{}, x.tag...)
	for !bytes.HasSuffix(body, []byte(mark)) {
		part, err := x.br.ReadSlice('>')
		if body = append(append(body, '>'), bytes.TrimSuffix(part, []byte(">"))...); len(body) > limit {
			return fmt.Errorf("a comment is longer than %d MB: %w", limit>>20, errXML)
		}
		if err == bufio.ErrBufferFull {
			return fmt.Errorf("a comment without an end: %w", errXML)
		}
		if err != nil {
			return fmt.Errorf("it ends inside a comment: %w", errXML)
		}
	}
	if wanted {
		text := bytes.TrimSuffix(bytes.TrimPrefix(body, []byte("![CDATA[")), []byte(mark))
		text = bytes.ReplaceAll(text, []byte("&"), []byte("&amp;"))
		x.text = append(x.text, text...)
	}
	return nil
}

// name is the name of the tag without its prefix, with a slash in front if it ends
// an element. empty tells whether the element ends with it.
func (x *xmlReader) name() (name []byte, empty bool) {
	tag := x.tag
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag, empty = tag[:n-1], true
	}
	closing := len(tag) > 0 && tag[0] == '/'
	end := len(tag)
	for i, c := range tag {
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			end = i
			break
		}
	}
	name = tag[:end]
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		if !closing {
			return name[i+1:], empty
		}
		name = append([]byte{'/'}, name[i+1:]...)
	}
	return name, empty
}

// attributes calls f with each attribute of the tag, values as they are written.
// Of names the prefix is taken off.
func (x *xmlReader) attributes(f func(name, value []byte)) {
	tag := x.tag
	for i := 0; i < len(tag); i++ {
		if tag[i] != '=' {
			continue
		}
		from := i
		for from > 0 && tag[from-1] != ' ' && tag[from-1] != '\t' && tag[from-1] != '\n' && tag[from-1] != '\r' {
			from--
		}
		name := tag[from:i]
		if k := bytes.IndexByte(name, ':'); k >= 0 {
			name = name[k+1:]
		}
		for i++; i < len(tag) && (tag[i] == ' ' || tag[i] == '\n'); i++ {
		}
		if i >= len(tag) || (tag[i] != '"' && tag[i] != '\'') {
			return
		}
		n := bytes.IndexByte(tag[i+1:], tag[i])
		if n < 0 {
			return
		}
		f(name, tag[i+1:i+1+n])
		i += n + 1
	}
}

// decode appends the text that is written as src: entities and _xHHHH_ are undone.
func decode(dst, src []byte) ([]byte, error) {
	from := len(dst)
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
