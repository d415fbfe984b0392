package xlsxconv

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Status says where the statuses of cells stand.
type Status uint8

// Where statuses stand. By default they have a column beside the values; in a
// pivot, where no status stands on a value, they are the text of the empty cells
// instead. StatusCell does so in any table: statuses that stand on a value are
// then not seen, though [Read] knows them. StatusNone leaves them out.
const (
	StatusDefault Status = iota
	StatusColumn
	StatusCell
	StatusNone
)

// Chart is a kind of chart.
type Chart uint8

// The kinds of charts. The default is none.
const (
	NoChart Chart = iota
	LineChart
	BarChart
)

// The size of a sheet.
const (
	MaxRows    = 1_048_576
	MaxColumns = 16_384
)

// Options say how a workbook is written. The zero value, and nil, write a long
// table with labels, its title above the header, and the information sheet in
// the language of the document.
type Options struct {
	// Table is what all tables have in common. UnitDecimals has no effect: the
	// formats of the cells show the decimals of the unit. A dimension whose labels
	// are not unique shows "[id] label" in their place. Lang is also the language
	// of the headings.
	convert.Table

	// Pivot makes columns of the dimensions that the table itself has in its
	// heading (extension.px.heading), or else of the time dimension. By goes
	// before it.
	Pivot bool

	// Stub and Heading are the dimensions down the side of the table and across it, by id,
	// the outermost first: rows and columns come in the order of the dimensions. Of one of
	// them alone the other is all dimensions that are left, in the order of
	// extension.px.stub or heading, then of the document. Both together name all
	// dimensions of more than one category, else it is a [*SidesError]; those of one that
	// they do not name have no column, and stand in the title. By goes with neither.
	Stub, Heading []string

	// Status says where statuses stand.
	Status Status

	// Dates writes the categories of time dimensions whose ids are periods as the
	// first day of each. A dimension with other ids, or one that begins before
	// March 1900, stays as it is, see Warn.
	Dates bool

	// Chart adds a sheet with a chart of a pivot. Statuses have columns then, since
	// a chart draws a text as zero.
	Chart Chart

	// Split goes on in further sheets where a table has more rows than a sheet can
	// have. Default: a [*SizeError].
	Split bool

	// Licence and Attribution go onto the information sheet in the place of what
	// the document says.
	Licence, Attribution string

	// NoTitle makes the header the first row.
	NoTitle bool

	// ValueName and StatusName head the value and the status column. Defaults:
	// Value and Status, or Verdi and Status in Norwegian. If Field is ID they are value and
	// status in any case.
	ValueName, StatusName string
}

// Need is what the writer must know of a dataset before its first cell, for
// [jsonstat.Options]. It goes over the cells more than once: a workbook says how
// many rows it has, and what its symbols mean, before the first of them.
func (o *Options) Need() jsonstat.Need {
	need := jsonstat.NeedHead | jsonstat.NeedStatus | jsonstat.NeedOrder
	if o != nil && o.Status == StatusCell {
		need |= jsonstat.NeedFacts
	}
	return need
}

// SizeError tells that a table does not fit into a sheet.
type SizeError struct {
	Rows    int64 // of the table with its header; 0 if they fit
	Columns int   // 0 if they fit
}

// Error gives the numbers.
func (e *SizeError) Error() string {
	if e.Columns > 0 {
		return fmt.Sprintf("the table has %d columns, a sheet at most %d", e.Columns, MaxColumns)
	}
	return fmt.Sprintf("the table has %d rows, a sheet at most %d", e.Rows, MaxRows)
}

// Unwrap makes the error a [jsonstat.ErrLimit].
func (e *SizeError) Unwrap() error { return jsonstat.ErrLimit }

// ReadOptions say how a workbook is read. The zero value, and nil, read what
// [Write] wrote, with the changes that people made to its table since, and of any
// other workbook the first sheet by the rules of [convert.TableOptions].
type ReadOptions struct {
	// TableOptions: with any that say what columns are, or how they are read, a sheet
	// is read by rule though Write wrote it. Description and what says how texts are read
	// make no difference to what Write wrote, with a warning.
	convert.TableOptions

	// Sheet is the name of the sheet to read by rule. Default: the first that can be
	// seen. If that is empty, a list of the others or without figures, the error is a
	// [*convert.TableError] that names the others, and "Sheet" in Also.
	Sheet string

	// Plain reads by rule, whatever wrote the workbook.
	Plain bool
}

// byRule tells whether the options ask for the rule.
func (o *ReadOptions) byRule() bool {
	return o.Plain || o.Sheet != "" || o.Header != "" || len(o.Values)+len(o.Dimensions)+len(o.Labels)+len(o.Ignore)+len(o.By)+len(o.Stub)+len(o.Plan) > 0 ||
		o.Status != "" || o.StatusSuffix != "" || o.Content != convert.Default || o.Head != nil || o.Explain != nil
}
