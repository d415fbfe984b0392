package convert

import "unicode/utf8"

// TextOptions choose how a dataset is shown as a table for people. The zero value is a long
// table of labels, as wide as it is.
type TextOptions struct {
	// Table is what all tables have in common. Numbers are always padded to the decimals
	// of their units: UnitDecimals has no effect.
	Table

	// Rows is how many rows are shown at most, 0 all of them. No more cells are read
	// than those have.
	Rows int64

	// Width is how many columns a line may take up, 0 any number. Value columns that do
	// not fit are left out, all but the first, and texts of categories are cut.
	Width int

	// NoStatus shows no statuses: they are not read.
	NoStatus bool

	// Stub are ids of the dimensions down the side, the outermost first, where some are
	// pivoted. Others follow in the order of the cube.
	Stub []string

	// Sort is the header of a column by which the rows are sorted, "" for none: one of
	// values by number, texts behind the numbers, missing cells last; one of a dimension
	// by the text of its categories, whatever their case. Reverse puts the greatest
	// first, missing cells last all the same. At most [MaxSorted] rows are sorted, unless
	// Rows bounds them.
	Sort    string
	Reverse bool

	// CSV writes the same table as lines of fields with commas: all columns, and the
	// statuses beside the values of a column in one of their own.
	CSV bool

	// NA stands for a cell that has neither value nor status. Default: n/a.
	NA string

	// Measure is how many columns a text takes up on the screen. Default: its characters.
	Measure func(text string) int

	// Clip cuts a text to a number of columns. Default: by characters, with an ellipsis.
	Clip func(text string, width int) string

	// Visible makes a text harmless, such as one with control characters. Default: the
	// text as it is.
	Visible func(text string) string
}

// TextRest is what a table for people leaves out.
type TextRest struct {
	Columns []string // headers of value columns that do not fit
	More    bool     // there are more rows than Rows
}

// withDefaults are the options with what stands for those that are not set.
func (o *TextOptions) withDefaults() TextOptions {
	var d TextOptions
	if o != nil {
		d = *o
	}
	if d.NA == "" {
		d.NA = "n/a"
	}
	if d.Measure == nil {
		d.Measure = utf8.RuneCountInString
	}
	if d.Clip == nil {
		d.Clip = func(text string, width int) string {
			if runes := []rune(text); len(runes) > width {
				return string(runes[:max(0, width-1)]) + "…"
			}
			return text
		}
	}
	if d.Visible == nil {
		d.Visible = func(text string) string { return text }
	}
	if d.CSV {
		d.Width = 0
	}
	return d
}
