// Jsonstat2arrow turns a JSON-stat dataset into an Apache Arrow table.
package main

import (
	"github.com/jsonstat-go/toolkit/internal/cli"
)

var command = cli.Command{
	Name:    "jsonstat2arrow",
	Summary: "turn a JSON-stat dataset into an Apache Arrow table",
	Args:    cli.InputOutput,
	Binary:  true,
	Description: `The table has a column for each dimension, one of statuses and one of values. Missing values
are nulls. The metadata of the document go along, so that arrow2jsonstat gives back the same document.`,
	Examples: []cli.Example{
		{Line: "jsonstat2arrow oslo.json oslo.arrow", Text: "an IPC file, which is also what Feather means today"},
		{Line: "jsonstat2arrow oslo.json oslo.arrow -c --dates", Text: "codes in place of labels; years, quarters, months as dates"},
		{Line: "jsonstat2arrow oslo.json oslo.arrow --content columns --type auto", Text: "codes and labels side by side; whole numbers as such"},
		{Line: "cat oslo.json | jsonstat2arrow --format stream | consumer", Text: "the stream format, in a pipe"},
	},
	Flags: []cli.Flag{
		cli.Bool{Name: "flabel", Short: 'f', Help: "labels as names of the columns, same as --field label"},
		cli.Bool{Name: "cid", Short: 'c', Help: "ids in the cells, same as --content id"},
		cli.Choice{Name: "field", Values: []string{"id", "label", "both"}, Help: "what the columns are called (default: id)"},
		cli.Choice{Name: "content", Values: []string{"id", "label", "both", "columns"}, Help: "what the cells say; columns: id and label in a column each (default: label)"},
		cli.Choice{Name: "type", Values: []string{"auto", "float64", "int64", "utf8"}, Help: "type of the values; auto: int64 if all are whole, utf8 if one is a text, else float64 (default: float64, or utf8 if one is a text)"},
		cli.Bool{Name: "dates", Help: "dates in place of the codes of periods: the first day of each year, quarter, month, ..."},
		cli.Choice{Name: "format", Values: []string{"file", "stream"}, Default: "file", Help: "IPC file, or IPC stream"},
		cli.Bool{Name: "zstd", Help: "compress the columns"},
		cli.Bool{Name: "bytes", Help: "a JSON array of the bytes of the stream, as jsonstat-conv prints it without -0"},
		cli.Bool{Name: "binary", Short: '0', Help: "accepted for old scripts; it is the default"},

		cli.Bool{Name: "non-missing", Group: "Rows", Help: "only cells with a value"},
		cli.Bool{Name: "non-empty", Group: "Rows", Help: "only cells with a value or a status"},
		cli.Bool{Name: "all-cells", Group: "Rows", Help: "write a sparse cube of more than 100 million cells in full"},
	},
	ReadsJSONStat: true,
	Run:           run,
}

func main() { cli.Main(command) }
