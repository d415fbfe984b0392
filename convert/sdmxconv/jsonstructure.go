package sdmxconv

import (
	"strconv"
	"strings"
)

// decoder makes of the head of an SDMX-JSON message what all formats have in common.
type decoder struct{ lang *language }

// structure reads a structure.
func (d decoder) structure(n *node, r *reader) (*structure, error) {
	s := &structure{name: textsOf(n, "name"), note: textsOf(n, "description"), links: linksOf(n)}
	for a := range n.get("annotations").each {
		s.annotations = append(s.annotations, annotation{
			id: textsOf(a, "id"), kind: textsOf(a, "type"), title: textsOf(a, "title"), text: textsOf(a, "text"), value: textsOf(a, "value"), raw: a.text,
		})
	}
	s.dataSet = d.dimensions(n.get("dimensions", "dataSet"))
	s.series = d.dimensions(n.get("dimensions", "series"))
	s.observation = d.dimensions(n.get("dimensions", "observation"))
	at := n.get("attributes")
	s.attributes.dataSet = d.components(at.get("dataSet"))
	s.attributes.group = d.components(at.get("dimensionGroup"))
	s.attributes.series = d.components(at.get("series"))
	s.attributes.observation = d.components(at.get("observation"))
	measures := []component{{id: "OBS_VALUE"}} // of a structure that says nothing of them, as in SDMX-JSON 1
	if m := n.get("measures"); m != nil {
		measures = d.components(m.get("observation"))
	}
	return s, s.settle(measures, r)
}

func (d decoder) dimensions(n *node) []*dimension {
	var list []*dimension
	for _, c := range d.components(n) {
		list = append(list, &dimension{component: c, size: len(c.values)})
	}
	return list
}

// components are the components at a level of a structure.
func (d decoder) components(n *node) []component {
	var list []component
	for c := range n.each {
		list = append(list, d.component(c))
	}
	return list
}

func (d decoder) component(n *node) component {
	c := component{
		id: n.get("id").str(), name: d.name(n), note: d.lang.name(textsOf(n, "description")),
		standard: n.get("default").str(), dataType: n.get("format", "dataType").str(),
		measures: n.get("relationship", "measures").strs(), annotations: n.get("annotations").indexes(),
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
		c.roles = append(c.roles, role.strs()...)
	}
	values := n.get("values")
	c.coded = values != nil && values.kind == array
	c.values = d.values(values)
	return c
}

// values are the values of a list.
func (d decoder) values(n *node) []value {
	var list []value
	for v := range n.each {
		list = append(list, d.value(v, len(list)))
	}
	return list
}

// value reads a value. Its id is the id, else the value itself, else its name,
// else its place.
func (d decoder) value(n *node, place int) value {
	if n.kind == null {
		return value{none: true}
	}
	if n.kind != object { // a value that is its own text
		return value{id: n.str(), own: true}
	}
	v := value{id: n.get("id").str(), name: d.name(n)}
	v.listed = n.get("id") != nil
	v.own = !v.listed
	if note := d.lang.name(textsOf(n, "description")); note != v.name {
		v.note = note
	}
	v.more = detailsOf(n)
	own, list := n.get("value"), n.get("values")
	if v.own && list != nil {
		v.raw = list.text
	} else if v.own {
		v.raw = own.raw()
	}
	if v.id != "" {
		return v
	}
	for _, id := range []string{d.plain(own), strings.Join(list.strs(), "; "), v.name, strconv.Itoa(place)} {
		if v.id == "" {
			v.id = id
		}
	}
	return v
}

// detailsOf are the details of a value, nil if it has none.
func detailsOf(n *node) *details {
	more := details{annotations: n.get("annotations").indexes()}
	some := more.annotations != nil
	for i, member := range extras {
		if m := n.get(member); m != nil {
			more.raw[i], some = m.text, true
		}
	}
	if !some {
		return nil
	}
	kept := more // on the heap, unlike those of values without any
	kept.parent = n.get(extras[parentExtra]).str()
	return &kept
}

// name is the name of anything.
func (d decoder) name(n *node) string { return d.lang.name(textsOf(n, "name")) }

// plain is the text of a value, which may stand in several languages.
func (d decoder) plain(n *node) string {
	if n == nil || n.kind != object {
		return n.str()
	}
	return d.lang.plain(texts{many: translations(n)})
}

// joined is an array or an object of languages as one text.
func (d decoder) joined(n *node) string {
	if n.kind != array {
		return d.plain(n)
	}
	var parts []string
	for part := range n.each {
		parts = append(parts, d.joined(part))
	}
	return strings.Join(parts, "; ")
}

// localized is the text of a value that may stand in several languages: the raw
// JSON of it, or of the text in the language that was asked for.
func (d decoder) localized(n *node) string {
	many := translations(n)
	for _, t := range many {
		if t.other {
			return n.text
		}
	}
	if i := pick(many, d.lang.want); i >= 0 {
		d.lang.met = true
		return n.items[i].text
	}
	return n.text
}

// textsOf is the text of a member: the member itself, in one language, beside that of the
// plural, in several. In drafts the member itself may be an object of languages.
func textsOf(n *node, member string) texts {
	single, many := n.get(member), n.get(member+"s")
	if single != nil && single.kind == object {
		single, many = nil, single
	}
	return texts{single.str(), translations(many)}
}

// translations are the members of an object of languages.
func translations(n *node) []translation {
	if n == nil || n.kind != object || len(n.names) == 0 {
		return nil
	}
	list := make([]translation, len(n.names))
	for i, name := range n.names {
		list[i] = translation{name, n.items[i].str(), n.items[i].kind != text}
	}
	return list
}

// linksOf are the links of a header or a structure.
func linksOf(n *node) []link {
	var links []link
	for l := range n.get("links").each {
		links = append(links, link{
			rel: l.get("rel").str(), kind: l.get("type").str(), href: l.get("href").str(), urn: l.get("urn").str(), title: textsOf(l, "title"),
		})
	}
	return links
}

// headerOf is what a message says of itself.
func headerOf(n *node) header {
	return header{
		prepared: n.get("prepared").str(), name: textsOf(n, "name"),
		sender: textsOf(n.get("sender"), "name"), senderID: n.get("sender", "id").str(),
		request: n.get("request", "uri").str(), links: linksOf(n), test: n.get("test").raw() == "true",
	}
}
