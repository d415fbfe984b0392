package convert

import (
	"encoding/json"
	"errors"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TableOptions say how a table becomes a cube, whatever format it stands in: which
// column is what, what cells mean, and what the table cannot say. The zero value leaves
// all to the rules, which stand in docs; what they cannot decide is a [*TableError]
// that proposes what would.
//
// A column is named by its header; else by its number, from 1, or by the letters that
// workbooks give it; a run of columns by two numbers, 3..20 or 3..
type TableOptions struct {
	// Header is where the header stands in CSV and workbooks: a row, "3"; rows that
	// are read as one, "3-4"; or "0" for none, and columns are called by their numbers.
	// Default: the first row as wide as the rows below it.
	Header string

	// Values are the columns of the values. Those of several are put side by side: see
	// Metric.
	Values []string

	// Status is the column of the statuses; StatusSuffix is what the names of those of
	// each value column end in.
	Status       string
	StatusSuffix string

	// Dimensions are the columns that are dimensions, in this order. With Values, all
	// other columns are left out.
	Dimensions []string

	// Labels are pairs of columns: of ids, and of their labels.
	Labels [][2]string

	// Ignore are columns that are no part of the cube.
	Ignore []string

	// By makes dimensions of these ids of the columns that are left: their headers are
	// the categories. For two dimensions each header has a part for each, the last of
	// which is its last words. Stub are the columns that are dimensions beside them;
	// default: those left of the first whose header is of one kind with the last one's.
	By   []string
	Stub []string

	// Plan is what Explain was told of another table: its columns are decided as they
	// were. What is said above goes before it.
	Plan json.RawMessage

	// Metric is the id of the dimension that several columns of values make, which are
	// its categories. Default: measure.
	Metric string

	// Content is what the columns of dimensions hold: Default ids, Both "[id] label",
	// Columns an id and a label in two columns each.
	Content Show

	// Decimal is the decimal mark of numbers that are texts. Default: a point; in CSV a
	// comma if the separator is a semicolon.
	Decimal string

	// Thousands is what stands between groups of three digits, such as a comma, besides
	// blanks and apostrophes, which do so always. Default: nothing; 1,234 is no number.
	Thousands string

	// NA are texts that stand for a missing value, besides the empty text and the
	// usual marks of statistical offices. They may look like numbers.
	NA []string

	// Texts keeps values that are neither numbers nor missing. Default: an error.
	Texts bool

	// Periods makes periods of dates that are their first days, of "year", "half",
	// "quarter", "month" or "week": 2024, 2024H1, 2024Q1, 2024M01, 2024W05. Default:
	// dates stay dates. With Head it has no effect.
	Periods string

	// Head describes the cube: its dimensions and their categories, which give the
	// order and which alone may come up, and all else that a head says. It may have
	// values, which are not looked at.
	Head *jsonstat.Dataset

	// Description is a JSON object with members of a JSON-stat dataset that say what
	// the table cannot: label, source, role, notes, and of a dimension, by its id,
	// labels, units or the order of categories. All may be left out; the options below
	// go before it. With Head it has no effect.
	Description json.RawMessage

	// Label, Source and Updated are those of the dataset, if they are not empty.
	Label, Source, Updated string

	// Roles of dimensions by id.
	Roles map[string]jsonstat.Role

	// Warn, if not nil, is told of what was tolerated.
	Warn func(message string)

	// Doubt, if not nil, is told in place of Warn of what was decided and could be
	// meant otherwise: options are the fields above that would say so.
	Doubt func(message string, options []string)

	// Explain, if not nil, is told what each column was taken for and why, also where
	// that cannot be told: a JSON object, which is a Plan as well. Its members are
	// those of a plan (header, value, status, status-suffix, dimension, label-column,
	// ignore, by, stub), which say the decision outright, and columns (each with
	// number, name, part, why, of, categories), rows, cells, error.
	Explain func(plan json.RawMessage)
}

// internal are the same options for the package that makes cubes.
func (o *TableOptions) internal() *rows.Options {
	t := rows.Options(*o)
	return &t
}

// TableError is what is wrong with a table, and where: in a line of a text, a cell of a
// sheet, a row of a table, as the format has it.
type TableError struct {
	File  string // of a table of several files
	Line  int64  // of a text, from 1
	Sheet string // of a workbook
	Cell  string // of its sheet, such as B17
	Group int64  // row group of a file, from 1
	Row   int64  // of a table or sheet, from 1

	Msg string

	// Of a table of which it cannot be told what its columns are ([ErrUndecided]):
	Columns []string        // those that it is about
	Propose json.RawMessage // a plan that would settle the whole table, tried on it; nil if none is known
	Keep    []string        // the dimensions, if these columns are to be among them; nil if they cannot
	Also    []string        // what else could be meant: names of options
	Text    string          // of the first cell that is no number; or the encoding or the separator that a text looks as if it had

	Err error // the kind of failure, or what was given; may be nil
}

// Error gives place and reason.
func (e *TableError) Error() string { return (*rows.Error)(e).Error() }

// Unwrap returns the kind of failure.
func (e *TableError) Unwrap() error { return e.Err }

// Kinds of failure of a table.
var (
	// ErrUndecided: it cannot be told what the columns are.
	ErrUndecided = rows.ErrUndecided

	// ErrText: a cell of a value column is no number.
	ErrText = rows.ErrText

	// ErrTwice: two rows are for one cell.
	ErrTwice = rows.ErrTwice

	// ErrEmpty: there are no rows.
	ErrEmpty = rows.ErrEmpty

	// ErrOneColumn: the table has one column; it has another separator, most likely.
	ErrOneColumn = rows.ErrOneColumn

	// ErrWidth: a row is not as wide as the header.
	ErrWidth = rows.ErrWidth

	// ErrDescription: the description cannot be used.
	ErrDescription = rows.ErrDescription

	// ErrPlan: the plan cannot be used.
	ErrPlan = rows.ErrPlan
)

// tableError puts an error of the packages below in our own type.
func tableError(err error) error {
	if e, ok := errors.AsType[*rows.Error](err); ok {
		return (*TableError)(e)
	}
	if e, ok := errors.AsType[*csvtext.Error](err); ok {
		return &TableError{Line: e.Line, Msg: e.Msg, Text: e.Encoding, Err: e}
	}
	return err
}
