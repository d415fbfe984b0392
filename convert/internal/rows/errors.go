package rows

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Kinds of failure.
var (
	// ErrUndecided marks a table of which it cannot be told what its columns are.
	ErrUndecided = errors.New("it cannot be told what the columns are")

	// ErrNoFigures is ErrUndecided for a table without a column that could hold values.
	ErrNoFigures = fmt.Errorf("there is no column of figures: %w", ErrUndecided)

	// ErrText marks a cell of a value column that is no number.
	ErrText = errors.New("the text is no number")

	// ErrTwice marks two rows for one cell of the cube.
	ErrTwice = errors.New("two rows are for one cell")

	// ErrEmpty marks a table without rows.
	ErrEmpty = errors.New("there are no rows")

	// ErrOneColumn marks a table of one column: it has another separator, most likely.
	ErrOneColumn = errors.New("there is one column only")

	// ErrPlan marks a plan that is none.
	ErrPlan = errors.New("the plan cannot be used")

	// ErrWidth marks a row that is not as wide as the header.
	ErrWidth = errors.New("the row is not as wide as the header")

	// ErrColumn marks an option that names what is not there.
	ErrColumn = jsonstat.ErrUnknown

	// ErrEncoding marks a text that is not UTF-8.
	ErrEncoding = jsonstat.ErrEncoding
)

// A Place is where something stands in a file, in the words of its format. Only some
// of its fields are set.
type Place struct {
	File        string // of a table of several files
	Line        int64  // of a text, from 1
	Sheet, Cell string // of a workbook
	Group, Row  int64  // row group of a file, row of a table or sheet, from 1
}

// String is a place as messages begin with it: "line 3", "sheet Catch, cell B17".
func (p Place) String() string {
	var parts []string
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Sheet != "" {
		parts = append(parts, fmt.Sprintf("sheet %q", p.Sheet))
	}
	switch {
	case p.Line > 0:
		parts = append(parts, fmt.Sprintf("line %d", p.Line))
	case p.Cell != "":
		parts = append(parts, "cell "+p.Cell)
	case p.Group > 0 && p.Row > 0:
		parts = append(parts, fmt.Sprintf("row group %d, row %d", p.Group, p.Row))
	case p.Row > 0:
		parts = append(parts, fmt.Sprintf("row %d", p.Row))
	}
	return strings.Join(parts, ", ")
}

// An Error is what is wrong with a table, and where. It has the fields of
// convert.TableError, as which callers see it: only some of the first six are set.
type Error struct {
	File        string // of a table of several files
	Line        int64  // of a text, from 1
	Sheet, Cell string // of a workbook
	Group, Row  int64  // of a table, from 1

	Msg string

	// Of a table of which it cannot be told what its columns are without a word of
	// whoever knows:
	Columns []string        // those that it is about
	Propose json.RawMessage // a plan that would settle the whole table, tried on it; nil if none is known
	Keep    []string        // the dimensions, if these columns are to be among them; nil if they cannot
	Also    []string        // what else could be meant: names of options
	Text    string          // of the first cell that is no number; or the separator that the text looks as if it had

	Err error // the kind of failure, or what was given; may be nil
}

// at says where an error is.
func (e *Error) at(p Place) *Error {
	e.File, e.Line, e.Sheet, e.Cell, e.Group, e.Row = p.File, p.Line, p.Sheet, p.Cell, p.Group, p.Row
	return e
}

// Error gives place and reason.
func (e *Error) Error() string {
	if at := (Place{e.File, e.Line, e.Sheet, e.Cell, e.Group, e.Row}).String(); at != "" {
		return at + ": " + e.Msg
	}
	return e.Msg
}

// Unwrap is the kind of failure.
func (e *Error) Unwrap() error { return e.Err }
