// Package jsonstatslice is the command that keeps one category of some dimensions of a JSON-stat dataset.
package jsonstatslice

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/slice"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return slice.Command(cli.Command{
		Name:        "jsonstatslice",
		Summary:     "keep one category of some dimensions (deprecated: use jsonstatdice)",
		Description: "This command is kept for old scripts. jsonstatdice -f Tid=2025 does the same, and more.",
		Examples: []cli.Example{
			{Line: "jsonstatslice oslo.json latest.json -f Tid=2025", Text: "one category; the dimension stays, with size 1"},
		},
		Run: func(c *cli.Context) error {
			c.Warn("%s", c.Called("jsonstatslice is deprecated: jsonstatdice does the same and more"))
			return slice.Run(c)
		},
	})
}
