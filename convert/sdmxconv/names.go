package sdmxconv

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/jsontext"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// names are what a structure file says of the ids in SDMX-CSV. The nil names say
// nothing.
type names struct {
	title      string
	dimensions []string // ids, in order
	measures   []string
	components map[string]string           // names by id
	lists      map[string]map[string]value // values by component and id
}

// component is the name of a component.
func (n *names) component(id string) string {
	if n == nil {
		return ""
	}
	return n.components[strings.ToUpper(id)]
}

// codes are the values of a component by id.
func (n *names) codes(id string) map[string]value {
	if n == nil {
		return nil
	}
	return n.lists[strings.ToUpper(id)]
}

// has tells whether the structure has a dimension or a measure of exactly that id: Sex
// is none of SEX.
func (n *names) has(id string) bool {
	return n != nil && (slices.Contains(n.dimensions, id) || slices.Contains(n.measures, id))
}

// flow is the name of what the structure is of.
func (n *names) flow() string {
	if n == nil {
		return ""
	}
	return n.title
}

// nameDimension gives a dimension the name that the structure has for it.
func (c *csvReader) nameDimension(d *dimension) {
	if d.name == "" {
		d.name = c.names.component(d.id)
	}
}

// readNames reads a structure file.
func (r *reader) readNames() (*names, error) {
	src, done, err := spool.Rewindable(r.o.Structure)
	if err != nil {
		return nil, err
	}
	defer done()
	n, err := r.namesIn(src)
	err = locate(src, err)
	if read := src.Cause(nil); read != nil {
		return nil, &unreadStructure{read}
	}
	if err != nil {
		return nil, &callError{"the structure file cannot be used: " + err.Error(), ErrStructure}
	}
	return n, nil
}

func (r *reader) namesIn(src io.ReadSeeker) (*names, error) {
	w := jsontext.New(src)
	if err := w.Start(); err != nil {
		return nil, err
	}
	c, err := w.Peek()
	if err != nil {
		return nil, err
	}
	if c == '<' {
		return nil, fmt.Errorf("it is XML (SDMX-ML): only SDMX-JSON structure messages are read, which services send for Accept: application/vnd.sdmx.structure+json")
	}
	from := w.Offset()
	if _, err := w.Skip(); err != nil {
		return nil, err
	}
	root, err := load(w, span{from, w.Offset()})
	if err != nil {
		return nil, err
	}
	r.lang.main = first(root.get("meta", "contentLanguages")).str()
	n := &names{components: map[string]string{}, lists: map[string]map[string]value{}}
	data := root.get("data")
	if data == nil {
		data = root
	}
	var dsds []node
	for _, name := range []string{"dataStructures", "DataStructures"} {
		dsds = append(dsds, data.get(name).list()...)
	}
	if len(dsds) == 0 {
		return n, r.namesOfData(n, data)
	}
	n.title = r.lang.name(first(data.get("dataflows")), "name")
	lists := r.codelists(data)
	concepts := r.concepts(data)
	for i := range dsds {
		r.dataStructure(n, dsds[i].get("dataStructureComponents"), lists, concepts)
	}
	return n, nil
}

// namesOfData takes names from the structure of a data message.
func (r *reader) namesOfData(n *names, data *node) error {
	list := data.get("structures").list()
	if s := data.get("structure"); s != nil {
		list = append(list, *s)
	}
	if len(list) == 0 {
		return &jsonstat.Error{Offset: -1, Msg: "it has no data structure and is no data message"}
	}
	for i := range list {
		s := &list[i]
		if n.title == "" {
			n.title = r.lang.name(s, "name")
		}
		for _, kind := range []string{"dimensions", "attributes", "measures"} {
			levels := s.get(kind)
			if levels == nil || levels.kind != object {
				continue
			}
			for k := range levels.items {
				for _, c := range r.components(&levels.items[k]) {
					n.add(c.id, c.name, c.values)
					switch kind {
					case "dimensions":
						n.dimensions = append(n.dimensions, c.id)
					case "measures":
						n.measures = append(n.measures, c.id)
					}
				}
			}
		}
	}
	return nil
}

// add notes a component.
func (n *names) add(id, name string, values []value) {
	key := strings.ToUpper(id)
	if name != "" {
		n.components[key] = name
	}
	if len(values) == 0 {
		return
	}
	list := n.lists[key]
	if list == nil {
		list = make(map[string]value, len(values))
		n.lists[key] = list
	}
	for _, v := range values {
		list[v.id] = v
	}
}

// codelists are the values of code lists by the tail of their URN, AGENCY:ID(VERSION),
// and by id.
func (r *reader) codelists(data *node) map[string][]value {
	lists := map[string][]value{}
	for _, member := range []string{"codelists", "valueLists", "valuelists"} {
		all := data.get(member).list()
		for i := range all {
			n := &all[i]
			var values []value
			for _, items := range []string{"codes", "valueItems", "items"} {
				list := n.get(items).list()
				for k := range list {
					values = append(values, r.value(&list[k], k))
				}
			}
			id, agency, version := n.get("id").str(), n.get("agencyID").str(), n.get("version").str()
			lists[flow{agency: agency, id: id, version: version}.String()] = values
			if _, ok := lists[id]; !ok {
				lists[id] = values
			}
		}
	}
	return lists
}

// concept is what a component means.
type concept struct{ name, list string }

// concepts are those of concept schemes by AGENCY:SCHEME(VERSION).ID, and by id.
func (r *reader) concepts(data *node) map[string]concept {
	all := map[string]concept{}
	schemes := data.get("conceptSchemes").list()
	for i := range schemes {
		n := &schemes[i]
		scheme := flow{agency: n.get("agencyID").str(), id: n.get("id").str(), version: n.get("version").str()}.String()
		list := n.get("concepts").list()
		for k := range list {
			c := &list[k]
			id := c.get("id").str()
			made := concept{r.lang.name(c, "name"), c.get("coreRepresentation", "enumeration").str()}
			all[scheme+"."+id] = made
			if _, ok := all[id]; !ok {
				all[id] = made
			}
		}
	}
	return all
}

// dataStructure notes the components of a data structure.
func (r *reader) dataStructure(n *names, parts *node, lists map[string][]value, concepts map[string]concept) {
	for _, p := range []struct {
		list, member string
		to           *[]string
	}{
		{"dimensionList", "dimensions", &n.dimensions},
		{"dimensionList", "measureDimensions", &n.dimensions},
		{"dimensionList", "timeDimensions", &n.dimensions},
		{"dimensionList", "timeDimension", &n.dimensions},
		{"measureList", "measures", &n.measures},
		{"measureList", "primaryMeasure", &n.measures},
		{"attributeList", "attributes", nil},
	} {
		member := parts.get(p.list, p.member)
		items := member.list()
		if member != nil && member.kind == object {
			items = []node{*member}
		}
		for i := range items {
			c := &items[i]
			id := c.get("id").str()
			meaning, ok := concepts[urnTail(c.get("conceptIdentity").str())]
			if !ok {
				meaning = concepts[id]
			}
			list := c.get("localRepresentation", "enumeration").str()
			if list == "" {
				list = meaning.list
			}
			values := lists[urnTail(list)]
			n.add(id, meaning.name, values)
			if p.to != nil {
				*p.to = append(*p.to, id)
			}
		}
	}
}

// urnTail is the part of a URN that names a thing.
func urnTail(urn string) string {
	_, tail, ok := strings.Cut(urn, "=")
	if !ok {
		return urn
	}
	return tail
}
