package sdmxconv

import (
	"encoding/json"
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cubeMaker makes the cubes of a message.
type cubeMaker struct {
	r      *reader
	m      *message
	header header
}

// cubes makes a cube of a group of data sets, or one of each if they have
// observations for the same keys.
func (m cubeMaker) cubes(group []int) ([]*jsonstat.Dataset, error) {
	if m.data(group) == nil {
		return nil, nil
	}
	ds, err := m.cube(group)
	if err == nil {
		return []*jsonstat.Dataset{ds}, nil
	} else if err != errOverlap {
		return nil, err
	}
	m.r.warn("data sets have observations for the same keys: they are cubes of their own")
	var all []*jsonstat.Dataset
	for _, i := range group {
		if m.m.sets[i].is("Delete") {
			continue
		}
		ds, err := m.cube([]int{i})
		if err != nil {
			return nil, err
		}
		all = append(all, ds)
	}
	return all, nil
}

// data are the data sets of a group that do not delete.
func (m cubeMaker) data(group []int) []*dataSet {
	var list []*dataSet
	for _, i := range group {
		if set := &m.m.sets[i]; !set.is("Delete") {
			list = append(list, set)
		}
	}
	return list
}

// cube makes a cube of data sets of one structure.
func (m cubeMaker) cube(group []int) (*jsonstat.Dataset, error) {
	f, err := m.filled(group, false)
	if err != nil {
		return nil, err
	}
	if f.elements.badIndexes > 0 && len(f.s.attributes.observation) == 2 {
		// A sample of the standard's own working group has its two attributes the
		// other way round; there is no other way to read it.
		if g, err := m.filled(group, true); err == nil && g.elements.badIndexes == 0 {
			m.r.warn("the indexes of observations fit their two attributes in the other order alone: they are read so")
			f = g
		}
	}
	f.tell()
	return m.dataset(f, m.data(group))
}

// filled fills the cube of data sets of one structure, whose attributes of
// observations may be the other way round.
func (m cubeMaker) filled(group []int, reversed bool) (*filler, error) {
	k, err := m.m.structureOf(group[0])
	if err != nil {
		return nil, err
	}
	s, err := decoder{&m.r.lang}.structure(m.m.structures[k], m.r)
	if err != nil {
		return nil, err
	}
	s.notes = m.m.annotated(k)
	most, series, length, overwrites := int64(0), int64(0), int64(0), true
	for _, i := range group {
		set := &m.m.sets[i]
		for _, keys := range []*keyed{set.series, set.observations} {
			if keys != nil {
				most += keys.count
				series += keys.series
				length += keys.length
			}
		}
		overwrites = overwrites && (set.is("Replace") || set.is("Merge") || set.is("Append") || set.is("Delete"))
	}
	const dense = 1 << 22
	if n := s.size(); overwrites && len(group) > 1 && n <= dense {
		most, length = n, n // so that what is replaced is found; larger ones have the last of each key
	}
	c, err := newCube(s.dims, s.cells(), most, length, m.r.policy)
	if err != nil {
		return nil, err
	}
	if reversed {
		slices.Reverse(s.attributes.observation)
	}
	f := newFiller(m.r, scanner{r: m.m.w}, s, c, series)
	f.overwrites = overwrites
	for _, i := range group {
		if err := f.fill(&m.m.sets[i]); err != nil {
			return nil, err
		}
	}
	if t := c.Settle(); t != nil {
		if !t.Earlier {
			return nil, c.twice(t.Pos)
		}
		if !overwrites {
			return nil, errOverlap
		}
	}
	return f, nil
}

// dataset makes the dataset of a cube that is full, of these data sets.
func (m cubeMaker) dataset(f *filler, sets []*dataSet) (*jsonstat.Dataset, error) {
	s, lang := f.s, &m.r.lang
	of := flowOfLinks(s.links)
	h, x := m.header.head(s, of, lang), &extension{}
	x.message(&m.header, of, lang, facts(sets))
	f.series.columns = slices.DeleteFunc(f.series.columns, func(c *column) bool { return c == f.statuses.ofSeries.column })
	levels := append([]*level{f.upper().dataSet(sets), &f.series, &f.observations}, f.upper().groups(sets)...)
	var forms []form
	for _, l := range levels {
		forms = append(forms, l.forms(f.c)...)
	}
	s.units(forms)
	x.attributes(s.useNotes(forms))
	for i := range s.measures {
		if mm := &s.measures[i]; mm.cell >= 0 && mm.coded {
			x.label(mm.id, mm.values)
		}
	}
	at := &s.attributes
	for _, list := range [][]component{at.observation, at.series, at.group, at.dataSet} {
		if k := statusOf(list); k >= 0 && x.statuses == nil {
			x.status(list[k].values)
		}
	}
	h, err := x.dimensions(h, s.all(), s.annotations, lang)
	if err == nil {
		h, err = rows.Describe(h, m.r.tableOptions())
	}
	if err != nil {
		return nil, tableError(err)
	}
	return f.c.Dataset(h)
}

// facts are what is said of data sets: of each kind the first.
func facts(sets []*dataSet) members {
	var o members
	for _, name := range []string{"reportingBegin", "reportingEnd", "validFrom", "validTo", "publicationYear", "publicationPeriod"} {
		for _, set := range sets {
			if n := set.member(name); n != nil {
				o.add(name, json.RawMessage(n.text))
				break
			}
		}
	}
	return o
}
