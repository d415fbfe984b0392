package rows

import (
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// An Update is a table whose rows give, change and take away the observations of a
// cube, and say more of each than its values. Its rows are added batch by batch, so that
// the rows of a file may go to several tables. A row that has no value and lacks a
// dimension is about all observations of its categories.
//
// What is called must come in this order: Batch, Take and End, once; Decide; Dims and
// Fill; Dataset.
type Update struct {
	survey
	in *collector
	b  Batch
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
	u := &Update{survey: survey{maker: m}, in: in}
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
	return numbersOf(columns), err
}

// StatusColumn is the column of the statuses, -1 for none.
func (u *Update) StatusColumn() int { return u.statusColumn() }

// Decide says what the columns are: what the format says of them, now that the rows are
// known, and the options on top of it. Dimensions without a category, and columns of
// values without one, are left out.
func (u *Update) Decide(fields []Field, s Steps) error {
	for i, c := range u.columns {
		c.Field = fields[i]
	}
	u.byName, u.steps = nil, s
	if err := u.someColumns(); err != nil {
		return err
	}
	err := u.decide()
	if err == nil {
		err = u.count()
	}
	if err == nil && s.Placed {
		err = placed(&u.survey)
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
func (u *Update) Values() []int { return numbersOf(u.of(Value)) }

// IsFunction tells whether a column is a function of another one.
func (u *Update) IsFunction(column, of int) (bool, error) {
	return u.isFunction(u.columns[column], u.columns[of])
}

// Doubtf tells of what was decided and could be otherwise, with the options that would say
// so.
func (u *Update) Doubtf(options []string, format string, args ...any) {
	u.o.Doubtf(options, format, args...)
}

// Size is how many texts a column has.
func (u *Update) Size(column int) (int, error) { return u.sizeOf(u.columns[column]) }

// Labels are the labels that a column has for the texts of another one, by their
// numbers: the first one of each.
func (u *Update) Labels(labels, of int) ([]string, error) {
	c := u.columns[of]
	if err := u.number(c); err != nil {
		return nil, err
	}
	to := make([]int32, c.entries().len())
	for code := range to {
		to[code] = int32(code)
	}
	return u.labelsIn(u.columns[labels], c, to, len(to))
}

// Some goes through the texts of some columns in rows from all over the table, at most
// so many of each batch, until it is told to stop.
func (u *Update) Some(columns []int, most int, f func(texts []string) bool) error {
	var list []*column
	for _, i := range columns {
		list = append(list, u.columns[i])
	}
	texts := make([]string, len(columns))
	return u.cells(list, func(_ int64, cells [][]cell) (bool, error) {
		for row := range min(most, len(cells[0])) {
			for k := range texts {
				texts[k] = string(cells[k][row].text)
			}
			if !f(texts) {
				return false, nil
			}
		}
		return true, nil
	})
}

// Tellable says with an error for two rows of one observation which columns, among some
// that are no dimensions, would tell the rows apart if they were: each of them alone or,
// if none does, several together. The error stays what it is if nothing would.
func (u *Update) Tellable(e *Error, among []int) error {
	dims := u.dimensions()
	var alone, rest []*column
	for _, i := range among {
		c := u.columns[i]
		if slices.Contains(dims, c) {
			continue
		}
		rest = append(rest, c)
		ok, err := u.unique(append(slices.Clone(dims), c))
		if err != nil {
			return err
		}
		if ok {
			alone = append(alone, c)
		}
	}
	need := alone[:min(1, len(alone))]
	if len(alone) == 0 {
		ok, err := u.unique(slices.Concat(dims, rest))
		if err != nil || !ok {
			return err
		}
		need = rest
		for _, c := range slices.Backward(rest) {
			without := slices.DeleteFunc(slices.Clone(need), func(k *column) bool { return k == c })
			if ok, err = u.unique(slices.Concat(dims, without)); err != nil {
				return err
			}
			if ok {
				need = without
			}
		}
	}
	e.Columns, e.Err = called(need), ErrUndecided
	e.propose(Choice{Dimensions: called(byAt(slices.Concat(dims, need)))})
	e.Msg += fmt.Sprintf(": rows are not unique without %s, which is taken for an attribute", list(need))
	if len(alone) > 1 {
		e.Msg += fmt.Sprintf("; they are with %s, too", list(alone[1:]))
	}
	if u.o.Explain != nil {
		u.o.Explain(u.explain(e))
	}
	return nil
}
