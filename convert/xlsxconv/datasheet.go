package xlsxconv

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// dataSheet is a sheet of data being read.
type dataSheet struct {
	*own
	rows    *rowReader
	info    *sheetInfo
	name    string
	columns []reading // by column of the sheet
	dims    []int     // dimensions that have a column
	byDims  []int     // those in the header
	coords  []int32
	number  []byte
	words   map[string]string // codes of statuses by what a cell says, but for how lines end
}

// reading is what a column of a sheet is read as.
type reading struct {
	kind     readingKind
	dim      int
	again    bool // another column of the dimension comes first
	found    *categories
	written  func(k int) string // the text of a category
	days     map[int64]int32
	byShared map[int]int32 // categories by number of the shared string
	by       []int32       // of a value column: categories of the pivoted dimensions
	status   int           // of a value column: its status column, -1 if there is none
}

type readingKind uint8

const (
	ignored readingKind = iota
	category
	valueReading
	statusReading
)

// open opens a data sheet.
func (o *own) open(s *sheetInfo) (*dataSheet, error) {
	r, err := o.b.rows(s)
	if err != nil {
		return nil, err
	}
	return &dataSheet{own: o, rows: r, info: s, name: s.name, coords: make([]int32, len(o.head.Dimensions()))}, nil
}

// sheet reads a data sheet.
func (o *own) sheet(s *sheetInfo) error {
	t, err := o.open(s)
	if err != nil {
		return err
	}
	defer func() { t.rows.close() }() // it may be opened again
	if err := t.header(); err != nil {
		return err
	}
	for {
		cells, err := t.rows.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = t.row(cells)
		}
		if err != nil {
			return err
		}
	}
}

// fail is an error at a cell.
func (t *dataSheet) fail(column int, format string, args ...any) error {
	return &CellError{Sheet: t.name, Row: t.rows.row, Cell: cellName(column, t.rows.row), Msg: fmt.Sprintf(format, args...)}
}

// lookup makes the texts of the categories of a dimension known: as they were
// written, else by id, by label, by both.
func lookup(d *jsonstat.Dimension, written func(k int) string) *categories {
	texts := make([]string, d.Len())
	labels := map[string]int{}
	for k := range texts {
		texts[k] = written(k)
		labels[d.CategoryLabel(k)]++
	}
	found := newCategories(texts)
	for k := range texts {
		found.alias(d.CategoryID(k), k)
	}
	for k := range texts {
		if label := d.CategoryLabel(k); labels[label] == 1 {
			found.alias(label, k)
		}
		found.alias("["+d.CategoryID(k)+"] "+d.CategoryLabel(k), k)
		found.alias(lineEnds(texts[k]), k)
	}
	return found
}

// showOf is the inverse of showName.
func showOf(name string) layout.Show {
	return map[string]layout.Show{"id": layout.ID, "both": layout.Both, "date": layout.ID}[name]
}

// dimension prepares the reading of a dimension.
func (t *dataSheet) dimension(f formColumn, written func(d *jsonstat.Dimension, show layout.Show, k int) string) (reading, error) {
	i, d, err := t.head.FindDimension(f.Dimension)
	if err != nil {
		return reading{}, fmt.Errorf("the hidden sheet %q: %w", hiddenSheet, err)
	}
	show := showOf(f.Show)
	say := func(k int) string { return written(d, show, k) }
	r := reading{kind: category, dim: i, byShared: map[int]int32{}, found: lookup(d, say), written: say}
	if f.Show == "date" {
		r.days = map[int64]int32{}
		for k, day := range serials(d) {
			r.days[day] = int32(k)
		}
	}
	return r, nil
}

// find is the category that a cell names, -1 if there is none.
func (r *reading) find(b *workbook, c *cell) int32 {
	if c.shared >= 0 {
		if k, ok := r.byShared[c.shared]; ok {
			return k
		}
		k := r.found.find(c.text)
		r.byShared[c.shared] = k
		return k
	}
	if r.days != nil && c.kind == numberCell {
		if day, err := strconv.ParseFloat(string(c.text), 64); err == nil && day == float64(int64(day)) {
			if b.from == -24107 {
				day += 1462 // the two calendars differ by four years
			}
			if k, ok := r.days[int64(day)]; ok {
				return k
			}
		}
	}
	if c.kind == numberCell {
		return r.found.find(appendNumber(nil, c.text))
	}
	return r.found.find(c.text)
}

// header finds the header and says what each column is: in the row where it was
// written, for a row above it may say the same; else, since rows may have been put in
// or taken out, in the first row that can be one. Columns may have moved.
func (t *dataSheet) header() error {
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
	again, err := t.b.rows(t.info)
	if err != nil {
		return err
	}
	t.rows.close()
	t.rows = again
	return t.movedHeader()
}

// movedHeader finds a header that is not where it was written.
func (t *dataSheet) movedHeader() error {
	var above [][]cell // rows in front, without a gap
	for {
		cells, err := t.rows.next()
		if err == io.EOF || (err == nil && t.rows.row > int64(t.form.Header)+100) {
			return &CellError{Sheet: t.name, Msg: "the header of the table is not there" + t.wanted()}
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
func (t *dataSheet) wanted() string {
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
func (t *dataSheet) isHeader(cells []cell) bool {
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
func (t *dataSheet) setColumns(cells []cell, above [][]cell) error {
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
			return &CellError{Sheet: t.name, Row: t.rows.row, Msg: fmt.Sprintf("the column %q comes once, and two are looked for", f.Header)}
		}
		r, err := t.dimension(f, cellText)
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
func (t *dataSheet) setLong(texts []*cell) error {
	named := func(name string) int {
		return slices.IndexFunc(texts, func(c *cell) bool { return c != nil && c.says(name) })
	}
	value := named(t.form.Value)
	if value < 0 {
		return &CellError{Sheet: t.name, Row: t.rows.row, Msg: fmt.Sprintf("there is no column %q", t.form.Value)}
	}
	t.columns[value] = reading{kind: valueReading, status: -1}
	texts[value] = nil
	if t.form.Place == "column" {
		status := named(t.form.Status)
		if status < 0 {
			t.warn(fmt.Sprintf("sheet %q has no column %q any more: there are no statuses", t.name, t.form.Status))
		} else {
			t.columns[value].status = status
			t.columns[status].kind, texts[status] = statusReading, nil
		}
	}
	t.strange(texts)
	return nil
}

// strange warns of columns that are not ours.
func (t *dataSheet) strange(texts []*cell) {
	for _, c := range texts {
		if c != nil {
			t.warn(fmt.Sprintf("sheet %q: column %s, %.40q, is no part of the table: it is left out", t.name, columnName(c.column), c.text))
		}
	}
}

// setPivot finds the value columns of a pivot, by the categories above them.
func (t *dataSheet) setPivot(texts []*cell, above [][]cell) error {
	levels := len(t.form.By)
	var lookups []reading
	for _, f := range t.form.By {
		r, err := t.dimension(f, headText)
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
				by[i] = lookups[i].find(t.b, current[i])
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
