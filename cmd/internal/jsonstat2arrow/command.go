// Package jsonstat2arrow is the command that turns a JSON-stat dataset into an Apache Arrow table.
package jsonstat2arrow

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/columns"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "jsonstat2arrow",
		Summary: "turn a JSON-stat dataset into an Apache Arrow table",
		Args:    cli.InputOutput,
		Formats: formats.Registry{Writes: written},
		Binary:  true,
		Description: `The table has a column for each dimension, one of statuses and one of values. Missing values
are nulls. The metadata of the document go along, so that arrow2jsonstat gives back the same document.`,
		Examples: []cli.Example{
			{Line: "jsonstat2arrow oslo.json population.arrow", Text: "an IPC file, which is also what Feather means today"},
			{Line: "jsonstat2arrow oslo.json codes.arrow -c --dates", Text: "codes in place of labels; years, quarters, months as dates"},
			{Line: "jsonstat2arrow oslo.json both.arrow --content columns --type auto", Text: "codes and labels side by side; whole numbers as such"},
			{Line: "cat oslo.json | jsonstat2arrow --format stream | arrow2jsonstat", Text: "the stream format, in a pipe"},
		},
		Flags: append(columns.Writing(),
			cli.Choice{Name: "format", Values: []string{"file", "stream"}, Default: "file", Help: "IPC file, or IPC stream"},
			cli.Bool{Name: "zstd", Help: "compress the columns"},
			cli.Bool{Name: "bytes", Help: "a JSON array of the bytes of the stream, as jsonstat-conv prints it without -0"},
			cli.Bool{Name: "binary", Short: '0', Help: "accepted for old scripts; it is the default"},
		),
		ReadsJSONStat: true,
		Run:           run,
	}
}
