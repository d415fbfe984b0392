package sdmxconv

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// structure tells what the keys and arrays of a data set mean. It is made anew
// for every cube, which keeps its own things in it.
type structure struct {
	node *node

	dataSet, series, observation []*dimension // by level, in the order of keys
	dims                         []*dimension // in the order of the cube

	measures []measure
	metric   *dimension // the dimension that measures make, if any

	attributes struct {
		dataSet, group, series, observation []component
	}
	annotations []node
}

// measure is what an observation has a value of: a cell, or a column if it is a
// text beside numbers.
type measure struct {
	component
	cell   int // -1 if it is a column
	column *column
}

// structure reads a structure.
func (r *reader) structure(n *node) (*structure, error) {
	s := &structure{node: n, annotations: n.get("annotations").list()}
	for _, l := range []struct {
		name string
		to   *[]*dimension
	}{{"dataSet", &s.dataSet}, {"series", &s.series}, {"observation", &s.observation}} {
		for _, c := range r.components(n.get("dimensions", l.name)) {
			*l.to = append(*l.to, &dimension{component: c, size: len(c.values), annotated: s.annotations})
		}
	}
	s.dims = slices.Concat(s.series, s.observation, s.dataSet)
	if len(s.dims) == 0 {
		return nil, &jsonstat.Error{Msg: "the structure has no dimensions", Err: ErrNotSDMX}
	}
	for i, d := range s.dims {
		d.place = i // series first
		if err := r.checkDimension(d); err != nil {
			return nil, err
		}
	}
	at := n.get("attributes")
	s.attributes.dataSet = r.components(at.get("dataSet"))
	s.attributes.group = r.components(at.get("dimensionGroup"))
	s.attributes.series = r.components(at.get("series"))
	s.attributes.observation = r.components(at.get("observation"))
	r.measures(s, n.get("measures"))
	r.roles(s)
	return s, nil
}

// checkDimension finds what a dimension cannot be.
func (r *reader) checkDimension(d *dimension) error {
	if d.size == 0 {
		return &jsonstat.Error{Msg: "dimension \"" + brief(d.id) + "\" has no values: there are no data", Err: ErrNotSDMX}
	}
	seen := make(map[string]bool, d.size)
	for _, v := range d.values {
		if seen[v.id] {
			return &jsonstat.Error{Msg: "dimension \"" + brief(d.id) + "\" has the value \"" + brief(v.id) + "\" twice: which of them is meant?", Err: ErrNotSDMX}
		}
		seen[v.id] = true
	}
	return nil
}

// measures finds what observations have values of. Without a member that says so
// that is one, and so it is in SDMX-JSON 1.
func (r *reader) measures(s *structure, n *node) {
	list := r.components(n.get("observation"))
	if n == nil {
		list = []component{{id: "OBS_VALUE"}}
	}
	numbers := 0
	for i := range list {
		if !list[i].textual() {
			numbers++
		}
	}
	cells := 0
	var categories []value
	for _, c := range list {
		m := measure{component: c, cell: -1}
		if numbers == 0 || !c.textual() {
			m.cell = cells
			cells++
			categories = append(categories, value{id: c.id, name: c.name, note: c.note})
		}
		s.measures = append(s.measures, m)
	}
	for i := range s.measures {
		if m := &s.measures[i]; m.cell < 0 {
			m.column = newColumn(&m.component)
			r.warn("the values of measure \"" + brief(m.id) + "\" are texts: they are in extension.sdmx.attributes, beside the numbers")
		}
	}
	if cells > 1 || r.o.WithMetric && cells == 1 {
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

// roles gives dimensions their roles: those that the message names, else by id
// where one alone can be meant.
func (r *reader) roles(s *structure) {
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
		if role, ok := r.o.Roles[d.id]; ok {
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

// status finds the attribute that is the status of observations.
func status(list []component) int {
	for _, id := range []string{"OBS_STATUS", "OBS_FLAG"} {
		if i := slices.IndexFunc(list, func(c component) bool { return strings.EqualFold(c.id, id) }); i >= 0 {
			return i
		}
	}
	return -1
}
