package convert

import (
	"bytes"
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// header writes the header line.
func (c *csvWriter) header(l *layout.Layout) {
	list := csvColumns(l, c.o)
	if c.single = len(list) == 1; c.single {
		c.na = c.appendText(nil, *c.o.NA)
	}
	for _, col := range list {
		c.buf = append(c.label(c.buf, col.header), c.sep...)
	}
	c.endLine()
}

// endLine replaces the last separator by the end of the line.
func (c *csvWriter) endLine() {
	if n := len(c.buf) - len(c.sep); n >= 0 && bytes.HasSuffix(c.buf, c.sep) {
		c.buf = c.buf[:n]
	}
	c.buf = append(c.buf, c.eol...)
}

// rows writes the rows of a table.
func (c *csvWriter) rows(l *layout.Layout) error {
	texts := newTexts(c.ds, l, c.appendColumns)
	if l.Pivoted() {
		return c.pivot(l, texts)
	}
	r := &csvRuns{csvWriter: c, outer: newOuter(texts)}
	r.inner = newInner(texts, func(text []byte) []byte {
		if c.o.Status {
			return slices.Concat(text, c.sep) // no status
		}
		return text
	})
	return layout.Walk{Cube: c.ds, Keep: c.o.Keep, Statuses: c.o.Status}.Runs(r.write)
}

// appendColumns appends the columns of a dimension for a category, each with a
// separator behind it.
func (c *csvWriter) appendColumns(dst []byte, dim int, columns []layout.Column, category int) []byte {
	d := c.ds.Dimensions()[dim]
	for _, col := range columns {
		text := col.Say(d, category)
		if isLabel(col, d, category, text) {
			dst = c.label(dst, text)
		} else {
			dst = c.appendText(dst, text)
		}
		dst = append(dst, c.sep...)
	}
	return dst
}

// pivot writes the rows of a pivot.
func (c *csvWriter) pivot(l *layout.Layout, texts *texts) error {
	return l.Rows(c.ds, c.o.StatusColumns, c.o.Keep, func(coords []int, cells []layout.Cell) error {
		for k, d := range l.Stub {
			c.buf = append(c.buf, texts.at(d, coords[k])...)
		}
		for i := range cells {
			// Here, not behind the cell: endLine takes its separator back.
			if err := c.spill(); err != nil {
				return err
			}
			if c.places != nil {
				c.places.pivot(l, coords, i)
			}
			c.buf = append(c.value(c.buf, cells[i].Kind, cells[i].Token), c.sep...)
			if c.o.StatusColumns {
				c.buf = append(append(c.buf, c.statuses.at(cells[i].Status)...), c.sep...)
			}
		}
		c.endLine()
		return nil
	})
}

// csvRuns writes a line for each cell. A line is the texts of all dimensions but the
// last, which stand ready for a run, the text of the last dimension, the status and
// the value.
type csvRuns struct {
	*csvWriter
	outer outer
	inner inner
}

// write writes the lines of runs.
func (r *csvRuns) write(run *layout.Runs) error {
	w, c := r.csvWriter, run.Chunk
	plain := !w.comma && !w.quoteNum && w.places == nil
	buf := w.buf
	for run.Next() {
		if run.Changed < len(run.Coords) {
			r.outer.renew(run.Changed, run.Coords)
		}
		if r.inner.left > 0 {
			r.inner.ready(run)
		}
		from, last := run.From, run.Last
		kinds := c.Kinds[from:run.To]
		starts, ends, bare := c.Start[from:][:len(kinds)], c.End[from:][:len(kinds)], r.inner.list[last:][:len(kinds)]
		outer := r.outer.text
		for i, kind := range kinds {
			buf = append(buf, outer...)
			if c.Status != nil && c.Status[from+i] != 0 && w.o.Status {
				buf = r.marked(buf, last+i, c.Status[from+i])
			} else {
				buf = append(buf, bare[i]...)
			}
			switch token := c.Buf[starts[i]:ends[i]]; {
			case kind == jsonstat.Number && plain:
				buf = append(buf, token...)
			case kind == jsonstat.Number && w.places == nil:
				buf = w.number(buf, token)
			default:
				if w.places != nil {
					w.places.long(run.Coords, last+i)
				}
				buf = w.value(buf, kind, token)
			}
			if w.crlf {
				buf = append(buf, '\r')
			}
			buf = append(buf, '\n')
			if len(buf) >= flushAt {
				w.buf = buf
				if err := w.flush(); err != nil {
					return err
				}
				buf = w.buf
			}
		}
	}
	w.buf = buf
	return nil
}

// marked appends the text of a category of the last dimension and a status.
func (r *csvRuns) marked(dst []byte, j int, status int32) []byte {
	dst = append(dst, r.inner.last(j)...)
	dst = append(dst, r.statuses.at(status)...)
	return append(dst, r.sep...)
}
