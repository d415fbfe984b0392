package sdmxconv

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// table is the rows of one structure.
type table struct {
	c        *csvReader
	u        *rows.Update
	id, name string

	dims   []*dimension // but for those that headings make
	across []*dimension // those
	metric *dimension   // of these, the one that measures make
	cube   *cube

	observations level
	columns      []csvAttribute
	status       *csvAttribute
	noted        []int // the columns of what attributes hold
	groups       map[string]*csvGroup
	groupOrder   []string
	labels       map[int][]string // see labelsOf
}

// csvAttribute is an attribute and the column that it stands in.
type csvAttribute struct {
	place  int
	code   int // among the columns that are noted
	column *column
	ids    []int32  // of its values by number of the text, -1 for those that did not come up
	labels []string // by number of the text, where a column of names says them
	names  []string // and by value
}

// csvGroup is the attributes of rows that name some dimensions only.
type csvGroup struct {
	level   level
	columns []csvAttribute
}

// step is what a row does by the text of its column ACTION.
func step(text []byte) rows.Step {
	if len(text) == 0 {
		return rows.Insert
	}
	switch text[0] | 0x20 {
	case 'd':
		return rows.Remove
	case 'r':
		return rows.Replace
	case 'm', 'a':
		return rows.Merge
	}
	return rows.Insert
}

// apart tells whether it says nothing of a dimension that it is a function of another one:
// the time is never something else, and what it tells of others is for which of them
// there are data.
func apart(id, of string) bool {
	return isTime(id) || isTime(of) && (strings.EqualFold(id, "FREQ") || strings.EqualFold(id, "REF_AREA"))
}

// prepare says what the columns are, and finds the dimensions.
func (t *table) prepare() error {
	c := t.c
	steps := rows.Steps{Column: c.places.action, Of: step, Absent: []string{"~"}, Placed: c.placed && c.table.Head == nil, Apart: apart}
	steps.Status = func(column int, text string) string {
		if c.columns[column].both {
			text, _, _ = strings.Cut(text, ": ")
		}
		return text
	}
	err := t.u.Decide(c.fields(), steps)
	if errors.Is(err, rows.ErrEmpty) {
		return &convert.TableError{Msg: fmt.Sprintf("there are no observations of %q", brief(t.id)), Err: convert.ErrEmpty}
	}
	if err != nil {
		return err
	}
	for _, d := range t.u.Dims() {
		dim := &dimension{component: component{id: d.ID, name: d.Label}, size: len(d.Texts)}
		switch {
		case d.Of != nil:
			for _, text := range d.Texts {
				dim.values = append(dim.values, value{id: text})
			}
			t.across = append(t.across, dim)
			continue
		case d.Column < 0: // the head alone has it
			dim.values = []value{{id: d.Texts[0]}}
		default:
			col := c.columns[d.Column]
			if dim.name = col.name; dim.name == "" && d.Label != d.ID && !c.hasLabels(d.Column) {
				dim.name = d.Label
			}
			dim.values = c.values(col, d.Texts, d.Names, true)
			if dim.name == "" {
				dim.name = c.names.component(d.ID)
			}
		}
		t.dims = append(t.dims, dim)
	}
	if err := c.sameIDs(t.dims); err != nil {
		return err
	}
	if len(c.choice.By) == 0 {
		t.measures()
	}
	s := &structure{dims: t.dims, metric: t.metric}
	s.roles(c.r.o.Roles)
	return nil
}

// measures makes a dimension of several measures, or of one if that is asked for.
func (t *table) measures() {
	used := t.u.Values()
	if len(used) == 1 && !t.c.r.o.WithMetric {
		return
	}
	s := &structure{dims: t.dims}
	var list []value
	for _, m := range used {
		col := t.c.columns[m]
		v := value{id: col.id, name: col.name}
		if name := t.c.names.component(col.id); v.name == "" {
			v.name = name
		}
		list = append(list, v)
	}
	s.addMetric(list, t.c.table.Metric)
	t.metric, t.across = s.metric, []*dimension{s.metric}
	t.metric.bare = !slices.ContainsFunc(list, func(v value) bool { return v.name != "" })
}

// attributes are the columns of attributes, and the one of the status, nil if there is
// none.
func (t *table) attributes() (list []csvAttribute, st *csvAttribute, err error) {
	status := t.u.StatusColumn()
	for i, col := range t.c.columns {
		part, why := t.u.Part(i)
		attribute := col.kind == attributeColumn || col.kind == dimensionColumn && t.c.placed // and empty on an observation
		if i != status && (!attribute || part != rows.LeftOut || why == rows.ByUser) {
			continue
		}
		c := &component{id: col.id, name: col.name}
		if c.name == "" {
			c.name = t.c.names.component(col.id)
		}
		a := csvAttribute{place: i, column: newColumn(c)}
		a.code = t.note(i)
		if a.labels, err = t.labelsOf(i); err != nil {
			return nil, nil, err
		}
		if i == status {
			st = &a
		} else {
			list = append(list, a)
		}
	}
	return list, st, nil
}

// labelsOf are the labels of the texts of a column, by their numbers; nil if no column
// has any.
func (t *table) labelsOf(column int) ([]string, error) {
	k := t.u.LabelsOf(column)
	if k < 0 {
		return nil, nil
	}
	if list, ok := t.labels[column]; ok {
		return list, nil
	}
	list, err := t.u.Labels(k, column)
	t.labels[column] = list
	return list, err
}

// note asks for the texts of a column and says which of the noted ones it is.
func (t *table) note(column int) int {
	if k := slices.Index(t.noted, column); k >= 0 {
		return k
	}
	t.noted = append(t.noted, column)
	return len(t.noted) - 1
}

// sameIDs holds that the ids of a dimension differ.
func (c *csvReader) sameIDs(dims []*dimension) error {
	for _, d := range dims {
		if err := d.check(); err != nil {
			return faultIn(0, "%s", err.(*jsonstat.Error).Msg)
		}
	}
	return nil
}

// fill fills the cube, and keeps what rows say besides values.
func (t *table) fill() error {
	var err error
	if t.columns, t.status, err = t.attributes(); err != nil {
		return err
	}
	t.observations = level{of: t.dims, observations: true}
	for i := range t.columns {
		t.observations.columns = append(t.observations.columns, t.columns[i].column)
	}
	setStrides(t.dims)
	cells, err := t.u.Fill(t.c.r.policy, t.noted, t.row)
	if errors.Is(err, rows.ErrTwice) {
		e, _ := errors.AsType[*rows.Error](err)
		return t.notUnique(e)
	}
	if err != nil {
		return err
	}
	t.cube = &cube{Cells: cells, dims: t.dims}
	return nil
}

// notUnique says with an error for two rows of one observation which column could be a
// dimension: if dimensions are known by where they stand, one before the values rather
// than one behind them.
func (t *table) notUnique(e *rows.Error) error {
	if c := t.c; c.placed {
		var before, behind, labels []int
		values := slices.IndexFunc(c.columns, func(col csvColumn) bool { return col.kind == measureColumn })
		for i, col := range c.columns {
			_, why := t.u.Part(i)
			switch {
			case why == rows.ByUser:
			case col.kind == labelColumn:
				labels = append(labels, i)
			case col.kind != attributeColumn && col.kind != dimensionColumn:
			case i < values:
				before = append(before, i)
			case knownAttribute(col.id):
				labels = append(labels, i)
			default:
				behind = append(behind, i)
			}
		}
		if err := t.u.Tellable(e, slices.Concat(before, behind, labels)); err != nil {
			return err
		}
	}
	if !errors.Is(e, rows.ErrUndecided) {
		e.Msg += ": perhaps a column is a dimension that is not taken for one"
	}
	return e
}

// row keeps the attributes of a row.
func (t *table) row(r *rows.Row) error {
	switch {
	case r.Step == rows.Remove:
		for i := range t.columns {
			a := &t.columns[i]
			if r.Whole || len(t.u.Text(a.place, r.Codes[a.code])) > 0 {
				a.column.put(r.Entry, 0, 0)
			}
		}
	case r.Entry < 0:
		return t.group(r)
	default:
		whole := r.Step == rows.Replace && !r.Fresh // the observation is replaced, whatever of it is empty
		if t.status != nil {
			t.status.add(t.u, r.Codes)
		}
		for i := range t.columns {
			a := &t.columns[i]
			if id := a.add(t.u, r.Codes); id != 0 || whole {
				a.column.put(r.Entry, id, r.Room)
			}
		}
	}
	return nil
}

// add is the number that the column of an attribute has for a row's value.
func (a *csvAttribute) add(u *rows.Update, codes []int32) int32 {
	code := codes[a.code]
	if int(code) < len(a.ids) && a.ids[code] >= 0 {
		return a.ids[code]
	}
	for int(code) >= len(a.ids) {
		a.ids = append(a.ids, -1)
	}
	text := u.Text(a.place, code)
	if a.ids[code] = 0; len(text) == 0 {
		return 0
	}
	a.column.texts = append(a.column.texts, string(text))
	a.ids[code] = int32(len(a.column.texts))
	if a.labels != nil {
		a.names = append(a.names, a.labels[code])
	}
	return a.ids[code]
}

// group notes the attributes of a row that names some dimensions only.
func (t *table) group(r *rows.Row) error {
	mask, of, pos := box(t.dims, r.Coords)
	g := t.groups[mask]
	if g == nil {
		g = &csvGroup{level: level{of: of, partial: len(of) > 0}}
		var st *csvAttribute
		var err error
		if g.columns, st, err = t.attributes(); err != nil {
			return err
		}
		if st != nil { // the status of a group is said where attributes are
			g.columns = append(g.columns, *st)
		}
		for i := range g.columns {
			g.level.columns = append(g.level.columns, g.columns[i].column)
		}
		t.groups[mask] = g
		t.groupOrder = append(t.groupOrder, mask)
	}
	for i := range g.columns {
		if id := g.columns[i].add(t.u, r.Codes); id != 0 {
			g.columns[i].column.put(len(g.level.at), id, 0)
		}
	}
	g.level.at = append(g.level.at, pos)
	return nil
}

// dataset makes the dataset of a table.
func (t *table) dataset() (*jsonstat.Dataset, error) {
	if err := t.prepare(); err != nil {
		return nil, err
	}
	if err := t.fill(); err != nil {
		return nil, err
	}
	id, name := splitFlow(t.id)
	f := flowOf(id)
	h := jsonstat.Head{Label: t.name}
	for _, label := range []string{name, t.c.names.flow(), f.id} {
		if h.Label == "" {
			h.Label = label
		}
	}
	x := &extension{}
	x.flow(f)
	for i := range t.columns {
		t.c.settle(&t.columns[i])
	}
	forms := t.observations.forms(t.cube)
	forms = slices.DeleteFunc(forms, func(f form) bool {
		if f.constant == 0 || !isUpdate(f.column.id) {
			return false
		}
		h.Updated = f.column.plain(f.constant)
		return true
	})
	for _, mask := range t.groupOrder {
		g := t.groups[mask]
		for i := range g.columns {
			t.c.settle(&g.columns[i])
		}
		for _, f := range g.level.forms(t.cube) {
			if !slices.ContainsFunc(forms, f.saidBy) {
				forms = append(forms, f)
			}
		}
	}
	s := &structure{metric: t.metric}
	for _, d := range t.dims {
		d.bare = !slices.ContainsFunc(d.values, func(v value) bool { return v.name != "" })
		s.dims = append(s.dims, d)
	}
	s.units(forms)
	x.attributes(s.useNotes(forms))
	if t.status != nil {
		t.c.settle(t.status)
		x.status(t.status.column.values)
	}
	h, err := x.dimensions(h, slices.Concat(t.dims, t.across), nil, &t.c.r.lang)
	if err != nil {
		return nil, err
	}
	return t.u.Dataset(h, t.cube.Cells)
}
