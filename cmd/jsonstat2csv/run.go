package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	if c.Bool("rich") {
		return runRich(c)
	}
	o, err := csvOptions(c)
	if err != nil {
		return err
	}
	doc, err := c.OpenDocument(o.Need())
	if err != nil {
		return err
	}
	if doc.Class() == jsonstat.ClassDimension {
		return dimension(c, doc, o)
	}
	return each(c, doc, o.CRLF, func(w io.Writer, ds *jsonstat.Dataset) error {
		table := *o
		table.By, table.Drop = dims(ds, o.By), dims(ds, o.Drop)
		o.BOM = false // at the start of the file alone
		return tooMany(convert.WriteCSV(w, ds, &table))
	})
}

// csvOptions reads the flags of a plain table.
func csvOptions(c *cli.Context) (*convert.CSVOptions, error) {
	na := c.String("na")
	o := &convert.CSVOptions{
		Table: convert.Table{
			Field:        show(c, "field", "fid"),
			Content:      show(c, "content", "cid"),
			By:           c.Strings("by"),
			Drop:         c.Strings("drop"),
			Keep:         keep(c),
			StatusText:   map[string]convert.StatusText{"code": convert.StatusCode, "label": convert.StatusLabel, "both": convert.StatusBoth}[c.String("status-text")],
			UnitDecimals: c.IsSet("decimals"),
			Lang:         c.String("lang"),
			AllCells:     c.Bool("all-cells"),
			Warn:         func(message string) { c.Warn("%s", message) },
		},
		Separator: separator(c, "column"), Decimal: c.String("decimal"), NA: &na,
		Status: c.Bool("status"), StatusColumns: c.Bool("status-columns"),
		ValueName: c.String("vlabel"), StatusName: c.String("slabel"),
		CRLF: c.String("eol") == "crlf", BOM: c.Bool("bom"), Guard: c.Bool("guard"),
	}
	if c.Bool("excel") {
		if !c.IsSet("bom") {
			o.BOM = true
		}
		if !c.IsSet("column") {
			o.Separator = ";"
		}
		if !c.IsSet("decimal") && o.Separator != "," {
			o.Decimal = ","
		}
		if !c.IsSet("eol") {
			o.CRLF = true
		}
	}
	if err := separators(c); err != nil {
		return nil, err
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

// separators refuses separators that no reader could make sense of.
func separators(c *cli.Context) error {
	for _, name := range []string{"column", "decimal", "unit"} {
		text := c.String(name)
		switch {
		case c.IsSet(name) && text == "":
			return cli.Usagef("--%s is empty: it is at least one character", name)
		case strings.ContainsAny(text, "\"\r\n"):
			return cli.Usagef("--%s %q: quotes and line ends cannot separate anything in CSV", name, text)
		}
	}
	return nil
}

// show reads one of the two ways to choose between ids and labels.
func show(c *cli.Context, name, letter string) convert.Show {
	if !c.IsSet(name) {
		if c.Bool(letter) {
			return convert.ID
		}
		return convert.Label
	}
	if c.String(name) != "id" { // else the two agree
		c.VoidedBy(name, letter)
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

// separator reads a separator in which \t stands for a tab.
func separator(c *cli.Context, name string) string {
	if !c.IsSet(name) && name == "column" {
		return ""
	}
	return strings.ReplaceAll(c.String(name), `\t`, "\t")
}

// runRich writes CSV-stat.
func runRich(c *cli.Context) error {
	c.VoidedBy("rich", "status", "vlabel", "slabel", "fid", "cid", "field", "content", "by", "drop", "status-columns", "status-text", "lang", "decimals", "excel", "bom", "guard")
	if err := separators(c); err != nil {
		return err
	}
	na := c.String("na")
	o := &convert.CSVStatOptions{
		Separator: separator(c, "column"), Decimal: c.String("decimal"), UnitSeparator: separator(c, "unit"), NA: &na,
		Keep: keep(c), CRLF: c.String("eol") == "crlf", AllCells: c.Bool("all-cells"),
	}
	if err := o.Check(); err != nil {
		return cli.Usage(err)
	}
	doc, err := c.OpenDocument(o.Need())
	if err != nil {
		return err
	}
	return each(c, doc, o.CRLF, func(w io.Writer, ds *jsonstat.Dataset) error { return tooMany(convert.WriteCSVStat(w, ds, o)) })
}

// each writes the datasets that the call asks for: the first, the one that
// --dataset names, or all, parted by empty lines.
func each(c *cli.Context, doc *jsonstat.Document, crlf bool, write func(io.Writer, *jsonstat.Dataset) error) error {
	if c.String("dataset") != "all" {
		ds, err := c.Dataset(doc)
		if err != nil {
			return err
		}
		w, err := c.Output()
		if err != nil {
			return err
		}
		return write(w, ds)
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	empty := "\n"
	if crlf {
		empty = "\r\n"
	}
	for i := range max(doc.Len(), 1) {
		ds, err := doc.Dataset(i)
		if err != nil {
			return err
		}
		if i > 0 {
			if _, err := io.WriteString(w, empty); err != nil {
				return err
			}
		}
		if err := write(w, ds); err != nil {
			return err
		}
	}
	return nil
}

// dimension writes a document that is a dimension: its ids and labels.
func dimension(c *cli.Context, doc *jsonstat.Document, o *convert.CSVOptions) error {
	dim, err := doc.Dimension()
	if err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	return convert.WriteDimensionCSV(w, dim, o)
}

// dims reads lists of dimensions: each value is an id, or several parted by
// commas if there is no dimension of that name.
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

// tooMany adds what to do about a cube that is too large to write in full.
func tooMany(err error) error {
	var rows *convert.TooManyRowsError
	if errors.As(err, &rows) {
		return cli.Usage(fmt.Errorf("%w", err), "--non-missing writes what is there; --all-cells writes them all")
	}
	return err
}
