package pxconv

// isMandatory tells whether a file makes no sense if an entry of the keyword cannot be read.
func isMandatory(keyword string) bool {
	switch keyword {
	case "CONTENTS", "DECIMALS", "MATRIX", "SUBJECT-AREA", "SUBJECT-CODE", "UNITS", "VALUES", "STUB", "HEADING":
		return true
	}
	return false
}

// addsUp tells whether entries of the keyword add up, rather than the last one counts.
func addsUp(keyword string) bool {
	switch keyword {
	case "NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX", "CELLNOTE", "CELLNOTEX", "DATANOTECELL":
		return true
	}
	return false
}

// isKnown tells whether the specification, or the software of many offices, knows a keyword.
func isKnown(keyword string) bool {
	switch place(keyword) {
	case placed, keptAlways, ofContent:
		return true
	}
	return false
}

// placing is where a keyword goes.
type placing uint8

const (
	unplaced   placing = iota // nobody knows it
	placed                    // it has a place in JSON-stat, or in what PxWeb makes of it
	ofContent                 // so has it, of the values of CONTVARIABLE or of the table
	keptAlways                // it is kept under extension.px.keywords
)

// place is where a keyword goes.
func place(keyword string) placing {
	switch keyword {
	case "TITLE", "SOURCE", "STUB", "HEADING", "VALUES", "CODES", "VARIABLECODE", "CONTVARIABLE", "CONTENTS", "NOTE", "NOTEX",
		"VALUENOTE", "VALUENOTEX", "CELLNOTE", "CELLNOTEX", "META-ID", "ELIMINATION", "PRESTEXT", "INFOFILE", "TABLEID",
		"SHOWDECIMALS", "DECIMALS", "PRECISION", "DESCRIPTION", "DESCRIPTIONDEFAULT", "LANGUAGE", "LANGUAGES", "OFFICIAL-STATISTICS",
		"COPYRIGHT", "MATRIX", "SUBJECT-AREA", "SUBJECT-CODE", "AGGREGALLOWED", "SURVEY", "LINK", "UPDATE-FREQUENCY", "HIERARCHIES", "DATA":
		return placed
	case "UNITS", "REFPERIOD", "BASEPERIOD", "STOCKFA", "CFPRICES", "DAYADJ", "SEASADJ", "CONTACT", "LAST-UPDATED":
		return ofContent
	case "CHARSET", "AXIS-VERSION", "CODEPAGE", "CREATION-DATE", "NEXT-UPDATE", "SYNONYMS", "DEFAULT-GRAPH", "DIRECTORY-PATH",
		"PX-SERVER", "DATABASE", "CONFIDENTIAL", "AUTOPEN", "FIRST-PUBLISHED", "INFO", "ROUNDING", "DOMAIN", "VARIABLE-TYPE",
		"DOUBLECOLUMN", "MAP", "PARTITIONED", "TIMEVAL", "HIERARCHYLEVELS", "HIERARCHYLEVELSOPEN", "HIERARCHYNAMES", "KEYS",
		"DATASYMBOL1", "DATASYMBOL2", "DATASYMBOL3", "DATASYMBOL4", "DATASYMBOL5", "DATASYMBOL6", "DATASYMBOL7", "DATASYMBOLNIL",
		"DATASYMBOLSUM", "DATANOTE", "DATANOTECELL", "DATANOTESUM", "ATTRIBUTE-ID", "ATTRIBUTE-TEXT", "ATTRIBUTES":
		return keptAlways
	}
	return unplaced
}
