package parquetconv

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Read makes a dataset of a Parquet file.
//
// A file that [Write] made comes back as the dataset that it was, as long as its
// dimensions have their columns. Rows may come in any order and be fewer: cells
// without a row are missing. Of other files the keys of jsonstat-io, in their Arrow
// schema, tell which column is what. Of those without keys the value column is the
// one called value, else the first of numbers; one called status has the statuses;
// all others are dimensions, with categories in the order in which they come up.
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
	ds, err := read(src, o)
	if err = src.Cause(err); err != nil {
		return nil, err
	}
	return ds, nil
}

// read is Read, with what the module panics at as an error.
func read(src *spool.Source, o *ReadOptions) (ds *jsonstat.Dataset, err error) {
	defer func() {
		if p := recover(); p != nil {
			ds, err = nil, fmt.Errorf("the file is damaged: %v", p)
		}
	}()
	s, err := openSource(src)
	if err != nil {
		return nil, err
	}
	table := map[string]string{}
	for _, kv := range s.file.Metadata().KeyValueMetadata {
		table[kv.Key] = kv.Value
	}
	keys := arrowschema.Decode(table[arrowschema.Key])
	fields := make([]columnar.Field, len(s.columns))
	for i, c := range s.columns {
		fields[i] = columnar.Field{Name: c.name, Kind: c.kind, Type: c.typ, Keys: keys[c.name]}
	}
	plan, err := columnar.NewPlan(fields, table, columnar.ReadOptions{
		Value: o.Value, Status: o.Status, Dimensions: o.Dimensions, Roles: o.Roles, Warn: o.Warn,
	})
	if err != nil {
		return nil, err
	}
	return columnar.Build(s, plan)
}

// source is a file.
type source struct {
	file    *parquet.File
	columns []fileColumn
	pieces  []*cursor // by column, of those asked for
}

const magic = "PAR1"

func openSource(src *spool.Source) (*source, error) {
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
	s := &source{file: f}
	for _, group := range f.Metadata().RowGroups {
		for i := range group.Columns {
			meta := &group.Columns[i].MetaData
			if n := meta.TotalCompressedSize; n < 0 || n > size {
				return nil, damaged(fmt.Errorf("a column claims %d bytes of a file of %d", n, size))
			}
			if meta.Codec == format.Lz4Raw || meta.Codec == format.Lz4 {
				// The module makes more and more room for pages that are damaged.
				return nil, fmt.Errorf("the file is compressed with lz4, which is not read: write it with zstd, snappy or gzip: %w", ErrFormat)
			}
		}
	}
	for _, c := range f.Root().Columns() {
		s.columns = append(s.columns, newFileColumn(c))
	}
	return s, nil
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

// Rows is what the file claims.
func (s *source) Rows() int64 { return max(s.file.NumRows(), 0) }

// Pieces goes through the rows of some columns. A piece ends where a page of one of
// them does.
func (s *source) Pieces(columns []int, f func(columnar.Piece) error) error {
	s.pieces = make([]*cursor, len(s.columns))
	for _, group := range s.file.RowGroups() {
		if err := s.group(group, columns, f); err != nil {
			return err
		}
	}
	return nil
}

// group goes through a row group.
func (s *source) group(group parquet.RowGroup, columns []int, f func(columnar.Piece) error) error {
	chunks := group.ColumnChunks()
	for _, i := range columns {
		c := &s.columns[i]
		if c.leaf < 0 || c.leaf >= len(chunks) {
			return damaged(fmt.Errorf("column %q has no values", c.name))
		}
		s.pieces[i] = &cursor{column: c, pages: chunks[c.leaf].Pages()}
	}
	defer func() {
		for _, i := range columns {
			if cur := s.pieces[i]; cur != nil {
				cur.close()
			}
		}
	}()
	for left := group.NumRows(); left > 0; {
		n := int(min(left, pieceRows))
		for _, i := range columns {
			have, err := s.pieces[i].fill()
			if err != nil {
				return err
			}
			n = min(n, have)
		}
		if len(columns) == 0 {
			return nil
		}
		if err := f(filePiece{s, n}); err != nil {
			return err
		}
		for _, i := range columns {
			s.pieces[i].pass(n)
		}
		left -= int64(n)
	}
	return nil
}

// pieceRows is the most rows of a piece.
const pieceRows = 8 << 10

// cursor reads the values of a column of a row group.
type cursor struct {
	column *fileColumn
	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader
	buf    []parquet.Value
	have   []parquet.Value // those of buf that are not passed yet
}

// fill makes sure that there are values, and returns how many.
func (c *cursor) fill() (int, error) {
	for len(c.have) == 0 {
		if c.page == nil {
			page, err := c.pages.ReadPage()
			if err != nil {
				if err == io.EOF {
					err = errors.New("column " + c.column.name + " has fewer values than rows")
				}
				return 0, damaged(err)
			}
			c.page, c.values = page, page.Values()
		}
		if c.buf == nil {
			c.buf = make([]parquet.Value, pieceRows)
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

// pass goes past n values.
func (c *cursor) pass(n int) { c.have = c.have[n:] }

func (c *cursor) release() {
	if c.page != nil {
		parquet.Release(c.page)
		c.page, c.values = nil, nil
	}
}

func (c *cursor) close() {
	c.release()
	_ = c.pages.Close()
}

// filePiece is the next n rows.
type filePiece struct {
	s *source
	n int
}

func (p filePiece) Len() int { return p.n }

func (p filePiece) Texts(column int) (columnar.Texts, error) {
	return p.s.columns[column].texts(p.s.pieces[column].have[:p.n])
}

func (p filePiece) Values(column int) (columnar.Values, error) {
	return p.s.columns[column].values(p.s.pieces[column].have[:p.n])
}
