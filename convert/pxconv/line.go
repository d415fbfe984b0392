package pxconv

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// maxLine is how many characters a line has at most, by the specification.
const maxLine = 256

// outEntry is an entry that is to be written.
type outEntry struct {
	keyword string
	lang    string
	sub     []string
	values  []item
	raw     string // what stands behind the equals sign, as it is, in place of values
}

// lineWriter writes entries in lines of bounded length.
type lineWriter struct {
	w      io.Writer
	enc    encoding
	buf    []byte
	column int
	warn   func(kind, message string)
}

// entry writes an entry.
func (l *lineWriter) entry(e *outEntry) error {
	l.text(e.keyword)
	if e.lang != "" {
		l.text("[" + e.lang + "]")
	}
	for i, s := range e.sub {
		if i == 0 {
			l.text("(")
		} else {
			l.text(",")
		}
		l.text(`"` + l.clean(s) + `"`)
	}
	if e.sub != nil {
		l.text(")")
	}
	l.text("=")
	switch {
	case e.raw != "":
		l.verbatim(e.raw)
	default:
		for i, v := range e.values {
			if i > 0 {
				l.text(",")
			}
			l.value(v)
		}
	}
	l.text(";")
	return l.end(e)
}

// value writes a value, on a line of its own where it does not fit on this one.
func (l *lineWriter) value(v item) {
	text := v.text
	if v.quoted {
		text = l.clean(text)
	}
	n := utf8.RuneCountInString(text)
	if l.column > 0 && l.column+n+4 > maxLine {
		l.line()
	}
	if !v.quoted {
		l.text(text)
		return
	}
	for n > maxLine-4 {
		cut := 0
		for range maxLine - 4 {
			_, size := utf8.DecodeRuneInString(text[cut:])
			cut += size
		}
		l.text(`"` + text[:cut] + `"`)
		l.line()
		text = text[cut:]
		n -= maxLine - 4
	}
	l.text(`"` + text + `"`)
}

// verbatim writes a list as it stands, in lines that end behind commas.
func (l *lineWriter) verbatim(raw string) {
	for raw != "" {
		end := nextComma(raw)
		if piece := raw[:end]; l.column > 0 && l.column+utf8.RuneCountInString(piece) > maxLine {
			l.line()
		}
		l.text(raw[:end])
		raw = raw[end:]
	}
}

// nextComma is the index behind the first comma outside quotes, or the length.
func nextComma(text string) int {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == ',' && !quoted:
			return i + 1
		}
	}
	return len(text)
}

func (l *lineWriter) text(text string) {
	l.buf = append(l.buf, text...)
	l.column += utf8.RuneCountInString(text)
}

func (l *lineWriter) line() {
	l.buf = append(l.buf, '\n')
	l.column = 0
}

// end ends an entry and writes it in the encoding of the file.
func (l *lineWriter) end(e *outEntry) error {
	l.line()
	out := l.buf
	if l.enc.page != nil {
		encoded, ok := l.enc.encode(string(l.buf))
		if !ok {
			return l.lacks(e)
		}
		out = encoded
	}
	_, err := l.w.Write(out)
	l.buf = l.buf[:0]
	return err
}

// lacks is the error for an entry with a character that the encoding does not have.
func (l *lineWriter) lacks(e *outEntry) error {
	for field := range strings.SplitSeq(string(l.buf), `"`) {
		for _, r := range field {
			if _, ok := l.enc.encode(string(r)); !ok {
				return &Error{Keyword: e.keyword, Msg: fmt.Sprintf("%q (U+%04X) in %q is no character of %s", string(r), r, shorten(field), l.enc.name), Err: ErrCharacter}
			}
		}
	}
	return &Error{Keyword: e.keyword, Msg: "a character is none of " + l.enc.name, Err: ErrCharacter}
}

// clean is a text as a PX file can hold it: there is no sign that would let a quote stand
// in one.
func (l *lineWriter) clean(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r == '"' || r < ' ' || r == 0x7f }) {
		return text
	}
	if strings.Contains(text, `"`) {
		l.warn("quotes", "quotes in texts become apostrophes: the format has no sign for them")
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '"':
			return '\''
		case r < ' ' || r == 0x7f:
			if r != '\n' && r != '\r' {
				l.warn("control", "control characters in texts become blanks")
			} else {
				l.warn("lines", "line breaks in texts become blanks: only notes have lines")
			}
			return ' '
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
}
