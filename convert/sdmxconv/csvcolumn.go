package sdmxconv

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

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
	return slices.Contains([]string{"SERIES_KEY", "OBS_KEY", "SERIESKEY", "KEY"}, strings.ToUpper(id))
}

// isUpdate knows the columns that say when a row was made.
func isUpdate(id string) bool {
	return slices.Contains([]string{"LAST UPDATE", "LAST_UPDATE", "UPDATED", "PREPARED"}, strings.ToUpper(id))
}

// isStandard knows the ids that SDMX gives to columns itself.
func isStandard(id string) bool {
	return slices.Contains([]string{"TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "OBS_FLAG"}, strings.ToUpper(id))
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

// csvColumns are the columns of a message of SDMX-CSV: what they are by their header, and
// what the steps of [csvLabels], [csvMeasures] and [csvDimensions] decide.
type csvColumns struct {
	*csvRecords
	list   []csvColumn
	ids    []rows.Field
	places struct{ id, name, action int } // of special columns, -1 for none
	first  bool                           // it is SDMX-CSV 1.0, of SDMX 2.1
	small  bool                           // ids are in small letters
	both   bool                           // cells hold ids and names
	placed bool                           // dimensions are known by where they stand alone
	choice rows.Choice
	names  *names         // of a structure file, if there is one
	tables []*rows.Update // the rows of each structure, once they were read
}

// Fields are the columns, by their ids.
func (c *csvColumns) Fields() []rows.Field {
	if c.ids == nil {
		c.ids = make([]rows.Field, len(c.list))
		for i, col := range c.list {
			if c.ids[i].Name = col.id; col.id == "" {
				c.ids[i].Name = c.header[i]
			}
		}
	}
	return c.ids
}

// Place says where a row stands.
func (c *csvColumns) Place(line int64, _ int) rows.Place { return rows.Place{Line: line} }

// decided is what the columns are, for whoever makes the cubes. What only SDMX knows is
// left out there.
func (c *csvColumns) decided() []rows.Field {
	fields := slices.Clone(c.Fields())
	st := -1
	if c.choice.Status == "" {
		attributes := make([]component, len(c.list)) // those of other columns are nameless
		for i, col := range c.list {
			if col.kind == attributeColumn {
				attributes[i].id = col.id
			}
		}
		st = statusOf(attributes)
	}
	for i, col := range c.list {
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
func (c *csvColumns) suffixed(id string) bool {
	base, ok := strings.CutSuffix(id, c.choice.StatusSuffix)
	return ok && base != id && slices.ContainsFunc(c.list, func(col csvColumn) bool { return col.id == base })
}

// unique holds that no two columns have one id, among those that are known not to be
// names.
func (c *csvColumns) unique() error {
	seen := map[string]int{}
	for i, col := range c.list {
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
func (c *csvColumns) take(names []string, kind csvKind) error {
	list, err := c.tables[0].Named(names)
	for _, i := range list {
		c.list[i].kind = kind
	}
	return err
}

// columnNames are the ids of the columns, for a message.
func (c *csvColumns) columnNames() string {
	var ids []string
	for _, col := range c.list {
		if col.id != "" && col.kind != labelColumn {
			ids = append(ids, col.id)
		}
	}
	return strings.Join(ids, ", ")
}

// label takes a column for the one of the names of another one.
func (c *csvColumns) label(column, of int) {
	c.list[column].kind, c.list[column].of = labelColumn, of
}

// hasLabels tells whether a column of the file holds the names of another one.
func (c *csvColumns) hasLabels(of int) bool {
	return slices.ContainsFunc(c.list, func(col csvColumn) bool { return col.kind == labelColumn && col.of == of })
}

// mayName tells whether a column could hold the names of what stands in the column
// before: its header is a text rather than an id.
func (c *csvColumns) mayName(i int) bool {
	if i == 0 || len(c.choice.By) > 0 {
		return false
	}
	col, of := &c.list[i], &c.list[i-1]
	switch {
	case col.kind != other || col.both || col.several || col.langs != nil || col.id == "" || isUpdate(col.id) || c.names.has(col.id),
		of.kind == labelColumn || of.id == "" || isKey(of.id) || isUpdate(of.id) || strings.Contains(of.id, " "):
		return false
	}
	return strings.Contains(col.id, " ") || !c.small && hasSmall(col.id) && !hasSmall(of.id)
}
