package convert

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// csvWriter writes the lines of a CSV table through one buffer. A cell is its
// text with the separator behind it; the value, which is last, has the end of
// the line behind it instead.
type csvWriter struct {
	buffer
	ds  *jsonstat.Dataset
	o   *CSVOptions
	na  []byte
	sep []byte
	eol []byte

	crlf     bool
	single   bool // the table has but one column
	comma    bool // the decimal mark is not a point
	quoteNum bool // numbers may hold the separator

	places *decimals // how many decimals a number has; nil: as many as it needs

	statuses *statusTexts
	scratch  []byte
}

func newCSVWriter(w io.Writer, ds *jsonstat.Dataset, o *CSVOptions) *csvWriter {
	w, mark := encoded(w, o.Encoding, o.Separator)
	c := &csvWriter{buffer: newBuffer(w), ds: ds, o: o, sep: []byte(o.Separator), eol: []byte("\n"), comma: o.Decimal != "."}
	if o.CRLF {
		c.crlf = true
		c.eol = []byte("\r\n")
	}
	if mark || o.BOM {
		c.buf = append(c.buf, "\ufeff"...)
	}
	c.statuses = newStatusTexts(ds, &o.Table, func(status string) []byte { return c.appendText(nil, status) })
	c.na = c.appendText(nil, *o.NA)
	c.quoteNum = strings.Trim(o.Separator, "0123456789.eE+-"+o.Decimal) == ""
	if o.UnitDecimals && ds != nil {
		c.places = newDecimals(ds)
	}
	return c
}

// appendText appends a text, in quotes if it needs them (RFC 4180).
func (c *csvWriter) appendText(dst []byte, text string) []byte {
	return c.appendCell(dst, []byte(text), "")
}

// label appends a text that is for people, guarded on request.
func (c *csvWriter) label(dst []byte, text string) []byte {
	return c.appendLabel(dst, []byte(text))
}

// appendLabel is label for what is there as bytes. It does not allocate.
func (c *csvWriter) appendLabel(dst, text []byte) []byte {
	if c.o.Guard && isFormula(text) {
		return c.appendCell(dst, text, "'")
	}
	return c.appendCell(dst, text, "")
}

// appendCell appends a text with something in front, in quotes if it needs them.
// A text with blanks at its ends needs them: readers take these off, ours among them.
// In a table of one column an empty cell needs them too: readers pass over empty
// lines.
func (c *csvWriter) appendCell(dst, text []byte, prefix string) []byte {
	if !bytes.ContainsAny(text, "\"\r\n") && !c.separates(text) && len(bytes.TrimSpace(text)) == len(text) && (len(text) > 0 || !c.single) {
		return append(append(dst, prefix...), text...)
	}
	dst = append(append(dst, '"'), prefix...)
	for {
		k := bytes.IndexByte(text, '"')
		if k < 0 {
			break
		}
		dst = append(append(dst, text[:k+1]...), '"')
		text = text[k+1:]
	}
	return append(append(dst, text...), '"')
}

// separates tells whether a reader would find the separator before the end of a
// text: in it, or where its end begins one, as the end of "a:" does before "::".
func (c *csvWriter) separates(text []byte) bool {
	if bytes.Contains(text, c.sep) {
		return true
	}
	for n := 1; n < len(c.sep); n++ {
		if bytes.HasSuffix(text, c.sep[:n]) && bytes.HasPrefix(c.sep, c.sep[n:]) {
			return true
		}
	}
	return false
}

// value appends a value.
func (c *csvWriter) value(dst []byte, kind jsonstat.Kind, token []byte) []byte {
	switch kind {
	case jsonstat.Number:
		if c.places != nil {
			c.scratch = append(c.scratch[:0], token...)
			return c.number(dst, c.scratch)
		}
		if !c.comma && !c.quoteNum {
			return append(dst, token...)
		}
		return c.number(dst, token)
	case jsonstat.NumberRaw:
		c.scratch = jsonstat.AppendNumber(c.scratch[:0], token)
		return c.number(dst, c.scratch)
	case jsonstat.Missing:
		return append(dst, c.na...)
	case jsonstat.Text:
		c.scratch = jsonstat.AppendText(c.scratch[:0], token)
		return c.appendLabel(dst, c.scratch)
	}
	return c.appendText(dst, string(token)) // true, false
}

// number appends a number with the decimal mark.
func (c *csvWriter) number(dst, token []byte) []byte {
	if c.places != nil {
		token = c.places.pad(token)
		c.scratch = token
	}
	start := len(dst)
	if k := bytes.IndexByte(token, '.'); k >= 0 && c.comma {
		dst = append(dst, token[:k]...)
		dst = append(dst, c.o.Decimal...)
		token = token[k+1:]
	}
	dst = append(dst, token...)
	if c.quoteNum && c.separates(dst[start:]) {
		dst = append(dst, `""`...)
		copy(dst[start+1:], dst[start:])
		dst[start], dst[len(dst)-1] = '"', '"'
	}
	return dst
}

// isFormula tells whether a spreadsheet would take a text for a formula.
func isFormula(text []byte) bool {
	return len(text) > 1 && strings.IndexByte("=+-@\t\r\n", text[0]) >= 0 && (text[0] != '-' || !json.Valid(text))
}
