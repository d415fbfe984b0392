package pxwebtest

import (
	"io"
	"slices"
	"strconv"
	"time"
)

// writeJSONStat2 writes an extract, or the metadata of a table in v2.
func (e *extract) writeJSONStat2(w io.Writer) error {
	j := &jsonWriter{w: w}
	if e.host.OldSerializer {
		e.oldDataset(j)
	} else {
		e.dataset(j, nil)
	}
	j.flush()
	return j.err
}

// metadata2 are the members that only the metadata of v2 has.
type metadata2 struct {
	codeList func(id string) string // address
}

// dataset writes what the current serializer writes; with meta the metadata.
func (e *extract) dataset(j *jsonWriter, meta *metadata2) {
	axes := e.dimensions()
	j.object(func() {
		j.key("version").text("2.0")
		j.key("class").text("dataset")
		e.heads(j)
		if !e.host.LinkLast {
			e.related(j)
		}
		notes := e.notes()
		writeNotes(j, notes, e.lang)
		e.roles(j, axes)
		e.ids(j, axes)
		j.key("dimension").object(func() {
			for _, a := range axes {
				j.key(a.v.Code).object(func() { e.dimension(j, a, meta) })
			}
		})
		j.key("extension").object(func() {
			writeMandatory(j, "noteMandatory", notes)
			e.px(j, axes)
			if meta != nil {
				if len(e.t.Tags) > 0 {
					j.key("tags").texts(e.t.Tags)
				}
				if e.t.Discontinued {
					j.key("discontinued").boolean(true)
				}
			}
			e.contacts(j)
		})
		if e.host.LinkLast {
			e.related(j)
		}
		if meta != nil {
			j.key("value").texts(nil)
			return
		}
		e.values(j)
	})
}

func (e *extract) heads(j *jsonWriter) {
	j.key("label").text(e.label())
	j.key("source").text(e.t.Source.In(e.lang))
	j.key("updated").text(e.updated().UTC().Format("2006-01-02T15:04:05Z"))
}

func (e *extract) ids(j *jsonWriter, axes []*axis) {
	j.key("id").array(func() {
		for _, a := range axes {
			j.text(a.v.Code)
		}
	})
	j.key("size").array(func() {
		for _, a := range axes {
			j.number(len(a.picks))
		}
	})
}

// roles writes role, which is not there where there is no time.
func (e *extract) roles(j *jsonWriter, axes []*axis) {
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
	geo := of(func(v *Variable) bool { return !e.host.NoGeo && (v.Kind == Geo || v.Map != "") })
	metric := of(func(v *Variable) bool { return v.Kind == Contents })
	j.key("role").object(func() {
		j.key("time").texts(times)
		if len(geo) > 0 {
			j.key("geo").texts(geo)
		}
		if len(metric) > 0 {
			j.key("metric").texts(metric)
		}
	})
}

// notes are the table's that stand in this answer.
func (e *extract) notes() (notes []Note) {
	for _, n := range e.t.Notes {
		if n.Only == "" || e.has(n.Only) {
			notes = append(notes, n)
		}
	}
	return notes
}

// has tells whether a category "Variable=code" is in the answer.
func (e *extract) has(category string) bool {
	for _, a := range e.axes {
		for _, p := range a.picks {
			if !a.gone && a.v.Code+"="+p.code == category {
				return true
			}
		}
	}
	return false
}

func writeNotes(j *jsonWriter, notes []Note, lang string) {
	if len(notes) == 0 {
		return
	}
	j.key("note").array(func() {
		for _, n := range notes {
			j.text(n.Text.In(lang))
		}
	})
}

// writeMandatory writes which notes have to be shown, by their position.
func writeMandatory(j *jsonWriter, key string, notes []Note) {
	if !anyMandatory(notes) {
		return
	}
	j.key(key).object(func() {
		for i, n := range notes {
			if n.Mandatory {
				j.key(strconv.Itoa(i)).boolean(true)
			}
		}
	})
}

func anyMandatory(notes []Note) bool {
	for _, n := range notes {
		if n.Mandatory {
			return true
		}
	}
	return false
}

// dimension writes the members of one dimension.
func (e *extract) dimension(j *jsonWriter, a *axis, meta *metadata2) {
	j.key("label").text(a.v.Text.In(e.lang))
	writeNotes(j, a.v.Notes, e.lang)
	e.category(j, a)
	j.key("extension").object(func() { e.dimensionExtension(j, a, meta) })
	e.describedBy(j, a)
}

func (e *extract) category(j *jsonWriter, a *axis) {
	j.key("category").object(func() {
		j.key("index").object(func() {
			for i := range a.picks {
				j.key(a.picks[i].code).number(i)
			}
		})
		j.key("label").object(func() {
			for i := range a.picks {
				j.key(a.picks[i].code).text(a.picks[i].text.In(e.lang))
			}
		})
		if a.any(func(v *Value) bool { return len(v.Notes) > 0 }) && !e.host.OldSerializer {
			j.key("note").object(func() {
				a.each(func(code string, v *Value) {
					if len(v.Notes) > 0 {
						j.key(code).array(func() {
							for _, n := range v.Notes {
								j.text(n.Text.In(e.lang))
							}
						})
					}
				})
			})
		}
		if a.v.Kind == Contents {
			j.key("unit").object(func() {
				a.each(func(code string, v *Value) {
					j.key(code).object(func() {
						j.key("base").text(v.Unit.In(e.lang))
						j.key("decimals").number(v.Decimals)
					})
				})
			})
		}
	})
}

// each calls for the categories that are values.
func (a *axis) each(f func(code string, v *Value)) {
	for i := range a.picks {
		if v := a.picks[i].value; v != nil {
			f(a.picks[i].code, v)
		}
	}
}

func (a *axis) any(is func(*Value) bool) (found bool) {
	a.each(func(_ string, v *Value) { found = found || is(v) })
	return found
}

// byCode writes an object of a text for each category that has one.
func (a *axis) byCode(j *jsonWriter, key string, text func(*Value) string) {
	if !a.any(func(v *Value) bool { return text(v) != "" }) {
		return
	}
	j.key(key).object(func() {
		a.each(func(code string, v *Value) {
			if s := text(v); s != "" {
				j.key(code).text(s)
			}
		})
	})
}

func (e *extract) dimensionExtension(j *jsonWriter, a *axis, meta *metadata2) {
	e.elimination(j, a, meta)
	writeMandatory(j, "noteMandatory", a.v.Notes)
	if a.any(func(v *Value) bool { return anyMandatory(v.Notes) }) {
		j.key("categoryNoteMandatory").object(func() {
			a.each(func(code string, v *Value) { writeMandatory(j, code, v.Notes) })
		})
	}
	contents := a.v.Kind == Contents
	if contents {
		a.byCode(j, "refperiod", func(v *Value) string { return v.RefPeriod.In(e.lang) })
	}
	j.key("show").text(or(a.v.Show, "value"))
	if meta != nil {
		e.codeLists(j, a.v, meta)
	}
	if contents {
		a.byCode(j, "measuringType", func(v *Value) string { return or(v.MeasuringType, "Other") })
		a.byCode(j, "priceType", func(v *Value) string { return or(v.PriceType, "NotApplicable") })
		a.byCode(j, "adjustment", func(v *Value) string { return or(v.Adjustment, "None") })
		a.byCode(j, "basePeriod", func(v *Value) string { return v.BasePeriod.In(e.lang) })
		a.byCode(j, "alternativeText", func(v *Value) string { return v.Alternative.In(e.lang) })
	}
}

// elimination in an answer is about the answer: true only with the total among
// its values. In metadata it is about the table.
func (e *extract) elimination(j *jsonWriter, a *axis, meta *metadata2) {
	can := a.v.Elimination && a.list == nil
	if a == e.added {
		can = true
	} else if meta == nil {
		total := false
		for i := range a.picks {
			total = total || a.picks[i].code == a.v.EliminationValue
		}
		can = can && total
	}
	j.key("elimination").boolean(can)
	if can && a.v.EliminationValue != "" {
		j.key("eliminationValueCode").text(a.v.EliminationValue)
	}
}

func (e *extract) codeLists(j *jsonWriter, v *Variable, meta *metadata2) {
	key := "codelists"
	if e.host.OldCodeLists {
		key = "codeLists"
	}
	j.key(key).array(func() {
		for i := range v.CodeLists {
			c := &v.CodeLists[i]
			j.object(func() {
				j.key("id").text(c.FullID())
				j.key("label").text(c.Text.In(e.lang))
				j.key("type").text(c.kind())
				j.key("links").array(func() { writeLink(j, "metadata", e.lang, meta.codeList(c.FullID())) })
			})
		}
	})
}

func (c *CodeList) kind() string {
	if c.Aggregation {
		return "Aggregation"
	}
	return "Valueset"
}

func writeLink(j *jsonWriter, rel, lang, href string) {
	j.object(func() {
		j.key("rel").text(rel)
		j.key("hreflang").text(lang)
		j.key("href").text(href)
	})
}

// describedBy writes the identifiers of the values and of the variable.
func (e *extract) describedBy(j *jsonWriter, a *axis) {
	if a.v.URNs == "" && !a.any(func(v *Value) bool { return v.URNs != "" }) {
		return
	}
	j.key("link").object(func() {
		j.key("describedby").array(func() {
			j.object(func() {
				j.key("extension").object(func() {
					a.each(func(code string, v *Value) {
						// A value called like the variable shares its string.
						if v.URNs != "" && (code != a.v.Code || a.v.URNs == "") {
							j.key(code).text(v.URNs)
						}
					})
					if a.v.URNs != "" {
						j.key(a.v.Code).text(a.v.URNs)
					}
				})
			})
		})
	})
}

// related writes the addresses of the table.
func (e *extract) related(j *jsonWriter) {
	if len(e.t.Related) == 0 {
		return
	}
	j.key("link").object(func() {
		j.key("related").array(func() {
			for _, r := range e.t.Related {
				j.object(func() {
					j.key("extension").object(func() {
						j.key("relation").text(r.Relation)
						j.key("metaid").text(r.MetaID)
					})
					j.key("href").text(r.Href)
					j.key("label").text(r.Label)
					j.key("type").text(or(r.Type, "text/html"))
				})
			}
		})
	})
}

func (e *extract) px(j *jsonWriter, axes []*axis) {
	t := e.t
	stub, heading := []string{}, []string{}
	for _, i := range e.shown {
		if code := e.axes[i].v.Code; !e.axes[i].heading {
			stub = append(stub, code)
		} else {
			heading = append(heading, code)
		}
	}
	subject, area := t.subject()
	j.key("px").object(func() {
		j.key("infofile").text(or(t.Infofile, "None"))
		j.key("tableid").text(t.ID)
		j.key("decimals").number(t.Decimals)
		j.key("official-statistics").boolean(t.Official)
		j.key("aggregallowed").boolean(!t.NoAggregation)
		j.key("copyright").boolean(t.Copyright)
		j.key("language").text(e.lang)
		j.key("contents").text(t.ID + ": " + t.contents().In(e.lang) + ",")
		j.key("descriptiondefault").boolean(false)
		if t.Description != "" {
			j.key("description").text(t.Description)
		}
		j.key("heading").texts(heading)
		j.key("stub").texts(stub)
		j.key("matrix").text(t.matrix())
		j.key("subject-code").text(subject)
		j.key("subject-area").text(area.In(e.lang))
		for _, m := range [][2]string{{"nextUpdate", t.NextUpdate}, {"survey", t.Survey}, {"updateFrequency", t.UpdateFrequency}} {
			if m[1] != "" {
				j.key(m[0]).text(m[1])
			}
		}
	})
}

// contacts writes the persons who know the table, and those of the contents that
// are in the answer, each once.
func (e *extract) contacts(j *jsonWriter) {
	all := slices.Clone(e.t.Contact)
	if a := e.contents(); a != nil {
		a.each(func(_ string, v *Value) { all = append(all, v.Contact...) })
	}
	if len(all) == 0 {
		return
	}
	j.key("contact").array(func() {
		for i, c := range all {
			if slices.Contains(all[:i], c) {
				continue
			}
			j.object(func() {
				for _, m := range [][2]string{{"name", c.Name}, {"mail", c.Mail}, {"phone", c.Phone}, {"raw", c.Raw}} {
					if m[1] != "" {
						j.key(m[0]).text(m[1])
					}
				}
			})
		}
	})
}

// values writes value, and status where there is any symbol.
func (e *extract) values(j *jsonWriter) {
	if e.mixed {
		e.otherForm(j)
		return
	}
	symbols := false
	j.key("value").array(func() {
		for w := e.walk(); ; {
			token, symbol, ok := w.next()
			if !ok || j.err != nil {
				return
			}
			symbols = symbols || symbol != ""
			j.token(token)
		}
	})
	if symbols {
		j.key("status").object(func() { e.statuses(j) })
	}
}

// otherForm writes the values that are there by their position, and a status for
// every cell.
func (e *extract) otherForm(j *jsonWriter) {
	j.key("value").object(func() {
		w := e.walk()
		for i := 0; ; i++ {
			token, _, ok := w.next()
			if !ok {
				return
			}
			if len(token) > 0 {
				j.key(strconv.Itoa(i)).token(token)
			}
		}
	})
	j.key("status").array(func() {
		for w := e.walk(); ; {
			_, symbol, ok := w.next()
			switch {
			case !ok:
				return
			case symbol == "":
				j.token(nil)
			default:
				j.text(symbol)
			}
		}
	})
}

func (e *extract) statuses(j *jsonWriter) {
	w := e.walk()
	for i := 0; ; i++ {
		_, symbol, ok := w.next()
		if !ok || j.err != nil {
			return
		}
		if symbol != "" {
			j.key(strconv.Itoa(i)).text(symbol)
		}
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func (t *Table) matrix() string { return or(t.Name, t.ID) }

func (t *Table) heading() int { return max(t.Heading, 1) }

// defaultUpdated is when tables were updated that do not say.
var defaultUpdated = time.Date(2025, 2, 19, 7, 0, 0, 0, time.UTC)
