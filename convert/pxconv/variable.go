package pxconv

import (
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// setVariables reads STUB and HEADING.
func (f *file) setVariables() error {
	f.byName = map[string]map[string]*variable{f.main: {}}
	first := f.sides(f.main)
	if len(first.names) == 0 {
		return f.fault(nil, "", "there is neither STUB nor HEADING")
	}
	for i, name := range first.names {
		if f.byName[f.main][name] != nil {
			return f.fault(first.entry, first.entry.keyword, "the variable %q stands twice in STUB and HEADING", name)
		}
		v := &variable{heading: i >= first.stub, texts: map[string]*variableTexts{f.main: {name: name}}, entries: map[string]*entry{}}
		f.variables = append(f.variables, v)
		f.byName[f.main][name] = v
	}
	for _, lang := range f.languages {
		if lang == f.main {
			continue
		}
		other := f.sides(lang)
		if len(other.names) == 0 {
			continue // the names of the main language stand for them
		}
		if len(other.names) != len(first.names) || other.stub != first.stub {
			return f.fault(other.entry, other.entry.keyword, "STUB and HEADING have %d and %d names in the language %q, but %d and %d in %q",
				other.stub, len(other.names)-other.stub, lang, first.stub, len(first.names)-first.stub, f.main)
		}
		f.byName[lang] = map[string]*variable{}
		for i, name := range other.names {
			f.variables[i].texts[lang] = &variableTexts{name: name}
			f.byName[lang][name] = f.variables[i]
		}
	}
	return nil
}

// sidesOf are the variables of a language, those of STUB first.
type sidesOf struct {
	names []string
	stub  int // how many are in STUB
	entry *entry
}

func (f *file) sides(lang string) sidesOf {
	var s sidesOf
	for _, keyword := range []string{"STUB", "HEADING"} {
		e := f.table(keyword, lang)
		if e == nil {
			continue
		}
		s.entry = e
		for _, name := range e.texts() {
			if name == "" {
				f.warn(WarnEmpty, keyword, e.line, "a name is empty and is left out")
				continue
			}
			s.names = append(s.names, name)
		}
		if keyword == "STUB" {
			s.stub = len(s.names)
		}
	}
	return s
}

// setValues reads VALUES, CODES and TIMEVAL of all variables.
func (f *file) setValues() error {
	codes := map[*variable]*entry{}
	for _, e := range f.entries {
		switch e.keyword {
		case "VALUES", "CODES", "TIMEVAL", "VARIABLECODE":
		default:
			continue
		}
		if len(e.sub) != 1 {
			return f.fault(e, e.keyword, "the name of one variable belongs in brackets behind it")
		}
		lang := f.langOf(e)
		v := f.variable(lang, e.sub[0])
		if v == nil {
			if e.keyword != "CODES" && e.keyword != "VALUES" {
				f.warn(WarnVariable, e.keyword, e.line, "there is no variable %q", e.sub[0])
				f.keep(e)
				continue
			}
			return f.fault(e, e.keyword, "there is no variable %q in STUB and HEADING", e.sub[0])
		}
		switch e.keyword {
		case "CODES":
			codes[v] = e
		case "VARIABLECODE":
			v.id = e.text()
			v.entries[e.keyword] = e
		case "TIMEVAL":
			if lang == f.lang || v.time == nil {
				v.time = f.timeValues(e)
			}
		case "VALUES":
			if err := f.setTexts(v, lang, e); err != nil {
				return err
			}
		}
	}
	for _, v := range f.variables {
		if err := f.setCodes(v, codes[v]); err != nil {
			return err
		}
	}
	return f.setIDs()
}

// setTexts sets the texts of the values of a variable in a language.
func (f *file) setTexts(v *variable, lang string, e *entry) error {
	t := v.texts[lang]
	if t == nil {
		t = &variableTexts{name: v.texts[f.main].name}
		v.texts[lang] = t
	}
	values := e.texts()
	if slices.Contains(values, "") {
		f.warn(WarnEmpty, e.keyword, e.line, "a value of %q is an empty text", t.name)
	}
	if t.values != nil && len(t.values) != len(values) {
		return f.fault(e, e.keyword, "%q has %d values here, but %d in line %d", t.name, len(values), len(t.values), t.entry.line)
	}
	if t.values != nil {
		f.warn(WarnRepeated, e.keyword, e.line, "it stands a second time for %q: the last one counts", t.name)
	}
	t.values, t.entry = values, e
	return nil
}

// setCodes sets the codes of the values, and sees to it that all lists are of one length.
func (f *file) setCodes(v *variable, codes *entry) error {
	main := v.texts[f.main]
	if main.values == nil && v.time != nil && v.time.periods != nil {
		main.values = v.time.texts()
		f.warn(WarnMissing, "VALUES", 0, "it is missing for %q: TIMEVAL stands for it", main.name)
	}
	if main.values == nil && codes != nil {
		main.values = codes.texts()
		f.warn(WarnMissing, "VALUES", codes.line, "it is missing for %q: the codes stand for it", main.name)
	}
	if main.values == nil {
		return f.fault(nil, "VALUES", "there is none for the variable %q", main.name)
	}
	for _, lang := range f.languages {
		if t := v.texts[lang]; t != nil && t.values != nil && len(t.values) != len(main.values) {
			return f.fault(t.entry, "VALUES", "%q has %d values in the language %q, but %q has %d in %q", t.name, len(t.values), lang, main.name, len(main.values), f.main)
		}
	}
	if len(main.values) == 0 {
		return f.fault(main.entry, "VALUES", "the variable %q has no value", main.name)
	}
	if codes != nil && codes.comma && len(codes.values) == len(main.values)-1 {
		codes.values = append(codes.values, item{"", false}) // the last code is an empty text
	}
	switch {
	case codes == nil:
		v.made = true
		v.codes = make([]string, len(main.values))
		for i := range v.codes {
			v.codes[i] = strconv.Itoa(i)
		}
	case len(codes.values) != len(main.values):
		return f.fault(codes, "CODES", "%q has %d codes for %d values", main.name, len(codes.values), len(main.values))
	default:
		v.codes = codes.texts()
		if twice := twiceIn(v.codes); twice >= 0 {
			return f.fault(codes, "CODES", "the code %q of %q occurs twice", v.codes[twice], main.name)
		}
	}
	if v.time != nil && v.time.periods != nil && len(v.time.periods) != len(v.codes) {
		f.warn(WarnTime, "TIMEVAL", v.time.entry.line, "%q has %d periods for %d values", main.name, len(v.time.periods), len(v.codes))
		v.time.periods = nil
	}
	return nil
}

// twiceIn is the place of a text that stands a second time, -1 if there is none.
func twiceIn(list []string) int {
	seen := make(map[string]bool, len(list))
	for i, text := range list {
		if seen[text] {
			return i
		}
		seen[text] = true
	}
	return -1
}

// setIDs sees to it that no two dimensions have one id.
func (f *file) setIDs() error {
	seen := map[string]bool{}
	for _, v := range f.variables {
		if _, ok := v.entries["VARIABLECODE"]; !ok {
			v.id = v.texts[f.main].name
		}
		if seen[v.id] {
			return f.fault(v.entries["VARIABLECODE"], "VARIABLECODE", "two variables have the code %q", v.id)
		}
		seen[v.id] = true
	}
	return nil
}

// dimensionRole is the role of a variable.
func (f *file) dimensionRole(v *variable) jsonstat.Role {
	kind := v.entries["VARIABLE-TYPE"]
	switch {
	case v == f.content:
		return jsonstat.Metric
	case v.time != nil:
		return jsonstat.Time
	case kind != nil && strings.EqualFold(kind.text(), "G") || v.entries["MAP"] != nil:
		return jsonstat.Geo
	}
	return jsonstat.Classification
}
