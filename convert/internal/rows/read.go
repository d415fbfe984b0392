package rows

import (
	"errors"
	"fmt"
	"slices"
)

// Kinds of failure.
var (
	// ErrUndecided marks a table of which it cannot be told what its columns are.
	ErrUndecided = errors.New("it cannot be told what the columns are")

	// ErrNoFigures is ErrUndecided for a table without a column that could hold values.
	ErrNoFigures = fmt.Errorf("there is no column of figures: %w", ErrUndecided)

	// ErrText marks a cell of a value column that is no number.
	ErrText = errors.New("the text is no number")

	// ErrTwice marks two rows for one cell of the cube.
	ErrTwice = errors.New("two rows are for one cell")

	// ErrEmpty marks a table without rows.
	ErrEmpty = errors.New("there are no rows")

	// ErrOneColumn marks a table of one column: it has another separator, most likely.
	ErrOneColumn = errors.New("there is one column only")

	// ErrPlan marks a plan that is none.
	ErrPlan = errors.New("the plan cannot be used")

	// ErrWidth marks a row that is not as wide as the header.
	ErrWidth = errors.New("the row is not as wide as the header")
)

// A cell is a cell of a row in the store.
type cell struct {
	text []byte
	kind Kind
}

// cells goes through the chunks with the cells of some columns, numbered or not.
func (t *table) cells(columns []*column, f func(first int64, chunk int, cells [][]cell) (bool, error)) error {
	more := true
	for i := range t.store.chunks {
		err := t.chunkCells(i, columns, func(cells [][]cell) (err error) {
			more, err = f(t.store.chunks[i].first, i, cells)
			return err
		})
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// chunkCells reads the cells of some columns in a chunk.
func (t *table) chunkCells(i int, columns []*column, f func(cells [][]cell) error) error {
	list := make([][]cell, len(columns))
	chunk, err := t.store.read(i)
	if err != nil {
		return err
	}
	for k, c := range columns {
		if codes, ok := t.store.appendCodes(nil, chunk, c.at); ok {
			for _, code := range codes {
				text, kind := ofKey(c.dict.at(int(code)))
				list[k] = append(list[k], cell{text, kind})
			}
			continue
		}
		texts, _ := t.store.run(chunk, c.at)
		for range t.store.chunks[i].rows {
			text, kind := texts.next()
			list[k] = append(list[k], cell{text, kind})
		}
	}
	return f(list)
}

// textsOf are the texts of some columns in a row.
func (t *table) textsOf(columns []*column, row int64) ([]string, error) {
	var texts []string
	err := t.cells(columns, func(first int64, i int, cells [][]cell) (bool, error) {
		if row >= first+int64(t.store.chunks[i].rows) {
			return true, nil
		}
		for k := range columns {
			texts = append(texts, string(cells[k][row-first].text))
		}
		return false, nil
	})
	return texts, err
}

// A replay is a table as a source again, with another header.
type replay struct {
	t      *table
	fields []Field
	front  []string // a row in front of the others; nil for none
	skip   int64    // rows at the start that are part of the header now
}

// Fields are the columns.
func (r *replay) Fields() []Field { return slices.Clone(r.fields) }

// Rows puts all rows in the batch.
func (r *replay) Rows(b *Batch, next func() error) error {
	s := r.t.store
	b.Grow(len(r.fields))
	if r.front != nil {
		for i, text := range r.front {
			b.Add(i, []byte(text), Plain)
		}
		b.End(0)
		if err := next(); err != nil {
			return err
		}
	}
	for i := range s.chunks {
		err := r.t.chunkCells(i, r.t.columns, func(cells [][]cell) error {
			chunk, err := s.read(i)
			if err != nil {
				return err
			}
			numbers := s.appendNumbers(nil, chunk)
			from := int(max(0, min(int64(len(numbers)), r.skip-s.chunks[i].first)))
			for k := range r.t.columns {
				for _, c := range cells[k][from:] {
					b.Add(k, c.text, c.kind)
				}
			}
			for _, n := range numbers[from:] {
				b.End(n)
			}
			return next()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Place says where a row stands.
func (r *replay) Place(number int64, column int) Place { return r.t.src.Place(number, column) }
