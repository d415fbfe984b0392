package pxconv

import (
	"strconv"
	"strings"
)

// setRest reads what is left: what is said of variables once for all languages, and what has
// no place of its own.
func (f *file) setRest() error {
	for _, e := range f.entries {
		switch e.keyword {
		case "ELIMINATION", "PRESTEXT", "MAP", "VARIABLE-TYPE", "HIERARCHIES", "META-ID":
			if err := f.setOf(e); err != nil {
				return err
			}
			continue
		case "CONFIDENTIAL":
			if e.text() != "0" {
				f.warn(WarnConfidential, e.keyword, e.line, "PxWeb shows a 0 for each 1 and a 3 for each 2 of this table: here the numbers are as they stand in the file")
			}
		case "HIERARCHYNAMES":
			f.checkNames(e)
		case "CONTACT":
			if f.langOf(e) == f.lang && (f.content != nil || strings.Contains(e.text(), "||")) {
				f.keep(e) // which of the contents it is of, and its parts
			}
		case "COPYRIGHT", "AGGREGALLOWED", "OFFICIAL-STATISTICS", "DESCRIPTIONDEFAULT":
			if !strings.EqualFold(e.text(), "YES") && !strings.EqualFold(e.text(), "NO") {
				f.warn(WarnValue, e.keyword, e.line, "%q is neither YES nor NO", e.text())
				f.keep(e)
			}
		}
		if f.langOf(e) != f.lang && e.lang != "" {
			continue // among the languages
		}
		if p := place(e.keyword); p == keptAlways || p == unplaced {
			f.keep(e)
		}
	}
	if f.showSaid && f.decimals != f.shown {
		f.keep(f.any("DECIMALS"))
	} else if f.showSaid {
		f.keep(f.any("SHOWDECIMALS")) // that it stands there
	}
	return nil
}

// checkNames warns where HIERARCHYNAMES are not as many as the levels.
func (f *file) checkNames(names *entry) {
	for _, e := range f.entries {
		if e.keyword != "HIERARCHYLEVELS" || len(e.sub) != 1 || len(names.sub) != 1 || f.variable(f.langOf(e), e.sub[0]) != f.variable(f.langOf(names), names.sub[0]) {
			continue
		}
		if n, err := strconv.Atoi(e.text()); err == nil && n != len(names.values) {
			f.warn(WarnHierarchy, names.keyword, names.line, "there are %d names for %d levels", len(names.values), n)
		}
	}
}

// setOf notes what an entry says of a variable.
func (f *file) setOf(e *entry) error {
	if len(e.sub) == 0 {
		if e.keyword != "META-ID" {
			f.lost(e, "the name of a variable belongs in brackets behind it")
		} else {
			f.keep(e)
		}
		return nil
	}
	v := f.variable(f.langOf(e), e.sub[0])
	if v == nil {
		f.lost(e, "there is no variable %q", e.sub[0])
		return nil
	}
	if e.keyword == "META-ID" {
		v.entries[e.keyword+" "+strings.Join(e.sub[1:], " ")] = e
		if len(e.sub) > 1 && f.value(v, f.langOf(e), e.sub[1]) < 0 {
			f.lost(e, "there is no value %q of %q", e.sub[1], e.sub[0])
		}
		return nil
	}
	if e.keyword == "PRESTEXT" {
		if _, err := strconv.Atoi(e.text()); err != nil {
			f.lost(e, "%q is none of 0, 1, 2 and 3", e.text())
			return nil
		}
		axis := f.any("AXIS-VERSION")
		if version, err := strconv.Atoi(f.anyText("AXIS-VERSION")); e.text() != "1" && (err != nil || version < 2010 || e.at < axis.at) {
			f.warn(WarnValue, e.keyword, e.line, "without AXIS-VERSION 2010 in front of it, it meant something else: it is read as it is today")
		}
	}
	v.entries[e.keyword] = e
	switch e.keyword {
	case "MAP", "VARIABLE-TYPE":
		if f.langOf(e) == f.lang || e.lang == "" {
			f.keep(e)
		}
	}
	return nil
}
