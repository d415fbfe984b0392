package main

import (
	"encoding/csv"
	"errors"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/columns"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	o, err := options(c)
	if err != nil {
		return err
	}
	if name := c.String("head"); name != "" {
		doc, err := jsonstat.Open(name)
		if err != nil {
			return cli.Usagef("--head %s: %v", name, err)
		}
		defer doc.Close()
		if o.Head, err = doc.Dataset(0); err != nil {
			return cli.Usagef("--head %s: %v", name, err)
		}
	}
	r, err := c.Input()
	if err != nil {
		return err
	}
	ds, err := convert.ReadCSV(r, o)
	if err != nil {
		return cli.InputError(err)
	}
	opts := &jsonstat.WriteOptions{Values: jsonstat.Dense, Statuses: jsonstat.Dense, AllCells: c.Bool("all-cells")}
	if c.Bool("ovalue") {
		opts.Values = jsonstat.Sparse
	}
	if c.Bool("ostatus") {
		opts.Statuses = jsonstat.Sparse
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	err = ds.Write(w, opts)
	if errors.Is(err, jsonstat.ErrLimit) {
		return cli.Usage(err, "-os writes what is there; --all-cells writes them all")
	}
	return err
}

func options(c *cli.Context) (*convert.ReadCSVOptions, error) {
	o := &convert.ReadCSVOptions{
		Decimal: c.String("decimal"), Sniff: c.Bool("sniff"),
		ValueName: c.String("vlabel"), StatusName: c.String("slabel"),
		Content: map[string]convert.Show{"both": convert.Both, "columns": convert.Columns}[c.String("content")],
		NA:      c.Strings("na"), Texts: c.Bool("texts"), By: c.String("by"),
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
	if c.IsSet("column") {
		o.Separator = strings.ReplaceAll(c.String("column"), `\t`, "\t")
	}
	if text := c.String("stub"); text != "" {
		r := csv.NewReader(strings.NewReader(text)) // a column may have a comma in its name
		r.LazyQuotes = true
		stub, err := r.Read()
		if err != nil {
			return nil, cli.Usagef("--stub: %v", err)
		}
		o.Stub = stub
	}
	switch {
	case c.IsSet("stub") && o.By == "":
		return nil, cli.Usagef("--stub says which columns are dimensions; --by must name the dimension that the others are")
	case o.By != "" && len(o.Stub) == 0 && !c.IsSet("head"):
		return nil, cli.Usagef("--by needs --stub, the columns that are dimensions, or --head, which knows them")
	case o.By != "":
		c.VoidedBy("by", "vlabel", "slabel")
	}
	roles, err := columns.Roles(c)
	if err != nil {
		return nil, err
	}
	o.Roles = roles
	return o, nil
}
