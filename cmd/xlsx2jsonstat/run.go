package main

import (
	"encoding/csv"
	"errors"
	"strconv"
	"strings"

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
	ds, err := xlsxconv.Read(r, o)
	if err != nil {
		return cli.InputError(err)
	}
	opts := &jsonstat.WriteOptions{AllCells: c.Bool("all-cells")}
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
		return cli.Usage(err, "--ovalue --ostatus writes what is there; --all-cells writes them all")
	}
	return err
}

// options reads the flags.
func options(c *cli.Context) (*xlsxconv.ReadOptions, error) {
	o := &xlsxconv.ReadOptions{
		ReadCSVOptions: convert.ReadCSVOptions{
			ValueName: c.String("value"), StatusName: c.String("status"), Decimal: c.String("decimal"),
			Content: map[string]convert.Show{"both": convert.Both, "columns": convert.Columns}[c.String("content")],
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
		c.VoidedBy("by", "value", "status")
	}
	return o, roles(c, o)
}

// roles reads the roles of dimensions.
func roles(c *cli.Context, o *xlsxconv.ReadOptions) error {
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
				return cli.Usagef("--role %q is not understood: write time=DIM, geo=DIM or metric=DIM", text)
			}
		}
	}
	return nil
}
