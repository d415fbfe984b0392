// Package table is what the commands that write JSON tables have in common.
package table

import (
	"io"

	"github.com/jsonstat-go/toolkit/cmd/internal/choice"
	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Headings in the help.
const (
	pivoting = "Pivoting"
	rows     = "Rows"
)

// rowFlags are the flags of all JSON tables that the reference does not have.
func rowFlags(names string) []cli.Flag {
	return append([]cli.Flag{
		cli.Choice{Name: "field", Values: []string{"id", "label", "both"}, Help: "what dimensions are called (default: " + names + ")"},
		cli.Choice{Name: "content", Values: []string{"id", "label", "both", "columns"}, Help: "what categories are called; columns: id and label in a column each (default: label)"},
		choice.DropConstant(""),
		cli.Choice{Name: "status-text", Values: []string{"code", "label", "both"}, Default: "code", Help: "what a status says"},
		cli.String{Name: "lang", Value: "LANG", Help: "language of --status-text and other words of ours: no, nb, nn or en (default: the document's)"},
	}, choice.Rows(rows)...)
}

// plainFlags are the flags of jsonstat2array and jsonstat2object.
func plainFlags() []cli.Flag {
	return append([]cli.Flag{
		cli.Bool{Name: "status", Short: 's', Help: "add the status of each cell"},
		cli.String{Name: "vlabel", Short: 'v', Default: "Value", Help: "name of the value column"},
		cli.String{Name: "slabel", Short: 'l', Default: "Status", Help: "name of the status column"},
		cli.Bool{Name: "fid", Short: 'f', Help: "ids in the header, same as --field id"},
		cli.Bool{Name: "cid", Short: 'c', Help: "ids in the cells, same as --content id"},
	}, rowFlags("label")...)
}

// objectFlags are the flags of jsonstat2arrobj and jsonstat2objarr.
func objectFlags() []cli.Flag {
	return append([]cli.Flag{
		cli.Bool{Name: "status", Short: 's', Help: "add the status of each cell"},
		cli.Bool{Name: "flabel", Short: 'f', Help: "labels as names of dimensions, same as --field label"},
		cli.Bool{Name: "cid", Short: 'c', Help: "ids in the cells, same as --content id"},
		cli.String{Name: "vlabel", Short: 'v', Default: "Value", Help: "name of the value; only with labels as names"},
		cli.String{Name: "slabel", Short: 'a', Default: "Status", Help: "name of the status; only with labels as names"},
		cli.Bool{Name: "unit", Short: 'u', Help: "add the unit of each cell"},
		cli.Bool{Name: "meta", Short: 'm', Help: "wrap the table with a description of the dataset"},
		cli.Bool{Name: "comma", Short: 'k', Help: "numbers as texts with a decimal comma"},
		cli.Strings{Name: "by", Short: 'b', Value: "DIM", Complete: cli.Dimensions, Group: pivoting, Help: "a member for each category of this dimension"},
		cli.Bool{Name: "bylabel", Short: 'l', Group: pivoting, Help: "name these members by labels"},
		cli.String{Name: "prefix", Short: 'p', Value: "TEXT", Group: pivoting, Help: "put this in front of their names"},
		cli.Strings{Name: "drop", Short: 'd', Value: "DIM,...", Complete: cli.Dimensions, Group: pivoting, Help: "leave out these dimensions of one category"},
	}, rowFlags("id")...)
}

// A Writer writes the table of a dataset.
type Writer func(io.Writer, *jsonstat.Dataset, *convert.JSONOptions) error

// A Format is what a command that writes a JSON table has of its own.
type Format struct {
	Write Writer
	Lines Writer        // writes a row a line with --ndjson; nil: there is no such flag
	Need  jsonstat.Need // besides what the options need
}

// Plain completes the table of jsonstat2array and jsonstat2object: what they are called
// and examples are their own.
func (f Format) Plain(cmd cli.Command) cli.Command { return f.complete(cmd, plainFlags(), f.runPlain) }

// Objects completes the table of jsonstat2arrobj and jsonstat2objarr.
func (f Format) Objects(cmd cli.Command) cli.Command {
	return f.complete(cmd, objectFlags(), f.runObjects)
}

func (f Format) complete(cmd cli.Command, flags []cli.Flag, run func(*cli.Context) error) cli.Command {
	if f.Lines != nil {
		flags = append(flags, cli.Bool{Name: "ndjson", Group: rows, Help: "write a row a line, with nothing around"})
	}
	cmd.Args, cmd.Formats, cmd.ReadsJSONStat = cli.InputOutput, formats.Registry{}, true
	cmd.Flags, cmd.Run = flags, run
	return cmd
}

// runPlain runs a command that has the plainFlags.
func (f Format) runPlain(c *cli.Context) error {
	o, err := options(c, "fid", "id", convert.Label)
	if err != nil {
		return err
	}
	o.Lines = f.Lines != nil && c.Bool("ndjson")
	if o.Field == convert.ID {
		c.VoidedBy("field id", "vlabel", "slabel")
	}
	return f.run(c, o)
}

// runObjects runs a command that has the objectFlags.
func (f Format) runObjects(c *cli.Context) error {
	if f.Lines != nil && c.Bool("ndjson") {
		c.VoidedBy("ndjson", "meta")
		f.Write = f.Lines
	}
	o, err := options(c, "flabel", "label", convert.ID)
	if err != nil {
		return err
	}
	o.Unit, o.Meta, o.Comma = c.Bool("unit"), c.Bool("meta"), c.Bool("comma")
	o.By = c.Strings("by")
	o.ByLabel, o.Prefix = c.Bool("bylabel"), c.String("prefix")
	pivoted := len(o.By) > 0
	o.Drop = choice.Drop(c, pivoted)
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
	return f.run(c, o)
}

// options reads the flags that all commands have: field is the one that is short for a
// word of --field.
func options(c *cli.Context, field, word string, names convert.Show) (*convert.JSONOptions, error) {
	o := &convert.JSONOptions{
		Table: convert.Table{
			Content:    choice.Show(c, "content", "cid", "id", convert.Label),
			Field:      choice.Show(c, "field", field, word, names),
			StatusText: choice.StatusText(c),
			Lang:       c.String("lang"),
			AllCells:   c.Bool("all-cells"),

			DropConstant: c.Bool("drop-constant"),

			Warn:  func(message string) { c.Warn("%s", message) },
			Doubt: choice.Doubt(c),
		},
		Status:    c.Bool("status"),
		ValueName: c.String("vlabel"), StatusName: c.String("slabel"),
	}
	if err := choice.Lang(c); err != nil {
		return nil, err
	}
	o.Keep = choice.Keep(c)
	if c.IsSet("status-text") && !o.Status {
		c.Warn("--status-text has no effect without --status")
	}
	if c.IsSet("lang") && o.StatusText == convert.StatusCode {
		c.Warn("--lang has no effect without --status-text")
	}
	return o, nil
}

// run reads the dataset and writes the table.
func (f Format) run(c *cli.Context, o *convert.JSONOptions) error {
	cut, err := criteria.Read(c)
	if err != nil {
		return err
	}
	ds, err := cut.Open(c, f.Need|o.Need())
	if err != nil {
		return err
	}
	o.By, o.Drop = choice.Dimensions(ds, o.By), choice.Dimensions(ds, o.Drop)
	w, err := c.Output()
	if err != nil {
		return err
	}
	return choice.TooMany(f.Write(w, ds, o))
}
