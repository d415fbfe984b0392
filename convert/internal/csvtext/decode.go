package csvtext

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Decoded is a text in UTF-8, with a buffer of that size: src itself where it is that
// already. The encoding is the one that a byte order mark says, else the one that is
// named, else UTF-8; it is not guessed. An unknown name is a
// [jsonstat.ErrEncodingName].
func Decoded(src *bufio.Reader, name string) (*bufio.Reader, error) {
	said, ok := charset.Named(name)
	if !ok {
		return nil, fmt.Errorf("%w %q: it is one of %s", jsonstat.ErrEncodingName, name, charset.Names)
	}
	const enough = 4096
	head, err := src.Peek(enough)
	if err != nil && err != io.EOF {
		return nil, err
	}
	enc := charset.Of(said, head)
	if enc != charset.UTF8 {
		return bufio.NewReaderSize(decoder{charset.NewReader(src, enc)}, src.Size()), nil
	}
	if likely, ok := charset.Unmarked(head); ok {
		return nil, &Error{
			Line: 1, Msg: fmt.Sprintf("the text is not UTF-8: it looks like UTF-16 without a byte order mark, %s by its zeros", likely),
			Encoding: likely.String(), Err: jsonstat.ErrEncoding,
		}
	}
	return src, nil
}

// decoder puts the errors of another encoding in those of texts.
type decoder struct{ r *charset.Reader }

func (d decoder) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if e, ok := errors.AsType[*charset.Error](err); ok {
		err = &Error{Line: e.Line, Msg: e.Msg, Err: jsonstat.ErrEncoding}
	}
	return n, err
}

// SeparatorLine reads a first line such as sep=; which Excel heeds: what it says, and
// where the text goes on. There are more separators behind where a program made that
// line as long as the others. Without such a line there is no separator.
func SeparatorLine(text []byte) (separator string, end int) {
	line, rest, ok := bytes.Cut(text, []byte("\n"))
	if end = len(line); ok {
		end++
	}
	said := strings.Trim(strings.TrimSuffix(string(line), "\r"), `"`)
	if len(said) < 5 || !strings.EqualFold(said[:4], "sep=") {
		return "", 0
	}
	said = said[4:]
	c, size := utf8.DecodeRuneInString(said)
	if c == utf8.RuneError || c == '"' || c < utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
		return "", 0
	}
	separator = said[:size]
	next, _, _ := bytes.Cut(rest, []byte("\n"))
	n := strings.Count(said, separator)
	if strings.Trim(said, separator+`"`) != "" || n > 1 && n != bytes.Count(next, []byte(separator)) {
		return "", 0
	}
	return separator, end
}
