package parquetconv

import (
	"fmt"
	"io"
	"math"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/compress/gzip"
	"github.com/parquet-go/parquet-go/compress/snappy"
	"github.com/parquet-go/parquet-go/compress/uncompressed"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
)

// groupRows is how many rows make a row group: readers skip, and share out, whole
// ones, while the writer holds the pages of one.
const groupRows = 512 << 10

// file writes batches as the rows of a Parquet file.
type file struct {
	t       *columnar.Table
	columns []column
	schema  *parquet.Schema
	options []parquet.WriterOption
	w       *parquet.GenericWriter[any]
	rows    int // of the row group
	values  []parquet.Value
}

// column is a column of the table and of the file.
type column struct {
	*columnar.Column
	at     int             // number in the file
	ready  []parquet.Value // by code, see [columnar.Batch.Codes]
	absent parquet.Value   // null
}

// newFile plans a file.
func newFile(t *columnar.Table, codec compress.Codec) (*file, error) {
	f := &file{t: t, values: make([]parquet.Value, columnar.BatchRows)}
	root := group{}
	for at := range t.Columns {
		c := &t.Columns[at]
		col := column{Column: c, at: at, absent: parquet.NullValue().Level(0, 0, at)}
		root = append(root, field{parquet.Compressed(nodeOf(t, c), codec), c.Name})
		level := 0
		if c.Kind == columnar.Status {
			level, col.ready = 1, append(col.ready, col.absent)
		}
		for _, text := range c.Texts {
			col.ready = append(col.ready, parquet.ByteArrayValue([]byte(text)).Level(0, level, at))
		}
		for _, day := range c.Days {
			col.ready = append(col.ready, parquet.Int32Value(day).Level(0, level, at))
		}
		f.columns = append(f.columns, col)
	}
	f.schema = parquet.NewSchema("schema", root)
	// Engines leave out pages by their bounds, so every page of every column has them,
	// and they are whole: bounds that are cut are no longer UTF-8.
	f.options = append(f.options, f.schema, parquet.CreatedBy("jsonstat-go", "1", ""), parquet.MaxRowsPerRowGroup(math.MaxInt64),
		parquet.ColumnIndexSizeLimit(func([]string) int { return math.MaxInt }))
	for _, k := range t.Keys {
		f.options = append(f.options, parquet.KeyValueMetadata(k.Name, k.Value))
	}
	schema, err := arrowschema.Encode(t)
	if err != nil {
		return nil, err
	}
	f.options = append(f.options, parquet.KeyValueMetadata(arrowschema.Key, schema))
	return f, nil
}

func codecOf(c Compression) (compress.Codec, error) {
	switch c {
	case "", Zstd:
		return &zstd.Codec{Level: zstd.SpeedFastest, Concurrency: 1}, nil
	case Snappy:
		return &snappy.Codec{}, nil
	case Gzip:
		return &gzip.Codec{Level: gzip.DefaultCompression}, nil
	case None:
		return &uncompressed.Codec{}, nil
	}
	return nil, fmt.Errorf("there is no compression %q: it is zstd, snappy, gzip or none", c)
}

// nodeOf is the type of a column.
func nodeOf(t *columnar.Table, c *columnar.Column) parquet.Node {
	switch c.Kind {
	case columnar.Dimension:
		return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	case columnar.Date:
		return parquet.Encoded(parquet.Date(), &parquet.RLEDictionary)
	case columnar.Status:
		return parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
	}
	switch t.Type {
	case columnar.Int64:
		return parquet.Optional(parquet.Int(64))
	case columnar.UTF8:
		return parquet.Optional(parquet.String())
	}
	return parquet.Optional(parquet.Leaf(parquet.DoubleType))
}

// begin starts a file, the first or another one. Each has a writer of its own: one
// that is reset forgets the paths of the columns (parquet-go issue 602), and programs
// that find columns by their path see none.
func (f *file) begin(w io.Writer) error {
	config, err := parquet.NewWriterConfig(f.options...)
	if err != nil {
		return err
	}
	f.w = parquet.NewGenericWriter[any](w, config)
	f.rows = 0
	return nil
}

// batch writes the rows of a batch.
func (f *file) batch(b *columnar.Batch) error {
	writers := f.w.ColumnWriters()
	for i := range f.columns {
		c := &f.columns[i]
		values := f.values[:b.Len]
		if c.Kind == columnar.Value {
			f.valueColumn(c, b, values)
		} else {
			for row, code := range b.Codes(c.Column) {
				values[row] = c.ready[code]
			}
		}
		if _, err := writers[c.at].WriteRowValues(values); err != nil {
			return err
		}
	}
	if f.rows += b.Len; f.rows >= groupRows {
		f.rows = 0
		return f.w.Flush()
	}
	return nil
}

func (f *file) valueColumn(c *column, b *columnar.Batch, values []parquet.Value) {
	for row := range values {
		if b.Valid[row>>3]&(1<<(row&7)) == 0 {
			values[row] = c.absent
			continue
		}
		switch f.t.Type {
		case columnar.Int64:
			values[row] = parquet.Int64Value(b.Ints[row]).Level(0, 1, c.at)
		case columnar.UTF8:
			values[row] = parquet.ByteArrayValue(b.Text[b.Offsets[row]:b.Offsets[row+1]]).Level(0, 1, c.at)
		default:
			values[row] = parquet.DoubleValue(b.Floats[row]).Level(0, 1, c.at)
		}
	}
}

// close ends the file.
func (f *file) close() error { return f.w.Close() }
