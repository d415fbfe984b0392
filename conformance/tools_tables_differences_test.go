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
		unlike:  true,
		applies: func(c *toolComparison) bool { return c.csv().headerTwice() },
	},
	{
		name:   "status-unknown",
		reason: "a name of what is not there is a slip of the pen; the message has near misses",
		applies: func(c *toolComparison) bool {
			name, _ := c.call.options["slabel"].(string)
			return c.ours.failed && name != "Status" && !slices.Contains(c.csv().shownHeader(), name)
		},
	},
	{
		name:    "status-or-dimension",
		reason:  "of two values for a cell, which is right? With that column among the dimensions there is one",
		applies: func(c *toolComparison) bool { return c.ours.failed && c.csv().statusTellsApart() },
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
		name:    "row-numbers",
		reason:  "programs that write tables number their rows; the numbers say nothing",
		unlike:  true,
		applies: func(c *toolComparison) bool { return c.csv().numbered() },
	},
	{
		name:    "lines-above",
		reason:  "offices put a title there",
		unlike:  true,
		applies: func(c *toolComparison) bool { return c.csv().titleAbove() },
	},
	{
		name:    "all-missing",
		reason:  "a table may well begin with a missing value, or have no other",
		applies: func(c *toolComparison) bool { return c.ref.failed && !c.ours.failed },
	},
	{
		name:   "odd-numbers",
		reason: "what has a zero in front is a code, and 0x10 is no decimal number",
		applies: func(c *toolComparison) bool {
			return c.ours.failed && slices.ContainsFunc(c.csv().valueTexts(), oddNumber.MatchString)
		},
	},
	{
		name:   "decimal-point",
		reason: "where a comma parts the decimals, a point parts thousands: 1.234 is not a little more than one",
		applies: func(c *toolComparison) bool {
			return c.ours.failed && c.call.options["decimal"] == "," && slices.ContainsFunc(c.csv().valueTexts(), pointNumber.MatchString)
		},
	},
	{
		name:    "value-texts",
		reason:  "a text that becomes nothing is lost without a word",
		applies: func(c *toolComparison) bool { return c.ours.failed && len(c.csv().valueTexts()) > 0 },
	},
	{
		name:    "many-cells",
		reason:  "a column of numbers of which nearly each row has another is figures more often than a dimension",
		applies: func(c *toolComparison) bool { return c.ours.failed && c.csv().manyCells() },
	},
	{
		name:    "no-header",
		reason:  "a row of data would be lost",
		applies: func(c *toolComparison) bool { return c.ours.failed && c.csv().numbersAsHeader() },
	},
	{
		name:    "several-figures",
		reason:  "figures that become categories make a cube that is nearly empty",
		applies: func(c *toolComparison) bool { return c.ours.failed && c.csv().severalFigures() },
	},
	{
		name:    "repeats",
		reason:  "the cube would have many more cells, and say no more",
		applies: func(c *toolComparison) bool { return c.ours.failed && c.csv().hasRepeat() },
	},
	{
		name:    "value-periods",
		reason:  "years are no figures",
		applies: func(c *toolComparison) bool { return c.ours.failed && c.csv().lastIsYears() },
	},
	{
		name:    "value-name",
		reason:  "a name says what a column is, wherever it stands",
		unlike:  true,
		applies: func(c *toolComparison) bool { return c.call.options["vlabel"] == nil && c.csv().valueNotLast() },
	},
	{
		name:    "status-name",
		reason:  "likewise",
		unlike:  true,
		applies: func(c *toolComparison) bool { return c.csv().otherStatusName() },
	},
	{
		name:    "label-columns",
		reason:  "a code and its label are one category",
		unlike:  true,
		applies: func(c *toolComparison) bool { return c.csv().codeAndLabel() },
	},
	{
		name:    "nameless",
		reason:  "a dimension without a name cannot be asked for",
		unlike:  true,
		applies: func(c *toolComparison) bool { return slices.Contains(c.csv().shownHeader(), "") },
	},
	{
		name:   "status-marks",
		reason: "the mark says why there is no value",
		edit: func(c *toolComparison, theirs *object) {
			if c.csv().marksAsValues() {
				setMember(theirs, "status", c.ourObject().get("status"))
			}
		},
	},
	{
		name:   "status-nothing",
		reason: "that is what programs write for nothing",
		edit: func(c *toolComparison, theirs *object) {
			for i, s := range theirs.array("status") {
				if text, ok := s.(string); ok && saysNothing.MatchString(text) {
					theirs.array("status")[i] = nil
				}
			}
			statuses := theirs.object("status")
			for _, k := range statuses.keys() {
				if text, ok := statuses.get(k).(string); ok && saysNothing.MatchString(text) {
					statuses.remove(k)
				}
			}
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
		name:    "header-blanks",
		unlike:  true,
		reason:  "nobody sees them, and no option could name the column",
		applies: func(c *toolComparison) bool { return !slices.Equal(c.csv().header, c.csv().shownHeader()) },
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
	oddNumber      = regexp.MustCompile(`^([+-]?0[0-9]+|0x[0-9a-f]+)$`)
	pointNumber    = regexp.MustCompile(`^[0-9]*\.[0-9]+$`)
	saysNothing    = regexp.MustCompile(`^(?i)(na|n/a|nan|null|none|<na>|#n/a)$`)
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
