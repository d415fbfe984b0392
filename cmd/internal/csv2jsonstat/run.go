package csv2jsonstat

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func read(c *cli.Context, t *cubes.Table) ([]*jsonstat.Dataset, error) {
	o := &convert.ReadCSVOptions{TableOptions: t.Options, Encoding: c.String("encoding")}
	if err := cubes.Header(c, &o.TableOptions); err != nil {
		return nil, err
	}
	var err error
	if o.Separator, o.Sniff, err = cubes.Separator(c); err != nil {
		return nil, err
	}
	r, err := c.Input()
	if err != nil {
		return nil, err
	}
	if o.Separator == "" && !o.Sniff {
		o.Separator = cubes.SeparatorOfName(c)
	}
	return cubes.One(convert.ReadCSV(r, o))
}
