package pxconv

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// lost notes an entry about something that is not there. It is kept as it is.
func (f *file) lost(e *entry, format string, args ...any) {
	f.warn(WarnVariable, e.keyword, e.line, format, args...)
	f.keep(e)
}

// info is what is said of a value of the content variable, or, where there is none, of the
// table.
type info struct {
	said       bool // anything
	units      string
	updated    *entry
	refperiod  string
	baseperiod string
	stockfa    string
	cfprices   string
	dayadj     bool
	seasadj    bool
	contact    *entry
	unit       *entry // UNITS
}

// anyText is a text about the table that is one for all languages.
func (f *file) anyText(keyword string) string {
	if e := f.any(keyword); e != nil {
		return e.text()
	}
	return ""
}

// yes tells whether a keyword says YES; else is what holds if it says nothing.
func (f *file) yes(keyword string, other bool) bool {
	e := f.any(keyword)
	switch {
	case e == nil:
		return other
	case strings.EqualFold(e.text(), "YES"):
		return true
	case strings.EqualFold(e.text(), "NO"):
		return false
	}
	return other
}

// file is what the head of a PX file says.
type file struct {
	o         Options
	enc       encoding
	entries   []*entry
	main      string                       // the language of what is said without one
	lang      string                       // the one that is read
	languages []string                     // all of them, the main one first
	tables    map[string]map[string]*entry // by language and keyword, what is said of the table; the last counts

	variables []*variable // as the cells are laid out
	byName    map[string]map[string]*variable
	content   *variable // CONTVARIABLE, nil if there is none
	infos     []info    // of its values, or of the table

	decimals int
	shown    int                 // of decimals
	showSaid bool                // SHOWDECIMALS counts
	digits   map[*variable][]int // PRECISION by value, -1 where nothing is said

	kept     []*entry // what has no place of its own
	isKept   map[*entry]bool
	warnings []Warning
	refused  error // the first warning that Strict makes an error
}

// fault is an error of the file.
func (f *file) fault(e *entry, keyword, format string, args ...any) error {
	err := &Error{Keyword: keyword, Msg: fmt.Sprintf(format, args...), Err: ErrNotPX}
	if e != nil {
		err.Line = e.line
		err.Column = 1
	}
	return err
}

// warn notes something that is tolerated.
func (f *file) warn(kind WarningKind, keyword string, line int, format string, args ...any) {
	if i := slices.IndexFunc(f.warnings, func(w Warning) bool { return w.Kind == kind }); i >= 0 {
		f.warnings[i].Count++
		return
	}
	w := Warning{Kind: kind, Keyword: keyword, Line: line, Msg: fmt.Sprintf(format, args...), Count: 1}
	f.warnings = append(f.warnings, w)
	if f.o.Strict && f.refused == nil && kind.refused() {
		f.refused = &Error{Keyword: keyword, Line: line, Msg: w.Msg, Err: ErrNotPX}
	}
}

// keep notes an entry that has no place of its own in JSON-stat.
func (f *file) keep(e *entry) {
	if f.isKept == nil {
		f.isKept = map[*entry]bool{}
	}
	if !f.isKept[e] {
		f.isKept[e] = true
		f.kept = append(f.kept, e)
	}
}

// langOf is the language that an entry is in.
func (f *file) langOf(e *entry) string {
	if e.lang == "" {
		return f.main
	}
	return e.lang
}

// table is what is said of the table in a language, nil if nothing is.
func (f *file) table(keyword, lang string) *entry { return f.tables[lang][keyword] }

// text is a text about the table in the language that is read.
func (f *file) text(keyword string) string {
	if e := f.table(keyword, f.lang); e != nil {
		return e.text()
	}
	return ""
}

// any is what is said of the table in whatever language.
func (f *file) any(keyword string) *entry {
	var last *entry
	for _, lang := range f.languages {
		if e := f.tables[lang][keyword]; e != nil && (last == nil || e.at > last.at) {
			last = e
		}
	}
	return last
}

func itoa(n int) string { return strconv.Itoa(n) }

// A variable of a PX file is known by its name, which differs by language: variables of
// several languages are the same by their place in STUB and HEADING. A value is known by
// its text in a language, by its code in all.

// variable is a dimension of the file.
type variable struct {
	id      string // VARIABLECODE, else the name in the main language of the file
	heading bool
	texts   map[string]*variableTexts // by language
	codes   []string                  // of the values
	made    bool                      // the codes are 0, 1, 2, …
	byCode  map[string]int
	time    *timeValues       // nil: no dimension of time
	entries map[string]*entry // by keyword, of those that stand once for all languages
}

// variableTexts are what a variable is called in a language.
type variableTexts struct {
	name   string
	values []string
	entry  *entry // VALUES
	byText map[string]int
}

// texts are those of a language, else of the main one.
func (f *file) texts(v *variable, lang string) *variableTexts {
	if t := v.texts[lang]; t != nil && t.values != nil {
		return t
	}
	return v.texts[f.main]
}

// name is the name in a language.
func (f *file) name(v *variable, lang string) string {
	if t := v.texts[lang]; t != nil {
		return t.name
	}
	return v.texts[f.main].name
}

// len is the number of values.
func (v *variable) len() int { return len(v.codes) }

// find is the place of the value with a text, -1 if there is none. The first of several
// counts.
func (t *variableTexts) find(text string) int {
	if t.byText == nil {
		t.byText = make(map[string]int, len(t.values))
		for i, v := range slices.Backward(t.values) {
			t.byText[v] = i
		}
	}
	if i, ok := t.byText[text]; ok {
		return i
	}
	return -1
}

// value is the place of a value of a variable by its text in a language, -1 if there is
// none.
func (f *file) value(v *variable, lang, text string) int {
	if i := f.texts(v, lang).find(text); i >= 0 {
		return i
	}
	return v.texts[f.main].find(text)
}

// variable is the variable of a name in a language, nil if there is none.
func (f *file) variable(lang, name string) *variable {
	if v := f.byName[lang][name]; v != nil {
		return v
	}
	return f.byName[f.main][name]
}

// timeValues are what TIMEVAL says.
type timeValues struct {
	entry   *entry
	scale   string // A1, Q1, …
	periods []string
}
