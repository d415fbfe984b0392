package xlsxconv

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// plainRow is a row of a sheet that is read by rule, as texts. Field k is column k of the
// sheet.
type plainRow struct {
	b      *workbook
	sheet  string
	number int64
	fields [][]byte
	kinds  []rows.Kind
	traits []rows.Trait // of the fields up to the last that has any
	text   []byte
	ends   []int
}

// mark gives a field a trait.
func (p *plainRow) mark(column int, t rows.Trait) {
	for len(p.traits) <= column {
		p.traits = append(p.traits, 0)
	}
	p.traits[column] |= t
}

// set makes texts of the cells of a row, and tells whether there are any.
func (p *plainRow) set(number int64, cells []cell) (any bool, err error) {
	p.number = number
	p.text, p.ends, p.kinds, p.traits = p.text[:0], p.ends[:0], p.kinds[:0], p.traits[:0]
	for i := range cells {
		c := &cells[i]
		if c.column < len(p.ends) {
			return false, &CellError{Sheet: p.sheet, Cell: cellName(c.column, p.number), Msg: "the cell comes twice, or not in its place", Err: errXML}
		}
		for len(p.ends) < c.column {
			p.ends, p.kinds = append(p.ends, len(p.text)), append(p.kinds, rows.Plain)
		}
		from := len(p.text)
		text, kind, trait := p.say(p.text, c)
		p.text = text
		if trait != 0 {
			p.mark(c.column, trait)
		}
		any = any || trait&rows.Faulty != 0 || len(bytes.TrimSpace(p.text[from:])) > 0
		p.ends, p.kinds = append(p.ends, len(p.text)), append(p.kinds, kind)
	}
	p.fields = p.fields[:0]
	from := 0
	for _, end := range p.ends {
		p.fields = append(p.fields, p.text[from:end:end])
		from = end
	}
	return any, nil
}

// say appends the text of a cell: numbers as decimals, dates as ISO 8601 writes
// them.
func (p *plainRow) say(dst []byte, c *cell) ([]byte, rows.Kind, rows.Trait) {
	switch c.kind {
	case numberCell:
		return p.sayNumber(dst, c)
	case boolCell:
		if c.truth() {
			return append(dst, "true"...), rows.Plain, 0
		}
		return append(dst, "false"...), rows.Plain, 0
	case dateCell:
		if date, ok := isoDate(string(c.text)); ok {
			return append(dst, date...), rows.Period, 0
		}
	case errorCell:
		if string(c.text) == "#N/A" { // as programs write that there is no value
			return dst, rows.Null, 0
		}
		return dst, rows.Null, rows.Faulty
	case resultless:
		return dst, rows.Null, rows.Faulty
	}
	return append(dst, c.text...), rows.Plain, 0
}

// sayNumber appends a number as its format means it.
func (p *plainRow) sayNumber(dst []byte, c *cell) ([]byte, rows.Kind, rows.Trait) {
	as := p.b.shown.of(c.style)
	if as.date {
		if f, err := strconv.ParseFloat(string(c.text), 64); err == nil {
			if date, ok := dateOf(f, p.b.from); ok {
				return append(dst, date...), rows.Period, 0
			}
		}
	}
	from := len(dst)
	dst, ok := number(dst, c.text)
	switch {
	case !ok:
		return dst, rows.Plain, 0
	case as.zeros > 0:
		if digits, whole := wholeDigits(dst[from:]); whole {
			n := len(digits)
			dst = dst[:from+n]
			for range as.zeros - n {
				dst = slices.Insert(dst, from, '0')
			}
			return dst, rows.Code, 0
		}
	case as.percent:
		return dst, rows.Number, rows.Percent
	}
	return dst, rows.Number, 0
}

// wholeDigits are the digits of a number that is whole and not below zero.
func wholeDigits(number []byte) (digits []byte, whole bool) {
	digits, fraction, _ := bytes.Cut(number, []byte("."))
	for _, c := range digits {
		if c < '0' || c > '9' {
			return nil, false
		}
	}
	return digits, len(bytes.Trim(fraction, "0")) == 0
}
