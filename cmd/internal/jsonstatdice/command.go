// Package jsonstatdice is the command that keeps some categories of a JSON-stat dataset.
package jsonstatdice

import (
	"slices"

	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

const writing = "Writing"

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "jsonstatdice",
		Summary: "keep or leave out categories of a JSON-stat dataset",
		Description: `A criterion is DIM=CATEGORY/CATEGORY/..., or with commas: ids, globs such as 03*, ranges such as 2015..2020, top(5) and bottom(5), ` +
			`which count from the latest period of a time dimension and from the first category of others. Quotes keep signs from meaning anything: 'Region="a/b"'.`,
		Args:    cli.InputOutput,
		Formats: formats.Registry{},
		Examples: []cli.Example{
			{Line: "jsonstatdice oslo.json latest.json --keep 'Tid=top(1)'", Text: "the latest year"},
			{Line: "jsonstatdice oslo.json some.json -f Region=030101/030102,Tid=2025", Text: "two districts in one year"},
			{Line: "jsonstatdice oslo.json --omit Region=030101", Text: "all but one"},
			{Line: "cat oslo.json | jsonstatdice --keep 'Tid=2024..' | jsonstat2csv", Text: "in a pipe"},
		},
		Flags: slices.Concat([]cli.Flag{
			cli.String{Name: "filter", Short: 'f', Value: "CRITERIA", Complete: cli.Criteria, Help: "keep what these criteria, parted by commas, select"},
			cli.Bool{Name: "drop", Short: 'd', Help: "leave out what --filter selects"},
		}, criteria.DiceFlags(), []cli.Flag{
			cli.String{Name: "criteria", Value: "FILE", Complete: cli.Files, Help: `criteria as JSON: {"Tid": "top(5)", "Region": ["0301", "1103"], "Alder": {"omit": ["999"]}}`},
			cli.Bool{Name: "labels", Help: "criteria may say labels in place of ids"},

			cli.Bool{Name: "ovalue", Short: 'o', Group: writing, Help: "values as an object without the missing ones, same as --values sparse"},
			cli.Bool{Name: "ostatus", Short: 's', Group: writing, Help: "statuses as an object, same as --statuses sparse"},
			cli.Choice{Name: "values", Values: []string{"dense", "sparse", "asread"}, Group: writing, Help: "form of the values (default: dense; asread if nothing is cut off)"},
			cli.Choice{Name: "statuses", Values: []string{"dense", "sparse", "asread"}, Group: writing, Help: "form of the statuses (default: the same)"},
			cli.Bool{Name: "all-cells", Group: writing, Help: "write a sparse cube of more than 100 million cells in full"},
		}),
		ReadsJSONStat: true,
		Run:           run,
	}
}
