package sdmxconv

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/convert/internal/jsontext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// readJSON reads an SDMX-JSON message.
func (r *reader) readJSON(src io.ReadSeeker) ([]*jsonstat.Dataset, error) {
	if len(r.o.Dimensions)+len(r.o.Measures) > 0 || r.o.Structure != nil {
		r.warn("the message is SDMX-JSON: it says itself what its dimensions, measures and names are")
	}
	w := jsontext.New(src)
	if err := w.Start(); err != nil {
		return nil, err
	}
	m, err := readMessage(w)
	if err != nil {
		return nil, err
	}
	if err := m.refusal(); err != nil {
		return nil, err
	}
	if e := serverError(m.errors); e != nil {
		r.warn("the message has data, but says also: " + e.(*jsonstat.ServerError).Message)
	}
	r.lang.main = first(m.header.get("contentLanguages")).str()
	groups, err := r.groups(m)
	if err != nil {
		return nil, err
	}
	var all []*jsonstat.Dataset
	for _, g := range groups {
		made, err := r.cubes(m, g)
		if err != nil {
			return nil, err
		}
		all = append(all, made...)
	}
	if len(all) == 0 {
		return nil, &jsonstat.Error{Offset: -1, Msg: "the message says only what is to be deleted: it has no data", Err: ErrNotSDMX}
	}
	return all, r.lang.check()
}

// structureOf is the place of the structure of a data set.
func (m *message) structureOf(i int) (int, error) {
	k := 0
	if n := m.sets[i].member("structure"); n != nil {
		k = n.index()
	} else {
		for at, s := range m.structures {
			for j := range s.get("dataSets").list() {
				if s.get("dataSets").items[j].index() == i {
					k = at
				}
			}
		}
	}
	if k < 0 || k >= len(m.structures) {
		return 0, &jsonstat.Error{Offset: -1, Pointer: fmt.Sprintf("/data/dataSets/%d/structure", i), Msg: fmt.Sprintf("the structure that data set %d names is not there: the message has %d", i, len(m.structures)), Err: ErrNotSDMX}
	}
	return k, nil
}

// groups says which data sets make a cube together: those of one structure that
// are valid at the same time and have the same attributes, with those that delete
// what others brought.
func (r *reader) groups(m *message) ([][]int, error) {
	chosen, err := r.choose(m)
	if err != nil {
		return nil, err
	}
	var groups [][]int
	of := []int{} // structure by group
	for _, i := range chosen {
		k, err := m.structureOf(i)
		if err != nil {
			return nil, err
		}
		g := -1
		for at := range groups {
			if of[at] == k && (g < 0 || is(&m.sets[i], "Delete") || together(m, groups[at], i)) {
				g = at
				if together(m, groups[at], i) {
					break
				}
			}
		}
		if g >= 0 && (is(&m.sets[i], "Delete") || together(m, groups[g], i)) {
			groups[g] = append(groups[g], i)
			continue
		}
		groups, of = append(groups, []int{i}), append(of, k)
	}
	return groups, nil
}

// together tells whether a data set belongs to a group.
func together(m *message, group []int, i int) bool {
	for _, name := range []string{"validFrom", "validTo", "attributes", "dimensionGroupAttributes"} {
		text := func(k int) string {
			if n := m.sets[k].member(name); n != nil {
				return n.text
			}
			return ""
		}
		for _, k := range group {
			if is(&m.sets[k], "Delete") {
				continue
			}
			if a, b := text(k), text(i); a != b && (name != "attributes" || a != "" && b != "") {
				return false
			}
		}
	}
	return true
}

// choose lists the data sets that are asked for.
func (r *reader) choose(m *message) ([]int, error) {
	all := make([]int, len(m.sets))
	for i := range all {
		all[i] = i
	}
	if r.o.DataSet == "" {
		return all, nil
	}
	var named []int
	var known []string
	for _, i := range all {
		k, err := m.structureOf(i)
		if err != nil {
			return nil, err
		}
		flow := r.flow(m.structures[k])
		if r.o.DataSet == flow.id || r.o.DataSet == flow.String() || r.o.DataSet == r.lang.name(m.structures[k], "name") {
			named = append(named, i)
		}
		if known = append(known, strconv.Itoa(i)); flow.id != "" && !slices.Contains(known, flow.id) {
			known = append(known, flow.id)
		}
	}
	if len(named) > 0 {
		return named, nil
	}
	if i := digits(r.o.DataSet); i >= 0 && i < len(all) {
		return []int{i}, nil
	}
	return nil, &jsonstat.UnknownError{Kind: "dataset", Name: r.o.DataSet, Near: jsonstat.Near(r.o.DataSet, known), All: known}
}

// cubes makes a cube of a group of data sets, or one of each if they have
// observations for the same keys.
func (r *reader) cubes(m *message, group []int) ([]*jsonstat.Dataset, error) {
	data := 0
	for _, i := range group {
		if !is(&m.sets[i], "Delete") {
			data++
		}
	}
	if data == 0 {
		return nil, nil
	}
	ds, err := r.cube(m, group)
	if err != errOverlap {
		return []*jsonstat.Dataset{ds}[:b2i(err == nil)], err
	}
	r.warn("data sets have observations for the same keys: they are cubes of their own")
	var all []*jsonstat.Dataset
	for _, i := range group {
		if is(&m.sets[i], "Delete") {
			continue
		}
		ds, err := r.cube(m, []int{i})
		if err != nil {
			return nil, err
		}
		all = append(all, ds)
	}
	return all, nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// cube makes a cube of data sets of one structure.
func (r *reader) cube(m *message, group []int) (*jsonstat.Dataset, error) {
	f, err := r.filled(m, group, false)
	if err != nil {
		return nil, err
	}
	if f.badIndexes > 0 && len(f.s.attributes.observation) == 2 {
		// A sample of the standard's own working group has its two attributes the
		// other way round; there is no other way to read it.
		if g, err := r.filled(m, group, true); err == nil && g.badIndexes == 0 {
			r.warn("the indexes of observations fit their two attributes in the other order alone: they are read so")
			f = g
		}
	}
	f.tell()
	return r.dataset(m, f, group)
}

// filled fills the cube of data sets of one structure, whose attributes of
// observations may be the other way round.
func (r *reader) filled(m *message, group []int, reversed bool) (*filler, error) {
	k, err := m.structureOf(group[0])
	if err != nil {
		return nil, err
	}
	s, err := r.structure(m.structures[k])
	if err != nil {
		return nil, err
	}
	most, series, length, overwrites := int64(0), int64(0), int64(0), true
	for _, i := range group {
		set := &m.sets[i]
		for _, rows := range []*rows{set.series, set.observations} {
			if rows != nil {
				most += rows.count
				series += rows.series
				length += rows.length
			}
		}
		overwrites = overwrites && (is(set, "Replace") || is(set, "Merge") || is(set, "Append") || is(set, "Delete"))
	}
	const dense = 1 << 22
	if n := cellsOf(s); overwrites && len(group) > 1 && n <= dense {
		most, length = n, n // so that what is replaced is found; larger ones have the last of each key
	}
	c, err := newCube(s.dims, s.cells(), most, length)
	if err != nil {
		return nil, err
	}
	if reversed {
		slices.Reverse(s.attributes.observation)
	}
	f := r.newFiller(m.w, s, c)
	if len(s.attributes.series) > 0 || len(s.annotations) > 0 {
		f.series.at = make([]int64, 0, series)
	}
	f.overwrites = overwrites
	for _, i := range group {
		if err := f.fill(&m.sets[i]); err != nil {
			return nil, err
		}
	}
	if t := c.close(); t != nil {
		if !t.earlier {
			return nil, r.twice(c, t.pos)
		}
		if !overwrites {
			return nil, errOverlap
		}
	}
	return f, nil
}

// cellsOf is how many cells the cube of a structure has, more than can be counted
// if there is no saying.
func cellsOf(s *structure) int64 {
	n := int64(s.cells())
	for _, d := range s.dims {
		if n *= int64(d.size); n > 1<<32 || n < 0 {
			return 1 << 62
		}
	}
	return n
}
