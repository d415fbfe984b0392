package xlsxconv

import (
	"fmt"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// own is a workbook that Write wrote, perhaps with changes since.
type own struct {
	*hidden
	b    *workbook
	warn func(string)
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
	cells, err := rows.NewCells(o.head.Shape(), expected)
	if err != nil {
		return nil, err
	}
	for _, s := range sheets {
		if err := o.sheet(s, cells); err != nil {
			return nil, err
		}
	}
	if pos, first, second, found := cells.Twice(); found {
		return nil, &convert.TableError{Row: second, Msg: fmt.Sprintf("the cell %s has a row already, number %d", columnar.Where(o.head, pos), first), Err: convert.ErrTwice}
	}
	return o.head.WithCells(cells.Cells(), values, statuses)
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
	h, err := openHeader(o.b, o.hidden, s, o.warn)
	if err != nil {
		return false, err
	}
	defer func() { h.rows.close() }() // it may be opened again
	return h.find() == nil, nil
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

// sheet puts the cells of a data sheet into the cube.
func (o *own) sheet(s *sheetInfo, cells *rows.Cells) error {
	h, err := openHeader(o.b, o.hidden, s, o.warn)
	if err != nil {
		return err
	}
	defer func() { h.rows.close() }() // it may be opened again
	if err := h.find(); err != nil {
		return err
	}
	t := newDataRows(h, cells)
	for {
		row, err := h.rows.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = t.row(row)
		}
		if err != nil {
			return err
		}
	}
}
