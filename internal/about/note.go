package about

import (
	"encoding/json"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A Note is a remark on a table, on one of its dimensions or on a category.
type Note struct {
	Dimension *jsonstat.Dimension // nil: the table
	Category  int                 // its place, -1: the dimension or the table as a whole
	Text      string              // without HTML, see [Text]
	Mandatory bool                // it must be shown wherever the figures are
}

// Notes are the notes of a dataset: its own, then those of each dimension and of its
// categories, in their order.
func Notes(ds *jsonstat.Dataset) []Note {
	list := appendNotes(nil, nil, -1, ds.Notes(), mandatory(ds.Extension()))
	for _, d := range ds.Dimensions() {
		list = append(list, NotesOf(d)...)
	}
	return list
}

// NotesOf are those of a dimension and of its categories.
func NotesOf(d *jsonstat.Dimension) []Note {
	list := appendNotes(nil, d, -1, d.Notes(), mandatory(d.Extension()))
	var of struct {
		Category map[string]map[string]bool `json:"categoryNoteMandatory"`
	}
	_ = json.Unmarshal(d.Extension(), &of)
	for c := range d.Categories() {
		list = appendNotes(list, d, c.Index, c.Notes, of.Category[c.ID])
	}
	return list
}

// mandatory are the numbers of the notes that must be shown.
func mandatory(extension json.RawMessage) map[string]bool {
	var numbers map[string]bool
	_ = json.Unmarshal(members(extension)[pxext.NoteMandatory], &numbers)
	return numbers
}

func appendNotes(list []Note, d *jsonstat.Dimension, category int, texts []string, must map[string]bool) []Note {
	for i, text := range texts {
		list = append(list, Note{d, category, Text(text), must[strconv.Itoa(i)]})
	}
	return list
}
