package columns

import (
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Dimensions reads the flag dimension, which may be given several times. A name is
// not taken apart: columns may have commas in theirs.
func Dimensions(c *cli.Context) []string { return c.Strings("dimension") }

// Reading are the flags of the commands that read a table with typed columns.
func Reading() []cli.Flag {
	return []cli.Flag{
		cli.String{Name: "value", Value: "COLUMN", Help: "column of the values (default: the one called value, else the first of numbers)"},
		cli.String{Name: "status", Value: "COLUMN", Help: "column of the statuses (default: the one called status, if any)"},
		cli.Strings{Name: "dimension", Value: "COLUMN", Help: "column that is a dimension; give it once for each, in order (default: all others)"},
		cli.Strings{Name: "role", Value: "ROLE=DIM,...", Help: "role of dimensions: time, geo or metric"},
		cli.Bool{Name: "all-cells", Help: "write a sparse cube of more than 100 million cells in full"},
	}
}
