package front

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// convertCommand is the table of the command that turns one format into another.
func convertCommand() cli.Command {
	const between = "Between the two"
	return cli.Command{
		Name:    "convert",
		Summary: "turn a table of one format into one of another",
		Description: "The format of the output is that of its ending, that of the input what its first bytes say. " +
			"It is done as by the command that reads the one and the command that writes the other, whose options --in and --out hand on. " +
			".json is JSON-stat where it is written; --to arrobj, objarr, array and object make other JSON.",
		Args:    cli.InputOutput,
		Formats: reading{},
		Folders: true,
		Examples: []cli.Example{
			{Line: "jsonstat convert oslo.json oslo.xlsx", Text: "a workbook"},
			{Line: "jsonstat convert catch.csv catch.parquet --in value=Tonnes --in role=time=Year", Text: "options of from-csv, which reads the table"},
			{Line: "jsonstat convert oslo.json oslo.csv.gz --out separator=semicolon --out by=Tid", Text: "options of csv, which writes it; compressed"},
			{Line: "jsonstat convert oslo.json latest.xlsx --keep 'Tid=top(1)'", Text: "the latest year alone"},
			{Line: "cat oslo.json | jsonstat convert - - --to ndjson", Text: "in a pipe"},
		},
		Flags: []cli.Flag{
			cli.Choice{Name: "from", Values: readNames(), Help: "format of the input (default: what its first bytes say)"},
			cli.Choice{Name: "to", Values: writtenNames(), Help: "format of the output (default: what its ending says)"},
			cli.Strings{Name: "in", Value: "NAME[=VALUE]", Help: "an option of the command that reads the input"},
			cli.Strings{Name: "out", Value: "NAME[=VALUE]", Help: "an option of the command that writes the output"},

			cli.Strings{Name: "keep", Value: "CRITERIA", Group: between, Help: "keep these categories alone, such as 'Tid=top(5)'"},
			cli.Strings{Name: "omit", Value: "CRITERIA", Group: between, Help: "leave these categories out"},
			cli.String{Name: "dataset", Value: "NAME", Group: between, Help: "which dataset of several: id, label or position from 0"},
		},
		Run: convert,
	}
}

// convert runs the command that reads the input and the one that writes the output as
// parts of this call. The cubes that the one makes are handed to the other as they are;
// a JSON-stat document the second one reads itself.
func convert(c *cli.Context) error {
	to, err := outFormat(c)
	if err != nil {
		return err
	}
	from, err := inFormat(c)
	if err != nil {
		return err
	}
	reader, writer := readerOf(from), writerOf(to)
	in, out := c.Strings("in"), append(writer.options, c.Strings("out")...)
	for _, name := range []string{"keep", "omit"} {
		for _, criteria := range c.Strings(name) {
			out = append(out, name+"="+criteria)
		}
	}
	if c.IsSet("dataset") {
		switch from {
		case "sdmx":
			in = append(in, "dataset="+c.String("dataset"))
		case "jsonstat", "json":
			out = append(out, "dataset="+c.String("dataset"))
		default:
			return cli.Usagef("--dataset: a table is one dataset")
		}
	}
	if reader.command == "" {
		return write(c, program(writer.command), append(out, in...), nil)
	}
	cmd := program(reader.command)
	read, err := c.Part(cmd, "in", append(reader.options, in...))
	if err != nil {
		return err
	}
	if to == "jsonstat" && len(out) == 0 {
		if err := c.Writes(cmd); err != nil {
			return err
		}
		return read.Said(cmd.Run(read))
	}
	return write(c, program(writer.command), out, func(part *cli.Context) error {
		sets, err := cmd.Read(read)
		if err == nil && len(sets) == 0 {
			err = fmt.Errorf("there is nothing to write")
		}
		part.Give(sets)
		return read.Said(err)
	})
}

// write runs the command that writes the output. What it reads is given to it by read, if
// it is not nil.
func write(c *cli.Context, cmd cli.Command, options []string, read func(*cli.Context) error) error {
	part, err := c.Part(cmd, "out", options)
	if err != nil {
		return err
	}
	if err := part.Writes(cmd); err != nil {
		return err
	}
	if read != nil {
		if err := read(part); err != nil {
			return err
		}
	}
	return part.Said(cmd.Run(part))
}
