package sdmxconv

import (
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// structureFile reads names from a structure message, or a data message.
type structureFile struct {
	decoder
	names    *names
	data     *node
	lists    map[string][]value // code lists by the tail of their URN, AGENCY:ID(VERSION), and by id
	concepts map[string]concept // by AGENCY:SCHEME(VERSION).ID, and by id
}

// readNames reads a structure file.
func readNames(file io.Reader, l *language) (*names, error) {
	file, err := charset.JSONReader(file)
	if err != nil {
		return nil, &structureError{err: err}
	}
	src, done, err := spool.Rewindable(file)
	if err != nil {
		return nil, err
	}
	defer done()
	n, err := namesIn(src, l)
	err = locate(src, err)
	if read := src.Cause(nil); read != nil {
		return nil, &structureError{err: read}
	}
	if err != nil {
		return nil, &structureError{err: err, read: true}
	}
	return n, nil
}

func namesIn(src window.Source, l *language) (*names, error) {
	root, err := loadAll(src)
	if err != nil {
		return nil, err
	}
	l.main = first(root.get("meta", "contentLanguages")).str()
	n := &names{components: map[string]string{}, lists: map[string]map[string]value{}}
	f := structureFile{decoder: decoder{l}, names: n, data: root.get("data"), lists: map[string][]value{}, concepts: map[string]concept{}}
	if f.data == nil {
		f.data = root
	}
	var dsds []node
	for _, name := range []string{"dataStructures", "DataStructures"} {
		dsds = append(dsds, f.data.get(name).list()...)
	}
	if len(dsds) == 0 {
		return n, f.dataMessage()
	}
	n.title = f.name(first(f.data.get("dataflows")))
	f.readLists()
	f.readConcepts()
	for i := range dsds {
		f.dataStructure(dsds[i].get("dataStructureComponents"))
	}
	return n, nil
}

// dataMessage takes names from the structure of a data message.
func (f *structureFile) dataMessage() error {
	n := f.names
	list := f.data.get("structures").list()
	if s := f.data.get("structure"); s != nil {
		list = append(list, *s)
	}
	if len(list) == 0 {
		return &jsonstat.Error{Offset: -1, Msg: "it has no data structure and is no data message"}
	}
	for i := range list {
		s := &list[i]
		if n.title == "" {
			n.title = f.name(s)
		}
		for _, kind := range []string{"dimensions", "attributes", "measures"} {
			levels := s.get(kind)
			if levels == nil || levels.kind != object {
				continue
			}
			for k := range levels.items {
				for _, c := range f.components(&levels.items[k]) {
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

// readLists reads the code lists.
func (f *structureFile) readLists() {
	for _, member := range []string{"codelists", "valueLists", "valuelists"} {
		for n := range f.data.get(member).each {
			var values []value
			for _, items := range []string{"codes", "valueItems", "items"} {
				values = append(values, f.values(n.get(items))...)
			}
			of := maintained(n)
			f.lists[of.String()] = values
			if _, ok := f.lists[of.id]; !ok {
				f.lists[of.id] = values
			}
		}
	}
}

// maintained is how a thing that an agency maintains is named.
func maintained(n *node) flow {
	return flow{agency: n.get("agencyID").str(), id: n.get("id").str(), version: n.get("version").str()}
}

// concept is what a component means.
type concept struct{ name, list string }

// readConcepts reads the concepts of all schemes.
func (f *structureFile) readConcepts() {
	for n := range f.data.get("conceptSchemes").each {
		scheme := maintained(n).String()
		for c := range n.get("concepts").each {
			id := c.get("id").str()
			made := concept{f.name(c), c.get("coreRepresentation", "enumeration").str()}
			f.concepts[scheme+"."+id] = made
			if _, ok := f.concepts[id]; !ok {
				f.concepts[id] = made
			}
		}
	}
}

// dataStructure notes the components of a data structure.
func (f *structureFile) dataStructure(parts *node) {
	n := f.names
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
			meaning, ok := f.concepts[urnTail(c.get("conceptIdentity").str())]
			if !ok {
				meaning = f.concepts[id]
			}
			list := c.get("localRepresentation", "enumeration").str()
			if list == "" {
				list = meaning.list
			}
			values := f.lists[urnTail(list)]
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
