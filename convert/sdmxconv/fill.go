package sdmxconv

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/jsontext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// newFiller lays out the arrays of a structure.
func (r *reader) newFiller(w *jsontext.Window, s *structure, c *cube) *filler {
	f := &filler{r: r, w: w, s: s, c: c, statusSlot: -1}
	f.observations = level{of: s.dims, observations: true}
	f.series = level{of: append(slices.Clone(s.series), s.dataSet...)}
	f.notes, f.seriesNotes = newColumn(&component{id: annotations}), newColumn(&component{id: annotations})
	f.observations.columns = append(f.observations.columns, f.notes)
	f.series.columns = append(f.series.columns, f.seriesNotes)
	f.cells = make([]int, s.cells())
	for i := range f.cells {
		f.cells[i] = -1
	}
	for i := range s.measures {
		m := &s.measures[i]
		if m.cell >= 0 {
			f.cells[m.cell] = len(f.slots)
			f.slots = append(f.slots, slot{measure: m})
		} else {
			f.column(m.column)
		}
	}
	f.attributesFrom = len(f.slots)
	k := status(s.attributes.observation)
	for i := range s.attributes.observation {
		a := &s.attributes.observation[i]
		if a.coded && len(a.values) == 0 {
			f.empty++
		}
		if i != k {
			f.column(newColumn(a))
			continue
		}
		f.statuses, f.statusSlot = newStatusColumn(a), len(f.slots)
		f.slots = append(f.slots, slot{})
	}
	k = status(s.attributes.series)
	for i := range s.attributes.series {
		a := &s.attributes.series[i]
		col := newColumn(a)
		if i == k {
			f.ofSeries = newStatusColumn(a)
			col = f.ofSeries.column
		}
		f.series.columns = append(f.series.columns, col)
		if col.standing != 0 {
			f.standing = append(f.standing, col)
		}
	}
	if k = status(s.attributes.dataSet); k >= 0 {
		f.ofDataSets = newStatusColumn(&s.attributes.dataSet[k])
	}
	f.statusAt.dataSet = k
	if k = status(s.attributes.group); k >= 0 {
		f.ofGroups = newStatusColumn(&s.attributes.group[k])
	}
	f.statusAt.group = k
	return f
}

// annotations is the id of the column of annotations.
const annotations = "annotations"

func (f *filler) column(c *column) {
	f.others = append(f.others, len(f.slots))
	f.observations.columns = append(f.observations.columns, c)
	f.slots = append(f.slots, slot{column: c})
}

// fill reads the observations of a data set.
func (f *filler) fill(set *dataSet) error {
	f.c.Begin()
	f.deletes = is(set, "Delete")
	f.keeps = is(set, "Merge") || is(set, "Append")
	f.seriesText = ""
	f.beginDataSet(set)
	if err := f.fit(set); err != nil {
		return err
	}
	if set.observations != nil {
		if err := f.flat(set.observations, f.rowsAt); err != nil {
			return err
		}
	}
	if set.series != nil {
		return f.readSeries(set.series)
	}
	return nil
}

// is tells whether a data set has an action.
func is(set *dataSet, action string) bool {
	return strings.EqualFold(set.member("action").str(), action)
}

// beginDataSet notes the status that a data set and its groups have.
func (f *filler) beginDataSet(set *dataSet) {
	f.ofDataSet, f.groups, f.groupMasks = "", nil, map[string]int{}
	if k, st := f.statusAt.dataSet, &f.ofDataSets; k >= 0 {
		if f.statuses.column == nil {
			f.statuses.column, f.statuses.texts = st.column, st.texts
		}
		list := set.member("attributes").list()
		if k < len(list) {
			f.ofDataSet = st.text(f.nodeID(&list[k], st.column))
		} else {
			f.ofDataSet = st.text(st.column.standing)
		}
	}
	k, st := f.statusAt.group, &f.ofGroups
	groups := set.member("dimensionGroupAttributes")
	if k < 0 || groups == nil {
		return
	}
	for i, key := range groups.names {
		coords, ok := f.s.groupKey(key)
		if list := groups.items[i].list(); ok && k < len(list) {
			if text := st.text(f.nodeID(&list[k], st.column)); text != "" {
				f.addGroup(i, coords, text)
			}
		}
	}
}

// nodeID is the number of an attribute's value that was read already.
func (f *filler) nodeID(n *node, c *column) int32 {
	return f.id([]byte(n.text), field{n.kind, 0, len(n.text)}, c)
}

// groupKey is the place of a group by dimension of the cube, -1 where it has none.
// The key has a slot for each dimension: those of the data set, the series, the
// observation.
func (s *structure) groupKey(key string) ([]int, bool) {
	parts := strings.Split(key, ":")
	var plan []*dimension
	for _, p := range [][][]*dimension{{s.dataSet, s.series, s.observation}, {s.dataSet, s.series}, {s.series, s.observation}, {s.series}} {
		if plan = slices.Concat(p...); len(plan) == len(parts) {
			break
		}
		plan = nil
	}
	if plan == nil {
		return nil, false
	}
	coords := make([]int, len(s.dims))
	for i := range coords {
		coords[i] = -1
	}
	for i, d := range plan {
		if parts[i] == "" {
			continue
		}
		k := digits(parts[i])
		if k < 0 || k >= d.size {
			return nil, false
		}
		coords[d.place] = k
	}
	return coords, true
}

// fit finds out whether attributes whose list of values is empty have a place in
// the arrays: OECD's old service lists them and leaves out their places.
func (f *filler) fit(set *dataSet) error {
	if f.empty == 0 || f.longest > 0 {
		return nil
	}
	f.lengths = true
	defer func() { f.lengths = false }()
	if set.observations != nil {
		if err := f.flat(set.observations, f.rowsAt); err != nil {
			return err
		}
	}
	if set.series != nil {
		if err := f.eachSeries(set.series, func(string) error { return f.seriesLengths() }); err != nil {
			return err
		}
	}
	if f.longest == 0 || f.longest > len(f.slots)-f.empty {
		return nil
	}
	f.leaveOut()
	return nil
}

// leaveOut takes the attributes without values out of the arrays.
func (f *filler) leaveOut() {
	var kept []slot
	f.others = f.others[:0]
	for k, s := range f.slots {
		switch {
		case s.column != nil && s.column.coded && len(s.column.values) == 0 && k >= f.attributesFrom:
			continue
		case k == f.statusSlot && f.statuses.column.coded && len(f.statuses.column.values) == 0:
			f.statusSlot = -1
			continue
		case k == f.statusSlot:
			f.statusSlot = len(kept)
		case s.column != nil:
			f.others = append(f.others, len(kept))
		}
		kept = append(kept, s)
	}
	f.slots = kept
}

// flat reads an object of observations with keys of all dimensions that are in
// any key.
func (f *filler) flat(keys *keyed, read func(base int64) error) error {
	f.plans = [][]*dimension{f.s.observation, slices.Concat(f.s.series, f.s.observation), slices.Concat(f.s.dataSet, f.s.series, f.s.observation)}
	f.usual = nil
	if err := f.w.Goto(keys.from); err != nil {
		return err
	}
	return read(0)
}

func (f *filler) rowsAt(base int64) error { return f.rows(base) }

// eachSeries goes through an object of series.
func (f *filler) eachSeries(keys *keyed, read func(key string) error) error {
	if err := f.w.Goto(keys.from); err != nil {
		return err
	}
	return f.w.Members(read)
}

// seriesLengths measures the arrays of a series.
func (f *filler) seriesLengths() error {
	return f.w.Members(func(name string) error {
		if c, err := f.w.Peek(); err != nil || name != "observations" || c != '{' {
			if err == nil {
				_, err = f.w.Skip()
			}
			return err
		}
		return f.rows(0)
	})
}

// readSeries reads an object of series.
func (f *filler) readSeries(series *keyed) error {
	keys := [][]*dimension{f.s.series, slices.Concat(f.s.dataSet, f.s.series)}
	inside := [][]*dimension{f.s.observation}
	return f.eachSeries(series, func(key string) error {
		f.plans = keys
		at := f.w.Offset()
		base, err := f.position([]byte(key), 0, "a series")
		if err != nil {
			if e, ok := err.(*jsonstat.Error); ok && e.Offset < 0 {
				e.Offset = at
			}
			return err
		}
		f.plans, f.usual = inside, f.s.observation
		if f.deletes {
			return f.deleteSeries(key)
		}
		return f.oneSeries(base)
	})
}

// oneSeries reads a series. What is said of it may stand behind its observations,
// which need it.
func (f *filler) oneSeries(base int64) error {
	entry := len(f.series.at)
	if f.series.at != nil { // else nothing is said of series
		f.series.at = append(f.series.at, base)
	}
	f.seriesText = ""
	later := int64(-1)
	known := f.ofSeries.column == nil
	for _, c := range f.standing {
		c.put(entry, c.standing, cap(f.series.at))
		if c == f.ofSeries.column {
			f.seriesText = f.ofSeries.text(c.standing)
		}
	}
	err := f.w.Members(func(name string) error {
		c, err := f.w.Peek()
		switch {
		case err != nil:
			return err
		case name == "attributes" && c == '[':
			known = true
			return f.readArray(func(b []byte) { f.seriesAttributes(b, entry) })
		case name == "annotations" && c == '[':
			return f.readArray(func(b []byte) {
				if text := f.annotationTexts(b, f.fields); text != "" {
					f.seriesNotes.put(entry, f.seriesNotes.rawString(text), cap(f.series.at))
				}
			})
		case name == "observations" && c == '{' && known:
			return f.rows(base)
		case name == "observations" && c == '{':
			later = f.w.Offset()
		}
		_, err = f.w.Skip()
		return err
	})
	if err != nil || later < 0 {
		return err
	}
	end := f.w.Offset()
	if err := f.w.Goto(later); err != nil {
		return err
	}
	if err := f.rows(base); err != nil {
		return err
	}
	return f.w.Goto(end)
}

// readArray reads the array at the next byte.
func (f *filler) readArray(use func(b []byte)) error {
	for {
		b := f.w.Rest()
		n, err := f.array(b, 0)
		if err != nil {
			return err
		}
		if n > 0 {
			use(b)
			f.w.Advance(n)
			return nil
		}
		if err := f.w.More(); err != nil {
			return err
		}
	}
}

// seriesAttributes notes the attributes of a series.
func (f *filler) seriesAttributes(b []byte, entry int) {
	columns := f.series.columns[1:]
	for k, v := range f.fields {
		if k >= len(columns) {
			break
		}
		id := f.id(b, v, columns[k])
		columns[k].put(entry, id, cap(f.series.at))
		if columns[k] == f.ofSeries.column {
			f.seriesText = f.ofSeries.text(id)
		}
	}
}

// delete takes observations away.
func (f *filler) delete(key []byte, base int64) error {
	if _, err := f.position(key, 0, "an observation"); err != nil {
		return err
	}
	coords := make([]int, len(f.c.dims))
	for i, d := range f.c.dims {
		coords[i] = -1
		if d.place < len(f.s.series) && base >= 0 && f.deleteBase != nil {
			coords[i] = f.deleteBase[i]
		}
	}
	if plan := f.plan(len(f.indexes)); plan != nil {
		for i, d := range plan {
			coords[d.place] = f.indexes[i]
		}
	}
	f.remove(coords)
	return nil
}

// deleteSeries takes away the observations of a series, or those that it names.
func (f *filler) deleteSeries(key string) error {
	coords := make([]int, len(f.c.dims))
	for i := range coords {
		coords[i] = -1
	}
	plan := f.s.series
	if len(f.indexes) == len(f.s.dataSet)+len(f.s.series) {
		plan = slices.Concat(f.s.dataSet, f.s.series)
	}
	for i, d := range plan {
		if i < len(f.indexes) {
			coords[d.place] = f.indexes[i]
		}
	}
	f.deleteBase = coords
	named := false
	err := f.w.Members(func(name string) error {
		c, err := f.w.Peek()
		if err == nil && name == "observations" && c == '{' {
			named = true
			return f.rows(0)
		}
		if err == nil {
			_, err = f.w.Skip()
		}
		return err
	})
	if err == nil && !named {
		f.remove(coords)
	}
	f.deleteBase = nil
	return err
}

// remove takes away the observations at the coordinates.
func (f *filler) remove(coords []int) {
	f.c.Matching(coords, func(entry int) {
		pos := f.c.Position(entry)
		for m := range f.c.Measures() {
			f.c.Values().SetMissing(pos*f.c.Measures() + m)
			if !f.c.Sparse() {
				f.c.Values().SetStatus(pos*f.c.Measures()+m, "")
			}
		}
		for _, c := range f.observations.columns {
			c.put(entry, 0, 0)
		}
		f.c.Forget(entry)
	})
}

// tell warns of what was put up with, once it is all read.
func (f *filler) tell() {
	if f.badIndexes > 0 {
		f.r.warn(f.badIndex)
	}
	if f.shifted > 1 {
		f.r.warn(fmt.Sprintf("%d observations have attributes and no values", f.shifted))
	}
}
