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
	o.By, o.Drop = choice.Dimensions(ds, o.By), choice.Dimensions(ds, o.Drop)
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
		Pivot: c.Bool("pivot"), Dates: c.Bool("dates"), Split: c.Bool("split"), NoTitle: c.Bool("no-title"),
		Status:    map[string]xlsxconv.Status{"column": xlsxconv.StatusColumn, "cell": xlsxconv.StatusCell, "none": xlsxconv.StatusNone}[c.String("status-place")],
		Chart:     map[string]xlsxconv.Chart{"line": xlsxconv.LineChart, "bar": xlsxconv.BarChart}[c.String("chart")],
		ValueName: c.String("vlabel"), StatusName: c.String("slabel"),
		Licence: c.String("licence"), Attribution: c.String("attribution"),
	}
	o.Drop = choice.Drop(c, len(o.By) > 0 || o.Pivot || o.Chart != xlsxconv.NoChart)
	if err := choice.Lang(c); err != nil {
		return nil, err
	}
	if o.Field == convert.ID {
		c.VoidedBy("field id", "vlabel", "slabel")
	}
	if len(o.By) > 0 {
		c.VoidedBy("by", "pivot", "vlabel")
	}
	if o.Status == xlsxconv.StatusNone {
		c.VoidedBy("status-place none", "status-text", "slabel")
	}
	return o, nil
}

// hinted adds what to do about a table that is too large.
func hinted(err error) error {
	var size *xlsxconv.SizeError
	switch {
	case errors.As(err, &size) && size.Columns > 0:
		return cli.Usage(err, "pivot by fewer dimensions with --by, or write the long table")
	case errors.As(err, &size):
		return cli.Usage(err, "--split goes on in further sheets; --non-missing leaves out empty cells; --by makes fewer rows; jsonstatdice cuts the table")
	}
	return choice.TooMany(err)
}
