package pxconv

import (
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// head is the head of the dataset.
func (f *file) head() (jsonstat.Head, error) {
	n := f.notesIn(f.lang)
	h := jsonstat.Head{
		Label: f.title(), Source: f.text("SOURCE"), Updated: f.updated(), Notes: textsOf(n.table),
	}
	if f.content == nil {
		d, err := f.contents()
		if err != nil {
			return h, err
		}
		h.Dimensions = append(h.Dimensions, d)
	}
	for _, v := range f.variables {
		d, err := f.dimension(v, &n)
		if err != nil {
			return h, err
		}
		h.Dimensions = append(h.Dimensions, d)
	}
	h.Extension = f.extension(&n)
	return h, nil
}

// title is the title of the table.
func (f *file) title() string {
	if !f.o.MadeTitle {
		for _, keyword := range []string{"TITLE", "DESCRIPTION"} {
			if text := f.text(keyword); text != "" {
				return text
			}
		}
	}
	by, and := "by", "and"
	switch f.language() {
	case "sv":
		by, and = "efter", "och"
	case "no":
		by, and = "etter", "og"
	}
	var names []string
	for _, v := range f.variables {
		if v != f.content {
			names = append(names, f.label(v))
		}
	}
	title := f.text("CONTENTS")
	for i, name := range names {
		switch {
		case i == 0:
			title += " " + by + " "
		case i == len(names)-1:
			title += " " + and + " "
		default:
			title += ", "
		}
		title += name
	}
	return title
}
