// Package sdmx2jsonstat is the command that turns an SDMX-JSON or SDMX-CSV data message into JSON-stat.
package sdmx2jsonstat

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cubes.Reader{
		Letters: map[string]rune{"ovalue": 'o', "ostatus": 's'},
		Old:     map[string][]string{"dimension": {"dims"}, "value": {"measures"}},
		Without: []string{"metric", "header", "sniff", "sheet", "periods"},
		Own: []cli.Flag{
			cli.Choice{Name: "from", Values: []string{"json", "csv"}, Group: cubes.Cells, Help: "format of the message (default: what it looks like)"},
			cli.String{Name: "dataset", Value: "NAME", Complete: cli.DatasetNames, Group: cubes.Cells, Help: "one data set of several: position from 0, or the id or label of what it is data of (default: all)"},
			cli.String{Name: "lang", Value: "CODE", Group: cubes.Cells, Help: "language of names (default: the first language of the message)"},
			cli.String{Name: "structure", Value: "FILE", Complete: cli.Files, Group: cubes.Cells, Help: "CSV: SDMX-JSON structure message that gives names to ids"},
			cli.Bool{Name: "with-metric", Group: cubes.Cube, Help: "make a dimension of a single measure, too; it has the unit"},
			cli.Gone{Name: "metric", Say: "--with-metric"},
		},
	}.Command(cli.Command{
		Name:    "sdmx2jsonstat",
		Summary: "turn an SDMX-JSON or SDMX-CSV data message into JSON-stat",
		Description: "Reads SDMX-JSON 1.0, its drafts, 2.0 and 2.1, flat, by series and by cross-section, and SDMX-CSV 1.0, 2.0 and 2.1. " +
			"OBS_STATUS becomes the status of cells; what JSON-stat has no place for is in extension.sdmx. " +
			"Options about columns and cells are for SDMX-CSV: SDMX-JSON says itself what they would say.\n\n" +
			"A message with data sets that do not make one cube becomes a collection of datasets.",
		Formats: formats.Archived{Registry: formats.Registry{Reads: read}},
		Examples: []cli.Example{
			{Line: "sdmx2jsonstat sdmx/series.json cube.json", Text: "SDMX-JSON of any version"},
			{Line: "sdmx2jsonstat sdmx/labels.csv", Text: "SDMX-CSV, by ids or with labels"},
			{Line: "sdmx2jsonstat sdmx/measures.json --lang fr", Text: "names in another language"},
			{Line: "sdmx2jsonstat sdmx/flat.json --with-metric", Text: "with a dimension for the measure, which has the unit"},
			{Line: "sdmx2jsonstat sdmx/ids.csv --structure sdmx/structure.json", Text: "names for a CSV of ids"},
			{Line: "cat sdmx/series.json | sdmx2jsonstat | jsonstat2csv -s", Text: "in a pipe"},
		},
	}, cubes.Job{Read: readCubes, Form: jsonstat.Dense, Hint: "--ovalue --ostatus writes what is there; --all-cells writes them all"})
}
