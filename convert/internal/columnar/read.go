package columnar

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Source is a table that can be gone through several times.
type Source interface {
	// Rows is the number of rows, -1 if nobody knows yet.
	Rows() int64

	// Pieces goes through the rows of some columns, given by number.
	Pieces(columns []int, f func(Piece) error) error
}

// Piece is some rows of a table.
type Piece interface {
	Len() int

	// Texts is the column of that number as texts.
	Texts(column int) (Texts, error)

	// Values is the column of that number as values.
	Values(column int) (Values, error)
}

// Texts is a piece of a column whose cells are taken for texts.
type Texts interface {
	Null(row int) bool
	Append(dst []byte, row int) []byte
}

// Coded is a Texts that numbers its texts.
type Coded interface {
	Texts
	Code(row int) int // of a row that is not null

	// Dictionary are the texts by code, and how many there are. A nil id means
	// that it is a new one each time.
	Dictionary() (texts Texts, n int, id any)
}

// Values is a piece of a column of values.
type Values interface {
	Null(row int) bool

	// Put sets the cell at a position to the value of a row that is not null.
	Put(c *Cube, pos int64, row int) error
}

// countAlways is the largest cube of a head that is filled without counting first
// how many rows there will be.
const countAlways = 4 << 20

// Build makes the cube of a table.
func Build(src Source, p *Plan) (*jsonstat.Dataset, error) {
	r := &reader{src: src, p: p}
	for _, d := range p.Dims {
		if d.Column >= 0 {
			r.columns = append(r.columns, d.Column)
		}
	}
	r.dims = make([]dimensionReader, len(p.Dims))
	rows, head := src.Rows(), p.head
	if head == nil || (rows < 0 && head.Len() > countAlways) {
		var err error
		if rows, err = r.count(); err != nil {
			return nil, err
		}
	} else if rows < 0 {
		rows = head.Len() // whether there are any shows later
	}
	if head == nil {
		if rows == 0 {
			return nil, errors.New("the table has no rows, and no head of the cube that it was")
		}
		var err error
		if head, err = p.ruleHead(); err != nil {
			return nil, err
		}
	}
	return r.fill(head, rows)
}

// reader goes through the rows.
type reader struct {
	src     Source
	p       *Plan
	columns []int // of dimensions
	dims    []dimensionReader
	text    []byte
}

// dimensionReader finds the categories of a dimension.
type dimensionReader struct {
	coords []int32
	codes  []int32 // category by code of the dictionary last met
	dict   any
}

// count finds the categories, and counts the rows.
func (r *reader) count() (rows int64, err error) {
	err = r.src.Pieces(r.columns, func(piece Piece) error {
		err := r.coords(piece, rows)
		rows += int64(piece.Len())
		return err
	})
	return rows, err
}

// coords finds the categories of a piece, before which so many rows have been.
func (r *reader) coords(piece Piece, before int64) error {
	n := piece.Len()
	for i := range r.p.Dims {
		d, dr := &r.p.Dims[i], &r.dims[i]
		if d.Column < 0 {
			continue
		}
		texts, err := piece.Texts(d.Column)
		if err != nil {
			return err
		}
		dr.coords = slices.Grow(dr.coords[:0], n)[:n] // now that the column was found to have so many cells
		if coded, ok := texts.(Coded); ok {
			err = r.coded(d, dr, coded, before)
		} else {
			err = r.plain(d, dr, texts, before)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// plain finds categories text by text.
func (r *reader) plain(d *PlannedDimension, dr *dimensionReader, texts Texts, before int64) error {
	for row := range dr.coords {
		if texts.Null(row) {
			return r.noCategory(d, before+int64(row)+1)
		}
		r.text = texts.Append(r.text[:0], row)
		k := r.category(d, r.text)
		if k < 0 {
			return r.unknown(d, r.text, before+int64(row)+1)
		}
		dr.coords[row] = k
	}
	return nil
}

// category is the number of a category, -1 for a text that is none. A new one must
// be UTF-8.
func (r *reader) category(d *PlannedDimension, text []byte) int32 {
	n := len(d.found.Texts())
	k := d.found.Add(text)
	if int(k) == n && !utf8.Valid(text) {
		return -1
	}
	return k
}

// coded looks up the texts of a dictionary once.
func (r *reader) coded(d *PlannedDimension, dr *dimensionReader, coded Coded, before int64) error {
	texts, n, id := coded.Dictionary()
	if id == nil || id != dr.dict {
		dr.dict = id
		dr.codes = slices.Grow(dr.codes[:0], n)[:n]
		for code := range dr.codes {
			dr.codes[code] = -1
			if !texts.Null(code) {
				if r.text = texts.Append(r.text[:0], code); utf8.Valid(r.text) { // one that no row has does no harm
					dr.codes[code] = r.category(d, r.text)
				}
			}
		}
	}
	for row := range dr.coords {
		if coded.Null(row) {
			return r.noCategory(d, before+int64(row)+1)
		}
		code := coded.Code(row)
		if code < 0 || code >= n {
			return &RowError{before + int64(row) + 1, fmt.Sprintf("column %q has a code that its dictionary does not have", r.p.fields[d.Column].Name)}
		}
		k := dr.codes[code]
		if k < 0 {
			if texts.Null(code) {
				return r.noCategory(d, before+int64(row)+1)
			}
			return r.unknown(d, texts.Append(nil, code), before+int64(row)+1)
		}
		dr.coords[row] = k
	}
	return nil
}

func (r *reader) noCategory(d *PlannedDimension, row int64) error {
	return &RowError{row, fmt.Sprintf("dimension %q has no category: the cell is null", d.ID)}
}

// unknown is the error for a category that the head does not know.
func (r *reader) unknown(d *PlannedDimension, text []byte, row int64) error {
	if !utf8.Valid(text) {
		return &RowError{row, fmt.Sprintf("column %q has a text that is not UTF-8", r.p.fields[d.Column].Name)}
	}
	if r.p.head != nil {
		if dim := r.p.head.Dimension(d.ID); dim.Index(string(text)) < 0 {
			if _, err := dim.Category(string(text)); err != nil {
				return &RowError{row, err.Error()}
			}
		}
	}
	return &RowError{row, fmt.Sprintf("there is no category %q in dimension %q", brief(string(text)), d.ID)}
}

// fill puts the values in their places.
func (r *reader) fill(head *jsonstat.Dataset, rows int64) (*jsonstat.Dataset, error) {
	cube, err := NewCube(head, r.p.forms, rows)
	if err != nil {
		return nil, err
	}
	columns := append(slices.Clone(r.columns), r.p.Value)
	if r.p.Status >= 0 {
		columns = append(columns, r.p.Status)
	}
	seen := int64(0)
	err = r.src.Pieces(columns, func(piece Piece) error {
		if err := r.coords(piece, seen); err != nil {
			return err
		}
		err := r.place(cube, piece, seen)
		seen += int64(piece.Len())
		return err
	})
	if err != nil {
		return nil, err
	}
	cube.empty = seen == 0
	return cube.Dataset()
}

func (r *reader) place(cube *Cube, piece Piece, before int64) error {
	values, err := piece.Values(r.p.Value)
	if err != nil {
		return err
	}
	if tv, ok := values.(*TextValues); ok {
		tv.kinds = r.p.kinds
	}
	var statuses Texts
	if r.p.Status >= 0 {
		if statuses, err = piece.Texts(r.p.Status); err != nil {
			return err
		}
	}
	for row := range piece.Len() {
		pos := int64(0)
		for i := range r.dims {
			if r.p.Dims[i].Column >= 0 {
				pos += int64(r.dims[i].coords[row]) * cube.strides[i]
			}
		}
		number := before + int64(row) + 1
		if err := cube.PlaceAt(pos, number); err != nil {
			return err
		}
		if values.Null(row) {
			if cube.forms.Values != jsonstat.Sparse {
				cube.Missing(pos)
			}
		} else if err := values.Put(cube, pos, row); err != nil {
			return &RowError{number, err.Error()}
		}
		if statuses != nil && !statuses.Null(row) {
			if r.text = statuses.Append(r.text[:0], row); len(r.text) > 0 {
				if !utf8.Valid(r.text) {
					return &RowError{number, "the status is not UTF-8"}
				}
				cube.Status(pos, r.text)
			}
		}
	}
	return nil
}

// TextValues makes values of a column of texts.
type TextValues struct {
	Texts
	kinds string // see KeyValues
	text  []byte
}

// Put sets a cell to what the text stands for.
func (v *TextValues) Put(c *Cube, pos int64, row int) error {
	v.text = v.Append(v.text[:0], row)
	text := v.text
	if !utf8.Valid(text) {
		return errors.New("the value is a text that is not UTF-8")
	}
	if v.kinds == kindToken {
		if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' && json.Valid(text) {
			c.Text(pos, string(jsonstat.AppendText(nil, text)))
			return nil
		}
	}
	switch {
	case v.kinds == "" || v.kinds == kindText:
	case strings.Contains(v.kinds, kindBoolean) || v.kinds == kindToken:
		if isBoolean(text) {
			c.Bool(pos, text[0] == 't')
			return nil
		}
		fallthrough
	case strings.Contains(v.kinds, kindNumber):
		if c.Token(pos, text) == nil {
			return nil
		}
		if v.kinds == kindNumber {
			return fmt.Errorf("the value %q is no number", brief(string(text)))
		}
	}
	c.Text(pos, string(text))
	return nil
}
