// Package jsonstat2parquet is the command that turns a JSON-stat dataset into an Apache Parquet file.
package jsonstat2parquet

import (
	"io"

	"github.com/jsonstat-go/toolkit/cmd/internal/columns"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "jsonstat2parquet",
		Summary: "turn a JSON-stat dataset into an Apache Parquet file",
		Args:    cli.InputOutput,
		Formats: formats.Registry{Writes: written},
		Binary:  true,
		Description: `The file has a column for each dimension, one of statuses and one of values. Missing values are
nulls. The metadata of the document go along, so that parquet2jsonstat gives back the same document.`,
		Examples: []cli.Example{
			{Line: "jsonstat2parquet oslo.json population.parquet", Text: "labels in the cells, compressed with zstd"},
			{Line: "jsonstat2parquet oslo.json codes.parquet -c --dates", Text: "codes in place of labels; years, quarters, months as dates"},
			{Line: "jsonstat2parquet oslo.json both.parquet --content columns --type auto", Text: "codes and labels side by side; whole numbers as such"},
			{Line: "jsonstat2parquet oslo.json districts --partition", Text: "a folder with a file for each district: districts/Region=030101/part-0.parquet"},
		},
		Flags: append(columns.Writing(),
			cli.Choice{Name: "compression", Values: []string{"zstd", "snappy", "gzip", "none"}, Default: "zstd", Help: "how the table is compressed"},
			cli.Bool{Name: "partition", Help: "a folder with a file for each category of the first dimension, as Hive lays them out"},
		),
		ReadsJSONStat: true,
		Run:           run,
	}
}

// written are the formats that a call writes: of a folder the name says nothing.
func written(c *cli.Call) []string {
	if c.Bool("partition") {
		return nil
	}
	return formats.WrittenBy(c.Command())
}

func run(c *cli.Context) error {
	f := columns.ReadOptions(c)
	o := &parquetconv.Options{
		Field: f.Field, Content: f.Content, Keep: f.Keep, Type: parquetconv.ValueType(f.Type), Dates: f.Dates, DropConstant: f.DropConstant, AllCells: f.AllCells, Warn: f.Warn,
		Compression: parquetconv.Compression(c.String("compression")),
	}
	if !c.Bool("partition") {
		return columns.Write(c, o.Need(), func(w io.Writer, ds *jsonstat.Dataset) error { return parquetconv.Write(w, ds, o) })
	}
	ds, err := columns.Open(c, o.Need())
	if err != nil {
		return err
	}
	if len(ds.Dimensions()) < 2 {
		return cli.Usagef("--partition needs a dataset of two dimensions or more: this one has %d", len(ds.Dimensions()))
	}
	create, err := c.OutputFolder()
	if err != nil {
		return err
	}
	return columns.Advise(parquetconv.WritePartitions(create, ds, o))
}
