package pxweb

import (
	"github.com/jsonstat-go/toolkit/dice"
)

// A selection goes one way: [dice.Parse], or [ParseQuery] and [Address.Criteria] for the
// languages of the two versions, make it criteria; [Table.Resolve] holds these against
// a table and makes a Query, in which every value is a code; a Query is cut into boxes by
// plan.go; and a box is written as a request by query1.go or query2.go.

// Query is a selection held against a table: of each variable that is in the
// answer, the codes in the order of the table. It does not change any more, so that several
// goroutines may use it.
type Query struct {
	Table  *Table
	Chosen []Chosen // in the order of the table

	// Default asks for the extract that the server chooses; Chosen is empty then.
	Default bool

	metric string // the variable that an answer called the contents

	// Warnings are what may surprise.
	Warnings []string
}

// Chosen is the part of a variable that a query asks for.
type Chosen struct {
	Variable *Variable
	CodeList string   // "agg:X", "vs:X" or ""
	Codes    []string // in table order, none twice
	Whole    bool     // all values, which the server does not tell: Codes is nil
	Labels   []string // of Codes, nil if not known
}

// Len is the number of values; 0 if that is not known.
func (c *Chosen) Len() int { return len(c.Codes) }

// isStar tells whether a criterion selects all values.
func isStar(c dice.Criterion) bool {
	return !c.Omit && len(c.Select) == 1 && c.Select[0].Kind == dice.Glob && c.Select[0].Text == "*"
}
