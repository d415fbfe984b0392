package arrowconv

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"

	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ReadOptions say which column of a table is what. The zero value, and nil, go by
// the keys of the table, else by the rule of [Read].
type ReadOptions struct {
	// Value is the name of the column of values.
	Value string

	// Status is the name of the column of statuses.
	Status string

	// Dimensions are the names of the columns that are dimensions, in order. The
	// head that a table carries is not looked at then. Default: all others.
	Dimensions []string

	// Roles of dimensions by id.
	Roles map[string]jsonstat.Role

	// Warn, if not nil, is told of what was put up with.
	Warn func(message string)
}

// ColumnError is a column that is not there, or not what it should be.
type ColumnError = columnar.ColumnError

// RowError is a row that cannot be part of a cube: of an unknown category, or of a
// cell that has a row already.
type RowError = columnar.RowError

// ErrFormat marks what is not an Arrow file or stream.
var ErrFormat = errors.New("not an Arrow file or stream")

// ErrParquet is the ErrFormat of a Parquet file.
var ErrParquet = fmt.Errorf("the input is a Parquet file: %w", ErrFormat)

// Read makes a dataset of an Arrow table, in the file or the stream format.
//
// A table that [Write] made comes back as the dataset that it was, as long as its
// dimensions have their columns. Rows may come in any order and be fewer: cells
// without a row are missing. Of other tables the keys of jsonstat-io tell which
// column is what. Of those without keys the value column is the one called value,
// else the first of numbers; one called status has the statuses; all others are
// dimensions, with categories in the order of their dictionary, or in that in which
// they come up.
//
// The table is gone through twice: what cannot be read again is kept in a temporary
// file meanwhile.
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
			ds, err = nil, fmt.Errorf("the table is damaged: %v", p)
		}
	}()
	s, err := newSource(src)
	if err != nil {
		return nil, err
	}
	schema := s.table.Schema()
	fields := make([]columnar.Field, schema.NumFields())
	for i, f := range schema.Fields() {
		fields[i] = columnar.Field{Name: f.Name, Kind: kindOf(f.Type), Type: f.Type.String(), Keys: arrowschema.Keys(f.Metadata)}
	}
	plan, err := columnar.NewPlan(fields, arrowschema.Keys(schema.Metadata()), columnar.ReadOptions{
		Value: o.Value, Status: o.Status, Dimensions: o.Dimensions, Roles: o.Roles, Warn: o.Warn,
	})
	if err != nil {
		return nil, err
	}
	return columnar.Build(s, plan)
}

// source is a table in either format. A file is read as the stream that it has
// inside: that is all that a reader of all records needs, and of its footer arquero
// has another opinion than the module. Only where there is no such stream, for
// apache-arrow leaves out the schema in front, the footer is read.
type source struct {
	src      *spool.Source
	from     int64 // where the stream begins
	length   int64 // of the stream
	file     bool
	footer   []byte // of a file
	mem      *bounded
	messages *arrowschema.Messages
	table    table
	fresh    bool // table stands at its first record
}

// table is what the readers of both formats have in common.
type table interface {
	Schema() *arrow.Schema
	Read() (arrow.Record, error)
}

const (
	fileMagic    = "ARROW1"
	parquetMagic = "PAR1"
	featherMagic = "FEA1"
	fileStart    = 8 // the magic, padded
	fileEnd      = 4 + len(fileMagic)
)

func newSource(src *spool.Source) (*source, error) {
	first := make([]byte, len(fileMagic))
	n, err := io.ReadFull(src, first)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	first = first[:n]
	size, err := src.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	switch {
	case n == 0:
		return nil, fmt.Errorf("the input is empty: %w", ErrFormat)
	case bytes.HasPrefix(first, []byte(parquetMagic)):
		return nil, ErrParquet
	case bytes.HasPrefix(first, []byte(featherMagic)):
		return nil, fmt.Errorf("the input is a Feather file of version 1, from before 2020: %w", ErrFormat)
	case first[0] == '{' || first[0] == '[' || first[0] == '<':
		return nil, fmt.Errorf("the input is text: %w", ErrFormat)
	}
	s := &source{src: src, length: size, mem: newBounded(size)}
	if string(first) == fileMagic {
		if err := s.inside(size); err != nil {
			return nil, err
		}
	}
	return s, s.open()
}

// inside finds the stream in a file: between its magic and its footer.
func (s *source) inside(size int64) error {
	end := make([]byte, fileEnd)
	if size < int64(fileStart+fileEnd) {
		return damaged(io.ErrUnexpectedEOF)
	}
	if _, err := s.src.Seek(size-int64(fileEnd), io.SeekStart); err != nil {
		return err
	}
	if _, err := io.ReadFull(s.src, end); err != nil {
		return err
	}
	footer := int64(binary.LittleEndian.Uint32(end))
	s.file, s.from, s.length = true, fileStart, size-fileStart-int64(fileEnd)-footer
	if string(end[4:]) != fileMagic || s.length < 0 {
		return fmt.Errorf("the file does not end as it should: it is cut short: %w", ErrFormat)
	}
	s.footer = make([]byte, footer)
	_, err := s.src.ReadAt(s.footer, s.from+s.length)
	return err
}

// open begins with the first record.
func (s *source) open() error {
	if _, err := s.src.Seek(s.from, io.SeekStart); err != nil {
		return err
	}
	s.messages = arrowschema.NewMessages(io.LimitReader(s.src, s.length), s.length, s.mem)
	var err error
	if s.table, err = ipc.NewReaderFromMessageReader(s.messages, ipc.WithAllocator(s.mem)); err != nil && s.file {
		return s.openFooter()
	}
	if err != nil {
		return damaged(err)
	}
	s.fresh = true
	return nil
}

// openFooter begins with the first record that the footer of a file names.
func (s *source) openFooter() error {
	err := arrowschema.VerifyFooter(s.footer)
	if err == nil {
		s.table, err = ipc.NewFileReader(s.src, ipc.WithAllocator(s.mem))
	}
	if err != nil {
		return damaged(err)
	}
	s.fresh = true
	return nil
}

// damaged is an error of the module. What it says begins with its own name.
func damaged(err error) error {
	return fmt.Errorf("the table cannot be read: %w: %w", err, ErrFormat)
}

// Rows is unknown: only the records tell.
func (s *source) Rows() int64 { return -1 }

// Pieces goes through the records.
func (s *source) Pieces(_ []int, f func(columnar.Piece) error) error {
	if !s.fresh {
		if err := s.open(); err != nil {
			return err
		}
	}
	s.fresh = false
	for {
		rec, err := s.table.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return damaged(err)
		}
		if err := f(piece{rec}); err != nil {
			return err
		}
	}
	if !s.file && !s.messages.Ended() {
		return fmt.Errorf("the stream has no end mark: it is cut short: %w", ErrFormat)
	}
	return nil
}

// piece is a record.
type piece struct{ rec arrow.Record }

func (p piece) Len() int                                   { return int(p.rec.NumRows()) }
func (p piece) Texts(column int) (columnar.Texts, error)   { return textsOf(p.rec.Column(column)) }
func (p piece) Values(column int) (columnar.Values, error) { return valuesOf(p.rec.Column(column)) }
