// Package table is what the commands that write JSON tables have in common.
package table

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Headings in the help.
const (
	Pivoting = "Pivoting"
	Rows     = "Rows"
)

// rowFlags are the flags of all JSON tables that the reference does not have.
func rowFlags(names string) []cli.Flag {
	return []cli.Flag{
		cli.Choice{Name: "field", Values: []string{"id", "label", "both"}, Help: "what the names of dimensions say (default: " + names + ")"},
		cli.Choice{Name: "content", Values: []string{"id", "label", "both", "columns"}, Help: "what categories say; columns: id and label apart (default: label)"},
		cli.Choice{Name: "status-text", Values: []string{"code", "label", "both"}, Default: "code", Help: "what a status says"},
		cli.String{Name: "lang", Value: "LANG", Help: "language of --status-text: no, nb, nn or en (default: the document's)"},
		cli.Bool{Name: "non-missing", Group: Rows, Help: "only cells with a value"},
		cli.Bool{Name: "non-empty", Group: Rows, Help: "only cells with a value or a status"},
		cli.Bool{Name: "all-cells", Group: Rows, Help: "write a sparse cube of more than 100 million cells in full"},
	}
}

// NDJSON is the flag for rows in lines.
func NDJSON(what string) cli.Flag {
	return cli.Bool{Name: "ndjson", Group: Rows, Help: "write " + what + " a line, with nothing around"}
}

// PlainFlags are the flags of jsonstat2array and jsonstat2object.
func PlainFlags() []cli.Flag {
	return append([]cli.Flag{
		cli.Bool{Name: "status", Short: 's', Help: "add the status of each cell"},
		cli.String{Name: "vlabel", Short: 'v', Default: "Value", Help: "name of the value column"},
		cli.String{Name: "slabel", Short: 'l', Default: "Status", Help: "name of the status column"},
		cli.Bool{Name: "fid", Short: 'f', Help: "ids in the header, same as --field id"},
		cli.Bool{Name: "cid", Short: 'c', Help: "ids in the cells, same as --content id"},
	}, rowFlags("label")...)
}

// ObjectFlags are the flags of jsonstat2arrobj and jsonstat2objarr.
func ObjectFlags() []cli.Flag {
	return append([]cli.Flag{
		cli.Bool{Name: "status", Short: 's', Help: "add the status of each cell"},
		cli.Bool{Name: "flabel", Short: 'f', Help: "labels as names of dimensions, same as --field label"},
		cli.Bool{Name: "cid", Short: 'c', Help: "ids of categories, same as --content id"},
		cli.String{Name: "vlabel", Short: 'v', Default: "Value", Help: "name of the value; only with labels as names"},
		cli.String{Name: "slabel", Short: 'a', Default: "Status", Help: "name of the status; only with labels as names"},
		cli.Bool{Name: "unit", Short: 'u', Help: "add the unit of each cell"},
		cli.Bool{Name: "meta", Short: 'm', Help: "wrap the table with a description of the dataset"},
		cli.Bool{Name: "comma", Short: 'k', Help: "numbers as texts with a decimal comma"},
		cli.Strings{Name: "by", Short: 'b', Value: "DIM", Group: Pivoting, Help: "a member for each category of this dimension"},
		cli.Bool{Name: "bylabel", Short: 'l', Group: Pivoting, Help: "name these members by labels"},
		cli.String{Name: "prefix", Short: 'p', Value: "TEXT", Group: Pivoting, Help: "put this in front of their names"},
		cli.Strings{Name: "drop", Short: 'd', Value: "DIM,...", Group: Pivoting, Help: "leave out these dimensions of one category"},
	}, rowFlags("id")...)
}

// A Writer writes a table of a dataset.
type Writer func(io.Writer, *jsonstat.Dataset, *convert.JSONOptions) error

// RunPlain runs a command that has the PlainFlags.
func RunPlain(c *cli.Context, write Writer, lines bool) error {
	o, err := options(c, "fid", "cid", convert.Label)
	if err != nil {
		return err
	}
	o.Lines = lines
	if o.Field == convert.ID {
		c.VoidedBy("field id", "vlabel", "slabel")
	}
	return run(c, o, o.Need(), write)
}

// RunObjects runs a command that has the ObjectFlags.
func RunObjects(c *cli.Context, need jsonstat.Need, write Writer) error {
	o, err := options(c, "flabel", "cid", convert.ID)
	if err != nil {
		return err
	}
	o.Unit, o.Meta, o.Comma = c.Bool("unit"), c.Bool("meta"), c.Bool("comma")
	o.By, o.Drop = c.Strings("by"), c.Strings("drop")
	o.ByLabel, o.Prefix = c.Bool("bylabel"), c.String("prefix")
	pivoted := len(o.By) > 0
	switch {
	case pivoted:
		c.VoidedBy("by", "status", "unit", "flabel", "field", "vlabel", "slabel", "status-text", "lang")
		if o.ByLabel && c.Bool("cid") && !c.IsSet("content") {
			c.VoidedBy("cid", "bylabel")
		}
	default:
		for _, name := range []string{"bylabel", "prefix"} {
			if c.IsSet(name) {
				c.Warn("--%s has no effect without --by", name)
			}
		}
		if o.Field == convert.ID {
			for _, name := range []string{"vlabel", "slabel"} {
				if c.IsSet(name) {
					c.Warn("--%s has no effect without labels as names (--flabel)", name)
				}
			}
		}
	}
	return run(c, o, need|o.Need(), write)
}

// options reads the flags that all commands have.
func options(c *cli.Context, field, content string, names convert.Show) (*convert.JSONOptions, error) {
	o := &convert.JSONOptions{
		Table: convert.Table{
			Field:      show(c, "field", "", names),
			Content:    show(c, "content", content, convert.Label),
			StatusText: map[string]convert.StatusText{"code": convert.StatusCode, "label": convert.StatusLabel, "both": convert.StatusBoth}[c.String("status-text")],
			Lang:       c.String("lang"),
			AllCells:   c.Bool("all-cells"),
			Warn:       func(message string) { c.Warn("%s", message) },
		},
		Status:    c.Bool("status"),
		ValueName: c.String("vlabel"), StatusName: c.String("slabel"),
	}
	if c.Bool(field) {
		other := convert.ID
		if names == convert.ID {
			other = convert.Label
		}
		if c.IsSet("field") && o.Field != other {
			c.VoidedBy("field", field)
		} else {
			o.Field = other
		}
	}
	switch lang, _, _ := strings.Cut(strings.ToLower(o.Lang), "-"); lang {
	case "", "no", "nb", "nn", "en":
	default:
		return nil, cli.Usagef("--lang %q is not known: it is no, nb, nn or en", o.Lang)
	}
	switch {
	case c.Bool("non-missing"):
		o.Keep = convert.NonMissing
		c.VoidedBy("non-missing", "non-empty")
	case c.Bool("non-empty"):
		o.Keep = convert.NonEmpty
	}
	if c.IsSet("status-text") && !o.Status {
		c.Warn("--status-text has no effect without --status")
	}
	if c.IsSet("lang") && o.StatusText == convert.StatusCode {
		c.Warn("--lang has no effect without --status-text")
	}
	return o, nil
}

// show reads what is shown: by name, or by the letter that means ids.
func show(c *cli.Context, name, letter string, standard convert.Show) convert.Show {
	shows := map[string]convert.Show{"id": convert.ID, "label": convert.Label, "both": convert.Both, "columns": convert.Columns}
	switch {
	case c.IsSet(name):
		if letter != "" && c.String(name) != "id" {
			c.VoidedBy(name, letter)
		}
		return shows[c.String(name)]
	case letter != "" && c.Bool(letter):
		return convert.ID
	}
	return standard
}

// run reads the dataset and writes the table.
func run(c *cli.Context, o *convert.JSONOptions, need jsonstat.Need, write Writer) error {
	ds, err := c.OpenDataset(need)
	if err != nil {
		return err
	}
	o.By, o.Drop = dims(ds, o.By), dims(ds, o.Drop)
	w, err := c.Output()
	if err != nil {
		return err
	}
	err = write(w, ds, o)
	var rows *convert.TooManyRowsError
	if errors.As(err, &rows) {
		return cli.Usage(fmt.Errorf("%w", err), "--non-missing writes what is there; --all-cells writes them all")
	}
	return err
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
	return slices.Clip(ids)
}
