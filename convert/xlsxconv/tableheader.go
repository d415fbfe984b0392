package xlsxconv

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// tableHeader finds the header of a sheet that Write wrote, and what its columns are read
// as.
type tableHeader struct {
	*hidden
	b       *workbook
	sheet   *sheetInfo
	rows    *rowReader
	warn    func(string)
	columns []reading // by column of the sheet
	dims    []int     // dimensions that have a column
	byDims  []int     // those in the header
}

// openHeader opens a sheet.
func openHeader(b *workbook, h *hidden, s *sheetInfo, warn func(string)) (*tableHeader, error) {
	r, err := b.rows(s)
	return &tableHeader{hidden: h, b: b, sheet: s, rows: r, warn: warn}, err
}

// find finds the header and says what each column is: in the row where it was
// written, for a row above it may say the same; else, since rows may have been put in
// or taken out, in the first row that can be one. Columns may have moved.
func (t *tableHeader) find() error {
	var above [][]cell // rows in front, without a gap
	for at := int64(t.form.Header); ; {
		cells, err := t.rows.next()
		if err == io.EOF || err == nil && t.rows.row > at {
			break
		}
		if err != nil {
			return err
		}
		cells = keepCells(cells)
		if t.rows.row == at && t.isHeader(cells) {
			return t.setColumns(cells, above)
		}
		above = append(above, cells)
	}
	again, err := t.b.rows(t.sheet)
	if err != nil {
		return err
	}
	t.rows.close()
	t.rows = again
	return t.movedHeader()
}

// movedHeader finds a header that is not where it was written.
func (t *tableHeader) movedHeader() error {
	var above [][]cell // rows in front, without a gap
	for {
		cells, err := t.rows.next()
		if err == io.EOF || (err == nil && t.rows.row > int64(t.form.Header)+100) {
			return &CellError{Sheet: t.sheet.name, Msg: "the header of the table is not there" + t.wanted()}
		}
		if err != nil {
			return err
		}
		cells = keepCells(cells)
		if t.isHeader(cells) {
			return t.setColumns(cells, above)
		}
		above = append(above, cells)
	}
}

// wanted says what a header looks like.
func (t *tableHeader) wanted() string {
	var names []string
	for _, c := range t.form.Columns {
		names = append(names, fmt.Sprintf("%.40q", c.Header))
	}
	if len(names) == 0 {
		return ""
	}
	return ": it has the columns " + strings.Join(names, ", ")
}

// keepCells copies the cells of a row.
func keepCells(cells []cell) []cell {
	kept := slices.Clone(cells)
	for i := range kept {
		kept[i].text = bytes.Clone(kept[i].text)
	}
	return kept
}

// isHeader tells whether a row has all columns that a header needs.
func (t *tableHeader) isHeader(cells []cell) bool {
	said := saidBy(cells)
	has := func(text string) bool { return said[text] != nil || said[lineEnds(text)] != nil }
	for _, f := range t.form.Columns {
		if !has(f.Header) {
			return false
		}
	}
	if len(t.form.By) == 0 {
		return has(t.form.Value)
	}
	return len(t.form.Columns) > 0 || t.rows.row == int64(t.form.Header)
}

// sayings are the columns of cells by what these say.
type sayings map[string][]int

func saidBy(cells []cell) sayings {
	said := make(sayings, len(cells))
	for i := range cells {
		text := string(cells[i].text)
		said[text] = append(said[text], cells[i].column)
	}
	return said
}

// take takes the first column that says a text, but for how its lines end, -1 if
// there is none left.
func (s sayings) take(text string) int {
	from, at := "", -1
	for _, as := range []string{text, lineEnds(text)} {
		if list := s[as]; len(list) > 0 && (at < 0 || list[0] < at) {
			from, at = as, list[0]
		}
	}
	if at >= 0 {
		s[from] = s[from][1:]
	}
	return at
}

// setColumns says what the columns are.
func (t *tableHeader) setColumns(cells []cell, above [][]cell) error {
	t.columns = nil
	width := cells[len(cells)-1].column + 1
	t.columns = make([]reading, width)
	texts := make([]*cell, width)
	for i := range cells {
		texts[cells[i].column] = &cells[i]
	}
	seen := map[int]bool{}
	said := saidBy(cells)
	for _, f := range t.form.Columns {
		at := said.take(f.Header)
		if at < 0 {
			return &CellError{Sheet: t.sheet.name, Row: t.rows.row, Msg: fmt.Sprintf("the column %q comes once, and two are looked for", f.Header)}
		}
		r, err := readDimension(t.head, f, cellText)
		if err != nil {
			return err
		}
		r.again = seen[r.dim]
		seen[r.dim] = true
		t.columns[at], texts[at] = r, nil
		if !r.again {
			t.dims = append(t.dims, r.dim)
		}
	}
	if len(t.form.By) > 0 {
		return t.setPivot(texts, above)
	}
	return t.setLong(texts)
}

// setLong finds the columns of value and status of a long table.
func (t *tableHeader) setLong(texts []*cell) error {
	named := func(name string) int {
		return slices.IndexFunc(texts, func(c *cell) bool { return c != nil && c.says(name) })
	}
	value := named(t.form.Value)
	if value < 0 {
		return &CellError{Sheet: t.sheet.name, Row: t.rows.row, Msg: fmt.Sprintf("there is no column %q", t.form.Value)}
	}
	t.columns[value] = reading{kind: valueReading, status: -1}
	texts[value] = nil
	if t.form.Place == "column" {
		status := named(t.form.Status)
		if status < 0 {
			t.warn(fmt.Sprintf("sheet %q has no column %q any more: there are no statuses", t.sheet.name, t.form.Status))
		} else {
			t.columns[value].status = status
			t.columns[status].kind, texts[status] = statusReading, nil
		}
	}
	t.strange(texts)
	return nil
}

// strange warns of columns that are not ours.
func (t *tableHeader) strange(texts []*cell) {
	for _, c := range texts {
		if c != nil {
			t.warn(fmt.Sprintf("sheet %q: column %s, %.40q, is no part of the table: it is left out", t.sheet.name, columnName(c.column), c.text))
		}
	}
}

// setPivot finds the value columns of a pivot, by the categories above them.
func (t *tableHeader) setPivot(texts []*cell, above [][]cell) error {
	levels := len(t.form.By)
	var lookups []reading
	for _, f := range t.form.By {
		r, err := readDimension(t.head, f, headText)
		if err != nil {
			return err
		}
		lookups = append(lookups, r)
		t.byDims = append(t.byDims, r.dim)
	}
	// The upper rows of the header have a text only where it changes.
	current := make([]*cell, levels)
	upper := make([]map[int]*cell, levels-1)
	for i := range upper {
		upper[i] = map[int]*cell{}
		if k := len(above) - (levels - 1) + i; k >= 0 {
			for j := range above[k] {
				upper[i][above[k][j].column] = &above[k][j]
			}
		}
	}
	last := -1
	taken := map[string]int{} // columns by their categories
	for column := range texts {
		for i := range upper {
			if c := upper[i][column]; c != nil && t.columns[column].kind == ignored {
				current[i] = c
			}
		}
		c := texts[column]
		if c == nil {
			continue
		}
		if t.form.Place == "column" && last >= 0 && t.columns[last].status < 0 && c.says(t.form.Status) {
			t.columns[last].status, t.columns[column].kind, texts[column] = column, statusReading, nil
			continue
		}
		current[levels-1] = c
		by := make([]int32, levels)
		known := true
		for i := range by {
			by[i] = -1
			if current[i] != nil {
				by[i] = lookups[i].find(current[i], t.b.from)
			}
			known = known && by[i] >= 0
		}
		if !known {
			continue
		}
		key := fmt.Sprint(by)
		if k, ok := taken[key]; ok {
			return t.fail(column, "the column is the same as column %s", columnName(k))
		}
		taken[key] = column
		t.columns[column] = reading{kind: valueReading, by: by, status: -1}
		texts[column], last = nil, column
	}
	t.strange(texts)
	return nil
}

// fail is an error at a cell.
func (t *tableHeader) fail(column int, format string, args ...any) error {
	return &CellError{Sheet: t.sheet.name, Row: t.rows.row, Cell: cellName(column, t.rows.row), Msg: fmt.Sprintf(format, args...)}
}
