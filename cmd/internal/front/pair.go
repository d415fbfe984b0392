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

// whatever are the names of all formats that some command reads.
func whatever(*cli.Call) []string {
	var names []string
	for _, f := range formats.All() {
		if len(f.Readers) > 0 {
			names = append(names, f.Name)
		}
	}
	return names
}

func reads() reading {
	return reading{formats.Archived{Registry: formats.Registry{Reads: whatever}}}
}

// Input lets all pass: what the input is decides which command reads it.
func (reading) Input(*cli.Call, []byte, error) error { return nil }

// Output leaves the name of the output to the command that writes it.
func (reading) Output(*cli.Call, string) error { return nil }

// formatOf is the format of the input, of a folder Parquet.
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
	if formats.OfBytes(first).Name == "zip" {
		if err := c.Unpack(); err != nil {
			return formats.Format{}, err
		}
		if first, err = c.First(); err != nil {
			return formats.Format{}, err
		}
	}
	if len(first) == 0 && inputName(c) == "" {
		return formats.Format{}, cli.InputError(errors.New("the input is empty"))
	}
	return formats.OfFile(inputName(c), first), nil
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
	f, err := formatOf(c)
	if err != nil {
		return "", err
	}
	name := fromName(f)
	switch {
	case c.IsSet("from"):
		return c.String("from"), saidOtherwise(c, f)
	case name == "":
		return "", cli.WithHints(cli.InputError(fmt.Errorf("this is %s, which no command reads", f.Title)), f.Given)
	}
	if named, ok := formats.Contradicts(inputName(c), f); ok {
		other := ""
		if from := fromName(named); from != "" {
			other = "; --from " + from + " says otherwise"
		}
		c.Warn("%s is %s, whatever its name says, and read as such%s", inputName(c), f.Title, other)
	}
	return name, nil
}

// saidOtherwise is the error for an input that for certain is not what --from says.
func saidOtherwise(c *cli.Context, f formats.Format) error {
	said, is := c.String("from"), fromName(f)
	text := is == "" || is == "csv" || is == "tsv" // as far as the first bytes tell
	if said == is || text || is == "sdmx" && said == "csv" || is == "csv-stat" && (said == "csv" || said == "tsv") {
		return nil
	}
	return cli.WithHints(cli.InputError(fmt.Errorf("this is %s, not what --from %s says", f.Title, said)), "without --from it is read as what it is")
}

// fromName is the name of a format for --from, "" for one that no command reads.
func fromName(f formats.Format) string {
	switch {
	case f.Name == "json":
		return "jsonstat" // if it is JSON-stat at all its reader can tell
	case len(f.Readers) == 0:
		return ""
	case f.Readers[0] == "sdmx2jsonstat":
		return "sdmx"
	case f.Name == "xlsm":
		return "xlsx"
	}
	return f.Name
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
