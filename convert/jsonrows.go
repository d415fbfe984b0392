package convert

import (
	"encoding/json"
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// jsonTexts are the rendered cells of the dimensions: by dimension of the cube
// and category, all columns of the dimension. They are rendered when they are
// first asked for.
type jsonTexts struct {
	t     *jsonTable
	shown [][]layout.Column
	list  [][][]byte
}

func (t *jsonTable) texts() *jsonTexts {
	dims := t.ds.Dimensions()
	x := &jsonTexts{t: t, shown: make([][]layout.Column, len(dims)), list: make([][][]byte, len(dims))}
	for _, c := range t.l.Columns {
		if c.Kind == layout.Dimension {
			x.shown[c.Dim] = append(x.shown[c.Dim], c)
		}
	}
	for i, d := range dims {
		x.list[i] = make([][]byte, d.Len())
	}
	return x
}

// at is the text of a category, to be read only.
func (x *jsonTexts) at(dim, category int) []byte {
	if text := x.list[dim][category]; text != nil {
		return text
	}
	d := x.t.ds.Dimensions()[dim]
	text := []byte{}
	for _, c := range x.shown[dim] {
		switch x.t.form {
		case arrays:
			text = append(jsonstat.AppendQuoted(text, c.Say(d, category)), ',')
		case google:
			text = append(text, `{"v":`...)
			text = append(jsonstat.AppendQuoted(text, c.Say(d, category)), `},`...)
		default:
			text = append(jsonstat.AppendQuoted(append(text, x.t.lead()...), c.Header), ':')
			text = append(jsonstat.AppendQuoted(text, c.Say(d, category)), x.t.trail()...)
		}
	}
	if dim == x.t.unit {
		if unit := unitJSON(d, category); unit != nil {
			text = append(append(text, `,"unit":`...), unit...)
		}
	}
	x.list[dim][category] = text
	return text
}

// lead and trail are the comma between the members of an object: in front of a
// dimension where the value comes first, behind it in a pivot.
func (t *jsonTable) lead() string {
	if t.l.Pivoted() {
		return ""
	}
	return ","
}

func (t *jsonTable) trail() string {
	if t.l.Pivoted() {
		return ","
	}
	return ""
}

// unitJSON is the unit of a category as JSON: null if no category of the
// dimension has one, nothing if only this one has none.
func unitJSON(d *jsonstat.Dimension, category int) []byte {
	u := d.CategoryUnit(category)
	if u == nil {
		if d.HasUnits() {
			return nil
		}
		return []byte("null")
	}
	text, err := json.Marshal(u)
	if err != nil {
		return []byte("null") // a unit that was read is JSON
	}
	return text
}

// rows writes all rows.
func (t *jsonTable) rows() error {
	switch {
	case empty(t.ds):
		return nil
	case t.l.Pivoted():
		return t.pivot()
	}
	cur, err := t.ds.Cells().Cursor(t.o.Status || t.o.Keep == NonEmpty)
	if err != nil {
		return err
	}
	r := t.newRows()
	for err == nil {
		var chunk *jsonstat.Chunk
		if chunk, err = cur.Next(); err == nil {
			err = r.chunk(chunk)
		}
	}
	if cerr := cur.Close(); err == io.EOF {
		err = cerr
	}
	if err == nil && r.gaps {
		err = r.gap(t.ds.Len())
	}
	return err
}

// jsonRows writes a row for each cell. A row is made of what its form puts
// around value and status, the text of the last dimension and the texts of the
// others, which stand ready.
type jsonRows struct {
	odometer
	t     *jsonTable
	texts *jsonTexts
	last  [][]byte
	bare  [][]byte // the same beside an empty status, with all that stands between; nil until dense needs it
	outer []byte   // texts of the other dimensions
	room  []byte   // of which outer is a part
	ends  []int    // length of outer up to each of them, from the outermost on
	gaps  bool
	empty int32 // status of a cell that is not there
	next  int64

	open, beforeStatus, afterStatus, beforeValue, shut string
}

func (t *jsonTable) newRows() *jsonRows {
	info := t.ds.Cells().Info()
	r := &jsonRows{odometer: newOdometer(t.ds.Shape()), t: t, texts: t.texts(), gaps: layout.Gaps(t.ds, t.o.Keep), empty: info.Default}
	r.last = [][]byte{nil}
	if n := len(r.shape); n > 0 {
		r.last = r.texts.list[n-1]
	}
	switch t.form {
	case arrays:
		r.open, r.afterStatus, r.shut = "[", ",", "]"
	case google:
		r.open, r.beforeStatus, r.afterStatus, r.beforeValue, r.shut = `{"c":[`, `{"v":`, `},`, `{"v":`, `}]}`
	default:
		r.open = "{" + string(jsonstat.AppendQuoted(nil, t.o.ValueName)) + ":"
		if t.o.Status {
			r.beforeStatus = "," + string(jsonstat.AppendQuoted(nil, t.o.StatusName)) + ":"
		}
		r.shut = "}"
	}
	r.ends = make([]int, len(r.coords))
	r.render(0)
	return r
}

// render renews the texts from dimension d on. The outermost comes first, but
// last in objects: there the texts grow from the end of room.
func (r *jsonRows) render(d int) {
	from := 0
	if d > 0 {
		from = r.ends[d-1]
	}
	if r.t.form != objects {
		r.outer = r.outer[:from]
		for ; d < len(r.coords); d++ {
			r.outer = append(r.outer, r.texts.at(d, r.coords[d])...)
			r.ends[d] = len(r.outer)
		}
		return
	}
	for ; d < len(r.coords); d++ {
		text := r.texts.at(d, r.coords[d])
		if from+len(text) > len(r.room) {
			room := make([]byte, 2*len(r.room)+len(text))
			copy(room[len(room)-from:], r.room[len(r.room)-from:])
			r.room = room
		}
		from += len(text)
		copy(r.room[len(r.room)-from:], text)
		r.ends[d] = from
	}
	r.outer = r.room[len(r.room)-from:]
}

// fast is the text of a category of the last dimension.
func (r *jsonRows) fast(j int) []byte {
	if text := r.last[j]; text != nil || len(r.shape) == 0 {
		return text
	}
	return r.texts.at(len(r.shape)-1, j)
}

func (r *jsonRows) chunk(chunk *jsonstat.Chunk) error {
	keep := r.t.o.Keep
	if chunk.Positions == nil && keep == All && chunk.Len() > 0 {
		return r.dense(chunk)
	}
	for i, kind := range chunk.Kinds {
		pos := chunk.Position(i)
		status := int32(0)
		if chunk.Status != nil {
			status = chunk.Status[i]
		}
		if !keep.Wants(kind, status) {
			continue
		}
		if r.gaps && pos > r.next {
			if err := r.gap(pos); err != nil {
				return err
			}
		}
		if err := r.row(pos, kind, chunk.Buf[chunk.Start[i]:chunk.End[i]], status); err != nil {
			return err
		}
	}
	return nil
}

// dense writes cells that follow each other, a run of the last dimension at a time.
func (r *jsonRows) dense(chunk *jsonstat.Chunk) error {
	t := r.t
	i := 0
	if !t.begun || chunk.First != r.next {
		if r.gaps && chunk.First > r.next {
			if err := r.gap(chunk.First); err != nil {
				return err
			}
		}
		status := int32(0)
		if chunk.Status != nil {
			status = chunk.Status[0]
		}
		if err := r.row(chunk.First, chunk.Kinds[0], chunk.Token(0), status); err != nil {
			return err
		}
		i = 1
	}
	if r.bare == nil {
		r.renderBare()
	}
	lead := t.between + r.open
	value := t.form == objects // the value comes first
	buf := t.buf
	for i < len(chunk.Kinds) {
		if pos := chunk.First + int64(i); pos >= r.run+int64(r.size) {
			r.render(r.seek(pos))
		}
		j := int(chunk.First + int64(i) - r.run)
		stop := min(len(chunk.Kinds), i+r.size-j)
		for ; i < stop; i, j = i+1, j+1 {
			buf = append(buf, lead...)
			if !value {
				buf = append(buf, r.outer...)
			} else if token := chunk.Buf[chunk.Start[i]:chunk.End[i]]; chunk.Kinds[i] == jsonstat.Number && !t.o.Comma {
				buf = append(buf, token...)
			} else {
				buf = t.value(buf, chunk.Kinds[i], token)
			}
			if chunk.Status != nil && chunk.Status[i] != 0 && t.o.Status {
				buf = r.marked(buf, j, chunk.Status[i])
			} else {
				buf = append(buf, r.bare[j]...)
			}
			if value {
				buf = append(buf, r.outer...)
			} else if token := chunk.Buf[chunk.Start[i]:chunk.End[i]]; chunk.Kinds[i] == jsonstat.Number && !t.o.Comma {
				buf = append(buf, token...)
			} else {
				buf = t.value(buf, chunk.Kinds[i], token)
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
	r.next = chunk.First + int64(len(chunk.Kinds))
	return nil
}

// renderBare renders what stands between value and outer texts in cells without
// a status.
func (r *jsonRows) renderBare() {
	r.bare = make([][]byte, r.size)
	for j := range r.bare {
		r.bare[j] = r.marked(nil, j, 0)
	}
}

// marked appends the text of a category of the last dimension with a status.
func (r *jsonRows) marked(dst []byte, j int, status int32) []byte {
	t := r.t
	if t.form == objects {
		if t.o.Status {
			dst = append(append(dst, r.beforeStatus...), t.status(status)...)
		}
		return append(dst, r.fast(j)...)
	}
	dst = append(dst, r.fast(j)...)
	if t.o.Status {
		dst = append(append(append(dst, r.beforeStatus...), t.status(status)...), r.afterStatus...)
	}
	return append(dst, r.beforeValue...)
}

// gap writes the cells that are not there up to a position.
func (r *jsonRows) gap(to int64) error {
	for pos := r.next; pos < to; pos++ {
		if err := r.row(pos, jsonstat.Missing, nil, r.empty); err != nil {
			return err
		}
	}
	return nil
}

// row writes the row of a cell.
func (r *jsonRows) row(pos int64, kind jsonstat.Kind, token []byte, status int32) error {
	t := r.t
	if pos >= r.run+int64(r.size) {
		r.render(r.seek(pos))
	}
	buf := t.buf
	if t.begun {
		buf = append(buf, t.between...)
	} else if t.begun = true; t.form == google {
		t.columnTypes(kind)
		buf = t.buf
	}
	buf = append(buf, r.open...)
	j := int(pos - r.run)
	if t.form == objects {
		buf = append(r.marked(t.value(buf, kind, token), j, status), r.outer...)
	} else {
		buf = t.value(r.marked(append(buf, r.outer...), j, status), kind, token)
	}
	t.buf = append(buf, r.shut...)
	r.next = pos + 1
	if len(t.buf) >= flushAt {
		return t.flush()
	}
	return nil
}

// pivot writes the rows of a pivot.
func (t *jsonTable) pivot() error {
	texts := t.texts()
	var names [][]byte // of the value columns of objects
	for _, c := range t.l.Columns {
		if c.Kind == layout.Value {
			name := []byte(nil)
			if t.form == objects {
				name = append(jsonstat.AppendQuoted(nil, c.Header), ':')
			}
			names = append(names, name)
		}
	}
	open, shut := byte('['), byte(']')
	if t.form == objects {
		open, shut = '{', '}'
	}
	return t.l.Rows(t.ds, t.o.Keep == NonEmpty, t.o.Keep, func(coords []int, cells []layout.Cell) error {
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
			if len(t.buf) >= flushAt && i+1 < len(cells) {
				if err := t.flush(); err != nil {
					return err
				}
			}
		}
		t.buf[len(t.buf)-1] = shut
		if len(t.buf) >= flushAt {
			return t.flush()
		}
		return nil
	})
}
