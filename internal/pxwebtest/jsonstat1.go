package pxwebtest

import "io"

// writeJSONStat1 writes format json-stat (1.2): id, size and role inside
// dimension, no notes; with statuses they stand first and extension is gone.
func (e *extract) writeJSONStat1(w io.Writer) error {
	e.added = nil // older than the dimension of eliminated contents
	axes := e.dimensions()
	j := &jsonWriter{w: w}
	j.object(func() {
		j.key("dataset").object(func() {
			symbols := e.symbols()
			if symbols {
				j.key("status").object(func() { e.statuses(j) })
			}
			j.key("dimension").object(func() {
				for _, a := range axes {
					j.key(a.v.Code).object(func() {
						j.key("label").text(a.v.Text.In(e.lang))
						e.categoryOld(j, a)
						j.key("extension").object(func() { j.key("show").text(or(a.v.Show, "value")) })
						e.describedBy(j, a)
					})
				}
				e.ids(j, axes)
				e.roles(j, axes)
			})
			e.heads(j)
			e.justValues(j)
			if !symbols {
				j.key("extension").object(func() { e.pxOld(j) })
			}
		})
	})
	j.flush()
	return j.err
}

// oldDataset writes JSON-stat 2 as servers did before notes came into it.
func (e *extract) oldDataset(j *jsonWriter) {
	axes := e.dimensions()
	j.object(func() {
		j.key("class").text("dataset")
		e.heads(j)
		e.ids(j, axes)
		j.key("dimension").object(func() {
			for _, a := range axes {
				j.key(a.v.Code).object(func() {
					j.key("extension").object(func() { j.key("show").text(or(a.v.Show, "value")) })
					j.key("label").text(a.v.Text.In(e.lang))
					e.categoryOld(j, a)
					e.describedBy(j, a)
				})
			}
		})
		e.justValues(j)
		if e.symbols() {
			j.key("status").object(func() { e.statuses(j) })
		}
		e.roles(j, axes)
		j.key("version").text("2.0")
		j.key("extension").object(func() { e.pxOld(j) })
		e.related(j)
	})
}

// categoryOld is a category without notes.
func (e *extract) categoryOld(j *jsonWriter, a *axis) {
	bare := *a
	bare.picks = append([]pick(nil), a.picks...)
	for i, p := range bare.picks {
		if p.value != nil {
			v := *p.value
			v.Notes = nil
			bare.picks[i].value = &v
		}
	}
	e.category(j, &bare)
}

func (e *extract) pxOld(j *jsonWriter) {
	j.key("px").object(func() {
		j.key("infofile").text(or(e.t.Infofile, "None"))
		j.key("tableid").text(e.t.ID)
		j.key("decimals").number(e.t.Decimals)
	})
}

func (e *extract) justValues(j *jsonWriter) {
	j.key("value").array(func() {
		for w := e.walk(); ; {
			token, _, ok := w.next()
			if !ok || j.err != nil {
				return
			}
			j.token(token)
		}
	})
}

// symbols tells whether any cell has one.
func (e *extract) symbols() bool {
	for w := e.walk(); ; {
		_, symbol, ok := w.next()
		if !ok {
			return false
		}
		if symbol != "" {
			return true
		}
	}
}
