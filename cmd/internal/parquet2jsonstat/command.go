// Package parquet2jsonstat is the command that turns an Apache Parquet file into a JSON-stat dataset.
package parquet2jsonstat

import (
	"errors"

	"github.com/jsonstat-go/toolkit/cmd/internal/columns"
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "parquet2jsonstat",
		Summary: "turn an Apache Parquet file into a JSON-stat dataset",
		Args:    cli.InputOutput,
		Formats: formats.Registry{},
		Description: `A file that jsonstat2parquet made comes back as the document that it was; of a part of its rows,
the other cells are missing.`,
		Examples: []cli.Example{
			{Line: "parquet2jsonstat oslo.parquet population.json", Text: "the file's own metadata say what is what"},
			{Line: "parquet2jsonstat sales.parquet sales.json --value amount --dimension shop --dimension year --role time=year", Text: "a file from elsewhere; other columns are left out"},
			{Line: "parquet2jsonstat oslo.parquet | jsonstat2csv --by Tid", Text: "into another command"},
		},
		Flags: columns.Reading(),
		Run:   run,
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
	ds, err := parquetconv.Read(r, &parquetconv.ReadOptions{
		Value: c.String("value"), Status: c.String("status"), Dimensions: columns.Dimensions(c), Roles: roles,
		Warn: func(message string) { c.Warn("%s", message) },
	})
	var column *parquetconv.ColumnError
	switch {
	case errors.As(err, &column):
		return cli.Usage(err, "--value, --status and --dimension name columns")
	case err != nil:
		return cli.InputError(err)
	}
	return cubes.Write(c, ds, nil, "--all-cells writes them all")
}
