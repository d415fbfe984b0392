// Package jsonstat2arrobj is the command that turns a JSON-stat dataset into a JSON array of objects, or NDJSON.
package jsonstat2arrobj

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/table"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return table.Format{Write: convert.WriteArrObj, Lines: convert.WriteNDJSON}.Objects(cli.Command{
		Name:    "jsonstat2arrobj",
		Summary: "turn a JSON-stat dataset into a JSON array of objects, or NDJSON",
		Examples: []cli.Example{
			{Line: "jsonstat2arrobj oslo.json rows.json", Text: "an object for each cell"},
			{Line: "jsonstat2arrobj oslo.json --by Tid", Text: "a member for each year"},
			{Line: "cat oslo.json | jsonstat2arrobj --ndjson --non-missing | head -3", Text: "an object a line, no empty cells"},
			{Line: "jsonstat2arrobj oslo.json -sum", Text: "with statuses, units and a description of the dataset"},
		},
	})
}
