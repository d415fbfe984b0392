package parquetconv

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go/compress"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Write writes a dataset as a Parquet file. Nil options are the zero value. A
// dataset without values gives a file without rows.
func Write(w io.Writer, ds *jsonstat.Dataset, o *Options) error {
	t, codec, err := plan(ds, o, nil)
	if err != nil {
		return err
	}
	f, err := newFile(t, codec)
	if err != nil {
		return err
	}
	if err := f.begin(w); err != nil {
		return err
	}
	if err := t.Batches(0, f.batch); err != nil {
		return err
	}
	return f.close()
}

// WritePartitions writes a dataset as one file for each category of its outermost
// dimension, in the layout that Hive, DuckDB and Spark read as one table:
// Region=0301/part-0.parquet. The id of the category is percent-encoded, the name of
// the column only where it has to be; the column itself is not in the files.
// Create makes a file of that name, which is closed before the next one is made.
// Categories without rows have no file. [ReadPartitions] reads the folder.
func WritePartitions(create func(name string) (io.WriteCloser, error), ds *jsonstat.Dataset, o *Options) error {
	if len(ds.Dimensions()) < 2 {
		return errors.New("a dataset of less than two dimensions cannot be parted by the outermost one")
	}
	outer := ds.Dimensions()[0]
	t, codec, err := plan(ds, o, []string{outer.ID()}) // its folders have its name
	if err != nil {
		return err
	}
	f, err := newFile(t.Without(0), codec)
	if err != nil {
		return err
	}
	stride := ds.Shape().Strides()[0]
	current := int64(-1)
	var out io.WriteCloser
	finish := func() error {
		if out == nil {
			return nil
		}
		err := f.close()
		if cerr := out.Close(); err == nil {
			err = cerr
		}
		out = nil
		return err
	}
	err = t.Batches(stride, func(b *columnar.Batch) error {
		if k := b.First / stride; k != current {
			if err := finish(); err != nil {
				return err
			}
			current = k
			name := hiveName(t.Columns[0].Name) + "=" + hive(outer.CategoryID(int(k))) + "/part-0.parquet"
			var err error
			if out, err = create(name); err != nil {
				return err
			}
			if err := f.begin(out); err != nil {
				return err
			}
		}
		return f.batch(b)
	})
	if err != nil {
		if out != nil {
			_ = out.Close()
		}
		return err
	}
	return finish()
}

// hive encodes the id of a category for the name of a folder, as Hive does. An empty
// one has a name of its own there.
func hive(id string) string {
	if id == "" {
		return columnar.HiveNull
	}
	return encoded(id, `"#%'*/:=?\{[]^<>|&$+@,. `)
}

// hiveName does the same for the name of the column, but only where it must: DuckDB
// does not decode it.
func hiveName(name string) string { return encoded(name, `%/=\`) }

// encoded writes some characters, and those that control terminals, as % and two
// hexadecimal digits.
func encoded(text, these string) string {
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c == 0x7f || strings.IndexByte(these, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// plan lays the table out, with columns of the dimensions that stay, and finds the codec of
// its files.
func plan(ds *jsonstat.Dataset, o *Options, stay []string) (*columnar.Table, compress.Codec, error) {
	if o == nil {
		o = &Options{}
	}
	codec, err := codecOf(o.Compression)
	if err != nil {
		return nil, nil, err
	}
	t, err := columnar.New(ds, columnar.Options{
		Field: o.Field, Content: o.Content, Keep: o.Keep, Type: o.Type, Dates: o.Dates, AllCells: o.AllCells, Warn: o.Warn, DropConstant: o.DropConstant, Stay: stay,
	})
	return t, codec, err
}
