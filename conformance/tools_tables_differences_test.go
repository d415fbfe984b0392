package conformance_test

import (
	"bytes"
	"regexp"
	"strings"
)

// readTableDifferences are those of csv2jsonstat.
var readTableDifferences = []toolDifference{
	{
		name:    "blank-missing",
		reason:  "nothing is not zero",
		applies: func(c *toolComparison) bool { return strings.HasPrefix(c.where, "/value") && blanks.Match(c.text) },
	},
	{
		name:    "blank-statuses",
		reason:  "a row of nulls says nothing",
		applies: func(c *toolComparison) bool { return c.where == "/status (missing in ours)" },
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
		reason:  "a dimension may be called so",
		applies: func(c *toolComparison) bool { return reservedColumn.Match(c.text) },
	},
	{
		name:    "empty-lines",
		reason:  "an empty line is no row",
		applies: func(c *toolComparison) bool { return bytes.Contains(c.text, []byte("\n\n")) },
	},
	{
		name:    "padded",
		reason:  "a cube has all its cells, else it cannot be read again",
		applies: func(c *toolComparison) bool { return c.where == "/value/" || c.where == "/status/" },
	},
	{
		name:    "all-missing",
		reason:  "a table may well begin with a missing value, or have no other",
		applies: func(c *toolComparison) bool { return c.ref.failed && !c.ours.failed },
	},
	{
		name:    "odd-numbers",
		reason:  "a decimal number is what a person would read as one",
		applies: func(c *toolComparison) bool { return strings.HasPrefix(c.where, "/value") && hexadecimal.Match(c.text) },
	},
	{
		name:    "far-numbers",
		reason:  "a number may be of any size",
		applies: func(c *toolComparison) bool { return strings.HasPrefix(c.where, "/value") && farNumber.Match(c.text) },
	},
	{
		name:   "header-spaces",
		reason: "names are what stands between the separators",
		applies: func(c *toolComparison) bool {
			return !bytes.Equal(bytes.TrimSpace(c.text), bytes.TrimSuffix(c.text, []byte("\n")))
		},
	},
	{
		name:    "rich-label",
		reason:  "an empty label is none",
		applies: func(c *toolComparison) bool { return strings.HasSuffix(c.where, "/label (missing in ours)") },
	},
	{
		name:    "number-columns",
		reason:  "dimensions have the order of the columns, whatever they are called",
		applies: func(c *toolComparison) bool { return strings.HasPrefix(c.where, "/value") && numbered.Match(c.text) },
	},
	{
		name:    "rich-unit",
		reason:  "a unit keeps what is written of it",
		applies: func(c *toolComparison) bool { return strings.Contains(c.where, "/unit/") },
	},
	{
		name:   "rich-role",
		reason: "an office may have a role of its own, and it goes back as it came",
		applies: func(c *toolComparison) bool {
			return c.where == "/role (missing in the reference)" || strings.HasPrefix(c.where, "/role/")
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
