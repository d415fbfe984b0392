// Package arrow2jsonstat is the command that turns an Apache Arrow table into a JSON-stat dataset.
package arrow2jsonstat

import (
	"io"
	"io/fs"

	"github.com/jsonstat-go/toolkit/cmd/internal/columns"
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return columns.Reading(cli.Bool{Name: "binary", Short: '0', Group: cubes.Cells, Help: "accepted for old scripts"}).Command(cli.Command{
		Name:    "arrow2jsonstat",
		Summary: "turn an Apache Arrow table into a JSON-stat dataset",
		Description: `Reads the file and the stream format. A table that jsonstat2arrow made comes back as the document
that it was; of a part of its rows, the other cells are missing. Other tables are read as csv2jsonstat
reads them.`,
		Examples: []cli.Example{
			{Line: "arrow2jsonstat oslo.arrow population.json", Text: "the metadata of the file say what is what"},
			{Line: "arrow2jsonstat sales.arrow sales.json --value amount --dimension shop,year --role time=year", Text: "a file from elsewhere; other columns are left out"},
			{Line: "arrow2jsonstat oslo.arrow --explain", Text: "what each column is taken for"},
			{Line: "cat oslo.arrow | arrow2jsonstat | jsonstat2csv --by Tid", Text: "in a pipe"},
		},
	}, columns.Job(read))
}

func read(_ *cli.Context, r io.Reader, _ fs.FS, o convert.TableOptions) (*jsonstat.Dataset, error) {
	return arrowconv.Read(r, &arrowconv.ReadOptions{TableOptions: o})
}
