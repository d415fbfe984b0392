package xlsxconv

import (
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// longTable writes the rows of a long table.
func longTable(s *sheetWriter) error {
	r := &longRows{sheetWriter: s, coords: make([]int, len(s.ds.Shape())), status: -1, inCells: s.plan.status == StatusCell}
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
	return layout.Walk{Cube: s.ds, Keep: s.o.Keep, Statuses: s.plan.status != StatusNone}.Runs(r.cells)
}

// longRows writes a row for each cell.
type longRows struct {
	*sheetWriter
	coords  []int // of the current cell
	at      int64 // its position
	dims    []int // dimension of each dimension column
	value   int   // column of the value
	status  int   // column of the status, -1 if there is none
	inCells bool  // the statuses of empty cells stand in the value column
	pos     func() int64
}

// cells writes the cells of runs.
func (r *longRows) cells(runs *layout.Runs) error {
	c := runs.Chunk
	for runs.Next() {
		last := r.coords[copy(r.coords, runs.Coords):] // none in a cube without dimensions
		r.at = c.Position(runs.From) - 1
		for i := runs.From; i < runs.To; i++ {
			if r.at++; len(last) > 0 {
				last[0] = runs.Last + i - runs.From
			}
			status := int32(0)
			if c.Status != nil {
				status = c.Status[i]
			}
			if err := r.line(c.Kinds[i], c.Buf[c.Start[i]:c.End[i]], status); err != nil {
				return err
			}
		}
	}
	return nil
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
	case kind == jsonstat.Number && len(token) <= sureDigits && !r.inCells:
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
