// Package jsonstat2jsonstat is the command that writes a JSON-stat dataset again, as version 2.0.
package jsonstat2jsonstat

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/slice"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return slice.Command(cli.Command{
		Name:    "jsonstat2jsonstat",
		Summary: "write a JSON-stat dataset again: as version 2.0, dense or sparse",
		Examples: []cli.Example{
			{Line: "jsonstat2jsonstat lakseoppdrett-1.2.json new.json", Text: "JSON-stat 1.x to 2.0"},
			{Line: "jsonstat2jsonstat oslo.json sparse.json -mos", Text: "values and statuses as objects without what is missing"},
			{Line: "jsonstat2jsonstat oslo.json dense.json -m", Text: "values and statuses as arrays"},
		},
	})
}
