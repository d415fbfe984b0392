package conformance_test

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// tableDifferences are those of jsonstat2csv in tables of any form.
var tableDifferences = []difference{
	{
		name:   "unit-as-label",
		reason: "some offices write the text of a measure nowhere else",
		applies: func(c *comparison) bool {
			return c.anyDimension(func(d *cubeDimension) bool { return d.anyMadeUp(true) })
		},
		edit: func(_ *comparison, t *table) { t.unlabel(true) },
	},
	{
		name:   "label-missing",
		reason: "an id says which category it is, an empty cell does not",
		applies: func(c *comparison) bool {
			return c.anyDimension(func(d *cubeDimension) bool { return d.anyMadeUp(false) })
		},
		edit: func(_ *comparison, t *table) { t.unlabel(false) },
	},
	{
		name:   "repeated-headers",
		reason: "columns of the same name cannot be told apart, by people or programs",
		applies: func(c *comparison) bool {
			return c.cube != nil && !c.call.rich && (!c.call.fid || c.pivots())
		},
		edit: func(_ *comparison, t *table) {
			for i, col := range t.cols {
				id := col.key
				bare := ""
				switch {
				case col.dim >= 0:
					bare = t.cube.dims[col.dim].header(t.call.fid)
				case col.category >= 0:
					by := &t.cube.dims[t.call.pivoted(t.cube)]
					id = by.ids[col.category]
					bare = jsString(by.shown(col.category, t.call.fid))
				}
				if h := &t.header[i]; h.text == bare+" ["+id+"]" {
					h.text = bare
				}
			}
		},
	},
	{
		name:   "digits",
		reason: "digits are data; `12345678901234567890` is not `12345678901234567000`",
		applies: func(c *comparison) bool {
			return c.anyValue(func(v any) bool {
				n, ok := v.(json.Number)
				return ok && string(jsonstat.AppendNumber(nil, []byte(n))) != jsNumber(string(n))
			})
		},
		edit: func(_ *comparison, t *table) {
			t.each(func(_ column, c *cell) {
				if c.kind != numberCell {
					return
				}
				n := string(t.cube.values[c.pos].(json.Number))
				text := strings.Replace(c.text, t.call.mark(), ".", 1)
				if sameNumber(text, n) {
					c.text = strings.Replace(jsNumber(n), ".", t.call.mark(), 1)
				}
			})
		},
	},
	{
		name:   "text-values",
		reason: "a text is no number: its points are not decimal marks, and a separator in it is none",
		applies: func(c *comparison) bool {
			return !c.pivots() && c.anyValue(func(v any) bool { return kindOf(v) >= stringCell })
		},
		edit: func(_ *comparison, t *table) { t.rawStrings = true },
	},
	{
		name:   "quotes",
		reason: "RFC 4180; without it the file cannot be read back",
		applies: func(c *comparison) bool {
			texts := c.call.na + c.call.vlabel + c.call.slabel
			return c.cube != nil && strings.ContainsAny(c.cube.texts+texts, "\"\r\n")
		},
		edit: func(_ *comparison, t *table) { t.rawText = true },
	},
	{
		name:   "outer-blanks",
		reason: "blanks around a field are no part of it for our reader and many others",
		applies: func(c *comparison) bool {
			if c.cube == nil {
				return false
			}
			return outerBlanks(c.call.na) || outerBlanks(c.call.vlabel) || outerBlanks(c.call.slabel) || slices.ContainsFunc(strings.Split(c.cube.texts, "\x00"), outerBlanks)
		},
		edit: func(_ *comparison, t *table) { t.rawText = true },
	},
	{
		name:   "overlapping-separator",
		reason: "a text whose end begins the separator would move the end of its cell",
		applies: func(c *comparison) bool {
			sep := c.call.separator()
			for n := 1; n < len(sep); n++ {
				if strings.HasSuffix(sep, sep[:n]) {
					return true
				}
			}
			return false
		},
		edit: func(_ *comparison, t *table) { t.rawText, t.rawNumbers = true, true },
	},
	{
		name:   "separator-in-number",
		reason: "a decimal mark or a sign that is the separator too makes columns out of nothing",
		applies: func(c *comparison) bool {
			return strings.Trim(c.call.separator(), "0123456789eE.+-"+c.call.mark()) == ""
		},
		edit: func(_ *comparison, t *table) { t.rawNumbers = true },
	},
	{
		name:    "dollar-mark",
		reason:  "a decimal mark is the text that was typed",
		applies: func(c *comparison) bool { return strings.Contains(c.call.mark(), "$") },
		ends:    unlike,
	},
	{
		name:   "empty-line",
		reason: "readers pass over empty lines, and so would lose a row of a table of one column",
		applies: func(c *comparison) bool {
			return c.pivots() && len((&table{call: c.call, cube: c.cube}).columns(c.document)) == 1
		},
		edit: func(_ *comparison, t *table) { t.bareEmpty = true },
	},
	{
		name:   "value-name-taken",
		reason: "the value column is the last one, whatever it is called",
		applies: func(c *comparison) bool {
			return c.cube != nil && !c.pivots() && slices.Contains(c.namesBefore(), c.call.valueName())
		},
		ends: unlike,
	},
}

// sameNumber tells whether two texts are the same decimal number.
func sameNumber(a, b string) bool {
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	return okX && okY && x.Cmp(y) == 0
}

// anyValue asks for each value.
func (c *comparison) anyValue(f func(any) bool) bool {
	return c.cube != nil && slices.ContainsFunc(c.cube.values, f)
}

// namesBefore are the headers of the reference's long table before the values.
func (c *comparison) namesBefore() []string {
	var names []string
	for i := range c.cube.dims {
		names = append(names, c.cube.dims[i].header(c.call.fid || c.call.rich))
	}
	if c.call.status || c.call.rich && c.ds.Cells().Info().HasStatus {
		names = append(names, c.call.statusName())
	}
	return names
}

// anyMadeUp asks for a category whose label our reader made up.
func (d *cubeDimension) anyMadeUp(fromUnit bool) bool {
	for k := range d.ids {
		if _, unit, ok := d.madeUp(k); ok && unit == fromUnit {
			return true
		}
	}
	return false
}

// each goes through the cells below the header.
func (t *table) each(f func(column, *cell)) {
	for _, row := range t.rows {
		for i := range row {
			f(t.cols[i], &row[i])
		}
	}
}

// rowCoords are the categories of a row of our table; those of a dimension that
// has become columns are of no meaning.
func (t *table) rowCoords(row []cell) []int {
	for _, c := range row {
		if c.pos >= 0 {
			return t.cube.coords(c.pos)
		}
	}
	return nil
}

// unlabel takes back the labels that our reader made up.
func (t *table) unlabel(fromUnit bool) {
	replace := func(c *cell, dim, k int, say func(any) string) {
		d := &t.cube.dims[dim]
		label, unit, ok := d.madeUp(k)
		if ok && unit == fromUnit && (c.text == label || c.text == label+" ["+d.ids[k]+"]") {
			c.text = say(d.labels[k])
		}
	}
	if !t.call.cid && !t.call.rich {
		for _, row := range t.rows {
			coords := t.rowCoords(row)
			for i, col := range t.cols {
				if col.dim >= 0 {
					replace(&row[i], col.dim, coords[col.dim], t.shownLabel)
				}
			}
		}
	}
	if by := t.call.pivoted(t.cube); by >= 0 && !t.call.fid {
		for i, col := range t.cols {
			if col.category >= 0 {
				replace(&t.header[i], by, col.category, jsString)
			}
		}
	}
	if t.call.rich {
		for dim, line := range t.dimensionLines() {
			for k := range t.cube.dims[dim].ids {
				replace(&line[5+2*k], dim, k, t.shownLabel)
			}
		}
	}
}

// shownLabel is what a cell of the reference says for a label that may be missing.
func (t *table) shownLabel(label any) string {
	if text, ok := label.(string); ok {
		return text
	}
	if t.call.pivoted(t.cube) >= 0 {
		switch _, absent := label.(undefined); {
		case label == nil:
			return or(t.call.na, "n/a")
		case absent && t.call.mark() != ".":
			return "undefined"
		}
	}
	return ""
}

// dimensionLines are the lines of a CSV-stat head that describe dimensions.
func (t *table) dimensionLines() [][]cell {
	var lines [][]cell
	for _, line := range t.head[1:] {
		if line[0].text == "dimension" {
			lines = append(lines, line)
		}
	}
	// A title may be "dimension" as well, but not have the columns of one.
	return lines[len(lines)-len(t.cube.dims):]
}

// richDifferences are those of CSV-stat.
var richDifferences = []difference{
	{
		name:   "separators-alike",
		reason: "a reader takes the separator from one character of the first line and could not tell the marks apart",
		applies: func(c *comparison) bool {
			sep, mark, unit := c.call.separator(), c.call.mark(), or(c.call.unit, "|")
			return c.call.rich && c.cube != nil && (len([]rune(sep)) != 1 || sep == mark || sep == unit)
		},
		ends: weEnd,
	},
	{
		name:   "separator-in-unit",
		reason: "a part of the unit would become another: the label a symbol",
		applies: func(c *comparison) bool {
			return c.anyUnit(func(unit any) bool {
				for _, name := range []string{"label", "base", "symbol", "position"} {
					if strings.Contains(jsString(unitMember(unit, name)), or(c.call.unit, "|")) {
						return true
					}
				}
				return strings.Contains(decimalsText(unit), or(c.call.unit, "|"))
			})
		},
		ends: weEnd,
	},
	{
		name:   "role-inside",
		reason: "a role is a role, also in a document that keeps it where it was before 2.0",
		applies: func(c *comparison) bool {
			return c.call.rich && c.cube != nil && c.cube.tree.has("version") && falsy(c.cube.tree.get("role")) &&
				c.cube.tree.object("dimension").object("role") != nil
		},
		edit: func(_ *comparison, t *table) {
			roles := t.cube.tree.object("dimension").object("role")
			for i, line := range t.head {
				if line[0].text != "dimension" {
					continue
				}
				n := 4 + 2*len(t.cube.dims[t.cube.dimension(line[1].text)].ids)
				if len(line) > n && slices.Contains(roles.array(line[n].text), any(line[1].text)) {
					t.head[i] = line[:n]
				}
			}
		},
	},
	{
		name:   "blank-status",
		reason: "an empty status for all cells is none, as it is without the brackets",
		applies: func(c *comparison) bool {
			status := c.rawStatus()
			return c.call.rich && len(status) == 1 && falsy(status[0]) && c.ds.Len() != 1
		},
		edit: func(_ *comparison, t *table) {
			i := len(t.cols) - 1
			if i > 0 && t.cols[i-1].status {
				return
			}
			t.cols = slices.Insert(t.cols, i, column{dim: -1, category: -1, status: true})
			t.header = slices.Insert(t.header, i, cell{text: "status", pos: -1})
			for k := range t.rows {
				t.rows[k] = slices.Insert(t.rows[k], i, cell{pos: -1})
			}
		},
	},
	{
		name:   "unit-missing",
		reason: "a category without a unit has an empty one",
		applies: func(c *comparison) bool {
			return c.anyUnit(falsy)
		},
		ends: theyEnd,
	},
	{
		name:   "unit-base",
		reason: "PxWeb writes the name of the unit there",
		applies: func(c *comparison) bool {
			return c.anyUnit(func(unit any) bool { return falsy(unitMember(unit, "label")) && !falsy(unitMember(unit, "base")) })
		},
		edit: func(c *comparison, t *table) {
			t.eachUnit(func(unit any, parts []string) {
				if falsy(unitMember(unit, "label")) && parts[1] == unitMember(unit, "base") {
					parts[1] = ""
				}
			})
		},
	},
	{
		name:   "unit-decimals",
		reason: "PxWeb writes -1 for decimals that are not set; there are no half decimals",
		applies: func(c *comparison) bool {
			return c.anyUnit(func(unit any) bool { return decimalsText(unit) != "" })
		},
		edit: func(c *comparison, t *table) {
			t.eachUnit(func(unit any, parts []string) {
				if parts[0] == "" {
					parts[0] = decimalsText(unit)
				}
			})
		},
	},
}

// rawStatus is the status of the cube, if it is an array.
func (c *comparison) rawStatus() []any {
	if c.cube == nil {
		return nil
	}
	return c.cube.tree.array("status")
}

// anyUnit asks for the units that CSV-stat shows, of which some may be absent.
func (c *comparison) anyUnit(f func(any) bool) bool {
	return c.call.rich && c.anyDimension(func(d *cubeDimension) bool {
		return c.cube.role(d.id) == "metric" && !falsy(d.tree.object("category").get("unit")) && slices.ContainsFunc(d.units, f)
	})
}

// unitMember is a member of a unit, undefined if there is none.
func unitMember(unit any, name string) any {
	o, _ := unit.(*object)
	return member(o, name)
}

// decimalsText is what the reference writes for decimals; "" for null.
func decimalsText(unit any) string {
	switch d := unitMember(unit, "decimals").(type) {
	case nil, undefined:
		return ""
	default:
		return jsString(d)
	}
}

// eachUnit changes the parts of the units in the head.
func (t *table) eachUnit(f func(unit any, parts []string)) {
	sep := or(t.call.unit, "|")
	for i, line := range t.dimensionLines() {
		d := &t.cube.dims[i]
		first := 5 + 2*len(d.ids) // behind the labels and the role
		if len(line) < first+len(d.ids) {
			continue
		}
		for k := range d.ids {
			c := &line[first+k]
			parts := strings.Split(c.text, sep)
			f(d.units[k], parts)
			c.text = strings.Join(parts, sep)
		}
	}
}
