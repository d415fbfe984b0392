package convert

import (
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// WriteText writes a dataset as a table for people: columns under their headers, numbers
// one below the other by their decimal mark, each with its status beside it, and a status
// without a value in the value's place. It reads the cells twice, to know how wide they
// are, unless Rows bounds them.
func WriteText(w io.Writer, ds *jsonstat.Dataset, o *TextOptions) (TextRest, error) {
	t := newTextTable(w, ds, o.withDefaults())
	var err error
	by := t.o.Content
	if by == Default || by == Columns {
		by = Label
	}
	if t.l, err = planAs(ds, &t.o.Table, layout.Options{ByField: by, Stub: t.o.Stub}); err != nil {
		return TextRest{}, err
	}
	t.setColumns()
	switch {
	case t.o.Sort != "":
		err = t.sorted()
	case t.o.Rows > 0:
		err = t.some()
	default:
		err = t.all()
	}
	if err != nil {
		return TextRest{}, err
	}
	return t.rest, t.flush()
}

// some shows the first rows.
func (t *textTable) some() error {
	var kept []textRow
	err := t.rows(func(coords []int, cells []textCell) error {
		if int64(len(kept)) == t.o.Rows {
			t.rest.More = true
			return errEnough
		}
		kept = append(kept, keepRow(coords, cells))
		return t.measure(coords, cells)
	})
	if err != nil && err != errEnough {
		return err
	}
	t.header()
	for _, row := range kept {
		t.write(row.coords, row.cells)
		if err := t.spill(); err != nil {
			return err
		}
	}
	return nil
}

// all shows all rows.
func (t *textTable) all() error {
	if err := t.rows(t.measure); err != nil {
		return err
	}
	t.header()
	return t.rows(func(coords []int, cells []textCell) error {
		t.write(coords, cells)
		return t.spill()
	})
}
