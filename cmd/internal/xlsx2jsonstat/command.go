// Package xlsx2jsonstat is the command that turns an Excel workbook into a JSON-stat dataset.
package xlsx2jsonstat

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cubes.Reader{
		Without: []string{"separator", "encoding", "sniff"},
		Own:     []cli.Flag{cli.Bool{Name: "plain", Group: cubes.Cells, Help: "read by rule what jsonstat2xlsx wrote, too"}},
	}.Command(cli.Command{
		Name:    "xlsx2jsonstat",
		Summary: "turn an Excel workbook into a JSON-stat dataset",
		Description: "What jsonstat2xlsx wrote comes back as it was, with the changes that were made to its table since: rows may have been sorted, filtered out or edited. " +
			"Of any other workbook a sheet is read by rule, as csv2jsonstat reads a table. " +
			"So is a workbook of jsonstat2xlsx with --plain or any option that says how to read a sheet.",
		Examples: []cli.Example{
			{Line: "xlsx2jsonstat oslo.xlsx again.json", Text: "what jsonstat2xlsx wrote, with all that was said of it"},
			{Line: "xlsx2jsonstat catch.xlsx catch.json --sheet Table --value Tonnes --role time=Year,geo=Port", Text: "a sheet by rule"},
			{Line: "xlsx2jsonstat wide.xlsx --by Year", Text: "a column for each year"},
			{Line: "xlsx2jsonstat edited.xlsx --head boats.json", Text: "labels, units, notes and order from a JSON-stat document"},
		},
	}, cubes.Job{Read: read, Form: jsonstat.AsRead, Hint: "--ovalue --ostatus writes what is there; --all-cells writes them all"})
}
