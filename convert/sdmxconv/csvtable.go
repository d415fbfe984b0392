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
	r        *reader
	c        *csvColumns
	o        *rows.Options
	u        *rows.Update
	texts    *csvTexts
	id, name string

	s      structure    // with the dimensions but for those that headings make
	across []*dimension // those, or the one that measures make
	cube   *cube

	attributes   csvAttributes
	observations *csvLevel
	status       *csvAttribute
	groups       []*csvLevel // of rows that name some dimensions only
	byMask       map[string]*csvLevel
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
	steps := rows.Steps{Column: c.places.action, Of: step, Absent: []string{"~"}, Placed: c.placed && t.o.Head == nil, Apart: apart}
	steps.Status = func(column int, text string) string {
		if c.list[column].both {
			text, _, _ = strings.Cut(text, ": ")
		}
		return text
	}
	err := t.u.Decide(c.decided(), steps)
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
			col := c.list[d.Column]
			if dim.name = col.name; dim.name == "" && d.Label != d.ID && !c.hasLabels(d.Column) {
				dim.name = d.Label
			}
			dim.values = t.texts.values(col, d.Texts, d.Names, true)
			if dim.name == "" {
				dim.name = c.names.component(d.ID)
			}
		}
		dim.bare = nameless(dim.values)
		t.s.dims = append(t.s.dims, dim)
	}
	for _, d := range t.s.dims {
		if err := d.check(); err != nil {
			return faultIn(0, "%s", err.(*jsonstat.Error).Msg)
		}
	}
	if len(c.choice.By) == 0 {
		t.measures()
	}
	t.s.roles(t.r.o.Roles)
	return nil
}

// nameless tells whether no value has a name.
func nameless(values []value) bool {
	return !slices.ContainsFunc(values, func(v value) bool { return v.name != "" })
}

// measures makes a dimension of several measures, or of one if that is asked for.
func (t *table) measures() {
	used := t.u.Values()
	if len(used) == 1 && !t.r.o.WithMetric {
		return
	}
	var list []value
	for _, m := range used {
		col := t.c.list[m]
		v := value{id: col.id, name: col.name}
		if v.name == "" {
			v.name = t.c.names.component(col.id)
		}
		list = append(list, v)
	}
	t.s.addMetric(list, t.o.Metric)
	t.s.metric.bare = nameless(list)
	t.across = []*dimension{t.s.metric}
}

// fill fills the cube, and keeps what rows say besides values.
func (t *table) fill() error {
	t.attributes = csvAttributes{c: t.c, u: t.u, labels: map[int][]string{}}
	list, st, err := t.attributes.find()
	if err != nil {
		return err
	}
	t.status = st
	t.observations = newCSVLevel(level{of: t.s.dims, observations: true}, list)
	t.byMask = map[string]*csvLevel{}
	setStrides(t.s.dims)
	cells, err := t.u.Fill(t.r.policy, t.attributes.noted, t.row)
	if errors.Is(err, rows.ErrTwice) {
		e, _ := errors.AsType[*rows.Error](err)
		return t.notUnique(e)
	}
	t.cube = &cube{Cells: cells, dims: t.s.dims}
	return err
}

// notUnique says with an error for two rows of one observation which column could be a
// dimension: if dimensions are known by where they stand, one before the values rather
// than one behind them.
func (t *table) notUnique(e *rows.Error) error {
	if c := t.c; c.placed {
		var before, behind, labels []int
		values := slices.IndexFunc(c.list, func(col csvColumn) bool { return col.kind == measureColumn })
		for i, col := range c.list {
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
		for i := range t.observations.attributes {
			a := &t.observations.attributes[i]
			if r.Whole || len(t.u.Text(a.place, r.Codes[a.noted])) > 0 {
				a.put(r.Entry, 0, 0)
			}
		}
		return nil
	case r.Entry < 0:
		return t.group(r)
	}
	if t.status != nil {
		t.status.add(t.u, r.Codes)
	}
	t.observations.put(t.u, r.Codes, r.Entry, r.Room, r.Step == rows.Replace && !r.Fresh)
	return nil
}

// group notes the attributes of a row that names some dimensions only.
func (t *table) group(r *rows.Row) error {
	mask, of, pos := box(t.s.dims, r.Coords)
	g := t.byMask[mask]
	if g == nil {
		list, st, err := t.attributes.find()
		if err != nil {
			return err
		}
		if st != nil { // the status of a group is said where attributes are
			list = append(list, *st)
		}
		g = newCSVLevel(level{of: of, partial: len(of) > 0}, list)
		t.byMask[mask] = g
		t.groups = append(t.groups, g)
	}
	g.put(t.u, r.Codes, len(g.at), 0, false)
	g.at = append(g.at, pos)
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
	for _, label := range []string{name, t.c.names.title, f.id} {
		if h.Label == "" {
			h.Label = label
		}
	}
	forms := t.observations.settled(t.texts, t.c, t.cube)
	forms = slices.DeleteFunc(forms, func(f form) bool {
		if f.constant == 0 || !isUpdate(f.column.id) {
			return false
		}
		h.Updated = f.column.plain(f.constant)
		return true
	})
	for _, g := range t.groups {
		for _, f := range g.settled(t.texts, t.c, t.cube) {
			if !slices.ContainsFunc(forms, f.saidBy) {
				forms = append(forms, f)
			}
		}
	}
	t.s.units(forms)
	x := &extension{}
	x.flow(f)
	x.attributes(t.s.useNotes(forms))
	if t.status != nil {
		t.status.settle(t.texts, t.c.list[t.status.place])
		x.status(t.status.values)
	}
	h, err := x.dimensions(h, slices.Concat(t.s.dims, t.across), nil, &t.r.lang)
	if err != nil {
		return nil, err
	}
	return t.u.Dataset(h, t.cube.Cells)
}
