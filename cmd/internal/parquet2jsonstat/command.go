// Package parquet2jsonstat is the command that turns an Apache Parquet file into a JSON-stat dataset.
package parquet2jsonstat

import (
	"io"
	"io/fs"

	"github.com/jsonstat-go/toolkit/cmd/internal/columns"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return columns.Reading().Command(cli.Command{
		Name:    "parquet2jsonstat",
		Summary: "turn an Apache Parquet file into a JSON-stat dataset",
		Folders: true,
		Description: `A file that jsonstat2parquet made comes back as the document that it was; of a part of its rows,
the other cells are missing. Other files are read as csv2jsonstat reads tables. A folder is one table
of all files in it; folders called name=value are columns of it.`,
		Examples: []cli.Example{
			{Line: "parquet2jsonstat oslo.parquet population.json", Text: "the metadata of the file say what is what"},
			{Line: "parquet2jsonstat sales.parquet sales.json --value amount --dimension shop,year --role time=year", Text: "a file from elsewhere; other columns are left out"},
			{Line: "parquet2jsonstat districts districts.json", Text: "a folder of jsonstat2parquet --partition, Spark, DuckDB"},
			{Line: "parquet2jsonstat oslo.parquet --explain", Text: "what each column is taken for"},
			{Line: "cat oslo.parquet | parquet2jsonstat | jsonstat2csv --by Tid", Text: "in a pipe"},
		},
	}, columns.Job(read))
}

func read(c *cli.Context, r io.Reader, folder fs.FS, o convert.TableOptions) (*jsonstat.Dataset, error) {
	po := &parquetconv.ReadOptions{TableOptions: o, Path: c.InputPath()}
	var err error
	if po.Beside, err = columns.Beside(po.Path, folder != nil, parquetconv.HeadName); err != nil {
		return nil, err
	}
	if folder != nil {
		return parquetconv.ReadPartitions(folder, po)
	}
	return parquetconv.Read(r, po)
}
