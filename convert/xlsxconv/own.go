package xlsxconv

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/build"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// own is a workbook that Write wrote, perhaps with changes since.
type own struct {
	b      *workbook
	head   *jsonstat.Dataset
	form   form
	exact  held // values of which the sheets do not say all, as JSON tokens
	status held // statuses that are not seen
	warn   func(string)
	cube   *columnar.Cube
}

// maxHead is the largest document without its cells that is read, in bytes.
const maxHead = 256 << 20

// readHidden reads the hidden sheet. It is nil if the sheet is another one that
// happens to have its name.
func (b *workbook) readHidden(s *sheetInfo) (*own, error) {
	r, err := b.rows(s)
	if err != nil {
		return nil, err
	}
	defer r.close()
	o := &own{b: b}
	var form, head []byte
	for {
		cells, err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		kind, rest := string(cells[0].text), cells[1:]
		switch kind {
		case rowForm, rowHead:
			to := &form
			if kind == rowHead {
				to = &head
			}
			for i := range rest {
				*to = append(*to, rest[i].text...)
			}
			if len(*to) > maxHead {
				return nil, fmt.Errorf("it has more than %d MB of %q: %w", maxHead>>20, kind, jsonstat.ErrLimit)
			}
		case rowValue:
			if err := o.hold(rest); err != nil {
				return nil, r.fail(err)
			}
		case rowValues, rowStatuses:
			for i := range rest {
				if err := o.holdList(kind, rest[i].text); err != nil {
					return nil, r.fail(err)
				}
			}
		}
	}
	if form == nil && head == nil {
		return nil, nil
	}
	o.exact.sort()
	o.status.sort()
	if err := json.Unmarshal(form, &o.form); err != nil {
		return nil, fmt.Errorf("its rows %q are damaged: %w", rowForm, err)
	}
	if o.form.Version > formVersion {
		return nil, fmt.Errorf("it is of version %d, and this program knows %d: a newer one reads it", o.form.Version, formVersion)
	}
	o.head, err = columnar.ParseHead(head)
	return o, err
}

// hold keeps one value, which is in pieces.
func (o *own) hold(cells []cell) error {
	if len(cells) == 0 {
		return fmt.Errorf("it names no cell: %w", errXML)
	}
	pos, err := strconv.ParseInt(string(cells[0].text), 10, 64)
	if err != nil {
		return fmt.Errorf("%.20q is no position of a cell: %w", cells[0].text, errXML)
	}
	var text []byte
	for i := range cells[1:] {
		text = append(text, cells[1+i].text...)
	}
	if !isValue(text) {
		return fmt.Errorf("%.20q is no value: %w", text, errXML)
	}
	o.exact.add(pos, text)
	return nil
}

// holdList keeps a list of positions and values, or statuses.
func (o *own) holdList(kind string, text []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil || len(list)%2 != 0 {
		return fmt.Errorf("%.20q is no list of positions and values: %w", text, errXML)
	}
	for i := 0; i < len(list); i += 2 {
		pos, err := strconv.ParseInt(string(list[i]), 10, 64)
		if err != nil {
			return fmt.Errorf("%.20q is no position of a cell: %w", list[i], errXML)
		}
		if kind == rowValues {
			if !isValue(list[i+1]) {
				return fmt.Errorf("%.20q is no value: %w", list[i+1], errXML)
			}
			o.exact.add(pos, list[i+1])
			continue
		}
		var status string
		if err := json.Unmarshal(list[i+1], &status); err != nil {
			return fmt.Errorf("%.20q is no status: %w", list[i+1], errXML)
		}
		o.status.add(pos, []byte(status))
	}
	return nil
}

// isValue tells whether a text is a JSON number or string.
func isValue(text []byte) bool {
	return len(text) > 0 && (text[0] == '"' || text[0] == '-' || ('0' <= text[0] && text[0] <= '9')) && json.Valid(text)
}

// read makes the dataset.
func (o *own) read() (*jsonstat.Dataset, error) {
	forms := columnar.Forms{Values: jsonstat.Dense, Statuses: jsonstat.Sparse}
	if o.form.Values == "sparse" {
		forms.Values = jsonstat.Sparse
	}
	if o.form.Dense {
		forms.Statuses = jsonstat.Dense
	}
	n, err := o.head.Shape().Cells()
	if err != nil {
		return nil, err
	}
	sheets, err := o.sheets()
	if err != nil {
		return nil, err
	}
	rows := n
	const small = 1 << 20 // cells that may be missing without harm
	switch {
	case !o.form.Cells || n == 0:
		rows = 0
	case n > small:
		if rows, err = o.count(sheets); err != nil {
			return nil, err
		}
	}
	if o.cube, err = columnar.NewCube(o.head, forms, rows); err != nil {
		return nil, err
	}
	if rows > 0 {
		for _, s := range sheets {
			if err := o.sheet(s); err != nil {
				return nil, err
			}
		}
	}
	return o.cube.Dataset()
}

// sheets finds the data sheets: by name, else the ones that people can see.
func (o *own) sheets() ([]*sheetInfo, error) {
	var list []*sheetInfo
	for _, name := range o.form.Sheets {
		if s := o.b.sheet(name); s != nil {
			list = append(list, s)
		}
	}
	if len(list) == len(o.form.Sheets) {
		return list, nil
	}
	for i := range o.b.sheets { // renamed ones, known by their header
		s := &o.b.sheets[i]
		if !s.visible || slices.Contains(list, s) {
			continue
		}
		if ok, err := o.isTable(s); err != nil {
			return nil, err
		} else if ok {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("the workbook has no sheet %q, nor one with the same header: %w", strings.Join(o.form.Sheets, ", "), jsonstat.ErrUnknown)
	}
	if len(list) < len(o.form.Sheets) {
		o.warn(fmt.Sprintf("the workbook had %d sheets of data and has %d: cells of the others are missing", len(o.form.Sheets), len(list)))
	}
	return list, nil
}

// isTable tells whether a sheet has the header.
func (o *own) isTable(s *sheetInfo) (bool, error) {
	t, err := o.open(s)
	if err != nil {
		return false, err
	}
	defer t.rows.close()
	return t.header() == nil, nil
}

// count counts values, so that memory is taken for what is there and not for what
// a head claims.
func (o *own) count(sheets []*sheetInfo) (int64, error) {
	total := int64(0)
	for _, s := range sheets {
		r, err := o.b.rows(s)
		if err != nil {
			return 0, err
		}
		for {
			cells, err := r.next()
			if err == io.EOF {
				break
			}
			if err != nil {
				r.close()
				return 0, err
			}
			total += max(1, int64(len(cells)-len(o.form.Columns)))
		}
		r.close()
	}
	return total, nil
}

// dataSheet is a sheet of data being read.
type dataSheet struct {
	*own
	rows    *rowReader
	name    string
	columns []reading // by column of the sheet
	dims    []int     // dimensions that have a column
	byDims  []int     // those in the header
	coords  []int32
	number  []byte
}

// reading is what a column of a sheet is read as.
type reading struct {
	kind     readingKind
	dim      int
	again    bool // another column of the dimension comes first
	found    *build.Dimension
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
	return &dataSheet{own: o, rows: r, name: s.name, coords: make([]int32, len(o.head.Dimensions()))}, nil
}

// sheet reads a data sheet.
func (o *own) sheet(s *sheetInfo) error {
	t, err := o.open(s)
	if err != nil {
		return err
	}
	defer t.rows.close()
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
func lookup(d *jsonstat.Dimension, written func(k int) string) *build.Dimension {
	texts := make([]string, d.Len())
	labels := map[string]int{}
	for k := range texts {
		texts[k] = written(k)
		labels[d.CategoryLabel(k)]++
	}
	found := build.NewDimension(texts)
	for k := range texts {
		found.Alias(d.CategoryID(k), k)
	}
	for k := range texts {
		if label := d.CategoryLabel(k); labels[label] == 1 {
			found.Alias(label, k)
		}
		found.Alias("["+d.CategoryID(k)+"] "+d.CategoryLabel(k), k)
		found.Alias(lineEnds(texts[k]), k)
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
		k := r.found.Add(c.text)
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
		return r.found.Add(appendNumber(nil, c.text))
	}
	return r.found.Add(c.text)
}

// header finds the header and says what each column is. Columns may have moved.
func (t *dataSheet) header() error {
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
	has := func(text string) bool {
		return slices.ContainsFunc(cells, func(c cell) bool { return c.says(text) })
	}
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
	for _, f := range t.form.Columns {
		at := slices.IndexFunc(texts, func(c *cell) bool { return c != nil && c.says(f.Header) })
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

// row reads a row of the table.
func (t *dataSheet) row(cells []cell) error {
	blank := true
	for i := range cells {
		if c := &cells[i]; c.column < len(t.columns) && t.columns[c.column].kind != ignored && len(bytes.TrimSpace(c.text)) > 0 {
			blank = false
			break
		}
	}
	if blank {
		return nil
	}
	if err := t.categories(cells); err != nil {
		return err
	}
	// Cells come in the order of the columns, of which both lists are gone through.
	i := 0
	at := func(column int) *cell {
		if column < 0 {
			return nil
		}
		for i > 0 && cells[i-1].column >= column {
			i--
		}
		for i < len(cells) && cells[i].column < column {
			i++
		}
		if i < len(cells) && cells[i].column == column {
			return &cells[i]
		}
		return nil
	}
	for column := range t.columns {
		r := &t.columns[column]
		if r.kind != valueReading {
			continue
		}
		for k, category := range r.by {
			t.coords[t.byDims[k]] = category
		}
		if err := t.place(column, at(column), at(r.status)); err != nil {
			return err
		}
	}
	return nil
}

// categories finds the coordinates that a row names.
func (t *dataSheet) categories(cells []cell) error {
	for _, d := range t.dims {
		t.coords[d] = -1
	}
	again := false
	for i := range cells {
		c := &cells[i]
		if c.column >= len(t.columns) || t.columns[c.column].kind != category {
			continue
		}
		r := &t.columns[c.column]
		if r.again {
			again = true
			continue
		}
		if t.coords[r.dim] = r.find(t.b, c); t.coords[r.dim] < 0 {
			return t.unknown(r, c)
		}
	}
	for _, d := range t.dims {
		if t.coords[d] < 0 {
			return &CellError{Sheet: t.name, Row: t.rows.row, Msg: fmt.Sprintf("the row has no category of dimension %q", t.head.Dimensions()[d].ID())}
		}
	}
	if again {
		return t.agree(cells)
	}
	return nil
}

// agree holds that the second column of a dimension says the same as the first:
// labels beside codes.
func (t *dataSheet) agree(cells []cell) error {
	for i := range cells {
		c := &cells[i]
		if c.column >= len(t.columns) || t.columns[c.column].kind != category || !t.columns[c.column].again {
			continue
		}
		r := &t.columns[c.column]
		k := t.coords[r.dim]
		if c.shared >= 0 && r.byShared[c.shared] == k+1 { // 0 is not known yet
			continue
		}
		if !c.says(r.written(int(k))) {
			return t.fail(c.column, "%.40q is not the label of category %q, which the row names in dimension %q", c.text, t.head.Dimensions()[r.dim].CategoryID(int(k)), t.head.Dimensions()[r.dim].ID())
		}
		if c.shared >= 0 {
			r.byShared[c.shared] = k + 1
		}
	}
	return nil
}

// unknown is the error for a cell that names no category.
func (t *dataSheet) unknown(r *reading, c *cell) error {
	_, err := t.head.Dimensions()[r.dim].Category(string(c.text))
	if err == nil { // a number that reads like an id
		err = fmt.Errorf("there is no category %q: %w", c.text, jsonstat.ErrUnknown)
	}
	return &CellError{Sheet: t.name, Row: t.rows.row, Cell: cellName(c.column, t.rows.row), Msg: err.Error(), Err: err}
}

// place puts a value and its status into the cube.
func (t *dataSheet) place(column int, value, status *cell) error {
	pos, err := t.cube.Place(t.coords, t.rows.row)
	if err != nil {
		return &CellError{Sheet: t.name, Row: t.rows.row, Cell: cellName(column, t.rows.row), Msg: strings.TrimPrefix(err.Error(), fmt.Sprintf("row %d: ", t.rows.row)), Err: err}
	}
	code, err := t.value(pos, value, column)
	if err != nil {
		return err
	}
	if status != nil {
		code = t.code(status)
	}
	if hidden := t.status.find(pos); hidden != nil && code == "" && value != nil {
		code = string(hidden)
	}
	if code != "" {
		t.cube.Status(pos, []byte(code))
	}
	return nil
}

// code is the status that a cell says.
func (t *dataSheet) code(c *cell) string {
	text := string(c.text)
	if code, ok := t.form.Codes[text]; ok {
		return code
	}
	for word, code := range t.form.Codes {
		if lineEnds(word) == text {
			return code
		}
	}
	return text
}

// isStatus tells whether a text in the place of a value is a status: one that was
// written, or one that no number begins like.
func (t *dataSheet) isStatus(text string) bool {
	_, written := t.form.Codes[text]
	return written || text[0] < '0' || text[0] > '9'
}

// value puts a value into the cube. It returns the status that stands in its place.
func (t *dataSheet) value(pos int64, c *cell, column int) (status string, err error) {
	if c == nil {
		if string(t.exact.find(pos)) == `""` {
			t.cube.Text(pos, "")
			return "", nil
		}
		t.cube.Missing(pos)
		return "", nil
	}
	if token := t.exact.find(pos); token != nil && stands(token, c) {
		if token[0] == '"' {
			t.cube.Text(pos, string(jsonstat.AppendText(nil, token)))
			return "", nil
		}
		return "", t.cube.Token(pos, token)
	}
	switch c.kind {
	case numberCell:
		t.number = appendNumber(t.number[:0], c.text)
		if err := t.cube.Token(pos, t.number); err != nil {
			return "", t.fail(column, "%.40q is no number", c.text)
		}
		return "", nil
	case boolCell:
		t.cube.Bool(pos, c.truth())
		return "", nil
	case errorCell:
		return "", t.fail(column, "the value is %.40q, no number", c.text)
	}
	text := string(c.text)
	switch {
	case t.form.Texts:
		t.cube.Text(pos, text)
	case t.form.Place == "cell" && t.isStatus(text):
		t.cube.Missing(pos)
		return t.code(c), nil
	default:
		return "", t.fail(column, "the value %.40q is a text, no number", text)
	}
	return "", nil
}

// stands tells whether a cell still holds what was written for a value.
func stands(token []byte, c *cell) bool {
	if token[0] == '"' {
		return c.says(fit(string(jsonstat.AppendText(nil, token))))
	}
	number := jsonstat.AppendNumber(nil, token)
	written, _, ok := float(nil, number)
	if !ok {
		return c.kind == textCell && bytes.Equal(c.text, number)
	}
	if c.kind != numberCell {
		return false
	}
	now := appendNumber(nil, c.text)
	return bytes.Equal(now, written) || bytes.Equal(now, rounded(nil, number))
}
