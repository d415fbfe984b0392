// Package arrow2jsonstat is the command that turns an Apache Arrow table into a JSON-stat dataset.
package arrow2jsonstat

import (
	"errors"

	"github.com/jsonstat-go/toolkit/cmd/internal/columns"
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "arrow2jsonstat",
		Summary: "turn an Apache Arrow table into a JSON-stat dataset",
		Args:    cli.InputOutput,
		Formats: formats.Registry{},
		Description: `Reads the file and the stream format. A table that jsonstat2arrow made comes back as the document
that it was; of a part of its rows, the other cells are missing.`,
		Examples: []cli.Example{
			{Line: "arrow2jsonstat oslo.arrow population.json", Text: "the table's own metadata say what is what"},
			{Line: "arrow2jsonstat sales.arrow sales.json --value amount --dimension shop --dimension year --role time=year", Text: "a table from elsewhere; other columns are left out"},
			{Line: "cat oslo.arrow | arrow2jsonstat | jsonstat2csv --by Tid", Text: "in a pipe"},
		},
		Flags: append(columns.Reading(),
			cli.Bool{Name: "binary", Short: '0', Help: "accepted for old scripts"},
		),
		Run: run,
	}
}

func run(c *cli.Context) error {
	roles, err := cubes.Roles(c)
	if err != nil {
		return err
	}
	r, err := c.Input()
	if err != nil {
		return err
	}
	ds, err := arrowconv.Read(r, &arrowconv.ReadOptions{
		Value: c.String("value"), Status: c.String("status"), Dimensions: columns.Dimensions(c), Roles: roles,
		Warn: func(message string) { c.Warn("%s", message) },
	})
	var column *arrowconv.ColumnError
	switch {
	case errors.As(err, &column):
		return cli.Usage(err, "--value, --status and --dimension name columns")
	case err != nil:
		return cli.InputError(err)
	}
	return cubes.Write(c, ds, nil, "--all-cells writes them all")
}
