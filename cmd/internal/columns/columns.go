// Package columns is what the commands for formats with typed columns share.
package columns

import (
	"errors"
	"fmt"

	"github.com/jsonstat-go/toolkit/cmd/internal/choice"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Flags are what the flags of a writer say of its columns and rows.
type Flags struct {
	Field, Content convert.Show
	Keep           convert.Keep
}

// Read reads the flags flabel, cid, field, content, non-missing and non-empty.
func Read(c *cli.Context) Flags {
	f := Flags{Field: choice.ShowOf(c.String("field")), Content: choice.ShowOf(c.String("content")), Keep: choice.Keep(c)}
	switch {
	case f.Field == convert.Default && c.Bool("flabel"):
		f.Field = convert.Label
	case f.Field != convert.Default && f.Field != convert.Label:
		c.VoidedBy("field", "flabel")
	}
	switch {
	case f.Content == convert.Default && c.Bool("cid"):
		f.Content = convert.ID
	case f.Content != convert.Default && f.Content != convert.ID:
		c.VoidedBy("content", "cid")
	}
	return f
}

// Advise adds to an error of a writer which option would help.
func Advise(err error) error {
	var value interface{ TypeNeeded() string }
	if errors.As(err, &value) {
		return cli.Usage(fmt.Errorf("%w: try --type %s", err, value.TypeNeeded()))
	}
	return choice.TooMany(err)
}

// Writing are the flags of the commands that write a table with typed columns.
func Writing() []cli.Flag {
	return []cli.Flag{
		cli.Bool{Name: "flabel", Short: 'f', Help: "labels as names of dimensions, same as --field label"},
		cli.Bool{Name: "cid", Short: 'c', Help: "ids in the cells, same as --content id"},
		cli.Choice{Name: "field", Values: []string{"id", "label", "both"}, Help: "what dimensions are called (default: id)"},
		cli.Choice{Name: "content", Values: []string{"id", "label", "both", "columns"}, Help: "what categories are called; columns: id and label in a column each (default: label)"},
		cli.Choice{Name: "type", Values: []string{"auto", "float64", "int64", "utf8"}, Help: "type of the values; auto: int64 if all are whole, utf8 if one is a text, else float64 (default: float64, or utf8 if one is a text)"},
		cli.Bool{Name: "dates", Help: "periods as dates: the first day of each year, quarter, month, ..."},

		cli.Bool{Name: "non-missing", Group: "Rows", Help: "only cells with a value"},
		cli.Bool{Name: "non-empty", Group: "Rows", Help: "only cells with a value or a status"},
		cli.Bool{Name: "all-cells", Group: "Rows", Help: "write a sparse cube of more than 100 million cells in full"},
	}
}
