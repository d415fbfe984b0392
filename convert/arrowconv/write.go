// Package arrowconv writes JSON-stat datasets as Apache Arrow tables (IPC files and
// streams) and makes datasets of such tables.
//
// A table has a dictionary-encoded column for each dimension, a column of statuses
// and one of values, with a row for each cell in the order of the cube. Missing
// values are nulls. The whole head of the document goes along in the metadata of the
// schema, so that [Read] gives back the same cube; see the package's page in docs.
package arrowconv

// Writing is in this file; reading begins in read.go, over the columns of columns.go.

import (
	"fmt"
	"io"
	"unsafe"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ValueType is the type of the value column.
type ValueType = columnar.ValueType

// The types of values. The zero value is Float64, but UTF8 where a value is a text.
// Auto is Int64 where all values are whole and fit, UTF8 where one is a text, else
// Float64. Double is Float64 with a column value_text beside it, always there, for the
// values that are no numbers.
const (
	Float64 = columnar.Float64
	Int64   = columnar.Int64
	UTF8    = columnar.UTF8
	Auto    = columnar.Auto
	Double  = columnar.Double
)

// ValueError is a value that the type of the value column has no room for: a whole
// number that would change its digits, or a text.
type ValueError = columnar.ValueError

// Compression is how the columns of a table are compressed.
type Compression string

// The compressions. The zero value is None.
const (
	None Compression = "none"
	Zstd Compression = "zstd"
	LZ4  Compression = "lz4"
)

// Options say how an Arrow table is written. The zero value, and nil, write a file
// with the columns that jsonstat2arrow of the jsonstat-conv tools writes by default:
// ids as names, labels as cells.
type Options struct {
	// Field is what the columns of dimensions are called. Default: ids.
	Field convert.Show

	// Content is what their cells say. Columns gives the id and the label a column
	// each. A label that two categories have is followed by the id in brackets.
	// Default: labels.
	Content convert.Show

	// DropConstant leaves out the columns of dimensions with one category. They come back
	// with the head. Default: each dimension has its column.
	DropConstant bool

	// SafeNames gives columns names that every engine takes, Delta and BigQuery among them:
	// letters without marks, digits and underscores. The head says which column is what, so
	// that the same dataset comes back.
	SafeNames bool

	// Keep leaves out rows. Default: none.
	Keep convert.Keep

	// Type of the value column. Default: Float64, but UTF8 where a value is a text.
	Type ValueType

	// Dates writes dimensions of time whose codes are periods (2024, 2024K1,
	// 2024M01, ...) as dates, the first day of each period.
	Dates bool

	// Stream writes the stream format. Default: the file format.
	Stream bool

	// Compression of the columns. Default: None.
	Compression Compression

	// AllCells allows to write all cells of a sparse cube of more than 10^8.
	AllCells bool

	// Warn, if not nil, is told of what was put up with: values rounded to
	// float64, dimensions that cannot be dates.
	Warn func(message string)
}

// Need is what the writer must know of a dataset before its first cell, for
// [jsonstat.Options].
func (o *Options) Need() jsonstat.Need { return columnar.Need }

// Write writes a dataset as an Arrow table. Nil options are the zero value. A
// dataset without values gives a table without rows.
func Write(w io.Writer, ds *jsonstat.Dataset, o *Options) error {
	if o == nil {
		o = &Options{}
	}
	t, err := columnar.New(ds, columnar.Options{Field: o.Field, Content: o.Content, Keep: o.Keep, Type: o.Type, Dates: o.Dates, DropConstant: o.DropConstant, SafeNames: o.SafeNames, AllCells: o.AllCells, Warn: o.Warn})
	if err != nil {
		return err
	}
	b := newBatches(t)
	out, err := open(w, b.schema, o)
	if err != nil {
		return err
	}
	rows := false
	err = t.Batches(0, func(batch *columnar.Batch) error {
		rows = true
		return out.Write(b.record(batch))
	})
	if err == nil && !rows { // a batch all the same, for the dictionaries come with it
		err = out.Write(b.record(&columnar.Batch{Index: make([][]int32, len(ds.Shape())), Offsets: []int32{0}}))
	}
	if err != nil {
		return err
	}
	return out.Close()
}

// recordWriter is a writer of either format.
type recordWriter interface {
	Write(arrow.Record) error
	Close() error
}

func open(w io.Writer, schema *arrow.Schema, o *Options) (recordWriter, error) {
	opts := []ipc.Option{ipc.WithSchema(schema)}
	switch o.Compression {
	case "", None:
	case Zstd:
		opts = append(opts, ipc.WithZstd())
	case LZ4:
		opts = append(opts, ipc.WithLZ4())
	default:
		return nil, fmt.Errorf("there is no compression %q: it is none, zstd or lz4", o.Compression)
	}
	if o.Stream {
		return ipc.NewWriter(w, opts...), nil
	}
	return ipc.NewFileWriter(&counter{w: w}, opts...)
}

// counter tells the module where it stands, which is all that it seeks for.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

func (c *counter) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekCurrent {
		return 0, io.ErrUnexpectedEOF
	}
	return c.n, nil
}

// batches makes records of batches. Their arrays lie over buffers that are reused:
// a record is good until the next one.
type batches struct {
	t       *columnar.Table
	schema  *arrow.Schema
	dicts   []arrow.Array // by column, nil for those without
	narrow  [][]byte      // by column: index numbers in their type, dates
	bitmap  []byte        // of the status column
	columns []arrow.Array
}

func newBatches(t *columnar.Table) *batches {
	b := &batches{t: t, schema: arrowschema.Of(t)}
	b.dicts = make([]arrow.Array, len(t.Columns))
	b.narrow = make([][]byte, len(t.Columns))
	b.columns = make([]arrow.Array, len(t.Columns))
	for i, c := range t.Columns {
		if c.Kind == columnar.Dimension || c.Kind == columnar.Status {
			b.dicts[i] = texts(c.Texts)
		}
	}
	return b
}

// texts is an array of texts.
func texts(list []string) arrow.Array {
	builder := array.NewStringBuilder(memory.DefaultAllocator)
	defer builder.Release()
	builder.AppendValues(list, nil)
	return builder.NewArray()
}

// record is a batch as Arrow has it.
func (b *batches) record(batch *columnar.Batch) arrow.Record {
	for i := range b.t.Columns {
		c := &b.t.Columns[i]
		switch c.Kind {
		case columnar.Value:
			b.columns[i] = b.value(i, batch)
		case columnar.ValueText:
			b.columns[i] = b.array(i, batch.Len, batch.Len-batch.Words, batch.ValidText, bytesOf(batch.Offsets), batch.Text)
		case columnar.Status:
			b.columns[i] = b.status(i, batch)
		case columnar.Date:
			buf := b.buffer(i, 4*batch.Len)
			days := view[int32](buf)
			for row, k := range batch.Index[c.Dim] {
				days[row] = c.Days[k]
			}
			b.columns[i] = b.array(i, batch.Len, 0, nil, buf)
		default:
			b.columns[i] = b.indexed(i, batch.Codes(c), 0, 0, nil)
		}
	}
	return array.NewRecord(b.schema, b.columns, int64(batch.Len))
}

// buffer is the buffer of a column, of n bytes.
func (b *batches) buffer(i, n int) []byte {
	if cap(b.narrow[i]) < n {
		b.narrow[i] = make([]byte, n)
	}
	return b.narrow[i][:n]
}

// array is a column over buffers, behind the bitmap of those of its cells that are there.
func (b *batches) array(i, n, nulls int, valid []byte, buffers ...[]byte) arrow.Array {
	list := make([]*memory.Buffer, 1, 1+len(buffers))
	if nulls > 0 {
		list[0] = memory.NewBufferBytes(valid)
	}
	for _, buf := range buffers {
		list = append(list, memory.NewBufferBytes(buf))
	}
	data := array.NewData(b.schema.Field(i).Type, n, list, nil, nulls, 0)
	if b.dicts[i] != nil {
		data.SetDictionary(b.dicts[i].Data())
	}
	return array.MakeFromData(data)
}

// indexed is a column of numbers into a dictionary, from which less is taken.
func (b *batches) indexed(i int, index []int32, less int32, nulls int, valid []byte) arrow.Array {
	width := b.schema.Field(i).Type.(*arrow.DictionaryType).IndexType.(arrow.FixedWidthDataType).Bytes()
	buf := b.buffer(i, len(index)*width)
	switch width {
	case 1:
		narrow(view[int8](buf), index, less)
	case 2:
		narrow(view[int16](buf), index, less)
	default:
		narrow(view[int32](buf), index, less)
	}
	return b.array(i, len(index), nulls, valid, buf)
}

func narrow[T int8 | int16 | int32](dst []T, src []int32, less int32) {
	dst = dst[:len(src)]
	for i, k := range src {
		dst[i] = T(k - less)
	}
}

// status is the column of statuses. A cell without one is null.
func (b *batches) status(i int, batch *columnar.Batch) arrow.Array {
	if batch.NoStatus == 0 {
		return b.indexed(i, batch.Status, 1, 0, nil)
	}
	n := (batch.Len + 7) / 8
	if cap(b.bitmap) < n {
		b.bitmap = make([]byte, n)
	}
	b.bitmap = b.bitmap[:n]
	clear(b.bitmap)
	for row, s := range batch.Status {
		if s != 0 {
			b.bitmap[row>>3] |= 1 << (row & 7)
		} else {
			batch.Status[row] = 1 // any number of the dictionary will do
		}
	}
	return b.indexed(i, batch.Status, 1, batch.NoStatus, b.bitmap)
}

// value is the column of values.
func (b *batches) value(i int, batch *columnar.Batch) arrow.Array {
	switch b.t.Type {
	case columnar.Int64:
		return b.array(i, batch.Len, batch.Nulls, batch.Valid, bytesOf(batch.Ints))
	case columnar.UTF8:
		return b.array(i, batch.Len, batch.Nulls, batch.Valid, bytesOf(batch.Offsets), batch.Text)
	}
	return b.array(i, batch.Len, batch.Nulls, batch.Valid, bytesOf(batch.Floats))
}

// view reads bytes as numbers of the machine, bytesOf does the reverse.
func view[T any](b []byte) []T {
	var zero T
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/int(unsafe.Sizeof(zero)))
}

func bytesOf[T any](list []T) []byte {
	var zero T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), len(list)*int(unsafe.Sizeof(zero)))
}
