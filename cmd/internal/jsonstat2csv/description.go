package jsonstat2csv

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// description is a file beside the table that tells programs how to read it.
type description struct {
	flag  string
	write func(io.Writer, *jsonstat.Dataset, string, *convert.CSVOptions) error
	set   func([]byte)
}

type descriptions []description

// newDescriptions makes room for the files that the flags ask for, before anything is
// read.
func newDescriptions(c *cli.Context) (descriptions, error) {
	var list descriptions
	add := func(flag, name string, write func(io.Writer, *jsonstat.Dataset, string, *convert.CSVOptions) error) error {
		if !c.Bool(flag) {
			return nil
		}
		switch {
		case c.Bool("rich"):
			return cli.Usagef("--%s and --rich do not go together: CSV-stat describes itself, in lines that other readers of CSV do not know", flag)
		case c.String("dataset") == "all":
			return cli.Usagef("--%s describes one table, and --dataset all writes several into one file", flag)
		}
		set, err := c.Companion(name, "--"+flag, c.Bool("force"))
		if err == nil {
			list = append(list, description{flag, write, set})
		}
		return err
	}
	err := add("package", "datapackage.json", convert.WriteDataPackage)
	if err == nil {
		err = add("csvw", filepath.Base(c.OutputName())+"-metadata.json", convert.WriteCSVW)
	}
	return list, err
}

// need is what must be known of a dataset to describe its table.
func (list descriptions) need() jsonstat.Need {
	if len(list) == 0 {
		return 0
	}
	return convert.NeedDescription
}

// write makes the files. It comes before the output is opened: what cannot be described
// leaves no trace.
func (list descriptions) write(c *cli.Context, ds *jsonstat.Dataset, o *convert.CSVOptions) error {
	file := filepath.Base(c.OutputName())
	for _, d := range list {
		var text bytes.Buffer
		if err := d.write(&text, ds, file, o); err != nil {
			return called(err)
		}
		d.set(text.Bytes())
	}
	return nil
}

// called makes an error of the call of a table that cannot be described as the call
// wants it.
func called(err error) error {
	cannot, ok := errors.AsType[*convert.DescriptionError](err)
	if !ok {
		return err
	}
	hints := map[string]string{
		"Separator": "-c, or --separator, says which stands between columns",
		"ValueName": "--vlabel and --slabel name the columns of values and statuses",
	}
	var all []string
	for _, field := range cannot.Fields {
		all = append(all, hints[field])
	}
	return cli.Usage(err, all...)
}
