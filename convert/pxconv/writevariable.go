package pxconv

import (
	"encoding/json"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// variables adds names, values and codes.
func (h *headEntries) variables() {
	x := h.x
	for i, d := range x.dims {
		sub := []string{x.names[i]}
		h.add("VARIABLECODE", "", sub, item{d.ID(), true})
		values, codes := make([]item, d.Len()), make([]item, d.Len())
		for k := range d.Len() {
			values[k], codes[k] = item{x.value(i, k), true}, item{d.CategoryID(k), true}
		}
		h.add("VALUES", "", sub, values...)
		h.add("CODES", "", sub, codes...)
		h.timeValues(i, d, sub)
		h.hierarchy(d, sub)
		h.extension(i, d, sub)
		if d.Role() == jsonstat.Geo && !x.keptOf("MAP", sub[0]) && !x.keptOf("VARIABLE-TYPE", sub[0]) {
			h.add("VARIABLE-TYPE", "", sub, item{"G", true})
		}
		h.metaID(i, d, sub)
	}
}

// hierarchy adds what stands below what.
func (h *headEntries) hierarchy(d *jsonstat.Dimension, sub []string) {
	if !d.HasHierarchy() {
		return
	}
	var b strings.Builder
	child := map[string]bool{}
	for c := range d.Categories() {
		for _, id := range c.Children {
			child[id] = true
		}
	}
	add := func(text string) {
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(text)
	}
	quoted := func(id string) string { return `"` + strings.ReplaceAll(id, `"`, "'") + `"` }
	for c := range d.Categories() {
		if len(c.Children) > 0 && !child[c.ID] {
			add(quoted(c.ID))
		}
	}
	// Parents stand in front of what is below them.
	seen := map[string]bool{}
	for _, c := range d.Walk() {
		for _, id := range c.Children {
			if seen[c.ID+"\x00"+id] {
				continue
			}
			seen[c.ID+"\x00"+id] = true
			if seen[id] {
				h.x.warn("parents", "a value below several others stands below the first alone: PxWeb reads no more")
				continue
			}
			seen[id] = true
			add(quoted(c.ID) + ":" + quoted(id))
		}
	}
	h.list = append(h.list, outEntry{keyword: "HIERARCHIES", sub: sub, raw: b.String()})
}

// extension adds what the extension of a dimension says.
func (h *headEntries) extension(i int, d *jsonstat.Dimension, sub []string) {
	var x struct {
		Elimination          bool
		EliminationValueCode *string
		Show                 string
	}
	if d.Extension() != nil {
		_ = json.Unmarshal(d.Extension(), &x) // what is of another type says nothing
	}
	if x.Elimination {
		value := item{"YES", false}
		if x.EliminationValueCode != nil {
			if k := d.Index(*x.EliminationValueCode); k >= 0 {
				value = item{h.x.value(i, k), true}
			}
		}
		h.add("ELIMINATION", "", sub, value)
	}
	text := map[string]string{"code": "0", "code_value": "2", "value_code": "3"}[x.Show]
	if text == "" && len(x.Show) == 1 && x.Show[0]-'4' <= 5 {
		text = x.Show // PxWeb shows a number that it does not know as it is
	}
	if text != "" {
		h.add("PRESTEXT", "", sub, item{text, false})
	}
}

// metaID adds the identifiers of a variable and its values.
func (h *headEntries) metaID(i int, d *jsonstat.Dimension, sub []string) {
	for _, l := range d.Links() {
		if l.Rel != "describedby" || l.Extension == nil || l.Extension[0] != '{' {
			continue
		}
		jsontoken.Split(l.Extension, func(name, value []byte) {
			var text string
			if json.Unmarshal(value, &text) != nil || text == "" {
				return
			}
			switch id := string(jsontoken.Unquote(nil, name)); {
			case d.Index(id) >= 0:
				h.add("META-ID", "", []string{sub[0], h.x.value(i, d.Index(id))}, item{text, true})
			case id == d.ID():
				h.add("META-ID", "", sub, item{text, true})
			}
		})
	}
}
