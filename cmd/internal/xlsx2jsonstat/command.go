// Package xlsx2jsonstat is the command that turns an Excel workbook into a JSON-stat dataset.
package xlsx2jsonstat

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Headings in the help.
const (
	reading = "Reading a sheet by rule"
	head    = "Describing the cube"
	writing = "Writing"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "xlsx2jsonstat",
		Summary: "turn an Excel workbook into a JSON-stat dataset",
		Description: "What jsonstat2xlsx wrote comes back as it was, with the changes that were made to its table since: rows may have been sorted, filtered out or edited. " +
			"Of any other workbook a sheet is read by rule: its first row is the header, one column holds the values, and all others are dimensions. " +
			"So is a workbook of jsonstat2xlsx with --plain or any option that says how to read a sheet.",
		Args:    cli.InputOutput,
		Formats: formats.Registry{},
		Examples: []cli.Example{
			{Line: "xlsx2jsonstat oslo.xlsx again.json", Text: "what jsonstat2xlsx wrote, with all that was said of it"},
			{Line: "xlsx2jsonstat catch.xlsx catch.json --sheet Table --value Tonnes --role time=Year,geo=Port", Text: "a sheet by rule"},
			{Line: "xlsx2jsonstat wide.xlsx --by Year --stub Port", Text: "a column for each year"},
			{Line: "xlsx2jsonstat edited.xlsx --head boats.json", Text: "labels, units, notes and order from a JSON-stat document"},
		},
		Flags: []cli.Flag{
			cli.String{Name: "sheet", Value: "NAME", Group: reading, Help: "the sheet (default: the first one that can be seen)"},
			cli.String{Name: "header", Value: "ROW", Group: reading, Help: "the row of the header, from 1 (default: the first that is not empty)"},
			cli.String{Name: "value", Value: "NAME", Group: reading, Help: "name of the value column (default: the last column)"},
			cli.String{Name: "status", Value: "NAME", Default: "Status", Group: reading, Help: "name of the status column"},
			cli.Choice{Name: "content", Values: []string{"id", "both", "columns"}, Default: "id", Group: reading, Help: "what the other columns hold: ids, \"[id] label\", or ids and labels in pairs of columns"},
			cli.String{Name: "decimal", Value: "MARK", Default: ".", Group: reading, Help: "decimal mark of numbers that are texts"},
			cli.Strings{Name: "na", Value: "TEXT", Group: reading, Help: "text of a missing value, besides the empty cell and the usual marks"},
			cli.Bool{Name: "texts", Group: reading, Help: "keep values that are no numbers (default: they are missing)"},
			cli.String{Name: "by", Value: "DIM", Group: reading, Help: "the columns that are not in --stub are categories of this dimension"},
			cli.String{Name: "stub", Value: "COLUMN,...", Group: reading, Help: "columns that are dimensions; with --by"},
			cli.Bool{Name: "plain", Group: reading, Help: "read by rule what jsonstat2xlsx wrote, too"},

			cli.String{Name: "label", Value: "TEXT", Group: head, Help: "title of the dataset"},
			cli.String{Name: "source", Value: "TEXT", Group: head, Help: "who made the data"},
			cli.String{Name: "updated", Value: "TIME", Group: head, Help: "when the data were updated"},
			cli.Strings{Name: "role", Value: "ROLE=DIM,...", Group: head, Help: "role of dimensions: time, geo or metric"},
			cli.String{Name: "head", Value: "FILE", Group: head, Help: "JSON-stat document that describes the cube; it needs no values"},

			cli.Bool{Name: "ovalue", Group: writing, Help: "values as an object without the missing ones"},
			cli.Bool{Name: "ostatus", Group: writing, Help: "statuses as an object"},
			cli.Bool{Name: "all-cells", Group: writing, Help: "write a sparse cube of more than 100 million cells in full"},
		},
		Run: run,
	}
}
