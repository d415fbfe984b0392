// Package jsonstat2parquet is the command that turns a JSON-stat dataset into an Apache Parquet file.
package jsonstat2parquet

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/columns"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert"
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
			{Line: "jsonstat2parquet oslo.json joined.parquet --tables", Text: "codes, and dims/Region.parquet, dims/Tid.parquet with their labels, to join"},
			{Line: "jsonstat2parquet oslo.json districts --partition", Text: "a folder with a file for each district: districts/Region_part=030101/part-0.parquet"},
		},
		Flags: append(columns.Writing(),
			cli.Choice{Name: "compression", Values: []string{"zstd", "snappy", "gzip", "none"}, Default: "zstd", Help: "how the table is compressed"},
			cli.Bool{Name: "tables", Help: "a table of each dimension beside it, dims/ID.parquet, to join: code, label, parent, order, unit, decimals, note, first and last day. The cells have codes then, and --dates adds columns ID_start"},
			cli.String{Name: "partition", Value: "DIM,...", Bare: firstDimension, Complete: cli.Dimensions, Group: folder, Help: "a folder with a part for each category of these dimensions, as Hive lays them out; alone: of the first one"},
			cli.String{Name: "edition", Value: "NAME", Group: folder, Help: "make edition=NAME in the folder, and leave the other editions in it as they are"},
		),
		MakesFolder:   makesFolder,
		ReadsJSONStat: true,
		Run:           run,
	}
}

// written are the formats that a call writes: of a folder the name says nothing.
func written(c *cli.Call) []string {
	if makesFolder(c) {
		return nil
	}
	return formats.WrittenBy(c.Command())
}

func run(c *cli.Context) error {
	f := columns.ReadOptions(c)
	o := &parquetconv.Options{
		Field: f.Field, Content: f.Content, Keep: f.Keep, Type: parquetconv.ValueType(f.Type), Dates: f.Dates, DropConstant: f.DropConstant, SafeNames: f.SafeNames, AllCells: f.AllCells, Warn: f.Warn,
		Compression: parquetconv.Compression(c.String("compression")),
	}
	if c.Bool("tables") { // they are joined by the codes
		o.Starts, o.Dates = o.Dates, false
		switch o.Content {
		case convert.Default, convert.ID:
			o.Content = convert.ID
		default:
			o.Content = convert.Columns
		}
	}
	ds, err := columns.Open(c, o.Need())
	if err != nil {
		return err
	}
	if c.Bool("tables") {
		if err := tables(c, ds, o); err != nil {
			return err
		}
	}
	if !makesFolder(c.Call) {
		w, err := c.Output()
		if err != nil {
			return err
		}
		return columns.Advise(parquetconv.Write(w, ds, o))
	}
	if o.Partition, err = partition(c, ds); err != nil {
		return err
	}
	edition := c.String("edition")
	how := cli.FolderOutput{Replace: c.Bool("force") || edition != "", Ours: func(name string, folder bool) bool {
		return parquetconv.IsOurs(name, folder, edition != "")
	}}
	if c.IsSet("edition") {
		if how.In, err = parquetconv.EditionFolder(edition); err != nil {
			return cli.Usagef("--edition: %v", err)
		}
	}
	create, err := c.OutputFolder(how)
	if err != nil {
		return err
	}
	return columns.Advise(parquetconv.WritePartitions(create, ds, o))
}

// tables writes the tables of the dimensions beside the output.
func tables(c *cli.Context, ds *jsonstat.Dataset, o *parquetconv.Options) error {
	for _, d := range ds.Dimensions() {
		set, err := c.Companion(filepath.FromSlash(parquetconv.DimensionFile(d)), "--tables", c.Bool("force") || c.IsSet("edition"))
		if err != nil {
			return err
		}
		var text bytes.Buffer
		if err := parquetconv.WriteDimension(&text, d, o); err != nil {
			return err
		}
		set(text.Bytes())
	}
	return nil
}

// folder is a heading of the help.
const folder = "A folder of parts"

// firstDimension is what --partition alone stands for.
const firstDimension = "*"

// makesFolder tells whether a call makes a folder.
func makesFolder(c *cli.Call) bool { return c.IsSet("partition") || c.IsSet("edition") }

// partition are the dimensions that make the parts.
func partition(c *cli.Context, ds *jsonstat.Dataset) ([]string, error) {
	text := c.String("partition")
	switch {
	case c.IsSet("type") && c.String("type") == "auto":
		return nil, cli.Usagef("--type auto finds the type out from the values, and the next edition may have another one: name it, such as --type float64")
	case !c.IsSet("partition"):
		return []string{}, nil
	case len(ds.Dimensions()) == 0:
		return nil, cli.Usagef("--partition needs a dataset with dimensions: this one has none")
	case text == firstDimension:
		return nil, nil
	case text == "":
		return nil, cli.Usage(errors.New("--partition names no dimension"), "perhaps a variable of the shell is not set")
	}
	list := strings.Split(text, ",")
	for i, id := range list {
		if _, _, err := ds.FindDimension(id); err != nil {
			return nil, cli.Usage(fmt.Errorf("--partition: %w", err))
		}
		if slices.Contains(list[:i], id) {
			return nil, cli.Usagef("--partition names %q twice", id)
		}
	}
	return list, nil
}
