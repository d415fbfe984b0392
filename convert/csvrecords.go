package convert

import (
	"errors"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
)

// CSVError is what is wrong with a table, in CSV or elsewhere, and where.
type CSVError struct {
	Line int64 // from 1, or the row, from 1, where rows are no lines; 0 if it is no line's fault
	Msg  string
	Err  error // the kind of failure, may be nil

	row bool // Line counts rows
}

// Error gives line and reason.
func (e *CSVError) Error() string {
	if e.Line == 0 {
		return e.Msg
	}
	if e.row {
		return fmt.Sprintf("row %d: %s", e.Line, e.Msg)
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Msg)
}

// Unwrap returns the kind of failure.
func (e *CSVError) Unwrap() error { return e.Err }

// records reads the records of a CSV file one by one.
type records struct{ *csvtext.Records }

func newRecords(r io.Reader, sep string) *records { return &records{csvtext.New(r, sep)} }

// next reads a record and returns its fields, valid until the next call, and the
// line it begins in. The end is io.EOF.
func (r *records) next() ([][]byte, int64, error) {
	fields, line, err := r.Next()
	return fields, line, csvError(err)
}

// skipBOM passes over a byte order mark at the start.
func (r *records) skipBOM() error { return csvError(r.SkipBOM()) }

// csvError puts an error of the text in our words.
func csvError(err error) error {
	if e, ok := errors.AsType[*csvtext.Error](err); ok {
		return &CSVError{Line: e.Line, Msg: e.Msg}
	}
	return err
}
