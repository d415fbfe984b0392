// Package cubes is what the commands share that make cubes of tables.
package cubes

import (
	"encoding/csv"
	"errors"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Head opens the document that the flag head names, and takes its first dataset.
// Call done when the cube is made. Without the flag there is none.
func Head(c *cli.Context) (head *jsonstat.Dataset, done func(), err error) {
	name := c.String("head")
	if name == "" {
		return nil, func() {}, nil
	}
	doc, err := jsonstat.Open(name)
	if err != nil {
		return nil, nil, cli.Usagef("--head %s: %v", name, err)
	}
	done = func() { _ = doc.Close() }
	if head, err = doc.Dataset(0); err != nil {
		done()
		return nil, nil, cli.Usagef("--head %s: %v", name, err)
	}
	return head, done, nil
}

// Wide reads the flag stub, which goes with by, into options that have By already.
// The options void have no effect in a wide table.
func Wide(c *cli.Context, o *convert.ReadCSVOptions, void ...string) error {
	if text := c.String("stub"); text != "" {
		r := csv.NewReader(strings.NewReader(text)) // a column may have a comma in its name
		r.LazyQuotes = true
		stub, err := r.Read()
		if err != nil {
			return cli.Usagef("--stub: %v", err)
		}
		o.Stub = stub
	}
	switch {
	case c.IsSet("stub") && o.By == "":
		return cli.Usagef("--stub says which columns are dimensions; --by must name the dimension that the others are")
	case o.By != "" && len(o.Stub) == 0 && !c.IsSet("head"):
		return cli.Usagef("--by needs --stub, the columns that are dimensions, or --head, which knows them")
	case o.By != "":
		c.VoidedBy("by", void...)
	}
	return nil
}

// Content reads the flag content.
func Content(c *cli.Context) convert.Show {
	return map[string]convert.Show{"both": convert.Both, "columns": convert.Columns}[c.String("content")]
}

// Roles reads the flag role: lists of dimensions, each with its role in front or with
// that of the one before.
func Roles(c *cli.Context) (map[string]jsonstat.Role, error) {
	var roles map[string]jsonstat.Role
	for _, text := range c.Strings("role") {
		role := ""
		for _, part := range strings.Split(text, ",") {
			before, after, ok := strings.Cut(part, "=")
			if ok {
				role, part = before, after
			}
			switch r := jsonstat.Role(role); r {
			case jsonstat.Time, jsonstat.Geo, jsonstat.Metric:
				if roles == nil {
					roles = map[string]jsonstat.Role{}
				}
				roles[part] = r
			default:
				return nil, cli.Usagef("--role %q is not understood: write time=DIM, geo=DIM or metric=DIM", text)
			}
		}
	}
	return roles, nil
}

// Forms are the forms in which a cube is written: sparse as the flags ovalue and
// ostatus say, else as given.
func Forms(c *cli.Context, form jsonstat.Form) *jsonstat.WriteOptions {
	o := &jsonstat.WriteOptions{Values: form, Statuses: form, AllCells: c.Bool("all-cells")}
	if c.Bool("ovalue") {
		o.Values = jsonstat.Sparse
	}
	if c.Bool("ostatus") {
		o.Statuses = jsonstat.Sparse
	}
	return o
}

// Write writes a cube, with nil options in the forms that it has. The hint is for
// one that is too large to be written whole.
func Write(c *cli.Context, ds *jsonstat.Dataset, o *jsonstat.WriteOptions, hint string) error {
	if o == nil {
		o = &jsonstat.WriteOptions{AllCells: c.Bool("all-cells")}
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	return TooLarge(ds.Write(w, o), hint)
}

// TooLarge adds the hint to the error for a cube that is too large.
func TooLarge(err error, hint string) error {
	if errors.Is(err, jsonstat.ErrLimit) {
		return cli.Usage(err, hint)
	}
	return err
}
