package sdmx2jsonstat

import (
	"errors"
	"os"

	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert/sdmxconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func readCubes(c *cli.Context, t *cubes.Table) ([]*jsonstat.Dataset, error) {
	o := &sdmxconv.Options{
		TableOptions: t.Options, From: sdmxconv.Format(c.String("from")), DataSet: c.String("dataset"), Lang: c.String("lang"), WithMetric: c.Bool("with-metric"),
		Encoding: c.String("encoding"),
	}
	for _, name := range []string{"dataset", "lang", "structure"} {
		if c.IsSet(name) && c.String(name) == "" {
			return nil, cli.Usagef("--%s is empty", name)
		}
	}
	var err error
	if o.Separator, _, err = cubes.Separator(c); err != nil {
		return nil, err
	}
	if name := c.String("structure"); name != "" {
		f, err := os.Open(name)
		if err != nil {
			return nil, cli.Usagef("--structure: %v", err)
		}
		c.Close(func() { _ = f.Close() })
		o.Structure = f
	}
	r, err := c.Input()
	if err != nil {
		return nil, err
	}
	sets, err := sdmxconv.Read(r, o)
	return sets, failure(err)
}

// failure says which option would help against an error of a message.
func failure(err error) error {
	switch {
	case errors.Is(err, sdmxconv.ErrMeasures):
		return cli.Usage(cli.InputError(err), "--value COLUMN,... names the columns of values")
	case errors.Is(err, sdmxconv.ErrDimensions):
		return cli.Usage(cli.InputError(err), "--dimension COLUMN,... names the columns of dimensions")
	case errors.Is(err, sdmxconv.ErrStructure):
		return cli.Usage(err)
	}
	return err
}

// read are the formats that a call reads: any table, if it is said to be a message.
func read(c *cli.Call) []string {
	names := formats.ReadBy(c.Command())
	if c.String("from") == "csv" {
		names = append(names, "csv")
	}
	return names
}
