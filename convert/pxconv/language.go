package pxconv

import (
	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// otherLanguages are the texts of the languages that are not read, by language, nil if there
// are none. Names of members are those of the document itself:
//
//	"sv": {"label": "Båtar", "source": "Verket", "dimension": {"harbour": {"label": "hamn",
//	  "category": {"label": {"N": "Norr"}}}}, "keywords": {"CONTENTS": "Båtar"}}
func (f *file) otherLanguages() []byte {
	var x object
	for _, lang := range f.languages {
		if lang != f.lang {
			x.raw(lang, f.otherLanguage(lang))
		}
	}
	return x.json()
}

func (f *file) otherLanguage(lang string) []byte {
	n := f.notesIn(lang)
	var x object
	if e := f.table("TITLE", lang); e != nil {
		x.text("label", e.text())
	}
	if e := f.table("SOURCE", lang); e != nil {
		x.text("source", e.text())
	}
	if len(n.table) > 0 {
		x.texts("note", textsOf(n.table))
		x.raw("noteMandatory", mandatoryOf(n.table))
	}
	var dims object
	for _, v := range f.variables {
		dims.raw(v.id, f.otherDimension(v, lang, &n))
	}
	x.raw("dimension", dims.json())
	x.raw(pxext.CellNote, f.cellNotes(&n))
	x.raw(pxext.Keywords, f.keywords(f.keywordsIn(lang), lang))
	return x.json()
}

// otherDimension is what a variable is called in another language.
func (f *file) otherDimension(v *variable, lang string, n *notes) []byte {
	t := v.texts[lang]
	if t == nil {
		return nil
	}
	var x, category, labels, notes object
	x.text("label", t.name)
	if len(n.of[v]) > 0 {
		x.texts("note", textsOf(n.of[v]))
		x.raw("noteMandatory", mandatoryOf(n.of[v]))
	}
	for k, text := range t.values {
		labels.raw(v.codes[k], quote(text))
	}
	for k := range v.codes {
		if list := n.values[v][k]; len(list) > 0 {
			notes.texts(v.codes[k], textsOf(list))
		}
	}
	category.raw("label", labels.json())
	category.raw("note", notes.json())
	x.raw("category", category.json())
	if m := f.categoryMandatory(v, n); m != nil {
		x.raw("categoryNoteMandatory", m)
	}
	return x.json()
}

// keywordsIn are the entries of a language that have no place among its texts. What is said
// once for all languages is not repeated.
func (f *file) keywordsIn(lang string) []*entry {
	var list []*entry
	for _, e := range f.entries {
		if f.langOf(e) != lang {
			continue
		}
		switch e.keyword {
		case "TITLE", "SOURCE", "STUB", "HEADING", "VALUES", "CODES", "VARIABLECODE", "NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX",
			"CELLNOTE", "CELLNOTEX", "CONTVARIABLE", "META-ID", "ELIMINATION", "PRESTEXT", "LANGUAGE", "LANGUAGES",
			"HIERARCHIES", "TIMEVAL", "LAST-UPDATED":
			continue
		}
		if e.lang == "" && !perLanguage(e.keyword) {
			continue
		}
		list = append(list, e)
	}
	return list
}

// perLanguage tells whether a keyword may say something else in each language.
func perLanguage(keyword string) bool {
	switch keyword {
	case "CONTENTS", "SUBJECT-AREA", "UNITS", "BASEPERIOD", "CONTACT", "INFOFILE", "SURVEY", "LINK", "DESCRIPTION",
		"DATABASE", "DOMAIN", "INFO", "DATASYMBOL1", "DATASYMBOL2", "DATASYMBOL3", "DATASYMBOL4", "DATASYMBOL5", "DATASYMBOL6",
		"DATASYMBOL7", "DATASYMBOLNIL", "DATASYMBOLSUM", "DATANOTE", "DATANOTECELL", "DATANOTESUM", "ATTRIBUTE-TEXT":
		return true
	}
	return false
}
