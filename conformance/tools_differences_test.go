package conformance_test

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// toolDifferences are those of the tools that write JSON.
var toolDifferences = []toolDifference{
	{
		name:    "narrowed",
		reason:  "what is said of categories that are cut off belongs to nothing, and validators refuse it",
		applies: func(c *toolComparison) bool { return c.call.has["f"] && writesCubes(c) },
		edit:    func(_ *toolComparison, theirs any) { prune(theirs) },
	},
	{
		name:    "comma-undefined",
		reason:  "the values are what was asked for",
		applies: func(c *toolComparison) bool { return c.call.has["k"] && c.call.has["f"] && !c.call.has["b"] },
	},
	{
		name:    "json-labels",
		reason:  "an id says more than nothing, and no member is missing",
		applies: func(c *toolComparison) bool { return c.cube != nil && c.cube.lacksLabels() },
	},
	{
		name:   "unit-flabel",
		reason: "the names of members have nothing to do with units",
		applies: func(c *toolComparison) bool {
			return c.call.has["u"] && c.call.has["f"] && !c.call.has["b"] && !writesCubes(c)
		},
	},
	{
		name:    "unit-before-2",
		reason:  "the role of the dimension is known, wherever it stands",
		applies: func(c *toolComparison) bool { return c.call.has["u"] && c.cube != nil && !c.cube.tree.has("role") },
	},
	{
		name:    "item-version",
		reason:  "a document must say its version",
		applies: func(c *toolComparison) bool { return strings.HasPrefix(c.where, "/version (missing in the ref") },
	},
	{
		name:    "comma-texts",
		reason:  "a decimal comma is for numbers",
		applies: func(c *toolComparison) bool { return c.call.has["k"] && c.ds != nil && hasTexts(c.ds) },
	},
	{
		name:    "json-digits",
		reason:  "no digit is lost",
		applies: func(c *toolComparison) bool { return c.cube != nil && longNumbers(c.cube) },
	},
	{
		name:    "empty-status",
		reason:  "an empty text says nothing, as null does, and an empty row of statuses neither",
		applies: func(c *toolComparison) bool { return c.cube != nil && emptyStatus(c.cube.tree.get("status")) },
	},
	{
		name:    "pivot-members",
		reason:  "rows and members are told apart by ids: no value is lost, and the order is the table's",
		applies: func(c *toolComparison) bool { return c.call.has["b"] },
	},
	{
		name:    "same-names",
		reason:  "members of the same name would hide each other",
		applies: func(c *toolComparison) bool { return c.ds != nil && !writesCubes(c) && sameNames(c) },
	},
	{
		name:    "no-status",
		reason:  "a row of nulls says nothing",
		applies: func(c *toolComparison) bool { return writesCubes(c) && strings.HasPrefix(c.where, "/status (missing") },
	},
	{
		name:    "sound-head",
		reason:  "what is written is valid: no roles, labels, units or values of what is not there, and sizes are numbers",
		applies: func(c *toolComparison) bool { return writesCubes(c) && !c.ref.failed && !c.ours.failed && unsound(c) },
	},
	{
		name:    "nothing-left",
		reason:  "a cube without cells is no answer",
		applies: func(c *toolComparison) bool { return c.ours.failed && strings.Contains(c.ours.err, "nothing is left") },
	},
	{
		name:    "unit-understood",
		reason:  "a unit is written as it is understood, and shown for a metric dimension alone",
		applies: func(c *toolComparison) bool { return c.call.has["u"] && strings.Contains(c.where, "/unit") },
	},
	{
		name:    "json-empty-id",
		reason:  "an empty text is an id like any other",
		applies: func(c *toolComparison) bool { return c.ds != nil && c.ds.Dimension("") != nil },
	},
	{
		name:    "crash",
		reason:  "the document can be read",
		applies: func(c *toolComparison) bool { return c.ref.crash && !c.ours.failed },
	},
	{
		name:    "role-empty",
		reason:  "a role without dimensions is none",
		applies: func(c *toolComparison) bool { return c.call.has["m"] && strings.HasSuffix(c.where, "/role/") },
	},
}

func writesCubes(c *toolComparison) bool {
	return slices.Contains([]string{"jsonstatdice", "jsonstatslice", "jsonstat2jsonstat"}, c.call.tool)
}

// lacksLabels tells whether a dimension or a category has no text for a label.
func (c *cube) lacksLabels() bool {
	for i := range c.dims {
		d := &c.dims[i]
		if !isText(d.label) {
			return true
		}
		for k := range d.ids {
			if _, _, ok := d.madeUp(k); ok {
				return true
			}
		}
	}
	return false
}

// prune takes away what the categories of a cube that are not in its index are
// said to be.
func prune(tree any) {
	cube, _ := tree.(*object)
	for _, id := range cube.object("dimension").keys() {
		category := cube.object("dimension").object(id).object("category")
		index := category.object("index")
		for _, name := range []string{"label", "unit", "note", "coordinates", "child"} {
			members := category.object(name)
			for _, k := range members.keys() {
				if !index.has(k) {
					members.remove(k)
					continue
				}
				if list, ok := members.get(k).([]any); ok && name == "child" {
					list = slices.DeleteFunc(list, func(v any) bool { s, _ := v.(string); return !index.has(s) })
					if members.set(k, list); len(list) == 0 {
						members.remove(k)
					}
				}
			}
			if members != nil && len(members.names) == 0 && name != "label" {
				category.remove(name)
			}
		}
	}
}

func hasTexts(ds *jsonstat.Dataset) bool {
	facts, err := ds.Cells().Facts()
	return err == nil && facts.Texts+facts.Booleans > 0
}

// longNumbers tells whether a value is no double as it is written.
func longNumbers(c *cube) bool {
	for _, v := range c.values {
		n, ok := v.(json.Number)
		if !ok {
			continue
		}
		f, err := strconv.ParseFloat(n.String(), 64)
		if err != nil || string(jsonstat.AppendNumber(nil, []byte(n.String()))) != jsNumber(n.String()) || math.IsInf(f, 0) {
			return true
		}
	}
	return false
}

// emptyStatus tells whether statuses say nothing somewhere.
func emptyStatus(v any) bool {
	switch x := v.(type) {
	case string:
		return x == ""
	case []any:
		return len(x) == 0 || slices.ContainsFunc(x, func(v any) bool { return v != nil && (v == "" || !isText(v)) }) || len(x) == 1
	case *object:
		if len(x.names) == 0 {
			return true
		}
		for _, name := range x.names {
			if s := x.get(name); s == nil || s == "" || !isText(s) {
				return true
			}
		}
	}
	return false
}

// sameNames tells whether two members of a row, or columns, would have one name.
func sameNames(c *toolComparison) bool {
	seen := map[string]bool{"value": true, "status": true, "unit": true, "Value": true, "Status": true}
	for _, d := range c.ds.Dimensions() {
		name := d.ID()
		if c.call.has["f"] == (c.call.tool == "jsonstat2arrobj" || c.call.tool == "jsonstat2objarr") {
			name = d.Label()
		}
		if seen[name] {
			return true
		}
		seen[name] = true
	}
	return false
}

// unsound tells whether the reference hands on what validators refuse, or what
// means nothing.
func unsound(c *toolComparison) bool {
	theirs, err := readJSON([]byte(c.ref.out))
	if err != nil {
		return false
	}
	o, _ := theirs.(*object)
	for _, start := range []string{"/role", "/size", "/dimension/", "/value/", "/status", "/updated", "/note", "/link", "/label", "/source", "/href", "/version", "/class", "/extension", "/id"} {
		if strings.HasPrefix(c.where, start) {
			return o != nil
		}
	}
	return false
}
