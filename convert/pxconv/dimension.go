package pxconv

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Ids of the dimension of contents that PxWebApi 2 makes for a file without CONTVARIABLE.
const (
	contentsID = "CONTENTS"
	contentID  = "content"
)

// contents is the dimension of contents of a file without CONTVARIABLE, as PxWebApi 2 makes
// it: one category, which has the unit.
func (f *file) contents() (*jsonstat.Dimension, error) {
	label := "contents"
	switch f.language() {
	case "sv":
		label = "tabellinnehåll"
	case "no":
		label = "statistikkvariabel"
	}
	var x object
	x.bool("elimination", false)
	f.infoExtension(&x, []string{contentID})
	return jsonstat.NewDimension(jsonstat.DimensionSpec{
		ID: f.freeID(contentsID), Label: label, Role: jsonstat.Metric, Extension: x.json(),
		Categories: []jsonstat.Category{{ID: contentID, Label: f.text("CONTENTS"), Unit: unitOf(&f.infos[0], f.shown)}},
	})
}

// freeID is an id that no variable has.
func (f *file) freeID(id string) string {
	for slices.ContainsFunc(f.variables, func(v *variable) bool { return v.id == id }) {
		id += "_"
	}
	return id
}

// unitOf is the unit of a content.
func unitOf(i *info, decimals int) *jsonstat.Unit {
	u := &jsonstat.Unit{Label: i.units, Decimals: &decimals}
	if i.unit != nil {
		u.Members = []jsonstat.Member{{Name: "base", Value: quote(i.units)}}
	}
	return u
}

// infoExtension adds what is said of contents to the extension of their dimension.
func (f *file) infoExtension(x *object, ids []string) {
	var refperiod, measuring, price, adjustment, base object
	for k := range f.infos {
		i := &f.infos[k]
		if f.content != nil && !i.said {
			continue
		}
		refperiod.text(ids[k], i.refperiod)
		measuring.text(ids[k], i.measuring())
		price.text(ids[k], i.price())
		adjustment.text(ids[k], i.adjustment())
		base.text(ids[k], i.baseperiod)
	}
	x.raw("refperiod", refperiod.json())
	if f.content == nil {
		x.text("show", "value")
	} else {
		x.text("show", f.show(f.content))
	}
	x.raw("measuringType", measuring.json())
	x.raw("priceType", price.json())
	x.raw("adjustment", adjustment.json())
	x.raw("basePeriod", base.json())
}

// show is how PxWeb shows the values of a variable.
func (f *file) show(v *variable) string {
	e := v.entries["PRESTEXT"]
	if e == nil {
		return "value"
	}
	switch text := e.text(); text {
	case "0":
		return "code"
	case "1":
		return "value"
	case "2":
		return "code_value"
	case "3":
		return "value_code"
	default:
		f.warn(WarnValue, e.keyword, e.line, "%q is none of 0, 1, 2 and 3", text)
		return text
	}
}

// dimension is the dimension of a variable.
func (f *file) dimension(v *variable, n *notes) (*jsonstat.Dimension, error) {
	texts := f.texts(v, f.lang)
	spec := jsonstat.DimensionSpec{
		ID: v.id, Label: f.label(v), Role: f.dimensionRole(v), Notes: textsOf(n.of[v]), Links: f.metaLinks(v),
		Categories: make([]jsonstat.Category, v.len()), Labelled: true,
	}
	units := f.units(v)
	children := f.children(v)
	for k := range spec.Categories {
		c := jsonstat.Category{ID: v.codes[k], Label: texts.values[k], Notes: textsOf(n.values[v][k])}
		if units != nil {
			c.Unit = units[k]
		}
		if children != nil {
			c.Children = children[k]
		}
		spec.Categories[k] = c
	}
	var x object
	f.elimination(&x, v)
	x.raw("noteMandatory", mandatoryOf(n.of[v]))
	x.raw("categoryNoteMandatory", f.categoryMandatory(v, n))
	if v == f.content {
		f.infoExtension(&x, v.codes)
	} else {
		x.text("show", f.show(v))
	}
	spec.Extension = x.json()
	return jsonstat.NewDimension(spec)
}

// sortName is the name of the variable in a table that PxWeb sorted.
const sortName = "$$SORT"

// sortLabel is how PxWeb shows it.
const sortLabel = "unit variable"

// language is the language that is read, without its region.
func (f *file) language() string {
	lang, _, _ := strings.Cut(f.lang, "-")
	return lang
}

// label is the label of a variable.
func (f *file) label(v *variable) string {
	if name := f.name(v, f.lang); name != sortName {
		return name
	}
	return sortLabel
}

// units are those of the values of the content variable, nil for another one.
func (f *file) units(v *variable) []*jsonstat.Unit {
	if v != f.content {
		return nil
	}
	digits := f.digits[v]
	units := make([]*jsonstat.Unit, v.len())
	for k := range units {
		units[k] = unitOf(&f.infos[k], max(digitsAt(digits, k), f.shown))
	}
	return units
}

// digitsAt is PRECISION of a value, -1 if nothing is said.
func digitsAt(digits []int, value int) int {
	if digits == nil {
		return -1
	}
	return digits[value]
}

// elimination adds whether a variable may be left out, and which value is the total then.
func (f *file) elimination(x *object, v *variable) {
	e := v.entries["ELIMINATION"]
	if e == nil || strings.EqualFold(e.text(), "NO") {
		x.bool("elimination", false)
		return
	}
	x.bool("elimination", true)
	if e.text() == "" || strings.EqualFold(e.text(), "YES") {
		return
	}
	lang := f.langOf(e)
	texts := f.texts(v, lang)
	k := texts.find(e.text())
	if k < 0 || texts.entry == nil || texts.entry.at > e.at {
		f.warn(WarnValue, e.keyword, e.line, "%q is no value of %q: it may be left out, but has no total", e.text(), f.name(v, lang))
		f.keep(e)
		return
	}
	x.text("eliminationValueCode", v.codes[k])
}

// metaLinks are the identifiers of META-ID as PxWeb writes them: one link, whose extension
// has them by the id of the variable or of the value.
func (f *file) metaLinks(v *variable) []jsonstat.Link {
	var o object
	for _, e := range f.entries {
		if e.keyword != "META-ID" || len(e.sub) == 0 || f.langOf(e) != f.lang || f.variable(f.lang, e.sub[0]) != v {
			continue
		}
		id := v.id
		if len(e.sub) > 1 {
			k := f.value(v, f.langOf(e), e.sub[1])
			if k < 0 {
				continue
			}
			id = v.codes[k]
		}
		if text := strings.ReplaceAll(e.text(), ",", " "); strings.TrimSpace(text) != "" {
			o.text(id, text)
		}
	}
	if o.json() == nil {
		return nil
	}
	return []jsonstat.Link{{Rel: "describedby", Extension: o.json()}}
}
