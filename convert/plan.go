package convert

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// plan lays the table out and tells of options without effect.
func plan(ds *jsonstat.Dataset, t *Table) (*layout.Layout, error) {
	return planAs(ds, t, layout.Options{})
}

// planAs is plan with the options that only some formats have.
func planAs(ds *jsonstat.Dataset, t *Table, o layout.Options) (*layout.Layout, error) {
	warn := t.Warn
	if warn == nil {
		warn = func(string) {}
	}
	o.Field, o.Content, o.By, o.Drop, o.DropConstant, o.Warn = t.Field, t.Content, t.By, t.Drop, t.DropConstant, warn
	l, err := layout.New(ds, o)
	if err != nil {
		return nil, err
	}
	if layout.TooMany(ds, t.Keep) && !t.AllCells {
		return nil, &TooManyRowsError{Cells: ds.Len()}
	}
	if text := alike(ds, l); text != "" && !layout.Empty(ds) {
		if t.Doubt != nil {
			t.Doubt(text, []string{"Content"})
		} else {
			warn(text)
		}
	}
	return l, nil
}

// alike says which categories have one label, where that is all that the cells say of
// them: "" for none.
func alike(ds *jsonstat.Dataset, l *layout.Layout) (text string) {
	told := map[int]bool{} // by an id
	for _, c := range l.Columns {
		if c.Kind == layout.Dimension && c.Show != layout.Label && c.Show != layout.Default {
			told[c.Dim] = true
		}
	}
	for _, c := range l.Columns {
		if c.Kind != layout.Dimension || told[c.Dim] {
			continue
		}
		d := ds.Dimensions()[c.Dim]
		label, found := twice(d)
		switch {
		case found && text == "":
			text = fmt.Sprintf("categories of dimension %q have one label, %q: their rows cannot be told apart", d.ID(), label)
		case found:
			text += fmt.Sprintf(", nor those of dimension %q, %q", d.ID(), label)
		}
	}
	return text
}

// twice is a label that several categories have.
func twice(d *jsonstat.Dimension) (label string, found bool) {
	seen := make(map[string]bool, d.Len())
	for i := range d.Len() {
		if label = d.CategoryLabel(i); seen[label] {
			return label, true
		}
		seen[label] = true
	}
	return "", false
}

// TooManyRowsError tells that all cells of a huge sparse cube would be written,
// most of which are not there.
type TooManyRowsError struct{ Cells int64 }

// Error gives the number of cells.
func (e *TooManyRowsError) Error() string {
	return fmt.Sprintf("the cube has %d cells, most of which are not there: too many to write them all", e.Cells)
}

// Unwrap makes the error a [jsonstat.ErrLimit].
func (e *TooManyRowsError) Unwrap() error { return jsonstat.ErrLimit }
