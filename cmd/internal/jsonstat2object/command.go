// Package jsonstat2object is the command that turns a JSON-stat dataset into a Google DataTable.
package jsonstat2object

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/table"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return table.Format{Write: convert.WriteObject}.Plain(cli.Command{
		Name:    "jsonstat2object",
		Summary: "turn a JSON-stat dataset into a Google DataTable",
		Examples: []cli.Example{
			{Line: "jsonstat2object oslo.json table.json", Text: "columns and rows for google.visualization.DataTable"},
			{Line: "cat oslo.json | jsonstat2object -sfc", Text: "with statuses; ids in place of labels"},
		},
	})
}
