package pxserver

import (
	"cmp"
	"io"
	"strings"
)

// writePXJSON writes format json of version 1 and json-px of version 2: a column for
// each variable but the contents and one for each of these, and the figures as texts.
func writePXJSON(w io.Writer, e *extract) {
	label := e.label()
	p := &pxJSON{jsonWriter: &jsonWriter{w: w}, extract: e}
	p.keys, p.contents = e.contentsLast()
	p.object(func() {
		p.key("columns").array(p.columns)
		p.key("comments").array(p.comments)
		p.key("data").array(p.data)
		p.key("metadata").array(func() {
			p.object(func() {
				p.key("infofile").text(cmp.Or(e.t.Infofile, "None"))
				p.given("updated", e.date())
				p.key("label").text(label)
				p.key("source").text(e.t.Source.In(e.lang))
			})
		})
	})
	p.flush()
}

type pxJSON struct {
	*jsonWriter
	*extract
	keys     []int // axes
	contents int   // the axis of the contents; -1 is none
}

// column writes a column.
func (p *pxJSON) column(code, text, kind, unit string, notes []Note) {
	p.object(func() {
		p.key("code").text(code)
		p.key("text").text(text)
		p.given("comment", p.noteText(notes))
		p.key("type").text(kind)
		p.given("unit", unit)
	})
}

func (p *pxJSON) noteText(notes []Note) string {
	var lines []string
	for _, n := range notes {
		lines = append(lines, n.Text.In(p.lang))
	}
	return strings.Join(lines, "\r\n")
}

func (p *pxJSON) columns() {
	for _, i := range p.keys {
		v, kind := p.axes[i].v, "d"
		if v.Kind == Time {
			kind = "t"
		}
		p.column(v.Code, v.Text.In(p.lang), kind, "", v.Notes)
	}
	if p.contents < 0 {
		p.column(p.t.contents().In(p.lang), p.t.contents().In(p.lang), "c", "", nil)
		return
	}
	p.axes[p.contents].each(func(code string, v *Value) {
		p.column(code, v.Text.In(p.lang), "c", v.Unit.In(p.lang), v.Notes)
	})
}

// comments writes the notes of values.
func (p *pxJSON) comments() {
	for _, i := range p.keys {
		p.axes[i].each(func(code string, v *Value) {
			if len(v.Notes) == 0 {
				return
			}
			p.object(func() {
				p.key("variable").text(p.axes[i].v.Code)
				p.key("value").text(code)
				p.key("comment").text(p.noteText(v.Notes))
			})
		})
	}
}

// data writes a row for each combination of the keys.
func (p *pxJSON) data() {
	columns := 1
	if p.contents >= 0 {
		columns = len(p.axes[p.contents].picks)
	}
	w := newWalk(p.extract)
	for more := w.next(); more; {
		p.object(func() {
			p.key("key").array(func() {
				for _, i := range p.keys {
					p.text(p.axes[i].picks[w.at[i]].code)
				}
			})
			p.key("values").array(func() {
				for range columns {
					p.text(w.figure())
					more = w.next()
				}
			})
		})
	}
}
