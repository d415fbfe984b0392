package sdmxconv

import (
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// structure tells what data are of, whatever the format that they come in: dimensions,
// measures, attributes by level. It is made anew for every cube, which keeps its own
// things in it.
type structure struct {
	name, note  texts
	links       []link
	annotations []annotation
	notes       []int // places of the annotations of the data sets

	dataSet, series, observation []*dimension // by level, in the order of keys
	dims                         []*dimension // in the order of the cube

	measures []measure
	metric   *dimension // the dimension that measures make, if any

	attributes struct {
		dataSet, group, series, observation []component
	}
}

// measure is what an observation has a value of: a cell, or a column if it is a
// text beside numbers.
type measure struct {
	component
	cell   int // -1 if it is a column
	column *column
}

// settle makes of the components of a structure what they are in the cube. A structure
// that says nothing of measures has one.
func (s *structure) settle(measures []component, r *reader) error {
	s.dims = slices.Concat(s.series, s.observation, s.dataSet)
	if len(s.dims) == 0 {
		return &jsonstat.Error{Msg: "the structure has no dimensions", Err: ErrNotSDMX}
	}
	for i, d := range s.dims {
		d.place = i // series first
		if err := d.check(); err != nil {
			return err
		}
	}
	s.measure(measures, r)
	s.roles(r.o.Roles)
	return nil
}

// measure finds what observations have values of.
func (s *structure) measure(list []component, r *reader) {
	numbers := slices.ContainsFunc(list, func(c component) bool { return !c.textual() })
	var categories []value
	for _, c := range list {
		m := measure{component: c, cell: -1}
		if numbers && c.textual() {
			m.column = newColumn(&c)
			r.warn("the values of measure \"" + brief(c.id) + "\" are texts: they are in extension.sdmx.attributes, beside the numbers")
		} else {
			m.cell = len(categories)
			categories = append(categories, value{id: c.id, name: c.name, note: c.note})
		}
		s.measures = append(s.measures, m)
	}
	if len(categories) > 1 || r.o.WithMetric && len(categories) == 1 {
		s.addMetric(categories, r.o.Metric)
	}
}

// addMetric makes a dimension of the measures, of that id if one is given.
func (s *structure) addMetric(categories []value, id string) {
	if id == "" {
		taken := make(map[string]bool, len(s.dims))
		for _, d := range s.dims {
			taken[d.id] = true
		}
		id = metricID(taken)
	}
	s.metric = &dimension{component: component{id: id, name: "Measure", values: categories}, size: len(categories), role: jsonstat.Metric, stride: 1}
}

// metricID is the id of the dimension of measures, beside those that are taken.
func metricID(taken map[string]bool) string {
	id := "MEASURE"
	for taken[id] {
		id = "OBS_" + id
	}
	return id
}

// cells is how many cells an observation has, at least one.
func (s *structure) cells() int {
	if s.metric != nil {
		return s.metric.size
	}
	return 1
}

// roles gives dimensions their roles: those that are asked for, else those that the
// message names, else by id where one alone can be meant.
func (s *structure) roles(asked map[string]jsonstat.Role) {
	for _, d := range s.dims {
		switch {
		case d.plays("TIME_PERIOD", "time"):
			d.role = jsonstat.Time
		case d.plays("REF_AREA", "geo", "GEO_SPATIAL"):
			d.role = jsonstat.Geo
		}
	}
	for _, guess := range []struct {
		role jsonstat.Role
		ids  []string
	}{
		{jsonstat.Time, []string{"TIME_PERIOD", "TIME"}},
		{jsonstat.Geo, []string{"REF_AREA", "GEO", "COUNTRY", "LOCATION"}},
	} {
		if slices.ContainsFunc(s.dims, func(d *dimension) bool { return d.role == guess.role }) {
			continue
		}
		for _, id := range guess.ids {
			i := slices.IndexFunc(s.dims, func(d *dimension) bool { return d.role == "" && d.is(id) })
			if i >= 0 {
				s.dims[i].role = guess.role
				break
			}
		}
	}
	for _, d := range s.all() {
		if role, ok := asked[d.id]; ok {
			d.role = role
		}
	}
}

// all are the dimensions of the cube with that of the measures.
func (s *structure) all() []*dimension {
	if s.metric == nil {
		return s.dims
	}
	return append(slices.Clone(s.dims), s.metric)
}

// size is how many cells the cube has, more than can be counted if there is no saying.
func (s *structure) size() int64 {
	n := int64(s.cells())
	for _, d := range s.dims {
		if n *= int64(d.size); n > 1<<32 || n < 0 {
			return 1 << 62
		}
	}
	return n
}
