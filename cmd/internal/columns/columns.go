// Package columns is what the commands for formats with typed columns share.
package columns

import (
	"errors"
	"fmt"

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
	shows := map[string]convert.Show{"id": convert.ID, "label": convert.Label, "both": convert.Both, "columns": convert.Columns}
	f := Flags{Field: shows[c.String("field")], Content: shows[c.String("content")]}
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
	switch {
	case c.Bool("non-missing"):
		f.Keep = convert.NonMissing
		if c.Bool("non-empty") {
			c.VoidedBy("non-missing", "non-empty")
		}
	case c.Bool("non-empty"):
		f.Keep = convert.NonEmpty
	}
	return f
}

// Advise adds to an error of a writer which option would help.
func Advise(err error) error {
	var rows *convert.TooManyRowsError
	if errors.As(err, &rows) {
		return cli.Usage(fmt.Errorf("%w", err), "--non-missing writes what is there; --all-cells writes them all")
	}
	var value interface{ TypeNeeded() string }
	if errors.As(err, &value) {
		return cli.Usage(fmt.Errorf("%w: try --type %s", err, value.TypeNeeded()))
	}
	return err
}
