package pxconv

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// setContent finds the content variable and what is said of its values.
func (f *file) setContent() error {
	if e := f.any("CONTVARIABLE"); e != nil {
		if main := f.table("CONTVARIABLE", f.main); main != nil {
			e = main
		}
		f.content = f.variable(f.langOf(e), e.text())
		if f.content == nil {
			return f.fault(e, e.keyword, "there is no variable %q", e.text())
		}
	}
	f.infos = make([]info, 1)
	if f.content != nil {
		f.infos = make([]info, f.content.len())
	}
	for _, e := range f.entries {
		if place(e.keyword) != ofContent {
			continue
		}
		if main := f.table("CONTVARIABLE", f.main); main != nil && len(e.sub) > 0 && e.at < main.at {
			f.warn(WarnOrder, main.keyword, main.line, "it stands behind %s, which it belongs in front of", e.keyword)
		}
		k := 0
		switch {
		case f.content == nil && len(e.sub) > 0:
			return f.fault(e, e.keyword, "it is about the value %q, but there is no CONTVARIABLE", e.sub[len(e.sub)-1])
		case f.content != nil && len(e.sub) == 0:
			if f.langOf(e) == f.lang && e.keyword != "UNITS" {
				f.keep(e) // what is said of the table does not stand in for its contents
			}
			continue
		case f.content != nil:
			if k = f.contentOf(e); k < 0 {
				f.warn(WarnVariable, e.keyword, e.line, "there is no value %q of CONTVARIABLE", strings.Join(e.sub, ", "))
				f.keep(e)
				continue
			}
		}
		f.setInfo(&f.infos[k], e)
	}
	return nil
}

// contentOf is the value of the content variable that an entry is about, -1 if it is none:
// UNITS("Income"), or UNITS("contents","Income").
func (f *file) contentOf(e *entry) int {
	lang := f.langOf(e)
	if len(e.sub) > 2 || len(e.sub) == 2 && f.variable(lang, e.sub[0]) != f.content {
		return -1
	}
	return f.value(f.content, lang, e.sub[len(e.sub)-1])
}

// setInfo notes what an entry says. REFPERIOD and what is no text is one for all languages.
func (f *file) setInfo(i *info, e *entry) {
	text, mine := e.text(), f.langOf(e) == f.lang
	yes := strings.EqualFold(text, "YES")
	switch e.keyword {
	case "UNITS":
		if !mine {
			return
		}
		i.units, i.unit = text, e
	case "BASEPERIOD":
		if !mine {
			return
		}
		i.baseperiod = text
	case "CONTACT":
		if !mine {
			return
		}
		i.contact = e
	case "LAST-UPDATED":
		i.updated = e
		if mine {
			f.keep(e)
		}
	case "REFPERIOD":
		i.refperiod = text
	case "STOCKFA":
		i.stockfa = text
	case "CFPRICES":
		i.cfprices = text
	case "DAYADJ":
		i.dayadj = yes
	case "SEASADJ":
		i.seasadj = yes
	}
	i.said = true
}

// measuring is the measuring type.
func (i *info) measuring() string {
	switch strings.ToUpper(i.stockfa) {
	case "S":
		return "Stock"
	case "F":
		return "Flow"
	case "A":
		return "Average"
	}
	return "Other"
}

// price is the price type.
func (i *info) price() string {
	switch strings.ToUpper(i.cfprices) {
	case "C":
		return "Current"
	case "F":
		return "Fixed"
	}
	return "NotApplicable"
}

// adjustment is for what the numbers are adjusted.
func (i *info) adjustment() string {
	switch {
	case i.dayadj && i.seasadj:
		return "WorkAndSes"
	case i.dayadj:
		return "WorkOnly"
	case i.seasadj:
		return "SesOnly"
	}
	return "None"
}

// setPrecision reads PRECISION: digits of the values of variables, -1 where nothing is said.
func (f *file) setPrecision() error {
	f.digits = map[*variable][]int{}
	for _, e := range f.entries {
		if e.keyword != "PRECISION" {
			continue
		}
		if len(e.sub) != 2 {
			f.lost(e, "a variable and a value belong in brackets behind it")
			continue
		}
		lang := f.langOf(e)
		v := f.variable(lang, e.sub[0])
		if v == nil {
			f.lost(e, "there is no variable %q", e.sub[0])
			continue
		}
		value := f.value(v, lang, e.sub[1])
		n, err := strconv.Atoi(e.text())
		switch {
		case value < 0:
			f.lost(e, "there is no value %q of %q", e.sub[1], e.sub[0])
			continue
		case err != nil || n < 0:
			f.warn(WarnValue, e.keyword, e.line, "%q is no number of decimals", e.text())
			f.keep(e)
			continue
		}
		if f.digits[v] == nil {
			f.digits[v] = slices.Repeat([]int{-1}, v.len())
		}
		f.digits[v][value] = n
		if v != f.content && f.langOf(e) == f.main {
			f.keep(e)
		}
	}
	return nil
}

// updated is when the table was changed: the last of LAST-UPDATED of the contents, else
// CREATION-DATE, else LAST-UPDATED of the table.
func (f *file) updated() string {
	var last *entry
	for i := range f.infos {
		if e := f.infos[i].updated; e != nil && (last == nil || cmp.Compare(e.text(), last.text()) > 0) {
			last = e
		}
	}
	dates := []*entry{last, f.any("CREATION-DATE"), f.any("LAST-UPDATED")}
	if f.content == nil { // what is said of the table comes last
		dates = []*entry{f.any("CREATION-DATE"), last}
	}
	for _, e := range dates {
		if e == nil {
			continue
		}
		if date := f.date(e); date != "" {
			return date
		}
	}
	return ""
}
