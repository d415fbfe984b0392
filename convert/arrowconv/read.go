package arrowconv

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ReadOptions say how a table becomes a cube. The zero value, and nil, go by the keys
// of the table, else by the rules of [convert.TableOptions]; of these Header and Decimal
// have no effect. The head that a table carries is not used where the options say
// themselves what the dimensions are (Dimensions, Labels, By, Stub, Plan, Head).
type ReadOptions struct {
	convert.TableOptions
}

// ErrFormat marks what is not an Arrow file or stream.
var ErrFormat = errors.New("not an Arrow file or stream")

// ErrParquet is the ErrFormat of a Parquet file.
var ErrParquet = fmt.Errorf("the input is a Parquet file: %w", ErrFormat)

// Read makes a dataset of an Arrow table, in the file or the stream format. Errors are a
// [*convert.TableError], whose Row counts from the first of the table, or those of
// reading.
//
// A table that [Write] made comes back as the dataset that it was, as long as its
// dimensions have their columns. Rows may come in any order and be fewer: cells
// without a row are missing. Of other tables the keys of jsonstat-io tell which
// column is what, and the rules of all tables what these do not. Categories are in the
// order of a dictionary that is ordered, else in that in which they come up. Dates and
// times are ids such as 2024-01-01 or 2024-01-01T06:00, of the precision that their
// column has; NaN and null are missing.
//
// The table is read once. A file that cannot be read at offsets is kept in a temporary
// file meanwhile; a stream is not.
func Read(r io.Reader, o *ReadOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &ReadOptions{}
	}
	if s, ok := r.(io.ReadSeeker); ok {
		if at, err := s.Seek(0, io.SeekCurrent); err == nil && at == 0 {
			return readFile(r, o)
		}
	}
	pipe := &pipe{r: r}
	buffered := bufio.NewReaderSize(pipe, 64<<10)
	first, err := buffered.Peek(len(fileMagic))
	if err != nil && err != io.EOF {
		return nil, err
	}
	if string(first) == fileMagic {
		return readFile(buffered, o)
	}
	ds, err := read(func() (*source, error) {
		if err := checkFirst(first); err != nil {
			return nil, err
		}
		s := &source{}
		s.mem = newBounded(func() int64 { return pipe.n })
		return s, s.stream(arrowschema.NewStream(buffered, s.mem))
	}, o)
	// What stands behind the end mark is nobody's business, but an input that fails
	// there has failed.
	_, _ = buffered.Peek(1)
	if pipe.err != nil {
		return nil, pipe.err
	}
	return ds, err
}

// pipe is what can be read once.
type pipe struct {
	r   io.Reader
	n   int64
	err error // that of reading
}

// Read reads, and notes what goes wrong.
func (p *pipe) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.n += int64(n)
	if err != nil && err != io.EOF && p.err == nil {
		p.err = err
	}
	return n, err
}

// readFile reads what can be read at offsets, or is made so.
func readFile(r io.Reader, o *ReadOptions) (*jsonstat.Dataset, error) {
	return columnar.AtOffsets(r, func(src *spool.Source) (*jsonstat.Dataset, error) {
		return read(func() (*source, error) { return newSource(src) }, o)
	})
}

// read is Read, with what the module panics at as an error.
func read(open func() (*source, error), o *ReadOptions) (*jsonstat.Dataset, error) {
	return columnar.Guarded(func() (*jsonstat.Dataset, error) {
		s, err := open()
		if err != nil {
			return nil, err
		}
		schema := s.table.Schema()
		fields := make([]columnar.Field, schema.NumFields())
		s.columns = make([]column, len(fields))
		for i, f := range schema.Fields() {
			s.columns[i], fields[i] = newColumn(f)
		}
		return columnar.Make(s, fields, arrowschema.Keys(schema.Metadata()), o.TableOptions)
	}, func(what any) error { return fmt.Errorf("the table is damaged: %v", what) })
}

// source is a table in either format. A file is read as the stream that it has
// inside: that is all that a reader of all records needs, and of its footer arquero
// has another opinion than the module. Only where there is no such stream, for
// apache-arrow leaves out the schema in front, the footer is read.
type source struct {
	file     bool
	mem      *bounded
	messages *arrowschema.Messages // nil if the footer is read
	table    table
	columns  []column
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

// checkFirst looks at the first bytes of what is to be a stream.
func checkFirst(first []byte) error {
	switch {
	case len(first) == 0:
		return fmt.Errorf("the input is empty: %w", ErrFormat)
	case bytes.HasPrefix(first, []byte(parquetMagic)):
		return ErrParquet
	case bytes.HasPrefix(first, []byte(featherMagic)):
		return fmt.Errorf("the input is a Feather file of version 1, from before 2020: %w", ErrFormat)
	case first[0] == '{' || first[0] == '[' || first[0] == '<':
		return fmt.Errorf("the input is text: %w", ErrFormat)
	}
	return nil
}

func newSource(src *spool.Source) (*source, error) {
	first := make([]byte, len(fileMagic))
	n, err := io.ReadFull(src, first)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	if err := checkFirst(first[:n]); err != nil {
		return nil, err
	}
	size, err := src.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	s := &source{mem: newBounded(func() int64 { return size })}
	if string(first) == fileMagic {
		return s, s.inside(src, size)
	}
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return s, s.stream(arrowschema.NewMessages(src, size, s.mem))
}

// stream begins with the first record of a stream.
func (s *source) stream(messages *arrowschema.Messages) (err error) {
	s.messages = messages
	if s.table, err = ipc.NewReaderFromMessageReader(messages, ipc.WithAllocator(s.mem)); err != nil {
		return damaged(err)
	}
	return nil
}

// inside finds the stream in a file: between its magic and its footer.
func (s *source) inside(src *spool.Source, size int64) error {
	end := make([]byte, fileEnd)
	if size < int64(fileStart+fileEnd) {
		return damaged(io.ErrUnexpectedEOF)
	}
	if _, err := src.Seek(size-int64(fileEnd), io.SeekStart); err != nil {
		return err
	}
	if _, err := io.ReadFull(src, end); err != nil {
		return err
	}
	footer := int64(binary.LittleEndian.Uint32(end))
	length := size - fileStart - int64(fileEnd) - footer
	if s.file = true; string(end[4:]) != fileMagic || length < 0 {
		return fmt.Errorf("the file does not end as it should: it is cut short: %w", ErrFormat)
	}
	if _, err := src.Seek(fileStart, io.SeekStart); err != nil {
		return err
	}
	if s.stream(arrowschema.NewMessages(io.LimitReader(src, length), length, s.mem)) == nil {
		return nil
	}
	text := make([]byte, footer)
	if _, err := src.ReadAt(text, fileStart+length); err != nil {
		return err
	}
	err := arrowschema.VerifyFooter(text)
	if err == nil {
		s.table, err = ipc.NewFileReader(src, ipc.WithAllocator(s.mem))
	}
	if err != nil {
		return damaged(err)
	}
	return nil
}

// damaged is an error of the module. What it says begins with its own name.
func damaged(err error) error {
	return fmt.Errorf("the table cannot be read: %w: %w", err, ErrFormat)
}

// Place says where a row stands.
func (s *source) Place(number int64, _ int) rows.Place { return rows.Place{Row: number} }

// Groups goes through the records.
func (s *source) Groups(readings []columnar.Reading, add func(total int64, columns []columnar.Cells) error) error {
	for i, r := range readings {
		s.columns[i].Reading = r
	}
	cells := make([]columnar.Cells, len(s.columns))
	for {
		rec, err := s.table.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return damaged(err)
		}
		for i := range cells {
			cells[i] = s.columns[i].cells(rec.Column(i), int(rec.NumRows()))
		}
		if err := add(rec.NumRows(), cells); err != nil {
			return err
		}
	}
	if !s.file && !s.messages.Ended() {
		return fmt.Errorf("the stream has no end mark: it is cut short: %w", ErrFormat)
	}
	return nil
}
