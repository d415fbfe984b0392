// Package pxfetch is the command that gets tables from PxWeb servers as JSON-stat. Its
// commands stand in browse.go, get.go, query.go, services.go and serve.go, and are listed in
// command.go; server.go finds the server and the table that a call names.
package pxfetch

import (
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "pxfetch",
		Summary: "get tables from PxWeb servers, whole, as JSON-stat",
		Examples: []cli.Example{
			{Line: "pxfetch search befolkning", Text: "tables with that word"},
			{Line: "pxfetch meta 05839", Text: "variables, values, licence"},
			{Line: "pxfetch get 05839 table.json", Text: "the whole table as JSON-stat, in as many requests as it takes"},
			{Line: "pxfetch get 05839 -s Region=0301,1103 -s 'Tid=top(5)' | jsonstat2csv", Text: "some of it, as CSV"},
		},
		Meant: func(word string) string {
			if word != "" && strings.Trim(word, "0123456789") == "" {
				return "get " + word
			}
			return ""
		},
		Commands: []cli.Command{getCommand(), metaCommand(), searchCommand(), listCommand(), queryCommand(), codesCommand(), configCommand(), convertCommand(), klassCommand(), vardokCommand(), datasetCommand(), serveCommand()},
	}
}
