package pxconv

import (
	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// extension is the extension of the dataset: what PxWeb puts there, and what it loses.
func (f *file) extension(n *notes) []byte {
	var x object
	x.raw("noteMandatory", mandatoryOf(n.table))
	x.raw("px", f.px(n))
	x.raw("contact", f.contacts())
	return x.json()
}

// px is extension.px.
func (f *file) px(n *notes) []byte {
	var x object
	said := func(name string, e *entry) {
		if e != nil {
			x.raw(name, quote(e.text()))
		}
	}
	said("infofile", f.table("INFOFILE", f.lang))
	said("tableid", f.any("TABLEID"))
	x.int("decimals", f.shown)
	x.bool("official-statistics", f.yes("OFFICIAL-STATISTICS", false))
	x.bool("aggregallowed", f.yes("AGGREGALLOWED", true))
	x.bool("copyright", f.yes("COPYRIGHT", false))
	if f.lang != noLanguage {
		x.text("language", f.lang)
	}
	said("contents", f.table("CONTENTS", f.lang))
	said("description", f.table("DESCRIPTION", f.lang))
	standard := f.yes("DESCRIPTIONDEFAULT", false)
	if e := f.any("DESCRIPTIONDEFAULT"); standard && f.any("DESCRIPTION") == nil {
		f.warn(WarnMissing, e.keyword, e.line, "there is no DESCRIPTION")
		f.keep(e)
		standard = false
	}
	x.bool("descriptiondefault", standard)
	var heading, stub []string
	if f.content == nil {
		stub = []string{f.freeID(contentsID)}
	}
	for _, v := range f.variables {
		if v.heading {
			heading = append(heading, v.id)
		} else {
			stub = append(stub, v.id)
		}
	}
	x.texts("heading", heading)
	x.texts("stub", stub)
	said("matrix", f.any("MATRIX"))
	said("subject-code", f.any("SUBJECT-CODE"))
	said("subject-area", f.table("SUBJECT-AREA", f.lang))
	if e := f.any("NEXT-UPDATE"); e != nil {
		x.text("nextUpdate", f.date(e))
	}
	said("survey", f.table("SURVEY", f.lang))
	said("link", f.table("LINK", f.lang))
	said("updateFrequency", f.any("UPDATE-FREQUENCY"))
	x.raw(pxext.CellNote, f.cellNotes(n))
	x.raw(pxext.Keywords, f.keywords(f.keptEntries(), f.lang))
	x.raw(pxext.Languages, f.otherLanguages())
	return x.json()
}
