package parquetconv

import (
	"io"

	"github.com/parquet-go/parquet-go/compress"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Write writes a dataset as a Parquet file. Nil options are the zero value. A
// dataset without values gives a file without rows.
func Write(w io.Writer, ds *jsonstat.Dataset, o *Options) error {
	if o == nil {
		o = &Options{}
	}
	t, codec, err := plan(ds, o, columnar.Options{Content: o.Content, Type: o.Type, Dates: o.Dates, Starts: o.Starts})
	if err != nil {
		return err
	}
	f, err := newFile(t, codec, false)
	if err != nil {
		return err
	}
	f.begin(w)
	if err := t.Batches(0, f.batch); err != nil {
		return err
	}
	return f.close()
}

// plan lays the table out and finds the codec of its files.
func plan(ds *jsonstat.Dataset, o *Options, c columnar.Options) (*columnar.Table, compress.Codec, error) {
	codec, err := codecOf(o.Compression)
	if err != nil {
		return nil, nil, err
	}
	c.Field, c.Keep, c.AllCells, c.Warn, c.DropConstant, c.SafeNames = o.Field, o.Keep, o.AllCells, o.Warn, o.DropConstant, o.SafeNames
	t, err := columnar.New(ds, c)
	return t, codec, err
}
