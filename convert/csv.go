package convert

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// CSVOptions say how a CSV table is written. The zero value, and nil, write what
// jsonstat2csv of the jsonstat-conv tools writes by default.
type CSVOptions struct {
	Table

	// Separator stands between columns; it may be any text. Default: a comma.
	Separator string

	// Decimal is the decimal mark. Default: a comma if Separator is a
	// semicolon, else a point. Numbers that hold the separator are quoted.
	Decimal string

	// NA is written for a missing value. Default (nil): n/a. May be empty.
	NA *string

	// Status adds a column with the status of each cell, in front of the value.
	// In a pivot it has no effect, see StatusColumns.
	Status bool

	// StatusColumns adds a status column behind each value column of a pivot.
	StatusColumns bool

	// ValueName and StatusName head the value and the status column. Defaults:
	// Value and Status. If Field is ID they are value and status in any case.
	ValueName, StatusName string

	// CRLF ends lines with carriage return and newline. Default: newline.
	CRLF bool

	// BOM starts the file with a byte order mark, which Excel needs to take it for UTF-8.
	BOM bool

	// Guard puts ' in front of labels, headers and text values that a
	// spreadsheet would take for a formula. Ids, statuses and numbers, among
	// which "-" is a real one, stay as they are.
	Guard bool
}

// Need is what the writer must know of a dataset before its first cell, for
// [jsonstat.Options]. Nil options need what the zero value needs.
func (o *CSVOptions) Need() jsonstat.Need {
	var need jsonstat.Need
	if o == nil {
		return need
	}
	if o.Status || o.StatusColumns || o.Keep == NonEmpty {
		need |= jsonstat.NeedStatus
	}
	if len(o.By) > 0 {
		need |= jsonstat.NeedOrder
	}
	if o.StatusText != StatusCode || o.UnitDecimals {
		need |= jsonstat.NeedHead // meanings, language and decimals may stand in the extension
	}
	return need
}

// withDefaults fills in what is not set.
func (o *CSVOptions) withDefaults() CSVOptions {
	c := CSVOptions{}
	if o != nil {
		c = *o
	}
	if c.Separator == "" {
		c.Separator = ","
	}
	if c.Decimal == "" {
		c.Decimal = "."
		if c.Separator == ";" {
			c.Decimal = ","
		}
	}
	if c.NA == nil {
		na := "n/a"
		c.NA = &na
	}
	if c.ValueName == "" {
		c.ValueName = "Value"
	}
	if c.StatusName == "" {
		c.StatusName = "Status"
	}
	if c.Field == ID {
		c.ValueName, c.StatusName = "value", "status"
	}
	return c
}

// WriteCSV writes a dataset as CSV (RFC 4180): a header line and a line for each
// cell, or for each row of a pivot. Nil options are the zero value. A dataset
// without values gives the header alone.
func WriteCSV(w io.Writer, ds *jsonstat.Dataset, o *CSVOptions) error {
	opts := o.withDefaults()
	plan, err := plan(ds, &opts.Table)
	if err != nil {
		return err
	}
	c := newCSVWriter(w, ds, &opts)
	if opts.BOM {
		c.buf = append(c.buf, "\ufeff"...)
	}
	c.header(plan)
	switch {
	case empty(ds):
	case plan.Pivoted():
		err = c.pivot(plan)
	default:
		err = c.long(plan, opts.Status)
	}
	if err != nil {
		return err
	}
	return c.flush()
}

// empty tells whether a dataset has no rows: it is metadata alone, or one of its
// dimensions has no category.
func empty(ds *jsonstat.Dataset) bool { return !ds.HasCells() || ds.Len() == 0 }

// WriteDimensionCSV writes the categories of a dimension: id and label in a line
// each, under the header id, label. Of the options Separator, CRLF, BOM and
// Guard count.
func WriteDimensionCSV(w io.Writer, d *jsonstat.Dimension, o *CSVOptions) error {
	opts := o.withDefaults()
	c := newCSVWriter(w, nil, &opts)
	if opts.BOM {
		c.buf = append(c.buf, "\ufeff"...)
	}
	line := func(id, label string) {
		c.buf = append(c.appendText(c.buf, id), c.sep...)
		if label == id {
			c.buf = c.appendText(c.buf, label)
		} else {
			c.buf = c.label(c.buf, label)
		}
		c.buf = append(c.buf, c.eol...)
	}
	line("id", "label")
	for i := range d.Len() {
		line(d.CategoryID(i), d.CategoryLabel(i))
		if len(c.buf) >= flushAt {
			if err := c.flush(); err != nil {
				return err
			}
		}
	}
	return c.flush()
}

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
	drop := t.Drop
	if len(t.By) == 0 && len(drop) > 0 {
		warn("dropping dimensions has no effect without a dimension to pivot by")
		drop = nil
	}
	o.Field, o.Content, o.By, o.Drop = t.Field, t.Content, t.By, drop
	l, ignored, err := layout.New(ds, o)
	for _, d := range ignored {
		if d.Pivoted {
			warn(fmt.Sprintf("dimension %q cannot be dropped: the table is pivoted by it", d.ID))
		} else {
			warn(fmt.Sprintf("dimension %q is not dropped: it has %d categories, not one", d.ID, d.Len))
		}
	}
	if err != nil {
		return nil, err
	}
	if layout.Gaps(ds, t.Keep) && ds.Len() > maxRows && !t.AllCells {
		return nil, &TooManyRowsError{Cells: ds.Len()}
	}
	if text := alike(ds, l); text != "" && !empty(ds) {
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

// language is the language of a document that says which it is, as PxWeb does.
func language(ds *jsonstat.Dataset) string {
	if ds == nil {
		return "en"
	}
	var ext struct {
		PX struct {
			Language string `json:"language"`
		} `json:"px"`
	}
	if json.Unmarshal(ds.Extension(), &ext) == nil && ext.PX.Language != "" {
		return ext.PX.Language
	}
	return "en"
}

// isFormula tells whether a spreadsheet would take a text for a formula.
func isFormula(text []byte) bool {
	return len(text) > 1 && strings.IndexByte("=+-@\t\r\n", text[0]) >= 0 && (text[0] != '-' || !json.Valid(text))
}
