package px2jsonstat

import (
	"errors"
	"fmt"
	"time"
	_ "time/tzdata" // zones are known on machines that have none

	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/convert/pxconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	ds, err := open(c)
	if err != nil {
		return err
	}
	c.Made(ds)
	w, err := c.Output()
	if err != nil {
		return err
	}
	o := cubes.Forms(c, jsonstat.Dense)
	if !c.Bool("ostatus") {
		o.Statuses = jsonstat.AsRead
	}
	o.AllCells = true // a file with KEYS was let through or not
	return ds.Write(w, o)
}

// read makes the cube for others to write.
func read(c *cli.Context) ([]*jsonstat.Dataset, error) { return cubes.One(open(c)) }

// open opens the dataset that the call names, and is the part that is kept.
func open(c *cli.Context) (*jsonstat.Dataset, error) {
	cut, err := criteria.Read(c)
	if err != nil {
		return nil, err
	}
	o, err := options(c)
	if err != nil {
		return nil, err
	}
	r, err := c.Input()
	if err != nil {
		return nil, err
	}
	ds, done, err := pxconv.Read(r, o)
	if err != nil {
		return nil, failure(err)
	}
	c.Close(done)
	return cut.Settled(ds)
}

// options reads the flags.
func options(c *cli.Context) (*pxconv.Options, error) {
	for _, name := range []string{"lang", "encoding", "zone"} {
		if c.IsSet(name) && c.String(name) == "" {
			return nil, cli.Usagef("--%s is empty", name)
		}
	}
	o := &pxconv.Options{
		Encoding: c.String("encoding"), Lang: c.String("lang"), MadeTitle: c.String("title") == "made", Rounded: c.Bool("rounded"),
		AllCells: c.Bool("all-cells"), Strict: c.Bool("strict"),
		Warn: func(w pxconv.Warning) { c.Warn("%s", said(w)) },
	}
	if c.IsSet("zone") {
		zone, err := zoneOf(c.String("zone"))
		if err != nil {
			return nil, err
		}
		o.Zone = zone
	}
	return o, nil
}

// zoneOf is a zone by its name or its distance from UTC.
func zoneOf(name string) (*time.Location, error) {
	if t, err := time.Parse("-07:00", name); err == nil {
		return t.Location(), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, cli.Usage(fmt.Errorf("--zone: there is no zone %q", name), "a zone is called like Europe/Oslo, +02:00 or UTC")
	}
	return zone, nil
}

// said is a warning with the option that says otherwise.
func said(w pxconv.Warning) string {
	if w.Kind == pxconv.WarnEncoding {
		return w.String() + "; --encoding says otherwise"
	}
	return w.String()
}

// failure is an error with the option that helps.
func failure(err error) error {
	switch {
	case errors.Is(err, pxconv.ErrTooLarge):
		return cli.Usage(cli.InputError(err), "--all-cells reads it all the same")
	case errors.Is(err, jsonstat.ErrEncodingName):
		return cli.Usage(err)
	}
	return cli.InputError(err)
}
