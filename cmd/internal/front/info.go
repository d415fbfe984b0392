package front

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/cmd/internal/source"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// infoCommand is the table of the command that says what a file is.
func infoCommand() cli.Command {
	return cli.Command{
		Name:    "info",
		Summary: "say what a file is",
		Args:    "[input]",
		Formats: source.Formats(),
		Folders: true,
		Examples: []cli.Example{
			{Line: "jsonstat info oslo.json", Text: "its format, and what can be made of it"},
		},
		Run: info,
	}
}

func info(c *cli.Context) error {
	f, err := source.Format(c)
	if err != nil {
		return err
	}
	name := "standard input"
	if args := c.Arg("input"); len(args) > 0 && args[0] != "-" {
		name = args[0]
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s: %s\n", name, f.Title)
	if err == nil && len(f.Readers) > 0 {
		_, err = fmt.Fprintf(w, "jsonstat convert %s NAME makes a table of another format of it, such as %s\n", shown(name), madeOf(f))
	}
	return err
}

// shown is the name of the input in a line to paste.
func shown(name string) string {
	switch {
	case name == "standard input":
		return "-"
	case name[0] == '-':
		name = "./" + name
	}
	return cli.ShellWord(name)
}

// madeOf are endings of what may be made of a format.
func madeOf(f formats.Format) string {
	if f.Name == "jsonstat" {
		return "NAME.xlsx, NAME.csv or NAME.parquet"
	}
	return "NAME.json, NAME.xlsx or NAME.parquet"
}
