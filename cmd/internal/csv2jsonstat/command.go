// Package csv2jsonstat is the command that turns a CSV or CSV-stat table into a JSON-stat dataset.
package csv2jsonstat

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cubes.Reader{
		Letters: map[string]rune{"value": 'v', "status": 'l', "separator": 'c', "decimal": 'd', "label": 'a', "ovalue": 'o', "ostatus": 's'},
		Old:     map[string][]string{"value": {"vlabel"}, "status": {"slabel"}, "separator": {"column"}},
		Without: []string{"sheet"},
	}.Command(cli.Command{
		Name:    "csv2jsonstat",
		Summary: "turn a CSV or CSV-stat table into a JSON-stat dataset",
		Description: "What cannot be told of a table for sure is an error, which shows the options that settle it. " +
			"--explain shows what each column is taken for, and why.",
		Formats: formats.Archived{},
		Examples: []cli.Example{
			{Line: "csv2jsonstat catch.csv catch.json", Text: "the last column holds the values, Status statuses; all others are dimensions"},
			{Line: "csv2jsonstat catch.csv --sniff -v Tonnes -a 'Catch by port'", Text: "finds separator and decimal mark; names the value column; gives a label"},
			{Line: "csv2jsonstat catch.csv --role time=Year,geo=Port", Text: "with roles"},
			{Line: "csv2jsonstat wide.csv --by Year", Text: "a column for each year"},
			{Line: "csv2jsonstat catch.csv --explain", Text: "what each column is taken for"},
			{Line: "csv2jsonstat catch.csv --describe catch-about.json", Text: "labels, units and the like from a small JSON file"},
			{Line: "csv2jsonstat edited.csv --head boats.json", Text: "labels, units, notes and order from a JSON-stat document"},
			{Line: "cat catch.csv | csv2jsonstat | jsonstat2csv -y Year", Text: "in a pipe"},
		},
	}, cubes.Job{Read: read, Form: jsonstat.Dense, Hint: "--ovalue --ostatus writes what is there; --all-cells writes them all"})
}
