package jsonstat

import (
	"encoding/json"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// pxNarrowing narrows what a PX file says of cells, and in other languages than that of
// the document. It is under extension.px, deeper than other members that are narrowed:
//
//	{"px": {"cellnote": [{"cell": {"region": "0301"}, "note": …}],
//	        "languages": {"en": {"dimension": {"region": {"category": {"0301": …}}}}}}}
type pxNarrowing struct {
	at       map[string]int // dimensions by id
	from, to []*Dimension
}

// narrowPX narrows the member "px" of an extension; nil if it stays as it is.
func narrowPX(value json.RawMessage, from, to []*Dimension) json.RawMessage {
	n := pxNarrowing{make(map[string]int, len(from)), from, to}
	for i, d := range from {
		n.at[d.id] = i
	}
	return editMembers(value, func(m Member) json.RawMessage {
		switch m.Name {
		case pxext.CellNote:
			return n.narrowCellNotes(m.Value)
		case pxext.Languages:
			return editMembers(m.Value, func(m Member) json.RawMessage { return editMembers(m.Value, n.narrowLanguage) })
		}
		return m.Value
	})
}

// narrowLanguage narrows a member of what is said in another language.
func (n pxNarrowing) narrowLanguage(m Member) json.RawMessage {
	switch m.Name {
	case pxext.CellNote:
		return n.narrowCellNotes(m.Value)
	case "dimension":
		return editMembers(m.Value, n.narrowDimension)
	}
	return m.Value
}

// narrowDimension narrows what a dimension is called.
func (n pxNarrowing) narrowDimension(m Member) json.RawMessage {
	i, ok := n.at[m.Name]
	if !ok || n.from[i] == n.to[i] {
		return m.Value
	}
	from, to := n.from[i], n.to[i]
	return editMembers(from.narrowMembers(m.Value, to), func(m Member) json.RawMessage {
		if m.Name == "category" {
			return from.narrowMembers(m.Value, to)
		}
		return m.Value
	})
}

// narrowCellNotes leaves out the notes on cells that are gone; nil if none is left.
func (n pxNarrowing) narrowCellNotes(value json.RawMessage) json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(value, &list) != nil {
		return value
	}
	kept := []byte{'['}
	for _, note := range list {
		if n.cellRemains(note) {
			kept = append(jsontoken.AppendComma(kept), note...)
		}
	}
	if len(kept) == 1 {
		return nil
	}
	return append(kept, ']')
}

// cellRemains tells whether a note is about a cell that is kept.
func (n pxNarrowing) cellRemains(note json.RawMessage) bool {
	for _, m := range objectMembers(note) {
		if m.Name != "cell" {
			continue
		}
		for _, of := range objectMembers(m.Value) {
			var id string
			if i, ok := n.at[of.Name]; ok && json.Unmarshal(of.Value, &id) == nil && n.from[i].Index(id) >= 0 && n.to[i].Index(id) < 0 {
				return false
			}
		}
	}
	return true
}

// editMembers is an object with what f makes of the values of its members; itself if it is none.
func editMembers(object json.RawMessage, f func(Member) json.RawMessage) json.RawMessage {
	members := objectMembers(object)
	if members == nil {
		return object
	}
	edited := make([]Member, 0, len(members))
	for _, m := range members {
		if m.Value = f(m); m.Value != nil {
			edited = append(edited, m)
		}
	}
	if sameValues(edited, members) {
		return object
	}
	return joinMembers(edited)
}
