package pxweb

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/dice"
)

// Selection is what somebody wants of one variable, before it is held against
// a table. Make them with [ParseSelection], [ParseQuery] or from an [Address].
type Selection struct {
	Variable string
	CodeList string // name of a grouping or value set as version 1 has it, "agg:X" or "vs:X"; "" for the variable's own values

	how    manner
	picks  []dice.Selector // inGrammar
	filter string          // filter1
	values []string        // filter1, expressions2
}

// manner is the language that a selection is written in.
type manner uint8

const (
	inGrammar    manner = iota // dice
	filter1                    // a filter of version 1
	expressions2               // expressions of version 2
)

// ParseSelection reads selections in the grammar of package dice. In front of
// the values may stand the name of a code list: Alder=agg:FemAarigGruppering:F00-04.
func ParseSelection(text string) ([]Selection, error) {
	spec, err := dice.Parse(text)
	if err != nil {
		return nil, err
	}
	if len(spec.Criteria) == 0 {
		return nil, selectionErrorf("", "a selection is empty: write VARIABLE=value,value")
	}
	var list []Selection
	for _, c := range spec.Criteria {
		s := Selection{Variable: c.Dimension, picks: c.Select}
		if name, rest, ok := cutList(c.Select[0].Text); ok && (c.Select[0].Kind == dice.ID || c.Select[0].Kind == dice.Glob || c.Select[0].Kind == dice.Range) {
			if rest == "" {
				return nil, selectionErrorf(c.Dimension, "no values follow the code list %s: write %s:value,value, or %s:* for all", name, name, name)
			}
			first, err := dice.ParseSelectors(rest)
			if err != nil {
				return nil, err
			}
			s.CodeList = name
			s.picks = append(slices.Clone(first), c.Select[1:]...)
			if c.Select[0].Kind == dice.Range {
				s.picks[0] = dice.Selector{Kind: dice.Range, Text: rest, To: c.Select[0].To}
			}
		}
		list = append(list, s)
	}
	return list, nil
}

// cutList cuts the name of a code list from the front of a text: agg:NAME:rest.
func cutList(text string) (name, rest string, ok bool) {
	kind, after, ok := strings.Cut(text, ":")
	if !ok || !isListKind(kind) {
		return "", "", false
	}
	name, rest, _ = strings.Cut(after, ":")
	return strings.ToLower(kind) + ":" + name, rest, true
}

// Query is a selection held against a table: of each variable that is in the
// answer, the codes in the order of the table.
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
