package conformance_test

import (
	"slices"
)

// toolDifferences are those of the tools that write JSON.
var toolDifferences = []toolDifference{
	{name: "comma-undefined", reason: "the values are what was asked for"},
	{name: "json-unit-labels", reason: "some offices write the text of a measure nowhere else"},
	{name: "json-labels", reason: "an id says more than nothing, and no member is missing"},
	{name: "unit-flabel", reason: "the names of members have nothing to do with units"},
	{name: "unit-before-2", reason: "the role of the dimension is known, wherever it stands"},
	{name: "comma-texts", reason: "a decimal comma is for numbers"},
	{name: "json-digits", reason: "no digit is lost"},
	{name: "empty-status", reason: "an empty text says nothing, as null does, and an empty row of statuses neither"},
	{name: "pivot-members", reason: "rows and members are told apart by ids: no value is lost, and the order is the table's"},
	{name: "same-names", reason: "members of the same name would hide each other"},
	{name: "unit-understood", reason: "a unit is written as it is understood, and shown for a metric dimension alone"},
	{name: "json-empty-id", reason: "an empty text is an id like any other"},
	{name: "role-empty", reason: "a role without dimensions is none"},
	{
		name:   "json-unknown",
		reason: "a table of another form than was asked for helps nobody; the message has near misses",
		applies: func(c *toolComparison) bool {
			return c.ours.failed && c.tabular() && c.cube != nil &&
				(c.call.by != "" && c.cube.dimension(c.call.by) < 0 || slices.Contains(c.call.drop, "no such"))
		},
	},
	{
		name:   "member-order",
		reason: "members stand in one order, whatever they were made of; the order in an object says nothing",
	},
	{
		name:    "crash",
		reason:  "the document can be read",
		applies: func(c *toolComparison) bool { return c.ref.crash && !c.ours.failed },
	},
}

func writesCubes(c *toolComparison) bool {
	return slices.Contains([]string{"jsonstatdice", "jsonstatslice", "jsonstat2jsonstat"}, c.call.tool)
}
