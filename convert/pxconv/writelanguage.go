package pxconv

import (
	"cmp"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// symbolsOf adds the texts of marks in another language: those that were kept, else, where
// the marks are none themselves, the same.
func (h *headEntries) symbolsOf(t translated, c *cellPlan) {
	if t.added {
		for mark := 1; mark < markCount; mark++ {
			if c.texts[mark] != "" {
				h.add(symbolKeyword(mark), t.lang, nil, item{c.texts[mark], true})
			}
		}
		return
	}

	for _, e := range t.kept {
		if strings.HasPrefix(e.keyword, "DATASYMBOL") {
			h.list = append(h.list, e)
		}
	}
	for _, e := range t.kept {
		if e.keyword == "DATANOTECELL" {
			h.list = append(h.list, e)
		}
	}
}

// language adds the entries of another language.
func (h *headEntries) language(t translated, c *cellPlan) {
	x := h.x
	names := namesOf(x.dims, func(id string) string { return t.dims[id].Label })
	value := func(i, k int) string {
		id := x.dims[i].CategoryID(k)
		if text := t.dims[x.dims[i].ID()].Category.Label[id]; strings.TrimSpace(text) != "" {
			return text
		}
		return x.value(i, k)
	}
	kept := map[string]bool{}
	for i := range t.kept {
		if t.kept[i].sub == nil {
			kept[t.kept[i].keyword] = true
		}
	}
	add := func(keyword, text string) {
		if !kept[keyword] {
			h.add(keyword, t.lang, nil, item{text, true})
		}
	}
	add("TITLE", cmp.Or(t.label, x.ds.Label(), x.contentsText()))
	add("CONTENTS", cmp.Or(t.contents, x.contentsText()))
	add("SUBJECT-AREA", cmp.Or(x.o.SubjectArea, x.text("subject-area")))
	unit := ""
	if x.contents != nil {
		unit = cmp.Or(t.units[x.contents.CategoryID(0)], unitText(x.contents.CategoryUnit(0)))
	}
	add("UNITS", unit)
	if t.source != "" {
		add("SOURCE", t.source)
	}
	for _, side := range []struct {
		keyword string
		names   []string
	}{{"STUB", names[:x.stub]}, {"HEADING", names[x.stub:]}} {
		if len(side.names) > 0 {
			h.add(side.keyword, t.lang, nil, texts(side.names)...)
		}
	}
	if x.content >= 0 {
		add("CONTVARIABLE", names[x.content])
		d := x.dims[x.content]
		for k := range d.Len() {
			if text := t.units[d.CategoryID(k)]; text != "" {
				h.add("UNITS", t.lang, []string{value(x.content, k)}, item{text, true})
			}
		}
	}
	for i, d := range x.dims {
		values := make([]item, d.Len())
		for k := range values {
			values[k] = item{value(i, k), true}
		}
		h.add("VALUES", t.lang, []string{names[i]}, values...)
		h.dimensionNotes(t.dims[d.ID()], d, t.lang, names[i], func(k int) string { return value(i, k) })
	}
	h.notes(notesAbout{t.notes, t.must, t.cells}, t.lang, names, value)
	for _, e := range t.kept {
		switch {
		case e.keyword == "DATANOTECELL" || strings.HasPrefix(e.keyword, "DATASYMBOL"):
		case place(e.keyword) == unplaced && h.has(e.keyword):
			x.warn("lost", lostText)
		case e.keyword == "CONTACT" && t.added && x.content >= 0:
			e.sub = []string{value(x.content, 0)}
			h.list = append(h.list, e)
		default:
			h.list = append(h.list, e)
		}
	}
	h.symbolsOf(t, c)
}

// dimensionNotes adds the notes on a variable and its values in another language.
func (h *headEntries) dimensionNotes(t translatedDimension, d *jsonstat.Dimension, lang, name string, value func(k int) string) {
	must := numbersIn(t.NoteMandatory)
	for k, text := range t.Note {
		h.note("NOTE", lang, []string{name}, text, must[k])
	}
	for k := range d.Len() {
		must := numbersIn(t.CategoryNoteMandatory[d.CategoryID(k)])
		for n, text := range t.Category.Note[d.CategoryID(k)] {
			h.note("VALUENOTE", lang, []string{name, value(k)}, text, must[n])
		}
	}
}
