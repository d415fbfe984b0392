// Package jsonstat2csv is the command that turns a JSON-stat dataset into CSV or CSV-stat.
package jsonstat2csv

import (
	"slices"

	"github.com/jsonstat-go/toolkit/cmd/internal/choice"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/cmd/internal/separator"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Headings in the help.
const (
	pivoting = "Pivoting"
	beyond   = "Beyond the table"
	rowsKept = "Rows"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "jsonstat2csv",
		Summary: "turn a JSON-stat dataset into CSV",
		Args:    cli.InputOutput,
		Formats: formats.Registry{},
		Examples: []cli.Example{
			{Line: "jsonstat2csv oslo.json oslo.csv", Text: "labels, comma, decimal point"},
			{Line: "jsonstat2csv oslo.json oslo.csv --excel", Text: "opens by double click in a Norwegian Excel"},
			{Line: "jsonstat2csv oslo.json -sfo -c ';'", Text: "with statuses; ids in place of labels; semicolon and decimal comma"},
			{Line: "jsonstat2csv oslo.json -y Tid", Text: "a column for each year"},
			{Line: "jsonstat2csv oslo.json --content columns --non-missing", Text: "codes and labels side by side, no empty cells"},
			{Line: "jsonstat2csv oslo.json oslo.csv --package", Text: "with a datapackage.json beside it"},
			{Line: "cat oslo.json | jsonstat2csv | head -3", Text: "in a pipe"},
		},
		Flags: slices.Concat([]cli.Flag{
			cli.Bool{Name: "status", Short: 's', Help: "add the status of each cell"},
			cli.String{Name: "na", Short: 'n', Default: "n/a", Help: "text for a missing value; may be empty"},
			cli.String{Name: "separator", Old: []string{"column"}, Short: 'c', Value: "SEP", Help: "separator of columns: the sign itself, or " + separator.Named + " (default: a comma; a tab for a file called .tsv or .tab)"},
			cli.String{Name: "decimal", Short: 'd', Value: "MARK", Help: "decimal mark (default: a point; a comma if the separator is a semicolon)"},
			cli.Choice{Name: "decimals", Values: []string{"unit"}, Help: "pad numbers with zeros to the decimals of their unit"},
			cli.Bool{Name: "fid", Short: 'f', Help: "ids in the header, same as --field id"},
			cli.Bool{Name: "cid", Short: 'o', Help: "ids in the cells, same as --content id"},
			cli.Choice{Name: "field", Values: []string{"id", "label", "both"}, Help: "what dimensions are called (default: label)"},
			cli.Choice{Name: "content", Values: []string{"id", "label", "both", "columns"}, Help: "what categories are called; columns: id and label in a column each (default: label)"},
			choice.DropConstant(""),
			cli.String{Name: "vlabel", Short: 'v', Default: "Value", Help: "name of the value column"},
			cli.String{Name: "slabel", Short: 'l', Default: "Status", Help: "name of the status column"},
			cli.Choice{Name: "status-text", Values: []string{"code", "label", "both"}, Default: "code", Help: "what a status says"},
			cli.String{Name: "lang", Value: "LANG", Help: "language of --status-text and other words of ours: no, nb, nn or en (default: the document's)"},

			cli.Strings{Name: "by", Short: 'y', Value: "DIM", Complete: cli.Dimensions, Group: pivoting, Help: "a column for each category of this dimension"},
			cli.Strings{Name: "drop", Short: 'p', Value: "DIM,...", Complete: cli.Dimensions, Group: pivoting, Help: "leave out these dimensions of one category"},
			cli.Bool{Name: "status-columns", Group: pivoting, Help: "a status column behind each value column"},
		}, choice.Rows(rowsKept), []cli.Flag{

			cli.Bool{Name: "rich", Short: 'r', Group: beyond, Help: "CSV-stat: a head with labels, roles and units in front of the table"},
			cli.String{Name: "unit", Short: 'u', Value: "SEP", Default: "|", Group: beyond, Help: "separator inside the units of CSV-stat"},
			cli.Bool{Name: "excel", Group: beyond, Help: "for a Norwegian Excel: byte order mark, semicolon, decimal comma, CRLF"},
			cli.String{Name: "encoding", Value: "NAME", Group: beyond, Help: "of the output: utf-8, utf-16, utf-16le, utf-16be, iso-8859-1, iso-8859-15 or windows-1252 (default: utf-8)"},
			cli.Bool{Name: "bom", Group: beyond, Help: "begin with a byte order mark, as utf-16 always does"},
			cli.Choice{Name: "eol", Values: []string{"lf", "crlf"}, Default: "lf", Group: beyond, Help: "end of lines"},
			cli.Bool{Name: "guard", Group: beyond, Help: "put ' in front of labels that a spreadsheet takes for formulas"},
			cli.Bool{Name: "package", Group: beyond, Help: "a datapackage.json beside the output: names, types, labels, units, source, licence (Frictionless Data Package)"},
			cli.Bool{Name: "csvw", Group: beyond, Help: "the same as OUTPUT-metadata.json (CSV on the Web)"},
			cli.Bool{Name: "big", Short: 'b', Group: beyond, Help: "accepted for old scripts; large cubes need no flag"},
		}),
		ReadsJSONStat: true,
		Run:           run,
	}
}
