package convert

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/build"
	"github.com/jsonstat-go/toolkit/convert/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ReadCSVOptions say how a CSV table is read. The zero value, and nil, read what
// csv2jsonstat of the jsonstat-conv tools reads by default. CSV-stat, which
// begins with "jsonstat", brings its own separator, decimal mark and names.
type ReadCSVOptions struct {
	// Separator stands between columns; it may be any text. Default: a comma.
	Separator string

	// Decimal is the decimal mark. Default: a comma if Separator is a
	// semicolon, else a point.
	Decimal string

	// Sniff finds separator and decimal mark by looking at the first lines.
	Sniff bool

	// ValueName heads the value column. Default: the last column is that.
	ValueName string

	// StatusName heads the status column, if there is one. Default: Status.
	StatusName string

	// Content is what the other columns, the dimensions, hold: Default ids,
	// Both "[id] label", Columns an id and a label in two columns each.
	Content Show

	// NA are texts that stand for a missing value, besides the empty text, n/a
	// and the usual marks of statistical offices. They may look like numbers.
	NA []string

	// Texts keeps values that are no numbers. Default: they are missing, with a warning.
	Texts bool

	// By makes a dimension of that id of the columns that are not in Stub: a wide
	// table. They are its categories.
	By   string
	Stub []string // headers or ids of the columns that are dimensions of a wide table

	// Head describes the cube: its dimensions and their categories, which give
	// the order and which alone may come up, and all else that a head says. It
	// may have values, which are not looked at.
	Head *jsonstat.Dataset

	// Description is a JSON object with members of a JSON-stat dataset that say
	// what the table cannot: label, source, role, notes, and of a dimension, by its
	// id, labels, units or the order of categories. All may be left out; the options
	// below go before it. With Head it has no effect.
	Description json.RawMessage

	// Label, Source and Updated are those of the dataset, if they are not empty.
	Label, Source, Updated string

	// Roles of dimensions by id.
	Roles map[string]jsonstat.Role

	// Warn, if not nil, is told of what was put up with.
	Warn func(message string)
}

func (o *ReadCSVOptions) withDefaults() ReadCSVOptions {
	c := ReadCSVOptions{}
	if o != nil {
		c = *o
	}
	if c.Warn == nil {
		c.Warn = func(string) {}
	}
	if c.StatusName == "" {
		c.StatusName = "Status"
	}
	return c
}

// ReadCSV makes a dataset of a CSV table: a column of values, perhaps one of
// statuses, and a column for each dimension, whose categories are in the order
// in which they come up. Rows may come in any order; cells without a row are
// missing. It goes over the text twice: what cannot be read again is kept in a
// temporary file meanwhile. Errors are a [*CSVError] or those of reading.
func ReadCSV(r io.Reader, o *ReadCSVOptions) (*jsonstat.Dataset, error) {
	src, done, err := spool.Rewindable(r)
	if err != nil {
		return nil, err
	}
	defer done()
	ds, err := readCSV(src, o)
	if err = src.Cause(err); err != nil {
		return nil, err
	}
	return ds, nil
}

// readCSV is ReadCSV of what can be read again.
func readCSV(src io.ReadSeeker, o *ReadCSVOptions) (*jsonstat.Dataset, error) {
	opts := o.withDefaults()
	first := make([]byte, 64<<10)
	n, err := io.ReadFull(src, first)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	first = bytes.TrimPrefix(first[:n], []byte("\ufeff"))
	if len(bytes.TrimSpace(first)) == 0 {
		return nil, &CSVError{Msg: "the table is empty"}
	}
	if bytes.HasPrefix(first, []byte("\xff\xfe")) || bytes.HasPrefix(first, []byte("\xfe\xff")) {
		return nil, &CSVError{Line: 1, Msg: "the text is UTF-16, not UTF-8: convert it first, with iconv -f utf-16 -t utf-8 for instance", Err: jsonstat.ErrEncoding}
	}
	c := &csvReader{o: opts, src: src, statusNamed: o != nil && o.StatusName != ""}
	if len(opts.Description) > 0 && opts.Head == nil {
		if c.about, err = readDescription(opts.Description); err != nil {
			return nil, err
		}
	}
	if bytes.HasPrefix(first, []byte("jsonstat")) {
		return c.readStat(first)
	}
	if opts.Sniff {
		first, c.skip = separatorLine(first, &c.o)
		sniff(first, &c.o)
	}
	if c.o.Separator == "" {
		c.o.Separator = ","
	}
	if c.o.Decimal == "" {
		c.o.Decimal = "."
		if c.o.Separator == ";" {
			c.o.Decimal = ","
		}
	}
	return c.read()
}

// csvReader makes a cube of a table.
type csvReader struct {
	o     ReadCSVOptions
	src   io.ReadSeeker // of CSV
	recs  *records
	skip  int       // records of a head in front of the header
	rows  Rows      // in the place of CSV
	typed typedRows // the same, if values have a type

	header []string
	top    int64 // line of the header, 0 where it is no line
	dims   []csvDimension
	wide   int // number of the dimension whose categories are columns, -1 for none
	status int // column, -1 for none
	values []csvValue

	statusNamed bool // the status column was asked for

	relabelled int64 // labels that are not those of their ids
	newLabel   string
	newLine    int64

	about *description // nil if none was given

	odd     int64 // values that are no numbers
	oddText string
	oddLine int64
	number  []byte
}

// csvDimension is a dimension and the columns that it stands in.
type csvDimension struct {
	id, label string
	column    int      // -1 for the dimension of a wide table and for constants
	labels    int      // column of labels, -1 for none
	texts     []string // labels by category, of those that came up
	labelled  []bool   // those of texts that came up: a description may name more
	found     *build.Dimension
	from      *jsonstat.Dimension // in the head that was given
}

// setLabel keeps the label of a category that came up first.
func (d *csvDimension) setLabel(category int, label string) {
	for len(d.texts) <= category {
		d.texts, d.labelled = append(d.texts, ""), append(d.labelled, false)
	}
	d.texts[category], d.labelled[category] = label, true
}

// csvValue is a value column and, in a wide table, its category.
type csvValue struct {
	column   int
	category int
}

// open goes to the first row behind the header.
func (c *csvReader) open() error {
	if err := c.rewind(); err != nil {
		return err
	}
	fields, line, err := c.next()
	if err != nil {
		return err
	}
	if c.header == nil {
		c.top = line
		for _, f := range fields {
			if !utf8.Valid(f) {
				return notUTF8(line)
			}
			c.header = append(c.header, string(f))
		}
	}
	return nil
}

// rewind goes to the header.
func (c *csvReader) rewind() error {
	if c.rows != nil {
		return c.rows.Rewind()
	}
	if _, err := c.src.Seek(0, io.SeekStart); err != nil {
		return err
	}
	c.recs = newRecords(c.src, c.o.Separator)
	if err := c.recs.skipBOM(); err != nil {
		return err
	}
	for range c.skip {
		if _, _, err := c.recs.next(); err != nil {
			return err
		}
	}
	return nil
}

// next is the next row with its number.
func (c *csvReader) next() ([][]byte, int64, error) {
	if c.rows != nil {
		return c.rows.Next()
	}
	return c.recs.next()
}

func notUTF8(line int64) error {
	return &CSVError{Line: line, Msg: "the text is not UTF-8: convert it first, with iconv -f iso-8859-1 -t utf-8 for instance", Err: jsonstat.ErrEncoding}
}

// read reads a plain table.
func (c *csvReader) read() (*jsonstat.Dataset, error) {
	if err := c.open(); err != nil {
		return nil, err
	}
	if err := c.columns(); err != nil {
		return nil, err
	}
	rows, err := c.pass(func([]int32, [][]byte, int64, int64) error { return nil })
	if err != nil {
		return nil, err
	}
	if rows == 0 {
		if strings.ContainsRune(strings.Join(c.header, ""), '\r') {
			return nil, &CSVError{Line: 1, Msg: "the lines end in carriage returns alone: convert them first, with tr '\\r' '\\n' for instance"}
		}
		return nil, &CSVError{Msg: "the table has a header but no rows"}
	}
	if c.relabelled > 0 {
		c.o.Warn(fmt.Sprintf("%d labels are not those that their ids had before, such as %q in %s %d: the first one of each id counts", c.relabelled, brief(c.newLabel), c.unit(), c.newLine))
	}
	head, err := c.head()
	if err == nil && c.about != nil {
		head, err = c.describe(head)
	}
	if err != nil {
		return nil, err
	}
	return c.cube(head, rows)
}

// pass goes through the rows with the category of each dimension.
func (c *csvReader) pass(f func(coords []int32, fields [][]byte, row, line int64) error) (int64, error) {
	coords := make([]int32, len(c.dims))
	for row := int64(0); ; row++ {
		fields, line, err := c.next()
		if err == io.EOF {
			return row, nil
		}
		if err != nil {
			return row, err
		}
		if len(fields) != len(c.header) {
			return row, &CSVError{Line: line, Msg: fmt.Sprintf("the row has %d columns, the header has %d", len(fields), len(c.header))}
		}
		same := 0
		if c.recs != nil && row > 0 { // the record before the first row is the header
			same = c.recs.Same()
		}
		for i := range c.dims {
			d := &c.dims[i]
			if d.column < same && d.labels < same { // as in the row before, or no column at all
				continue
			}
			if fields[d.column] == nil && c.typed != nil {
				return row, &CSVError{Line: line, Msg: fmt.Sprintf("there is no category of %q", d.id)}
			}
			before := len(d.found.Texts())
			coords[i] = d.found.Add(fields[d.column])
			if coords[i] < 0 {
				return row, c.unknown(d, fields[d.column], line)
			}
			k := int(coords[i])
			isNew := k == before
			switch {
			case isNew && !utf8.Valid(fields[d.column]):
				return row, notUTF8(line)
			case d.labels < 0 || d.from != nil:
			case k >= len(d.labelled) || !d.labelled[k]:
				if !utf8.Valid(fields[d.labels]) {
					return row, notUTF8(line)
				}
				d.setLabel(k, string(fields[d.labels]))
			case d.texts[k] != string(fields[d.labels]):
				if c.relabelled++; c.relabelled == 1 {
					c.newLabel, c.newLine = string(fields[d.labels]), line
				}
			}
		}
		if err := f(coords, fields, row, line); err != nil {
			return row, err
		}
	}
}

// unknown is the error for a category that the head does not know.
func (c *csvReader) unknown(d *csvDimension, text []byte, line int64) error {
	err := fmt.Errorf("there is no category %q in dimension %q", brief(string(text)), d.id)
	if d.from != nil {
		_, err = d.from.Category(string(text))
	}
	return &CSVError{Line: line, Msg: err.Error(), Err: err}
}

// unit is what numbers of rows count.
func (c *csvReader) unit() string {
	if c.rows != nil {
		return "row"
	}
	return "line"
}

// brief shortens a text for a message.
func brief(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// cube puts the values in their places.
func (c *csvReader) cube(head jsonstat.Head, rows int64) (*jsonstat.Dataset, error) {
	var shape jsonstat.Shape
	for _, d := range head.Dimensions {
		shape = append(shape, d.Len())
	}
	cells, err := build.NewCells(shape, rows*int64(len(c.values)))
	if err != nil {
		return nil, err
	}
	if err := c.open(); err != nil {
		return nil, err
	}
	strides := shape.Strides()
	_, err = c.pass(func(coords []int32, fields [][]byte, row, line int64) error {
		at := int64(0)
		for i, k := range coords {
			at += int64(k) * strides[i]
		}
		for _, v := range c.values {
			pos := at
			if c.wide >= 0 {
				pos += int64(v.category) * strides[c.wide]
			}
			if !cells.Place(pos, line) {
				return c.twice(coords, line)
			}
			if err := c.place(cells, pos, v.column, fields, line); err != nil {
				return err
			}
			if c.status >= 0 && len(fields[c.status]) > 0 {
				if !utf8.Valid(fields[c.status]) {
					return notUTF8(line)
				}
				cells.Status(pos, fields[c.status])
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if pos, first, second, found := cells.Twice(); found {
		at := shape.Coords(pos, nil)
		coords := make([]int32, len(at))
		for i, k := range at {
			coords[i] = int32(k)
		}
		return nil, c.twiceError(coords, first, second)
	}
	if c.odd > 0 {
		c.o.Warn(fmt.Sprintf("%d values are no numbers, such as %q in %s %d: they are missing", c.odd, brief(c.oddText), c.unit(), c.oddLine))
	}
	return cells.Dataset(head)
}

// twice is the error for a row whose cell had one before, which is looked for.
func (c *csvReader) twice(coords []int32, line int64) error {
	want, first := slices.Clone(coords), int64(0)
	errFound := errors.New("found")
	err := c.open()
	if err == nil {
		_, err = c.pass(func(coords []int32, _ [][]byte, _, at int64) error {
			if slices.Equal(coords, want) {
				first = at
				return errFound
			}
			return nil
		})
	}
	if err != errFound {
		return err
	}
	return c.twiceError(want, first, line)
}

func (c *csvReader) twiceError(coords []int32, first, second int64) error {
	var names []string
	for i, d := range c.dims {
		if d.column >= 0 {
			names = append(names, d.found.Texts()[coords[i]])
		}
	}
	where := "in line"
	if c.rows != nil {
		where = "row"
	}
	return &CSVError{Line: second, Msg: fmt.Sprintf("the categories %s have a row already, %s %d", brief(strings.Join(names, ", ")), where, first)}
}

// place sets a cell to what a field says.
func (c *csvReader) place(cells *build.Cells, pos int64, column int, fields [][]byte, line int64) error {
	if c.typed != nil {
		return cells.Token(pos, c.typed.token(column))
	}
	field := fields[column]
	token, ok := c.asNumber(field)
	switch {
	case ok && len(c.o.NA) > 0 && c.isNA(field): // -99, say
		cells.Missing(pos)
	case ok:
		return cells.Number(pos, token)
	case c.missing(field):
		cells.Missing(pos)
	case !utf8.Valid(field):
		return notUTF8(line)
	case c.o.Texts:
		cells.Text(pos, field)
	default:
		if c.odd++; c.odd == 1 {
			c.oddText, c.oddLine = string(field), line
		}
		cells.Missing(pos)
	}
	return nil
}
