package columns

import (
	"io"
	"io/fs"

	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Reading are the flags of the commands that read a table with typed columns, and some
// that only one of them has.
func Reading(own ...cli.Flag) []cli.Flag {
	return cubes.Reader{Without: []string{"header", "separator", "encoding", "sniff", "sheet"}, Own: own}.Flags()
}

// Read reads the table that a call names, from r, or from a folder where the command
// takes these and is given one, and writes the cube.
func Read(c *cli.Context, read func(r io.Reader, folder fs.FS, o convert.TableOptions) (*jsonstat.Dataset, error)) error {
	table, err := cubes.ReadFlags(c)
	if err != nil {
		return err
	}
	defer table.Close()
	var r io.Reader
	folder := c.InputFolder()
	if folder == nil {
		if r, err = c.Input(); err != nil {
			return err
		}
	}
	ds, err := read(r, folder, table.Options)
	return table.Finish(ds, err, cubes.Forms(c, jsonstat.AsRead), "--ovalue --ostatus writes what is there; --all-cells writes them all")
}
