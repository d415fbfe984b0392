package pxconv

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// timeFits tells whether a TIMEVAL that was kept is still that of a variable.
func (x *outline) timeFits(i int, raw string) bool {
	f := &file{}
	t := f.timeValues(&entry{keyword: "TIMEVAL", raw: raw})
	return t != nil && (t.periods == nil || len(t.periods) == x.dims[i].Len()) && x.dims[i].Role() == jsonstat.Time
}

// contentFits tells whether an entry of contents is about one that is there.
func (x *outline) contentFits(e *outEntry) bool {
	if x.content < 0 || len(e.sub) == 0 {
		return (x.content < 0) == (len(e.sub) == 0)
	}
	name := e.sub[len(e.sub)-1]
	for k := range x.dims[x.content].Len() {
		if x.value(x.content, k) == name {
			return true
		}
	}
	return false
}

// fits tells whether what an entry is about is still there.
func (x *outline) fits(e *outEntry) bool {
	switch e.keyword {
	case "NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX", "CELLNOTE", "CELLNOTEX", "HIERARCHIES", "ELIMINATION", "COPYRIGHT", "AGGREGALLOWED",
		"OFFICIAL-STATISTICS", "DESCRIPTIONDEFAULT":
		return false // it was kept because it could not be understood
	case "CONTACT":
		return len(e.values) > 0 && wholeContact(e.values[0].text) && (e.sub == nil || x.contentFits(e))
	case "LAST-UPDATED", "REFPERIOD", "BASEPERIOD", "STOCKFA", "CFPRICES", "DAYADJ", "SEASADJ":
		return len(e.values) > 0 && (e.sub == nil || x.contentFits(e))
	case "META-ID":
		return e.sub == nil
	case "PRECISION":
		if len(e.sub) != 2 || x.content >= 0 && e.sub[0] == x.names[x.content] {
			return false
		}
		i := slices.Index(x.names, e.sub[0])
		return i >= 0 && slices.ContainsFunc(slices.Collect(x.dims[i].Categories()), func(c jsonstat.Category) bool { return c.Label == e.sub[1] })
	case "HIERARCHYNAMES":
		for _, levels := range x.kept["HIERARCHYLEVELS"] {
			if slices.Equal(levels.sub, e.sub) && len(levels.values) == 1 && levels.values[0].text != itoa(len(e.values)) {
				return false
			}
		}
		return len(e.sub) > 0 && slices.Contains(x.names, e.sub[0])
	case "PRESTEXT":
		return len(e.values) == 1 && len(e.values[0].text) == 1 && strings.Contains("0123", e.values[0].text) && len(e.sub) == 1 && slices.Contains(x.names, e.sub[0])
	case "TIMEVAL", "MAP", "VARIABLE-TYPE", "DOMAIN", "DOUBLECOLUMN", "PARTITIONED",
		"HIERARCHYLEVELS", "HIERARCHYLEVELSOPEN":
		i := -1
		if len(e.sub) > 0 {
			i = slices.Index(x.names, e.sub[0])
		}
		if i < 0 {
			return false
		}
		if e.keyword == "TIMEVAL" {
			return x.timeFits(i, e.raw)
		}
	}
	return true
}
