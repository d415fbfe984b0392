// Package jsonstat2xlsx is the command that turns a JSON-stat dataset into an Excel workbook.
package jsonstat2xlsx

import (
	"slices"

	"github.com/jsonstat-go/toolkit/cmd/internal/choice"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Headings in the help.
const (
	columns = "What the table says"
	shaping = "Pivot and chart"
	rows    = "Rows and sheets"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "jsonstat2xlsx",
		Summary: "turn a JSON-stat dataset into an Excel workbook",
		Description: "The workbook has a sheet with the table, one with all that there is to say of it, and a hidden one from which " +
			"xlsx2jsonstat makes the same dataset again.",
		Args:    cli.InputOutput,
		Formats: formats.Registry{},
		Examples: []cli.Example{
			{Line: "jsonstat2xlsx oslo.json oslo.xlsx", Text: "a row for each figure, with labels"},
			{Line: "jsonstat2xlsx oslo.json oslo.xlsx --pivot", Text: "laid out as the table itself says, else with years across"},
			{Line: "jsonstat2xlsx oslo.json oslo.xlsx --stub Tid --heading Region", Text: "years down the side, districts across"},
			{Line: "jsonstat2xlsx oslo.json oslo.xlsx --by Tid --dates --chart line", Text: "a column for each year, as a date, and a chart"},
			{Line: "jsonstat2xlsx oslo.json oslo.xlsx --content columns", Text: "codes and labels side by side; codes are text"},
			{Line: "cat oslo.json | jsonstat2xlsx - oslo.xlsx", Text: "from a pipe"},
		},
		Flags: slices.Concat([]cli.Flag{
			cli.Choice{Name: "field", Values: []string{"id", "label", "both"}, Group: columns, Help: "what dimensions are called (default: label)"},
			cli.Choice{Name: "content", Values: []string{"id", "label", "both", "columns"}, Group: columns, Help: "what categories are called; columns: id and label in a column each (default: label)"},
			cli.Bool{Name: "fid", Group: columns, Help: "ids in the header, same as --field id"},
			cli.Bool{Name: "cid", Group: columns, Help: "ids in the cells, same as --content id"},
			choice.DropConstant(columns),
			cli.Choice{Name: "status-place", Values: []string{"auto", "column", "cell", "none"}, Default: "auto", Group: columns,
				Help: "where statuses stand: in a column, or as the text of empty cells; auto: in a column, but in a pivot without a status on a value in the cells"},
			cli.Gone{Name: "status", Say: "--status-place"},
			cli.Choice{Name: "status-text", Values: []string{"code", "label", "both"}, Default: "code", Group: columns, Help: "what a status says"},
			cli.String{Name: "vlabel", Group: columns, Help: "name of the value column (default: Value, or Verdi)"},
			cli.String{Name: "slabel", Group: columns, Help: "name of the status column (default: Status)"},
			cli.Bool{Name: "dates", Group: columns, Help: "periods as dates: the first day of each year, quarter, month, ..."},
			cli.String{Name: "lang", Value: "LANG", Group: columns, Help: "language of --status-text and other words of ours: no, nb, nn or en (default: the document's, else en)"},
			cli.String{Name: "licence", Value: "TEXT", Group: columns, Help: "licence on the information sheet (default: what the document says)"},
			cli.String{Name: "attribution", Value: "TEXT", Group: columns, Help: "how to cite the table (default: what the document says, else source, table, title and time)"},
			cli.Bool{Name: "no-title", Group: columns, Help: "the header is the first row, for programs that expect it there"},

			cli.Bool{Name: "pivot", Group: shaping, Help: "columns of the dimensions in the table's own heading (extension.px), else of the time dimension"},
			cli.Strings{Name: "by", Value: "DIM", Complete: cli.Dimensions, Group: shaping, Help: "a column for each category of this dimension"},
			cli.Strings{Name: "stub", Value: "DIM,...", Complete: cli.Dimensions, Group: shaping, Help: "dimensions down the side of the table, in this order; without --heading the others go across"},
			cli.Strings{Name: "heading", Value: "DIM,...", Complete: cli.Dimensions, Group: shaping, Help: "dimensions across the table, in this order; without --stub the others go down the side"},
			cli.Strings{Name: "drop", Value: "DIM,...", Complete: cli.Dimensions, Group: shaping, Help: "leave out these dimensions of one category"},
			cli.Choice{Name: "chart", Values: []string{"line", "bar"}, Group: shaping, Help: "a sheet with a chart of the pivot, which is that of --pivot unless another one is asked for"},
		}, choice.Rows(rows), []cli.Flag{
			cli.Bool{Name: "split", Group: rows, Help: "go on in further sheets above 1,048,576 rows"},
		}),
		ReadsJSONStat: true,
		Binary:        true,
		Run:           run,
	}
}
