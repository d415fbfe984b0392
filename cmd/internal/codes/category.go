package codes

import (
	"cmp"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/about"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A category is what is told of one. The JSON is documented in docs/look.md.
type category struct {
	Dimension string   `json:"dimension"`
	ID        string   `json:"id"`
	Label     string   `json:"label"`
	Parents   []string `json:"parents,omitempty"`
	Unit      string   `json:"unit,omitempty"`
	Decimals  *int     `json:"decimals,omitempty"`
	Notes     []string `json:"notes,omitempty"`
	Links     []string `json:"links,omitempty"`
}

// columns are the names of the columns of texts.
func columns() []string {
	return []string{"dimension", "id", "label", "parents", "unit", "notes", "links"}
}

// texts are what is told, by column.
func (c category) texts() []string {
	return []string{c.Dimension, c.ID, c.Label, strings.Join(c.Parents, " "), c.Unit, strings.Join(c.Notes, " "), strings.Join(c.Links, " ")}
}

// categories are those of a dimension in their order.
func categories(d *jsonstat.Dimension, lang string) []category {
	list := make([]category, d.Len())
	for cat := range d.Categories() {
		list[cat.Index] = category{Dimension: d.ID(), ID: cat.ID, Label: about.Line(cat.Label)}
	}
	for cat := range d.Categories() {
		for _, child := range cat.Children {
			if k := d.Index(child); k >= 0 {
				list[k].Parents = append(list[k].Parents, cat.ID)
			}
		}
	}
	for _, u := range about.Units(d) {
		list[u.Category].Unit, list[u.Category].Decimals = u.Text, u.Decimals
	}
	for _, n := range about.NotesOf(d) {
		if n.Category >= 0 {
			list[n.Category].Notes = append(list[n.Category].Notes, about.Line(n.Text))
		}
	}
	for _, u := range d.Identifiers() {
		if k := d.Index(u.Category); k >= 0 {
			list[k].Links = append(list[k].Links, cmp.Or(u.PageURL(lang), u.AboutURL(lang), u.String()))
		}
	}
	return list
}
