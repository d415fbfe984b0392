package pxweb

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
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
	saved  string // the id by which the server knows the query, if it does

	// again resolves what was selected once more, for a table that changed; nil if nobody
	// knows what it was.
	again func(*Table) (*Query, error)

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

// WithoutValueSets is the query with the values of value sets as what they are, values of
// the variable. Statistics Norway says that the two do the same, and other servers refuse
// values that only a value set has.
func (q *Query) WithoutValueSets() *Query {
	plain := *q
	plain.saved = ""
	if q.again != nil {
		plain.again = func(t *Table) (*Query, error) {
			fresh, err := q.again(t)
			if err != nil {
				return nil, err
			}
			return fresh.WithoutValueSets(), nil
		}
	}
	plain.Chosen = slices.Clone(q.Chosen)
	for i := range plain.Chosen {
		if c := &plain.Chosen[i]; c.isValueSet() && c.inTableOrder() {
			c.CodeList = ""
		}
	}
	return &plain
}

// isValueSet tells whether the values are those of a value set, which are values of the
// variable, and not groups of them.
func (c *Chosen) isValueSet() bool {
	kind, _, _ := strings.Cut(c.CodeList, ":")
	return kind == "vs"
}

// inTableOrder puts the codes in the order of the variable, in which they come whatever list
// they are of. It reports false, and leaves them, if they are not all values of it.
func (c *Chosen) inTableOrder() bool {
	d := c.Variable.Dim
	if d == nil {
		return false
	}
	keep := make([]int, len(c.Codes))
	for i, code := range c.Codes {
		if keep[i] = d.Index(code); keep[i] < 0 {
			return false
		}
	}
	slices.Sort(keep)
	c.take(d, keep)
	return true
}

// take takes the categories at some indexes, or all of them if there are none.
func (c *Chosen) take(d *jsonstat.Dimension, keep []int) {
	if keep == nil {
		keep = span(0, d.Len())
	}
	c.Codes, c.Labels = make([]string, len(keep)), make([]string, len(keep))
	for i, k := range keep {
		c.Codes[i], c.Labels[i] = d.CategoryID(k), d.CategoryLabel(k)
	}
}

func span(from, to int) []int {
	list := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		list = append(list, i)
	}
	return list
}

// Len is the number of values; 0 if that is not known.
func (c *Chosen) Len() int { return len(c.Codes) }

// isStar tells whether a criterion selects all values.
func isStar(c dice.Criterion) bool {
	return !c.Omit && len(c.Select) == 1 && c.Select[0].Kind == dice.Glob && c.Select[0].Text == "*"
}
