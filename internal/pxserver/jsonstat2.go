package pxserver

import (
	"cmp"
	"io"
	"slices"
	"strconv"
)

// writeJSONStat2 writes format json-stat2 as the host does.
func writeJSONStat2(w io.Writer, e *extract) {
	c := newCubeWriter(w, e)
	if c.old {
		c.object(c.oldDataset)
	} else {
		c.object(c.dataset)
	}
	c.flush()
}

// dataset writes what the current serializer writes.
func (c *cubeWriter) dataset() {
	axes, metadata := c.dimensions(), c.codeListAt != nil
	c.key("version").text("2.0")
	c.key("class").text("dataset")
	c.heads()
	if !c.host.LinkLast {
		c.related()
	}
	notes := c.tableNotes()
	c.notes("note", notes)
	c.roles(axes)
	c.ids(axes)
	c.key("dimension").object(func() {
		for _, a := range axes {
			c.key(a.v.Code).object(func() { c.dimension(a) })
		}
	})
	c.key("extension").object(func() {
		c.mandatory("noteMandatory", notes)
		c.px(axes)
		if metadata && len(c.t.Tags) > 0 {
			c.key("tags").texts(c.t.Tags)
		}
		switch {
		case !metadata:
			c.key("discontinued").token(nil)
		case c.t.Discontinued:
			c.key("discontinued").boolean(true)
		}
		c.contacts()
	})
	if c.host.LinkLast {
		c.related()
	}
	switch {
	case metadata:
		c.key("value").texts(nil)
	case c.mixed:
		c.otherForm()
	case c.values():
		c.statuses()
	}
}

// mandatory writes which notes have to be shown, by their position.
func (c *cubeWriter) mandatory(key string, notes []Note) {
	if !anyMandatory(notes) {
		return
	}
	c.key(key).object(func() {
		for i, n := range notes {
			if n.Mandatory {
				c.key(strconv.Itoa(i)).boolean(true)
			}
		}
	})
}

func anyMandatory(notes []Note) bool {
	return slices.ContainsFunc(notes, func(n Note) bool { return n.Mandatory })
}

// dimension writes the members of one dimension.
func (c *cubeWriter) dimension(a *axis) {
	c.key("label").text(a.v.Text.In(c.lang))
	c.notes("note", a.v.Notes)
	c.category(a)
	c.key("extension").object(func() { c.dimensionExtension(a) })
	c.describedBy(a)
}

// byCode writes an object of a text for each category that has one.
func (c *cubeWriter) byCode(a *axis, key string, text func(*Value) string) {
	if a.any(func(v *Value) bool { return text(v) != "" }) {
		c.key(key).object(func() {
			a.each(func(code string, v *Value) { c.given(code, text(v)) })
		})
	}
}

func (c *cubeWriter) dimensionExtension(a *axis) {
	c.elimination(a)
	c.mandatory("noteMandatory", a.v.Notes)
	if a.any(func(v *Value) bool { return anyMandatory(v.Notes) }) {
		c.key("categoryNoteMandatory").object(func() {
			a.each(func(code string, v *Value) { c.mandatory(code, v.Notes) })
		})
	}
	contents := a.v.Kind == Contents
	if contents {
		c.byCode(a, "refperiod", func(v *Value) string { return v.RefPeriod.In(c.lang) })
	}
	c.key("show").text(cmp.Or(a.v.Show, "value"))
	if c.codeListAt != nil {
		c.codeLists(a.v)
	}
	if contents {
		c.byCode(a, "measuringType", func(v *Value) string { return cmp.Or(v.MeasuringType, "Other") })
		c.byCode(a, "priceType", func(v *Value) string { return cmp.Or(v.PriceType, "NotApplicable") })
		c.byCode(a, "adjustment", func(v *Value) string { return cmp.Or(v.Adjustment, "None") })
		c.byCode(a, "basePeriod", func(v *Value) string { return v.BasePeriod.In(c.lang) })
		c.byCode(a, "alternativeText", func(v *Value) string { return v.Alternative.In(c.lang) })
	}
}

// elimination in an answer is about the answer: true only with the total among
// its values or, of a variable that is summed up, with all its values. In metadata it
// is about the table.
func (c *cubeWriter) elimination(a *axis) {
	can := a.v.Elimination && a.list == nil
	if a == c.added {
		can = true
	} else if c.codeListAt == nil && a.v.EliminationValue == "" {
		can = can && len(a.categories()) == len(a.v.Values)
	} else if c.codeListAt == nil {
		can = can && slices.ContainsFunc(a.picks, func(p pick) bool { return p.code == a.v.EliminationValue })
	}
	c.key("elimination").boolean(can)
	if can {
		c.given("eliminationValueCode", a.v.EliminationValue)
	}
}

func (c *cubeWriter) codeLists(v *Variable) {
	key := "codelists"
	if c.host.OldCodeLists {
		key = "codeLists"
	}
	c.key(key).array(func() {
		for i := range v.CodeLists {
			list := &v.CodeLists[i]
			c.object(func() {
				c.key("id").text(list.FullID())
				c.key("label").text(list.Text.In(c.lang))
				c.key("type").text(list.kind())
				c.key("links").array(func() { c.link("metadata", c.lang, c.codeListAt(list.FullID())) })
			})
		}
	})
}

func (c *cubeWriter) px(axes []*axis) {
	t := c.t
	stub, heading := c.sides()
	subject, area := t.subject()
	c.key("px").object(func() {
		c.key("infofile").text(cmp.Or(t.Infofile, "None"))
		c.key("tableid").text(t.ID)
		c.key("decimals").number(t.Decimals)
		c.key("official-statistics").boolean(t.Official)
		c.key("aggregallowed").boolean(!t.NoAggregation)
		c.key("copyright").boolean(t.Copyright)
		c.key("language").text(c.lang)
		c.key("contents").text(t.ID + ": " + t.contents().In(c.lang) + ",")
		c.given("description", t.Description)
		c.key("descriptiondefault").boolean(false)
		c.key("heading").texts(c.names(heading, pick.codeIn))
		c.key("stub").texts(c.names(stub, pick.codeIn))
		c.key("matrix").text(t.matrix())
		c.key("subject-code").text(subject)
		c.key("subject-area").text(area.In(c.lang))
		c.given("nextUpdate", t.NextUpdate)
		c.given("survey", t.Survey)
		c.given("link", t.Link)
		c.given("updateFrequency", t.UpdateFrequency)
	})
}

// contacts writes the persons who know the table, and those of the contents that
// are in the answer, each once.
func (c *cubeWriter) contacts() {
	all := slices.Clone(c.t.Contact)
	if a := c.contents(); a != nil {
		a.each(func(_ string, v *Value) { all = append(all, v.Contact...) })
	}
	if len(all) == 0 {
		return
	}
	c.key("contact").array(func() {
		for i, person := range all {
			if slices.Contains(all[:i], person) {
				continue
			}
			c.object(func() {
				c.given("name", person.Name)
				c.given("organization", person.Organization)
				if c.host.FileTables {
					c.given("phone", person.Phone)
				}
				c.given("mail", person.Mail)
				if !c.host.FileTables {
					c.given("phone", person.Phone)
				}
				c.given("raw", person.Raw)
			})
		}
	})
}

// otherForm writes the values that are there by their position, and a status for
// every cell.
func (c *cubeWriter) otherForm() {
	c.key("value").object(func() {
		w := newWalk(c.extract)
		for i := 0; w.next(); i++ {
			if len(w.token) > 0 {
				c.key(strconv.Itoa(i)).token(w.token)
			}
		}
	})
	c.key("status").array(func() {
		for w := newWalk(c.extract); w.next(); {
			c.textOrNull(w.symbol)
		}
	})
}
