// Package jsonstat2objarr is the command that turns a JSON-stat dataset into a JSON object of arrays.
package jsonstat2objarr

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/table"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return table.Format{Write: convert.WriteObjArr, Need: jsonstat.NeedOrder}.Objects(cli.Command{
		Name:    "jsonstat2objarr",
		Summary: "turn a JSON-stat dataset into a JSON object of arrays",
		Examples: []cli.Example{
			{Line: "jsonstat2objarr oslo.json columns.json", Text: "an array for each column"},
			{Line: "jsonstat2objarr oslo.json --by Tid", Text: "a column for each year"},
			{Line: "cat oslo.json | jsonstat2objarr -sc", Text: "with statuses; ids in place of labels"},
		},
	})
}
