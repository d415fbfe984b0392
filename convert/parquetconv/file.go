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

	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
)

// groupRows is how many rows make a row group: readers skip, and share out, whole
// ones, while the writer holds the pages of one.
const groupRows = 512 << 10

// pageRows is how many rows make a page at most: those who pass over pages by their bounds
// read less with small ones, and everybody more.
const pageRows = (columnar.BatchRows + 2) / 3

// file writes batches as the rows of a Parquet file, or of one after the other.
type file struct {
	t       *columnar.Table
	columns []column
	codec   compress.Codec
	options []parquet.WriterOption
	out     io.Writer
	w       *parquet.GenericWriter[any] // nil before the first batch
	rows    int                         // of the row group
	values  []parquet.Value
}

// column is a column of the table and of the file.
type column struct {
	*columnar.Column
	at     int             // number in the file
	ready  []parquet.Value // by code, see [columnar.Batch.Codes]
	absent parquet.Value   // null
}

// newFile plans files. A part of a table has no Arrow schema: it would be more than its
// cells are.
func newFile(t *columnar.Table, codec compress.Codec, part bool) (*file, error) {
	f := &file{t: t, codec: codec, values: make([]parquet.Value, columnar.BatchRows)}
	for at := range t.Columns {
		c := &t.Columns[at]
		col := column{Column: c, at: at, absent: parquet.NullValue().Level(0, 0, at)}
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
	var sorted []parquet.SortingColumn
	for _, at := range t.Sorted() {
		sorted = append(sorted, parquet.Ascending(t.Columns[at].Name))
	}
	// Engines leave out pages by their bounds, so every page of every column has them,
	// and they are whole: bounds that are cut are no longer UTF-8.
	f.options = append(f.options, parquet.CreatedBy("jsonstat-go", "1", ""), parquet.MaxRowsPerRowGroup(math.MaxInt64),
		parquet.ColumnIndexSizeLimit(func([]string) int { return math.MaxInt }), parquet.SortingWriterConfig(parquet.SortingColumns(sorted...)))
	for _, k := range t.Keys {
		f.options = append(f.options, parquet.KeyValueMetadata(k.Name, k.Value))
	}
	if part {
		return f, nil
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
		return newZstd()
	case Snappy:
		return &snappy.Codec{}, nil
	case Gzip:
		return &gzip.Codec{Level: gzip.DefaultCompression}, nil
	case None:
		return &uncompressed.Codec{}, nil
	}
	return nil, fmt.Errorf("there is no compression %q: it is zstd, snappy, gzip or none", c)
}

// nodeOf is the type of a column. Values may be numbers of a dictionary.
func nodeOf(t *columnar.Table, c *columnar.Column, dictionary bool) parquet.Node {
	switch c.Kind {
	case columnar.Dimension:
		return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	case columnar.Date:
		return parquet.Encoded(parquet.Date(), &parquet.RLEDictionary)
	case columnar.Status, columnar.ValueText:
		return parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
	}
	node := parquet.Leaf(parquet.DoubleType)
	switch t.Type {
	case columnar.Int64:
		node = parquet.Int(64)
	case columnar.UTF8:
		node = parquet.String()
	}
	if dictionary {
		node = parquet.Encoded(node, &parquet.RLEDictionary)
	}
	return parquet.Optional(node)
}

// begin starts a file, the first or another one.
func (f *file) begin(w io.Writer) { f.out, f.w, f.rows = w, nil, 0 }

// open makes the writer of a file, whose first rows are known. Each file has one of its
// own: one that is reset forgets the paths of the columns (parquet-go issue 602), and
// programs that find columns by their path see none.
func (f *file) open(dictionary bool) error {
	root := group{}
	for at := range f.t.Columns {
		c := &f.t.Columns[at]
		root = append(root, field{parquet.Compressed(nodeOf(f.t, c, dictionary), f.codec), c.Name})
	}
	options := f.options[:len(f.options):len(f.options)]
	config, err := parquet.NewWriterConfig(append(options, parquet.NewSchema("schema", root))...)
	if err != nil {
		return err
	}
	f.w = parquet.NewGenericWriter[any](f.out, config)
	return nil
}

// batch writes the rows of a batch.
func (f *file) batch(b *columnar.Batch) error {
	if f.w == nil {
		if err := f.open(again(b, f.t.Type, f.codec)); err != nil {
			return err
		}
	}
	writers := f.w.ColumnWriters()
	for i := range f.columns {
		c := &f.columns[i]
		values := f.values[:b.Len]
		switch c.Kind {
		case columnar.Value:
			f.valueColumn(c, b, values)
		case columnar.ValueText:
			texts(c, b, b.ValidText, values)
		default:
			for row, code := range b.Codes(c.Column) {
				values[row] = c.ready[code]
			}
		}
		for len(values) > 0 {
			n := min(pageRows, len(values))
			if _, err := writers[c.at].WriteRowValues(values[:n]); err != nil {
				return err
			}
			if err := writers[c.at].Flush(); err != nil {
				return err
			}
			values = values[n:]
		}
	}
	if f.rows += b.Len; f.rows >= groupRows {
		f.rows = 0
		return f.w.Flush()
	}
	return nil
}

// texts are values that are texts.
func texts(c *column, b *columnar.Batch, valid []byte, values []parquet.Value) {
	for row := range values {
		if valid[row>>3]&(1<<(row&7)) == 0 {
			values[row] = c.absent
		} else {
			values[row] = parquet.ByteArrayValue(b.Text[b.Offsets[row]:b.Offsets[row+1]]).Level(0, 1, c.at)
		}
	}
}

func (f *file) valueColumn(c *column, b *columnar.Batch, values []parquet.Value) {
	if f.t.Type == columnar.UTF8 {
		texts(c, b, b.Valid, values)
		return
	}
	for row := range values {
		if b.Valid[row>>3]&(1<<(row&7)) == 0 {
			values[row] = c.absent
			continue
		}
		switch f.t.Type {
		case columnar.Int64:
			values[row] = parquet.Int64Value(b.Ints[row]).Level(0, 1, c.at)
		default:
			values[row] = parquet.DoubleValue(b.Floats[row]).Level(0, 1, c.at)
		}
	}
}

// close ends the file.
func (f *file) close() error {
	if f.w == nil { // it has no rows
		if err := f.open(false); err != nil {
			return err
		}
	}
	return f.w.Close()
}
