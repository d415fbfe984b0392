package rows

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// fill puts the values in their places.
func fill(m *maker) (*jsonstat.Dataset, error) {
	head, err := m.head()
	if err != nil {
		return nil, err
	}
	if m.n == 0 {
		return m.dataset(head, nil)
	}
	var shape jsonstat.Shape
	for _, d := range head.Dimensions {
		shape = append(shape, d.Len())
	}
	values := m.of(Value)
	f, err := NewCells(shape, m.n*int64(len(values)))
	if err != nil {
		return nil, tooLarge(head.Dimensions, m.n, err)
	}
	w := &writer{maker: m, f: f, shape: shape, strides: shape.Strides()}
	w.plan(values)
	if err := w.run(); err != nil {
		return nil, err
	}
	if pos, first, second, found := f.Twice(); found {
		return nil, w.twiceAt(pos, first, second)
	}
	return m.dataset(head, f.Cells())
}

// tooLarge says which dimensions make a cube that is too large.
func tooLarge(dims []*jsonstat.Dimension, rows int64, err error) error {
	var sizes []string
	for i, d := range dims {
		if i == 10 {
			sizes = append(sizes, fmt.Sprintf("and %d more", len(dims)-i))
			break
		}
		sizes = append(sizes, fmt.Sprintf("%s with %d", brief(d.ID()), d.Len()))
	}
	return &Error{Msg: fmt.Sprintf("%d dimensions make more cells than can be counted of %d rows: %s", len(dims), rows, strings.Join(sizes, ", ")), Err: err}
}

// writer goes through the rows and fills the cube.
type writer struct {
	*maker
	f       *Cells
	shape   jsonstat.Shape
	strides []int64
	values  []valueColumn
	pos     []int64 // of the rows of a chunk
	room    []int32 // for the numbers of a column
}

// plan says where the cells of each value column go.
func (w *writer) plan(values []*column) {
	shared := w.statusColumn()
	for i, c := range values {
		v := valueColumn{column: c}
		for _, a := range w.across {
			v.offset += int64(w.axes[a].of[i]) * w.strides[a]
		}
		if shared >= 0 {
			v.status = w.table.columns[shared]
		}
		if s := w.owned(Status)[c.at]; s != nil {
			v.status = s
		}
		for code := range c.dict.len() {
			text, kind := c.dict.cell(code)
			l, token := w.numbers.look(text, kind)
			v.known = append(v.known, known{l.asValue(), kind, slices.Clone(token), slices.Clone(w.numbers.mark)})
		}
		if s := v.status; s != nil {
			for code := range s.dict.len() {
				text, kind := s.dict.cell(code)
				if kind == Null || !s.Typed && isNoStatus(string(text)) {
					text = nil
				}
				v.texts = append(v.texts, text)
			}
		}
		w.values = append(w.values, v)
	}
}

// run goes through the rows.
func (w *writer) run() error {
	for i := range w.store.chunks {
		chunk, err := w.places(i, true)
		if err != nil {
			return err
		}
		for v := range w.values {
			if err := w.column(&w.values[v], i, chunk); err != nil {
				return err
			}
		}
	}
	return nil
}

// places reads a chunk and finds where its rows stand in the cube. If all of them must
// have their categories, one that lacks some is an error.
func (w *writer) places(i int, all bool) (chunk []byte, err error) {
	if chunk, err = w.store.read(i); err != nil {
		return nil, err
	}
	n := w.store.chunks[i].rows
	w.pos = slices.Grow(w.pos[:0], n)[:n]
	clear(w.pos)
	for k, a := range w.axes {
		if a.column == nil {
			continue
		}
		if w.room, err = w.codes(w.room[:0], i, chunk, a.column); err != nil {
			return nil, err
		}
		stride := w.strides[k]
		for row, code := range w.room {
			c := a.to[code]
			if c < 0 && all {
				return nil, w.unknown(a, int(code), w.store.chunks[i].first+int64(row))
			}
			w.pos[row] += int64(max(0, c)) * stride
		}
	}
	return chunk, nil
}

// column fills the cells of a value column in a chunk.
func (w *writer) column(v *valueColumn, i int, chunk []byte) error {
	first, n := w.store.chunks[i].first, w.store.chunks[i].rows
	v.open(w.store, chunk)
	var g given
	for row := range n {
		pos := w.pos[row] + v.offset
		if !w.f.Place(pos, first+int64(row)) {
			return w.twiceIn(pos, first+int64(row))
		}
		v.read(&w.numbers, row, &g)
		if err := w.set(v, pos, g.text, g.known); err != nil {
			return w.wrongIn(first+int64(row), v.at, &Error{Msg: err.Error(), Err: err})
		}
		if status := v.statusIn(row); len(status) > 0 {
			w.f.Status(pos, status)
		} else if len(g.known.mark) > 0 {
			w.f.Status(pos, g.known.mark)
		}
	}
	return nil
}

// set sets a cell to what a text is.
func (w *writer) set(v *valueColumn, pos int64, text []byte, k known) error {
	switch {
	case k.look == number:
		if len(w.numbers.na) > 0 && w.numbers.na[string(trim(text))] { // -99, say
			w.f.Missing(pos)
			return nil
		}
		return w.f.Number(pos, k.token)
	case k.look == nothing && (k.kind != Text || len(text) == 0 && !w.forms.Typed && !v.Typed):
		if w.forms.ValueForm != jsonstat.Sparse { // else what is missing is not there
			w.f.Missing(pos)
		}
	case k.kind == Bool:
		w.f.Bool(pos, string(text) == "true")
	default:
		w.f.Text(pos, text)
	}
	return nil
}

// unknown is the error for a category that the head does not know, or for none.
func (w *writer) unknown(a *axis, code int, row int64) error {
	text, kind := a.column.entries().cell(code)
	e := &Error{Err: jsonstat.ErrUnknown, Msg: fmt.Sprintf("there is no category %q in dimension %q", brief(string(text)), a.id)}
	if kind == Null {
		what := "empty"
		if w.grid != nil && w.grid.sheet() {
			what = "#N/A" // an empty cell of a sheet has an empty text
		}
		e.Msg, e.Err = fmt.Sprintf("dimension %q has no category: the cell is %s", a.id, what), nil
	} else if a.from != nil {
		if _, err := a.from.Category(string(text)); err != nil {
			e.Msg, e.Err = err.Error(), err
		}
	}
	return w.wrongIn(row, a.column.at, e)
}

// twiceIn is the error for a row whose cell had one before, which is looked for.
func (w *writer) twiceIn(pos, row int64) error {
	for i := range w.store.chunks {
		if _, err := w.places(i, false); err != nil {
			return err
		}
		for r, p := range w.pos {
			if slices.ContainsFunc(w.values, func(v valueColumn) bool { return p+v.offset == pos }) {
				return w.twiceAt(pos, w.store.chunks[i].first+int64(r), row)
			}
		}
	}
	return w.twiceAt(pos, -1, row)
}

func (w *writer) twiceAt(pos, first, second int64) error {
	var texts []string
	for i, k := range w.shape.Coords(pos, nil) {
		if w.axes[i].column != nil {
			texts = append(texts, w.axes[i].texts[k])
		}
	}
	return w.sameCell(texts, first, second)
}
