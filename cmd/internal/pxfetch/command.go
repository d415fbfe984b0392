// Package pxfetch is the command that gets tables from PxWeb servers as JSON-stat.
package pxfetch

import "github.com/jsonstat-go/toolkit/internal/cli"

const asking = "Server"

// serverFlags say which server is asked.
func serverFlags() []cli.Flag {
	return []cli.Flag{
		cli.String{Name: "host", Value: "NAME", Group: asking, Help: "short name (ssb, scb, statfin, hagstofa, ...) or base address (default: ssb, or what PXFETCH_HOST says)"},
		cli.Choice{Name: "api", Values: []string{"auto", "1", "2"}, Default: "auto", Group: asking, Help: "version of PxWebApi; auto is 2 where there is one"},
		cli.String{Name: "lang", Value: "LANG", Group: asking, Help: "language of the server, such as no or en (default: its first)"},
	}
}

// with adds the flags of the server to those of a command.
func with(flags ...cli.Flag) []cli.Flag { return append(flags, serverFlags()...) }

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
		Commands: []cli.Command{getCommand(), metaCommand(), searchCommand(), listCommand(), queryCommand(), codesCommand(), configCommand(), convertCommand(), klassCommand(), vardokCommand(), datasetCommand(), serveCommand()},
	}
}
