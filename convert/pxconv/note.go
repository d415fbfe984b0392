package pxconv

import (
	"strings"
)

// notes are what NOTE, VALUENOTE and CELLNOTE say in one language.
type notes struct {
	table  []note
	of     map[*variable][]note
	values map[*variable]map[int][]note
	cells  []cellNote
}

// note is one note.
type note struct {
	text      string
	mandatory bool // it must be shown
}

// cellNote is a note about cells: those with the given values, by variable; -1 is any.
type cellNote struct {
	note
	values []int
}

// notesIn reads the notes of a language.
func (f *file) notesIn(lang string) notes {
	n := notes{of: map[*variable][]note{}, values: map[*variable]map[int][]note{}}
	for _, e := range f.entries {
		if f.langOf(e) != lang {
			continue
		}
		keyword, mandatory := strings.CutSuffix(e.keyword, "X")
		switch keyword {
		case "NOTE":
			f.addNote(&n, e, mandatory)
		case "VALUENOTE":
			f.addValueNote(&n, e, mandatory)
		case "CELLNOTE":
			f.addCellNote(&n, e, mandatory)
		}
	}
	return n
}

func (f *file) addNote(n *notes, e *entry, mandatory bool) {
	list := notesOf(e.text(), mandatory)
	if len(e.sub) == 0 {
		n.table = append(n.table, list...)
		return
	}
	v := f.variable(f.langOf(e), e.sub[0])
	if v == nil {
		f.lost(e, "there is no variable %q", e.sub[0])
		return
	}
	n.of[v] = append(n.of[v], list...)
}

func (f *file) addValueNote(n *notes, e *entry, mandatory bool) {
	if len(e.sub) != 2 {
		f.lost(e, "a variable and a value belong in brackets behind it")
		return
	}
	v := f.variable(f.langOf(e), e.sub[0])
	if v == nil {
		f.lost(e, "there is no variable %q", e.sub[0])
		return
	}
	k := f.texts(v, f.langOf(e)).find(e.sub[1])
	if k < 0 {
		f.lost(e, "there is no value %q of %q", e.sub[1], e.sub[0])
		return
	}
	if n.values[v] == nil {
		n.values[v] = map[int][]note{}
	}
	n.values[v][k] = append(n.values[v][k], notesOf(e.text(), mandatory)...)
}

func (f *file) addCellNote(n *notes, e *entry, mandatory bool) {
	if len(e.sub) != len(f.variables) {
		f.lost(e, "it has %d parts for %d variables", len(e.sub), len(f.variables))
		return
	}
	values := make([]int, len(e.sub))
	for i, v := range f.variables {
		values[i] = -1
		if e.sub[i] == "*" {
			continue
		}
		if values[i] = f.texts(v, f.langOf(e)).find(e.sub[i]); values[i] < 0 {
			f.lost(e, "there is no value %q of %q", e.sub[i], f.name(v, f.langOf(e)))
			return
		}
	}
	for _, note := range notesOf(e.text(), mandatory) {
		n.cells = append(n.cells, cellNote{note, values})
	}
}

// notesOf takes a text apart: "##" begins another note, "#" another line. In a tag of HTML
// the sign is one of an address.
func notesOf(text string, mandatory bool) []note {
	var list []note
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			list = append(list, note{b.String(), mandatory})
		}
		b.Reset()
	}
	tag := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '#' && !tag && i+1 < len(text) && text[i+1] == '#':
			end()
			i++
		case c == '#' && !tag:
			b.WriteString("\r\n")
		default:
			if c == '<' {
				tag = strings.IndexByte(text[i:], '>') >= 0
			} else if c == '>' {
				tag = false
			}
			b.WriteByte(c)
		}
	}
	end()
	return list
}

// textsOf are the texts of notes, nil for none.
func textsOf(list []note) []string {
	var texts []string
	for _, n := range list {
		texts = append(texts, n.text)
	}
	return texts
}

// mandatoryOf is the object that says which of the notes must be shown, by number; nil if
// none must.
func mandatoryOf(list []note) []byte {
	var o object
	for i, n := range list {
		if n.mandatory {
			o.bool(itoa(i), true)
		}
	}
	return o.json()
}

// categoryMandatory is which notes of values must be shown.
func (f *file) categoryMandatory(v *variable, n *notes) []byte {
	var o object
	for k := range v.codes {
		o.raw(v.codes[k], mandatoryOf(n.values[v][k]))
	}
	return o.json()
}
