package pxserver

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// writePX writes an extract as a px file: keywords, then the figures, a line for each
// combination of the stub.
func writePX(w http.ResponseWriter, e *extract) {
	contentType := "application/octet-stream"
	p := &pxWriter{e, newPageWriter(w, e)}
	if e.second {
		contentType += "; charset=" + p.page
	}
	setType(w, contentType)
	p.head()
	p.cells()
	p.flush()
}

type pxWriter struct {
	*extract
	pageWriter
}

func (p *pxWriter) write(text string) {
	p.buf = append(p.buf, encode(text, p.page)...)
	if len(p.buf) > flushAt {
		p.flush()
	}
}

// text is a text in quotes; the format has none for those inside of it.
func (p *pxWriter) text(s string) string {
	return `"` + strings.NewReplacer(`"`, "'", "\r\n", " ", "\n", " ", "\t", " ").Replace(s) + `"`
}

// word writes a keyword with its value as it stands.
func (p *pxWriter) word(keyword, value string) { p.write(keyword + "=" + value + ";" + p.end) }

// texts writes a keyword with texts, if there are any.
func (p *pxWriter) texts(keyword string, texts ...string) {
	if len(texts) == 0 || len(texts) == 1 && texts[0] == "" {
		return
	}
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = p.text(t)
	}
	p.list(keyword, quoted)
}

// list writes a keyword with what stands behind it, few enough in a line.
func (p *pxWriter) list(keyword string, items []string) {
	p.write(keyword + "=")
	long := len(keyword) + 1
	for i, item := range items {
		if i > 0 {
			p.write(",")
		}
		if i > 0 && long+len(item) > 200 {
			p.write(p.end)
			long = 0
		}
		p.write(item)
		long += len(item) + 1
	}
	p.write(";" + p.end)
}

func yes(is bool) string {
	if is {
		return "YES"
	}
	return "NO"
}

// of is a keyword of a variable, or of one of its values.
func (p *pxWriter) of(keyword string, names ...string) string {
	for i, name := range names {
		names[i] = p.text(name)
	}
	return keyword + "(" + strings.Join(names, ",") + ")"
}

func (p *pxWriter) head() {
	t, lang := p.t, p.lang
	subject, area := t.subject()
	p.texts("CHARSET", "ANSI")
	p.texts("AXIS-VERSION", "2013")
	p.texts("CODEPAGE", p.page)
	p.texts("LANGUAGE", lang)
	p.texts("CREATION-DATE", p.updated().In(local).Format("20060102 15:04"))
	p.texts("TABLEID", t.ID)
	p.word("DECIMALS", fmt.Sprint(t.Decimals))
	p.word("SHOWDECIMALS", fmt.Sprint(t.Decimals))
	p.texts("MATRIX", t.matrix())
	p.word("COPYRIGHT", yes(t.Copyright))
	p.texts("SUBJECT-CODE", subject)
	p.texts("SUBJECT-AREA", area.In(lang))
	p.texts("TITLE", p.label())
	p.texts("CONTENTS", t.contents().In(lang))
	p.variables()
	p.texts("SOURCE", t.Source.In(lang))
	for _, c := range t.Contact {
		p.texts("CONTACT", c.Raw)
	}
	for _, n := range p.tableNotes() {
		p.note("", n)
	}
}

// note writes a note, of the table where it stands for nothing else.
func (p *pxWriter) note(name string, n Note) {
	keyword := "NOTE"
	if n.Mandatory {
		keyword = "NOTEX"
	}
	if name != "" {
		keyword = p.of(keyword, name)
	}
	p.texts(keyword, n.Text.In(p.lang))
}

// each calls for the axes that are dimensions, with their names.
func (p *pxWriter) each(f func(a *axis, name string)) {
	for _, i := range p.shown {
		f(&p.axes[i], p.axes[i].v.Text.In(p.lang))
	}
}

func (p *pxWriter) variables() {
	stub, heading := p.sides()
	p.texts("STUB", p.names(stub, pick.textIn)...)
	p.texts("HEADING", p.names(heading, pick.textIn)...)
	p.each(func(a *axis, name string) {
		if a.v.Kind == Contents {
			p.texts("CONTVARIABLE", name)
		}
	})
	for _, keyword := range []string{"VALUES", "CODES"} {
		p.each(func(a *axis, name string) {
			var texts []string
			for _, c := range a.picks {
				if keyword == "VALUES" {
					texts = append(texts, c.text.In(p.lang))
				} else {
					texts = append(texts, c.code)
				}
			}
			p.texts(p.of(keyword, name), texts...)
		})
	}
	p.each(func(a *axis, name string) {
		if a.v.Kind == Time {
			p.periods(a, name)
		}
		switch {
		case !a.v.Elimination || a.list != nil:
		case a.v.EliminationValue == "":
			p.word(p.of("ELIMINATION", name), "YES")
		default:
			if i := a.v.index(a.v.EliminationValue); i >= 0 {
				p.texts(p.of("ELIMINATION", name), a.v.Values[i].Text.In(p.lang))
			}
		}
		for _, n := range a.v.Notes {
			p.note(name, n)
		}
	})
	p.units()
}

// periods writes which periods the values stand for.
func (p *pxWriter) periods(a *axis, name string) {
	scale := ""
	values := []string{""}
	for _, c := range a.picks {
		s := timeScale(c.code)
		if s == "" || scale != "" && s != scale {
			return // no periods, or not of one length
		}
		scale = s
		values = append(values, p.text(timeValue(c.code)))
	}
	values[0] = "TLIST(" + scale + ")"
	p.list(p.of("TIMEVAL", name), values)
}

// units writes what the contents are counted in, and when they were updated.
func (p *pxWriter) units() {
	date := p.updated().In(local).Format("20060102 15:04")
	a := p.contents()
	if a == nil {
		p.texts("UNITS", p.t.contents().In(p.lang))
		p.texts("LAST-UPDATED", date)
		return
	}
	first := true
	a.each(func(_ string, v *Value) {
		unit, name := v.Unit.In(p.lang), v.Text.In(p.lang)
		if unit == "" {
			unit = name
		}
		if first {
			p.texts("UNITS", unit)
			first = false
		}
		p.texts(p.of("UNITS", name), unit)
		p.texts(p.of("LAST-UPDATED", name), date)
		p.texts(p.of("REFPERIOD", name), v.RefPeriod.In(p.lang))
		p.texts(p.of("BASEPERIOD", name), v.BasePeriod.In(p.lang))
		if v.Decimals != p.t.Decimals {
			p.word(p.of("PRECISION", a.v.Text.In(p.lang), name), fmt.Sprint(v.Decimals))
		}
	})
}

func (p *pxWriter) cells() {
	columns := gridOf(p.extract, nil).columns
	p.write("DATA=" + p.end)
	w := newWalk(p.extract)
	for n := 1; w.next(); n++ {
		if len(w.token) > 0 {
			p.write(w.figure())
		} else {
			p.write(p.text(w.figure()))
		}
		if n%columns == 0 {
			p.write(p.end)
		} else {
			p.write(" ")
		}
	}
	p.write(";" + p.end)
}

// writeSDMX writes a message of SDMX with each figure, keyed by its codes.
func writeSDMX(w http.ResponseWriter, e *extract) {
	setType(w, "text/xml")
	io.WriteString(w, `<?xml version="1.0" encoding="utf-8"?><MessageGroup><DataSet>`)
	for c := newWalk(e); c.next(); {
		io.WriteString(w, "<Obs>")
		for _, i := range e.shown {
			fmt.Fprintf(w, "<Key concept=\"%s\" value=\"%s\"/>", xmlText(e.axes[i].v.Code), xmlText(e.axes[i].picks[c.at[i]].code))
		}
		fmt.Fprintf(w, "<Value>%s</Value></Obs>", xmlText(c.figure()))
	}
	io.WriteString(w, "</DataSet></MessageGroup>")
}
