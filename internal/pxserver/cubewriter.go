package pxserver

import (
	"cmp"
	"io"
	"strconv"
)

// A cubeWriter writes an extract as JSON-stat: the members that its versions share are
// here.
type cubeWriter struct {
	*jsonWriter
	*extract
	old bool // without notes

	// codeListAt is the address of a code list. With it the metadata of the table is
	// written, not an answer.
	codeListAt func(id string) string
}

func newCubeWriter(w io.Writer, e *extract) *cubeWriter {
	return &cubeWriter{jsonWriter: &jsonWriter{w: w}, extract: e, old: e.host.OldSerializer}
}

func (c *cubeWriter) heads() {
	c.key("label").text(c.label())
	c.key("source").text(c.t.Source.In(c.lang))
	if date := c.date(); date != "" {
		c.key("updated").text(date)
	}
}

func (c *cubeWriter) ids(axes []*axis) {
	c.key("id").array(func() {
		for _, a := range axes {
			c.text(a.v.Code)
		}
	})
	c.key("size").array(func() {
		for _, a := range axes {
			c.number(len(a.categories()))
		}
	})
}

// roles writes role, which is not there where there is no time.
func (c *cubeWriter) roles(axes []*axis) {
	of := func(is func(*Variable) bool) (codes []string) {
		for _, a := range axes {
			if is(a.v) {
				codes = append(codes, a.v.Code)
			}
		}
		return codes
	}
	times := of(func(v *Variable) bool { return v.Kind == Time })
	if len(times) == 0 {
		return
	}
	geo := of(func(v *Variable) bool { return !c.host.NoGeo && (v.Kind == Geo || v.Map != "") })
	metric := of(func(v *Variable) bool { return v.Kind == Contents })
	c.key("role").object(func() {
		c.key("time").texts(times)
		if len(geo) > 0 {
			c.key("geo").texts(geo)
		}
		if len(metric) > 0 {
			c.key("metric").texts(metric)
		}
	})
}

func (c *cubeWriter) category(a *axis) {
	categories := a.categories()
	c.key("category").object(func() {
		c.key("index").object(func() {
			for i, p := range categories {
				c.key(p.code).number(i)
			}
		})
		c.key("label").object(func() {
			for _, p := range categories {
				c.key(p.code).text(p.text.In(c.lang))
			}
		})
		if !c.old && a.any(func(v *Value) bool { return len(v.Notes) > 0 }) {
			c.key("note").object(func() {
				a.each(func(code string, v *Value) { c.notes(code, v.Notes) })
			})
		}
		if a.v.Kind == Contents {
			c.key("unit").object(func() {
				a.each(func(code string, v *Value) {
					c.key(code).object(func() {
						c.key("base").text(v.Unit.In(c.lang))
						c.key("decimals").number(v.Decimals)
					})
				})
			})
		}
	})
}

// notes writes notes, if there are any.
func (c *cubeWriter) notes(key string, notes []Note) {
	if len(notes) == 0 {
		return
	}
	c.key(key).array(func() {
		for _, n := range notes {
			c.text(n.Text.In(c.lang))
		}
	})
}

// describedBy writes the identifiers of the values and of the variable.
func (c *cubeWriter) describedBy(a *axis) {
	if a.v.URNs == "" && !a.any(func(v *Value) bool { return v.URNs != "" }) {
		return
	}
	c.key("link").object(func() {
		c.key("describedby").array(func() {
			c.object(func() {
				c.key("extension").object(func() {
					a.each(func(code string, v *Value) {
						// A value called like the variable shares its string.
						if v.URNs != "" && (code != a.v.Code || a.v.URNs == "") {
							c.key(code).text(v.URNs)
						}
					})
					c.given(a.v.Code, a.v.URNs)
				})
			})
		})
	})
}

// related writes the addresses of the table.
func (c *cubeWriter) related() {
	if len(c.t.Related) == 0 {
		return
	}
	c.key("link").object(func() {
		c.key("related").array(func() {
			for _, r := range c.t.Related {
				c.object(func() {
					c.key("extension").object(func() {
						c.key("relation").text(r.Relation)
						c.key("metaid").text(r.MetaID)
					})
					c.key("href").text(r.Href)
					c.key("label").text(r.Label)
					c.key("type").text(cmp.Or(r.Type, "text/html"))
				})
			}
		})
	})
}

// values writes value, and tells whether any cell has a symbol.
func (c *cubeWriter) values() (symbols bool) {
	c.key("value").array(func() {
		for w := newWalk(c.extract); c.err == nil && w.next(); {
			symbols = symbols || w.symbol != ""
			c.token(w.token)
		}
	})
	return symbols
}

// statuses writes status, by position.
func (c *cubeWriter) statuses() {
	c.key("status").object(func() {
		w := newWalk(c.extract)
		for i := 0; c.err == nil && w.next(); i++ {
			if w.symbol != "" {
				c.key(strconv.Itoa(i)).text(w.symbol)
			}
		}
	})
}
