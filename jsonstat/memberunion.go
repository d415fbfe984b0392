package jsonstat

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// Unions collect what many parts of a cube say in their heads, for headunion.go. Each part
// is looked at once and the collected members are written as JSON when all are in: so the
// time is that of reading the parts. Writing after each part would take the square of it:
// of 1,000 parts the last one would write what 999 others said again.

// nameUnion is a list of names that are all different, but for those that it began
// with.
type nameUnion struct {
	names []string
	seen  map[string]bool
}

func newNameUnion(names []string) *nameUnion {
	u := &nameUnion{names: slices.Clip(names), seen: make(map[string]bool, len(names))}
	for _, name := range names {
		u.seen[name] = true
	}
	return u
}

// add adds the names that are new.
func (u *nameUnion) add(names []string) {
	for _, name := range names {
		if !u.seen[name] {
			u.seen[name] = true
			u.names = append(u.names, name)
		}
	}
}

// memberUnion unites the members of objects. Objects that several have under one
// name are united in the same way.
type memberUnion struct {
	members []unionMember
	at      map[string]int
}

// unionMember is a member with its value, or with what several objects made of it.
type unionMember struct {
	Member
	inner *memberUnion
}

func newMemberUnion(members []Member) *memberUnion {
	u := &memberUnion{at: make(map[string]int, len(members))}
	for i, m := range members {
		u.members = append(u.members, unionMember{Member: m})
		u.at[m.Name] = i
	}
	return u
}

// add adds the members that are new.
func (u *memberUnion) add(members []Member) {
	for _, m := range members {
		k, ok := u.at[m.Name]
		if !ok {
			u.at[m.Name] = len(u.members)
			u.members = append(u.members, unionMember{Member: m})
			continue
		}
		have := &u.members[k]
		if have.inner == nil {
			if bytes.Equal(have.Value, m.Value) || !isObjectText(have.Value) || !isObjectText(m.Value) {
				continue
			}
			have.inner = newMemberUnion(objectMembers(have.Value))
		} else if !isObjectText(m.Value) {
			continue
		}
		have.inner.add(objectMembers(m.Value))
	}
}

// list are the members, nil if there are none.
func (u *memberUnion) list() []Member {
	var list []Member
	for _, m := range u.members {
		if m.inner != nil {
			m.Value = joinMembers(m.inner.list())
		}
		list = append(list, m.Member)
	}
	return list
}

// noteUnion unites notes and the extensions beside them. PxWeb says in the extension
// which notes are mandatory, by number, and the numbers change in the union: with the
// notes A, B in one part and B, C in another the union is A, B, C, so that
// noteMandatory {"1": true} of the second part (C) becomes {"2": true}.
type noteUnion struct {
	notes []string
	at    map[string]int
	first json.RawMessage // the only extension so far, if members is nil
	all   *memberUnion
}

func newNoteUnion(notes []string, extension json.RawMessage) *noteUnion {
	u := &noteUnion{notes: slices.Clip(notes), at: make(map[string]int, len(notes)), first: extension}
	for i, note := range notes {
		if _, twice := u.at[note]; !twice {
			u.at[note] = i
		}
	}
	return u
}

func (u *noteUnion) add(notes []string, extension json.RawMessage) {
	number := make(map[string]string, len(notes))
	for i, note := range notes {
		k, known := u.at[note]
		if !known {
			k = len(u.notes)
			u.at[note] = k
			u.notes = append(u.notes, note)
		}
		number[strconv.Itoa(i)] = strconv.Itoa(k)
	}
	members := objectMembers(extension)
	switch {
	case members == nil && u.all == nil && u.first == nil:
		u.first = extension
		return
	case members == nil:
		return
	}
	for i, m := range members {
		if m.Name != pxext.NoteMandatory {
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
	if u.all == nil {
		u.all = newMemberUnion(objectMembers(u.first))
	}
	u.all.add(members)
}

// extension is the extension of all.
func (u *noteUnion) extension() json.RawMessage {
	if u.all == nil {
		return u.first
	}
	return joinMembers(u.all.list())
}

// linkUnion unites links. A link "describedby" has an extension with a member for each
// category. A cube that was fetched in parts has the same link in each part, with the
// categories of that part: they become one link again, unless they contradict each other.
type linkUnion struct {
	links        []unionLink
	exact        map[linkText]int     // the first of these
	descriptions map[linkFields][]int // those that describe categories
}

// unionLink is a link, and of one that describes categories what several say of
// them, of which its texts are made.
type unionLink struct {
	Link
	described  *memberUnion
	textsStale bool // the texts do not have all of it
}

// linkFields is what a link says besides its extension, linkText all of it.
type linkFields struct {
	rel, href, typ string
	class          Class
	label          string
}

type linkText struct {
	linkFields
	extension, raw string
}

func fieldsOf(l Link) linkFields { return linkFields{l.Rel, l.Href, l.Type, l.Class, l.Label} }

func newLinkUnion(links []Link) *linkUnion {
	u := &linkUnion{exact: map[linkText]int{}, descriptions: map[linkFields][]int{}}
	for _, l := range links {
		u.appendLink(l)
	}
	return u
}

// describes tells whether a link describes categories: then it may be one with
// another that describes other ones.
func describes(l Link) bool { return l.Rel == "describedby" && l.Extension != nil }

// appendLink puts a link behind the others.
func (u *linkUnion) appendLink(l Link) {
	n := len(u.links)
	u.links = append(u.links, unionLink{Link: l})
	if describes(l) {
		s := fieldsOf(l)
		u.descriptions[s] = append(u.descriptions[s], n)
		return
	}
	text := linkText{fieldsOf(l), string(l.Extension), string(l.Raw)}
	if _, twice := u.exact[text]; !twice {
		u.exact[text] = n
	}
}

// add adds the links that are new.
func (u *linkUnion) add(links []Link) {
	for _, l := range links {
		if !describes(l) {
			if _, have := u.exact[linkText{fieldsOf(l), string(l.Extension), string(l.Raw)}]; !have {
				u.appendLink(l)
			}
			continue
		}
		members := objectMembers(l.Extension)
		known := false
		for _, k := range u.descriptions[fieldsOf(l)] {
			if known = u.links[k].absorb(l, members); known {
				break
			}
		}
		if !known {
			u.appendLink(l)
		}
	}
}

// absorb takes the members of another description of categories into this one. It reports
// false, and takes nothing, if they say different things of a category.
func (have *unionLink) absorb(l Link, members []Member) bool {
	if have.described == nil {
		have.described = newMemberUnion(objectMembers(have.Extension))
	}
	if len(members) == len(have.described.members) {
		// Two that say the same of all are one only if the rest is the same too.
		if have.writeTexts(); bytes.Equal(have.Extension, l.Extension) {
			return bytes.Equal(have.Raw, l.Raw)
		}
	}
	for _, m := range members {
		if k, ok := have.described.at[m.Name]; ok && !bytes.Equal(have.described.members[k].Value, m.Value) {
			return false
		}
	}
	have.described.add(members)
	have.textsStale = true
	return true
}

// writeTexts writes extension and raw text of the link anew, if it has absorbed others.
func (have *unionLink) writeTexts() {
	if !have.textsStale {
		return
	}
	have.textsStale = false
	have.setExtension(joinMembers(have.described.list()))
}

// list are the links, nil if there are none.
func (u *linkUnion) list() []Link {
	var links []Link
	for i := range u.links {
		u.links[i].writeTexts()
		links = append(links, u.links[i].Link)
	}
	return links
}
