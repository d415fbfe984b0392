// Package columns is what the commands for formats with typed columns share.
package columns

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/jsonstat-go/toolkit/cmd/internal/choice"
	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/cmd/internal/cubes"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Writing are the flags of the commands that write a table with typed columns.
func Writing() []cli.Flag {
	return append([]cli.Flag{
		cli.Bool{Name: "flabel", Short: 'f', Help: "labels as names of dimensions, same as --field label"},
		cli.Bool{Name: "cid", Short: 'c', Help: "ids in the cells, same as --content id"},
		cli.Choice{Name: "field", Values: []string{"id", "label", "both"}, Help: "what dimensions are called (default: id)"},
		cli.Choice{Name: "content", Values: []string{"id", "label", "both", "columns"}, Help: "what categories are called; columns: id and label in a column each (default: label)"},
		cli.Bool{Name: "safe-names", Help: "names of columns that every engine takes, Delta and BigQuery among them: Kjonn for Kjønn"},
		choice.DropConstant(""),
		cli.Choice{Name: "type", Values: []string{"auto", "float64", "double", "int64", "utf8"}, Help: "type of the values; auto: int64 if all are whole, utf8 if one is a text, else float64; double: float64, and texts in a column value_text (default: float64, or utf8 if one is a text)"},
		cli.Bool{Name: "dates", Help: "periods as dates: the first day of each year, quarter, month, ..."},
	}, choice.Rows(rows)...)
}

// rows is a heading of the help.
const rows = "Rows"

// Options are what the flags say of a table that is written, whatever its format.
type Options struct {
	Field, Content  convert.Show
	Keep            convert.Keep
	Type            string
	Dates, AllCells bool
	DropConstant    bool
	SafeNames       bool
	Warn            func(message string)
}

// ReadOptions reads the flags of [Writing].
func ReadOptions(c *cli.Context) Options {
	return Options{
		Keep:    choice.Keep(c),
		Field:   choice.Show(c, "field", "flabel", "label", convert.Default),
		Content: choice.Show(c, "content", "cid", "id", convert.Default),
		Type:    c.String("type"), Dates: c.Bool("dates"), AllCells: c.Bool("all-cells"), DropConstant: c.Bool("drop-constant"), SafeNames: c.Bool("safe-names"),
		Warn: func(message string) { c.Warn("%s", message) },
	}
}

// Open opens the dataset that a call names, or the part of it that --keep and --omit say.
func Open(c *cli.Context, need jsonstat.Need) (*jsonstat.Dataset, error) {
	cut, err := criteria.Read(c)
	if err != nil {
		return nil, err
	}
	return cut.OpenSettled(c, need)
}

// Write writes the dataset that a call names as a table.
func Write(c *cli.Context, need jsonstat.Need, write func(w io.Writer, ds *jsonstat.Dataset) error) error {
	ds, err := Open(c, need)
	if err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	return Advise(write(w, ds))
}

// Advise adds to an error of a writer which option would help.
func Advise(err error) error {
	var value interface{ TypeNeeded() string }
	if errors.As(err, &value) {
		return cli.Usage(fmt.Errorf("%w: try --type %s", err, value.TypeNeeded()))
	}
	return choice.TooMany(err)
}

// Reading is what the commands that read a table with typed columns have of their own,
// and some flags that only one of them has.
func Reading(own ...cli.Flag) cubes.Reader {
	return cubes.Reader{Without: []string{"header", "separator", "encoding", "sniff", "sheet"}, Own: own}
}

// Job reads the table that a call names, from r, or from a folder where the command
// takes these and is given one.
func Job(read func(c *cli.Context, r io.Reader, folder fs.FS, o convert.TableOptions) (*jsonstat.Dataset, error)) cubes.Job {
	return cubes.Job{
		Form: jsonstat.AsRead, Hint: "--ovalue --ostatus writes what is there; --all-cells writes them all",
		Read: func(c *cli.Context, t *cubes.Table) ([]*jsonstat.Dataset, error) {
			folder := c.InputFolder()
			if folder != nil {
				return cubes.One(read(c, nil, folder, t.Options))
			}
			r, err := c.Input()
			if err != nil {
				return nil, err
			}
			return cubes.One(read(c, r, nil, t.Options))
		},
	}
}
