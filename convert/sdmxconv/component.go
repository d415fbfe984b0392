package sdmxconv

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// component is a dimension, a measure or an attribute of a structure.
type component struct {
	id, name, note string
	roles          []string
	values         []value
	coded          bool   // values are listed, and the data have indexes of them
	standard       string // the value where none is given, "" for none
	dataType       string
	measures       []string // of an attribute: the measures that it is about; none means all
	annotations    []int    // places among those of the structure
}

// value is one that is listed with its component.
type value struct {
	id, name, note string
	none           bool   // null, which stands for no value
	listed         bool   // a structure lists it by its id
	own            bool   // a structure lists it without an id
	raw            string // the value itself as JSON, where it has no id; else ""
	more           *details
}

// details are what few values have.
type details struct {
	parent      string    // the id of another value
	raw         [4]string // the members of extras as JSON, "" for those that are not there
	annotations []int     // places among those of the structure
}

// extras are the members of a value that JSON-stat keeps by category. The parent is
// kept where it cannot be said by children.
var extras = [4]string{parentExtra: "parent", "order", "start", "end"}

const parentExtra = 0

// details are those of a value, empty for most.
func (v *value) details() details {
	if v.more == nil {
		return details{}
	}
	return *v.more
}

// annotation is one that a message lists; what it is about has its place in the list.
type annotation struct {
	id, kind, title, text, value texts

	raw string // all of it, as it stands in the message
}

// is tells whether a component has one of the ids, in any case.
func (c *component) is(ids ...string) bool { return anyFold([]string{c.id}, ids) }

// plays tells whether a component has one of the roles, in any case.
func (c *component) plays(roles ...string) bool { return anyFold(c.roles, roles) }

// anyFold tells whether two lists have a text in common, in any case.
func anyFold(a, b []string) bool {
	return slices.ContainsFunc(a, func(have string) bool {
		return slices.ContainsFunc(b, func(want string) bool { return strings.EqualFold(have, want) })
	})
}

// textual tells whether the values of a measure are no numbers.
func (c *component) textual() bool {
	if c.coded && len(c.values) > 0 {
		return true
	}
	switch strings.ToLower(c.dataType) {
	case "string", "alpha", "alphanumeric", "xhtml", "uri", "boolean", "keyvalues", "identifiablereference", "geospatialinformation",
		"datetime", "time", "observationaltimeperiod", "standardtimeperiod", "basictimeperiod", "gregoriantimeperiod",
		"gregorianday", "gregorianyearmonth", "gregorianyear", "reportingtimeperiod", "timerange", "duration":
		return true
	}
	return false
}

// numeric tells whether a measure is said to hold numbers.
func (c *component) numeric() bool {
	switch strings.ToLower(c.dataType) {
	case "numeric", "biginteger", "integer", "long", "short", "decimal", "float", "double", "count", "inclusivevaluerange", "exclusivevaluerange", "incremental":
		return true
	}
	return false
}

// statusOf finds the attribute that is the status of observations, -1 if there is none.
func statusOf(list []component) int {
	for _, id := range []string{"OBS_STATUS", "OBS_FLAG"} {
		if i := slices.IndexFunc(list, func(c component) bool { return strings.EqualFold(c.id, id) }); i >= 0 {
			return i
		}
	}
	return -1
}

// labelsOf are the names of listed values, by id: the first name of each, but for those
// that fail the test; nil if there are none.
func labelsOf(values []value, test func(v *value) bool) json.RawMessage {
	b := []byte{'{'}
	said := make(map[string]bool, len(values))
	for i := range values {
		v := &values[i]
		if v.none || v.name == "" || said[v.id] || !test(v) {
			continue
		}
		said[v.id] = true
		b = jsontoken.AppendString(jsontoken.AppendName(b, v.id), v.name)
	}
	if len(b) == 1 {
		return nil
	}
	return append(b, '}')
}

// said is what an annotation says.
func (a *annotation) said(l *language) string {
	for _, t := range []*texts{&a.text, &a.title, &a.value, &a.kind, &a.id} {
		if text := l.name(*t); text != "" {
			return text
		}
	}
	return brief(a.raw)
}

// annotationsOf are the annotations at some places of all, nil if there are none.
func annotationsOf(places []int, all []annotation, l *language) json.RawMessage {
	var list []json.RawMessage
	for _, k := range places {
		if k < 0 || k >= len(all) {
			continue
		}
		a := &all[k]
		var o members
		o.text("type", l.name(a.kind))
		o.text("title", l.name(a.title))
		o.text("text", l.name(a.text))
		o.text("value", l.name(a.value))
		if len(o.names) == 0 {
			o.text("id", a.said(l))
		}
		list = append(list, o.json())
	}
	if list == nil {
		return nil
	}
	return arrayOf(list)
}
