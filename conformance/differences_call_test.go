package conformance_test

import "slices"

// callDifferences are those in what jsonstat2csv makes of its options.
var callDifferences = []difference{
	{
		name:    "empty-na",
		reason:  "an empty cell is what most programs want for a missing value",
		applies: func(c *comparison) bool { return c.cube != nil && c.call.naSet && c.call.na == "" },
		edit: func(_ *comparison, t *table) {
			t.each(func(_ column, c *cell) {
				if c.pos >= 0 && c.kind == textCell && c.text == "" {
					c.text = "n/a"
				}
			})
		},
	},
	{
		name:   "unknown-by",
		reason: "a table of another form than was asked for helps nobody; the message has near misses",
		applies: func(c *comparison) bool {
			return c.cube != nil && !c.call.rich && c.call.by != "" && !c.pivots()
		},
		ends: weEnd,
	},
	{
		name:   "unknown-drop",
		reason: "likewise",
		applies: func(c *comparison) bool {
			return c.pivots() && slices.ContainsFunc(c.call.drop, func(id string) bool { return c.cube.dimension(id) < 0 })
		},
		ends: weEnd,
	},
	{
		name:    "several-by",
		reason:  "a table may be pivoted by two dimensions, as in the offices' own spreadsheets",
		applies: func(c *comparison) bool { return len(c.call.alsoBy) > 0 },
		ends:    unlike,
	},
	{
		name:    "numbers-as-options",
		reason:  "a value is the text that was typed",
		applies: func(c *comparison) bool { return c.call.given != nil },
		ends:    unlike,
	},
}
