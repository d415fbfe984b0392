package columns

import (
	"errors"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Dimensions reads the flag dimension, which may be given several times. A name is
// not taken apart: columns may have commas in theirs.
func Dimensions(c *cli.Context) []string { return c.Strings("dimension") }

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

// Write writes what was read from a table in the form that the table had as a
// document.
func Write(c *cli.Context, ds *jsonstat.Dataset) error {
	w, err := c.Output()
	if err != nil {
		return err
	}
	err = ds.Write(w, &jsonstat.WriteOptions{AllCells: c.Bool("all-cells")})
	if errors.Is(err, jsonstat.ErrLimit) {
		return cli.Usage(err, "--all-cells writes them all")
	}
	return err
}

// Reading are the flags of the commands that read a table with typed columns.
var Reading = []cli.Flag{
	cli.String{Name: "value", Value: "COLUMN", Help: "column of the values (default: the one called value, else the first of numbers)"},
	cli.String{Name: "status", Value: "COLUMN", Help: "column of the statuses (default: the one called status, if any)"},
	cli.Strings{Name: "dimension", Value: "COLUMN", Help: "column that is a dimension; give it once for each, in order (default: all others)"},
	cli.Strings{Name: "role", Value: "ROLE=DIM,...", Help: "role of dimensions: time, geo or metric"},
	cli.Bool{Name: "all-cells", Help: "write a sparse cube of more than 100 million cells in full"},
}
