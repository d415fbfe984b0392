package rows

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// String is a place as messages begin with it: "line 3", "sheet Catch, cell B17".
func (p Place) String() string {
	var parts []string
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Sheet != "" {
		parts = append(parts, fmt.Sprintf("sheet %q", p.Sheet))
	}
	switch {
	case p.Line > 0:
		parts = append(parts, fmt.Sprintf("line %d", p.Line))
	case p.Cell != "":
		parts = append(parts, "cell "+p.Cell)
	case p.Group > 0 && p.Row > 0:
		parts = append(parts, fmt.Sprintf("row group %d, row %d", p.Group, p.Row))
	case p.Row > 0:
		parts = append(parts, fmt.Sprintf("row %d", p.Row))
	}
	return strings.Join(parts, ", ")
}

// An Error is what is wrong with a table, and where. It has the fields of
// convert.TableError, as which callers see it: only some of the first six are set.
type Error struct {
	File        string // of a table of several files
	Line        int64  // of a text, from 1
	Sheet, Cell string // of a workbook
	Group, Row  int64  // of a table, from 1

	Msg string

	// Of a table of which it cannot be told what its columns are without a word of
	// whoever knows:
	Columns []string        // those that it is about
	Propose json.RawMessage // a plan that would settle the whole table, tried on it; nil if none is known
	Keep    []string        // the dimensions, if these columns are to be among them; nil if they cannot
	Also    []string        // what else could be meant: names of options
	Text    string          // of the first cell that is no number; or the separator that the text looks as if it had

	Err error // the kind of failure, or what was given; may be nil
}

// at says where an error is.
func (e *Error) at(p Place) *Error {
	e.File, e.Line, e.Sheet, e.Cell, e.Group, e.Row = p.File, p.Line, p.Sheet, p.Cell, p.Group, p.Row
	return e
}

// Error gives place and reason.
func (e *Error) Error() string {
	if at := (Place{e.File, e.Line, e.Sheet, e.Cell, e.Group, e.Row}).String(); at != "" {
		return at + ": " + e.Msg
	}
	return e.Msg
}

// Unwrap is the kind of failure.
func (e *Error) Unwrap() error { return e.Err }

// choice is what an error proposes.
func (e *Error) choice() (c Choice) {
	if len(e.Propose) > 0 {
		_ = json.Unmarshal(e.Propose, &c) // what propose made
	}
	return c
}

// propose makes the proposal of an error.
func (e *Error) propose(c Choice) {
	e.Propose = nil
	if c.empty() {
		return
	}
	if text, err := json.Marshal(c); err == nil { // of texts, which always make JSON
		e.Propose = text
	}
}

// place is where the row of that number stands.
func (t *table) place(number int64, column int) Place { return t.src.Place(number, column) }

// where is the place of a row by its index.
func (t *table) where(row int64, column int) (Place, error) {
	for i, c := range t.store.chunks {
		if row < c.first+int64(c.rows) {
			chunk, err := t.store.read(i)
			if err != nil {
				return Place{}, err
			}
			return t.place(t.store.appendNumbers(nil, chunk)[row-c.first], column), nil
		}
	}
	return Place{}, nil
}

// both are the places of two rows by their indices.
func (t *table) both(first, second int64) (a, b Place, err error) {
	if a, err = t.where(first, -1); err != nil {
		return a, b, err
	}
	b, err = t.where(second, -1)
	return a, b, err
}

// placeOf is where a text stands first in a column; that of the header if it stands
// nowhere.
func (t *table) placeOf(c *column, text string) (Place, error) {
	row := int64(-1)
	err := t.cells([]*column{c}, func(first int64, _ int, cells [][]cell) (bool, error) {
		k := slices.IndexFunc(cells[0], func(c cell) bool { return c.kind != Null && string(c.text) == text })
		if k >= 0 {
			row = first + int64(k)
		}
		return k < 0, nil
	})
	if err != nil || row < 0 {
		return t.headerPlace(), err
	}
	return t.where(row, c.at)
}

func (t *table) notUTF8(number int64, column int) error {
	return (&Error{Msg: "the text is not UTF-8", Err: ErrEncoding}).at(t.place(number, column))
}
