package sdmxconv

import (
	"strconv"
	"strings"
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
	node           *node
}

// value is one that is listed with its component.
type value struct {
	id, name, note string
	none           bool // null, which stands for no value
	raw            string
	node           *node
}

// components are the components at a level of a structure.
func (r *reader) components(n *node) []component {
	var list []component
	for i := range n.list() {
		list = append(list, r.component(&n.items[i]))
	}
	return list
}

func (r *reader) component(n *node) component {
	c := component{
		id: n.get("id").str(), name: r.lang.name(n, "name"), note: r.lang.name(n, "description"),
		standard: n.get("default").str(), dataType: n.get("format", "dataType").str(), node: n,
	}
	if c.dataType == "" {
		c.dataType = n.get("format", "textType").str()
	}
	if c.note == c.name {
		c.note = ""
	}
	for _, member := range []string{"role", "roles"} {
		role := n.get(member)
		if role.str() != "" {
			c.roles = append(c.roles, role.str())
		}
		for i := range role.list() {
			c.roles = append(c.roles, role.items[i].str())
		}
	}
	for i := range n.get("relationship", "measures").list() {
		c.measures = append(c.measures, n.get("relationship", "measures").items[i].str())
	}
	values := n.get("values")
	c.coded = values != nil && values.kind == array
	for i := range values.list() {
		c.values = append(c.values, r.value(&values.items[i], i))
	}
	return c
}

// value reads a value. Its id is the id, else the value itself, else its name,
// else its place.
func (r *reader) value(n *node, place int) value {
	if n.kind == null {
		return value{none: true}
	}
	v := value{id: n.get("id").str(), name: r.lang.name(n, "name"), node: n}
	if n.kind != object { // a value that is its own text
		v.id = n.str()
		return v
	}
	if note := r.lang.name(n, "description"); note != v.name {
		v.note = note
	}
	if own := n.get("value"); own != nil {
		v.raw = own.text
	}
	if list := n.get("values"); list != nil {
		v.raw = list.text
	}
	if v.id != "" {
		return v
	}
	var parts []string
	for i := range n.get("values").list() {
		parts = append(parts, n.get("values").items[i].str())
	}
	for _, id := range []string{r.lang.plain(n.get("value")), strings.Join(parts, "; "), v.name, strconv.Itoa(place)} {
		if v.id == "" {
			v.id = id
		}
	}
	return v
}

// plain is the text of a value, which may stand in several languages.
func (l *language) plain(n *node) string {
	if n != nil && n.kind == object {
		for _, want := range []string{l.want, l.main} {
			if text := l.pick(n, want); text != nil {
				return text.str()
			}
		}
		return first(n).str()
	}
	return n.str()
}

// is tells whether a component has one of the ids, in any case.
func (c *component) is(ids ...string) bool {
	for _, id := range ids {
		if strings.EqualFold(c.id, id) {
			return true
		}
	}
	return false
}

// plays tells whether a component has one of the roles, in any case.
func (c *component) plays(roles ...string) bool {
	for _, have := range c.roles {
		for _, role := range roles {
			if strings.EqualFold(have, role) {
				return true
			}
		}
	}
	return false
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
