package sdmx2jsonstat

import (
	"errors"
	"io"
	"os"

	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert/sdmxconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	table, err := cubes.ReadFlags(c)
	if err != nil {
		return err
	}
	defer table.Close()
	o := &sdmxconv.Options{
		TableOptions: table.Options, From: sdmxconv.Format(c.String("from")), DataSet: c.String("dataset"), Lang: c.String("lang"), WithMetric: c.Bool("with-metric"),
		Encoding: c.String("encoding"),
	}
	for _, name := range []string{"dataset", "lang", "structure"} {
		if c.IsSet(name) && c.String(name) == "" {
			return cli.Usagef("--%s is empty", name)
		}
	}
	if o.Separator, _, err = cubes.Separator(c); err != nil {
		return err
	}
	if name := c.String("structure"); name != "" {
		f, err := os.Open(name)
		if err != nil {
			return cli.Usagef("--structure: %v", err)
		}
		defer f.Close()
		o.Structure = f
	}
	r, err := c.Input()
	if err != nil {
		return err
	}
	sets, err := sdmxconv.Read(r, o)
	if err != nil || table.Explains() {
		return table.Finish(nil, failure(err), nil, "")
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	opts := cubes.Forms(c, jsonstat.Dense)
	if len(sets) > 1 {
		c.Warn("the message makes %d datasets: they are written as a collection; --dataset picks one", len(sets))
	}
	return cubes.TooLarge(write(w, sets, opts), "-os writes what is there; --all-cells writes them all")
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
	names := formats.ReadBy(c.Name())
	if c.String("from") == "csv" {
		names = append(names, "csv")
	}
	return names
}

// write writes a dataset, or several as a collection.
func write(w io.Writer, sets []*jsonstat.Dataset, o *jsonstat.WriteOptions) error {
	if len(sets) == 1 {
		return sets[0].Write(w, o)
	}
	if _, err := io.WriteString(w, `{"version":"2.0","class":"collection","link":{"item":[`); err != nil {
		return err
	}
	for i, ds := range sets {
		if i > 0 {
			if _, err := io.WriteString(w, ","); err != nil {
				return err
			}
		}
		if err := ds.Write(w, o); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "]}}")
	return err
}
