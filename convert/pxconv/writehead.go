package pxconv

import (
	"cmp"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// The head is gathered entry by entry, first what the members of the document say, then what
// was kept of a file that it was made of, and written in the order that PxWeb asks for:
// what others refer to comes first.

// rankOf is where a keyword stands in the head.
func rankOf(e *outEntry) int {
	switch e.keyword {
	case "UNITS", "LAST-UPDATED", "CONTACT", "REFPERIOD", "BASEPERIOD", "STOCKFA", "CFPRICES", "DAYADJ", "SEASADJ":
		if e.keyword == "UNITS" && e.sub == nil {
			break
		}
		return rankContents
	case "NOTE", "NOTEX":
		return rankNotes
	case "VALUENOTE", "VALUENOTEX":
		return rankNotes + 1
	case "CELLNOTE", "CELLNOTEX":
		return rankNotes + 2
	}
	for i, keyword := range [...]string{
		"CHARSET", "AXIS-VERSION", "CODEPAGE", "LANGUAGE", "LANGUAGES", "CREATION-DATE", "NEXT-UPDATE", "DECIMALS", "SHOWDECIMALS", "ROUNDING",
		"MATRIX", "AGGREGALLOWED", "AUTOPEN", "CONFIDENTIAL", "COPYRIGHT", "OFFICIAL-STATISTICS", "SUBJECT-CODE", "SUBJECT-AREA", "DESCRIPTION",
		"DESCRIPTIONDEFAULT", "TITLE", "CONTENTS", "UNITS", "STUB", "HEADING", "CONTVARIABLE", "VARIABLECODE", "VALUES", "TIMEVAL", "CODES",
		"HIERARCHYLEVELSOPEN", "HIERARCHYLEVELS", "HIERARCHYNAMES", "HIERARCHIES", "DOUBLECOLUMN", "PRESTEXT", "DOMAIN", "VARIABLE-TYPE", "MAP",
		"PARTITIONED", "ELIMINATION", "PRECISION",
	} {
		if e.keyword == keyword {
			return i
		}
	}
	if e.keyword == "KEYS" || e.keyword == "DATANOTECELL" {
		return rankLast
	}
	return rankNotes + 3
}

const (
	rankContents = 100
	rankNotes    = 200
	rankLast     = 300
)

// head gathers the entries of the head, but for the marks on cells.
func (x *outline) head(c *cellPlan, enc encoding) []outEntry {
	h := &headEntries{x: x}
	h.file(enc)
	h.decimals(c)
	h.table()
	h.variables()
	h.contents()
	h.notes(notesAbout{
		notes: x.ds.Notes(), must: mandatoryIn(x.ds.Extension(), pxext.NoteMandatory), cells: x.px[pxext.CellNote],
	}, "", x.names, func(i, k int) string { return x.value(i, k) })
	h.marks(c)
	h.keptEntries()
	for _, t := range x.languages() {
		h.language(t, c)
	}
	slices.SortStableFunc(h.list, func(a, b outEntry) int { return cmp.Compare(rankOf(&a), rankOf(&b)) })
	return h.list
}

// keptEntries adds what was kept and is not said otherwise.
func (h *headEntries) keptEntries() {
	for _, keyword := range h.x.order {
		switch keyword {
		case "CHARSET", "AXIS-VERSION", "CODEPAGE", "CREATION-DATE", "NEXT-UPDATE", "DECIMALS", "SHOWDECIMALS", "UNITS", "DATANOTECELL",
			"DATASYMBOL1", "DATASYMBOL2", "DATASYMBOL3", "DATASYMBOL4", "DATASYMBOL5", "DATASYMBOL6", "DATASYMBOL7", "DATASYMBOLNIL", "DATASYMBOLSUM",
			"TITLE", "STUB", "HEADING", "VALUES", "CODES", "VARIABLECODE", "LANGUAGE", "LANGUAGES", "KEYS", "DATA":
			continue
		}
		for _, e := range h.x.kept[keyword] {
			switch {
			case !h.x.fits(&e):
				h.x.warn("lost", lostText)
			case place(keyword) == unplaced && h.has(keyword), e.lang != "" && !h.x.speaks(e.lang):
				h.x.warn("lost", lostText)
			case keyword == "PARTITIONED":
				for i := range e.values {
					e.values[i].quoted = true // PxWeb reads no others
				}
				h.list = append(h.list, e)
			case place(keyword) == ofContent && keyword == "LAST-UPDATED":
				h.date(keyword, e.sub, e.values[0].text)
			default:
				h.list = append(h.list, e)
			}
		}
	}
}
