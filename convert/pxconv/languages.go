package pxconv

import (
	"slices"
	"strconv"
	"strings"
)

// noLanguage is what PxWeb calls the language of a file without LANGUAGE.
const noLanguage = "default"

// setLanguages finds out which languages there are.
func (f *file) setLanguages() {
	f.main = noLanguage
	var declared []string
	for _, e := range f.entries {
		switch {
		case e.keyword == "LANGUAGE" && len(e.values) > 0 && e.sub == nil:
			if declared != nil {
				f.warn(WarnOrder, e.keyword, e.line, "it stands behind LANGUAGES")
			}
			f.main = strings.ToLower(e.text())
		case e.keyword == "LANGUAGES" && e.sub == nil:
			declared = []string{}
			for _, lang := range e.texts() {
				declared = append(declared, strings.ToLower(lang))
			}
		}
	}
	f.languages = []string{f.main}
	add := func(lang string) bool {
		if slices.Contains(f.languages, lang) {
			return false
		}
		f.languages = append(f.languages, lang)
		return true
	}
	for _, lang := range declared {
		add(lang)
	}
	for _, e := range f.entries {
		if e.lang != "" && add(e.lang) {
			f.warn(WarnLanguage, e.keyword, e.line, "the language %q is not in LANGUAGES", e.lang)
		}
	}
	f.lang = f.main
}

// setTables notes what is said of the table, and which keywords are odd.
func (f *file) setTables() {
	f.tables = map[string]map[string]*entry{}
	for _, lang := range f.languages {
		f.tables[lang] = map[string]*entry{}
	}
	for _, e := range f.entries {
		if !isKnown(e.keyword) {
			f.warn(WarnUnknown, e.keyword, e.line, "the keyword is not known: it is kept under extension.px.keywords")
		}
		if e.sub != nil {
			continue
		}
		table := f.tables[f.langOf(e)]
		if before := table[e.keyword]; before != nil && isKnown(e.keyword) && !addsUp(e.keyword) {
			f.warn(WarnRepeated, e.keyword, e.line, "it stands a second time: the last one counts")
		}
		table[e.keyword] = e
	}
}

// checkMandatory sees to it that what must be there is there.
func (f *file) checkMandatory() error {
	for _, keyword := range []string{"MATRIX", "SUBJECT-CODE", "SUBJECT-AREA", "CONTENTS", "DECIMALS", "UNITS"} {
		e := f.any(keyword)
		empty := e != nil && e.text() == "" && (keyword == "MATRIX" || keyword == "CONTENTS")
		if e != nil && !empty || keyword == "UNITS" && f.content != nil {
			if e == nil {
				f.warn(WarnMissing, keyword, 0, "it is missing for the table")
			}
			continue
		}
		if empty {
			return f.fault(e, keyword, "it is empty")
		}
		return f.fault(nil, keyword, "it is missing")
	}
	for _, lang := range f.languages[1:] {
		for _, keyword := range []string{"CONTENTS", "SUBJECT-AREA", "UNITS"} {
			if f.table(keyword, lang) == nil {
				f.warn(WarnLanguage, keyword, 0, "it is missing in the language %q", lang)
			}
		}
	}
	return nil
}

// setDecimals finds out how many decimals numbers have and are shown with.
func (f *file) setDecimals() error {
	e := f.any("DECIMALS")
	n, err := strconv.Atoi(e.text())
	if err != nil || n < 0 {
		return f.fault(e, e.keyword, "%q is no number of decimals", e.text())
	}
	if n > 15 {
		f.warn(WarnDecimals, e.keyword, e.line, "%d decimals are more than 15", n)
	}
	f.decimals, f.shown = n, n
	show := f.any("SHOWDECIMALS")
	if show == nil {
		return nil
	}
	k, err := strconv.Atoi(show.text())
	switch {
	case err != nil || k < 0 || k > 6:
		f.warn(WarnDecimals, show.keyword, show.line, "%q is no number from 0 to 6: it is left out", show.text())
	case k > n:
		f.warn(WarnDecimals, show.keyword, show.line, "%d are more than DECIMALS has, %d: it is left out", k, n)
	case show.at < e.at:
		f.warn(WarnDecimals, show.keyword, show.line, "it stands in front of DECIMALS: it is left out")
	default:
		f.shown, f.showSaid = k, true
		return nil
	}
	f.keep(show)
	return nil
}

// checkOrder warns of keywords in an order that PxWeb does not read.
func (f *file) checkOrder() error {
	last := -1
	for _, e := range f.entries {
		if e.keyword == "CODES" && f.langOf(e) == f.main {
			last = e.at
		}
	}
	for _, e := range f.entries {
		switch e.keyword {
		case "CELLNOTE", "CELLNOTEX", "DATANOTECELL":
			if e.at < last {
				f.warn(WarnOrder, e.keyword, e.line, "it stands in front of CODES")
			}
		}
	}
	return nil
}
