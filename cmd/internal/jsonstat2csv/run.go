package jsonstat2csv

import (
	"errors"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/cmd/internal/choice"
	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/cmd/internal/separator"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	cut, err := criteria.Read(c)
	if err != nil {
		return err
	}
	beside, err := newDescriptions(c)
	if err != nil {
		return err
	}
	if c.Bool("rich") {
		return runRich(c, cut)
	}
	o, err := csvOptions(c)
	if err != nil {
		return err
	}
	doc, err := c.OpenDocument(cut.Need(o.Need() | beside.need()))
	if err != nil {
		return err
	}
	if doc.Class() == jsonstat.ClassDimension && cut.All() {
		if len(beside) > 0 {
			return cli.Usagef("--%s describes the table of a dataset; the document is a dimension", beside[0].flag)
		}
		return dimension(c, doc, o)
	}
	of := func(ds *jsonstat.Dataset) convert.CSVOptions {
		table := *o
		table.By, table.Drop = choice.Dimensions(ds, o.By), choice.Dimensions(ds, o.Drop)
		return table
	}
	described := func(ds *jsonstat.Dataset) (*jsonstat.Dataset, error) {
		ds, err := cut.Of(ds)
		if err == nil && len(beside) > 0 {
			table := of(ds)
			err = choice.TooMany(beside.write(c, ds, &table))
		}
		return ds, err
	}
	return each(c, doc, described, text{o.CRLF, o.Encoding}, func(w io.Writer, ds *jsonstat.Dataset, t text) error {
		table := of(ds)
		table.Encoding = t.encoding
		o.BOM = false // at the start of the file alone
		return choice.TooMany(convert.WriteCSV(w, ds, &table))
	})
}

// csvOptions reads the flags of a plain table.
func csvOptions(c *cli.Context) (*convert.CSVOptions, error) {
	column, _, err := separators(c)
	if err != nil {
		return nil, err
	}
	na := c.String("na")
	o := &convert.CSVOptions{
		Table: convert.Table{
			Field:        choice.Show(c, "field", "fid", "id", convert.Label),
			Content:      choice.Show(c, "content", "cid", "id", convert.Label),
			By:           c.Strings("by"),
			Drop:         choice.Drop(c, len(c.Strings("by")) > 0),
			DropConstant: c.Bool("drop-constant"),
			Keep:         choice.Keep(c),
			StatusText:   choice.StatusText(c),
			UnitDecimals: c.IsSet("decimals"),
			Lang:         c.String("lang"),
			AllCells:     c.Bool("all-cells"),
			Warn:         func(message string) { c.Warn("%s", message) },
			Doubt:        choice.Doubt(c),
		},
		Separator: column, Decimal: c.String("decimal"), NA: &na,
		Status: c.Bool("status"), StatusColumns: c.Bool("status-columns"),
		ValueName: c.String("vlabel"), StatusName: c.String("slabel"),
		CRLF: c.String("eol") == "crlf", Encoding: c.String("encoding"), BOM: c.Bool("bom"), Guard: c.Bool("guard"),
	}
	if err := o.Check(); err != nil {
		if o.BOM && !errors.Is(err, jsonstat.ErrEncodingName) {
			return nil, cli.Usage(fmt.Errorf("--bom and --encoding %s do not go together: %w", o.Encoding, err))
		}
		return nil, cli.Usage(err)
	}
	if c.Bool("excel") {
		if e, _ := charset.Named(o.Encoding); !c.IsSet("bom") {
			o.BOM = e.HasMark() // Excel takes a text without one for windows-1252
		}
		if o.Separator == "" {
			o.Separator = ";"
		}
		if !c.IsSet("decimal") && o.Separator != "," {
			o.Decimal = ","
		}
		if !c.IsSet("eol") {
			o.CRLF = true
		}
	}
	if err := choice.Lang(c); err != nil {
		return nil, err
	}
	if o.Field == convert.ID {
		c.VoidedBy("field id", "vlabel", "slabel")
	}
	if len(o.By) > 0 {
		void := []string{"status", "vlabel"}
		if !o.StatusColumns {
			void = append(void, "slabel", "status-text", "lang")
		}
		c.VoidedBy("by", void...)
		o.Status = false
	} else {
		o.StatusColumns = false
		if c.Bool("status-columns") {
			c.Warn("--status-columns has no effect without --by")
		}
	}
	if c.IsSet("unit") {
		c.Warn("--unit has no effect without --rich")
	}
	switch {
	case len(o.By) > 0:
	case c.IsSet("status-text") && !o.Status:
		c.Warn("--status-text has no effect without --status")
	case c.IsSet("lang") && o.StatusText == convert.StatusCode:
		c.Warn("--lang has no effect without --status-text")
	}
	return o, nil
}

// separators reads the separators of columns and of units. That of columns, if it is not
// given, is what the ending of the output says, else the default.
func separators(c *cli.Context) (column, unit string, err error) {
	if column, err = separator.Of(c, "separator"); err == nil {
		err = separator.Check(c, "decimal")
	}
	if err == nil {
		unit, err = separator.Of(c, "unit")
	}
	if !c.IsSet("separator") {
		column = formats.Separator(c.Arg("output"))
	}
	return column, unit, err
}

// runRich writes CSV-stat.
func runRich(c *cli.Context, cut *criteria.Cut) error {
	c.VoidedBy("rich", "status", "vlabel", "slabel", "fid", "cid", "field", "content", "by", "drop", "drop-constant", "status-columns", "status-text", "lang", "decimals", "excel", "bom", "guard")
	column, unit, err := separators(c)
	if err != nil {
		return err
	}
	na := c.String("na")
	o := &convert.CSVStatOptions{
		Separator: column, Decimal: c.String("decimal"), UnitSeparator: unit, NA: &na,
		Keep: choice.Keep(c), CRLF: c.String("eol") == "crlf", Encoding: c.String("encoding"), AllCells: c.Bool("all-cells"),
	}
	if err := o.Check(); err != nil {
		return cli.Usage(err)
	}
	doc, err := c.OpenDocument(cut.Need(o.Need()))
	if err != nil {
		return err
	}
	return each(c, doc, cut.Settled, text{o.CRLF, o.Encoding}, func(w io.Writer, ds *jsonstat.Dataset, t text) error {
		o.Encoding = t.encoding
		return choice.TooMany(convert.WriteCSVStat(w, ds, o))
	})
}

// dimension writes a document that is a dimension: its ids and labels.
func dimension(c *cli.Context, doc cli.Document, o *convert.CSVOptions) error {
	dim, err := doc.Dimension()
	if err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	return otherEncoding(convert.WriteDimensionCSV(w, dim, o))
}
