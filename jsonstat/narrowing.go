package jsonstat

import (
	"encoding/json"
	"fmt"

	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// When a dice keeps some categories of a dimension, everything that the head says about
// the others has to go, in each of the ways in which documents say it:
//
// 	by category id      labels, units, notes, coordinates, children   narrowing.go
// 	in extensions       objects whose names are all category ids      narrowing.go
// 	by name in a value  eliminationValueCode, firstPeriod             narrowingnames.go
// 	by dimension        of the dataset: positions, {dimension: {…}}   narrowinghead.go
// 	in a PX file        notes on cells, texts in other languages      narrowingpx.go
//
// An object is taken to be keyed by category only if every one of its names is the id of a
// category: {"2023": …, "2024": …} is, {"2023": …, "unit": …} is not and stays whole.

// Narrow is the dimension with some of its categories only, given by their
// indexes in ascending order. What is said about the others goes with them:
// labels, units, coordinates, notes, children, descriptions by link, and what
// the provider says in an object whose names are all ids of categories, as
// PxWeb does ("refperiod", "categoryNoteMandatory", ...). Of its members that name a
// category "eliminationValueCode" goes with it, and "elimination" is false then;
// "firstPeriod" and "lastPeriod" become those that are left, or go if they were no
// categories before. All else stays as it was read. Narrowing to all categories gives
// the dimension itself.
func (d *Dimension) Narrow(keep []int) (*Dimension, error) {
	for i, k := range keep {
		if k < 0 || k >= d.Len() || (i > 0 && k <= keep[i-1]) {
			return nil, fmt.Errorf("dimension %q: index %d is not one of its %d categories in ascending order: %w", d.ID(), k, d.Len(), ErrSize)
		}
	}
	if len(keep) == d.Len() {
		return d, nil
	}
	n := *d
	n.ids, n.labels, n.index = make([]string, len(keep)), nil, make(map[string]int, len(keep))
	n.units, n.coords, n.catNotes, n.children, n.emptyLabels = nil, nil, nil, nil, nil
	if d.labels != nil {
		n.labels = make([]string, len(keep))
	}
	for i, k := range keep {
		n.ids[i] = d.ids[k]
		n.index[d.ids[k]] = i
		if d.labels != nil {
			n.labels[i] = d.labels[k]
		}
		if d.emptyLabels[k] {
			setInMap(&n.emptyLabels, i, true)
		}
		if u := d.units[k]; u != nil {
			setInMap(&n.units, i, u)
		}
		if c := d.coords[k]; c != nil {
			setInMap(&n.coords, i, c)
		}
		if notes := d.catNotes[k]; notes != nil {
			setInMap(&n.catNotes, i, notes)
		}
	}
	if len(d.children) > 0 {
		n.narrowChildren(d, keep)
	}
	n.extension = d.narrowMembers(d.extension, &n)
	n.members = d.narrowNames(d.narrowList(d.members, &n), &n)
	n.categoryMembers = d.narrowList(d.categoryMembers, &n)
	n.links = d.narrowLinks(&n)
	return &n, nil
}

// narrowChildren keeps the children that are there still.
func (d *Dimension) narrowChildren(from *Dimension, keep []int) {
	for i, k := range keep {
		for _, child := range from.children[k] {
			if c, ok := d.index[from.ids[child]]; ok {
				setInMap(&d.children, i, append(d.children[i], c))
			}
		}
	}
}

// narrowLinks narrows the extensions of the links that describe categories. One
// that described nothing else goes.
func (d *Dimension) narrowLinks(n *Dimension) []Link {
	var links []Link
	for _, l := range d.links {
		if l.Rel != "describedby" || l.Extension == nil {
			links = append(links, l)
			continue
		}
		members := objectMembers(l.Extension)
		var kept []Member
		for _, m := range members {
			if _, gone := d.index[m.Name]; gone && m.Name != d.id && n.Index(m.Name) < 0 {
				continue
			}
			kept = append(kept, m)
		}
		switch {
		case len(kept) == len(members):
		case len(kept) == 0 && l.Href == "":
			continue
		default:
			l.setExtension(joinMembers(kept))
		}
		links = append(links, l)
	}
	return links
}

// narrowMembers narrows the members of an object that are keyed by category.
func (d *Dimension) narrowMembers(object json.RawMessage, n *Dimension) json.RawMessage {
	members := objectMembers(object)
	kept := d.narrowNames(d.narrowList(members, n), n)
	if sameValues(kept, members) {
		return object
	}
	return joinMembers(kept)
}

// narrowList narrows a list of members. A member of which nothing is left goes.
func (d *Dimension) narrowList(members []Member, n *Dimension) []Member {
	var kept []Member
	for _, m := range members {
		if value, byCategory := d.narrowObject(m, n); !byCategory {
			kept = append(kept, m)
		} else if value != nil {
			kept = append(kept, Member{m.Name, value})
		}
	}
	return kept
}

// narrowObject narrows a member if it is keyed by category; nil if nothing is
// left. PxWeb keys noteMandatory by the number of a note, which may look like
// the id of a category; notes of the dimension stay, and so does it.
func (d *Dimension) narrowObject(m Member, n *Dimension) (json.RawMessage, bool) {
	inner := objectMembers(m.Value)
	if len(inner) == 0 || m.Name == pxext.NoteMandatory {
		return nil, false
	}
	var kept []Member
	for _, c := range inner {
		if _, ok := d.index[c.Name]; !ok {
			return nil, false
		}
		if n.Index(c.Name) >= 0 {
			kept = append(kept, c)
		}
	}
	switch len(kept) {
	case 0:
		return nil, true
	case len(inner):
		return m.Value, true
	}
	return joinMembers(kept), true
}
