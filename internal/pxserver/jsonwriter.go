package pxserver

import (
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// A jsonWriter writes JSON without spaces. It puts the commas; the rest is the
// caller's. Errors of the writer are kept until the end.
type jsonWriter struct {
	w     io.Writer
	buf   []byte
	comma bool // the next member or element needs one before it
	err   error
}

const flushAt = 64 << 10

func (j *jsonWriter) flush() {
	if j.err == nil {
		_, j.err = j.w.Write(j.buf)
	}
	j.buf = j.buf[:0]
}

func (j *jsonWriter) element() {
	if j.comma {
		j.buf = append(j.buf, ',')
	}
	j.comma = true
	if len(j.buf) >= flushAt {
		j.flush()
	}
}

func (j *jsonWriter) open(c byte) {
	j.element()
	j.buf = append(j.buf, c)
	j.comma = false
}

func (j *jsonWriter) close(c byte) {
	j.buf = append(j.buf, c)
	j.comma = true
}

// key is the name of a member, whose value follows.
func (j *jsonWriter) key(name string) *jsonWriter {
	j.element()
	j.buf = appendString(j.buf, name)
	j.buf = append(j.buf, ':')
	j.comma = false
	return j
}

func (j *jsonWriter) object(members func()) {
	j.open('{')
	members()
	j.close('}')
}

func (j *jsonWriter) array(elements func()) {
	j.open('[')
	elements()
	j.close(']')
}

func (j *jsonWriter) text(s string) {
	j.element()
	j.buf = appendString(j.buf, s)
}

func (j *jsonWriter) texts(list []string) {
	j.array(func() {
		for _, s := range list {
			j.text(s)
		}
	})
}

// textOrNull is a text, or null if it is empty.
func (j *jsonWriter) textOrNull(s string) {
	if s == "" {
		j.token(nil)
		return
	}
	j.text(s)
}

// given is a member, if there is a text for it.
func (j *jsonWriter) given(name, text string) {
	if text != "" {
		j.key(name).text(text)
	}
}

// link is what answers of v2 have for an address.
func (j *jsonWriter) link(rel, lang, href string) {
	j.object(func() {
		j.key("rel").text(rel)
		j.key("hreflang").text(lang)
		j.key("href").text(href)
	})
}

func (j *jsonWriter) number(n int) {
	j.element()
	j.buf = strconv.AppendInt(j.buf, int64(n), 10)
}

func (j *jsonWriter) boolean(b bool) {
	j.element()
	j.buf = strconv.AppendBool(j.buf, b)
}

// token is a number as it stands, or null.
func (j *jsonWriter) token(number []byte) {
	j.element()
	if len(number) == 0 {
		j.buf = append(j.buf, "null"...)
		return
	}
	j.buf = append(j.buf, number...)
}

// appendString quotes as the servers' library does: no more escapes than JSON
// needs, besides those of the odd line ends.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case r < 0x20 || r == 0x85 || r == 0x2028 || r == 0x2029:
			dst = fmt.Appendf(dst, `\u%04x`, r)
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}
