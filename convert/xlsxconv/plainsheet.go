package xlsxconv

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// plain reads a sheet by rule.
func (b *workbook) plain(o *ReadOptions) (*jsonstat.Dataset, error) {
	s, err := b.choose(o.Sheet)
	if err != nil {
		return nil, err
	}
	table := &plainRows{b: b, sheet: s, header: int64(o.Header)}
	defer table.close()
	ds, err := convert.ReadRows(table, &o.ReadCSVOptions)
	if err != nil {
		return nil, placed(s.name, err)
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

// plainRows are the rows of a sheet as texts, from the header on.
type plainRows struct {
	b      *workbook
	sheet  *sheetInfo
	header int64 // row of the header; 0 if it is the first that is not empty
	rows   *rowReader
	first  int // first column of the table
	width  int // 0 until the header was read
	fields [][]byte
	text   []byte
	ends   []int

	formulas int
	errText  string
	errCell  string
}

func (p *plainRows) close() {
	if p.rows != nil {
		p.rows.close()
	}
}

// Rewind goes to the header.
func (p *plainRows) Rewind() error {
	p.close()
	var err error
	p.rows, err = p.b.rows(p.sheet)
	p.width, p.formulas = 0, 0
	return err
}

// Next is the next row.
func (p *plainRows) Next() ([][]byte, int64, error) {
	for {
		cells, err := p.rows.next()
		if err != nil {
			return nil, 0, err
		}
		if p.width > 0 || p.rows.row >= p.header {
			fields, err := p.row(cells)
			if fields != nil || err != nil {
				return fields, p.rows.row, err
			}
		}
	}
}

// row makes texts of the cells of a row, nil if they are none of the table's.
func (p *plainRows) row(cells []cell) ([][]byte, error) {
	if p.width == 0 {
		p.first = cells[0].column
		p.width = cells[len(cells)-1].column - p.first + 1
	}
	p.text, p.ends = p.text[:0], p.ends[:0]
	any := false
	for i := range cells {
		c := &cells[i]
		k := c.column - p.first
		if k < len(p.ends) {
			if k < 0 {
				return nil, p.outside(c)
			}
			return nil, &CellError{Sheet: p.sheet.name, Cell: cellName(c.column, p.rows.row), Msg: "the cell comes twice, or not in its place", Err: errXML}
		}
		if k >= p.width {
			if len(bytes.TrimSpace(c.text)) == 0 {
				continue
			}
			return nil, p.outside(c)
		}
		for len(p.ends) < k {
			p.ends = append(p.ends, len(p.text))
		}
		from := len(p.text)
		p.text = p.say(p.text, c)
		any = any || len(bytes.TrimSpace(p.text[from:])) > 0
		p.ends = append(p.ends, len(p.text))
	}
	if !any {
		return nil, nil
	}
	for len(p.ends) < p.width {
		p.ends = append(p.ends, len(p.text))
	}
	p.fields = p.fields[:0]
	from := 0
	for _, end := range p.ends {
		p.fields = append(p.fields, p.text[from:end:end])
		from = end
	}
	return p.fields, nil
}

func (p *plainRows) outside(c *cell) error {
	return &CellError{Sheet: p.sheet.name, Cell: cellName(c.column, p.rows.row), Msg: fmt.Sprintf("the cell stands outside of the table, which is as wide as its header: columns %s to %s; is the header in another row?",
		columnName(p.first), columnName(p.first+p.width-1)), Err: ErrOutside}
}

// say appends the text of a cell: numbers as decimals, dates as ISO 8601 writes
// them.
func (p *plainRows) say(dst []byte, c *cell) []byte {
	switch c.kind {
	case numberCell:
		if c.style < len(p.b.dates) && c.style >= 0 && p.b.dates[c.style] {
			if f, err := strconv.ParseFloat(string(c.text), 64); err == nil {
				if date, ok := p.b.date(f); ok {
					return append(dst, date...)
				}
			}
		}
		return appendNumber(dst, c.text)
	case boolCell:
		if c.truth() {
			return append(dst, "true"...)
		}
		return append(dst, "false"...)
	case errorCell:
		if p.formulas++; p.formulas == 1 {
			p.errText, p.errCell = string(c.text), cellName(c.column, p.rows.row)
		}
	}
	return append(dst, c.text...)
}

// date is a number as a date, with its time if it has one.
func (b *workbook) date(f float64) (string, bool) {
	if math.IsNaN(f) || f < 0 || f >= 2958466 { // the year 10000
		return "", false
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
