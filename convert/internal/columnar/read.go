package columnar

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Source is a table that a format reads, group of rows by group of rows.
type Source interface {
	// Groups goes through the groups: add takes how many rows one has, and their cells,
	// by column, which are read as the readings say.
	Groups(readings []Reading, add func(total int64, columns []Cells) error) error

	// Place says where a row stands. They are numbered from 1, through all groups.
	Place(number int64, column int) rows.Place
}

// Cells are those of a column in a group of rows, from the first on.
type Cells interface {
	// Ready makes sure that there are cells, and returns how many.
	Ready() (int, error)

	// Add appends so many of them to a column of a batch. If one of them is a
	// [CellError], those before it are there.
	Add(b *rows.Batch, column, n int) error
}

// CellError is what is wrong with a cell.
type CellError struct{ Err error }

// Error is the reason: the place is that of the cell.
func (e *CellError) Error() string { return e.Err.Error() }

// Same are the cells of a column that is not read, which are all the same: the first
// text of a dictionary, or null if that is nil.
type Same struct{ *rows.Dictionary }

// Ready promises any number of cells.
func (Same) Ready() (int, error) { return math.MaxInt, nil }

// Add appends cells.
func (s Same) Add(b *rows.Batch, column, n int) error {
	if s.Dictionary == nil {
		for range n {
			b.Null(column)
		}
		return nil
	}
	b.Dictionaries[column] = s.Dictionary
	from := len(b.Codes[column])
	b.Codes[column] = slices.Grow(b.Codes[column], n)[:from+n]
	clear(b.Codes[column][from:])
	return nil
}

// Make makes the dataset of a table of columns, with the keys that stand beside them.
// Errors of the table are a [*convert.TableError].
func Make(src Source, fields []Field, table map[string]string, o convert.TableOptions) (*jsonstat.Dataset, error) {
	opts := rows.Options(o)
	readings, format, err := describe(fields, table, &opts)
	var ds *jsonstat.Dataset
	if err == nil {
		ds, err = rows.Make(&reader{src, readings}, format, &opts)
	}
	if e, ok := errors.AsType[*rows.Error](err); ok {
		err = (*convert.TableError)(e)
	}
	return ds, err
}

// reader puts the rows of a table in batches.
type reader struct {
	Source
	readings []Reading
}

// Fields are the columns.
func (r *reader) Fields() []rows.Field {
	fields := make([]rows.Field, len(r.readings))
	for i := range r.readings {
		fields[i] = r.readings[i].Field
	}
	return fields
}

// Rows goes through all groups. What is wrong with the rows is told as it is, whatever
// the format makes of it on its way up, but for an error of reading in its place.
func (r *reader) Rows(b *rows.Batch, next func() error) error {
	b.Grow(len(r.readings))
	var wrong error
	before := int64(0)
	err := r.Groups(r.readings, func(total int64, columns []Cells) (err error) {
		if wrong, err = r.group(b, before, total, columns, next); wrong != nil {
			return wrong
		}
		before += total
		return err
	})
	if wrong != nil && errors.Is(err, wrong) {
		return wrong
	}
	return err
}

// group puts the rows of a group in batches, each of which ends where the cells of a
// column do for now. What is wrong with the rows is apart from errors of reading them.
func (r *reader) group(b *rows.Batch, before, total int64, columns []Cells, next func() error) (wrong, err error) {
	for done, most := int64(0), int64(rows.RowsOf(len(columns))); done < total; {
		n, read := int(min(total-done, most)), false
		for _, c := range columns {
			have, err := c.Ready()
			if err != nil {
				return nil, err
			}
			n, read = min(n, have), read || have < math.MaxInt
		}
		for i, c := range columns {
			err := c.Add(b, i, n)
			if cell, ok := errors.AsType[*CellError](err); ok {
				p := r.Place(before+done+int64(max(len(b.Cells[i]), len(b.Codes[i])))+1, i)
				return &rows.Error{File: p.File, Group: p.Group, Row: p.Row, Msg: cell.Error()}, nil
			}
			if err != nil {
				return nil, err
			}
		}
		for i := range r.readings {
			if w := r.readings[i].Words; w > 0 {
				if row := words(b, i, w-1); row >= 0 {
					p := r.Place(before+done+int64(row)+1, i)
					return &rows.Error{File: p.File, Group: p.Group, Row: p.Row, Msg: fmt.Sprintf("the row has a value in two columns, %q and %q", r.readings[i].Name, r.readings[w-1].Name)}, nil
				}
			}
		}
		for range n {
			done++
			b.End(before + done)
		}
		if err := next(); err != nil || !read { // a table of nothing may claim any number of rows
			return err, nil
		}
	}
	return nil, nil
}

// words puts the cells of a column of values that are no numbers where the column of those
// which are has none. A row in which both have one is returned, -1 for none.
func words(b *rows.Batch, values, words int) int {
	if dict := b.Dictionaries[words]; dict != nil {
		for row, code := range b.Codes[words] {
			switch {
			case code < 0:
			case b.Kinds[values][row] != rows.Null:
				return row
			default:
				from := uint32(len(b.Text))
				b.Text = append(b.Text, dict.Texts[code]...)
				kind := rows.Text
				if dict.Kinds != nil && dict.Kinds[code] == rows.Bool {
					kind = rows.Bool
				}
				b.Cells[values][row], b.Kinds[values][row] = rows.Span{From: from, To: uint32(len(b.Text))}, kind
			}
		}
		return -1
	}
	for row := range b.Cells[words] {
		switch {
		case b.Kinds[words] != nil && b.Kinds[words][row] == rows.Null:
		case b.Kinds[values][row] != rows.Null:
			return row
		default:
			b.Cells[values][row], b.Kinds[values][row] = b.Cells[words][row], rows.Text
			if b.Kinds[words] != nil && b.Kinds[words][row] == rows.Bool {
				b.Kinds[values][row] = rows.Bool
			}
		}
	}
	return -1
}

// AtOffsets is what read makes of an input that can be read at offsets, or is made so.
// An error of the input comes before those that came of it.
func AtOffsets(r io.Reader, read func(src *spool.Source) (*jsonstat.Dataset, error)) (*jsonstat.Dataset, error) {
	src, done, err := spool.Rewindable(r)
	if err != nil {
		return nil, err
	}
	defer done()
	ds, err := read(src)
	if err = src.Cause(err); err != nil {
		return nil, err
	}
	return ds, nil
}

// Guarded is what read gives, with what a module panics at as the error that damaged
// makes of it.
func Guarded(read func() (*jsonstat.Dataset, error), damaged func(what any) error) (ds *jsonstat.Dataset, err error) {
	defer func() {
		if p := recover(); p != nil {
			ds, err = nil, damaged(p)
		}
	}()
	return read()
}
