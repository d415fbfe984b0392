package sdmxconv

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// csvRecords are the rows of SDMX-CSV.
type csvRecords struct {
	*csvtext.Records
	sep    string
	sub    string // between parts of a field, "" if there are none
	header []string
	line   int64 // of the header
}

// firstText is how much of a message is looked at before it is read.
const firstText = 64 << 10

// openCSV finds the separators, unless one is said, and reads the header, which is in the
// first row or in the one that is named.
func openCSV(src *bufio.Reader, separatorSaid, row string) (*csvRecords, error) {
	c := &csvRecords{}
	first, err := src.Peek(firstText)
	if err != nil && err != io.EOF {
		return nil, err
	}
	c.line, err = headerLine(row)
	if err != nil {
		return nil, err
	}
	said, skip := csvtext.SeparatorLine(bytes.TrimPrefix(first, []byte("\ufeff")))
	if skip > 0 && c.line == 1 {
		c.line++
	}
	line := first
	for range c.line - 1 {
		_, line, _ = bytes.Cut(line, []byte("\n"))
	}
	line, _, _ = bytes.Cut(line, []byte("\n"))
	var ok bool
	if c.sep, c.sub, ok = separator(string(line)); !ok && said != "" {
		c.sep = said
	} else if !ok {
		c.sep = ","
		for _, sep := range []string{";", "\t", "|"} {
			if bytes.Count(line, []byte(sep)) > bytes.Count(line, []byte(c.sep)) {
				c.sep = sep
			}
		}
	}
	if separatorSaid != "" {
		c.sep = separatorSaid
	}
	c.Records = csvtext.New(src, c.sep)
	if err := c.SkipBOM(); err != nil {
		return nil, err
	}
	c.SkipLine(skip)
	var fields [][]byte
	for number := int64(0); number < c.line; {
		if fields, number, err = c.Next(); err == io.EOF && row != "" {
			return nil, &convert.TableError{Msg: fmt.Sprintf("there is no row %d that could be the header", c.line), Err: jsonstat.ErrUnknown}
		} else if err == io.EOF {
			return nil, faultIn(0, "the message is empty")
		} else if err != nil {
			return nil, err
		}
	}
	for _, f := range fields {
		if !utf8.Valid(f) {
			return nil, &convert.TableError{Line: c.line, Msg: "the text is not UTF-8", Err: jsonstat.ErrEncoding}
		}
		c.header = append(c.header, string(f))
	}
	if len(c.header) < 2 {
		return nil, faultIn(c.line, "there is one column only, %q: this is no SDMX-CSV", brief(c.header[0]))
	}
	return c, nil
}

// headerLine is the line of the header: the first one, or the one that is named.
func headerLine(row string) (int64, error) {
	if row == "" {
		return 1, nil
	}
	n, err := strconv.ParseInt(row, 10, 32)
	if err != nil || n < 1 {
		return 0, &convert.TableError{Msg: fmt.Sprintf("the header of SDMX-CSV is one row, such as 3, not %q", brief(row)), Err: jsonstat.ErrUnknown}
	}
	return n, nil
}

// looksLikeCSV tells whether a first line is a header of SDMX-CSV.
func looksLikeCSV(line string) bool {
	_, _, ok := separator(line)
	line = strings.ToUpper(line)
	return ok || strings.Contains(line, "OBS_VALUE") || strings.Contains(line, "TIME_PERIOD")
}

// separator finds what stands behind the first term of the header, which gives
// the mark between parts of fields too.
func separator(line string) (sep, sub string, ok bool) {
	line = strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), "\r\n")
	quotes := strings.HasPrefix(line, `"`)
	line = strings.TrimPrefix(line, `"`)
	for _, term := range []string{"STRUCTURE", "DATAFLOW", "KEY"} {
		if len(line) < len(term) || !strings.EqualFold(line[:len(term)], term) {
			continue
		}
		rest := line[len(term):]
		if strings.HasPrefix(rest, "[") {
			if end := strings.IndexByte(rest, ']'); end > 0 {
				sub, rest = rest[1:end], rest[end+1:]
			}
		}
		if quotes {
			rest = strings.TrimPrefix(rest, `"`)
		}
		r, n := utf8.DecodeRuneInString(rest)
		if n == 0 || r == '_' || r == ' ' || r == ':' || 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' {
			return "", "", false
		}
		return rest[:n], sub, true
	}
	return "", "", false
}

// faultIn is an error of a line, 0 for none.
func faultIn(line int64, format string, args ...any) error {
	return &convert.TableError{Line: line, Msg: fmt.Sprintf(format, args...), Err: ErrNotSDMX}
}
