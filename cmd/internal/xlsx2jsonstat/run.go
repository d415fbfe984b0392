package xlsx2jsonstat

import (
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func read(c *cli.Context, t *cubes.Table) ([]*jsonstat.Dataset, error) {
	o := &xlsxconv.ReadOptions{TableOptions: t.Options, Sheet: c.String("sheet"), Plain: c.Bool("plain")}
	if err := cubes.Header(c, &o.TableOptions); err != nil {
		return nil, err
	}
	r, err := c.Input()
	if err != nil {
		return nil, err
	}
	return cubes.One(xlsxconv.Read(r, o))
}
