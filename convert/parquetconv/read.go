package parquetconv

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
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
	src, done, err := spool.Rewindable(r)
	if err != nil {
		return nil, err
	}
	defer done()
	s := &source{}
	ds, err := s.guarded(func() (*jsonstat.Dataset, error) {
		p, err := openPart(src)
		if err != nil {
			return nil, err
		}
		s.folders = foldersOf(path.Dir(o.Path))
		s.parts = []place{{values: saidBy(s.folders)}}
		s.open = func(int) (*part, error) { return p, nil }
		return s.make(p.fields, p.table, o)
	})
	if err = src.Cause(err); err != nil {
		return nil, err
	}
	return ds, nil
}

// guarded is what f gives, with what the module panics at as an error.
func (s *source) guarded(f func() (*jsonstat.Dataset, error)) (ds *jsonstat.Dataset, err error) {
	defer func() {
		if p := recover(); p != nil {
			ds, err = nil, s.in(fmt.Errorf("the file is damaged: %v", p))
		}
	}()
	return f()
}

// tableError puts an error of a table in the words of package convert.
func tableError(err error) error {
	if e, ok := errors.AsType[*rows.Error](err); ok {
		return (*convert.TableError)(e)
	}
	return err
}

// A part is a file of a table, which has but one or is a folder of them.
type part struct {
	src     *spool.Source
	file    *parquet.File
	columns []fileColumn
	fields  []columnar.Field
	table   map[string]string // keys of the table
	done    func()
}

// openPart opens a file, and reads what it says of its columns.
func openPart(src *spool.Source) (*part, error) {
	p, err := openFile(src)
	if err != nil {
		return nil, err
	}
	p.table = map[string]string{}
	for _, kv := range p.file.Metadata().KeyValueMetadata {
		p.table[kv.Key] = kv.Value
	}
	more, schema := arrowschema.Decode(p.table[arrowschema.Key])
	for key, value := range more { // the keys of a table may stand there too
		if _, ok := p.table[key]; !ok {
			p.table[key] = value
		}
	}
	p.fields = make([]columnar.Field, len(p.columns))
	for i := range p.columns {
		if p.fields[i], err = p.columns[i].field(schema[p.columns[i].name]); err != nil {
			return nil, err
		}
	}
	return p, nil
}

const magic = "PAR1"

func openFile(src *spool.Source) (*part, error) {
	first := make([]byte, len(magic))
	n, err := io.ReadFull(src, first)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	switch first = first[:n]; {
	case n == 0:
		return nil, fmt.Errorf("the input is empty: %w", ErrFormat)
	case string(first) == "PARE":
		return nil, fmt.Errorf("the input is an encrypted Parquet file: %w", ErrFormat)
	case bytes.HasPrefix([]byte("ARROW1"), first):
		return nil, ErrArrow
	case string(first) != magic:
		return nil, fmt.Errorf("the input does not begin with %s: %w", magic, ErrFormat)
	}
	size, err := src.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	if err := checkFooter(src, size); err != nil {
		return nil, err
	}
	f, err := parquet.OpenFile(src, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, damaged(err)
	}
	p := &part{src: src, file: f, done: func() {}}
	for _, group := range f.Metadata().RowGroups {
		for i := range group.Columns {
			meta := &group.Columns[i].MetaData
			if n := meta.TotalCompressedSize; n < 0 || n > size {
				return nil, damaged(fmt.Errorf("a column claims %d bytes of a file of %d", n, size))
			}
			if meta.Codec == format.Lz4 || meta.Codec == format.LZO {
				return nil, fmt.Errorf("the file is compressed with %s, which is not read: write it with lz4_raw, zstd, snappy or gzip: %w", meta.Codec, ErrFormat)
			}
		}
	}
	halves := float16s(f.Metadata().Schema)
	for i, c := range f.Root().Columns() {
		fc := newFileColumn(c)
		if fc.physical == parquet.FixedLenByteArray && halves[i] && fc.leaf >= 0 {
			fc.kind, fc.half = columnar.FieldNumber, true
		}
		p.columns = append(p.columns, fc)
	}
	return p, nil
}

// float16s tells which columns are floats of 16 bits, which the module does not know.
func float16s(schema []format.SchemaElement) map[int]bool {
	halves := map[int]bool{}
	open := 0 // elements that belong to the last column
	for i, at := 1, 0; i < len(schema); i++ {
		el := &schema[i]
		if open > 0 {
			open--
		} else {
			if _, ok := el.LogicalType.Value.(*format.Float16Type); ok {
				halves[at] = true
			}
			at++
		}
		if el.NumChildren.Valid {
			open += int(el.NumChildren.V)
		}
	}
	return halves
}

// checkFooter checks that the footer is as long as it claims: the module makes room
// for whatever it says.
func checkFooter(r io.ReaderAt, size int64) error {
	end := make([]byte, 4+len(magic))
	if size < int64(len(end)+len(magic)) {
		return damaged(io.ErrUnexpectedEOF)
	}
	if _, err := r.ReadAt(end, size-int64(len(end))); err != nil && err != io.EOF {
		return err
	}
	if n := int64(binary.LittleEndian.Uint32(end)); string(end[4:]) != magic || n > size-int64(len(end)+len(magic)) {
		return fmt.Errorf("the file does not end as it should: it is cut short: %w", ErrFormat)
	}
	return nil
}

// damaged is an error of the module.
func damaged(err error) error { return fmt.Errorf("the file cannot be read: %w: %w", err, ErrFormat) }

// valueError is what is wrong with the cell that comes next.
type valueError struct{ error }

// valueCursor reads a column that is not of bytes.
type valueCursor struct {
	c      *fileColumn
	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader
	buf    []parquet.Value
	have   []parquet.Value // those of buf that are not passed yet
}

// fill makes sure that there are values, and returns how many.
func (c *valueCursor) fill() (int, error) {
	for len(c.have) == 0 {
		if c.page == nil {
			page, err := c.pages.ReadPage()
			if err != nil {
				if err == io.EOF {
					err = errors.New("column " + c.c.name + " has fewer values than rows")
				}
				return 0, damaged(err)
			}
			c.page, c.values = page, page.Values()
		}
		if c.buf == nil {
			c.buf = make([]parquet.Value, rows.BatchRows)
		}
		n, err := c.values.ReadValues(c.buf)
		c.have = c.buf[:n]
		if err != nil && err != io.EOF {
			return 0, damaged(err)
		}
		if n == 0 {
			c.release()
		}
	}
	return len(c.have), nil
}

func (c *valueCursor) add(b *rows.Batch, at, n int) error {
	c.c.add(b, at, c.have[:n])
	c.have = c.have[n:]
	return nil
}

func (c *valueCursor) release() {
	if c.page != nil {
		parquet.Release(c.page)
		c.page, c.values = nil, nil
	}
}

func (c *valueCursor) close() {
	c.release()
	_ = c.pages.Close()
}
