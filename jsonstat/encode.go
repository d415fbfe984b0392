package jsonstat

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// A dataset is written in one of two ways. What was read as 2.0 is copied
// (verbatimcopy.go), with other writers for the cells where options ask for another form.
// What was built in Go, or read from 1.x, is written from its parts in canonical order.
// encode_cells.go writes the cells in both.

// maxDense is the largest sparse cube that is written dense without being told so.
const maxDense = 100_000_000

// Write writes the dataset as a JSON-stat 2.0 document, without white space and
// without a newline at its end. What was read as such keeps the order of its
// members and its tokens. What was built in Go, and what was read from an older
// form, is written in the order version, class, href, label, source, updated,
// link, note, role, id, size, dimension, extension, other members, value,
// status. Nil options are the zero [WriteOptions].
func (ds *Dataset) Write(w io.Writer, opts *WriteOptions) error {
	opts = ds.writeOptions(opts)
	if ds.unread != nil {
		if err := ds.unread.readRest(); err != nil {
			return err
		}
	}
	info := ds.cells.Info()
	if info.Once {
		return ErrConsumed
	}
	all := opts.Values == Dense || opts.Statuses == Dense || (opts.Statuses == Sparse && info.Default != 0)
	if info.Sparse && all && ds.n > maxDense && !opts.AllCells {
		return fmt.Errorf("the cube has %d cells, most of them not there: too many to write all: %w", ds.n, ErrLimit)
	}
	e := newEncoder(w, 64<<10, ds, *opts)
	switch copied := ds.isCopiable(opts); {
	case copied && ds.cellsReplaced:
		if cells, ok := e.givenCells(); ok {
			e.verbatim(ds.text, ds.node, cells)
		} else {
			e.dataset()
		}
	case copied:
		cells := map[int]memberWriter{}
		if v := valueNode(ds.node); v.OK() && opts.Values != AsRead {
			cells[v.I] = requiredMember(e.values)
			if size := ds.node.Get("size"); size.IsArray() {
				cells[size.I] = requiredMember(e.sizes) // in another form the values need not bear out a wrong one
			}
		}
		if v := ds.node.Get("status"); v.OK() && opts.Statuses != AsRead {
			cells[v.I] = e.statuses
		}
		e.verbatim(ds.text, ds.node, cells)
	default:
		e.dataset()
	}
	return e.flush()
}

// encoder writes a dataset.
type encoder struct {
	cellsEncoder
	headOnly bool // leaves out values and statuses
}

func newEncoder(w io.Writer, size int, ds *Dataset, opts WriteOptions) *encoder {
	return &encoder{cellsEncoder: cellsEncoder{newWriter(w, size), ds, opts}}
}

// writeOptions are the options with the forms of given cells in place of AsRead.
func (ds *Dataset) writeOptions(opts *WriteOptions) *WriteOptions {
	var o WriteOptions
	if opts != nil {
		o = *opts
	}
	if ds.cellsReplaced {
		o.Values, o.Statuses = cmp.Or(o.Values, ds.replacedForms.Values), cmp.Or(o.Statuses, ds.replacedForms.Statuses)
	}
	return &o
}

// valueNode is the member of a dataset that holds the values, "measure" only for want of
// "value".
func valueNode(n jsontoken.Node) jsontoken.Node {
	if v := n.Get("value"); v.OK() {
		return v
	}
	return n.Get("measure")
}

// isCopiable tells whether a dataset is written by copying its text.
func (ds *Dataset) isCopiable(opts *WriteOptions) bool {
	return ds.text != nil && !ds.before20 && !opts.Explicit && ds.node.Get("version").OK() && ds.node.Get("class").Text() == string(ClassDataset)
}

// givenCells are the writers of cells that were given to a head that was read, by
// the tokens where they belong; false if there is no place for them.
func (e *encoder) givenCells() (map[int]memberWriter, bool) {
	value, status := valueNode(e.ds.node), e.ds.node.Get("status")
	has := e.ds.cells.Info().HasStatus
	if !value.OK() || (status.OK() && !has) {
		return nil, false
	}
	cells := map[int]memberWriter{value.I: requiredMember(e.values)}
	switch {
	case status.OK():
		cells[status.I] = e.statuses
	case has:
		cells[value.I] = requiredMember(func() {
			e.values()
			e.statuses(func() { e.str(`,"status":`) })
		})
	}
	return cells, true
}

// dataset writes the dataset from its parts.
func (e *encoder) dataset() {
	ds, h := e.ds, &e.ds.head
	var fields []field
	add := func(name string, given bool, write func()) {
		if given {
			fields = append(fields, field{name: name, write: write})
		}
	}
	text := func(name, s string) {
		add(name, s != "" || slices.Contains(h.empty, name), func() { e.quoted(s) })
	}
	add("version", true, func() { e.str(`"2.0"`) })
	add("class", true, func() { e.str(`"dataset"`) })
	text("href", h.Href)
	text("label", h.Label)
	text("source", h.Source)
	text("updated", h.Updated)
	add("link", len(h.Links) > 0, func() { e.links(h.Links) })
	add("note", len(h.Notes) > 0, func() { e.strings(h.Notes) })
	roles := h.roles()
	add("role", len(roles) > 0, func() {
		e.object(mapFields(roles, func(r RoleIDs) field { return field{name: string(r.Role), write: func() { e.strings(r.IDs) }} }), nil)
	})
	add("id", true, func() { e.list(len(h.Dimensions), func(i int) { e.quoted(h.Dimensions[i].id) }) })
	add("size", true, e.sizes)
	add("dimension", true, func() {
		e.object(mapFields(h.Dimensions, func(d *Dimension) field { return field{name: d.id, write: func() { e.dimension(d) }} }), nil)
	})
	add("extension", h.Extension != nil, func() { e.raw(h.Extension) })
	fields = e.members(fields, h.Members)
	add("value", !e.headOnly, e.values)
	if !e.headOnly && ds.cells.Info().HasStatus {
		fields = append(fields, field{name: "status", optional: e.statuses})
	}
	e.object(fields, h.order)
}

func (e *encoder) sizes() {
	e.list(len(e.ds.shape), func(i int) { e.str(strconv.Itoa(e.ds.shape[i])) })
}

// links writes links by relation.
func (e *encoder) links(links []Link) {
	var rels []string
	byRel := map[string][]Link{}
	for _, l := range links {
		if _, known := byRel[l.Rel]; !known {
			rels = append(rels, l.Rel)
		}
		byRel[l.Rel] = append(byRel[l.Rel], l)
	}
	e.object(mapFields(rels, func(rel string) field {
		same := byRel[rel]
		return field{name: rel, write: func() { e.list(len(same), func(i int) { e.link(same[i]) }) }}
	}), nil)
}

func (e *encoder) link(l Link) {
	if l.Raw != nil {
		e.raw(l.Raw)
		return
	}
	fields := e.texts(nil, [][2]string{{"type", l.Type}, {"href", l.Href}, {"class", string(l.Class)}, {"label", l.Label}})
	if l.Extension != nil {
		fields = append(fields, field{name: "extension", write: func() { e.raw(l.Extension) }})
	}
	e.object(fields, nil)
}

// dimension writes a dimension.
func (e *encoder) dimension(d *Dimension) {
	var fields []field
	add := func(name string, given bool, write func()) {
		if given {
			fields = append(fields, field{name: name, write: write})
		}
	}
	add("label", d.label != "" || slices.Contains(d.empty, "label"), func() { e.quoted(d.label) })
	add("href", d.href != "" || slices.Contains(d.empty, "href"), func() { e.quoted(d.href) })
	add("category", true, func() { e.category(d) })
	add("note", len(d.notes) > 0, func() { e.strings(d.notes) })
	add("link", len(d.links) > 0, func() { e.links(d.links) })
	add("extension", d.extension != nil, func() { e.raw(d.extension) })
	e.object(e.members(fields, d.members), d.order)
}

// category writes the categories of a dimension.
func (e *encoder) category(d *Dimension) {
	var fields []field
	add := func(name string, count int, write func()) {
		if count > 0 {
			fields = append(fields, field{name: name, write: write})
		}
	}
	fields = append(fields, field{name: "index", write: func() {
		if d.indexArray && !e.opts.Explicit {
			e.strings(d.ids)
			return
		}
		e.byCategory(d, func(int) bool { return true }, func(i int) { e.str(strconv.Itoa(i)) })
	}})
	labels := len(d.labels)
	if e.opts.Explicit {
		labels = len(d.ids)
	}
	add("label", labels, func() {
		e.byCategory(d, func(i int) bool { return d.labels == nil || d.labels[i] != "" || d.emptyLabels[i] }, func(i int) {
			if d.emptyLabels[i] {
				e.quoted("")
			} else {
				e.quoted(d.CategoryLabel(i))
			}
		})
	})
	add("unit", len(d.units), func() {
		e.byCategory(d, func(i int) bool { return d.units[i] != nil }, func(i int) { writeUnit(e.writer, d.units[i]) })
	})
	add("coordinates", len(d.coords), func() {
		e.byCategory(d, func(i int) bool { return d.coords[i] != nil }, func(i int) {
			e.raw(json.RawMessage("[" + d.coords[i].Longitude.String() + "," + d.coords[i].Latitude.String() + "]"))
		})
	})
	add("child", len(d.children), func() {
		e.byCategory(d, func(i int) bool { return len(d.children[i]) > 0 }, func(i int) {
			e.list(len(d.children[i]), func(k int) { e.quoted(d.ids[d.children[i][k]]) })
		})
	})
	add("note", len(d.catNotes), func() {
		e.byCategory(d, func(i int) bool { return len(d.catNotes[i]) > 0 }, func(i int) { e.strings(d.catNotes[i]) })
	})
	e.object(e.members(fields, d.categoryMembers), nil)
}

// byCategory writes an object with a member for each category that has one.
func (e *encoder) byCategory(d *Dimension, has func(i int) bool, write func(i int)) {
	_ = e.w.WriteByte('{')
	first := true
	for i, id := range d.ids {
		if !has(i) {
			continue
		}
		if !first {
			_ = e.w.WriteByte(',')
		}
		first = false
		e.quoted(id)
		_ = e.w.WriteByte(':')
		write(i)
	}
	_ = e.w.WriteByte('}')
}

// roles are the roles of dimensions as they are written, see [Head].
func (h *Head) roles() []RoleIDs {
	var list []RoleIDs
	at := map[Role]int{}
	add := func(role Role, id string) {
		i, ok := at[role]
		if !ok {
			i = len(list)
			at[role] = i
			list = append(list, RoleIDs{Role: role})
		}
		list[i].IDs = append(list[i].IDs, id)
	}
	roles := map[string]Role{} // by dimension, of those that are not written yet
	for _, d := range h.Dimensions {
		if role := d.givenRole(); role != "" && role != Classification {
			roles[d.id] = role
		}
	}
	for _, r := range h.RoleOrder {
		for _, id := range r.IDs {
			if role, ok := roles[id]; ok && role == r.Role {
				add(role, id)
				delete(roles, id)
			}
		}
	}
	rest := func(want Role) {
		for _, d := range h.Dimensions {
			if role, ok := roles[d.id]; ok && (want == "" || role == want) {
				add(role, d.id)
				delete(roles, d.id)
			}
		}
	}
	for _, role := range []Role{Time, Geo, Metric, ""} {
		rest(role)
	}
	return list
}
