package sdmxconv

import "strings"

// csvKind is what a column holds.
type csvKind uint8

const (
	other csvKind = iota // what is not looked at
	dimensionColumn
	measureColumn
	attributeColumn
	labelColumn // names of what stands in the column before
)

// csvColumn is a column by its header.
type csvColumn struct {
	id, name string
	kind     csvKind
	both     bool     // cells hold an id and a name
	several  bool     // cells hold several values
	doubled  bool     // cells may hold a value twice, see undouble
	langs    []string // cells hold texts in these languages
	of       int      // of a column of names: whose they are
}

// parse reads a header: an id, perhaps with brackets behind it, and perhaps a name.
func (col *csvColumn) parse(header, sub string) {
	col.id = header
	if id, name, ok := strings.Cut(header, ": "); ok {
		col.id, col.name, col.both = id, name, true
	} else if id, name, ok := strings.Cut(header, ":"); ok && id != "" && !strings.Contains(id, " ") {
		col.id, col.name, col.both = id, name, true
	}
	open := strings.LastIndexByte(col.id, '[')
	if open <= 0 || !strings.HasSuffix(col.id, "]") {
		return
	}
	inside := col.id[open+1 : len(col.id)-1]
	col.id = strings.ReplaceAll(col.id[:open], "[]", "")
	if inside == "" {
		col.several = true
		return
	}
	if sub == "" {
		sub = ";"
	}
	col.langs = strings.Split(inside, sub)
}

// component tells whether a column is a component of the structure that nothing has
// decided yet.
func (col *csvColumn) component() bool { return col.kind == other && col.id != "" && !isKey(col.id) }

// knownAttribute knows the ids of usual attributes, which the documentation lists.
// UNIT_MEASURE and SOURCE are none: many structures have dimensions of these ids.
func knownAttribute(id string) bool {
	id = strings.ToUpper(id)
	switch id {
	case "OBS_STATUS", "OBS_FLAG", "CONF_STATUS", "OBS_CONF", "OBS_COM", "OBS_PRE_BREAK", "PRE_BREAK", "UNIT_MULT", "UNIT_MULTIPLIER", "POWERCODE",
		"DECIMALS", "COLLECTION", "TIME_FORMAT", "EMBARGO_TIME", "TITLE", "COMMENT", "COMMENTS":
		return true
	}
	return isUpdate(id) || strings.HasPrefix(id, "TITLE_") || strings.HasPrefix(id, "COMMENT_") || strings.HasSuffix(id, "_COMMENT") || strings.HasSuffix(id, "_COMMENTS")
}

func isTime(id string) bool { return strings.EqualFold(id, "TIME_PERIOD") }

// isKey knows the columns of keys.
func isKey(id string) bool {
	switch strings.ToUpper(id) {
	case "SERIES_KEY", "OBS_KEY", "SERIESKEY", "KEY":
		return true
	}
	return false
}

// isUpdate knows the columns that say when a row was made.
func isUpdate(id string) bool {
	switch strings.ToUpper(id) {
	case "LAST UPDATE", "LAST_UPDATE", "UPDATED", "PREPARED":
		return true
	}
	return false
}

// isStandard knows the ids that SDMX gives to columns itself.
func isStandard(id string) bool {
	switch strings.ToUpper(id) {
	case "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "OBS_FLAG":
		return true
	}
	return false
}

// hasSmall tells whether there is a small letter in a header.
func hasSmall(h string) bool { return strings.ToUpper(h) != h }

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// undouble is the first half of a cell such as "12.5: 12.5", which is how tables with ids
// and names in one cell write what is neither; else the cell.
func undouble(cell []byte) []byte {
	n := len(cell)/2 - 1
	if n > 0 && len(cell) == 2*n+2 && cell[n] == ':' && cell[n+1] == ' ' && string(cell[:n]) == string(cell[n+2:]) {
		return cell[:n]
	}
	return cell
}
