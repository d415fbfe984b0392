// Package csv2jsonstat is the command that turns a CSV or CSV-stat table into a JSON-stat dataset.
package csv2jsonstat

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Headings in the help.
const (
	reading = "Reading the table"
	head    = "Describing the cube"
	writing = "Writing"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "csv2jsonstat",
		Summary: "turn a CSV or CSV-stat table into a JSON-stat dataset",
		Args:    cli.InputOutput,
		Formats: formats.Registry{},
		Examples: []cli.Example{
			{Line: "csv2jsonstat catch.csv catch.json", Text: "the last column holds the values, Status statuses; all others are dimensions"},
			{Line: "csv2jsonstat catch.csv --sniff -v Tonnes -a 'Catch by port'", Text: "finds separator and decimal mark; names the value column; gives a label"},
			{Line: "csv2jsonstat catch.csv --role time=Year,geo=Port", Text: "with roles"},
			{Line: "csv2jsonstat wide.csv --by Year --stub Port", Text: "a column for each year"},
			{Line: "csv2jsonstat catch.csv --describe catch-about.json", Text: "labels, units and the like from a small JSON file"},
			{Line: "csv2jsonstat edited.csv --head boats.json", Text: "labels, units, notes and order from a JSON-stat document"},
			{Line: "cat catch.csv | csv2jsonstat | jsonstat2csv -y Year", Text: "in a pipe"},
		},
		Flags: []cli.Flag{
			cli.String{Name: "column", Short: 'c', Value: "SEP", Default: ",", Group: reading, Help: `separator of columns, \t for a tab, which is the default for a file called .tsv or .tab`},
			cli.String{Name: "decimal", Short: 'd', Value: "MARK", Group: reading, Help: "decimal mark (default: a point; a comma if the separator is a semicolon)"},
			cli.Bool{Name: "sniff", Group: reading, Help: "find separator and decimal mark by looking"},
			cli.String{Name: "vlabel", Short: 'v', Value: "NAME", Group: reading, Help: "name of the value column (default: the last column)"},
			cli.String{Name: "slabel", Short: 'l', Value: "NAME", Default: "Status", Group: reading, Help: "name of the status column"},
			cli.Choice{Name: "content", Values: []string{"id", "both", "columns"}, Default: "id", Group: reading, Help: "what the other columns hold: ids, \"[id] label\", or ids and labels in pairs of columns"},
			cli.Strings{Name: "na", Value: "TEXT", Group: reading, Help: "text of a missing value, besides n/a, the empty text and the usual marks"},
			cli.Bool{Name: "texts", Group: reading, Help: "keep values that are no numbers (default: they are missing)"},
			cli.String{Name: "by", Value: "DIM", Group: reading, Help: "the columns that are not in --stub are categories of this dimension"},
			cli.String{Name: "stub", Value: "COLUMN,...", Group: reading, Help: "columns that are dimensions; with --by"},

			cli.String{Name: "label", Short: 'a', Value: "TEXT", Group: head, Help: "title of the dataset"},
			cli.String{Name: "source", Value: "TEXT", Group: head, Help: "who made the data"},
			cli.String{Name: "updated", Value: "TIME", Group: head, Help: "when the data were updated"},
			cli.Strings{Name: "role", Value: "ROLE=DIM,...", Group: head, Help: "role of dimensions: time, geo or metric"},
			cli.String{Name: "describe", Value: "FILE", Group: head, Help: "JSON object of what the table cannot say: labels, units, roles, notes, order, as members of JSON-stat"},
			cli.String{Name: "head", Value: "FILE", Group: head, Help: "JSON-stat document that describes the cube; it needs no values"},

			cli.Bool{Name: "ovalue", Short: 'o', Group: writing, Help: "values as an object without the missing ones"},
			cli.Bool{Name: "ostatus", Short: 's', Group: writing, Help: "statuses as an object"},
			cli.Bool{Name: "all-cells", Group: writing, Help: "write a sparse cube of more than 100 million cells in full"},
		},
		Run: run,
	}
}
