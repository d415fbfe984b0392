package xlsx2jsonstat

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	table, err := cubes.ReadFlags(c)
	if err != nil {
		return err
	}
	defer table.Close()
	o := &xlsxconv.ReadOptions{TableOptions: table.Options, Sheet: c.String("sheet"), Plain: c.Bool("plain")}
	if err := cubes.Header(c, &o.TableOptions); err != nil {
		return err
	}
	r, err := c.Input()
	if err != nil {
		return err
	}
	ds, err := xlsxconv.Read(r, o)
	return table.Finish(ds, err, cubes.Forms(c, jsonstat.AsRead), "--ovalue --ostatus writes what is there; --all-cells writes them all")
}
