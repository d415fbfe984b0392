package rows

import (
	"slices"
	"strings"
)

// Names of columns that say what they are, in any case of letters. The list stands in
// docs, too.
var (
	valueNames = []string{"value", "values", "obs_value", "observation", "obsvalue", "wert", "valor", "verdi", "värde", "arvo", "valeur"}

	// These and the lists below are written as norm writes them.
	statusNames = []string{"status", "obs status", "obs flag", "flag", "flags", "flag codes", "symbol", "obsstatus", "observation status", "value status", "data marking"}

	// Columns of Statistics Canada's tables that are nothing new beside REF_DATE.
	statcanNames = []string{"dguid", "vector", "coordinate", "uom_id", "scalar_id", "symbol", "terminated", "decimals", "scalar_factor"}

	// What pandas, R, SAS and others call a first column of row numbers.
	rowNames = []string{"", "unnamed: 0", "rownames", "row names", "index", " 1", "obs"}

	rankNames = []string{"rank", "ranking", "rang", "position", "pos", "#", "place", "plass", "no "}

	unitNames = []string{"unit", "units", "uom", "unit of measure", "unit measure", "unit label", "enhet", "einheit", "unité", "unidad", "eenheid", "yksikkö"}

	labelWords = []string{"label", "labels", "name", "names", "title", "description", "navn", "namn"}

	codeEndings = []string{" code", " id", " kode", " codes"}
)

var (
	flagsForm    = pattern(`^flags?( (and|&) \w+)?( codes?)?$`)
	statusForm   = pattern(`(?i)^(.+?)[ _.](status|symbol|flag|flags)$`)
	labelForm    = pattern(`^(.*?)[ _.]?(label|labels|name|names|title|description|desc|navn|namn|bezeichnung|text)$`)
	contentsForm = pattern(`^(TLIST\(\w+\)|C\d+V\d+)$`)
	unnamedForm  = pattern(`^Unnamed: \d+(\.\d+)*$`)
	levelForm    = pattern(`^level_\d+$`)
	pandasForm   = pattern(`^__index_level_\d+__$`)
)

// isValueName and isStatusName go by the lists above.
func isValueName(header string) bool {
	n := norm(header)
	return slices.Contains(valueNames, n) || slices.Contains(valueNames, strings.ReplaceAll(n, " ", "_"))
}

func isStatusName(n string) bool {
	return slices.Contains(statusNames, n) || flagsForm().MatchString(n)
}
