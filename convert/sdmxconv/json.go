package sdmxconv

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/jsontext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// readJSON reads an SDMX-JSON message.
func (r *reader) readJSON(src io.ReadSeeker) ([]*jsonstat.Dataset, error) {
	if r.forCSV() {
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

// forCSV tells whether there are options that only SDMX-CSV needs.
func (r *reader) forCSV() bool {
	o := &r.o
	return o.Structure != nil || o.Head != nil || o.Explain != nil || o.Texts || o.Content != convert.Default ||
		o.Header+o.Status+o.StatusSuffix+o.Decimal+o.Separator != "" ||
		len(o.Values)+len(o.Dimensions)+len(o.Labels)+len(o.Ignore)+len(o.By)+len(o.Stub)+len(o.Plan)+len(o.NA) > 0
}

// structureOf is the place of the structure of a data set.
func (m *message) structureOf(i int) (int, error) {
	if m.listed == nil {
		m.listed = map[int]int{}
		for at, s := range m.structures {
			list := s.get("dataSets").list()
			for j := range list {
				m.listed[list[j].index()] = at
			}
		}
	}
	k := m.listed[i]
	if n := m.sets[i].member("structure"); n != nil {
		k = n.index()
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
	g := grouping{m: m, same: map[terms][]int{}, blank: map[int]int{}, last: map[int]int{}}
	for _, i := range chosen {
		k, err := m.structureOf(i)
		if err != nil {
			return nil, err
		}
		g.add(i, k)
	}
	return g.groups, nil
}

// terms are what data sets of a group have in common, but for their attributes,
// which one of two need not have.
type terms struct {
	structure                int
	from, to, dimensionGroup string
}

// grouping puts data sets into groups.
type grouping struct {
	m          *message
	groups     [][]int
	attributes []string // by group; "" where none of it has any

	same  map[terms][]int // groups of the same terms
	of    map[withAttributes]int
	blank map[int]int // by structure, the group of nothing but deletions and one
	last  map[int]int // by structure, the last group and one
}

// withAttributes are terms with attributes.
type withAttributes struct {
	terms
	attributes string
}

// add puts a data set of a structure into the first group that it fits, or a new
// one. What deletes goes into the last one if it fits none.
func (g *grouping) add(i, structure int) {
	text := func(name string) string {
		if n := g.m.sets[i].member(name); n != nil {
			return n.text
		}
		return ""
	}
	t := withAttributes{terms{structure, text("validFrom"), text("validTo"), text("dimensionGroupAttributes")}, text("attributes")}
	deletes := is(&g.m.sets[i], "Delete")
	at := g.first(t)
	if at < 0 && deletes {
		at = g.last[structure] - 1
	}
	if at < 0 {
		at = len(g.groups)
		g.groups, g.attributes = append(g.groups, nil), append(g.attributes, "")
		g.last[structure] = at + 1
		if deletes {
			g.blank[structure] = at + 1
		} else {
			g.same[t.terms] = append(g.same[t.terms], at)
		}
	}
	g.groups[at] = append(g.groups[at], i)
	if deletes {
		return
	}
	if g.blank[structure] == at+1 {
		delete(g.blank, structure)
		g.same[t.terms] = append(g.same[t.terms], at)
	}
	if t.attributes != "" && g.attributes[at] == "" {
		g.attributes[at] = t.attributes
		if g.of == nil {
			g.of = map[withAttributes]int{}
		}
		g.of[t] = at
	}
}

// first is the first group that data of these terms fit, -1 if there is none. A group
// without attributes is the first of its terms, since it takes all others.
func (g *grouping) first(t withAttributes) int {
	if k := g.blank[t.structure]; k > 0 {
		return k - 1 // it was there before all others
	}
	same := g.same[t.terms]
	switch {
	case len(same) == 0:
		return -1
	case t.attributes == "" || g.attributes[same[0]] == "":
		return same[0]
	}
	if at, ok := g.of[t]; ok {
		return at
	}
	return -1
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
	listed := map[string]bool{}
	flows := map[int]flow{}
	for _, i := range all {
		k, err := m.structureOf(i)
		if err != nil {
			return nil, err
		}
		of, met := flows[k]
		if !met {
			of = r.flow(m.structures[k])
			flows[k] = of
		}
		if r.o.DataSet == of.id || r.o.DataSet == of.String() || r.o.DataSet == r.lang.name(m.structures[k], "name") {
			named = append(named, i)
		}
		number := strconv.Itoa(i)
		known, listed[number] = append(known, number), true
		if of.id != "" && !listed[of.id] {
			known, listed[of.id] = append(known, of.id), true
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
		for _, keys := range []*keyed{set.series, set.observations} {
			if keys != nil {
				most += keys.count
				series += keys.series
				length += keys.length
			}
		}
		overwrites = overwrites && (is(set, "Replace") || is(set, "Merge") || is(set, "Append") || is(set, "Delete"))
	}
	const dense = 1 << 22
	if n := cellsOf(s); overwrites && len(group) > 1 && n <= dense {
		most, length = n, n // so that what is replaced is found; larger ones have the last of each key
	}
	c, err := r.newCube(s.dims, s.cells(), most, length)
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
	if t := c.Settle(); t != nil {
		if !t.Earlier {
			return nil, r.twice(c, t.Pos)
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
