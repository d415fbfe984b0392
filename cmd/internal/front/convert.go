package front

import (
	"errors"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/source"
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
		Formats: source.Formats(),
		Folders: true,
		Examples: []cli.Example{
			{Line: "jsonstat convert oslo.json oslo.xlsx", Text: "a workbook"},
			{Line: "jsonstat convert catch.csv catch.parquet --in value=Tonnes --in role=time=Year", Text: "options of from-csv, which reads the table"},
			{Line: "jsonstat convert oslo.json oslo.csv.gz --out separator=semicolon --out by=Tid", Text: "options of csv, which writes it; compressed"},
			{Line: "jsonstat convert oslo.json latest.xlsx --keep 'Tid=top(1)'", Text: "the latest year alone"},
			{Line: "cat oslo.json | jsonstat convert - - --to ndjson", Text: "in a pipe"},
		},
		Flags: []cli.Flag{
			cli.Choice{Name: "from", Values: source.Names(), Help: "format of the input (default: what its first bytes say)"},
			cli.Choice{Name: "to", Values: writtenNames(), Help: "format of the output (default: what its ending says)"},
			cli.Strings{Name: "in", Value: "NAME[=VALUE]", Complete: cli.Options, Help: "an option of the command that reads the input, such as value=Tonnes"},
			cli.Strings{Name: "out", Value: "NAME[=VALUE]", Complete: cli.Options, Help: "an option of the command that writes the output, such as by=Tid"},

			cli.Strings{Name: "keep", Value: "CRITERIA", Complete: cli.Criteria, Group: between, Help: "keep these categories alone, such as 'Tid=top(5)'"},
			cli.Strings{Name: "omit", Value: "CRITERIA", Complete: cli.Criteria, Group: between, Help: "leave these categories out"},
			cli.String{Name: "dataset", Value: "NAME", Complete: cli.DatasetNames, Group: between, Help: "which dataset of several: id, label or position from 0"},
		},
		Elsewhere: elsewhere,
		HandsTo:   handsTo,
		Run:       convert,
	}
}

// handsTo is the command that gets the options of --in or of --out.
func handsTo(c *cli.Context, flag string) (cli.Command, []string) {
	if flag == "out" {
		to, err := outFormat(c)
		if err != nil {
			return cli.Command{}, nil
		}
		writer := writerOf(to)
		last := source.Program(writer.command)
		last.ReadsJSONStat = false // how the input is read says --in
		return last, writer.options
	}
	return source.HandsTo(c, flag)
}

// convert runs the command that reads the input and the one that writes the output as
// parts of this call, in a pipe: what comes is what the two give in a shell. Where one of
// the two formats is JSON-stat, one command does both.
func convert(c *cli.Context) error {
	to, err := outFormat(c)
	if err != nil {
		return err
	}
	from, err := source.Choose(c)
	if err != nil {
		return err
	}
	reader, writer := readerOf(from), writerOf(to)
	in, out := c.Strings("in"), c.Strings("out")
	for _, name := range []string{"keep", "omit"} {
		for _, criteria := range c.Strings(name) {
			writer.options = append(writer.options, name+"="+criteria)
		}
	}
	if c.IsSet("dataset") {
		switch set := "dataset=" + c.String("dataset"); {
		case from == "sdmx" && c.String("dataset") != "all":
			reader.options = append(reader.options, set)
		case from == "sdmx", from == "jsonstat":
			writer.options = append(writer.options, set)
		default:
			return cli.Usagef("--dataset: a table is one dataset")
		}
	}
	last := source.Program(writer.command)
	if reader.command == "" {
		part, err := c.Part(last, cli.Handing{By: "out", Options: out, Reading: "in", ReadingOptions: in, Own: writer.options})
		if err == nil {
			err = part.Writes(last)
		}
		if err != nil {
			return err
		}
		return part.Said(last.Run(part))
	}
	first := source.Program(reader.command)
	read, err := c.Part(first, cli.Handing{By: "in", Options: in, Own: reader.options})
	if err != nil {
		return err
	}
	if read.Has("explain") && read.IsSet("explain") {
		return cli.Usage(errors.New("--in explain writes no cube"), reader.command+" --explain tells what each column is taken for")
	}
	if to == "jsonstat" && len(out)+len(writer.options) == 0 {
		if err := read.Writes(first); err != nil {
			return err
		}
		return read.Said(first.Run(read))
	}
	written, err := c.Part(last, cli.Handing{By: "out", Options: out, Own: writer.options})
	if err == nil {
		err = written.Writes(last)
	}
	if err != nil {
		return err
	}
	return c.Pipe(first, read, last, written)
}

// elsewhere says of a flag that convert does not have to which of the two commands it
// belongs.
func elsewhere(name string) string {
	in, out := cli.Spec{}, cli.Spec{}
	find := func(found *cli.Spec, names []string, stageOf func(string) stage) {
		for _, format := range names {
			if s := stageOf(format); s.command != "" {
				for _, f := range source.Program(s.command).AllFlags() {
					if f.Name == name && found.Name == "" {
						*found = f
					}
				}
			}
		}
	}
	find(&in, source.Names(), readerOf)
	find(&out, writtenNames(), writerOf)
	if slices.Contains(writtenNames(), name) || name == "rich" {
		return "did you mean --to " + strings.Replace(name, "rich", "csv-stat", 1) + "?"
	}
	value := func(s cli.Spec) string {
		if s.Kind == cli.KindBool {
			return ""
		}
		return "=" + s.Value
	}
	switch {
	case in.Name != "" && out.Name != "":
		return "did you mean --out " + name + value(out) + ", of the command that writes, or --in " + name + value(in) + ", of the one that reads?"
	case out.Name != "":
		return "did you mean --out " + name + value(out) + "?"
	case in.Name != "":
		return "did you mean --in " + name + value(in) + "?"
	}
	return ""
}
