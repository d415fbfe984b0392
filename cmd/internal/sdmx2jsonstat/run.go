package sdmx2jsonstat

import (
	"errors"
	"io"
	"os"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert/sdmxconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	o, err := options(c)
	if err != nil {
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
	if err != nil {
		return failure(err)
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

// failure puts the name of the input before errors that are about it, and says
// which option would help.
func failure(err error) error {
	named := cli.InputError(err)
	switch {
	case errors.Is(err, sdmxconv.ErrMeasures):
		return cli.Usage(named, "--measures COLUMN,... names the columns of values")
	case errors.Is(err, sdmxconv.ErrDimensions):
		return cli.Usage(named, "--dims COLUMN,... names the columns of dimensions")
	case errors.Is(err, sdmxconv.ErrStructure):
		return cli.Usage(err)
	}
	return named
}

// read are the formats that a call reads: any table, if it is said to be a message.
func read(c *cli.Context) []string {
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

func options(c *cli.Context) (*sdmxconv.Options, error) {
	o := &sdmxconv.Options{
		From: sdmxconv.Format(c.String("from")), DataSet: c.String("dataset"), Lang: c.String("lang"), Metric: c.Bool("metric"),
		Dimensions: list(c.String("dims")), Measures: list(c.String("measures")),
		Warn: func(message string) { c.Warn("%s", message) },
	}
	for _, name := range []string{"dataset", "lang", "dims", "measures", "structure"} {
		if c.IsSet(name) && c.String(name) == "" {
			return nil, cli.Usagef("--%s is empty", name)
		}
	}
	for _, text := range c.Strings("role") {
		role := ""
		for _, part := range strings.Split(text, ",") {
			before, after, ok := strings.Cut(part, "=")
			if ok {
				role, part = before, after
			}
			switch r := jsonstat.Role(role); r {
			case jsonstat.Time, jsonstat.Geo, jsonstat.Metric:
				if o.Roles == nil {
					o.Roles = map[string]jsonstat.Role{}
				}
				o.Roles[part] = r
			default:
				return nil, cli.Usagef("--role %q is not understood: write time=DIM, geo=DIM or metric=DIM", text)
			}
		}
	}
	return o, nil
}

// list splits names at commas.
func list(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
