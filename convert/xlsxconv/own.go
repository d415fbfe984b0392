package xlsxconv

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
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
	cells  *rows.Cells
	steps  []int64 // of the cube: from a category to the next
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
	values, statuses := jsonstat.Dense, jsonstat.Sparse
	if o.form.Values == "sparse" {
		values = jsonstat.Sparse
	}
	if o.form.Dense {
		statuses = jsonstat.Dense
	}
	n, err := o.head.Shape().Cells()
	if err != nil {
		return nil, err
	}
	sheets, err := o.sheets()
	if err != nil {
		return nil, err
	}
	expected := n
	const small = 1 << 20 // cells that may be missing without harm
	switch {
	case !o.form.Cells || n == 0:
		return o.head.WithCells(nil, values, statuses)
	case n > small:
		if expected, err = o.count(sheets); err != nil {
			return nil, err
		}
	}
	if expected == 0 {
		return o.head.WithCells(nil, values, statuses)
	}
	if o.cells, err = rows.NewCells(o.head.Shape(), expected); err != nil {
		return nil, err
	}
	o.steps = o.head.Shape().Strides()
	for _, s := range sheets {
		if err := o.sheet(s); err != nil {
			return nil, err
		}
	}
	if pos, first, second, found := o.cells.Twice(); found {
		return nil, &convert.TableError{Row: second, Msg: fmt.Sprintf("the cell %s has a row already, number %d", columnar.Where(o.head, pos), first), Err: convert.ErrTwice}
	}
	return o.head.WithCells(o.cells.Cells(), values, statuses)
}

// sheets finds the data sheets: by name, else the ones that people can see.
func (o *own) sheets() ([]*sheetInfo, error) {
	var list []*sheetInfo
	listed := map[*sheetInfo]bool{}
	for _, name := range o.form.Sheets {
		if s := o.b.sheet(name); s != nil {
			list = append(list, s)
			listed[s] = true
		}
	}
	if len(list) == len(o.form.Sheets) {
		return list, nil
	}
	for i := range o.b.sheets { // renamed ones, known by their header
		s := &o.b.sheets[i]
		if !s.visible || listed[s] {
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
	defer func() { t.rows.close() }() // it may be opened again
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
