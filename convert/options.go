package convert

import (
	"cmp"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Show is what a header or a cell says of a dimension or a category.
type Show = layout.Show

// What is shown. Default, the zero value, is Label, but for the names of JSON
// objects, which are ids. Both writes "[id] label" in one column; Columns writes
// the id and the label in a column each.
const (
	Default Show = layout.Default
	Label   Show = layout.Label
	ID      Show = layout.ID
	Both    Show = layout.Both
	Columns Show = layout.Columns
)

// Keep says which cells become rows.
type Keep = layout.Keep

// What is kept: all cells; those with a value, whatever their status; those
// with a value or a status.
const (
	All        Keep = layout.All
	NonMissing Keep = layout.NonMissing
	NonEmpty   Keep = layout.NonEmpty
)

// Table is what the options of all tables have in common. The zero value is a
// long table of labels with a value column.
type Table struct {
	// Field is what the headers say. Columns counts as Label.
	Field Show

	// Content is what the cells say.
	Content Show

	// By pivots: the categories of these dimensions, given by id, become the
	// columns, those of the last one moving fastest. Headers follow Field.
	By []string

	// Drop leaves out dimensions with one category from a pivot. Dimensions with
	// several stay, see Warn. Without By it has no effect.
	Drop []string

	// DropConstant leaves out all dimensions that have one category, in a long table and
	// in a pivot, but those to pivot by. Of a cube in which all dimensions have one only
	// the value is left, with its status. What is left out no reader of the table knows;
	// the formats that carry the head (Arrow, Parquet, Excel) give it back.
	DropConstant bool

	// Keep leaves out rows. In a pivot a row goes if none of its cells is kept.
	Keep Keep

	// UnitDecimals pads numbers with zeros to the decimals of their unit, or of
	// the table where the unit says nothing: 5 becomes 5.0. No digit is cut off.
	// Default: the shortest layout.
	UnitDecimals bool

	// StatusText is what a status cell says: ID the symbol, Label its meaning
	// if it is known, Both "[symbol] meaning". Default: the symbol.
	StatusText StatusText

	// Lang is the language of meanings: no, nb, nn or en. Default: that of the
	// document if it says so, else en.
	Lang string

	// AllCells allows to write all cells of a sparse cube of more than 10^8.
	AllCells bool

	// Warn, if not nil, is told of options that have no effect, and of rows that cannot
	// be told apart.
	Warn func(message string)

	// Doubt, if not nil, is told in place of Warn of what another option would keep:
	// options are the fields above that would.
	Doubt func(message string, options []string)
}

// StatusText is what a status cell says.
type StatusText uint8

// The ways to write a status.
const (
	StatusCode  StatusText = iota // the symbol
	StatusLabel                   // its meaning, or the symbol if that is not known
	StatusBoth                    // "[symbol] meaning"
)

// statusText is what a status cell says.
func (t *Table) statusText(ds *jsonstat.Dataset, lang, code string) string {
	if t.StatusText == StatusCode || code == "" {
		return code
	}
	meaning := ds.SymbolText(code, lang)
	switch {
	case meaning == "":
		return code
	case t.StatusText == StatusBoth:
		return "[" + code + "] " + meaning
	}
	return meaning
}

// language is the language of a document that says which it is, as PxWeb does.
func language(ds *jsonstat.Dataset) string {
	if ds == nil {
		return "en"
	}
	return cmp.Or(pxext.TableOf(ds.Extension()).Language, "en")
}
