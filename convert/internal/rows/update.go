package rows

import (
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A Step is what a row does to the observation that it names.
type Step uint8

// The steps.
const (
	Insert  Step = iota // it gives the observation, which no row before it may have given
	Merge               // it gives it; what it leaves empty stays as rows before it have it
	Replace             // it gives it, in place of all that rows before it gave
	Remove              // it takes it away or, if there is anything in it, what it names
)

// An Update is a table whose rows give, change and take away the observations of a
// cube, and say more of each than its values. Its rows are added batch by batch, so that
// the rows of a file may go to several tables. A row that has no value and lacks a
// dimension is about all observations of its categories.
//
// What is called must come in this order: Batch, Take and End, once; Decide; Dims and
// Fill; Dataset.
type Update struct {
	*maker
	in    *collector
	b     Batch
	steps Steps
	step  []Step // by number of the text

	absent   map[*column][]bool  // by number of the text: it names no category
	used     map[*column][]bool  // some row that does not remove has it
	first    map[*column][]int32 // these in the order in which they come up, where others come up between them
	lacking  map[*column]bool    // some observation has no category
	whole    bool                // all rows have all categories, and none removes
	inserted int64               // rows that do not remove
}

// Steps say how the rows of an Update are to be read. A text that is empty, or among
// Absent, names no category of a dimension.
type Steps struct {
	Column int                                  // whose texts say what a row does; -1 for none: it inserts
	Of     func(text []byte) Step               // what they say
	Absent []string                             // texts that name no category
	Status func(column int, text string) string // the status that a text of a column stands for; nil: itself

	// Placed: the dimensions that the format names are columns that stand where it has
	// dimensions, and may be something else. One without a category on an observation is
	// left out; of those that are functions of others it is told, but for pairs that are
	// Apart by their ids.
	Placed bool
	Apart  func(id, of string) bool
}

// NewUpdate begins a table without rows.
func NewUpdate(c Columns, f Format, o *Options) (*Update, error) {
	m, n, err := newMaker(f, o)
	if err != nil {
		return nil, err
	}
	n.strict = true
	in := newCollector(c, n)
	m.table, f.Typed = in.table, true // checked where the cells are set
	m.table.forms = f
	u := &Update{maker: m, in: in}
	u.b.Grow(len(c.Fields()))
	return u, nil
}

// Batch takes the rows that come next.
func (u *Update) Batch() *Batch { return &u.b }

// Take takes the rows that the batch has.
func (u *Update) Take() error { return u.in.take(&u.b) }

// End says that all rows have come.
func (u *Update) End() error {
	if err := u.Take(); err != nil {
		return err
	}
	u.b = Batch{}
	u.in.end()
	return nil
}

// Close frees what the table holds. It may be called twice.
func (u *Update) Close() { u.close() }

// Count tells how many cells of a column are numbers, and how many are texts.
func (u *Update) Count(column int) (numbers, texts int64) {
	c := u.columns[column]
	return c.figures, c.texts
}

// First are the texts of the first row.
func (u *Update) First() ([]string, error) { return u.textsOf(u.columns, 0) }

// Text is a text of a column by its number, as [Row].Codes has it.
func (u *Update) Text(column int, code int32) []byte {
	text, _ := ofKey(u.columns[column].entries().at(int(code)))
	return text
}

// LabelsOf is the column of the labels of a column, -1 for none.
func (u *Update) LabelsOf(of int) int {
	return slices.IndexFunc(u.columns, func(c *column) bool { return c.part == Labels && c.of == of })
}

// Part is what a column was taken for, and why.
func (u *Update) Part(column int) (Part, Reason) {
	c := u.columns[column]
	return c.part, c.why
}

// Named are the columns that options name.
func (u *Update) Named(names []string) ([]int, error) {
	columns, err := u.all(names)
	var list []int
	for _, c := range columns {
		list = append(list, c.at)
	}
	return list, err
}

// StatusColumn is the column of the statuses, -1 for none.
func (u *Update) StatusColumn() int {
	return slices.IndexFunc(u.columns, func(c *column) bool { return c.part == Status && c.of < 0 })
}

// Decide says what the columns are: what the format says of them, now that the rows are
// known, and the options on top of it. Dimensions without a category, and columns of
// values without one, are left out.
func (u *Update) Decide(fields []Field, s Steps) error {
	for i, c := range u.columns {
		c.Field = fields[i]
	}
	u.byName, u.steps = nil, s
	err := u.decide()
	if err == nil {
		err = u.survey()
	}
	if err == nil && s.Placed {
		err = u.placed()
	}
	if err := u.tell(err); err != nil {
		return err
	}
	if u.axes, err = u.lay(); err != nil {
		return err
	}
	for _, a := range u.axes {
		u.narrow(a)
	}
	return nil
}

// survey finds what rows have that do not remove.
func (u *Update) survey() error {
	dims, values := u.dimensions(), u.of(Value)
	u.absent, u.used, u.lacking = map[*column][]bool{}, map[*column][]bool{}, map[*column]bool{}
	simple := true
	for _, c := range dims {
		if err := u.number(c); err != nil {
			return err
		}
		dict := c.entries()
		absent := make([]bool, dict.len())
		for code := range absent {
			text, _ := dict.cell(code)
			absent[code] = len(text) == 0 || slices.Contains(u.steps.Absent, string(text))
			simple = simple && !absent[code]
		}
		u.absent[c], u.used[c] = absent, make([]bool, dict.len())
	}
	if k := u.steps.Column; k >= 0 {
		c := u.columns[k]
		if err := u.number(c); err != nil {
			return err
		}
		for code := range c.entries().len() {
			u.step = append(u.step, u.steps.Of(u.Text(k, int32(code))))
		}
		simple = simple && !slices.Contains(u.step, Remove)
	}
	there := make([]bool, len(values))
	u.whole = simple
	if simple {
		u.inserted = u.n
		for _, c := range dims {
			for code := range u.used[c] {
				u.used[c][code] = true
			}
		}
		for i, c := range values {
			there[i] = c.raw || c.dict.len() > 1 || c.dict.len() == 1 && len(u.Text(c.at, 0)) > 0
		}
	} else if err := u.goOver(dims, values, there); err != nil {
		return err
	}
	for _, c := range dims {
		if !slices.Contains(u.used[c], true) || u.steps.Placed && u.lacking[c] && c.why == ByFormat {
			put(c, LeftOut, ByFormat)
		}
	}
	if len(u.dimensions()) == 0 || u.inserted == 0 {
		return &Error{Msg: "there are no observations", Err: ErrEmpty}
	}
	if u.decider.by {
		return nil
	}
	for i, c := range values { // one of them stays
		if !there[i] && (i > 0 || slices.Contains(there, true)) {
			put(c, LeftOut, ByFormat)
		}
	}
	return nil
}

// goOver is the survey of rows some of which remove or lack a category.
func (u *Update) goOver(dims, values []*column, there []bool) error {
	codes := make([][]int32, len(dims))
	u.first = map[*column][]int32{}
	var steps []int32
	var has, any []bool
	for i, chunk := range u.store.chunks {
		text, err := u.store.read(i)
		if err != nil {
			return err
		}
		if steps, err = u.stepsOf(steps[:0], i, text); err != nil {
			return err
		}
		any = append(any[:0], make([]bool, chunk.rows)...)
		for v, c := range values {
			has = u.filled(has[:0], text, chunk.rows, c)
			for row, ok := range has {
				if ok && Step(steps[row]) != Remove {
					any[row], there[v] = true, true
				}
			}
		}
		for _, step := range steps {
			if Step(step) != Remove {
				u.inserted++
			}
		}
		for k, c := range dims {
			if codes[k], err = u.codes(codes[k][:0], i, text, c); err != nil {
				return err
			}
			for row, code := range codes[k] {
				switch {
				case Step(steps[row]) == Remove:
				case !u.absent[c][code]:
					if !u.used[c][code] {
						u.used[c][code] = true
						u.first[c] = append(u.first[c], code)
					}
				case any[row]:
					u.lacking[c] = true
				}
			}
		}
	}
	return nil
}

// stepsOf are what the rows of a chunk do.
func (u *Update) stepsOf(dst []int32, i int, chunk []byte) ([]int32, error) {
	if u.steps.Column < 0 {
		return append(dst, make([]int32, u.store.chunks[i].rows)...), nil // Insert is 0
	}
	dst, err := u.codes(dst, i, chunk, u.columns[u.steps.Column])
	for k, code := range dst {
		dst[k] = int32(u.step[code])
	}
	return dst, err
}

// filled tells of the rows of a chunk which have a text in a column.
func (u *Update) filled(dst []bool, chunk []byte, rows int, c *column) []bool {
	if codes, ok := u.store.appendCodes(nil, chunk, c.at); ok {
		for _, code := range codes {
			text, _ := c.dict.cell(int(code))
			dst = append(dst, len(text) > 0)
		}
		return dst
	}
	texts, _ := u.store.run(chunk, c.at)
	for range rows {
		text, _ := texts.next()
		dst = append(dst, len(text) > 0)
	}
	return dst
}

// narrow takes from the categories of a column those that only rows that remove have,
// and adds one without an id if some observation lacks one.
func (u *Update) narrow(a *axis) {
	c := a.column
	if c == nil {
		return
	}
	absent := u.absent[c]
	if a.from != nil {
		for code, no := range absent {
			if no {
				a.to[code] = -1
			}
		}
		return
	}
	const unseen, gone = -1, -2
	now := make([]int32, len(a.texts)) // where each category goes
	for k := range now {
		now[k] = unseen // described, and in no row
	}
	for _, k := range a.to {
		if k >= 0 {
			now[k] = gone
		}
	}
	for code, k := range a.to {
		if k >= 0 && u.used[c][code] && !absent[code] {
			now[k] = unseen
		}
	}
	var texts, names []string
	take := func(k int32) {
		if now[k] != unseen {
			return
		}
		now[k] = int32(len(texts))
		texts = append(texts, a.texts[k])
		if a.names != nil {
			names = append(names, a.names[k])
		}
	}
	if !a.described {
		for _, code := range u.first[c] {
			take(a.to[code])
		}
	}
	for k := range a.texts {
		take(int32(k))
	}
	for code, k := range a.to {
		if k >= 0 {
			a.to[code] = max(now[k], -1)
		}
	}
	if u.lacking[c] {
		for code, no := range absent {
			if no {
				a.to[code] = int32(len(texts))
			}
		}
		texts = append(texts, "")
		if a.names != nil {
			names = append(names, "")
		}
	}
	a.texts, a.names = texts, names
}

// A Dim is a dimension of the cube of an Update.
type Dim struct {
	ID, Label    string
	Column       int   // -1 for the headings of columns, and for what only the head has
	Of           []int // of headings: the category of each column of values
	Texts, Names []string
	From         *jsonstat.Dimension // of the head; nil if there is none
}

// Dims are the dimensions. Names are nil if nothing says them.
func (u *Update) Dims() []Dim {
	var dims []Dim
	for _, a := range u.axes {
		d := Dim{ID: a.id, Label: a.label, Column: -1, Texts: a.texts, Names: a.names, From: a.from}
		if a.column != nil {
			d.Column = a.column.at
		}
		for _, k := range a.of {
			d.Of = append(d.Of, int(k))
		}
		dims = append(dims, d)
	}
	return dims
}

// Values are the columns of values.
func (u *Update) Values() []int {
	var list []int
	for _, c := range u.of(Value) {
		list = append(list, c.at)
	}
	return list
}
