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
		col.label = -1
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
				col.label, col.name = i+1, header[i+1]
				i++
				c.columns[i] = csvColumn{kind: labelColumn, label: -1}
			}
		}
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

// takeTurns tells whether ids and names take turns in a header from a column on.
func takeTurns(header []string) bool {
	names, pairs := 0, 0
	for i := 0; i+1 < len(header); i += 2 {
		if pairs++; !isID(header[i+1]) {
			names++
		}
	}
	return pairs > 0 && 2*names >= pairs
}

// isID tells whether a header looks like an id rather than a name.
func isID(h string) bool {
	return h != "" && strings.ToUpper(h) == h && !strings.ContainsAny(h, " :")
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

// unique holds that no two columns have one id.
func (c *csvReader) unique(line int64) error {
	seen := map[string]int{}
	for i, col := range c.columns {
		if col.id == "" || isKey(col.id) {
			continue
		}
		if before, ok := seen[col.id]; ok {
			return faultIn(line, "columns %d and %d have the same name, %q", before+1, i+1, brief(col.id))
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
	at := slices.IndexFunc(c.columns, func(col csvColumn) bool { return strings.EqualFold(col.id, "TIME_PERIOD") })
	found := false
	for i := at + 1; at >= 0 && i < len(c.columns); i++ {
		if c.columns[i].kind == labelColumn {
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

// undecided is a kind of failure that an option would mend.
type undecided struct{ kind error }

func (e undecided) Error() string   { return e.kind.Error() }
func (e undecided) Unwrap() []error { return []error{e.kind, convert.ErrUndecided} }

// callError is an error of the options.
type callError struct {
	what string
	kind error
}

func (e *callError) Error() string { return e.what }
func (e *callError) Unwrap() error { return e.kind }

// unreadStructure is ErrStructure where the structure could not be read.
type unreadStructure struct{ err error }

func (e *unreadStructure) Error() string {
	return "the structure file cannot be used: " + e.err.Error()
}
func (e *unreadStructure) Unwrap() []error { return []error{ErrStructure, e.err} }

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

// knownAttribute knows the ids of usual attributes.
func knownAttribute(id string) bool {
	switch strings.ToUpper(id) {
	case "OBS_STATUS", "OBS_FLAG", "CONF_STATUS", "OBS_CONF", "UNIT_MULT", "DECIMALS", "TITLE", "TITLE_COMPL", "EMBARGO_TIME", "OBS_COM",
		"OBS_PRE_BREAK", "PRE_BREAK", "TIME_FORMAT", "COMMENT", "COMMENT_TS", "COMMENT_OBS", "LAST UPDATE", "LAST_UPDATE", "UPDATED", "PREPARED", "POWERCODE":
		return true
	}
	return false
}

// dimensions finds the columns of dimensions. All that is left are attributes.
func (c *csvReader) dimensions() error {
	defer func() {
		for i := range c.columns {
			if col := &c.columns[i]; col.kind == other && col.id != "" && !isKey(col.id) {
				col.kind = attributeColumn
			}
		}
	}()
	if len(c.choice.Dimensions) > 0 {
		return c.take(c.choice.Dimensions, dimensionColumn)
	}
	if len(c.choice.Stub) > 0 {
		return c.take(c.choice.Stub, dimensionColumn)
	}
	found := false
	mark := func(i int) { c.columns[i].kind, found = dimensionColumn, true }
	if c.names != nil && len(c.names.dimensions) > 0 {
		for i, col := range c.columns {
			if col.kind == other && slices.ContainsFunc(c.names.dimensions, func(id string) bool { return strings.EqualFold(id, col.id) }) {
				mark(i)
			}
		}
		if found {
			return nil
		}
	}
	if proven, err := c.byKey(); err != nil || proven {
		return err
	}
	if len(c.choice.By) > 0 {
		return nil
	}
	first := slices.IndexFunc(c.columns, func(col csvColumn) bool { return col.kind == measureColumn })
	for i, col := range c.columns {
		switch {
		case col.kind != other || col.id == "" || isKey(col.id):
		case i < first && !knownAttribute(col.id) && !strings.EqualFold(col.id, "OBS_VALUE"):
			mark(i)
		case strings.EqualFold(col.id, "TIME_PERIOD"), strings.EqualFold(col.id, "FREQ") && i > first, strings.EqualFold(col.id, "REF_AREA"):
			mark(i)
		}
	}
	if !found {
		return &convert.TableError{
			Msg:  "no column stands before the values: which columns are dimensions? They are " + c.columnNames(),
			Also: []string{"Dimensions"}, Err: undecided{ErrDimensions},
		}
	}
	return nil
}

func isKey(id string) bool {
	switch strings.ToUpper(id) {
	case "SERIES_KEY", "OBS_KEY", "SERIESKEY", "KEY":
		return true
	}
	return false
}

// byKey finds the dimensions by a column of keys, which hold the ids of all of
// them: those of the observation, or of the series and so all but the time.
func (c *csvReader) byKey() (bool, error) {
	for _, name := range []string{"OBS_KEY", "SERIES_KEY", "SERIESKEY", "KEY"} {
		at := slices.IndexFunc(c.columns, func(col csvColumn) bool { return col.id == name })
		if at < 0 {
			continue
		}
		fields, err := c.tables[0].u.First()
		if err != nil {
			return false, err
		}
		dims := c.inKey(strings.Split(fields[at], "."), fields)
		if dims == nil {
			continue
		}
		if name != "OBS_KEY" {
			time := slices.IndexFunc(c.columns, func(col csvColumn) bool { return strings.EqualFold(col.id, "TIME_PERIOD") })
			if time < 0 {
				continue
			}
			if !slices.Contains(dims, time) {
				dims = append(dims, time)
			}
		}
		for _, i := range dims {
			c.columns[i].kind = dimensionColumn
		}
		return true, nil
	}
	return false, nil
}

// inKey finds the columns whose cells in a row make a key, in their order or in
// any; nil if it cannot be told.
func (c *csvReader) inKey(parts, fields []string) []int {
	var dims []int
	for _, part := range parts {
		i := slices.IndexFunc(c.columns, func(col csvColumn) bool {
			return col.kind == other && col.id != "" && !isKey(col.id)
		})
		for ; i >= 0 && i < len(c.columns); i++ {
			col := c.columns[i]
			if col.kind != other || col.id == "" || isKey(col.id) || knownAttribute(col.id) || slices.Contains(dims, i) {
				continue
			}
			id := fields[i]
			if before, _, ok := strings.Cut(id, ": "); ok && col.both {
				id = before
			}
			if id == part {
				break
			}
		}
		if i < 0 || i >= len(c.columns) {
			return nil
		}
		dims = append(dims, i)
	}
	return dims
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
		if k := status(all); k >= 0 {
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
			f.Role, f.Of = rows.Labels, c.columns[i-1].id
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
