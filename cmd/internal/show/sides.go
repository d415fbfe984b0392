package show

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/choice"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/about"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/internal/screen"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// sides finds out which dimensions stand across, and which down the side.
func sides(c *cli.Context, ds *jsonstat.Dataset, o *convert.TextOptions) error {
	o.By, o.Stub = choice.Dimensions(ds, c.Strings("by")), choice.Dimensions(ds, c.Strings("stub"))
	switch {
	case c.Bool("long"):
		o.By, o.Stub = nil, nil
	case len(o.By) > 0:
	case len(o.Stub) > 0:
		for _, d := range ds.Dimensions() {
			if !slices.Contains(o.Stub, d.ID()) {
				o.By = append(o.By, d.ID())
			}
		}
		if len(o.By) == 0 {
			return cli.Usagef("--stub names all dimensions: none is left to stand across; --long gives each figure a row")
		}
	default:
		o.By = across(ds, o.Rows > 0 && o.Sort == "")
	}
	placed := map[string]bool{}
	for _, id := range slices.Concat(o.By, o.Stub) {
		if placed[id] {
			return cli.Usagef("dimension %q is to have two places in the table", id)
		}
		placed[id] = true
	}
	return nil
}

// constants are the dimensions of one category, each with it, in lines that stand above the
// table in the place of columns, unless they are asked for or left out; the options are
// changed accordingly. A table with commas has their columns.
func constants(ds *jsonstat.Dataset, o *convert.TextOptions) []string {
	if o.CSV || o.DropConstant {
		return nil
	}
	o.DropConstant = true
	var list []string
	for _, d := range ds.Dimensions() {
		if d.Len() != 1 || slices.Contains(o.By, d.ID()) {
			continue
		}
		header := layoutText(o.Field, d.ID(), d.Label())
		list = append(list, header+": "+layoutText(o.Content, d.CategoryID(0), d.CategoryLabel(0)))
	}
	if len(list) == 0 {
		return nil
	}
	line := screen.Visible(about.Line(strings.Join(list, "; ")))
	if o.Width == 0 {
		return []string{line}
	}
	return screen.Wrap(line, o.Width)
}

// layoutText puts an id and a label into words, as the columns of the table do.
func layoutText(show convert.Show, id, label string) string {
	switch show {
	case convert.ID:
		return id
	case convert.Both, convert.Columns:
		return "[" + id + "] " + label
	}
	return label
}

// mostAcross is how many value columns a table has that nobody asked for.
const mostAcross = 200

// across are the dimensions that stand across without a word: those that the office puts
// there, else the time, but for those of one category. Where only some rows are read they
// must be the last ones of the cube, for else a row is anywhere in it.
func across(ds *jsonstat.Dataset, some bool) []string {
	var time []string
	for _, d := range ds.Role(jsonstat.Time) {
		time = append(time, d.ID())
	}
	for _, heading := range [][]string{about.Of(ds).Heading, time} {
		if by := fitting(ds, heading, some); len(by) > 0 {
			return by
		}
	}
	return nil
}

// fitting are the dimensions of a heading that have several categories, none if they make no
// table: too many columns, or nothing is left down the side.
func fitting(ds *jsonstat.Dataset, heading []string, some bool) (by []string) {
	columns := 1
	for _, id := range heading {
		_, d, err := ds.FindDimension(id)
		if err != nil {
			return nil
		}
		if d.Len() != 1 {
			by = append(by, id)
			columns *= min(d.Len(), mostAcross+1)
		}
	}
	var varying []string
	for _, d := range ds.Dimensions() {
		if d.Len() != 1 {
			varying = append(varying, d.ID())
		}
	}
	if columns > mostAcross || len(by) == len(varying) {
		return nil
	}
	for _, id := range varying[len(varying)-len(by):] {
		if some && !slices.Contains(by, id) {
			return nil
		}
	}
	return by
}
