package front

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/cmd/internal/source"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// writtenNames are the formats that --to names: those of the registry, and the JSON tables
// by the names of their commands.
func writtenNames() []string {
	return []string{"jsonstat", "csv", "tsv", "csv-stat", "xlsx", "arrow", "parquet", "px", "ndjson", "arrobj", "objarr", "array", "object"}
}

// A stage is the command that reads or writes a format, with what it must be told to.
type stage struct {
	command string // empty: no command is needed
	options []string
}

// readerOf is the stage that reads a format.
func readerOf(name string) stage {
	command, options := source.Reader(name)
	return stage{command, options}
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
	name := source.Name(c)
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		name = name[i+1:]
	}
	name, _, _ = strings.Cut(name, ".")
	if name == "" || name == "-" {
		name = "table"
	}
	return cli.ShellWord(name + ".xlsx")
}
