package xlsx2jsonstat

import (
	"errors"
	"strconv"

	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	o, err := options(c)
	if err != nil {
		return err
	}
	head, done, err := cubes.Head(c)
	if err != nil {
		return err
	}
	defer done()
	o.Head = head
	r, err := c.Input()
	if err != nil {
		return err
	}
	ds, err := xlsxconv.Read(r, o)
	if errors.Is(err, xlsxconv.ErrOutside) {
		return cli.WithHints(cli.InputError(err), "--header ROW says in which row the header is")
	}
	if err != nil {
		return cli.InputError(err)
	}
	return cubes.Write(c, ds, cubes.Forms(c, jsonstat.AsRead), "--ovalue --ostatus writes what is there; --all-cells writes them all")
}

// options reads the flags.
func options(c *cli.Context) (*xlsxconv.ReadOptions, error) {
	o := &xlsxconv.ReadOptions{
		ReadCSVOptions: convert.ReadCSVOptions{
			ValueName: c.String("value"), StatusName: c.String("status"), Decimal: c.String("decimal"),
			Content: cubes.Content(c),
			NA:      c.Strings("na"), Texts: c.Bool("texts"), By: c.String("by"),
			Label: c.String("label"), Source: c.String("source"), Updated: c.String("updated"),
			Warn: func(message string) { c.Warn("%s", message) },
		},
		Sheet: c.String("sheet"), Plain: c.Bool("plain"),
	}
	if o.Decimal == "" {
		return nil, cli.Usagef("--decimal is empty: it is at least one character")
	}
	if text := c.String("header"); c.IsSet("header") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > xlsxconv.MaxRows {
			return nil, cli.Usagef("--header %q is no row: rows are numbered from 1 to %d", text, xlsxconv.MaxRows)
		}
		o.Header = n
	}
	if err := cubes.Wide(c, &o.ReadCSVOptions, "value", "status"); err != nil {
		return nil, err
	}
	var err error
	o.Roles, err = cubes.Roles(c)
	return o, err
}
