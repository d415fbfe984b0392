package sdmxconv

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readHeader tells apart the columns that say what a row is about, and pairs those
// of ids with those of names.
func (c *csvColumns) readHeader() error {
	header := c.header
	c.places.id, c.places.name, c.places.action = -1, -1, -1
	c.list = make([]csvColumn, len(header))
	paired := false
	for i := 0; i < len(header); i++ {
		col := &c.list[i]
		switch h := strings.ToUpper(header[i]); {
		case i == 0 && (h == "STRUCTURE" || strings.HasPrefix(h, "STRUCTURE[")):
		case i == 0 && (h == "DATAFLOW" || strings.HasPrefix(h, "DATAFLOW:")):
			c.places.id = i
		case h == "STRUCTURE_ID" && i == 1:
			c.places.id = i
		case h == "STRUCTURE_NAME":
			c.places.name = i
		case h == "ACTION" && i < 5:
			c.places.action = i
		case h == "SERIES_KEY", h == "OBS_KEY", h == "SERIESKEY", i == 0 && h == "KEY":
			col.id = h
		default:
			col.parse(header[i], c.sub)
			if c.places.name >= 0 && !paired && i == c.firstComponent(header) {
				paired = takeTurns(header[i:])
			}
			if paired && i+1 < len(header) && !isUpdate(col.id) {
				col.name = header[i+1]
				i++
				c.label(i, i-1)
			}
		}
		c.both = c.both || col.both
	}
	c.first = c.places.id == 0 // DATAFLOW
	c.small = c.smallIDs()
	c.labelsByID()
	c.doubles()
	return c.unique()
}

// doubles finds, in a table with ids and names in one cell, the columns whose cells may
// hold a value twice: times, and those that could be values.
func (c *csvColumns) doubles() {
	if !c.both {
		return
	}
	values := func(col csvColumn) bool { return hasPrefixFold(col.id, "OBS_VALUE") }
	known := slices.ContainsFunc(c.list, values)
	behind := false
	for i := range c.list {
		col := &c.list[i]
		if isTime(col.id) {
			col.both, behind = true, true
			continue
		}
		col.doubled = col.kind == other && (values(*col) || behind && !known || hasPrefixFold(col.id, "MEAS"))
	}
}

// firstComponent is the first column behind those that say what a row is about.
func (c *csvColumns) firstComponent(header []string) int {
	i := c.places.name + 1
	for i < len(header) && (strings.EqualFold(header[i], "ACTION") || isKey(header[i])) {
		i++
	}
	return i
}

// labelsByID takes X_LABEL, somewhere behind X, for the names of X. Values have none.
func (c *csvColumns) labelsByID() {
	const ending = "_LABEL"
	for i, col := range c.list {
		n := len(col.id) - len(ending)
		if col.kind != other || n <= 0 || !strings.EqualFold(col.id[n:], ending) || hasPrefixFold(col.id, "OBS_VALUE") {
			continue
		}
		k := slices.IndexFunc(c.list[:i], func(of csvColumn) bool {
			return of.kind == other && strings.EqualFold(of.id, col.id[:n])
		})
		if k >= 0 {
			c.label(i, k)
		}
	}
}

// takeTurns tells whether ids and names take turns in a header from a column on. No
// column that SDMX names itself stands where a name would.
func takeTurns(header []string) bool {
	var turns []string
	for _, h := range header {
		if !isUpdate(h) {
			turns = append(turns, h)
		}
	}
	names, pairs := 0, 0
	small := len(turns) > 0 && hasSmall(turns[0])
	for i := 0; i+1 < len(turns); i += 2 {
		name := turns[i+1]
		if isStandard(name) && name != turns[i] {
			return false
		}
		letter, _ := utf8.DecodeRuneInString(name)
		if pairs++; name == turns[i] || name == "" || strings.ContainsAny(name, " :") || hasSmall(name) && !(small && unicode.IsLower(letter)) {
			names++
		}
	}
	return pairs > 0 && 2*names >= pairs
}

// smallIDs tells whether the ids of columns are in small letters: that of the first
// one is, or that of one behind another header of small letters, which a name and an
// id would not be.
func (c *csvColumns) smallIDs() bool {
	first, before := true, false
	for _, col := range c.list {
		if col.kind != other || col.id == "" || isKey(col.id) || isUpdate(col.id) {
			before = false
			continue
		}
		small := hasSmall(col.id) && !strings.Contains(col.id, " ")
		if small && (first || before) {
			return true
		}
		first, before = false, small
	}
	return false
}
