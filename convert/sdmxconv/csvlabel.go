package sdmxconv

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// label takes a column for the one of the names of another one.
func (c *csvReader) label(column, of int) {
	c.columns[column].kind, c.columns[column].of = labelColumn, of
}

// labelsByID takes X_LABEL, somewhere behind X, for the names of X. Values have none.
func (c *csvReader) labelsByID() {
	const ending = "_LABEL"
	for i, col := range c.columns {
		n := len(col.id) - len(ending)
		if col.kind != other || n <= 0 || !strings.EqualFold(col.id[n:], ending) || hasPrefixFold(col.id, "OBS_VALUE") {
			continue
		}
		k := slices.IndexFunc(c.columns[:i], func(of csvColumn) bool {
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

// smallIDs tells whether the ids of columns are in small letters: that of the first
// one is, or that of one behind another header of small letters, which a name and an
// id would not be.
func (c *csvReader) smallIDs() bool {
	first, before := true, false
	for _, col := range c.columns {
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

// mayName tells whether a column could hold the names of what stands in the column
// before: its header is a text rather than an id.
func (c *csvReader) mayName(i int) bool {
	if i == 0 || len(c.choice.By) > 0 {
		return false
	}
	col, of := &c.columns[i], &c.columns[i-1]
	switch {
	case col.kind != other || col.both || col.several || col.langs != nil || col.id == "" || isUpdate(col.id) || c.names.has(col.id),
		of.kind == labelColumn || of.id == "" || isKey(of.id) || isUpdate(of.id) || strings.Contains(of.id, " "):
		return false
	}
	return strings.Contains(col.id, " ") || !c.small && hasSmall(col.id) && !hasSmall(of.id)
}

// labels finds the columns of names by their headers and what stands in them: a function
// of the column before or, behind the values, nothing.
func (c *csvReader) labels() error {
	if len(c.choice.By) > 0 { // other columns are categories, whatever they are called
		return nil
	}
	pairs, err := c.labelsByUser()
	if err != nil {
		return err
	}
	taken, last := 0, 0
	for i := range c.columns {
		if !c.mayName(i) || slices.ContainsFunc(pairs, func(p [2]int) bool { return (p[0] == i-1) != (p[1] == i) }) {
			continue
		}
		ok := true
		for _, t := range c.tables {
			is, err := t.names(i)
			if err != nil {
				return err
			}
			ok = ok && is
		}
		if !ok {
			continue
		}
		if err := c.fewNames(i); err != nil {
			return err
		}
		c.label(i, i-1)
		taken, last = taken+1, i
		if c.columns[i-1].name == "" {
			c.columns[i-1].name = c.header[i]
		}
	}
	// Columns of names come in number: one alone, which nothing but its letters tells,
	// may well be a dimension.
	if taken == 1 && !strings.Contains(c.header[last], " ") && !strings.EqualFold(c.header[last], c.columns[last-1].id) {
		c.tables[0].u.Doubtf([]string{"Dimensions"}, "%s is taken for the names of %s", brief(c.header[last]), brief(c.columns[last-1].id))
	}
	return c.unique()
}

// names tells whether the cells of a column may be names of those of the column before:
// they are a function of them. Behind values, which have none, there is nothing, or the
// value again.
func (t *table) names(i int) (ok bool, err error) {
	if t.c.columns[i-1].kind != measureColumn {
		return t.u.IsFunction(i, i-1)
	}
	ok = true
	err = t.u.Some([]int{i - 1, i}, rows.BatchRows, func(texts []string) bool {
		ok = texts[1] == "" || texts[1] == texts[0]
		return ok
	})
	return ok, err
}

// hasLabels tells whether a column of the file holds the names of another one.
func (c *csvReader) hasLabels(of int) bool {
	return slices.ContainsFunc(c.columns, func(col csvColumn) bool { return col.kind == labelColumn && col.of == of })
}

// labelsByUser are the pairs of ids and labels that options name.
func (c *csvReader) labelsByUser() ([][2]int, error) {
	var pairs [][2]int
	for _, l := range c.choice.Labels {
		list, err := c.tables[0].u.Named(l[:])
		if err != nil {
			return nil, err
		}
		if len(list) == 2 {
			pairs = append(pairs, [2]int{list[0], list[1]})
		}
	}
	return pairs, nil
}

// fewNames warns of a column of names in which many ids share theirs: it may say
// something else of them.
func (c *csvReader) fewNames(i int) error {
	for _, t := range c.tables {
		names, err := t.u.Size(i)
		if err != nil {
			return err
		}
		ids, err := t.u.Size(i - 1)
		if err != nil {
			return err
		}
		if n, m := t.u.Count(i); 5*names < 4*ids && n+m > 0 {
			t.u.Doubtf([]string{"Dimensions", "Labels", "Ignore"}, "%s is taken for the names of %s, and has %d texts for %d ids", brief(c.header[i]), brief(c.columns[i-1].id), names, ids)
			return nil
		}
	}
	return nil
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
