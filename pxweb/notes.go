package pxweb

import (
	"encoding/json"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
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
	list := notesOf("", "", t.Dataset.Notes(), mandatory(t.Dataset.Extension(), pxext.NoteMandatory))
	for i := range t.Variables {
		d := t.Variables[i].Dim
		if d == nil {
			continue
		}
		list = append(list, notesOf(d.ID(), "", d.Notes(), mandatory(d.Extension(), pxext.NoteMandatory))...)
		var byValue struct {
			Mandatory map[string]map[string]bool `json:"categoryNoteMandatory"`
		}
		_ = json.Unmarshal(d.Extension(), &byValue)
		for c := range d.Categories() {
			list = append(list, notesOf(d.ID(), c.ID, c.Notes, byValue.Mandatory[c.ID])...)
		}
	}
	return list
}

// mandatory are the numbers of the notes that must be shown.
func mandatory(extension json.RawMessage, name string) map[string]bool {
	var members map[string]json.RawMessage
	var numbers map[string]bool
	_ = json.Unmarshal(extension, &members)
	_ = json.Unmarshal(members[name], &numbers)
	return numbers
}

func notesOf(variable, value string, texts []string, must map[string]bool) []Note {
	var list []Note
	for i, text := range texts {
		list = append(list, Note{variable, value, transport.Plain(text), must[strconv.Itoa(i)]})
	}
	return list
}
