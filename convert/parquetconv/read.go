package parquetconv

import (
	"io"
	"io/fs"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/folders"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Read makes a dataset of a Parquet file. Errors are a [*convert.TableError], which
// counts rows from the first of a row group, or those of reading.
//
// A file that [Write] made comes back as the dataset that it was, as long as its
// dimensions have their columns. Rows may come in any order and be fewer: cells
// without a row are missing. Of other files the keys of jsonstat-io, in their Arrow
// schema, tell which column is what, and the rules of all tables what these do not.
// Categories are in the order in which they come up. Dates and times are ids such as
// 2024-01-01 or 2024-01-01T06:00, of the precision that their column has, and so are the
// periods of pandas (2024, 2024Q1, 2024M01, 2024W05); NaN and null are missing. The
// index of a data frame that has no name is left out.
//
// What cannot be read at offsets is kept in a temporary file meanwhile.
func Read(r io.Reader, o *ReadOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &ReadOptions{}
	}
	return columnar.AtOffsets(r, func(src *spool.Source) (*jsonstat.Dataset, error) {
		return folders.File(fileFormat, func() (folders.Part, error) { return openPart(src) }, folders.Options(*o))
	})
}

// fileFormat is that of the files of a folder.
var fileFormat = folders.Format{Name: "Parquet", Endings: []string{".parquet", ".parq", ".pq"}, Open: openName, Grouped: true}

// ReadPartitions makes a dataset of the Parquet files in a folder and in those below it,
// as [WritePartitions], Spark, DuckDB and pyarrow lay them out: one table, whose rows
// have columns besides that folders called name=value make. A folder that WritePartitions
// filled comes back as the dataset that it was. What [Read] says of a file holds for the
// table. Names are decoded, and are texts: 0301 is a code. Files and folders whose names
// begin with a point or an underscore are passed over.
//
// Of a folder that has several editions in it, called edition=NAME, each with a head of its
// own, one has to be named.
//
// One part is open at a time, in the order of their names, in which 2 stands before 10.
func ReadPartitions(dir fs.FS, o *ReadOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &ReadOptions{}
	}
	return folders.Folder(fileFormat, dir, folders.Options(*o))
}
