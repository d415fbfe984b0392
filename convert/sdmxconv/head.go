package sdmxconv

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// mediaType is that of the link to the message itself.
const mediaType = "application/vnd.sdmx.data+json"

// flow is what data are data of: a dataflow, or a structure.
type flow struct {
	urn, agency, id, version string
}

// String is the flow as SDMX-CSV names it.
func (f flow) String() string {
	s := f.id
	if f.agency != "" {
		s = f.agency + ":" + s
	}
	if f.version != "" {
		s += "(" + f.version + ")"
	}
	return s
}

var (
	urnForm  = regexp.MustCompile(`=([^:=]+):([^()]+)(?:\(([^()]*)\))?$`)
	hrefForm = regexp.MustCompile(`/(?:dataflow|datastructure|provisionagreement)/([^/?#]+)/([^/?#]+)(?:/([^/?#]+))?`)
)

// flow finds what a structure is of by its links: the dataflow, if there is one.
func (r *reader) flow(n *node) flow {
	var best flow
	rank := -1
	links := n.get("links").list()
	for i := range links {
		link := &links[i]
		urn, href := link.get("urn").str(), link.get("href").str()
		f := flow{urn: urn}
		if m := urnForm.FindStringSubmatch(urn); m != nil {
			f.agency, f.id, f.version = m[1], m[2], m[3]
		} else if m := hrefForm.FindStringSubmatch(href); m != nil {
			f.agency, f.id, f.version = m[1], m[2], m[3]
			if f.id == "all" { // of OECD's old service, whose flows have no agency
				f.agency, f.id = "", m[1]
			}
		} else {
			continue
		}
		k := 1
		if strings.EqualFold(link.get("rel").str(), "dataflow") || strings.Contains(urn, ".Dataflow=") {
			k = 2
		}
		if k > rank {
			best, rank = f, k
		}
	}
	return best
}

// dataset makes the dataset of a cube that is full.
func (r *reader) dataset(m *message, f *filler, group []int) (*jsonstat.Dataset, error) {
	h := r.head(m, f.s)
	x := &extension{}
	r.describe(x, m, f.s, group)
	levels := append([]*level{&f.series, &f.observations}, f.groupLevels(m, group)...)
	levels = append([]*level{f.dataSetLevel(m, group)}, levels...)
	var forms []form
	for _, l := range levels {
		l.columns = slices.DeleteFunc(l.columns, func(c *column) bool { return c == f.ofSeries.column || c == f.statuses.column })
		forms = append(forms, l.forms(f.c)...)
	}
	f.s.units(forms)
	forms = f.s.notes(forms)
	x.attributes(forms)
	for i := range f.s.measures {
		if mm := &f.s.measures[i]; mm.cell >= 0 && mm.coded {
			x.label(mm.id, mm.labels())
		}
	}
	for _, list := range [][]component{f.s.attributes.observation, f.s.attributes.series, f.s.attributes.group, f.s.attributes.dataSet} {
		if k := status(list); k >= 0 && x.statuses == nil {
			x.statuses = list[k].statusLabels()
		}
	}
	h, err := r.headOf(h, x, f.s.all())
	if err == nil {
		h, err = rows.Describe(h, r.tableOptions())
	}
	if err != nil {
		return nil, tableError(err)
	}
	return f.c.Dataset(h)
}

// headOf makes the head of its parts.
func (r *reader) headOf(h jsonstat.Head, x *extension, dims []*dimension) (jsonstat.Head, error) {
	for _, d := range dims {
		dim, err := d.make(r)
		if err != nil {
			return h, err
		}
		h.Dimensions = append(h.Dimensions, dim)
	}
	h.Extension = x.json()
	return h, nil
}

// head is what a message says of itself and its structure.
func (r *reader) head(m *message, s *structure) jsonstat.Head {
	h := jsonstat.Head{
		Label: r.lang.name(s.node, "name"), Updated: m.header.get("prepared").str(),
		Source: r.lang.name(m.header.get("sender"), "name"),
	}
	flow := r.flow(s.node)
	for _, label := range []string{r.lang.name(m.header, "name"), flow.id} {
		if h.Label == "" {
			h.Label = label
		}
	}
	if h.Source == "" {
		h.Source = m.header.get("sender", "id").str()
	}
	if note := r.lang.name(s.node, "description"); note != h.Label && note != "" {
		h.Notes = append(h.Notes, note)
	}
	for _, i := range m.annotated(s.node) {
		h.Notes = append(h.Notes, r.annotation(&s.annotations[i]))
	}
	h.Links = r.links(m.header, s.node)
	return h
}

// annotated are the annotations of the data sets: all that their lists point to.
func (m *message) annotated(structure *node) []int {
	if list, known := m.notes[structure]; known {
		return list
	}
	var list []int
	listed := make([]bool, len(structure.get("annotations").list()))
	for i := range m.sets {
		all := m.sets[i].member("annotations").list()
		for k := range all {
			if at := all[k].index(); at >= 0 && at < len(listed) && !listed[at] {
				listed[at] = true
				list = append(list, at)
			}
		}
	}
	if m.notes == nil {
		m.notes = map[*node][]int{}
	}
	m.notes[structure] = list
	return list
}

// links are those of a message: the request that it answers, and where its
// structure is described.
func (r *reader) links(header, structure *node) []jsonstat.Link {
	var links []jsonstat.Link
	have := map[[2]string]bool{}
	add := func(rel, kind, href, label string) {
		if href != "" && !have[[2]string{rel, href}] {
			have[[2]string{rel, href}] = true
			links = append(links, jsonstat.Link{Rel: rel, Type: kind, Href: href, Label: label})
		}
	}
	list := header.get("links").list()
	for _, rel := range []string{"request", "self"} {
		for i := range list {
			if strings.EqualFold(list[i].get("rel").str(), rel) && len(links) == 0 {
				add("alternate", mediaType, list[i].get("href").str(), "")
			}
		}
	}
	add("alternate", mediaType, header.get("request", "uri").str(), "")
	for i := range list {
		switch rel := strings.ToLower(list[i].get("rel").str()); rel {
		case "request", "self":
		case "copyright", "license", "help", "about", "related", "describedby", "via":
			add(rel, list[i].get("type").str(), list[i].get("href").str(), r.lang.name(&list[i], "title"))
		default:
			add("related", list[i].get("type").str(), list[i].get("href").str(), r.lang.name(&list[i], "title"))
		}
	}
	list = structure.get("links").list()
	for i := range list {
		link := &list[i]
		add("describedby", link.get("type").str(), link.get("href").str(), r.lang.name(link, "title"))
	}
	return links
}

// make makes the dimension of JSON-stat.
func (d *dimension) make(r *reader) (*jsonstat.Dimension, error) {
	spec := jsonstat.DimensionSpec{ID: d.id, Label: d.name, Role: d.role, Categories: make([]jsonstat.Category, d.size), Labelled: !d.bare}
	if d.note != "" {
		spec.Notes = []string{d.note}
	}
	place := make(map[string]int, d.size)
	for i, v := range d.values {
		spec.Categories[i] = jsonstat.Category{ID: v.id, Label: v.name, Unit: d.unit(i)}
		if v.note != "" {
			spec.Categories[i].Notes = []string{v.note}
		}
		place[v.id] = i
	}
	for i, notes := range d.notes {
		spec.Categories[i].Notes = append(spec.Categories[i].Notes, notes...)
	}
	var x members
	tree := d.tree(place)
	for _, member := range []string{"parent", "order", "start", "end"} {
		var list members
		for i, v := range d.values {
			n := v.node.get(member)
			if n == nil {
				continue
			}
			if k, ok := place[n.str()]; ok && member == "parent" && k != i && tree[i] {
				spec.Categories[k].Children = append(spec.Categories[k].Children, v.id)
				continue
			}
			list.add(v.id, json.RawMessage(n.text))
		}
		if len(list.names) > 0 {
			x.add(member, list.json())
		}
	}
	x.add("annotations", r.annotationsOf(d.node, d.annotated))
	var list members
	for _, v := range d.values {
		list.add(v.id, r.annotationsOf(v.node, d.annotated))
	}
	x.add("categoryAnnotations", list.json())
	if len(x.names) > 0 {
		var ext members
		ext.add("sdmx", x.json())
		spec.Extension = ext.json()
	}
	return jsonstat.NewDimension(spec)
}

// annotationsOf are the annotations that a dimension or a category points to, nil if
// there are none.
func (r *reader) annotationsOf(n *node, all []node) json.RawMessage {
	b := []byte{'['}
	for i := range n.get("annotations").list() {
		k := n.get("annotations").items[i].index()
		if k < 0 || k >= len(all) {
			continue
		}
		var o members
		for _, member := range []string{"type", "title", "text", "value"} {
			o.text(member, r.lang.name(&all[k], member))
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		if len(o.names) == 0 {
			o.text("id", r.annotation(&all[k]))
		}
		b = append(b, o.json()...)
	}
	if len(b) == 1 {
		return nil
	}
	return append(b, ']')
}

// tree tells which categories have parents up to one that has none: those on a
// circle, and below one, do not.
func (d *dimension) tree(place map[string]int) []bool {
	const open, ends, circles = 1, 2, 3
	state := make([]uint8, len(d.values))
	tree := make([]bool, len(d.values))
	var path []int
	for i := range d.values {
		path = path[:0]
		for at := i; ; {
			if state[at] == 0 {
				state[at] = open
				path = append(path, at)
				if up, ok := place[d.values[at].node.get("parent").str()]; ok && up != at {
					at = up
					continue
				}
				state[at] = ends
			}
			end := max(state[at], ends)
			if state[at] == open {
				end = circles
			}
			for _, k := range path {
				state[k], tree[k] = end, end == ends
			}
			break
		}
	}
	return tree
}

// members is a JSON object that is being written.
type members struct {
	names  []string
	values []json.RawMessage
}

func (o *members) add(name string, value json.RawMessage) {
	if value != nil {
		o.names, o.values = append(o.names, name), append(o.values, value)
	}
}

func (o *members) text(name, value string) {
	if value != "" {
		o.add(name, json.RawMessage(quote(value)))
	}
}

// json writes the object. Values of the same name become an array.
func (o *members) json() json.RawMessage {
	if len(o.names) == 0 {
		return nil
	}
	first := make(map[string]int, len(o.names))
	same := make([][]json.RawMessage, len(o.names)) // values by the first place of their name
	for i, name := range o.names {
		k, met := first[name]
		if !met {
			k = i
			first[name] = i
		}
		same[k] = append(same[k], o.values[i])
	}
	b := []byte{'{'}
	for i, values := range same {
		if len(values) == 0 {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(jsonstat.AppendQuoted(b, o.names[i]), ':')
		if len(values) == 1 {
			b = append(b, values[0]...)
			continue
		}
		b = append(b, '[')
		for k, v := range values {
			if k > 0 {
				b = append(b, ',')
			}
			b = append(b, v...)
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

// extension is what JSON-stat has no place for.
type extension struct {
	statuses json.RawMessage
	sdmx     members
	values   members
	names    members
	labels   members
}

func (x *extension) label(id string, labels json.RawMessage) { x.labels.add(id, labels) }

// attributes notes what the attributes say.
func (x *extension) attributes(forms []form) {
	named := map[string]bool{}
	for i := range forms {
		f := &forms[i]
		if f.column.id == annotations {
			x.sdmx.add(annotations, f.json())
			continue
		}
		x.values.add(f.column.id, f.json())
		if f.constant == 0 && !named[f.column.id] {
			named[f.column.id] = f.column.name != ""
			x.names.text(f.column.id, f.column.name)
			x.label(f.column.id, labelsOf(f.column.values, f.column.named))
		}
	}
}

func (x *extension) json() json.RawMessage {
	var ext members
	if x.statuses != nil {
		var s members
		s.add("label", x.statuses)
		ext.add("status", s.json())
	}
	x.sdmx.add("attributes", x.values.json())
	x.sdmx.add("name", x.names.json())
	x.sdmx.add("label", x.labels.json())
	ext.add("sdmx", x.sdmx.json())
	return ext.json()
}

// describe notes where the data are from and for which time.
func (r *reader) describe(x *extension, m *message, s *structure, group []int) {
	f := r.flow(s.node)
	x.sdmx.text("urn", f.urn)
	x.sdmx.text("agency", f.agency)
	x.sdmx.text("id", f.id)
	x.sdmx.text("version", f.version)
	lang := r.lang.main
	if r.lang.want != "" && r.lang.met {
		lang = r.lang.want
	}
	x.sdmx.text("language", lang)
	if n := m.header.get("test"); n != nil && n.text == "true" {
		x.sdmx.add("test", json.RawMessage("true"))
	}
	for _, name := range []string{"reportingBegin", "reportingEnd", "validFrom", "validTo", "publicationYear", "publicationPeriod"} {
		for _, i := range group {
			if n := m.sets[i].member(name); n != nil && !is(&m.sets[i], "Delete") {
				x.sdmx.add(name, json.RawMessage(n.text))
				break
			}
		}
	}
}

// statusLabels are the names of all statuses that are listed.
func (c *component) statusLabels() json.RawMessage {
	var o members
	said := make(map[string]bool, len(c.values))
	for _, v := range c.values {
		if !v.none && v.name != "" && !said[v.id] {
			said[v.id] = true
			o.text(v.id, v.name)
		}
	}
	return o.json()
}

// dataSetLevel is the level with one entry, the data set.
func (f *filler) dataSetLevel(m *message, group []int) *level {
	l := &level{at: []int64{0}}
	columns := make([]*column, len(f.s.attributes.dataSet))
	ids := make([]int32, len(columns))
	for k := range columns {
		columns[k] = newColumn(&f.s.attributes.dataSet[k])
		ids[k] = columns[k].standing
	}
	for _, i := range group {
		if is(&m.sets[i], "Delete") {
			continue
		}
		list := m.sets[i].member("attributes").list()
		for k := range list[:min(len(list), len(columns))] {
			if list[k].kind != null {
				ids[k] = f.nodeID(&list[k], columns[k])
			}
		}
	}
	st := status(f.s.attributes.dataSet)
	for k, c := range columns {
		if k != st {
			c.put(0, ids[k], 0)
			l.columns = append(l.columns, c)
		}
	}
	return l
}

// groupLevels are the levels of groups of dimensions: one for all groups that are
// told apart by the same dimensions.
func (f *filler) groupLevels(m *message, group []int) []*level {
	byMask := map[string]*level{}
	var list []*level
	k := status(f.s.attributes.group)
	for _, i := range group {
		groups := m.sets[i].member("dimensionGroupAttributes")
		if groups == nil || is(&m.sets[i], "Delete") {
			continue
		}
		for g, key := range groups.names {
			coords, ok := f.s.groupKey(key)
			if !ok {
				f.r.warn("key " + strconv.Quote(brief(key)) + " of a group does not fit the dimensions: its attributes are left out")
				continue
			}
			mask, pos := "", int64(0)
			var of []*dimension
			for n, d := range f.s.dims {
				if coords[n] >= 0 {
					mask += "," + strconv.Itoa(n)
					of = append(of, d)
					pos += int64(coords[n]) * d.stride
				}
			}
			l := byMask[mask]
			if l == nil {
				l = &level{of: of, partial: len(of) > 0}
				for a := range f.s.attributes.group {
					l.columns = append(l.columns, newColumn(&f.s.attributes.group[a]))
				}
				byMask[mask] = l
				list = append(list, l)
			}
			values := groups.items[g].list()
			for a := range values {
				if a < len(l.columns) && a != k && values[a].kind != null {
					l.columns[a].put(len(l.at), f.nodeID(&values[a], l.columns[a]), 0)
				}
			}
			l.at = append(l.at, pos)
		}
	}
	return list
}
