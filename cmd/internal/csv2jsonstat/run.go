package csv2jsonstat

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert"
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
	if name := c.String("describe"); name != "" {
		if o.Description, err = os.ReadFile(name); err != nil {
			return cli.Usagef("--describe: %v", err)
		}
		if c.IsSet("head") {
			c.VoidedBy("head", "describe")
		}
	}
	r, err := c.Input()
	if err != nil {
		return err
	}
	ds, err := convert.ReadCSV(r, o)
	if errors.Is(err, convert.ErrDescription) {
		return cli.Usage(fmt.Errorf("--describe %s: %w", c.String("describe"), err))
	}
	if err != nil {
		return cli.InputError(err)
	}
	return cubes.Write(c, ds, cubes.Forms(c, jsonstat.Dense), "-os writes what is there; --all-cells writes them all")
}

func options(c *cli.Context) (*convert.ReadCSVOptions, error) {
	o := &convert.ReadCSVOptions{
		Decimal: c.String("decimal"), Sniff: c.Bool("sniff"),
		ValueName: c.String("vlabel"),
		Content:   cubes.Content(c),
		NA:        c.Strings("na"), Texts: c.Bool("texts"), By: c.String("by"),
		Label: c.String("label"), Source: c.String("source"), Updated: c.String("updated"),
		Warn: func(message string) { c.Warn("%s", message) },
	}
	for _, name := range []string{"column", "decimal"} {
		switch text := c.String(name); {
		case c.IsSet(name) && text == "":
			return nil, cli.Usagef("--%s is empty: it is at least one character", name)
		case strings.ContainsAny(text, "\"\r\n"):
			return nil, cli.Usagef("--%s %q: quotes and line ends cannot separate anything in CSV", name, text)
		}
	}
	if c.IsSet("slabel") {
		o.StatusName = c.String("slabel")
	}
	switch {
	case c.IsSet("column"):
		o.Separator = strings.ReplaceAll(c.String("column"), `\t`, "\t")
	case !o.Sniff:
		o.Separator = formats.Separator(c.Arg("input"))
	}
	if err := cubes.Wide(c, o, "vlabel", "slabel"); err != nil {
		return nil, err
	}
	var err error
	o.Roles, err = cubes.Roles(c)
	return o, err
}
