package xlsxconv

import (
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// longTable writes the rows of a long table.
func longTable(s *sheetWriter) error {
	r := &longRows{sheetWriter: s, shape: s.ds.Shape(), coords: make([]int, len(s.ds.Shape())), status: -1, cells: s.plan.status == StatusCell}
	r.gaps, r.missing = layout.Gaps(s.ds, s.o.Keep), s.ds.Cells().Info().Default
	r.pos = func() int64 { return r.at }
	for i, c := range s.cols {
		switch c.kind {
		case dimensionColumn:
			r.dims = append(r.dims, c.dim)
		case statusColumn:
			r.status = i
		default:
			r.value = i
		}
	}
	cur, err := s.ds.Cells().Cursor(s.plan.status != StatusNone || s.o.Keep == layout.NonEmpty)
	if err != nil {
		return err
	}
	next := int64(0)
	for err == nil {
		var chunk *jsonstat.Chunk
		if chunk, err = cur.Next(); err == nil {
			next, err = r.chunk(chunk, next)
		}
	}
	if cerr := cur.Close(); err == io.EOF {
		err = cerr
	}
	if err == nil && r.gaps {
		err = r.gap(next, s.ds.Len())
	}
	return err
}

// longRows writes a row for each cell. coords are those of the current cell, counted
// up as cells pass.
type longRows struct {
	*sheetWriter
	coords  []int
	shape   jsonstat.Shape
	at      int64 // position of the current cell
	dims    []int // dimension of each dimension column
	value   int   // column of the value
	status  int   // column of the status, -1 if there is none
	cells   bool  // the statuses of empty cells stand in the value column
	gaps    bool  // cells that are not there have rows too
	missing int32 // status of cells that are not there
	pos     func() int64
}

// chunk writes the cells of a chunk. next is the position behind the last cell that
// was passed, also in what it returns.
func (r *longRows) chunk(c *jsonstat.Chunk, next int64) (int64, error) {
	for i, kind := range c.Kinds {
		status := int32(0)
		if c.Status != nil {
			status = c.Status[i]
		}
		if !r.o.Keep.Wants(kind, status) {
			continue
		}
		pos := c.Position(i)
		if r.gaps && next < pos {
			if err := r.gap(next, pos); err != nil {
				return next, err
			}
		}
		r.seek(pos)
		if err := r.line(kind, c.Buf[c.Start[i]:c.End[i]], status); err != nil {
			return next, err
		}
		next = pos + 1
	}
	return next, nil
}

// gap writes the cells of a sparse cube that are not there.
func (r *longRows) gap(from, to int64) error {
	for pos := from; pos < to; pos++ {
		r.seek(pos)
		if err := r.line(jsonstat.Missing, nil, r.missing); err != nil {
			return err
		}
	}
	return nil
}

// seek moves to a position, mostly the next one.
func (r *longRows) seek(pos int64) {
	if pos != r.at+1 {
		r.coords = r.shape.Coords(pos, r.coords)
		r.at = pos
		return
	}
	r.at = pos
	for d := len(r.coords) - 1; d >= 0; d-- {
		if r.coords[d]++; r.coords[d] < r.shape[d] {
			return
		}
		r.coords[d] = 0
	}
}

// line writes the row of the current cell.
func (r *longRows) line(kind jsonstat.Kind, token []byte, status int32) error {
	if err := r.next(); err != nil {
		return err
	}
	num := r.row
	b := append(append(append(r.d.buf, `<row r="`...), num...), `">`...)
	for i, d := range r.dims {
		k := r.coords[d]
		text := r.texts[i][k]
		if text == nil {
			text = r.text(i, k)
		}
		b = append(append(append(b, r.open[i]...), num...), text...)
	}
	r.d.buf = b
	if r.status >= 0 {
		r.statusBeside(r.status, status)
	}
	form := 0
	if r.metric >= 0 {
		form = r.form[r.coords[r.metric]]
	} else {
		form = r.form[0]
	}
	switch {
	case kind == jsonstat.Number && len(token) <= sureDigits && !r.cells:
		b = append(append(append(r.d.buf, r.open[r.value]...), num...), r.forms[form]...)
		r.d.buf = append(append(b, token...), `</v></c>`...)
	default:
		c := layout.Cell{Kind: kind, Token: token, Status: status}
		if err := r.cell(r.value, form, &c, r.pos); err != nil {
			return err
		}
	}
	return r.endRow()
}
