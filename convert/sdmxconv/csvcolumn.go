package sdmxconv

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/jsonstat"
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
func (c *csvReader) unique() error {
	seen := map[string]int{}
	for i, col := range c.columns {
		if col.kind == other || col.kind == labelColumn {
			continue
		}
		if before, ok := seen[col.id]; ok {
			return faultIn(1, "columns %d and %d have the same name, %q", before+1, i+1, brief(col.id))
		}
		seen[col.id] = i
	}
	return nil
}

// named finds the columns of some ids.
func (c *csvReader) named(ids []string, kind csvKind) error {
	var known []string
	for _, col := range c.columns {
		if col.id != "" && col.kind != labelColumn {
			known = append(known, col.id)
		}
	}
	for _, id := range ids {
		i := slices.IndexFunc(c.columns, func(col csvColumn) bool { return col.id == id && col.kind != labelColumn })
		if i < 0 {
			i = slices.IndexFunc(c.columns, func(col csvColumn) bool { return strings.EqualFold(col.id, id) && col.kind != labelColumn })
		}
		if i < 0 {
			e := &jsonstat.UnknownError{Kind: "column", Name: id, Near: jsonstat.Near(id, known)}
			if len(known) <= 20 {
				e.All = known
			}
			return e
		}
		c.columns[i].kind = kind
	}
	return nil
}

// measures finds the columns of values.
func (c *csvReader) measures() error {
	if len(c.r.o.Measures) > 0 {
		return c.named(c.r.o.Measures, measureColumn)
	}
	mark := func(fits func(col *csvColumn) bool) (found bool) {
		for i := range c.columns {
			if col := &c.columns[i]; col.id != "" && fits(col) {
				col.kind, found = measureColumn, true
			}
		}
		return found
	}
	if c.names != nil && len(c.names.measures) > 0 && mark(func(col *csvColumn) bool { return slices.Contains(c.names.measures, col.id) }) {
		return nil
	}
	if mark(func(col *csvColumn) bool { return strings.EqualFold(col.id, "OBS_VALUE") }) ||
		mark(func(col *csvColumn) bool { return hasPrefixFold(col.id, "OBS_VALUE") }) {
		return nil
	}
	numbers, err := c.numbers()
	if err != nil {
		return err
	}
	// Numbers right behind the time, which is the last dimension as a rule.
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
	if found || mark(func(col *csvColumn) bool { return hasPrefixFold(col.id, "MEAS") }) {
		return nil
	}
	return &callError{"there is no column OBS_VALUE: which columns hold the values? They are " + c.columnNames(), ErrMeasures}
}

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

// numbers tells which columns hold numbers and nothing else, by the first rows.
func (c *csvReader) numbers() ([]bool, error) {
	is, any := make([]bool, len(c.columns)), make([]bool, len(c.columns))
	for i := range is {
		is[i] = true
	}
	if _, err := c.rewind(); err != nil {
		return nil, csvError(err)
	}
	for range 1000 {
		fields, _, err := c.recs.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, csvError(err)
		}
		for i, f := range fields[:min(len(fields), len(is))] {
			if len(f) == 0 {
				continue
			}
			_, ok := c.asNumber(f)
			is[i] = is[i] && (ok || noValue(f))
			any[i] = true
		}
	}
	for i := range is {
		is[i] = is[i] && any[i]
	}
	return is, nil
}

// asNumber makes a JSON number of a field. A comma may be the decimal mark where
// it does not part columns.
func (c *csvReader) asNumber(f []byte) ([]byte, bool) {
	if c.sep != "," && bytes.IndexByte(f, ',') >= 0 {
		return csvtext.Number(f, ",", &c.number)
	}
	return csvtext.Number(f, ".", &c.number)
}

// noValue knows the texts of a value that is missing.
func noValue(f []byte) bool {
	switch string(f) {
	case "", "NaN", "#N/A", ":", ".", "..", "...", "-", "NA", "n/a", "N/A", "null":
		return true
	}
	return false
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
	isMeasure := func(col csvColumn) bool { return col.kind == measureColumn }
	defer func() {
		for i := range c.columns {
			if col := &c.columns[i]; col.kind == other && col.id != "" && !isKey(col.id) {
				col.kind = attributeColumn
			}
		}
	}()
	if len(c.r.o.Dimensions) > 0 {
		return c.named(c.r.o.Dimensions, dimensionColumn)
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
	first := slices.IndexFunc(c.columns, isMeasure)
	for i, col := range c.columns {
		switch {
		case col.kind != other || col.id == "" || isKey(col.id):
		case i < first && !knownAttribute(col.id):
			mark(i)
		case strings.EqualFold(col.id, "TIME_PERIOD"), strings.EqualFold(col.id, "FREQ") && i > first, strings.EqualFold(col.id, "REF_AREA"):
			mark(i)
		}
	}
	if !found {
		return &callError{"no column stands before the values: which columns are dimensions? They are " + c.columnNames(), ErrDimensions}
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
		if _, err := c.rewind(); err != nil {
			return false, csvError(err)
		}
		fields, _, err := c.recs.Next()
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, csvError(err)
		}
		if at >= len(fields) {
			return false, nil
		}
		dims := c.inKey(strings.Split(string(fields[at]), "."), fields)
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
func (c *csvReader) inKey(parts []string, fields [][]byte) []int {
	var dims []int
	for _, part := range parts {
		i := slices.IndexFunc(c.columns[:min(len(c.columns), len(fields))], func(col csvColumn) bool {
			return col.kind == other && col.id != "" && !isKey(col.id)
		})
		for ; i >= 0 && i < len(c.columns) && i < len(fields); i++ {
			col := c.columns[i]
			if col.kind != other || col.id == "" || isKey(col.id) || knownAttribute(col.id) || slices.Contains(dims, i) {
				continue
			}
			id := string(fields[i])
			if before, _, ok := strings.Cut(id, ": "); ok && col.both {
				id = before
			}
			if id == part {
				break
			}
		}
		if i < 0 || i >= len(c.columns) || i >= len(fields) {
			return nil
		}
		dims = append(dims, i)
	}
	return dims
}
