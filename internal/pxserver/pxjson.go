package pxserver

import (
	"cmp"
	"io"
)

// writePXJSON writes format json: columns, and the figures as texts by key.
func writePXJSON(w io.Writer, e *extract) {
	e.added = nil
	j := &jsonWriter{w: w}
	j.object(func() {
		j.key("columns").array(func() {
			for _, i := range e.shown {
				v := e.axes[i].v
				kind := "d"
				if v.Kind == Time {
					kind = "t"
				}
				j.object(func() {
					j.key("code").text(v.Code)
					j.key("text").text(v.Text.In(e.lang))
					j.key("type").text(kind)
				})
			}
			j.object(func() {
				j.key("code").text(e.t.matrix())
				j.key("text").text(e.t.contents().In(e.lang))
				j.key("type").text("c")
			})
		})
		j.key("comments").array(func() {})
		j.key("data").array(func() { pxData(j, e) })
		j.key("metadata").array(func() {
			j.object(func() {
				j.key("infofile").text(cmp.Or(e.t.Infofile, "None"))
				j.key("updated").text(e.updated().UTC().Format("2006-01-02T15:04:05Z"))
				j.key("label").text(e.label())
				j.key("source").text(e.t.Source.In(e.lang))
			})
		})
	})
	j.flush()
}

func pxData(j *jsonWriter, e *extract) {
	for w := newWalk(e); w.next(); {
		j.object(func() {
			j.key("key").array(func() {
				for _, i := range e.shown {
					j.text(e.axes[i].picks[w.at[i]].code)
				}
			})
			j.key("values").texts([]string{w.text()})
		})
	}
}
