package charset

import (
	"bufio"
	"bytes"
	"io"
)

// OfJSON is the encoding of a JSON text that begins with head and that somebody may have
// named: a byte order mark says it, else the name, else the zeros of UTF-16, for the
// first character of JSON is ASCII. Names that are not known are not ok.
func OfJSON(name string, head []byte) (e Encoding, ok bool) {
	e, ok = Named(name)
	if name == "" && len(head) > 1 && (head[0] == 0) != (head[1] == 0) {
		e = UTF16LE // or the other end first
	}
	return Of(e, head), ok
}

// UnmarkedJSON is the name of the encoding of a text that begins with head, an object or
// an array of JSON in UTF-16 without a byte order mark; "" of any other text.
func UnmarkedJSON(head []byte) string {
	e, _ := OfJSON("", head)
	if _, marked := Marked(head); marked || e == UTF8 || len(head) < 2 || head[0]|head[1] != '{' && head[0]|head[1] != '[' {
		return ""
	}
	return e.String()
}

// JSON is a JSON text in memory as UTF-8 without a byte order mark; nothing is copied if
// it is that already. The error is an [*Error].
func JSON(text []byte) ([]byte, error) {
	if e, _ := OfJSON("", text); e != UTF8 {
		return io.ReadAll(NewReader(bytes.NewReader(text), e))
	}
	return bytes.TrimPrefix(text, []byte(MarkUTF8)), nil
}

// JSONReader reads a JSON text as UTF-8. What is that already is r itself, of which
// nothing was read if it can seek to where it stands; a byte order mark of UTF-8 stays.
// The errors of what it reads are [*Error]s for text in a wrong encoding.
func JSONReader(r io.Reader) (io.Reader, error) {
	if s, ok := r.(io.ReadSeeker); ok {
		if at, err := s.Seek(0, io.SeekCurrent); err == nil {
			head := make([]byte, 4)
			n, err := io.ReadFull(s, head)
			if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
				return nil, err
			}
			if _, err := s.Seek(at, io.SeekStart); err != nil {
				return nil, err
			}
			if e, _ := OfJSON("", head[:n]); e != UTF8 {
				return NewReader(s, e), nil
			}
			return r, nil
		}
	}
	b := bufio.NewReader(r)
	head, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if e, _ := OfJSON("", head); e != UTF8 {
		return NewReader(b, e), nil
	}
	return b, nil
}
