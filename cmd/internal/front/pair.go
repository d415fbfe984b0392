package front

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/cmd/internal/suite"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// readNames are the formats that --from names. sdmx is each of SDMX's.
func readNames() []string {
	return []string{"jsonstat", "csv", "tsv", "csv-stat", "xlsx", "arrow", "parquet", "sdmx"}
}

// writtenNames are the formats that --to names: those of the registry, and the JSON tables
// by the names of their commands.
func writtenNames() []string {
	return []string{"jsonstat", "csv", "tsv", "csv-stat", "xlsx", "arrow", "parquet", "ndjson", "arrobj", "objarr", "array", "object"}
}

// A stage is the command that reads or writes a format, with what it must be told to.
type stage struct {
	command string // empty: no command is needed
	options []string
}

// readerOf is the stage that reads a format; JSON-stat needs none.
func readerOf(name string) stage {
	switch name {
	case "jsonstat", "json":
		return stage{}
	case "tsv":
		return stage{"csv2jsonstat", []string{"separator=tab"}}
	case "sdmx":
		return stage{command: "sdmx2jsonstat"}
	}
	f, _ := formats.Get(name)
	return stage{command: f.Readers[0]}
}

// writerOf is the stage that writes a format of writtenNames.
func writerOf(name string) stage {
	switch name {
	case "tsv":
		return stage{"jsonstat2csv", []string{"separator=tab"}}
	case "arrobj", "objarr", "array", "object":
		return stage{command: "jsonstat2" + name}
	}
	f, _ := formats.Get(name)
	s := stage{command: f.Writers[0]}
	if f.Switch != "" {
		s.options = []string{f.Switch}
	}
	return s
}

// reading is what jsonstat knows of formats where it reads whatever some command reads.
type reading struct{ formats.Archived }

// Input lets all pass: what the input is decides which command reads it.
func (reading) Input(*cli.Call, []byte, error) error { return nil }

// Output leaves the name of the output to the command that writes it.
func (reading) Output(*cli.Call, string) error { return nil }

// Member chooses the one table of an archive.
func (reading) Member(c *cli.Call, names []string) (int, error) {
	texts := func(*cli.Call) []string { return []string{"csv", "csv-stat", "sdmx-csv", "sdmx-json", "jsonstat"} }
	return formats.Archived{Registry: formats.Registry{Reads: texts}}.Member(c, names)
}

// formatOf is the format of the input by its first bytes, of a folder Parquet. Where
// there are none, the name tells.
func formatOf(c *cli.Context) (formats.Format, error) {
	if c.InputFolder() != nil {
		f, _ := formats.Get("parquet")
		f.Title = "a folder, which is read as Parquet files"
		return f, nil
	}
	first, err := c.First()
	if err != nil {
		return formats.Format{}, err
	}
	f := formats.OfBytes(first)
	if f.Name == "zip" {
		if err := c.Unpack(); err != nil {
			return f, err
		}
		if first, err = c.First(); err != nil {
			return f, err
		}
		f = formats.OfBytes(first)
	}
	if named, ok := formats.OfName(inputName(c)); ok && (f.Name == "" || len(first) == 0 || f.Name == "csv" && named.Name == "sdmx-csv") {
		return named, nil
	}
	if len(first) == 0 {
		return f, cli.InputError(errors.New("the input is empty"))
	}
	return f, nil
}

// inputName is the name of the input: in an archive that of the member.
func inputName(c *cli.Context) string {
	if c.Member() != "" {
		return c.Member()
	}
	return strings.Join(c.Arg("input"), "")
}

// inFormat is the name of the format that a call converts from.
func inFormat(c *cli.Context) (string, error) {
	if c.IsSet("from") {
		return c.String("from"), nil
	}
	f, err := formatOf(c)
	if err != nil {
		return "", err
	}
	if len(f.Readers) == 0 && f.Name != "json" {
		return "", cli.WithHints(cli.InputError(fmt.Errorf("this is %s, which no command reads", f.Title)), f.Given)
	}
	if named, ok := formats.OfName(inputName(c)); ok && named.Name != f.Name && !formats.Shares(f, inputName(c)) {
		c.Warn("%s is %s, whatever its name says, and read as such; --from %s says otherwise", inputName(c), f.Title, fromName(named))
	}
	if strings.HasPrefix(f.Name, "sdmx") {
		return "sdmx", nil
	}
	return f.Name, nil
}

// fromName is the name of a format for --from.
func fromName(f formats.Format) string {
	if slices.Contains(readNames(), f.Name) {
		return f.Name
	}
	return "FORMAT"
}

// outFormat is the name of the format that a call converts to, before anything is read.
func outFormat(c *cli.Context) (string, error) {
	if c.IsSet("to") {
		return c.String("to"), nil
	}
	output := c.OutputName()
	if output == "" {
		return "", cli.Usage(errors.New("to which format? the output has no name that says it"), "name a file, such as "+example(c)+", or say --to csv; formats are: "+strings.Join(writtenNames(), ", "))
	}
	f, ok := formats.OfName(output)
	switch {
	case !ok || f.Name == "gzip" || f.Name == "zstd":
		return "", cli.Usage(fmt.Errorf("the ending of %s does not say which format it is to have", output), "--to names it: "+strings.Join(writtenNames(), ", "))
	case f.Name == "xlsm", len(f.Writers) == 0:
		return "", cli.Usage(fmt.Errorf("%s would be %s, which no command writes", output, f.Title), f.Wanted, "endings that say what is written: "+endings())
	}
	return f.Name, nil
}

// endings are the usual endings of the formats that are written.
func endings() string {
	var list []string
	for _, name := range writtenNames() {
		if f, ok := formats.Get(name); ok {
			list = append(list, f.Endings[0])
		}
	}
	return strings.Join(list, ", ")
}

// example is what the output might be called.
func example(c *cli.Context) string {
	name := inputName(c)
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		name = name[i+1:]
	}
	name, _, _ = strings.Cut(name, ".")
	if name == "" || name == "-" {
		name = "table"
	}
	return cli.ShellWord(name + ".xlsx")
}

// program is the one of all commands of that name.
func program(name string) cli.Command {
	commands := suite.Commands()
	return commands[slices.IndexFunc(commands, func(cmd cli.Command) bool { return cmd.Name == name })]
}
