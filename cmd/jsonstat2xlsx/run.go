package main

import (
	"errors"
	"fmt"
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
	ds, err := c.OpenDataset(o.Need())
	if err != nil {
		return err
	}
	o.By, o.Drop = dims(ds, o.By), dims(ds, o.Drop)
	w, err := c.Output()
	if err != nil {
		return err
	}
	return hinted(xlsxconv.Write(w, ds, o))
}

// options reads the flags.
func options(c *cli.Context) (*xlsxconv.Options, error) {
	o := &xlsxconv.Options{
		Table: convert.Table{
			Field: show(c, "field", "fid"), Content: show(c, "content", "cid"),
			By: c.Strings("by"), Drop: c.Strings("drop"), Keep: keep(c),
			StatusText: map[string]convert.StatusText{"label": convert.StatusLabel, "both": convert.StatusBoth}[c.String("status-text")],
			Lang:       c.String("lang"), AllCells: c.Bool("all-cells"),
			Warn: func(message string) { c.Warn("%s", message) },
		},
		Pivot: c.Bool("pivot"), Dates: c.Bool("dates"), Split: c.Bool("split"), NoTitle: c.Bool("no-title"),
		Status:    map[string]xlsxconv.Status{"column": xlsxconv.StatusColumn, "cell": xlsxconv.StatusCell, "none": xlsxconv.StatusNone}[c.String("status")],
		Chart:     map[string]xlsxconv.Chart{"line": xlsxconv.LineChart, "bar": xlsxconv.BarChart}[c.String("chart")],
		ValueName: c.String("vlabel"), StatusName: c.String("slabel"),
		Licence: c.String("licence"), Attribution: c.String("attribution"),
	}
	switch lang, _, _ := strings.Cut(strings.ToLower(o.Lang), "-"); lang {
	case "", "no", "nb", "nn", "en":
	default:
		return nil, cli.Usagef("--lang %q is not known: it is no, nb, nn or en", o.Lang)
	}
	if o.Field == convert.ID {
		c.VoidedBy("field id", "vlabel", "slabel")
	}
	if len(o.By) > 0 {
		c.VoidedBy("by", "pivot", "vlabel")
	}
	if o.Status == xlsxconv.StatusNone {
		c.VoidedBy("status none", "status-text", "slabel")
	}
	return o, nil
}

// show reads one of the two ways to choose between ids and labels.
func show(c *cli.Context, name, short string) convert.Show {
	if !c.IsSet(name) {
		if c.Bool(short) {
			return convert.ID
		}
		return convert.Label
	}
	if c.String(name) != "id" { // else the two agree
		c.VoidedBy(name, short)
	}
	return map[string]convert.Show{"id": convert.ID, "label": convert.Label, "both": convert.Both, "columns": convert.Columns}[c.String(name)]
}

func keep(c *cli.Context) convert.Keep {
	switch {
	case c.Bool("non-missing"):
		if c.Bool("non-empty") {
			c.VoidedBy("non-missing", "non-empty")
		}
		return convert.NonMissing
	case c.Bool("non-empty"):
		return convert.NonEmpty
	}
	return convert.All
}

// dims reads lists of dimensions: each value is an id, or several parted by commas
// if there is no dimension of that name.
func dims(ds *jsonstat.Dataset, values []string) []string {
	var ids []string
	for _, v := range values {
		if ds.Dimension(v) != nil {
			ids = append(ids, v)
		} else {
			ids = append(ids, strings.Split(v, ",")...)
		}
	}
	return ids
}

// hinted adds what to do about a table that is too large.
func hinted(err error) error {
	var size *xlsxconv.SizeError
	var cells *convert.TooManyRowsError
	switch {
	case errors.As(err, &size) && size.Columns > 0:
		return cli.Usage(err, "pivot by fewer dimensions with --by, or write the long table")
	case errors.As(err, &size):
		return cli.Usage(err, "--split goes on in further sheets; --non-missing leaves out empty cells; --by makes fewer rows; jsonstatdice cuts the table")
	case errors.As(err, &cells):
		return cli.Usage(fmt.Errorf("%w", err), "--non-missing writes what is there; --all-cells writes them all")
	}
	return err
}
