package sdmxconv

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// special tells apart the columns that say what a row is about, and pairs those
// of ids with those of names.
func (c *csvReader) special(header []string) {
	c.places.id, c.places.name, c.places.action = -1, -1, -1
	c.columns = make([]csvColumn, len(header))
	paired := false
	for i := 0; i < len(header); i++ {
		col := &c.columns[i]
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
}

// doubles finds, in a table with ids and names in one cell, the columns whose cells may
// hold a value twice: times, and those that could be values.
func (c *csvReader) doubles() {
	if !c.both {
		return
	}
	values := func(col csvColumn) bool { return hasPrefixFold(col.id, "OBS_VALUE") }
	known := slices.ContainsFunc(c.columns, values)
	behind := false
	for i := range c.columns {
		col := &c.columns[i]
		if isTime(col.id) {
			col.both, behind = true, true
			continue
		}
		col.doubled = col.kind == other && (values(*col) || behind && !known || hasPrefixFold(col.id, "MEAS"))
	}
}

// firstComponent is the first column behind those that say what a row is about.
func (c *csvReader) firstComponent(header []string) int {
	i := c.places.name + 1
	for i < len(header) && (strings.EqualFold(header[i], "ACTION") || isKey(header[i])) {
		i++
	}
	return i
}

// isUpdate knows the columns that say when a row was made.
func isUpdate(id string) bool {
	switch strings.ToUpper(id) {
	case "LAST UPDATE", "LAST_UPDATE", "UPDATED", "PREPARED":
		return true
	}
	return false
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

// unique holds that no two columns have one id, among those that are known not to be
// names.
func (c *csvReader) unique() error {
	seen := map[string]int{}
	for i, col := range c.columns {
		if col.id == "" || isKey(col.id) || col.kind == labelColumn || len(c.tables) == 0 && c.mayName(i) {
			continue
		}
		if before, ok := seen[col.id]; ok {
			return faultIn(c.line, "columns %d and %d have the same name, %q", before+1, i+1, brief(col.id))
		}
		seen[col.id] = i
	}
	return nil
}

// take gives a kind to the columns that options name.
func (c *csvReader) take(names []string, kind csvKind) error {
	list, err := c.tables[0].u.Named(names)
	for _, i := range list {
		c.columns[i].kind = kind
	}
	return err
}

// measures finds the columns of values.
func (c *csvReader) measures() error {
	if len(c.choice.Values) > 0 {
		return c.take(c.choice.Values, measureColumn)
	}
	if len(c.choice.By) > 0 {
		return nil
	}
	mark := func(fits func(i int, col *csvColumn) bool) (found bool) {
		for i := range c.columns {
			if col := &c.columns[i]; col.id != "" && col.kind == other && fits(i, col) {
				col.kind, found = measureColumn, true
			}
		}
		return found
	}
	if c.names != nil && len(c.names.measures) > 0 && mark(func(_ int, col *csvColumn) bool { return slices.Contains(c.names.measures, col.id) }) {
		return nil
	}
	if mark(func(_ int, col *csvColumn) bool { return strings.EqualFold(col.id, "OBS_VALUE") }) ||
		mark(func(_ int, col *csvColumn) bool { return hasPrefixFold(col.id, "OBS_VALUE") }) {
		return nil
	}
	// Numbers right behind the time, which is the last dimension as a rule.
	numbers := c.numbers()
	at := slices.IndexFunc(c.columns, func(col csvColumn) bool { return isTime(col.id) })
	found := false
	for i := at + 1; at >= 0 && i < len(c.columns); i++ {
		if c.columns[i].kind == labelColumn || !numbers[i] && c.mayName(i) {
			continue
		}
		if !numbers[i] || knownAttribute(c.columns[i].id) {
			break
		}
		c.columns[i].kind, found = measureColumn, true
	}
	if found || mark(func(i int, col *csvColumn) bool { return numbers[i] && hasPrefixFold(col.id, "MEAS") }) {
		return nil
	}
	var could []string
	for i, col := range c.columns {
		if col.id != "" && col.kind == other && numbers[i] {
			could = append(could, col.id)
		}
	}
	if could == nil {
		return faultIn(0, "there is no column of values (OBS_VALUE): the table has keys only")
	}
	return &convert.TableError{
		Msg:     "there is no column OBS_VALUE: which columns hold the values? They are " + c.columnNames(),
		Columns: could, Also: []string{"Values"}, Err: undecided{ErrMeasures},
	}
}

func (c *csvReader) columnNames() string {
	var ids []string
	for _, col := range c.columns {
		if col.id != "" && col.kind != labelColumn {
			ids = append(ids, col.id)
		}
	}
	return strings.Join(ids, ", ")
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// numbers tells which columns hold numbers and nothing else.
func (c *csvReader) numbers() []bool {
	is := make([]bool, len(c.columns))
	for i := range is {
		numbers, texts := int64(0), int64(0)
		for _, t := range c.tables {
			n, m := t.u.Count(i)
			numbers, texts = numbers+n, texts+m
		}
		is[i] = numbers > 0 && texts == 0
	}
	return is
}

// fields are what the columns are, for whoever makes the cubes. What only SDMX knows is
// left out there.
func (c *csvReader) fields() []rows.Field {
	fields := slices.Clone(c.Fields())
	st := -1
	if c.choice.Status == "" {
		var all []component
		var places []int
		for i, col := range c.columns {
			if col.kind == attributeColumn {
				all, places = append(all, component{id: col.id}), append(places, i)
			}
		}
		if k := statusOf(all); k >= 0 {
			st = places[k]
		}
	}
	for i, col := range c.columns {
		f := &fields[i]
		f.Label, f.Role = col.name, rows.LeftOut
		switch {
		case col.kind == dimensionColumn:
			f.Role = rows.Dimension
		case col.kind == measureColumn:
			f.Role = rows.Value
		case col.kind == labelColumn:
			f.Role, f.Of = rows.Labels, fields[col.of].Name
		case i == st:
			f.Role = rows.Status
		case col.kind == attributeColumn && c.suffixed(col.id), col.kind == attributeColumn && len(c.choice.By) > 0 && !knownAttribute(col.id):
			f.Role = rows.Undecided // a status, or a category, perhaps
		}
	}
	return fields
}

// suffixed tells whether a column has the name of another one with the ending of
// statuses behind it.
func (c *csvReader) suffixed(id string) bool {
	base, ok := strings.CutSuffix(id, c.choice.StatusSuffix)
	return ok && base != id && slices.ContainsFunc(c.columns, func(col csvColumn) bool { return col.id == base })
}
