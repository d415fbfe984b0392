package jsonstat

import (
	"cmp"
	"fmt"
)

// The head of a join: what several cubes say becomes one head. Widen unites a dimension
// whose categories came in parts, Unite all the rest. memberunion.go collects members that
// are alike in every part; extensionunion.go corrects those that name categories or
// positions, which are different in the union. Both are the reverse of narrowing*.go, and
// the tests check that narrowing and uniting gives the head again.

// Widen is the reverse of [Dimension.Narrow]: the dimension with the categories
// of others behind its own, in the order given. The others must have its id and
// role, and no category that came before. All that is said of their categories
// comes with them. What they say of the whole dimension is united: notes, links
// and members of extensions that are new come behind those that are there, and
// where two contradict each other, in a label say, the first counts. Of what
// PxWeb says, "elimination" is true if it is for one of them, and "firstPeriod" and
// "lastPeriod" are those of all.
//
// A category is a child only of those that were in the same part.
func (d *Dimension) Widen(others ...*Dimension) (*Dimension, error) {
	spec := d.Spec()
	parts := []*unionPart{{dims: []*Dimension{d}, extension: d.Extension()}}
	notes := newNoteUnion(spec.Notes, spec.Extension)
	links := newLinkUnion(spec.Links)
	members, more := newMemberUnion(spec.Members), newMemberUnion(spec.CategoryMembers)
	order, empty := newNameUnion(spec.order), newNameUnion(spec.empty)
	for _, other := range others {
		parts = append(parts, &unionPart{dims: []*Dimension{other}, extension: other.Extension()})
		if other.ID() != d.ID() {
			return nil, fmt.Errorf("dimensions %q and %q are not the same", d.ID(), other.ID())
		}
		if other.Role() != d.Role() {
			return nil, fmt.Errorf("dimension %q has the role %s in one place and %s in another", d.ID(), d.Role(), other.Role())
		}
		o := other.Spec()
		spec.Label = cmp.Or(spec.Label, o.Label)
		spec.Href = cmp.Or(spec.Href, o.Href)
		spec.Categories = append(spec.Categories, o.Categories...)
		spec.Labelled = spec.Labelled || o.Labelled
		spec.labelsMissing = spec.labelsMissing || o.labelsMissing
		spec.indexObject = spec.indexObject || o.indexObject
		notes.add(o.Notes, o.Extension)
		links.add(o.Links)
		members.add(o.Members)
		more.add(o.CategoryMembers)
		for id := range o.emptyLabels {
			setInMap(&spec.emptyLabels, id, true)
		}
		order.add(o.order)
		empty.add(o.empty)
	}
	spec.Notes, spec.Extension = notes.notes, notes.extension()
	spec.Links = links.list()
	spec.Members, spec.CategoryMembers = members.list(), more.list()
	spec.order, spec.empty = order.names, empty.names
	spec.Extension = uniteNamed(spec.Extension, parts)
	return NewDimension(spec)
}

// Unite is the head with what others say besides: notes, links and members of
// extensions that are new come behind those that are there. Where two contradict
// each other the first counts, but the cube was updated when the last of them
// was. The dimensions are those of h, see [Dimension.Widen]. Positions of categories
// without data, as Eurostat gives them, are those of the united dimensions, and hold if
// they hold in all heads with the category; the first and the last period are those of all.
func (h Head) Unite(others ...Head) Head {
	parts := []*unionPart{{dims: h.Dimensions, extension: h.Extension}}
	notes := newNoteUnion(h.Notes, h.Extension)
	links := newLinkUnion(h.Links)
	members := newMemberUnion(h.Members)
	order, empty := newNameUnion(h.order), newNameUnion(h.empty)
	for _, o := range others {
		parts = append(parts, &unionPart{dims: o.Dimensions, extension: o.Extension})
		h.Label = cmp.Or(h.Label, o.Label)
		h.Source = cmp.Or(h.Source, o.Source)
		h.Href = cmp.Or(h.Href, o.Href)
		h.Updated = laterOf(h.Updated, o.Updated)
		notes.add(o.Notes, o.Extension)
		links.add(o.Links)
		members.add(o.Members)
		order.add(o.order)
		empty.add(o.empty)
		if h.RoleOrder == nil {
			h.RoleOrder = o.RoleOrder
		}
	}
	h.Notes, h.Extension = notes.notes, notes.extension()
	h.Links = links.list()
	h.Members = members.list()
	h.order, h.empty = order.names, empty.names
	h.Extension = uniteNamed(h.Extension, parts)
	return h
}

// laterOf is the later of two times as documents write them; the first one where that is
// not known.
func laterOf(a, b string) string {
	if a == "" {
		return b
	}
	first, err := parseUpdated(a)
	second, err2 := parseUpdated(b)
	if err == nil && err2 == nil && second.After(first) {
		return b
	}
	return a
}
