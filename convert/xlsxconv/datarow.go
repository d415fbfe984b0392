package xlsxconv

import (
	"bytes"
	"fmt"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// dataRows puts the rows of a sheet that Write wrote into a cube.
type dataRows struct {
	*tableHeader
	cells  *rows.Cells
	steps  []int64 // of the cube: from a category to the next
	coords []int32
	number []byte
	words  map[string]string // codes of statuses by what a cell says, but for how lines end
}

// newDataRows is for the rows below a header.
func newDataRows(h *tableHeader, cells *rows.Cells) *dataRows {
	return &dataRows{tableHeader: h, cells: cells, steps: h.head.Shape().Strides(), coords: make([]int32, len(h.head.Dimensions()))}
}

// row reads a row of the table.
func (t *dataRows) row(cells []cell) error {
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
func (t *dataRows) categories(cells []cell) error {
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
		if t.coords[r.dim] = r.find(c, t.b.from); t.coords[r.dim] < 0 {
			return t.unknown(r, c)
		}
	}
	for _, d := range t.dims {
		if t.coords[d] < 0 {
			return &CellError{Sheet: t.sheet.name, Row: t.rows.row, Msg: fmt.Sprintf("the row has no category of dimension %q", t.head.Dimensions()[d].ID())}
		}
	}
	if again {
		return t.agree(cells)
	}
	return nil
}

// agree holds that the second column of a dimension says the same as the first:
// labels beside codes.
func (t *dataRows) agree(cells []cell) error {
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
func (t *dataRows) unknown(r *reading, c *cell) error {
	_, err := t.head.Dimensions()[r.dim].Category(string(c.text))
	if err == nil { // a number that reads like an id
		err = fmt.Errorf("there is no category %q: %w", c.text, jsonstat.ErrUnknown)
	}
	return &CellError{Sheet: t.sheet.name, Row: t.rows.row, Cell: cellName(c.column, t.rows.row), Msg: err.Error(), Err: err}
}

// place puts a value and its status into the cube.
func (t *dataRows) place(column int, value, status *cell) error {
	pos := int64(0)
	for i, k := range t.coords {
		pos += int64(k) * t.steps[i]
	}
	if !t.cells.Place(pos, t.rows.row) {
		msg := fmt.Sprintf("the cell %s has a row already", columnar.Where(t.head, pos))
		return &CellError{Sheet: t.sheet.name, Row: t.rows.row, Cell: cellName(column, t.rows.row), Msg: msg, Err: convert.ErrTwice}
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
		t.cells.Status(pos, []byte(code))
	}
	return nil
}

// code is the status that a cell says.
func (t *dataRows) code(c *cell) string {
	text := string(c.text)
	if code, ok := t.form.Codes[text]; ok {
		return code
	}
	if t.words == nil {
		t.words = make(map[string]string, len(t.form.Codes))
		for word, code := range t.form.Codes {
			t.words[lineEnds(word)] = code
		}
	}
	if code, ok := t.words[text]; ok {
		return code
	}
	return text
}

// isStatus tells whether a text in the place of a value is a status: one that was
// written, or one that no number begins like.
func (t *dataRows) isStatus(text string) bool {
	_, written := t.form.Codes[text]
	return written || text[0] < '0' || text[0] > '9'
}

// value puts a value into the cube. It returns the status that stands in its place.
func (t *dataRows) value(pos int64, c *cell, column int) (status string, err error) {
	if c == nil {
		if string(t.exact.find(pos)) == `""` {
			t.cells.Text(pos, nil)
			return "", nil
		}
		t.cells.Missing(pos)
		return "", nil
	}
	if token := t.exact.find(pos); token != nil && stands(token, c) {
		if token[0] == '"' {
			t.cells.Text(pos, jsonstat.AppendText(nil, token))
			return "", nil
		}
		return "", t.cells.Number(pos, token)
	}
	switch c.kind {
	case numberCell:
		t.number = appendNumber(t.number[:0], c.text)
		if err := t.cells.Number(pos, t.number); err != nil {
			return "", t.fail(column, "%.40q is no number", c.text)
		}
		return "", nil
	case boolCell:
		t.cells.Bool(pos, c.truth())
		return "", nil
	case errorCell:
		return "", t.fail(column, "the value is %.40q, no number", c.text)
	}
	text := string(c.text)
	switch {
	case t.form.Texts:
		t.cells.Text(pos, c.text)
	case t.form.Place == "cell" && t.isStatus(text):
		t.cells.Missing(pos)
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
