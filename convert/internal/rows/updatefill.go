package rows

import (
	"math"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A Row is a row that was put into a cube, for whoever keeps what it says besides its
// values. It is valid until the next one.
type Row struct {
	Step   Step
	Entry  int     // of the observation; -1 for a row that is about several
	Room   int     // how many entries there may be
	Fresh  bool    // no row before it gave the observation
	Coords []int   // of a row that is about several: its categories, -1 for any
	Codes  []int32 // of the columns that were asked for: the numbers of its texts, see [Update.Text]
	Whole  bool    // of one that removes: the observation is gone, not only what the row names
}

// filling is an Update on its way into a cube.
type filling struct {
	*writer
	u     *Update
	noted []*column
	empty [][]bool // of these, by number of the text
	row   func(*Row) error

	dims     []*axis    // that have a column
	at       []int      // by dimension of the cube, but for those of headings: its number among dims, -1 for one of a single category
	names    [][]string // statuses by column of values and number of the text
	strides  []int64    // of dims, in observations
	inCells  []int64    // and in cells
	straight bool       // the cells of an observation follow each other

	steps     []int32 // and more: room for chunks
	pos, cell []int64
	lacks     []bool
	codesOf   [][]int32
	notedOf   [][]int32
	have      []given

	r     Row
	loose bool // rows may come for observations that are there
	odd   int64
}

// Fill puts the rows into their cube. Each of them, once its values are set, is told
// with the numbers of its texts in the columns that are noted.
func (u *Update) Fill(p Policy, noted []int, row func(*Row) error) (*Cells, error) {
	f := &filling{u: u, row: row, loose: slices.Contains(u.step, Merge) || slices.Contains(u.step, Replace)}
	values := u.of(Value)
	var shape, of jsonstat.Shape // of the cube, and of observations
	for i, a := range u.axes {
		shape = append(shape, len(a.texts))
		if !slices.Contains(u.across, i) {
			of = append(of, len(a.texts))
		}
	}
	measures := 1
	for _, i := range u.across {
		measures *= len(u.axes[i].texts)
	}
	come := int64(math.MaxInt64)
	if u.inserted <= come/int64(len(values)) {
		come = u.inserted * int64(len(values))
	}
	most := u.inserted
	const found = 1 << 22 // cells, in which what a row changes is found; larger cubes have the last row of each
	if n, err := shape.Cells(); err == nil && f.loose && n <= found {
		most, come = n, n
	}
	cells, err := NewObservations(of, measures, most, come, p)
	if err != nil {
		return nil, &Error{Msg: err.Error(), Err: err}
	}
	u.numbers.zeros = true // what a measure has is no code
	f.writer = &writer{maker: u.maker, f: cells, shape: shape, strides: shape.Strides()}
	f.plan(values)
	f.statuses()
	f.axes(of)
	for _, i := range noted {
		c := u.columns[i]
		if err := u.number(c); err != nil {
			return nil, err
		}
		empty := make([]bool, c.entries().len())
		for code := range empty {
			empty[code] = len(u.Text(i, int32(code))) == 0
		}
		f.noted, f.empty = append(f.noted, c), append(f.empty, empty)
	}
	f.r.Room, f.r.Codes, f.r.Coords = cells.Room(), make([]int32, len(noted)), make([]int, len(of))
	f.codesOf, f.notedOf = make([][]int32, len(f.dims)), make([][]int32, len(noted))
	f.have = make([]given, len(f.values))
	for i := range u.store.chunks {
		if err := f.chunk(i); err != nil {
			return nil, err
		}
	}
	if bad := cells.Settle(); bad != nil && !f.loose {
		return nil, f.again(bad.Pos, -1)
	}
	if f.odd > 1 && !u.o.Texts {
		u.o.Warnf("%d values are no numbers: they are texts", f.odd)
	}
	return cells, nil
}

// axes notes which dimensions have a column, and where their categories lead.
func (f *filling) axes(of jsonstat.Shape) {
	strides := of.Strides()
	k := 0
	for i, a := range f.u.axes {
		if slices.Contains(f.across, i) {
			continue
		}
		if a.column == nil {
			f.at = append(f.at, -1)
		} else {
			f.at = append(f.at, len(f.dims))
			f.dims = append(f.dims, a)
			f.strides = append(f.strides, strides[k])
			f.inCells = append(f.inCells, f.writer.strides[i])
		}
		k++
	}
	f.straight = true
	for i, s := range f.inCells {
		f.straight = f.straight && s == f.strides[i]*f.f.measures
	}
}

// statuses takes the statuses for which the texts of their columns stand.
func (f *filling) statuses() {
	for v := range f.values {
		names := make([]string, len(f.values[v].texts))
		for i, text := range f.values[v].texts {
			if names[i] = string(text); text != nil && f.u.steps.Status != nil {
				names[i] = f.u.steps.Status(f.values[v].status.at, names[i])
			}
		}
		f.names = append(f.names, names)
	}
}

// chunk goes through the rows of a chunk.
func (f *filling) chunk(i int) error {
	s := f.store
	chunk, err := s.read(i)
	if err != nil {
		return err
	}
	n, first := s.chunks[i].rows, s.chunks[i].first
	if f.steps, err = f.u.stepsOf(f.steps[:0], i, chunk); err != nil {
		return err
	}
	steps := f.steps
	pos, cell := slices.Grow(f.pos[:0], n)[:n], slices.Grow(f.cell[:0], n)[:n]
	lacks := slices.Grow(f.lacks[:0], n)[:n] // a category, or one that the cube has
	clear(pos)
	clear(cell)
	clear(lacks)
	f.pos, f.cell, f.lacks = pos, cell, lacks
	codes := f.codesOf
	for k, a := range f.dims {
		if codes[k], err = f.codes(codes[k][:0], i, chunk, a.column); err != nil {
			return err
		}
		absent, stride, inCells := f.u.absent[a.column], f.strides[k], f.inCells[k]
		for row, code := range codes[k] {
			c := a.to[code]
			if c < 0 || absent[code] {
				lacks[row] = true
				continue
			}
			pos[row] += int64(c) * stride
			if !f.straight {
				cell[row] += int64(c) * inCells
			}
		}
	}
	noted := f.notedOf
	for k, c := range f.noted {
		if noted[k], err = f.codes(noted[k][:0], i, chunk, c); err != nil {
			return err
		}
	}
	have := f.have
	for k := range f.values {
		f.values[k].open(s, chunk)
	}
	for row := range n {
		has := false
		for k := range have {
			f.next(k, row, &have[k])
			has = has || len(have[k].text) > 0
		}
		for k := range noted {
			f.r.Codes[k] = noted[k][row]
		}
		f.r.Step, f.r.Entry = Step(steps[row]), -1
		if f.r.Step != Remove && !lacks[row] {
			at := cell[row]
			if f.straight {
				at = pos[row] * f.f.measures
			}
			err = f.observe(pos[row], at, first+int64(row), have)
		} else {
			err = f.partly(codes, row, first+int64(row), has, have)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// next is what the next row has in a column of values.
func (f *filling) next(k, row int, g *given) {
	v := &f.values[k]
	v.read(&f.numbers, row, g)
	switch {
	case v.status == nil:
	case v.here.coded:
		g.status = f.names[k][v.here.statuses[row]]
	default:
		text, _ := v.here.statusTexts.next()
		g.status = f.f.shared(text)
	}
}

// observe puts an observation in its place.
func (f *filling) observe(pos, cell, row int64, have []given) error {
	entry, was := f.f.Observe(pos)
	if was != Fresh && f.r.Step == Insert {
		return f.again(pos, row)
	}
	whole := was != Fresh && f.r.Step == Replace
	values := f.f.values
	for k := range have {
		g, at := &have[k], cell+f.values[k].offset
		if f.f.sparse || whole || was != Fresh && len(g.text) > 0 {
			values.SetMissing(at)
		}
		if g.known.look == textual && g.known.kind != Bool {
			if err := f.noNumber(row, f.values[k].at, g.text); err != nil {
				return err
			}
		}
		if err := f.set(&f.values[k], at, g.text, g.known); err != nil {
			return f.wrongIn(row, f.values[k].at, &Error{Msg: err.Error(), Err: err})
		}
		switch {
		case g.status != "":
			values.SetStatus(at, g.status)
		case whole, f.f.sparse && f.r.Step == Replace:
			values.SetStatus(at, "")
		}
	}
	f.r.Entry, f.r.Fresh = entry, was == Fresh
	return f.row(&f.r)
}

// noNumber warns of the first value that is none.
func (f *filling) noNumber(row int64, column int, text []byte) error {
	if f.odd++; f.odd > 1 || f.o.Texts {
		return nil
	}
	place, err := f.where(row, column)
	if err == nil {
		f.o.Warnf("%s: value %q is no number: it is a text", place, brief(string(text)))
	}
	return err
}

// partly is for a row that lacks a category, and for one that removes.
func (f *filling) partly(codes [][]int32, row int, at int64, has bool, have []given) error {
	for i, k := range f.at {
		if f.r.Coords[i] = 0; k < 0 {
			continue
		}
		a, code := f.dims[k], codes[k][row]
		c := int(a.to[code])
		switch {
		case f.u.absent[a.column][code] && (!has || f.r.Step == Remove):
			c = -1
		case c < 0 && f.r.Step == Remove:
			return nil // nothing of that category came
		case c < 0:
			return f.unknown(a, int(code), at)
		}
		f.r.Coords[i] = c
	}
	switch {
	case f.r.Step == Remove:
		return f.remove(has, have)
	case !slices.Contains(f.r.Coords, -1):
		pos, cell := int64(0), int64(0)
		for i, k := range f.at {
			if k >= 0 {
				pos += int64(f.r.Coords[i]) * f.strides[k]
				cell += int64(f.r.Coords[i]) * f.inCells[k]
			}
		}
		return f.observe(pos, cell, at, have)
	}
	return f.row(&f.r)
}

// remove takes away the observations of a row: all of each, or what the row names of it.
func (f *filling) remove(has bool, have []given) error {
	status := false
	for k := range have {
		status = status || have[k].status != ""
	}
	parts := has || status
	for k, code := range f.r.Codes {
		parts = parts || !f.empty[k][code]
	}
	f.r.Whole = !parts
	var err error
	coords := slices.Clone(f.r.Coords)
	f.f.Matching(coords, func(entry int) {
		cell := f.f.Position(entry) * f.f.measures
		if !f.straight {
			cell = f.cellOf(f.f.Position(entry))
		}
		for k := range have {
			at := cell + f.values[k].offset
			if !parts || len(have[k].text) > 0 {
				f.f.values.SetMissing(at)
			}
			if !f.f.sparse && (!parts || status) {
				f.f.values.SetStatus(at, "")
			}
		}
		f.r.Entry = entry
		if err == nil {
			err = f.row(&f.r)
		}
		if !parts {
			f.f.Forget(entry)
		}
	})
	return err
}

// cellOf is the first cell of an observation whose cells do not follow each other.
func (f *filling) cellOf(pos int64) int64 {
	cell := int64(0)
	for k, a := range f.dims {
		cell += pos / f.strides[k] % int64(len(a.texts)) * f.inCells[k]
	}
	return cell
}

// again is the error for an observation that two rows give, which are looked for; the
// second one may be known.
func (f *filling) again(pos, second int64) error {
	first := int64(-1)
	coords := f.f.of.Coords(pos, nil)
	var texts []string
	for i, k := range f.at {
		if k >= 0 {
			texts = append(texts, f.dims[k].texts[coords[i]])
		}
	}
	var columns []*column
	for _, a := range f.dims {
		columns = append(columns, a.column)
	}
	if k := f.u.steps.Column; k >= 0 {
		columns = append(columns, f.columns[k])
	}
	err := f.each(columns, func(from int64, codes [][]int32) (bool, error) {
	rows:
		for row := range codes[0] {
			if len(columns) > len(f.dims) && f.u.step[codes[len(f.dims)][row]] == Remove {
				continue
			}
			for i, k := range f.at {
				if k >= 0 && int(f.dims[k].to[codes[k][row]]) != coords[i] {
					continue rows
				}
			}
			if first < 0 {
				first = from + int64(row)
			} else if second < 0 {
				second = from + int64(row)
			}
			if second >= 0 {
				return false, nil
			}
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	return f.sameCell(texts, first, second)
}

// Dataset makes the dataset of a head, on which the options have their say, and cells.
// Where the options have a head that is taken in its place.
func (u *Update) Dataset(head jsonstat.Head, cells *Cells) (*jsonstat.Dataset, error) {
	if u.o.Head == nil {
		head, err := Describe(head, u.o)
		if err != nil {
			return nil, err
		}
		return cells.Dataset(head)
	}
	head, err := u.head()
	if err != nil {
		return nil, err
	}
	return u.dataset(head, cells.Cells())
}
