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
		Folders: true,
		Description: `Reads the file and the stream format. A table that jsonstat2arrow made comes back as the document
that it was; of a part of its rows, the other cells are missing. Other tables are read as csv2jsonstat
reads them. A folder is one table of all files in it; folders called name=value are columns of it.`,
		Examples: []cli.Example{
			{Line: "arrow2jsonstat oslo.arrow population.json", Text: "the metadata of the file say what is what"},
			{Line: "arrow2jsonstat sales.arrow sales.json --value amount --dimension shop,year --role time=year", Text: "a file from elsewhere; other columns are left out"},
			{Line: "arrow2jsonstat oslo.arrow --explain", Text: "what each column is taken for"},
			{Line: "cat oslo.arrow | arrow2jsonstat | jsonstat2csv --by Tid", Text: "in a pipe"},
		},
	}, columns.Job(read))
}

func read(c *cli.Context, r io.Reader, folder fs.FS, o convert.TableOptions) (*jsonstat.Dataset, error) {
	ao := &arrowconv.ReadOptions{TableOptions: o, Path: c.InputPath()}
	var err error
	if ao.Beside, err = columns.Beside(ao.Path, folder != nil, arrowconv.HeadName); err != nil {
		return nil, err
	}
	if folder != nil {
		return arrowconv.ReadFolder(folder, ao)
	}
	return arrowconv.Read(r, ao)
}
