// Package show is the commands print and head, which show a table on a terminal or in a
// pipe.
package show

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/choice"
	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/cmd/internal/source"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/about"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/internal/screen"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Print is the table of the command that shows all of a table.
func Print() cli.Command {
	return table(cli.Command{
		Name:    "print",
		Summary: "show a table",
		Description: "Columns under their headers, numbers one below the other with the decimals of their units, statuses beside them. " +
			"Across stand the dimensions that the document's office puts there, else the time; --by says otherwise, --long that each figure has a row. " +
			"On a terminal a table is as wide as that; columns that do not fit are named below it. In a pipe it has all.",
		Examples: []cli.Example{
			{Line: "jsonstat print oslo.json", Text: "years across"},
			{Line: "jsonstat print oslo.json --by Region --keep 'Tid=top(2)'", Text: "districts across, the latest two years"},
			{Line: "jsonstat print oslo.json --long --content both", Text: "a row for each figure, with codes and labels"},
		},
	}, 0)
}

// Head is the table of the command that shows the first rows.
func Head() cli.Command {
	return table(cli.Command{
		Name:    "head",
		Summary: "show the first rows of a table",
		Description: "As print does, and no more is read than is shown. " +
			"The dimensions across are those of the document only where they are the last ones.",
		Examples: []cli.Example{
			{Line: "jsonstat head oslo.json", Text: "ten rows"},
			{Line: "jsonstat head oslo.json -n 3 --long", Text: "three figures"},
		},
	}, 10)
}

// table completes the table of one of them; rows is how many rows are shown, 0 all.
func table(cmd cli.Command, rows int) cli.Command {
	const shape, kept = "What the table looks like", "Rows"
	cmd.Args, cmd.Formats, cmd.Folders = "[input]", source.Formats(), true
	standard := "all"
	if rows > 0 {
		standard = strconv.Itoa(rows)
	}
	cmd.Flags = append([]cli.Flag{
		cli.Strings{Name: "by", Old: []string{"heading"}, Value: "DIM,...", Complete: cli.Dimensions, Group: shape, Help: "dimensions across: a column for each category"},
		cli.Strings{Name: "stub", Value: "DIM,...", Complete: cli.Dimensions, Group: shape, Help: "dimensions down the side, in this order; without --by the others stand across"},
		cli.Bool{Name: "long", Group: shape, Help: "a row for each figure"},
		cli.Choice{Name: "field", Values: []string{"id", "label", "both"}, Group: shape, Help: "what dimensions are called (default: label)"},
		cli.Choice{Name: "content", Values: []string{"id", "label", "both", "columns"}, Group: shape, Help: "what categories are called; columns: id and label in a column each (default: label)"},
		cli.Choice{Name: "status-text", Values: []string{"code", "label", "both"}, Default: "code", Group: shape, Help: "what a status says"},
		cli.String{Name: "lang", Value: "LANG", Group: shape, Help: "language of --status-text and other words of ours: no, nb, nn or en (default: the document's)"},
		cli.String{Name: "width", Value: "N", Group: shape, Help: "columns of a line, 0 for any number (default: those of the terminal)"},
		choice.DropConstant(shape),
		cli.Bool{Name: "csv", Group: shape, Help: "the same table as lines with commas"},
		cli.Bool{Name: "pager", Group: shape, Help: "on a terminal through the program that $PAGER names, else less, with all columns"},
		cli.String{Name: "rows", Short: 'n', Value: "N", Group: kept, Help: "so many rows at most (default: " + standard + ")"},
		cli.String{Name: "sort", Value: "COLUMN", Group: kept, Help: "rows in the order of the column under this header: numbers by size, missing ones last"},
		cli.Bool{Name: "reverse", Group: kept, Help: "with --sort: the greatest first"},
	}, append(choice.Rows(kept), source.Flags()...)...)
	cmd.ReadsJSONStat, cmd.HandsTo = true, source.HandsTo
	cmd.Run = func(c *cli.Context) error { return run(c, rows) }
	return cmd
}

func run(c *cli.Context, rows int) error {
	cut, err := criteria.Read(c)
	if err != nil {
		return err
	}
	o, err := options(c, rows)
	if err != nil {
		return err
	}
	ds, err := open(c, cut, o, rows > 0)
	if err != nil {
		return err
	}
	if err := sides(c, ds, o); err != nil {
		return err
	}
	if c.Bool("pager") && !o.CSV && c.Page() && !c.IsSet("width") {
		o.Width = 0
	}
	above := constants(ds, o)
	w, err := c.Output()
	if err != nil {
		return err
	}
	return write(w, ds, o, above)
}

// small is how large a file is that is read whole for its first rows.
const small = 4 << 20

// open opens the input. Of a large file, or a pipe, of which some rows are shown, no more is
// read than those: statuses that stand behind the cells are not known then.
func open(c *cli.Context, cut *criteria.Cut, o *convert.TextOptions, some bool) (*jsonstat.Dataset, error) {
	if size := c.InputSize(); some && inOrder(c) && cut.All() && (size == 0 || size > small) {
		ds, known, err := source.OpenFront(c)
		if err == nil && !known {
			o.NoStatus = true
			c.Warn("statuses that stand behind the cells are not shown: print --rows %d reads them", o.Rows)
		}
		return ds, err
	}
	doc, _, err := source.Open(c, cut.Need(jsonstat.NeedHead|jsonstat.NeedStatus|jsonstat.NeedOrder))
	if err != nil {
		return nil, err
	}
	ds, err := c.Dataset(doc)
	if err != nil {
		return nil, err
	}
	return cut.Of(ds)
}

// inOrder tells whether the first rows are made of the first cells.
func inOrder(c *cli.Context) bool {
	return !c.IsSet("dataset") && !c.IsSet("sort") && (c.Bool("long") || len(c.Strings("by"))+len(c.Strings("stub")) == 0)
}

// write writes the title, what stands above the table, the table, and what is not shown of it.
func write(w io.Writer, ds *jsonstat.Dataset, o *convert.TextOptions, above []string) error {
	if !o.CSV {
		if err := lines(w, append(titleOf(ds, o.Width), above...)); err != nil {
			return err
		}
	}
	rest, err := convert.WriteText(w, ds, o)
	if err != nil {
		return failure(err)
	}
	return lines(w, left(rest.Columns, max(20, o.Width)))
}

func lines(w io.Writer, list []string) error {
	for _, line := range list {
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// mostLeft is how many lines say which columns do not fit.
const mostLeft = 3

// left are the lines that name the columns that do not fit.
func left(columns []string, width int) []string {
	n := len(columns)
	if n == 0 {
		return nil
	}
	said := screen.Wrap(fmt.Sprintf("%d more column%s: %s", n, strings.Repeat("s", min(1, n-1)), strings.Join(columns, ", ")), width)
	if len(said) > mostLeft {
		said = said[:mostLeft]
		said[mostLeft-1] = screen.Clip(said[mostLeft-1], width-2) + " …"
	}
	return said
}

// failure is an error of the table with the options that help.
func failure(err error) error {
	if _, ok := errors.AsType[*convert.TooManyToSortError](err); ok {
		return cli.WithHints(err, "--keep chooses fewer, --rows shows the first of them")
	}
	return choice.TooMany(err)
}

// titleOf are the lines of the title.
func titleOf(ds *jsonstat.Dataset, width int) []string {
	title := screen.Visible(about.Line(ds.Label()))
	switch {
	case title == "":
		return nil
	case width == 0:
		return []string{title}
	}
	return screen.Wrap(title, width)
}

// options reads the flags.
func options(c *cli.Context, rows int) (*convert.TextOptions, error) {
	o := &convert.TextOptions{
		Table: convert.Table{
			Keep: choice.Keep(c), StatusText: choice.StatusText(c), Lang: c.String("lang"),
			DropConstant: c.Bool("drop-constant"), AllCells: c.Bool("all-cells"),
			Warn: func(message string) { c.Warn("%s", message) }, Doubt: choice.Doubt(c),
			Field: choice.Word(c, "field"), Content: choice.Word(c, "content"),
		},
		Rows: int64(rows), Width: c.Width(), Sort: c.String("sort"), Reverse: c.Bool("reverse"), CSV: c.Bool("csv"),
		Measure: screen.Width, Clip: screen.Clip, Visible: screen.Visible,
	}
	if err := choice.Lang(c); err != nil {
		return nil, err
	}
	if c.Bool("long") {
		c.VoidedBy("long", "by", "stub")
	}
	if o.CSV {
		c.VoidedBy("csv", "width", "pager")
	}
	if o.Reverse && o.Sort == "" {
		return nil, cli.Usagef("--reverse goes with --sort, which names a column")
	}
	for flag, to := range map[string]func(int){"rows": func(n int) { o.Rows = int64(n) }, "width": func(n int) { o.Width = n }} {
		if !c.IsSet(flag) {
			continue
		}
		n, err := strconv.Atoi(c.String(flag))
		if err != nil || n < 0 || flag == "rows" && n == 0 {
			return nil, cli.Usagef("--%s is a number, not %q", flag, c.String(flag))
		}
		to(n)
	}
	return o, nil
}
