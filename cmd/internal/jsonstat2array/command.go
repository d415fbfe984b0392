// Package jsonstat2array is the command that turns a JSON-stat dataset into a JSON array of arrays.
package jsonstat2array

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/table"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return table.Format{Write: convert.WriteArray, Lines: convert.WriteArray}.Plain(cli.Command{
		Name:    "jsonstat2array",
		Summary: "turn a JSON-stat dataset into a JSON array of arrays",
		Examples: []cli.Example{
			{Line: "jsonstat2array oslo.json rows.json", Text: "the header, then a row for each cell"},
			{Line: "jsonstat2array oslo.json -sfc", Text: "with statuses; ids in place of labels"},
			{Line: "cat oslo.json | jsonstat2array --ndjson --non-missing | head -3", Text: "an array a line, no empty cells"},
		},
	})
}
