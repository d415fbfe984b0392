package xlsxconv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cube makes a cube of the table of a sheet, and finds the places that its cells link to.
//
// Which cells are merged stands behind the rows, and large sheets have such cells seldom.
// So a sheet is read as if it had none, and once more if it has.
func (b *workbook) cube(s *sheetInfo, o *ReadOptions) (*jsonstat.Dataset, []string, error) {
	var held []func() // warnings
	first := *o
	first.Warn = func(message string) { held = append(held, func() { o.Warn(message) }) }
	if o.Doubt != nil {
		first.Doubt = func(message string, options []string) { held = append(held, func() { o.Doubt(message, options) }) }
	}
	p, err := b.plainRows(s)
	if err != nil {
		return nil, nil, err
	}
	ds, err := p.cube(&first)
	if !p.ended {
		p.behind, _ = b.behind(s) // that something is wrong is said as it is
	}
	if len(p.behind.merged) == 0 {
		for _, warn := range held {
			warn()
		}
		return ds, p.behind.links, err
	}
	again, err := b.plainRows(s)
	if err != nil {
		return nil, nil, err
	}
	again.ended, again.merged.coming = true, p.behind.merged
	ds, err = again.cube(o)
	return ds, p.behind.links, err
}

// errMerged ends the rows of a sheet with merged cells that was read as if it had none.
var errMerged = errors.New("some cells are merged")

// plainRows are the rows of a sheet, from the first that is not empty on. Field k is
// column k of the sheet.
type plainRows struct {
	b      *workbook
	sheet  *sheetInfo
	rows   *rowReader
	behind behind // what stands behind the rows, once they have
	ended  bool
	merged merged
	fields [][]byte
	kinds  []rows.Kind
	traits []rows.Trait // of the fields up to the last that has any
	text   []byte
	ends   []int
}

// plainRows opens the rows of a sheet that is read by rule.
func (b *workbook) plainRows(s *sheetInfo) (*plainRows, error) {
	if !b.byRule {
		b.byRule, b.strings = true, nil // with which another sheet may have been read
	}
	p := &plainRows{b: b, sheet: s}
	p.merged = merged{room: copiesAtLeast, rows: p}
	var err error
	p.rows, err = b.rows(s)
	return p, err
}

// cube makes a cube of the rows, and closes them.
func (p *plainRows) cube(o *ReadOptions) (*jsonstat.Dataset, error) {
	defer p.rows.close()
	defer func() {
		switch left := p.rows.left; {
		case left.cells == 1:
			o.Warn(fmt.Sprintf("sheet %q, cell %s: raised text is left out: %s", p.sheet.name, left.cell, quoted(left.text)))
		case left.cells > 1:
			o.Warn(fmt.Sprintf("sheet %q, cell %s: raised text is left out: %s; and in %d other cells", p.sheet.name, left.cell, quoted(left.text), left.cells-1))
		}
	}()
	opts := rows.Options(o.TableOptions)
	grid, err := rows.NewGrid(p, "", &opts)
	if err != nil {
		return nil, tableError(err)
	}
	ds, err := rows.Make(grid, rows.Format{}, &opts)
	if err != nil {
		return nil, tableError(err)
	}
	return ds, nil
}

// Same knows nothing.
func (p *plainRows) Same() int { return 0 }

// Kinds are those of the row that was read last.
func (p *plainRows) Kinds() []rows.Kind { return p.kinds }

// Traits are those of the row that was read last, nil if it has none.
func (p *plainRows) Traits() []rows.Trait {
	if len(p.traits) == 0 {
		return nil
	}
	for len(p.traits) < len(p.fields) {
		p.traits = append(p.traits, 0)
	}
	return p.traits
}

// mark gives a field a trait.
func (p *plainRows) mark(column int, t rows.Trait) {
	for len(p.traits) <= column {
		p.traits = append(p.traits, 0)
	}
	p.traits[column] |= t
}

// Place says where a row stands, or a cell of it.
func (p *plainRows) Place(number int64, column int) rows.Place {
	place := rows.Place{Sheet: p.sheet.name, Row: number}
	if column >= 0 {
		place.Cell = cellName(column, number)
	}
	return place
}

// Next is the next row that is not empty.
func (p *plainRows) Next() ([][]byte, int64, error) {
	for {
		cells, err := p.rows.next()
		if err == io.EOF && !p.ended {
			if err := p.end(); err != nil {
				return nil, 0, err
			}
		}
		if err != nil {
			return nil, 0, err
		}
		any, err := p.row(cells)
		if err != nil {
			return nil, 0, err
		}
		if any {
			return p.fields, p.rows.row, nil
		}
	}
}

// end reads what stands behind the rows, to their end.
func (p *plainRows) end() error {
	p.ended = true
	if err := p.behind.read(p.rows.x); err != nil {
		return fmt.Errorf("sheet %q, behind its rows: %w", p.sheet.name, inWorkbook(err))
	}
	if len(p.behind.merged) > 0 {
		return errMerged
	}
	return nil
}

// row makes texts of the cells of a row, and tells whether there are any: what merged
// cells put into it does not count.
func (p *plainRows) row(cells []cell) (any bool, err error) {
	p.text, p.ends, p.kinds, p.traits = p.text[:0], p.ends[:0], p.kinds[:0], p.traits[:0]
	for i := range cells {
		c := &cells[i]
		if c.column < len(p.ends) {
			return false, &CellError{Sheet: p.sheet.name, Cell: cellName(c.column, p.rows.row), Msg: "the cell comes twice, or not in its place", Err: errXML}
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
	if any && (len(p.merged.coming) > 0 || len(p.merged.here) > 0) {
		err = p.merged.row(int32(min(p.rows.row, MaxRows+1)))
	}
	return any, err
}

// say appends the text of a cell: numbers as decimals, dates as ISO 8601 writes
// them.
func (p *plainRows) say(dst []byte, c *cell) ([]byte, rows.Kind, rows.Trait) {
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
func (p *plainRows) sayNumber(dst []byte, c *cell) ([]byte, rows.Kind, rows.Trait) {
	as := p.b.shown.of(c.style)
	if as.date {
		if f, err := strconv.ParseFloat(string(c.text), 64); err == nil {
			if date, ok := p.b.date(f); ok {
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

// isoDate is a date that a cell has as a text, as the same date is written that a cell
// has as a number: without its time of day if that is midnight, and without its day if
// that is the one on which times begin.
func isoDate(text string) (string, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		t = t.Round(time.Second)
		day, clock := t.Format("2006-01-02"), t.Format("15:04:05")
		switch {
		case (day == "1899-12-30" || day == "1899-12-31") && clock != "00:00:00":
			return clock, true
		case clock == "00:00:00":
			return day, true
		}
		return day + "T" + clock, true
	}
	if t, err := time.Parse("15:04:05.999999999", strings.TrimPrefix(text, "T")); err == nil {
		return t.Round(time.Second).Format("15:04:05"), true
	}
	return "", false
}

// tableError puts an error of a table in the words of package convert.
func tableError(err error) error {
	if e, ok := errors.AsType[*rows.Error](err); ok {
		return (*convert.TableError)(e)
	}
	return err
}

// date is a number as a date, with its time if it has one.
func (b *workbook) date(f float64) (string, bool) {
	if math.IsNaN(f) || f < 0 || f >= 2958466 { // the year 10000
		return "", false
	}
	if f > 0 && f < 1 { // a time of day
		if seconds := math.Round(f * 86400); seconds < 86400 {
			return time.Unix(int64(seconds), 0).UTC().Format("15:04:05"), true
		}
	}
	if f < 60 && b.from == -25569 {
		f++ // before the day that never was
	}
	seconds := math.Round(f * 86400)
	t := time.Unix(int64(seconds)+b.from*86400, 0).UTC()
	if math.Mod(seconds, 86400) == 0 {
		return t.Format("2006-01-02"), true
	}
	return t.Format("2006-01-02T15:04:05"), true
}

// appendNumber appends a number of a sheet.
func appendNumber(dst, text []byte) []byte {
	dst, _ = number(dst, text)
	return dst
}

// number appends a number of a sheet as JSON writes it. Programs write a float64 with
// up to 17 digits: 0.1 comes as 0.10000000000000001. So what has more digits than are
// sure is the shortest number that is the same float64. What is no number a float64 can
// be stays as it is, and ok is false.
func number(dst, text []byte) (number []byte, ok bool) {
	if len(text) <= sureDigits && isPlain(text) {
		return append(dst, text...), true
	}
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return append(dst, text...), false
	}
	var buf [32]byte
	return jsonstat.AppendNumber(dst, strconv.AppendFloat(buf[:0], f, 'e', -1, 64)), true
}

// isPlain tells whether a text is a JSON number without an exponent.
func isPlain(text []byte) bool {
	i := 0
	if len(text) > 0 && text[0] == '-' {
		i = 1
	}
	digits, point := 0, -1
	for k := i; k < len(text); k++ {
		switch c := text[k]; {
		case '0' <= c && c <= '9':
			digits++
		case c == '.' && point < 0 && digits > 0 && k < len(text)-1:
			point = k
		default:
			return false
		}
	}
	lead := len(text) - i
	if point >= 0 {
		lead = point - i
	}
	return digits > 0 && (text[i] != '0' || lead == 1)
}
