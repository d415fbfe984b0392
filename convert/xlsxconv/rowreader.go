package xlsxconv

import (
	"fmt"
	"io"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/xmltoken"
)

// cellKind is what a cell of a sheet holds.
type cellKind uint8

const (
	numberCell cellKind = iota
	textCell
	boolCell
	errorCell
	dateCell   // a date or a time, as ISO 8601 writes it
	resultless // a formula whose result the workbook does not have; without a text
)

// cell is a cell that is not empty.
type cell struct {
	column int
	kind   cellKind
	shared int // number of the shared string, -1 if the text is the cell's own
	style  int
	text   []byte // valid until the next row
}

// truth is what a cell with true or false holds.
func (c *cell) truth() bool { return string(c.text) == "1" || string(c.text) == "true" }

// says tells whether a cell says a text, but for how its lines end.
func (c *cell) says(text string) bool {
	return string(c.text) == text || (len(c.text) <= len(text) && string(c.text) == lineEnds(text))
}

// rowReader goes through the rows of a sheet. By rule raised text is left out of cells,
// and those come, too, that hold a formula without a result.
type rowReader struct {
	b     *workbook
	sheet *sheetInfo
	part  io.ReadCloser
	x     *xmltoken.Reader
	row   int64 // number of the row, from 1
	cells []cell
	buf   []byte // texts of the row
	spans []int  // where in buf the text of each cell ends
	done  bool
	runs  runs
	left  leftOut
}

// leftOut is what was left out of cells.
type leftOut struct {
	cells      int64
	cell, text string // the first
}

// rows opens the rows of a sheet.
func (b *workbook) rows(s *sheetInfo) (*rowReader, error) {
	if b.strings == nil {
		if err := b.readStrings(); err != nil {
			return nil, err
		}
	}
	part, err := b.open(s.part)
	if err != nil {
		return nil, err
	}
	return &rowReader{b: b, sheet: s, part: part, x: xmltoken.NewReader(part)}, nil
}

// readStrings reads the shared strings.
func (b *workbook) readStrings() error {
	b.strings = &stringTable{byRule: b.byRule}
	if b.table == "" {
		return nil
	}
	r, err := b.open(b.table)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := b.strings.read(xmltoken.NewReader(r)); err != nil {
		return fmt.Errorf("part %q: %w", b.table, inWorkbook(err))
	}
	return nil
}

func (r *rowReader) close() { _ = r.part.Close() } // it was only read

// next reads the next row that has cells. The end is io.EOF.
func (r *rowReader) next() ([]cell, error) {
	for !r.done {
		err := r.x.Next()
		if err == io.EOF {
			return nil, r.fail(fmt.Errorf("it ends before its rows do: %w", errXML))
		}
		if err != nil {
			return nil, r.fail(err)
		}
		name, empty := r.x.Name()
		switch string(name) {
		case "row":
			r.number()
			if empty {
				continue
			}
			if err := r.readRow(); err != nil {
				return nil, r.fail(err)
			}
			if len(r.cells) > 0 {
				return r.cells, nil
			}
		case "sheetData":
			r.done = empty
		case "/sheetData":
			r.done = true
		}
	}
	return nil, io.EOF
}

// fail says where an error is.
func (r *rowReader) fail(err error) error {
	return fmt.Errorf("sheet %q, row %d: %w", r.sheet.name, r.row, inWorkbook(err))
}

// number is the number of the row: its own, else the next one.
func (r *rowReader) number() {
	r.row++
	r.x.Attributes(func(name, value []byte) {
		if string(name) == "r" {
			if n, err := strconv.ParseInt(string(value), 10, 64); err == nil && n > 0 {
				r.row = n
			}
		}
	})
}

// readRow reads the cells of a row.
func (r *rowReader) readRow() error {
	r.cells, r.buf, r.spans = r.cells[:0], r.buf[:0], r.spans[:0]
	column := -1
	for {
		if err := r.x.Next(); err != nil {
			return unexpected(err)
		}
		name, empty := r.x.Name()
		switch string(name) {
		case "c":
			c, kind := r.readCell(column + 1)
			if column = c.column; column >= MaxColumns || column < 0 {
				return fmt.Errorf("a cell is beyond column %d: %w", MaxColumns, errXML)
			}
			if empty {
				continue
			}
			if err := r.content(c, kind); err != nil {
				return err
			}
		case "/row":
			from := 0
			for i := range r.cells {
				c := &r.cells[i]
				if c.shared < 0 {
					c.text = r.buf[from:r.spans[i]:r.spans[i]]
				}
				from = r.spans[i]
			}
			return nil
		}
	}
}

// unexpected is the error for an end of the file inside of an element.
func unexpected(err error) error {
	if err == io.EOF {
		return fmt.Errorf("it ends inside of a row: %w", errXML)
	}
	return err
}

// readCell reads the tag of a cell.
func (r *rowReader) readCell(column int) (c cell, kind string) {
	c = cell{column: column, shared: -1}
	r.x.Attributes(func(name, value []byte) {
		if len(name) != 1 {
			return
		}
		switch name[0] {
		case 'r':
			if k := columnIndex(value); k >= 0 {
				c.column = k
			}
		case 's':
			c.style, _ = strconv.Atoi(string(value))
		case 't':
			switch string(value) {
			case "s":
				kind = "s"
			case "inlineStr":
				kind = "inlineStr"
			default:
				kind = string(value)
			}
		}
	})
	return c, kind
}

// content reads what a cell holds up to its end, and keeps the cell if that is
// anything.
func (r *rowReader) content(c cell, kind string) error {
	wanted, phonetic, found := false, false, false
	formula, result := false, false
	from := len(r.buf)
	for {
		if err := r.x.Next(); err != nil {
			return unexpected(err)
		}
		name, empty := r.x.Name()
		switch string(name) {
		case "v", "t":
			wanted = !empty && !phonetic
			result = true
		case "f":
			formula = true
		case "r", "/r", "vertAlign":
			if r.b.byRule {
				r.runs.tag(r.x)
			}
		case "rPh":
			phonetic = !empty
		case "/rPh":
			phonetic = false
		case "/v", "/t":
			if !wanted {
				continue
			}
			var err error
			at := len(r.buf)
			if r.buf, err = decode(r.buf, r.x.Text()); err != nil {
				return err
			}
			if kind == "inlineStr" && r.b.byRule {
				r.buf = r.runs.piece(r.buf, from, at)
			}
			wanted, found = false, true
		case "/c":
			switch {
			case r.b.byRule && formula && len(r.buf) == from && !(kind == "str" && result): // an empty text is a result
				c.kind = resultless
				r.add(c)
				return nil
			case !found:
				return nil
			}
			return r.keep(c, kind, from)
		case "/row", "/sheetData":
			return fmt.Errorf("a cell does not end: %w", errXML)
		}
	}
}

// keep adds a cell whose text stands in buf.
func (r *rowReader) keep(c cell, kind string, from int) error {
	text := r.buf[from:]
	switch kind {
	case "s":
		i, err := strconv.Atoi(string(text))
		shared, ok := r.b.strings.at(i)
		if err != nil || !ok {
			return fmt.Errorf("cell %s refers to a text %.20q, which the workbook does not have: %w", cellName(c.column, r.row), text, errXML)
		}
		r.buf = r.buf[:from]
		c.kind, c.shared, c.text = textCell, i, shared
		if left := r.b.strings.leftOut(i); left != "" {
			r.leave(c, left)
		}
		if len(shared) == 0 {
			return nil
		}
	case "inlineStr", "str", "d":
		c.kind = textCell
		if kind == "d" {
			c.kind = dateCell
		}
		if len(r.runs.left) > 0 {
			r.buf = r.runs.end(r.buf, from)
			r.leave(c, string(r.runs.left))
			r.runs = r.runs.next()
		}
		if len(r.buf) == from {
			return nil
		}
	case "b":
		c.kind = boolCell
	case "e":
		c.kind = errorCell
	default:
		if len(text) == 0 {
			return nil
		}
	}
	r.add(c)
	return nil
}

// add adds a cell whose own text stands in buf.
func (r *rowReader) add(c cell) {
	r.cells = append(r.cells, c)
	r.spans = append(r.spans, len(r.buf))
}

// leave notes what was left out of a cell.
func (r *rowReader) leave(c cell, text string) {
	if r.left.cells++; r.left.cells == 1 {
		r.left.cell, r.left.text = cellName(c.column, r.row), text
	}
}
