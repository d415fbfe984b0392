package sdmxconv

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/build"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// table is the rows of one structure.
type table struct {
	c        *csvReader
	id, name string
	chosen   bool
	rows     int64

	dims   []*csvDimension // by column of the header that is one
	cube   *cube
	metric *dimension

	observations level
	columns      []csvAttribute
	status       *csvAttribute
	statusText   []string // by number of the column
	measures     []int    // columns
	used         []bool   // by column: some row has a value
	groups       map[string]*csvGroup
	groupOrder   []string
	replacing    bool // some rows may replace others
}

// csvDimension is a dimension of a table.
type csvDimension struct {
	column int
	found  *build.Dimension
	names  []string // by category, where a column of names says them
	empty  bool     // some observation has none
	dim    *dimension
}

// csvAttribute is an attribute and the column that it stands in.
type csvAttribute struct {
	place  int
	column *column
	names  []string // by text, where a column of names says them
}

// csvGroup is the attributes of rows that name some dimensions only.
type csvGroup struct {
	level   level
	columns []csvAttribute
}

// table finds the table of a row.
func (c *csvReader) table(fields [][]byte) *table {
	id := []byte(nil)
	if c.places.id >= 0 {
		id = fields[c.places.id]
	}
	if n := len(c.tables); n > 0 && c.tables[n-1].id == string(id) {
		return c.tables[n-1]
	}
	if t, ok := c.byID[string(id)]; ok {
		return t
	}
	t := &table{c: c, id: string(id), groups: map[string]*csvGroup{}, used: make([]bool, len(c.columns))}
	if c.places.name >= 0 {
		t.name = string(fields[c.places.name])
	}
	for i, col := range c.columns {
		switch col.kind {
		case dimensionColumn:
			t.dims = append(t.dims, &csvDimension{column: i, found: build.NewDimension(nil)})
		case measureColumn:
			t.measures = append(t.measures, i)
		}
	}
	c.byID[t.id] = t
	c.tables = append(c.tables, t)
	return t
}

// each goes through the rows.
func (c *csvReader) each(f func(t *table, fields [][]byte, line int64) error) error {
	if _, err := c.rewind(); err != nil {
		return err
	}
	for {
		fields, line, err := c.recs.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if len(fields) != len(c.columns) {
			if len(fields) > len(c.columns) || !blanks(c.columns[len(fields):]) {
				return faultIn(line, "the row has %d columns, the header has %d", len(fields), len(c.columns))
			}
			for len(fields) < len(c.columns) {
				fields = append(fields, nil)
			}
		}
		if err := f(c.table(fields), fields, line); err != nil {
			return err
		}
	}
}

// blanks tells whether columns have no name.
func blanks(columns []csvColumn) bool {
	return !slices.ContainsFunc(columns, func(c csvColumn) bool { return c.id != "" || c.kind != other })
}

// action is the first letter of what is to be done with a row, a small one; 0 if
// nothing is said.
func (c *csvReader) action(fields [][]byte) byte {
	if c.places.action < 0 || len(fields[c.places.action]) == 0 {
		return 0
	}
	return fields[c.places.action][0] | 0x20
}

// deleting tells whether a row says what is to be deleted.
func (c *csvReader) deleting(fields [][]byte) bool { return c.action(fields) == 'd' }

// replaces tells whether a row may come for an observation that had one.
func (c *csvReader) replaces(fields [][]byte) bool {
	a := c.action(fields)
	return a == 'r' || a == 'm' || a == 'a'
}

// absent tells whether a cell of a dimension names no category: "~" says that
// the dimension is switched off.
func absent(f []byte) bool { return len(f) == 0 || len(f) == 1 && f[0] == '~' }

// hasValue tells whether a row has a value, be it one that is said to be missing.
func (t *table) hasValue(fields [][]byte) bool {
	for _, m := range t.measures {
		if len(fields[m]) > 0 {
			return true
		}
	}
	return false
}

// collect finds the categories of each dimension.
func (c *csvReader) collect() error {
	return c.each(func(t *table, fields [][]byte, line int64) error {
		if c.deleting(fields) {
			return nil
		}
		t.rows++
		t.replacing = t.replacing || c.replaces(fields)
		has := false
		for _, m := range t.measures {
			if len(fields[m]) > 0 {
				has, t.used[m] = true, true
			}
		}
		for _, d := range t.dims {
			f := fields[d.column]
			if absent(f) {
				d.empty = d.empty || has
				continue
			}
			before := len(d.found.Texts())
			if k := d.found.Add(f); int(k) < before {
				continue
			}
			if !utf8.Valid(f) {
				return notUTF8(line)
			}
			if label := c.columns[d.column].label; label >= 0 {
				if !utf8.Valid(fields[label]) {
					return notUTF8(line)
				}
				d.names = append(d.names, string(fields[label]))
			}
		}
		return nil
	})
}

// prepare makes the cube of a table whose categories are known.
func (t *table) prepare() error {
	t.dims = slices.DeleteFunc(t.dims, func(d *csvDimension) bool { return len(d.found.Texts()) == 0 })
	if len(t.dims) == 0 || t.rows == 0 {
		return faultIn(0, "there are no observations of %q", brief(t.id))
	}
	var dims []*dimension
	for _, d := range t.dims {
		if d.empty { // an observation without a category of a dimension that others have
			d.found.Add(nil)
			d.names = append(d.names, "")
		}
		col := t.c.columns[d.column]
		d.dim = &dimension{component: component{id: col.id, name: col.name}}
		d.dim.values = t.c.values(col, d.found.Texts(), d.names, true)
		d.dim.size = len(d.dim.values)
		t.c.nameDimension(d.dim)
		dims = append(dims, d.dim)
	}
	if err := t.c.sameIDs(dims); err != nil {
		return err
	}
	t.prepareMeasures()
	s := &structure{dims: dims, metric: t.metric}
	t.c.r.roles(s)
	cells := max(1, len(t.measures))
	var err error
	if t.cube, err = newCube(dims, cells, t.rows, t.rows*int64(cells)); err != nil {
		return err
	}
	t.observations = level{of: dims, observations: true}
	t.columns, t.status = t.attributes()
	t.statusText = []string{""}
	for i := range t.columns {
		t.observations.columns = append(t.observations.columns, t.columns[i].column)
	}
	return nil
}

// prepareMeasures makes a dimension of several measures.
func (t *table) prepareMeasures() {
	used := slices.DeleteFunc(slices.Clone(t.measures), func(m int) bool { return !t.used[m] })
	if len(used) == 0 && len(t.measures) > 0 {
		used = t.measures[:1]
	}
	t.measures = used
	if len(used) == 1 && !t.c.r.o.Metric || len(used) == 0 {
		return
	}
	s := &structure{}
	for _, d := range t.dims {
		s.dims = append(s.dims, d.dim)
	}
	var list []value
	for _, m := range used {
		col := t.c.columns[m]
		v := value{id: col.id, name: col.name}
		if name := t.c.names.component(col.id); v.name == "" {
			v.name = name
		}
		list = append(list, v)
	}
	s.addMetric(list)
	t.metric = s.metric
	t.metric.bare = !slices.ContainsFunc(list, func(v value) bool { return v.name != "" })
}

// attributes are the columns of attributes, one of which is the status, nil if
// there is none.
func (t *table) attributes() (list []csvAttribute, st *csvAttribute) {
	var all []component
	for i, col := range t.c.columns {
		if col.kind != attributeColumn {
			continue
		}
		c := &component{id: col.id, name: col.name}
		if c.name == "" {
			c.name = t.c.names.component(col.id)
		}
		list = append(list, csvAttribute{place: i, column: newColumn(c)})
		all = append(all, *c)
	}
	if k := status(all); k >= 0 {
		st = &csvAttribute{place: list[k].place, column: list[k].column}
		list = slices.Delete(list, k, k+1)
	}
	return list, st
}

// sameIDs holds that the ids of a dimension differ.
func (c *csvReader) sameIDs(dims []*dimension) error {
	for _, d := range dims {
		if err := c.r.checkDimension(d); err != nil {
			return faultIn(0, "%s", err.(*jsonstat.Error).Msg)
		}
	}
	return nil
}

// place puts the rows in their places.
func (c *csvReader) place() error {
	coords := make([]int, len(c.columns))
	return c.each(func(t *table, fields [][]byte, line int64) error {
		if !t.chosen {
			return nil
		}
		coords = coords[:len(t.dims)]
		if c.deleting(fields) {
			return t.remove(fields)
		}
		has, whole := t.hasValue(fields), true
		for i, d := range t.dims {
			f := fields[d.column]
			if absent(f) {
				if f = nil; !has {
					coords[i], whole = -1, false
					continue
				}
			}
			coords[i] = int(d.found.Add(f))
		}
		if !whole {
			return t.group(coords, fields, line)
		}
		return t.row(coords, fields, line)
	})
}

// row puts an observation in its place.
func (t *table) row(coords []int, fields [][]byte, line int64) error {
	pos := int64(0)
	for i, k := range coords {
		pos += int64(k) * t.dims[i].dim.stride
	}
	entry, was := t.cube.place(pos)
	if was != fresh && !t.c.replaces(fields) {
		return t.twice(pos, line)
	}
	whole := was != fresh && t.c.action(fields) == 'r' // the observation is replaced, whatever of it is empty
	status := ""
	if t.status != nil {
		id, err := t.status.add(t.c, fields, line)
		if err != nil {
			return err
		}
		status = t.statusOf(id)
	}
	for k, m := range t.measures {
		cell := pos*t.cube.measures + int64(k)
		if t.cube.sparse || whole || was != fresh && len(fields[m]) > 0 {
			t.cube.values.SetMissing(cell)
		}
		if err := t.value(cell, fields[m], line); err != nil {
			return err
		}
		if status != "" || whole {
			t.cube.values.SetStatus(cell, status)
		}
	}
	room := int(t.cube.n)
	if t.cube.sparse {
		room = cap(t.cube.at)
	}
	for i := range t.columns {
		id, err := t.columns[i].add(t.c, fields, line)
		if err != nil {
			return err
		}
		if id != 0 || whole {
			t.columns[i].column.put(entry, id, room)
		}
	}
	return nil
}

// statusOf is the text of a status.
func (t *table) statusOf(id int32) string {
	for int(id) >= len(t.statusText) {
		text := t.status.column.texts[len(t.statusText)-1]
		if before, _, ok := strings.Cut(text, ": "); ok && t.c.columns[t.status.place].both {
			text = before
		}
		t.statusText = append(t.statusText, text)
	}
	return t.statusText[id]
}

// value sets a cell.
func (t *table) value(cell int64, f []byte, line int64) error {
	if number, ok := t.c.asNumber(f); ok {
		return t.cube.values.SetNumberToken(cell, number)
	}
	if noValue(f) {
		return nil
	}
	if !utf8.Valid(f) {
		return notUTF8(line)
	}
	if t.c.odd++; t.c.odd == 1 {
		t.c.r.warn("line " + itoa(line) + ": value \"" + brief(string(f)) + "\" is no number: it is a text")
	}
	t.cube.values.SetText(cell, string(f))
	return nil
}

// add is the number that the column of an attribute has for a row's value.
func (a *csvAttribute) add(c *csvReader, fields [][]byte, line int64) (int32, error) {
	f := fields[a.place]
	if len(f) == 0 {
		return 0, nil
	}
	before := len(a.column.texts)
	id := a.column.raw(f)
	if len(a.column.texts) == before {
		return id, nil
	}
	if !utf8.Valid(f) {
		return 0, notUTF8(line)
	}
	if label := c.columns[a.place].label; label >= 0 {
		if !utf8.Valid(fields[label]) {
			return 0, notUTF8(line)
		}
		a.names = append(a.names, string(fields[label]))
	}
	return id, nil
}

// group notes the attributes of a row that names some dimensions only.
func (t *table) group(coords []int, fields [][]byte, line int64) error {
	mask, pos := "", int64(0)
	var of []*dimension
	for i, k := range coords {
		if k >= 0 {
			mask += "," + itoa(int64(i))
			of = append(of, t.dims[i].dim)
			pos += int64(k) * t.dims[i].dim.stride
		}
	}
	g := t.groups[mask]
	if g == nil {
		g = &csvGroup{level: level{of: of, partial: len(of) > 0}}
		var st *csvAttribute
		if g.columns, st = t.attributes(); st != nil { // the status of a group is said where attributes are
			g.columns = append(g.columns, *st)
		}
		for i := range g.columns {
			g.level.columns = append(g.level.columns, g.columns[i].column)
		}
		t.groups[mask] = g
		t.groupOrder = append(t.groupOrder, mask)
	}
	for i := range g.columns {
		id, err := g.columns[i].add(t.c, fields, line)
		if err != nil {
			return err
		}
		if id != 0 {
			g.columns[i].column.put(len(g.level.at), id, 0)
		}
	}
	g.level.at = append(g.level.at, pos)
	return nil
}

// remove takes away what a row says is to be deleted: whole observations, or the
// values and attributes that are not empty.
func (t *table) remove(fields [][]byte) error {
	coords := make([]int, len(t.dims))
	for i, d := range t.dims {
		coords[i] = -1
		if f := fields[d.column]; !absent(f) {
			k, ok := d.found.Find(f)
			if !ok {
				return nil // nothing of that category came
			}
			coords[i] = int(k)
		}
	}
	parts := t.hasValue(fields) || t.status != nil && len(fields[t.status.place]) > 0
	for _, a := range t.columns {
		parts = parts || len(fields[a.place]) > 0
	}
	t.cube.matching(coords, func(entry int) {
		pos := t.cube.position(entry)
		for k, m := range t.measures {
			cell := pos*t.cube.measures + int64(k)
			if !parts || len(fields[m]) > 0 {
				t.cube.values.SetMissing(cell)
			}
			if !t.cube.sparse && (!parts || t.status != nil && len(fields[t.status.place]) > 0) {
				t.cube.values.SetStatus(cell, "")
			}
		}
		for _, a := range t.columns {
			if !parts || len(fields[a.place]) > 0 {
				a.column.put(entry, 0, 0)
			}
		}
		if !parts {
			t.cube.forget(entry)
		}
	})
	return nil
}

// twice is the error for a row whose observation had one before, which is looked for.
func (t *table) twice(pos, line int64) error {
	want, first := t.cube.coords(pos), int64(0)
	err := t.c.each(func(other *table, fields [][]byte, at int64) error {
		if other != t || first > 0 || t.c.deleting(fields) {
			return nil
		}
		for i, d := range t.dims {
			f := fields[d.column]
			if absent(f) {
				f = nil
			}
			if int(d.found.Add(f)) != want[i] {
				return nil
			}
		}
		if first == 0 && (line == 0 || at < line) {
			first = at
		} else if line == 0 {
			line = at
		}
		return nil
	})
	if err != nil {
		return err
	}
	if line == 0 {
		line = first
	}
	return faultIn(line, "the observation %s has a row already, in line %d: perhaps a column is a dimension that is not taken for one", t.cube.names(pos), first)
}
