package jsonstat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// Widen is the reverse of [Dimension.Narrow]: the dimension with the categories
// of others behind its own, in the order given. The others must have its id and
// role, and no category that came before. All that is said of their categories
// comes with them. What they say of the whole dimension is united: notes, links
// and members of extensions that are new come behind those that are there, and
// where two contradict each other, in a label say, the first counts. Of what
// PxWeb says, "elimination" is true if it is for one of them, and "firstPeriod" and
// "lastPeriod" are those of all.
//
// A category is a child only of those that it stood together with.
func (d *Dimension) Widen(others ...*Dimension) (*Dimension, error) {
	spec := d.Spec()
	parts := []*part{{dims: []*Dimension{d}, extension: d.Extension()}}
	for _, o := range others {
		parts = append(parts, &part{dims: []*Dimension{o}, extension: o.Extension()})
		if o.ID() != d.ID() {
			return nil, fmt.Errorf("dimensions %q and %q are not the same", d.ID(), o.ID())
		}
		if o.Role() != d.Role() {
			return nil, fmt.Errorf("dimension %q has the role %s in one place and %s in another", d.ID(), d.Role(), o.Role())
		}
		more := o.Spec()
		spec.Label = firstOf(spec.Label, more.Label)
		spec.Href = firstOf(spec.Href, more.Href)
		spec.Categories = append(spec.Categories, more.Categories...)
		spec.Labelled = spec.Labelled || more.Labelled
		spec.partial = spec.partial || more.partial
		spec.object = spec.object || more.object
		spec.Notes, spec.Extension = uniteNotes(spec.Notes, spec.Extension, more.Notes, more.Extension)
		spec.Links = uniteLinks(spec.Links, more.Links)
		spec.Members = uniteMembers(spec.Members, more.Members)
		spec.CategoryMembers = uniteMembers(spec.CategoryMembers, more.CategoryMembers)
		for id := range more.blank {
			set(&spec.blank, id, true)
		}
		spec.order = uniteNames(spec.order, more.order)
		spec.empty = uniteNames(spec.empty, more.empty)
	}
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
	parts := []*part{{dims: h.Dimensions, extension: h.Extension}}
	for _, o := range others {
		parts = append(parts, &part{dims: o.Dimensions, extension: o.Extension})
		h.Label = firstOf(h.Label, o.Label)
		h.Source = firstOf(h.Source, o.Source)
		h.Href = firstOf(h.Href, o.Href)
		h.Updated = laterOf(h.Updated, o.Updated)
		h.Notes, h.Extension = uniteNotes(h.Notes, h.Extension, o.Notes, o.Extension)
		h.Links = uniteLinks(h.Links, o.Links)
		h.Members = uniteMembers(h.Members, o.Members)
		h.order = uniteNames(h.order, o.order)
		h.empty = uniteNames(h.empty, o.empty)
		if h.RoleOrder == nil {
			h.RoleOrder = o.RoleOrder
		}
	}
	h.Extension = uniteNamed(h.Extension, parts)
	return h
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// laterOf is the later of two times as documents write them; the first where
// that cannot be told.
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

// uniteNotes unites notes and the extensions beside them. PxWeb says in the
// extension which notes are mandatory, by their numbers, and these change.
func uniteNotes(a []string, aExt json.RawMessage, b []string, bExt json.RawMessage) ([]string, json.RawMessage) {
	notes := slices.Clip(a)
	number := make(map[string]string, len(b))
	for i, note := range b {
		k := slices.Index(notes, note)
		if k < 0 {
			k = len(notes)
			notes = append(notes, note)
		}
		number[strconv.Itoa(i)] = strconv.Itoa(k)
	}
	members := objectMembers(bExt)
	for i, m := range members {
		if m.Name != "noteMandatory" {
			continue
		}
		flags := objectMembers(m.Value)
		for k := range flags {
			if n, ok := number[flags[k].Name]; ok {
				flags[k].Name = n
			}
		}
		if flags != nil {
			members[i].Value = joinMembers(flags)
		}
	}
	switch {
	case aExt == nil:
		if members != nil {
			return notes, joinMembers(members)
		}
		return notes, bExt
	case members == nil:
		return notes, aExt
	}
	return notes, joinMembers(uniteMembers(objectMembers(aExt), members))
}

// uniteLinks adds the links that are new. Descriptions by link hold a member for
// each category: those of one link become one again.
func uniteLinks(a, b []Link) []Link {
	links := slices.Clone(a)
	for _, l := range b {
		k := slices.IndexFunc(links, func(have Link) bool { return sameLink(have, l) })
		switch {
		case k < 0:
			links = append(links, l)
		case l.Extension != nil && !bytes.Equal(l.Extension, links[k].Extension):
			have := &links[k]
			have.Extension = joinMembers(uniteMembers(objectMembers(have.Extension), objectMembers(l.Extension)))
			if have.Raw != nil {
				raw := objectMembers(have.Raw)
				for i := range raw {
					if raw[i].Name == "extension" {
						raw[i].Value = have.Extension
					}
				}
				have.Raw = joinMembers(raw)
			}
		}
	}
	return links
}

// sameLink tells whether two links differ at most in what they say of single
// categories: in the extension of a describedby link.
func sameLink(a, b Link) bool {
	if a.Rel != b.Rel || a.Href != b.Href || a.Type != b.Type || a.Class != b.Class || a.Label != b.Label {
		return false
	}
	if bytes.Equal(a.Extension, b.Extension) {
		return bytes.Equal(a.Raw, b.Raw)
	}
	return a.Rel == "describedby" && a.Extension != nil && b.Extension != nil && agree(objectMembers(a.Extension), objectMembers(b.Extension))
}

// agree tells whether no member says different things in two objects.
func agree(a, b []Member) bool {
	for _, m := range b {
		k := slices.IndexFunc(a, func(have Member) bool { return have.Name == m.Name })
		if k >= 0 && !bytes.Equal(a[k].Value, m.Value) {
			return false
		}
	}
	return true
}

// uniteMembers adds the members of b that a has not. Objects that both have are
// united in the same way.
func uniteMembers(a, b []Member) []Member {
	if len(b) == 0 {
		return a
	}
	at := make(map[string]int, len(a))
	members := slices.Clone(a)
	for i, m := range members {
		at[m.Name] = i
	}
	for _, m := range b {
		k, ok := at[m.Name]
		if !ok {
			at[m.Name] = len(members)
			members = append(members, m)
			continue
		}
		have := members[k].Value
		if bytes.Equal(have, m.Value) || len(have) == 0 || have[0] != '{' || m.Value[0] != '{' {
			continue
		}
		members[k].Value = joinMembers(uniteMembers(objectMembers(have), objectMembers(m.Value)))
	}
	return members
}

// uniteNames adds the names that are new.
func uniteNames(a, b []string) []string {
	names := slices.Clip(a)
	for _, name := range b {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
