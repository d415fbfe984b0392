package conformance_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// readTableDifferences are those of csv2jsonstat.
var readTableDifferences = []toolDifference{
	{
		name:    "blank-missing",
		reason:  "nothing is not zero",
		applies: func(c *toolComparison) bool { return blanks.Match(c.text) },
		edit: func(c *toolComparison, theirs *object) {
			c.eachValue(theirs, func(a, b any) any {
				if b == nil && jsString(a) == "0" {
					return nil
				}
				return a
			})
		},
	},
	{
		name:   "blank-statuses",
		reason: "a row of nulls says nothing",
		edit: func(c *toolComparison, theirs *object) {
			if !c.ourObject().has("status") && allNull(theirs.get("status")) {
				theirs.remove("status")
			}
		},
	},
	{
		name:    "row-twice",
		reason:  "of two values for a cell, which is right?",
		applies: func(c *toolComparison) bool { return strings.Contains(c.ours.err, "have a row already") },
	},
	{
		name:    "columns-equal",
		reason:  "a column would be lost",
		applies: func(c *toolComparison) bool { return strings.Contains(c.ours.err, "have the same name") },
	},
	{
		name:    "ragged",
		reason:  "a row that is short or long has values in wrong columns",
		applies: func(c *toolComparison) bool { return strings.Contains(c.ours.err, "columns, the header has") },
	},
	{
		name:    "status-dimension",
		unlike:  true,
		reason:  "a dimension may be called so",
		applies: func(c *toolComparison) bool { return reservedColumn.Match(c.text) },
	},
	{
		name:    "empty-lines",
		unlike:  true,
		reason:  "an empty line is no row",
		applies: func(c *toolComparison) bool { return bytes.Contains(c.text, []byte("\n\n")) },
	},
	{
		name:   "padded",
		reason: "a cube has all its cells, else it cannot be read again",
		edit: func(c *toolComparison, theirs *object) {
			for _, name := range []string{"value", "status"} {
				if list, n := theirs.array(name), len(c.ourObject().array(name)); len(list) < n && len(list) > 0 {
					theirs.set(name, append(slices.Clone(list), make([]any, n-len(list))...))
				}
			}
		},
	},
	{
		name:    "all-missing",
		reason:  "a table may well begin with a missing value, or have no other",
		applies: func(c *toolComparison) bool { return c.ref.failed && !c.ours.failed },
	},
	{
		name:    "odd-numbers",
		reason:  "a decimal number is what a person would read as one",
		applies: func(c *toolComparison) bool { return hexadecimal.Match(c.text) },
		edit: func(c *toolComparison, theirs *object) {
			c.eachValue(theirs, func(a, b any) any {
				if b == nil && isNumber(a) {
					return nil
				}
				return a
			})
		},
	},
	{
		name:    "decimal-point",
		reason:  "where a comma parts the decimals, a point parts thousands: 1.234 is not a little more than one",
		applies: func(c *toolComparison) bool { return c.call.options["decimal"] == "," },
		edit: func(c *toolComparison, theirs *object) {
			c.eachValue(theirs, func(a, b any) any {
				if n, ok := a.(json.Number); ok && b == nil && bytes.Contains(c.text, []byte(".")) && n != "0" {
					return nil
				}
				return a
			})
		},
	},
	{
		name:    "far-numbers",
		reason:  "a number may be of any size",
		applies: func(c *toolComparison) bool { return farNumber.Match(c.text) },
		edit: func(c *toolComparison, theirs *object) {
			c.eachValue(theirs, func(a, b any) any {
				if n, ok := b.(json.Number); ok && a == nil && farNumber.MatchString(n.String()) {
					return b
				}
				return a
			})
		},
	},
	{
		name:   "header-spaces",
		unlike: true,
		reason: "names are what stands between the separators",
		applies: func(c *toolComparison) bool {
			return !bytes.Equal(bytes.TrimSpace(c.text), bytes.TrimSuffix(c.text, []byte("\n")))
		},
	},
	{
		name:    "magic-columns",
		reason:  "a column may be called so",
		unlike:  true,
		applies: func(c *toolComparison) bool { return bytes.Contains(c.text, []byte("__proto__")) },
	},
	{
		name:   "rich-label",
		reason: "an empty label is none",
		edit: func(_ *toolComparison, theirs *object) {
			for _, o := range append([]any{theirs}, theirs.object("dimension").list()...) {
				if o, ok := o.(*object); ok && o.get("label") == "" {
					o.remove("label")
				}
			}
		},
	},
	{
		name:    "number-columns",
		unlike:  true,
		reason:  "dimensions have the order of the columns, whatever they are called",
		applies: func(c *toolComparison) bool { return strings.HasPrefix(c.where, "/value") && numbered.Match(c.text) },
	},
	{
		name:   "rich-unit",
		reason: "a unit keeps what is written of it",
		edit: func(c *toolComparison, theirs *object) {
			for _, id := range theirs.object("dimension").keys() {
				units := theirs.object("dimension").object(id).object("category").object("unit")
				for _, k := range units.keys() {
					own := c.ourObject().object("dimension").object(id).object("category").object("unit").object(k)
					if place := own.get("position"); place != "start" && place != "end" {
						copyMember(units.object(k), own, "position")
					}
				}
			}
		},
	},
	{
		name:   "rich-role",
		reason: "an office may have a role of its own, and it goes back as it came",
		edit: func(c *toolComparison, theirs *object) {
			for _, name := range c.ourObject().object("role").keys() {
				if name == "time" || name == "geo" || name == "metric" {
					continue
				}
				if !theirs.has("role") {
					setMember(theirs, "role", &newJSObject().object)
				}
				copyMember(theirs.object("role"), c.ourObject().object("role"), name)
			}
		},
	},
	{
		name:    "rich-refused",
		reason:  "what is no CSV-stat is not guessed at",
		applies: func(c *toolComparison) bool { return c.ours.failed && bytes.HasPrefix(c.text, []byte("jsonstat")) },
	},
}

var (
	blanks         = regexp.MustCompile(`(?m)[,;](""|)\r?$|^[,;]`)
	numbered       = regexp.MustCompile(`(\A[^\n]*[0-9])|\ndimension,[0-9]`)
	farNumber      = regexp.MustCompile(`[eE][+-]?[0-9]{3}`)
	reservedColumn = regexp.MustCompile(`\ndimension,(status|value),`)
	hexadecimal    = regexp.MustCompile(`(?m)[,;]0x[0-9a-f]+\r?$`)
)

// eachValue changes the values of a document of the reference that are not ours.
func (c *toolComparison) eachValue(theirs *object, f func(theirs, ours any) any) {
	ours := c.ourObject()
	if list := theirs.array("value"); list != nil {
		for i, v := range ours.array("value") {
			if i < len(list) {
				list[i] = f(list[i], v)
			}
		}
		return
	}
	values := theirs.object("value")
	for _, k := range values.keys() {
		if v := f(values.get(k), ours.object("value").get(k)); v != nil {
			values.set(k, v)
		} else if !ours.object("value").has(k) {
			values.remove(k)
		}
	}
}
