package jsonstat2xlsx

import (
	"errors"

	"github.com/jsonstat-go/toolkit/cmd/internal/choice"
	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

func run(c *cli.Context) error {
	o, err := options(c)
	if err != nil {
		return err
	}
	cut, err := criteria.Read(c)
	if err != nil {
		return err
	}
	ds, err := cut.OpenSettled(c, o.Need())
	if err != nil {
		return err
	}
	for _, list := range []*[]string{&o.By, &o.Drop, &o.Stub, &o.Heading} {
		*list = choice.Dimensions(ds, *list)
	}
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
			Field: choice.Show(c, "field", "fid", "id", convert.Label), Content: choice.Show(c, "content", "cid", "id", convert.Label),
			By: c.Strings("by"), DropConstant: c.Bool("drop-constant"), Keep: choice.Keep(c),
			StatusText: choice.StatusText(c),
			Lang:       c.String("lang"), AllCells: c.Bool("all-cells"),
			Warn: func(message string) { c.Warn("%s", message) },
		},
		Pivot: c.Bool("pivot"), Stub: c.Strings("stub"), Heading: c.Strings("heading"), Dates: c.Bool("dates"), Split: c.Bool("split"), NoTitle: c.Bool("no-title"),
		Status:    map[string]xlsxconv.Status{"column": xlsxconv.StatusColumn, "cell": xlsxconv.StatusCell, "none": xlsxconv.StatusNone}[c.String("status-place")],
		Chart:     map[string]xlsxconv.Chart{"line": xlsxconv.LineChart, "bar": xlsxconv.BarChart}[c.String("chart")],
		ValueName: c.String("vlabel"), StatusName: c.String("slabel"),
		Licence: c.String("licence"), Attribution: c.String("attribution"),
	}
	sides := len(o.Stub)+len(o.Heading) > 0
	if sides && len(o.By) > 0 {
		return nil, cli.Usagef("--by does not go with --stub and --heading: --heading names the dimensions across")
	}
	o.Drop = choice.Drop(c, len(o.By) > 0 || sides || o.Pivot || o.Chart != xlsxconv.NoChart)
	if err := choice.Lang(c); err != nil {
		return nil, err
	}
	if o.Field == convert.ID {
		c.VoidedBy("field id", "vlabel", "slabel")
	}
	switch {
	case len(o.By) > 0:
		c.VoidedBy("by", "pivot", "vlabel")
	case len(o.Heading) > 0:
		c.VoidedBy("heading", "vlabel")
	case sides:
		c.VoidedBy("stub", "vlabel")
	}
	if o.Status == xlsxconv.StatusNone {
		c.VoidedBy("status-place none", "status-text", "slabel")
	}
	return o, nil
}

// hinted adds what to do about a table that is too large.
func hinted(err error) error {
	var size *xlsxconv.SizeError
	var sides *xlsxconv.SidesError
	switch {
	case errors.As(err, &sides) && len(sides.Missing) > 0:
		return cli.Usage(err, "each dimension of more than one category is in --stub or in --heading; with one of the two alone the others are on the other side")
	case errors.As(err, &sides) && sides.Twice == "":
		return cli.Usage(err, "leave one of them out of --stub")
	case errors.As(err, &sides):
		return cli.Usage(err)
	case errors.As(err, &size) && size.Columns > 0:
		return cli.Usage(err, "put fewer dimensions across with --by or --heading, or write the long table")
	case errors.As(err, &size):
		return cli.Usage(err, "--split goes on in further sheets; --non-missing leaves out empty cells; --by makes fewer rows; jsonstatdice cuts the table")
	}
	return choice.TooMany(err)
}
