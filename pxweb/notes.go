package pxweb

import (
	"github.com/jsonstat-go/toolkit/internal/about"
)

// Note is a note of a table, of one of its variables, or of a value.
type Note struct {
	Variable  string // "" for the table
	Value     string // "" for the variable
	Text      string // without HTML, on one line
	Mandatory bool   // the server wants it to be shown wherever the figures are
}

// Notes are the notes of a table: its own, then those of each variable and of its values, in
// the order of the metadata. Version 1 tells none.
func (t *Table) Notes() []Note {
	if t.Dataset == nil {
		return nil
	}
	var list []Note
	for _, n := range about.Notes(t.Dataset) {
		note := Note{Text: about.Line(n.Text), Mandatory: n.Mandatory}
		if n.Dimension != nil {
			note.Variable = n.Dimension.ID()
		}
		if n.Category >= 0 {
			note.Value = n.Dimension.CategoryID(n.Category)
		}
		list = append(list, note)
	}
	return list
}
