package convert

import (
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Rows are the rows of a table that stands in no CSV file but is read by the same
// rule. They are gone through twice.
type Rows interface {
	// Rewind goes to the first row, which is the header.
	Rewind() error

	// Next is the next row, valid until the next call, and its number for messages;
	// io.EOF behind the last.
	Next() (fields [][]byte, number int64, err error)
}

// typedRows are rows in which a text is no number, and null is no text. A field
// that is nil is not there.
type typedRows interface {
	Rows
	token(column int) []byte // of the row that was read last, in JSON
	label(column int) string // of a dimension
}

// ReadRows is [ReadCSV] for rows from elsewhere. Of the options Separator and Sniff
// have no effect.
func ReadRows(rows Rows, o *ReadCSVOptions) (*jsonstat.Dataset, error) {
	c := &csvReader{o: o.withDefaults(), rows: rows}
	c.typed, _ = rows.(typedRows)
	if c.o.Decimal == "" {
		c.o.Decimal = "."
	}
	if len(c.o.Description) > 0 && c.o.Head == nil {
		var err error
		if c.about, err = readDescription(c.o.Description); err != nil {
			return nil, err
		}
	}
	ds, err := c.read()
	if err == io.EOF {
		err = &CSVError{Msg: "the table is empty"}
	}
	return ds, err
}
