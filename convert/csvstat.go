package convert

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// CSVStatOptions say how CSV-stat is written. The zero value, and nil, write what
// jsonstat2csv --rich of the jsonstat-conv tools writes by default.
type CSVStatOptions struct {
	// Separator stands between columns: one character, since readers take it
	// from the ninth place of the first line. Default: a comma.
	Separator string

	// Decimal is the decimal mark, not the same as Separator. Default: a comma
	// if Separator is a semicolon, else a point.
	Decimal string

	// UnitSeparator stands between the parts of a unit. Default: |.
	UnitSeparator string

	// NA is written for a missing value. Default (nil): n/a. May be empty.
	NA *string

	// Keep leaves out rows. Default: none.
	Keep Keep

	// CRLF ends lines with carriage return and newline. Default: newline.
	CRLF bool

	// Encoding of the text, as in [CSVOptions]. Default: UTF-8.
	Encoding string

	// AllCells allows to write all cells of a sparse cube of more than 10^8.
	AllCells bool
}

// Need is what the writer must know of a dataset before its first cell.
func (o *CSVStatOptions) Need() jsonstat.Need { return jsonstat.NeedHead | jsonstat.NeedStatus }

// WriteCSVStat writes a dataset as CSV-stat: CSV with a head of its own that
// keeps labels, roles and units. Notes, links, children, coordinates and
// extensions have no place in it. Nil options are the zero value.
//
// It fails, rather than write what cannot be read back, if the separators are
// the same or if a unit holds the separator of units.
func WriteCSVStat(w io.Writer, ds *jsonstat.Dataset, o *CSVStatOptions) error {
	if o == nil {
		o = &CSVStatOptions{}
	}
	if err := o.Check(); err != nil {
		return err
	}
	opts := o.table()
	opts.Status = ds.Cells().Info().HasStatus
	plan, err := plan(ds, &opts.Table)
	if err != nil {
		return err
	}
	c := newCSVWriter(w, ds, &opts)
	if err := c.head(o.unit()); err != nil {
		return err
	}
	c.header(plan)
	if err := c.rows(plan); err != nil {
		return err
	}
	return c.flush()
}

// Check tells whether the separators can be told apart by a reader, and whether the
// encoding is known.
func (o *CSVStatOptions) Check() error {
	opts, unit := o.table(), o.unit()
	switch {
	case utf8.RuneCountInString(opts.Separator) != 1:
		return fmt.Errorf("the separator of CSV-stat is one character, not %q", opts.Separator)
	case opts.Separator == opts.Decimal:
		return fmt.Errorf("the separator and the decimal mark of CSV-stat are both %q: choose another one", opts.Separator)
	case opts.Separator == unit:
		return fmt.Errorf("the separator of columns and that of units in CSV-stat are both %q: choose another one", unit)
	}
	return checkEncoding(o.Encoding, false)
}

// table is what of the options concerns the table behind the head.
func (o *CSVStatOptions) table() CSVOptions {
	return (&CSVOptions{
		Table:     Table{Field: ID, Content: ID, Keep: o.Keep, AllCells: o.AllCells},
		Separator: o.Separator, Decimal: o.Decimal, NA: o.NA, CRLF: o.CRLF, Encoding: o.Encoding,
	}).withDefaults()
}

func (o *CSVStatOptions) unit() string {
	if o.UnitSeparator == "" {
		return "|"
	}
	return o.UnitSeparator
}

// head writes the lines in front of the table.
func (c *csvWriter) head(unit string) error {
	line := func(fields ...string) {
		for _, f := range fields {
			c.buf = append(c.appendText(c.buf, f), c.sep...)
		}
		c.buf = append(c.buf[:len(c.buf)-len(c.sep)], c.eol...)
	}
	if strings.TrimSpace(unit) == unit {
		line("jsonstat", c.o.Decimal, unit)
	} else { // readers take the blanks of this line for what they are
		c.buf = slices.Concat(c.buf, []byte("jsonstat"), c.sep, []byte(c.o.Decimal), c.sep, []byte(unit), c.eol)
	}
	for _, m := range [][2]string{{"label", c.ds.Label()}, {"source", c.ds.Source()}, {"updated", c.ds.Updated()}, {"href", c.ds.Href()}} {
		if m[1] != "" {
			line(m[0], m[1])
		}
	}
	for _, d := range c.ds.Dimensions() {
		label := ""
		if d.HasLabel() {
			label = d.Label()
		}
		fields := []string{"dimension", d.ID(), label, strconv.Itoa(d.Len())}
		for i := range d.Len() {
			fields = append(fields, d.CategoryID(i), d.CategoryLabel(i))
		}
		if d.Role() != jsonstat.Classification {
			fields = append(fields, string(d.Role()))
		}
		if d.Role() == jsonstat.Metric && d.HasUnits() {
			for i := range d.Len() {
				text, err := unitText(d, i, unit)
				if err != nil {
					return err
				}
				fields = append(fields, text)
			}
		}
		line(fields...)
	}
	line("data")
	return nil
}

// unitText is the unit of a category: decimals, label and, if there is a
// symbol, symbol and position. A category without a unit has empty parts.
func unitText(d *jsonstat.Dimension, i int, sep string) (string, error) {
	u := d.CategoryUnit(i)
	decimals := ""
	if u == nil {
		u = &jsonstat.Unit{}
	}
	if u.Decimals != nil {
		decimals = strconv.Itoa(*u.Decimals)
	}
	parts := []string{decimals, u.Text()}
	if u.Symbol != "" {
		parts = append(parts, u.Symbol, u.Position)
	}
	for _, p := range parts {
		if strings.Contains(p, sep) {
			return "", fmt.Errorf("the unit of category %q of dimension %q, %q, holds the separator of units %q: choose another one",
				d.CategoryID(i), d.ID(), p, sep)
		}
	}
	return strings.Join(parts, sep), nil
}
