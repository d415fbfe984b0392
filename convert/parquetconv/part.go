package parquetconv

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/folders"
	"github.com/jsonstat-go/toolkit/internal/spool"
)

// A part is a file of a table, which has but one or is a folder of them.
type part struct {
	src     *spool.Source
	file    *parquet.File
	columns []fileColumn
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
	for i := range p.columns {
		if err := p.columns[i].read(schema[p.columns[i].field.Name]); err != nil {
			return nil, err
		}
	}
	said := p.Fields()
	columnar.Columns(said, p.table)
	for i := range p.columns {
		p.columns[i].field.Keys = said[i].Keys
	}
	return p, nil
}

// Fields are the columns as the table has them.
func (p *part) Fields() []columnar.Field {
	list := make([]columnar.Field, len(p.columns))
	for i := range list {
		list[i] = p.columns[i].field
	}
	return list
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
			fc.field.Kind, fc.half = columnar.FieldNumber, true
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

// group hands over the columns of a row group, while they are open.
func (p *part) group(number int, group parquet.RowGroup, read func(columns []columnar.Cells) error) error {
	chunks := group.ColumnChunks()
	list := make([]columnar.Cells, len(p.columns))
	for i := range p.columns {
		c := &p.columns[i]
		if c.Skip {
			list[i] = columnar.Same{}
			continue
		}
		if c.leaf < 0 || c.leaf >= len(chunks) {
			return damaged(fmt.Errorf("column %q has no values", c.field.Name))
		}
		meta := &p.file.Metadata().RowGroups[number].Columns[c.leaf].MetaData
		var err error
		if c.physical == parquet.ByteArray {
			list[i], err = newBytesCursor(c, p.src, meta)
		} else {
			values := &valueCursor{c: c, pages: chunks[c.leaf].Pages()}
			defer values.close()
			list[i] = values
			if meta.Codec == format.Lz4Raw {
				err = checkLZ4(p.src, meta)
			}
		}
		if err != nil {
			return damaged(fmt.Errorf("column %q: %w", c.field.Name, err))
		}
	}
	return read(list)
}

// openName opens a part.
func openName(dir fs.FS, name string) (folders.Part, error) {
	f, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	src, done, err := spool.Rewindable(f)
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	p, err := openPart(src)
	if err != nil {
		done()
		_ = f.Close()
		return nil, src.Cause(err)
	}
	p.done = func() { done(); _ = f.Close() }
	return p, nil
}

// Arrange puts the columns in another order.
func (p *part) Arrange(order []int) {
	columns := make([]fileColumn, len(order))
	for k, i := range order {
		columns[k] = p.columns[i]
	}
	p.columns = columns
}

// Keys are those of the table.
func (p *part) Keys() map[string]string { return p.table }

// Close is called when the part was read.
func (p *part) Close() { p.done() }

// Groups goes through the row groups.
func (p *part) Groups(readings []columnar.Reading, begin func(number int, total int64), add func(total int64, columns []columnar.Cells) error) error {
	for i := range p.columns {
		p.columns[i].Reading = readings[i]
	}
	for i, g := range p.file.RowGroups() {
		total := max(g.NumRows(), 0)
		begin(i+1, total)
		if err := p.group(i, g, func(columns []columnar.Cells) error { return add(total, columns) }); err != nil {
			return p.src.Cause(err)
		}
	}
	return nil
}
