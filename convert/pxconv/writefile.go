package pxconv

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// file adds what is said of the file.
func (h *headEntries) file(enc encoding) {
	x := h.x
	if charset, ok := x.keptText("CHARSET"); ok {
		h.text("CHARSET", charset)
	} else {
		h.text("CHARSET", "ANSI")
	}
	if version, ok := x.keptText("AXIS-VERSION"); ok && (version >= "2010" && len(version) == 4 || !x.showsCodes()) {
		h.list = append(h.list, x.kept["AXIS-VERSION"]...)
	} else {
		h.text("AXIS-VERSION", "2013")
	}
	h.text("CODEPAGE", enc.name)
	others := x.languages()
	if x.lang != "" {
		h.text("LANGUAGE", x.lang)
		if len(others) > 0 {
			list := []string{x.lang}
			for _, t := range others {
				list = append(list, t.lang)
			}
			h.add("LANGUAGES", "", nil, texts(list)...)
		}
	}
	if date, ok := x.keptText("CREATION-DATE"); ok {
		h.date("CREATION-DATE", nil, date)
	} else if at, err := x.ds.UpdatedTime(); err == nil && !at.IsZero() && x.kept["LAST-UPDATED"] == nil {
		h.text("CREATION-DATE", at.UTC().Format(dateForm))
	}
	if date, ok := x.keptText("NEXT-UPDATE"); ok {
		h.date("NEXT-UPDATE", nil, date)
	} else if at, ok := timeOf(x.text("nextUpdate")); ok {
		h.text("NEXT-UPDATE", at.UTC().Format(dateForm))
	}
}

// showsCodes tells whether some variable is shown with its codes, which old versions of the
// format say otherwise.
func (x *outline) showsCodes() bool {
	return slices.ContainsFunc(x.dims, func(d *jsonstat.Dimension) bool {
		var said struct{ Show string }
		if d.Extension() != nil {
			_ = json.Unmarshal(d.Extension(), &said)
		}
		return strings.HasPrefix(said.Show, "code") || said.Show == "value_code"
	})
}

// date adds a time that was kept, in the form of the format; one that is none is left out.
func (h *headEntries) date(keyword string, sub []string, text string) {
	at, zoned, ok := parseDate(text)
	switch {
	case !ok:
		h.x.warn("lost", lostText)
		return
	case zoned:
		at = at.UTC()
	}
	h.add(keyword, "", sub, item{at.Format(dateForm), true})
}

// lostText is the warning for what was kept of a file and would make PxWeb stumble.
const lostText = "keywords that PxWeb would not understand, or about what is not there, are left out"

func timeOf(text string) (time.Time, bool) {
	for _, form := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(form, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// decimals adds how many decimals numbers have and are shown with.
func (h *headEntries) decimals(c *cellPlan) {
	h.add("DECIMALS", "", nil, item{itoa(c.decimals), false})
	if _, ok := h.x.keptText("SHOWDECIMALS"); c.shown <= 6 && (ok || c.shown != c.decimals) {
		h.add("SHOWDECIMALS", "", nil, item{itoa(c.shown), false})
	}
}

// table adds what is said of the table.
func (h *headEntries) table() {
	x := h.x
	h.text("MATRIX", cmp.Or(x.o.Matrix, x.text("matrix"), x.text("tableid"), "TABLE"))
	h.text("SUBJECT-CODE", cmp.Or(x.o.SubjectCode, x.text("subject-code"), "X"))
	h.text("SUBJECT-AREA", cmp.Or(x.o.SubjectArea, x.text("subject-area")))
	for _, flag := range []struct {
		keyword, name string
		standard      bool
	}{{"AGGREGALLOWED", "aggregallowed", true}, {"COPYRIGHT", "copyright", false}, {"OFFICIAL-STATISTICS", "official-statistics", false}, {"DESCRIPTIONDEFAULT", "descriptiondefault", false}} {
		yes := flag.standard
		if raw := x.px[flag.name]; raw != nil && json.Unmarshal(raw, &yes) == nil && yes != flag.standard {
			h.add(flag.keyword, "", nil, item{map[bool]string{true: "YES", false: "NO"}[yes], false})
		}
	}
	h.said("DESCRIPTION", "description")
	h.text("TITLE", cmp.Or(x.ds.Label(), x.contentsText()))
	h.text("CONTENTS", x.contentsText())
	units := ""
	if x.contents != nil {
		units = unitText(x.contents.CategoryUnit(0))
	}
	if list := x.kept["UNITS"]; len(list) > 0 && list[0].sub == nil {
		units = ""
		if len(list[0].values) > 0 {
			units = list[0].values[0].text
		}
	}
	h.text("UNITS", cmp.Or(x.o.Units, units))
	for _, side := range []struct {
		keyword string
		names   []string
	}{{"STUB", x.names[:x.stub]}, {"HEADING", x.names[x.stub:]}} {
		if len(side.names) > 0 {
			h.add(side.keyword, "", nil, texts(side.names)...)
		}
	}
	if x.content >= 0 {
		h.text("CONTVARIABLE", x.names[x.content])
	}
	if source := x.ds.Source(); source != "" {
		h.text("SOURCE", source)
	}
	h.said("INFOFILE", "infofile")
	h.said("TABLEID", "tableid")
	h.said("SURVEY", "survey")
	h.said("LINK", "link")
	h.said("UPDATE-FREQUENCY", "updateFrequency")
}
