// Package choice reads the flags that all commands share which write a table: what
// its cells say, which dimensions make columns, which cells become rows.
package choice

import (
	"errors"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Rows are the flags that say which cells become rows, under a heading of the help.
func Rows(group string) []cli.Flag {
	return append(criteria.Flags(group),
		cli.Bool{Name: "non-missing", Group: group, Help: "only cells with a value"},
		cli.Bool{Name: "non-empty", Group: group, Help: "only cells with a value or a status"},
		cli.Bool{Name: "all-cells", Group: group, Help: "write a sparse cube of more than 100 million cells in full"},
	)
}

// showOf is what a word of the flags field and content means.
func showOf(word string) convert.Show {
	return map[string]convert.Show{"id": convert.ID, "label": convert.Label, "both": convert.Both, "columns": convert.Columns}[word]
}

// Show reads what is shown: the flag name, or the old one that is short for a word of
// it; else the standard.
func Show(c *cli.Context, name, short, word string, standard convert.Show) convert.Show {
	switch {
	case c.IsSet(name):
		if c.String(name) != word { // else the two agree
			c.VoidedBy(name, short)
		}
		return showOf(c.String(name))
	case c.Bool(short):
		return showOf(word)
	}
	return standard
}

// Word reads a flag whose word says what is shown; the default where it is not given.
func Word(c *cli.Context, name string) convert.Show { return showOf(c.String(name)) }

// Doubt warns of what another option would keep: names of fields of [convert.Table].
func Doubt(c *cli.Context) func(message string, options []string) {
	return func(message string, options []string) {
		for _, o := range options {
			if o == "Content" {
				message += "; --content id, both or columns tells them apart"
			}
		}
		c.Warn("%s", message)
	}
}

// Keep reads the flags non-missing and non-empty.
func Keep(c *cli.Context) convert.Keep {
	switch {
	case c.Bool("non-missing"):
		c.VoidedBy("non-missing", "non-empty")
		return convert.NonMissing
	case c.Bool("non-empty"):
		return convert.NonEmpty
	}
	return convert.All
}

// StatusText reads the flag status-text.
func StatusText(c *cli.Context) convert.StatusText {
	return map[string]convert.StatusText{"label": convert.StatusLabel, "both": convert.StatusBoth}[c.String("status-text")]
}

// DropConstant is the flag drop-constant, under a heading of the help.
func DropConstant(group string) cli.Flag {
	return cli.Bool{Name: "drop-constant", Group: group, Help: "leave out all dimensions of one category"}
}

// Drop reads the flag drop, which says nothing of a table that is not pivoted.
func Drop(c *cli.Context, pivoted bool) []string {
	if !pivoted && c.IsSet("drop") {
		c.Warn("--drop has no effect without --by; --drop-constant leaves out dimensions of one category in any table")
		return nil
	}
	return c.Strings("drop")
}

// Lang checks the flag lang.
func Lang(c *cli.Context) error {
	switch lang, _, _ := strings.Cut(strings.ToLower(c.String("lang")), "-"); lang {
	case "", "no", "nb", "nn", "en":
		return nil
	}
	return cli.Usagef("--lang %q is not known: it is no, nb, nn or en", c.String("lang"))
}

// Dimensions takes lists of dimensions apart: each value is an id, or several parted
// by commas if there is no dimension of that name.
func Dimensions(ds *jsonstat.Dataset, values []string) []string {
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

// TooMany adds what to do about a cube that is too large to write in full.
func TooMany(err error) error {
	var rows *convert.TooManyRowsError
	if errors.As(err, &rows) {
		return cli.Usage(err, "--non-missing writes what is there; --all-cells writes them all")
	}
	return err
}
