package arrowconv

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/folders"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ReadOptions say how a table becomes a cube. The zero value, and nil, go by the keys
// of the table, else by the rules of [convert.TableOptions]; of these Header and Decimal
// have no effect. The head that a table carries is not used where the options say
// themselves what the dimensions are (Dimensions, Labels, By, Stub, Plan, Head).
type ReadOptions struct {
	convert.TableOptions

	// Path is where the file stands, or the folder of [ReadFolder], with slashes. The last
	// folders in it that are called name=value are columns that the rows have besides, if
	// the file has none of that name. Default: not known.
	Path string

	// Beside is the text of the _head.json that lies in a folder above, as
	// parquetconv.WritePartitions puts it there. Default: none is known.
	Beside []byte
}

// HeadName is what the head of a folder of files is called in it.
const HeadName = columnar.HeadName

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
	return folders.File(tableFormat, func() (folders.Part, error) {
		s, err := open()
		if err != nil {
			return nil, err
		}
		s.describe()
		return s, nil
	}, folders.Options(*o))
}

// tableFormat is that of the files of a folder.
var tableFormat = folders.Format{Name: "Arrow", Endings: []string{".arrow", ".feather", ".ipc", ".arrows"}, Open: openName}

// ReadFolder makes a dataset of the Arrow files in a folder and in those below it, as
// pyarrow lays them out: one table, whose rows have columns besides that folders called
// name=value make. What [Read] says of a table holds for all of it. Names are decoded, and
// are texts: 0301 is a code. Files and folders whose names begin with a point or an
// underscore are passed over; a _head.json among them is the head of the cube.
//
// One file is open at a time, in the order of their names, in which 2 stands before 10.
func ReadFolder(dir fs.FS, o *ReadOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &ReadOptions{}
	}
	return folders.Folder(tableFormat, dir, folders.Options(*o))
}

// openName opens a file of a folder.
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
	s, err := newSource(src)
	if err != nil {
		done()
		_ = f.Close()
		return nil, src.Cause(err)
	}
	s.cause, s.done = src.Cause, func() { done(); _ = f.Close() }
	s.describe()
	return s, nil
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
	fields   []columnar.Field
	order    []int                 // of the columns, by their numbers in the records
	cause    func(err error) error // what an error came of; nil if the caller looks
	done     func()                // nil if there is nothing to close
}

// describe reads what the schema says of the columns.
func (s *source) describe() {
	for i, f := range s.table.Schema().Fields() {
		c, field := newColumn(f)
		s.columns, s.fields, s.order = append(s.columns, c), append(s.fields, field), append(s.order, i)
	}
	columnar.Columns(s.fields, s.Keys())
}

// Fields are the columns.
func (s *source) Fields() []columnar.Field { return s.fields }

// Keys are those of the table.
func (s *source) Keys() map[string]string { return arrowschema.Keys(s.table.Schema().Metadata()) }

// Arrange puts the columns in another order.
func (s *source) Arrange(order []int) {
	columns, fields, at := make([]column, len(order)), make([]columnar.Field, len(order)), make([]int, len(order))
	for k, i := range order {
		columns[k], fields[k], at[k] = s.columns[i], s.fields[i], s.order[i]
	}
	s.columns, s.fields, s.order = columns, fields, at
}

// Close is called when the table was read.
func (s *source) Close() {
	if s.done != nil {
		s.done()
	}
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

// Groups goes through the records.
func (s *source) Groups(readings []columnar.Reading, begin func(number int, total int64), add func(total int64, columns []columnar.Cells) error) error {
	for i, r := range readings {
		s.columns[i].Reading = r
	}
	err := s.records(begin, add)
	if s.cause != nil {
		err = s.cause(err)
	}
	return err
}

func (s *source) records(begin func(number int, total int64), add func(total int64, columns []columnar.Cells) error) error {
	cells := make([]columnar.Cells, len(s.columns))
	for n := 1; ; n++ {
		rec, err := s.table.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return damaged(err)
		}
		for i := range cells {
			cells[i] = s.columns[i].cells(rec.Column(s.order[i]), int(rec.NumRows()))
		}
		begin(n, rec.NumRows())
		if err := add(rec.NumRows(), cells); err != nil {
			return err
		}
	}
	if !s.file && !s.messages.Ended() {
		return fmt.Errorf("the stream has no end mark: it is cut short: %w", ErrFormat)
	}
	return nil
}
