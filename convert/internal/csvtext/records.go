// Package csvtext reads the text of CSV: records, whatever their columns mean, and
// the numbers that stand in them.
package csvtext

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// maxRecord is the longest record of a CSV file, in bytes.
const maxRecord = 64 << 20

// maxEmpty is how often in a row a reader may give nothing.
const maxEmpty = 100

// Records reads the records of a CSV file one by one (RFC 4180), through one
// window. Quotes may stand around any field and hold separators, newlines and
// doubled quotes; a quote inside a bare field is itself. Blanks around a field or
// its quotes are no part of it, those inside of quotes are.
type Records struct {
	r      io.Reader
	sep    []byte
	buf    []byte
	at     int // where the next record begins
	end    int // of what was read
	eof    bool
	line   int64 // of the next record, from 1
	fields [][]byte
	plain  []byte // texts of quoted fields with doubled quotes

	// Most records begin like the one before. What is the same need be neither
	// split again nor looked up again.
	before []byte // the record before, where it had no quotes and still lies in the window
	ends   []int  // of each of its fields, where the next one begins
	gap    bool   // empty lines stood in front of the record that was read last
	same   int    // how many of the leading fields are those of the record before
}

// New reads the records of r, whose fields sep parts.
func New(r io.Reader, sep string) *Records {
	return &Records{r: r, sep: []byte(sep), buf: make([]byte, 256<<10), line: 1}
}

// Error is what is wrong with the text, and in which line.
type Error struct {
	Line     int64 // from 1
	Msg      string
	Encoding string // the one that the text looks like, if it is not UTF-8
	Err      error  // the kind of failure, or nil
}

// Error gives line and reason.
func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Msg) }

// Unwrap is the kind of failure.
func (e *Error) Unwrap() error { return e.Err }

// Same is how many of the leading fields of the record that was read last are
// known to be those of the one before it.
func (r *Records) Same() int { return r.same }

// Gap tells whether empty lines stand in front of the record that was read last.
func (r *Records) Gap() bool { return r.gap }

// Line is the line in which the next record begins, from 1.
func (r *Records) Line() int64 { return r.line }

// fill reads more behind what is there, at most a window's worth.
func (r *Records) fill() error {
	r.before = nil
	if r.at > 0 {
		r.end = copy(r.buf, r.buf[r.at:r.end])
		r.at = 0
	}
	if r.end == len(r.buf) {
		if len(r.buf) >= maxRecord {
			return &Error{Line: r.line, Msg: fmt.Sprintf("a record is longer than %d MB: is a quote not closed?", maxRecord>>20)}
		}
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	// Not io.ReadFull, which makes the end of the text io.ErrUnexpectedEOF: readers of
	// what is cut off, such as gzip, say so of a failure.
	for empty := 0; r.end < len(r.buf); {
		n, err := r.r.Read(r.buf[r.end:])
		r.end += n
		switch {
		case err == io.EOF:
			r.eof = true
			return nil
		case err != nil:
			return err
		case n > 0:
			empty = 0
		case empty == maxEmpty:
			return io.ErrNoProgress
		default:
			empty++
		}
	}
	return nil
}

// SkipBOM passes over a byte order mark at the start, and reads the first window.
func (r *Records) SkipBOM() error {
	if err := r.fill(); err != nil {
		return err
	}
	if bytes.HasPrefix(r.buf[:r.end], []byte("\ufeff")) {
		r.at = 3
	}
	return nil
}

// SkipLine passes over a first line of so many bytes, with its end; 0 for none.
func (r *Records) SkipLine(size int) {
	if r.at += size; size > 0 {
		r.line++
	}
}

// Next reads a record and returns its fields, valid until the next call, and the
// line it begins in. Empty lines are passed over. The end is io.EOF.
func (r *Records) Next() ([][]byte, int64, error) {
	r.gap = false
	for {
		fields, line, lines, size, err := r.scan()
		if err != nil {
			return nil, line, err
		}
		if size == 0 { // the record is not whole
			if r.eof {
				return nil, r.line, io.EOF
			}
			if err := r.fill(); err != nil {
				return nil, r.line, err
			}
			continue
		}
		r.at += size
		r.line += lines
		if len(fields) == 1 && len(fields[0]) == 0 && lines == 1 {
			r.gap = true
			continue // an empty line
		}
		return fields, line, nil
	}
}

// scan splits the record at r.at. Its size is 0 if the window ends first.
func (r *Records) scan() (fields [][]byte, line, lines int64, size int, err error) {
	text := r.buf[r.at:r.end]
	line = r.line
	if len(text) == 0 {
		return nil, line, 0, 0, nil
	}
	// The record before has neither quotes nor the end of a line.
	known := commonPrefix(r.before, text)
	if len(r.sep) == 1 {
		if end, ok := r.splitByte(text, known); ok {
			return r.fields, line, 1, end + 1, nil
		}
	}
	nl := bytes.IndexByte(text[known:], '\n')
	if nl >= 0 {
		nl += known
	}
	if nl >= 0 && bytes.IndexByte(text[known:nl], '"') < 0 {
		row := text[:nl]
		if nl > 0 && row[nl-1] == '\r' {
			row = row[:nl-1]
		}
		r.split(row, known)
		return r.fields, line, 1, nl + 1, nil
	}
	r.fields, r.plain, r.before, r.same = r.fields[:0], r.plain[:0], nil, 0
	if nl < 0 && r.eof && bytes.IndexByte(text, '"') < 0 {
		r.split(bytes.TrimSuffix(text, []byte("\r")), 0)
		return r.fields, line, 1, len(text), nil
	}
	return r.quoted(text)
}

// splitByte splits a record whose separator is one byte, of which so many bytes are
// those of the record before, and finds its end. ok is false where there is a quote in
// it, or no end: nothing has changed then.
func (r *Records) splitByte(text []byte, known int) (end int, ok bool) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	same, at := 0, 0
	if r.before != nil {
		for same < len(r.ends) && r.ends[same] <= known {
			same++
		}
		if same > 0 {
			at = r.ends[same-1]
		}
	}
	sep := r.sep[0]
	seps := uint64(sep) * ones
	fields, ends := r.fields[:min(same, len(r.fields))], r.ends[:same]
	for i := at; i < len(text); i++ {
		// Eight bytes at a time: a byte that is 0 behind ^ is one of those looked for.
		// The lowest high bit that is left tells the first of them.
		for i+8 <= len(text) {
			x := binary.LittleEndian.Uint64(text[i:])
			a, b, c := x^seps, x^(uint64('\n')*ones), x^(uint64('"')*ones)
			m := ((a-ones)&^a | (b-ones)&^b | (c-ones)&^c) & highs
			if m != 0 {
				i += bits.TrailingZeros64(m) / 8
				break
			}
			i += 8
		}
		if i == len(text) {
			break
		}
		switch text[i] {
		case sep:
			field := text[at:i]
			if i > at && (mayBeBlank(field[0]) || mayBeBlank(field[len(field)-1])) {
				field = bytes.TrimSpace(field)
			}
			fields = append(fields, field)
			at = i + 1
			ends = append(ends, at)
		case '\n':
			row := text[:i]
			if i > at && row[i-1] == '\r' {
				row = row[:i-1]
			}
			last := row[at:]
			if len(last) > 0 && (mayBeBlank(last[0]) || mayBeBlank(last[len(last)-1])) {
				last = bytes.TrimSpace(last)
			}
			r.fields, r.ends, r.same, r.before = append(fields, last), ends, same, row
			return i, true
		case '"':
			// What the record before had is overwritten.
			r.fields, r.ends, r.before = fields[:0], ends[:0], nil
			return 0, false
		}
	}
	r.fields, r.ends, r.before = fields[:0], ends[:0], nil
	return 0, false
}

// mayBeBlank tells whether a field that begins or ends with a byte may begin or end
// with a blank: characters beyond ASCII are looked at in full.
func mayBeBlank(b byte) bool { return b-'!' >= utf8.RuneSelf-'!' }

// split splits a record without quotes, of which so many bytes are those of the
// record before.
func (r *Records) split(row []byte, known int) {
	r.same = 0
	for r.same < len(r.ends) && r.ends[r.same] <= known && r.before != nil {
		r.same++
	}
	r.fields, r.ends = r.fields[:r.same], r.ends[:r.same]
	at := 0
	if r.same > 0 {
		at = r.ends[r.same-1]
	}
	for {
		var i int
		if len(r.sep) == 1 {
			i = bytes.IndexByte(row[at:], r.sep[0])
		} else {
			i = bytes.Index(row[at:], r.sep)
		}
		if i < 0 {
			r.fields = append(r.fields, bytes.TrimSpace(row[at:]))
			break
		}
		r.fields = append(r.fields, bytes.TrimSpace(row[at:at+i]))
		at += i + len(r.sep)
		r.ends = append(r.ends, at)
	}
	r.before = row
}

// commonPrefix is how many bytes two texts begin with alike.
func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for ; i+8 <= n; i += 8 {
		if x := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// quoted splits a record that may have quotes.
func (r *Records) quoted(text []byte) (fields [][]byte, line, lines int64, size int, err error) {
	line, lines = r.line, 1
	at := 0
	for {
		var field []byte
		quote := at
		if at < len(text) && mayBeBlank(text[at]) {
			if quote += r.blanks(text[at:]); quote < 0 {
				return nil, line, 0, 0, nil
			}
		}
		if quote < len(text) && text[quote] == '"' {
			var n int
			at = quote
			if field, n = r.unquote(text[at:]); n == 0 {
				if r.eof {
					return nil, line, 0, 0, &Error{Line: line, Msg: "a quote is not closed"}
				}
				return nil, line, 0, 0, nil
			}
			lines += int64(bytes.Count(text[at:at+n], []byte("\n")))
			at += n
			if at < len(text) && len(r.sep) == 1 && text[at] == r.sep[0] { // as most are
				r.fields = append(r.fields, field)
				at++
				continue
			}
			if at < len(text) && mayBeBlank(text[at]) {
				if at += r.blanks(text[at:]); at < 0 {
					return nil, line, 0, 0, nil
				}
			}
			rest := text[at:]
			if len(rest) > 0 && rest[0] == '\r' {
				if len(rest) == 1 && !r.eof {
					return nil, line, 0, 0, nil
				}
				if len(rest) == 1 || rest[1] == '\n' {
					at++
					rest = rest[1:]
				}
			}
			if len(rest) < len(r.sep) && !r.eof {
				return nil, line, 0, 0, nil
			}
			if len(rest) > 0 && rest[0] != '\n' && !bytes.HasPrefix(rest, r.sep) {
				if len(rest) < 20 && !r.eof && bytes.IndexByte(rest, '\n') < 0 {
					return nil, line, 0, 0, nil // the message shows that much
				}
				return nil, line, 0, 0, &Error{Line: line + lines - 1, Msg: fmt.Sprintf("%.20q follows the quotes around a field: quotes inside are doubled", rest)}
			}
		} else {
			end := bytes.IndexByte(text[at:], '\n')
			if end < 0 {
				if !r.eof {
					return nil, line, 0, 0, nil
				}
				end = len(text) - at
			}
			if i := bytes.Index(text[at:at+end], r.sep); i >= 0 {
				end = i
			}
			field = text[at : at+end]
			at += end
			field = ofFormula(bytes.TrimSpace(field))
		}
		r.fields = append(r.fields, field)
		switch {
		case at >= len(text):
			return r.fields, line, lines, at, nil
		case text[at] == '\n':
			return r.fields, line, lines, at + 1, nil
		}
		at += len(r.sep)
	}
}

// blanks is how many bytes of blanks a text begins with, which are neither the
// separator nor the end of a line; a negative number if the window ends first.
func (r *Records) blanks(text []byte) int {
	for n := 0; ; {
		rest := text[n:]
		switch {
		case !r.eof && (len(rest) < len(r.sep) || !utf8.FullRune(rest)):
			return math.MinInt
		case bytes.HasPrefix(rest, r.sep):
			return n
		}
		c, size := utf8.DecodeRune(rest)
		if size == 0 || c == '\n' || c == '\r' || !unicode.IsSpace(c) {
			return n
		}
		n += size
	}
}

// ofFormula is the text of a formula that is nothing but one, as programs write codes that
// a spreadsheet would make numbers of: ="0301".
func ofFormula(field []byte) []byte {
	if n := len(field); n > 3 && field[0] == '=' && field[1] == '"' && field[n-1] == '"' && bytes.IndexByte(field[2:n-1], '"') < 0 {
		return field[2 : n-1]
	}
	return field
}

// unquote reads a field in quotes. n is 0 if it does not end.
func (r *Records) unquote(text []byte) (field []byte, n int) {
	from := len(r.plain)
	doubled := false
	for i := 1; ; {
		k := bytes.IndexByte(text[i:], '"')
		if k < 0 {
			return nil, 0
		}
		k += i
		if k+1 == len(text) && !r.eof {
			return nil, 0 // another quote may follow
		}
		if k+1 < len(text) && text[k+1] == '"' {
			r.plain = append(r.plain, text[i:k+1]...)
			doubled = true
			i = k + 2
			continue
		}
		if !doubled {
			return text[1:k], k + 1
		}
		r.plain = append(r.plain, text[i:k]...)
		return r.plain[from:len(r.plain):len(r.plain)], k + 1
	}
}
