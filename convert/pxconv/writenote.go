package pxconv

import (
	"encoding/json"
	"strings"
)

// notesAbout are the notes of a table in one language.
type notesAbout struct {
	notes []string
	must  map[int]bool // which of them must be shown, by number
	cells json.RawMessage
}

// notes adds the notes of the table, its variables, its values and its cells.
func (h *headEntries) notes(n notesAbout, lang string, names []string, value func(i, k int) string) {
	x := h.x
	for i, text := range n.notes {
		h.note("NOTE", lang, nil, text, n.must[i])
	}
	if lang == "" {
		for i, d := range x.dims {
			must := mandatoryIn(d.Extension(), "noteMandatory")
			for k, text := range d.Notes() {
				h.note("NOTE", "", []string{names[i]}, text, must[k])
			}
			var x struct{ CategoryNoteMandatory map[string]json.RawMessage }
			if d.Extension() != nil {
				_ = json.Unmarshal(d.Extension(), &x)
			}
			for c := range d.Categories() {
				must := numbersIn(x.CategoryNoteMandatory[c.ID])
				for k, text := range c.Notes {
					h.note("VALUENOTE", "", []string{names[i], value(i, c.Index)}, text, must[k])
				}
			}
		}
		if x.made {
			for _, text := range x.contents.Notes() {
				h.note("NOTE", "", nil, text, false)
			}
		}
	}
	h.cellNotes(n.cells, lang, value)
}

// note adds a note: line breaks are "#".
func (h *headEntries) note(keyword, lang string, sub []string, text string, mandatory bool) {
	if mandatory {
		keyword += "X"
	}
	h.add(keyword, lang, sub, item{h.x.noteText(text), true})
}

// noteText is the text of a note in a file.
func (x *outline) noteText(text string) string {
	tag := false
	var b strings.Builder
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for i, r := range text {
		switch {
		case r == '\n':
			b.WriteByte('#')
			continue
		case r == '#' && !tag:
			x.warn("hash", "the sign # in notes becomes ♯: it is a line break in the format")
			b.WriteString("♯")
			continue
		case r == '<':
			tag = strings.IndexByte(text[i:], '>') >= 0
		case r == '>':
			tag = false
		}
		b.WriteRune(r)
	}
	return strings.ReplaceAll(b.String(), "##", "# #")
}

// cellNotes adds the notes on cells of extension.px.
func (h *headEntries) cellNotes(raw json.RawMessage, lang string, value func(i, k int) string) {
	var list []struct {
		Cell      map[string]string
		Note      string
		Mandatory bool
	}
	if raw == nil || json.Unmarshal(raw, &list) != nil {
		return
	}
	for _, n := range list {
		sub := make([]string, len(h.x.dims))
		found := 0
		for i, d := range h.x.dims {
			sub[i] = "*"
			if id, ok := n.Cell[d.ID()]; ok {
				if k := d.Index(id); k >= 0 {
					sub[i] = value(i, k)
					found++
				}
			}
		}
		if found == len(n.Cell) {
			h.note("CELLNOTE", lang, sub, n.Note, n.Mandatory)
		}
	}
}
