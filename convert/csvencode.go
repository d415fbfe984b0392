package convert

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// EncodingError is a character of a table that is not there in the encoding in which the
// table is to be written.
type EncodingError struct {
	Char     rune
	Encoding string // its usual name
	Line     int64  // of the table, from 1
	Field    string // in which the character stands
}

// Error names the character, the field and line where it stands, and the encoding.
func (e *EncodingError) Error() string {
	char := fmt.Sprintf("%q (U+%04X)", string(e.Char), e.Char)
	if e.Field != string(e.Char) {
		char += fmt.Sprintf(" in %q", e.Field)
	}
	return fmt.Sprintf("%s, in line %d of the table, is no character of %s", char, e.Line, e.Encoding)
}

// checkEncoding tells whether a text can be written in the encoding of that name, with a
// byte order mark if bom says so.
func checkEncoding(name string, bom bool) error {
	e, _, ok := charset.Writing(name)
	switch {
	case !ok:
		return fmt.Errorf("%w %q: it is one of %s", jsonstat.ErrEncodingName, name, charset.Names)
	case bom && !e.HasMark():
		return fmt.Errorf("a text in %s has no byte order mark", e)
	}
	return nil
}

// encoded is w for a text in UTF-8 that is to be written in an encoding; mark says that
// the text is to begin with a byte order mark by itself.
func encoded(w io.Writer, name, separator string) (to io.Writer, mark bool) {
	e, mark, _ := charset.Writing(name)
	if e == charset.UTF8 {
		return w, mark
	}
	return &encodingWriter{charset.NewWriter(w, e), separator}, mark
}

// encodingWriter says of a character that is not there in which field it stands.
type encodingWriter struct {
	*charset.Writer
	separator string
}

// Write writes a piece of the table.
func (w *encodingWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if lacks, ok := errors.AsType[*charset.LacksError](err); ok {
		before, after := lacks.Before, strings.TrimSuffix(lacks.After, "\r")
		if k := strings.LastIndex(before, w.separator); k >= 0 {
			before = before[k+len(w.separator):]
		}
		after, _, _ = strings.Cut(after, w.separator)
		return n, &EncodingError{lacks.Char, lacks.Encoding.String(), lacks.Line, strings.Trim(before+string(lacks.Char)+after, `"`)}
	}
	return n, err
}
