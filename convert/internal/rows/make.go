package rows

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// maker makes the cube of a table.
type maker struct {
	*decider
	o     *Options
	about *description // nil if none was given
	file  *description // what the file says of itself; nil for nothing
	axes  []*axis
	by    []int // numbers of the axes that the value columns make
	twin  bool  // it was told that two categories look the same
}

// Make reads a table and makes its cube. Errors are an [*Error], or what the source
// gave.
func Make(src Source, f Format, o *Options) (*jsonstat.Dataset, error) {
	m, n, err := newMaker(f, o)
	if err != nil {
		return nil, err
	}
	t, err := collect(src, n)
	if err != nil {
		return nil, err
	}
	defer t.close()
	m.table = t
	t.apart(o)
	if o.Periods != "" && o.Head == nil {
		if err := toPeriods(t.columns, o.Periods); err != nil {
			return nil, err
		}
	}
	if t.n == 0 && o.Head == nil {
		return nil, &Error{Sheet: t.headerPlace().Sheet, Msg: "the table has a header but no rows", Err: ErrEmpty}
	}
	t.forms = f
	err = m.decide()
	if otherwise(t, m.candidates()) {
		m.keyed, m.warnings = false, nil
		err = m.decide()
	}
	if err := m.tell(err); err != nil {
		return nil, err
	}
	if m.axes, err = m.lay(); err != nil {
		return nil, err
	}
	return m.fill()
}

// newMaker takes what is said before the rows come: a maker without a table, and how
// its cells are read.
func newMaker(f Format, o *Options) (*maker, numbers, error) {
	n := numbers{decimal: o.Decimal, thousands: o.Thousands, texts: o.Texts}
	if n.decimal == "" && n.thousands == "." {
		n.decimal = ","
	}
	n.either, n.open = f.Comma && n.decimal == "", f.Open && n.decimal == "" && n.thousands == ""
	choice, err := o.choice()
	if err != nil {
		return nil, n, err
	}
	for _, text := range o.NA {
		if n.na == nil {
			n.na = map[string]bool{}
		}
		n.na[string(trim([]byte(text)))] = true
	}
	var about *description
	if len(o.Description) > 0 && o.Head == nil {
		if about, err = readDescription(o.Description); err != nil {
			return nil, n, err
		}
	}
	var file *description
	if len(f.About) > 0 && o.Head == nil {
		if file, err = readDescription(f.About); err != nil {
			return nil, n, err
		}
	}
	m := &maker{decider: &decider{o: o, choice: choice}, o: o, about: about, file: file}
	if about != nil {
		m.described = about.dimensions
	}
	return m, n, nil
}

// tell explains what was decided, or why it could not be, and warns.
func (m *maker) tell(err error) error {
	if m.o.Explain != nil {
		m.o.Explain(m.explain(err))
	}
	if err != nil {
		return err
	}
	for _, w := range m.warnings {
		m.o.Doubtf(w.options, "%s", w.msg)
	}
	return nil
}

// proposed tries what an error proposes on the table itself. What it would lead to is
// joined with it, as long as that is another proposal; one that leads to a call that
// makes no sense is not made.
func (d *decider) proposed(e *Error) error {
	propose := e.choice()
	if d.trying || propose.empty() {
		return e
	}
	for range 4 {
		err := d.try(propose)
		if err == nil {
			break
		}
		var next *Error
		if errors.As(err, &next) && next.Propose != nil {
			if more := next.choice(); more.Header != "" {
				propose = more
			} else {
				propose = propose.merge(more)
			}
			continue
		}
		if errors.Is(err, ErrWidth) { // no choice of columns mends that
			return err
		}
		if errors.Is(err, ErrColumn) || errors.Is(err, ErrTwice) {
			propose = Choice{}
		}
		break
	}
	e.propose(propose)
	return e
}

// try decides the table with a choice on top of the user's.
func (d *decider) try(propose Choice) error {
	t := d.table
	if propose.Header != "" {
		var err error
		if t, err = d.reheaded(propose.Header); err != nil {
			return err
		}
		defer t.close()
	}
	type part struct {
		part Part
		why  Reason
		of   int
	}
	var before []part
	for _, c := range d.columns {
		before = append(before, part{c.part, c.why, c.of})
	}
	defer func() { // what was tried was not decided
		for i, c := range d.columns {
			c.part, c.why, c.of = before[i].part, before[i].why, before[i].of
		}
	}()
	again := &decider{table: t, o: d.o, choice: d.choice.merge(propose), trying: true, described: d.described}
	if err := again.decide(); err != nil {
		return err
	}
	dims := again.dimensions()
	if ok, err := again.unique(dims); err != nil || ok {
		return err
	}
	return again.twice(dims)
}

// reheaded is the table with another header: none, or one that takes the first row too.
func (d *decider) reheaded(header string) (*table, error) {
	r := &replay{t: d.table}
	var first []string
	if d.n > 0 {
		var err error
		if first, err = d.textsOf(d.columns, 0); err != nil {
			return nil, err
		}
	}
	for i, c := range d.columns {
		f := Field{}
		switch text := ""; {
		case header == "0":
			r.front = append(r.front, c.Name)
		default:
			if text = strings.Join(strings.Fields(first[i]), " "); strings.Contains(header, "-") && text != c.Name {
				text = strings.TrimSpace(c.Name + " " + text)
			}
			f.Name = text
		}
		r.fields = append(r.fields, f)
	}
	if header != "0" {
		r.skip = 1
	}
	t, err := collect(r, d.numbers)
	if err == nil {
		t.headed = header != "0"
	}
	return t, err
}

// explain is what was decided, or not: a plan that says it outright.
func (m *maker) explain(err error) json.RawMessage {
	x := explained{Rows: m.n}
	for _, c := range m.columns {
		e := explainedColumn{Name: c.Name, Number: c.at + 1, Part: c.part.String(), Why: c.why.String(), Categories: c.size}
		if c.of >= 0 {
			e.Of = m.columns[c.of].name()
		}
		x.Columns = append(x.Columns, e)
	}
	if err != nil {
		x.Error = err.Error()
		x.Choice = m.choice
	} else {
		dims, values := m.dimensions(), m.of(Value)
		x.Cells = cells(dims, len(values))
		x.Choice = m.outright(dims, values)
	}
	text, err := json.Marshal(x)
	if err != nil {
		return nil // of texts and numbers, which make JSON
	}
	return text
}

// outright is a choice that leaves nothing to rules.
func (m *maker) outright(dims, values []*column) Choice {
	c := Choice{Header: m.choice.Header, StatusSuffix: m.choice.StatusSuffix}
	c.Ignore = names(m.having(func(c *column) bool { return c.part == LeftOut && c.why != ByFormat }))
	for _, l := range m.of(Labels) {
		c.Labels = append(c.Labels, [2]string{m.columns[l.of].name(), l.name()})
	}
	if m.decider.by {
		c.By, c.Stub = m.choice.By, names(dims)
	} else {
		c.Values, c.Dimensions = names(values), names(dims)
	}
	for _, s := range m.of(Status) {
		if s.of < 0 {
			c.Status = s.name()
		}
	}
	return c
}

// fill puts the values in their places.
func (m *maker) fill() (*jsonstat.Dataset, error) {
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
		return nil, m.tooLarge(head.Dimensions, err)
	}
	w := &writer{maker: m, f: f, shape: shape, strides: shape.Strides()}
	if err := w.plan(values); err != nil {
		return nil, err
	}
	if err := w.run(); err != nil {
		return nil, err
	}
	if pos, first, second, found := f.Twice(); found {
		return nil, w.twiceAt(pos, first, second)
	}
	return m.dataset(head, f.Cells())
}

// tooLarge says which dimensions make a cube that is too large.
func (m *maker) tooLarge(dims []*jsonstat.Dimension, err error) error {
	var sizes []string
	for i, d := range dims {
		if i == 10 {
			sizes = append(sizes, fmt.Sprintf("and %d more", len(dims)-i))
			break
		}
		sizes = append(sizes, fmt.Sprintf("%s with %d", brief(d.ID()), d.Len()))
	}
	return &Error{Msg: fmt.Sprintf("%d dimensions make more cells than can be counted of %d rows: %s", len(dims), m.n, strings.Join(sizes, ", ")), Err: err}
}

// dataset makes the dataset of a head and cells, nil for none.
func (m *maker) dataset(head jsonstat.Head, cells jsonstat.Cells) (*jsonstat.Dataset, error) {
	if m.forms.ValueForm == jsonstat.AsRead && m.forms.StatusForm == jsonstat.AsRead {
		return datasetOf(head, cells)
	}
	of := m.o.Head
	if of == nil || m.o.Label != "" || m.o.Source != "" || m.o.Updated != "" || len(m.o.Roles) > 0 { // it is another head
		var err error
		if of, err = datasetOf(head, nil); err != nil {
			return nil, err
		}
	}
	return of.WithCells(cells, m.forms.ValueForm, m.forms.StatusForm)
}

func datasetOf(head jsonstat.Head, cells jsonstat.Cells) (*jsonstat.Dataset, error) {
	ds, err := jsonstat.New(head, cells)
	if err != nil {
		return nil, fmt.Errorf("the cube does not fit its cells: %w", err)
	}
	return ds, nil
}

// writer goes through the rows and fills the cube.
type writer struct {
	*maker
	f       *Cells
	shape   jsonstat.Shape
	strides []int64
	values  []valueColumn
	pos     []int64
}

// plan says where the cells of each value column go.
func (w *writer) plan(values []*column) error {
	shared := slices.IndexFunc(w.table.columns, func(c *column) bool { return c.part == Status && c.of < 0 })
	for i, c := range values {
		v := valueColumn{column: c}
		for _, a := range w.by {
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
	return nil
}

// run goes through the rows.
func (w *writer) run() error {
	s := w.store
	var codes []int32
	for i := range s.chunks {
		chunk, err := s.read(i)
		if err != nil {
			return err
		}
		n := s.chunks[i].rows
		w.pos = slices.Grow(w.pos[:0], n)[:n]
		clear(w.pos)
		for k, a := range w.axes {
			if a.column == nil {
				continue
			}
			if codes, err = w.codes(codes[:0], i, chunk, a.column); err != nil {
				return err
			}
			stride := w.strides[k]
			for row, code := range codes {
				c := a.to[code]
				if c < 0 {
					return w.unknown(a, int(code), s.chunks[i].first+int64(row))
				}
				w.pos[row] += int64(c) * stride
			}
		}
		for v := range w.values {
			if err := w.column(&w.values[v], i, chunk); err != nil {
				return err
			}
		}
	}
	return nil
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
			return w.wrong(err, first+int64(row), v.at)
		}
		if status := v.statusIn(row); len(status) > 0 {
			w.f.Status(pos, status)
		} else if len(g.known.mark) > 0 {
			w.f.Status(pos, g.known.mark)
		}
	}
	return nil
}

// wrong is an error of a cell with its place.
func (w *writer) wrong(err error, row int64, column int) error {
	place, perr := w.where(row, column)
	if perr != nil {
		return perr
	}
	return (&Error{Msg: err.Error(), Err: err}).at(place)
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
	place, err := w.where(row, a.column.at)
	if err != nil {
		return err
	}
	text, kind := a.column.entries().cell(code)
	e := (&Error{Err: jsonstat.ErrUnknown, Msg: fmt.Sprintf("there is no category %q in dimension %q", brief(string(text)), a.id)}).at(place)
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
	return e
}

// twiceIn is the error for a row whose cell had one before, which is looked for.
func (w *writer) twiceIn(pos, row int64) error {
	before := int64(-1)
	s := w.store
	var codes []int32
search:
	for i := range s.chunks {
		chunk, err := s.read(i)
		if err != nil {
			return err
		}
		at := make([]int64, s.chunks[i].rows)
		for k, a := range w.axes {
			if a.column == nil {
				continue
			}
			if codes, err = w.codes(codes[:0], i, chunk, a.column); err != nil {
				return err
			}
			for r, code := range codes {
				at[r] += int64(max(0, a.to[code])) * w.strides[k]
			}
		}
		for r, p := range at {
			for _, v := range w.values {
				if p+v.offset == pos {
					before = s.chunks[i].first + int64(r)
					break search
				}
			}
		}
	}
	return w.twiceAt(pos, before, row)
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
