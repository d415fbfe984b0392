package xlsxconv

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// plain reads a sheet by rule.
func (b *workbook) plain(o *ReadOptions) (*jsonstat.Dataset, error) {
	s, err := b.choose(o.Sheet)
	if err != nil {
		return nil, err
	}
	table := &plainRows{b: b, sheet: s}
	if table.rows, err = b.rows(s); err != nil {
		return nil, err
	}
	defer table.rows.close()
	opts := rows.Options(o.TableOptions)
	grid, err := rows.NewGrid(table, "", &opts)
	if err != nil {
		return nil, tableError(err)
	}
	ds, err := rows.Make(grid, rows.Format{}, &opts)
	if err != nil {
		return nil, tableError(err)
	}
	if table.formulas > 0 {
		o.Warn(fmt.Sprintf("%d cells hold an error, such as %s in cell %s: they are text", table.formulas, table.errText, table.errCell))
	}
	return ds, nil
}

// choose finds the sheet that is asked for, or the first that can be seen.
func (b *workbook) choose(name string) (*sheetInfo, error) {
	if name != "" {
		if s := b.sheet(name); s != nil {
			return s, nil
		}
		unknown := &jsonstat.UnknownError{Kind: "sheet", Name: name, Near: jsonstat.Near(name, b.names())}
		if all := b.names(); len(all) <= 20 {
			unknown.All = all
		}
		return nil, unknown
	}
	for i := range b.sheets {
		if b.sheets[i].visible {
			return &b.sheets[i], nil
		}
	}
	return &b.sheets[0], nil
}

// plainRows are the rows of a sheet, from the first that is not empty on. Field k is
// column k of the sheet.
type plainRows struct {
	b      *workbook
	sheet  *sheetInfo
	rows   *rowReader
	fields [][]byte
	kinds  []rows.Kind
	text   []byte
	ends   []int

	formulas int
	errText  string
	errCell  string
}

// Same knows nothing.
func (p *plainRows) Same() int { return 0 }

// Kinds are those of the row that was read last.
func (p *plainRows) Kinds() []rows.Kind { return p.kinds }

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

// row makes texts of the cells of a row, and tells whether there are any.
func (p *plainRows) row(cells []cell) (any bool, err error) {
	p.text, p.ends, p.kinds = p.text[:0], p.ends[:0], p.kinds[:0]
	for i := range cells {
		c := &cells[i]
		if c.column < len(p.ends) {
			return false, &CellError{Sheet: p.sheet.name, Cell: cellName(c.column, p.rows.row), Msg: "the cell comes twice, or not in its place", Err: errXML}
		}
		for len(p.ends) < c.column {
			p.ends, p.kinds = append(p.ends, len(p.text)), append(p.kinds, rows.Plain)
		}
		from := len(p.text)
		var kind rows.Kind
		p.text, kind = p.say(p.text, c)
		any = any || len(bytes.TrimSpace(p.text[from:])) > 0
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
func (p *plainRows) say(dst []byte, c *cell) ([]byte, rows.Kind) {
	switch c.kind {
	case numberCell:
		if c.style < len(p.b.dates) && c.style >= 0 && p.b.dates[c.style] {
			if f, err := strconv.ParseFloat(string(c.text), 64); err == nil {
				if date, ok := p.b.date(f); ok {
					return append(dst, date...), rows.Period
				}
			}
		}
		return appendNumber(dst, c.text), rows.Plain
	case boolCell:
		if c.truth() {
			return append(dst, "true"...), rows.Plain
		}
		return append(dst, "false"...), rows.Plain
	case errorCell:
		if p.formulas++; p.formulas == 1 {
			p.errText, p.errCell = string(c.text), cellName(c.column, p.rows.row)
		}
	}
	return append(dst, c.text...), rows.Plain
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

// appendNumber appends a number of a sheet. Programs write a float64 with up to 17
// digits: 0.1 comes as 0.10000000000000001. So what has more digits than are sure
// is the shortest number that is the same float64.
func appendNumber(dst, text []byte) []byte {
	if len(text) <= sureDigits && isPlain(text) {
		return append(dst, text...)
	}
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return append(dst, text...)
	}
	var buf [32]byte
	return jsonstat.AppendNumber(dst, strconv.AppendFloat(buf[:0], f, 'e', -1, 64))
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
