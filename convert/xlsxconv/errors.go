package xlsxconv

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/xmltoken"
)

// ErrNotWorkbook marks what is no workbook in the format of Excel 2007 and later.
var ErrNotWorkbook = errors.New("not an .xlsx workbook")

// errXML marks a part that is no XML, or none that a spreadsheet program writes.
var errXML = errors.New("not the XML of a workbook")

// inWorkbook marks what is wrong with the XML of a part.
func inWorkbook(err error) error {
	if _, ok := errors.AsType[*xmltoken.Error](err); ok {
		return fmt.Errorf("%w: %w", err, errXML)
	}
	return cutOff(err)
}

// cutOff says what it means that the compressed data of a part end too early.
func cutOff(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the part is cut off: %w", err)
	}
	return err
}

// CellError is what is wrong with a sheet, and where.
type CellError struct {
	Sheet string
	Row   int64  // from 1; 0 if it is no row's fault
	Cell  string // such as B17; "" if it is no cell's fault
	Msg   string
	Err   error // the kind of failure, may be nil
}

// Error gives sheet, place and reason.
func (e *CellError) Error() string {
	var where strings.Builder
	fmt.Fprintf(&where, "sheet %q", e.Sheet)
	switch {
	case e.Cell != "":
		fmt.Fprintf(&where, ", cell %s", e.Cell)
	case e.Row > 0:
		fmt.Fprintf(&where, ", row %d", e.Row)
	}
	return where.String() + ": " + e.Msg
}

// Unwrap returns the kind of failure.
func (e *CellError) Unwrap() error { return e.Err }
