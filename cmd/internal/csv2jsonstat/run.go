package csv2jsonstat

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	table, err := cubes.ReadFlags(c)
	if err != nil {
		return err
	}
	defer table.Close()
	o := &convert.ReadCSVOptions{TableOptions: table.Options, Encoding: c.String("encoding")}
	if err := cubes.Header(c, &o.TableOptions); err != nil {
		return err
	}
	if o.Separator, o.Sniff, err = cubes.Separator(c); err != nil {
		return err
	}
	r, err := c.Input()
	if err != nil {
		return err
	}
	if o.Separator == "" && !o.Sniff {
		o.Separator = cubes.SeparatorOfName(c)
	}
	ds, err := convert.ReadCSV(r, o)
	return table.Finish(ds, err, cubes.Forms(c, jsonstat.Dense), "-os writes what is there; --all-cells writes them all")
}
