package convert

import (
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// WriteCSV writes a dataset as CSV (RFC 4180): a header line and a line for each
// cell, or for each row of a pivot. Nil options are the zero value. A dataset
// without values gives the header alone.
func WriteCSV(w io.Writer, ds *jsonstat.Dataset, o *CSVOptions) error {
	if err := o.Check(); err != nil {
		return err
	}
	opts := o.withDefaults()
	plan, err := plan(ds, &opts.Table)
	if err != nil {
		return err
	}
	c := newCSVWriter(w, ds, &opts)
	c.header(plan)
	if err := c.rows(plan); err != nil {
		return err
	}
	return c.flush()
}

// WriteDimensionCSV writes the categories of a dimension: id and label in a line
// each, under the header id, label. Of the options Separator, CRLF, Encoding,
// BOM and Guard count.
func WriteDimensionCSV(w io.Writer, d *jsonstat.Dimension, o *CSVOptions) error {
	if err := o.Check(); err != nil {
		return err
	}
	opts := o.withDefaults()
	c := newCSVWriter(w, nil, &opts)
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
		if err := c.spill(); err != nil {
			return err
		}
	}
	return c.flush()
}
