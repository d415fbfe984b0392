package convert

import (
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// rows writes all rows.
func (t *jsonTable) rows() error {
	texts := newTexts(t.ds, t.l, t.appendColumns)
	if t.l.Pivoted() {
		return t.pivot(texts)
	}
	return layout.Walk{Cube: t.ds, Keep: t.o.Keep, Statuses: t.o.Status}.Runs(t.newRuns(texts).write)
}

// appendColumns appends the columns of a dimension for a category. Between the members
// of an object stands a comma: in front of a dimension where the value comes first,
// behind it in a pivot.
func (t *jsonTable) appendColumns(dst []byte, dim int, columns []layout.Column, category int) []byte {
	d := t.ds.Dimensions()[dim]
	for _, c := range columns {
		switch t.form {
		case arrays:
			dst = append(jsontoken.AppendString(dst, c.Say(d, category)), ',')
			continue
		case google:
			dst = append(dst, `{"v":`...)
			dst = append(jsontoken.AppendString(dst, c.Say(d, category)), `},`...)
			continue
		}
		if !t.l.Pivoted() {
			dst = append(dst, ',')
		}
		dst = append(jsontoken.AppendString(dst, c.Header), ':')
		dst = jsontoken.AppendString(dst, c.Say(d, category))
		if t.l.Pivoted() {
			dst = append(dst, ',')
		}
	}
	if dim == t.unit {
		if unit := unitJSON(d, category); unit != nil {
			dst = append(append(dst, `,"unit":`...), unit...)
		}
	}
	return dst
}

// jsonRuns writes a row for each cell. A row is made of what its form puts
// around value and status, the text of the last dimension and the texts of the
// others, which stand ready for a run.
type jsonRuns struct {
	*jsonTable
	around inward // of objects; of other forms the outer in it
	inner  inner

	lead                                         string // what stands in front of all rows but the first
	open, beforeStatus, afterStatus, beforeValue string
	shut                                         string
}

func (t *jsonTable) newRuns(texts *texts) *jsonRuns {
	r := &jsonRuns{jsonTable: t, around: inward{outer: newOuter(texts)}}
	r.inner = newInner(texts, func(text []byte) []byte { return r.appendLast(nil, text, 0) })
	switch t.form {
	case arrays:
		r.open, r.afterStatus, r.shut = "[", ",", "]"
	case google:
		r.open, r.beforeStatus, r.afterStatus, r.beforeValue, r.shut = `{"c":[`, `{"v":`, `},`, `{"v":`, `}]}`
	default:
		r.open = "{" + string(jsontoken.AppendString(nil, t.o.ValueName)) + ":"
		if t.o.Status {
			r.beforeStatus = "," + string(jsontoken.AppendString(nil, t.o.StatusName)) + ":"
		}
		r.shut = "}"
	}
	r.lead = t.between + r.open
	return r
}

// renew renews the texts of the dimensions that stay the same in a run.
func (r *jsonRuns) renew(run *layout.Runs) {
	if r.form == objects {
		r.around.renew(run.Changed, run.Coords)
		return
	}
	r.around.outer.renew(run.Changed, run.Coords)
}

// write writes the rows of runs.
func (r *jsonRuns) write(run *layout.Runs) error {
	t, c, lead := r.jsonTable, run.Chunk, r.lead
	objects := t.form == objects // the value comes first, the outermost dimension last
	buf := t.buf
	for run.Next() {
		if run.Changed < len(run.Coords) {
			r.renew(run)
		}
		if r.inner.left > 0 {
			r.inner.ready(run)
		}
		if !t.begun {
			t.begun, lead = true, r.open
			if t.form == google {
				t.columnTypes(c.Kinds[run.From])
				buf = t.buf
			}
		}
		from, last := run.From, run.Last
		kinds := c.Kinds[from:run.To]
		starts, ends, bare := c.Start[from:][:len(kinds)], c.End[from:][:len(kinds)], r.inner.list[last:][:len(kinds)]
		outer := r.around.text
		for i, kind := range kinds {
			token := c.Buf[starts[i]:ends[i]]
			buf = append(buf, lead...)
			lead = r.lead
			switch {
			case !objects:
				buf = append(buf, outer...)
			case kind == jsonstat.Number && !t.o.Comma:
				buf = append(buf, token...)
			default:
				buf = t.value(buf, kind, token)
			}
			if c.Status != nil && c.Status[from+i] != 0 && t.o.Status {
				buf = r.appendLast(buf, r.inner.last(last+i), c.Status[from+i])
			} else {
				buf = append(buf, bare[i]...)
			}
			switch {
			case objects:
				buf = append(buf, outer...)
			case kind == jsonstat.Number && !t.o.Comma:
				buf = append(buf, token...)
			default:
				buf = t.value(buf, kind, token)
			}
			buf = append(buf, r.shut...)
			if len(buf) >= flushAt {
				t.buf = buf
				if err := t.flush(); err != nil {
					return err
				}
				buf = t.buf
			}
		}
	}
	t.buf = buf
	return nil
}

// appendLast appends the text of a category of the last dimension with a status, and all
// that stands between the texts of the other dimensions and the value.
func (r *jsonRuns) appendLast(dst, text []byte, status int32) []byte {
	if r.form == objects {
		if r.o.Status {
			dst = append(append(dst, r.beforeStatus...), r.statuses.at(status)...)
		}
		return append(dst, text...)
	}
	dst = append(dst, text...)
	if r.o.Status {
		dst = append(append(append(dst, r.beforeStatus...), r.statuses.at(status)...), r.afterStatus...)
	}
	return append(dst, r.beforeValue...)
}

// pivot writes the rows of a pivot.
func (t *jsonTable) pivot(texts *texts) error {
	var names [][]byte // of the value columns of objects
	for _, c := range t.l.Columns {
		if c.Kind == layout.Value {
			name := []byte(nil)
			if t.form == objects {
				name = append(jsontoken.AppendString(nil, c.Header), ':')
			}
			names = append(names, name)
		}
	}
	open, shut := byte('['), byte(']')
	if t.form == objects {
		open, shut = '{', '}'
	}
	return t.l.Rows(t.ds, false, t.o.Keep, func(coords []int, cells []layout.Cell) error {
		if t.begun {
			t.str(t.between)
		}
		t.begun = true
		t.buf = append(t.buf, open)
		for k, d := range t.l.Stub {
			t.buf = append(t.buf, texts.at(d, coords[k])...)
		}
		for i := range cells {
			t.buf = append(t.value(append(t.buf, names[i]...), cells[i].Kind, cells[i].Token), ',')
			if i+1 < len(cells) { // the last comma is taken back
				if err := t.spill(); err != nil {
					return err
				}
			}
		}
		t.buf[len(t.buf)-1] = shut
		return t.spill()
	})
}
