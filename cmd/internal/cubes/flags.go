// Package cubes is what the commands share that make cubes of tables: their flags
// (flags.go), which a call turns into options (options.go, with names.go and plan.go below
// it), and what is written in the end (write.go): the cube, or what would settle an error
// (failure.go).
package cubes

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/separator"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Headings in the help of a command that reads tables.
const (
	columns = "Which column is what"
	Cells   = "How the table is read"
	Cube    = "Describing the cube"
	writing = "Writing"
)

// A Reader is what the table of flags of a command that reads tables has of its own.
// The zero value has long names alone.
type Reader struct {
	Letters map[string]rune     // by the long name
	Old     map[string][]string // long names that a flag had before
	Without []string            // flags that make no sense for its format
	Own     []cli.Flag          // behind those of their group
}

// flags are the flags of a command that reads tables. Each means the same in all of
// them.
func (r Reader) flags() []cli.Flag {
	flags := []cli.Flag{
		cli.Strings{Name: "value", Value: "COLUMN,...", Group: columns, Help: "column of the values; several become categories of the metric dimension"},
		cli.String{Name: "status", Value: "COLUMN", Group: columns, Help: "column of the statuses"},
		cli.String{Name: "status-suffix", Value: "TEXT", Group: columns, Help: "what the names of status columns end in, one for each value column"},
		cli.Strings{Name: "dimension", Value: "COLUMN,...", Group: columns, Help: "columns that are dimensions, in this order; with --value all others are left out"},
		cli.Strings{Name: "label-column", Value: "ID=COLUMN", Group: columns, Help: "COLUMN holds the labels of column ID"},
		cli.Strings{Name: "ignore", Value: "COLUMN,...", Group: columns, Help: "columns that are no part of the cube"},
		cli.Strings{Name: "by", Value: "DIM[,DIM]", Group: columns, Help: "the columns that are left are categories of this dimension, or of two"},
		cli.Strings{Name: "stub", Value: "COLUMN,...", Group: columns, Help: "with --by: columns that are dimensions (default: those left of the first whose name is of one kind with the last one's)"},
		cli.String{Name: "metric", Value: "ID", Group: columns, Help: "id of the dimension that several value columns make (default: measure)"},
		cli.Choice{Name: "content", Values: []string{"id", "both", "columns"}, Default: "id", Group: columns, Help: "what columns of dimensions hold: ids, \"[id] label\", or ids and labels in pairs of columns"},
		cli.Choice{Name: "explain", Values: []string{"text", "json"}, Bare: "text", Group: columns, Help: "write in place of the cube what each column was taken for, and why; json: as a plan"},
		cli.String{Name: "plan", Value: "FILE", Complete: cli.Files, Group: columns, Help: "decide as --explain=json of another table did"},

		cli.String{Name: "header", Value: "ROW[-ROW]", Group: Cells, Help: "row of the header, rows that make one, or 0 for none (default: the first row as wide as those below it)"},
		cli.String{Name: "separator", Value: "SEP", Group: Cells, Help: "separator of columns: the sign itself, or " + separator.Named + " (default: a comma)"},
		cli.Bool{Name: "sniff", Group: Cells, Help: "find separator and decimal mark by looking"},
		cli.String{Name: "sheet", Value: "NAME", Group: Cells, Help: "the sheet (default: the first one that can be seen)"},
		cli.String{Name: "encoding", Value: "NAME", Group: Cells, Help: "of the input, such as windows-1252 (default: UTF-8, or UTF-16 with a byte order mark)"},
		cli.String{Name: "decimal", Value: "MARK", Group: Cells, Help: "decimal mark of numbers in texts (default: a point; a comma if columns are separated by semicolons)"},
		cli.String{Name: "thousands", Value: "MARK", Group: Cells, Help: "mark between groups of three digits, such as a comma; blanks and apostrophes always are"},
		cli.Strings{Name: "na", Value: "TEXT", Group: Cells, Help: "text of a missing value, besides the empty one and the usual marks"},
		cli.Bool{Name: "texts", Group: Cells, Help: "keep values that are no numbers (default: an error)"},

		cli.Choice{Name: "periods", Values: []string{"year", "half", "quarter", "month", "week"}, Group: Cells, Help: "dates that are first days become these periods: 2024-01-01 is 2024M01 with month (default: dates stay dates)"},

		cli.String{Name: "label", Value: "TEXT", Group: Cube, Help: "title of the dataset"},
		cli.String{Name: "source", Value: "TEXT", Group: Cube, Help: "who made the data"},
		cli.String{Name: "updated", Value: "TIME", Group: Cube, Help: "when the data were updated"},
		cli.Strings{Name: "role", Value: "ROLE=DIM,...", Group: Cube, Help: "role of dimensions: time, geo or metric"},
		cli.String{Name: "describe", Value: "FILE", Complete: cli.Files, Group: Cube, Help: "JSON object of what the table cannot say: labels, units, roles, notes, order, as members of JSON-stat"},
		cli.String{Name: "head", Value: "FILE", Complete: cli.Files, Group: Cube, Help: "JSON-stat document that describes the cube; it needs no values"},

		cli.Bool{Name: "ovalue", Group: writing, Help: "values as an object without the missing ones"},
		cli.Bool{Name: "ostatus", Group: writing, Help: "statuses as an object"},
		cli.Bool{Name: "all-cells", Group: writing, Help: "write a sparse cube of more than 100 million cells in full"},
	}
	var mine []cli.Flag
	for _, f := range flags {
		if s := f.Spec(); !slices.Contains(r.Without, s.Name) {
			s.Short, s.Old = r.Letters[s.Name], r.Old[s.Name]
			mine = append(mine, s)
		}
	}
	for _, own := range r.Own {
		behind := len(mine)
		for i, f := range mine {
			if f.Spec().Group == own.Spec().Group {
				behind = i + 1
			}
		}
		mine = slices.Insert(mine, behind, own)
	}
	return mine
}

// otherwise says which options would say otherwise, with what goes before.
func otherwise(fields []string) string {
	var flags []string
	for _, f := range fields {
		flags = append(flags, flagOf[f])
	}
	switch len(flags) {
	case 0:
		return ""
	case 1:
		return "; " + flags[0] + " says otherwise"
	}
	return "; " + strings.Join(flags, " or ") + " says which"
}

// flagOf are the flags by the fields of [convert.TableOptions], and of other options, that
// they set.
var flagOf = map[string]string{
	"Header": "--header", "Values": "--value", "Status": "--status", "StatusSuffix": "--status-suffix", "Dimensions": "--dimension", "Labels": "--label-column",
	"Ignore": "--ignore", "By": "--by", "Stub": "--stub", "Decimal": "--decimal", "Thousands": "--thousands", "NA": "--na", "Texts": "--texts", "Head": "--head",
	"Sheet": "--sheet", "Plain": "--plain",
}
