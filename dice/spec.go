package dice

import (
	"fmt"
	"strconv"
	"strings"
)

// Spec says which categories of which dimensions a dice keeps. Dimensions that
// it does not name are kept whole; so the zero Spec is the whole cube.
type Spec struct {
	Criteria []Criterion

	// Labels lets a text stand for the categories of that label too, and the
	// label of a dimension for the dimension, where no id is meant. Case does not
	// matter for labels.
	Labels bool
}

// Criterion selects categories of a dimension. Those of several criteria of a
// dimension are kept together; those to be omitted are then taken away.
type Criterion struct {
	Dimension string     // its id
	Select    []Selector // what any of them selects is selected
	Omit      bool       // leave out what is selected, and keep the rest

	// CodeList is a code list of which the categories are, such as "agg:KommSummer" or
	// "vs:Fylker": a grouping or a set of values that a server keeps beside the dimension.
	// It is a server that knows its categories, see package pxweb: [Spec.Resolve] and
	// [Spec.Apply] refuse it, unless the dimension has a category whose id begins so.
	CodeList string

	// AnyCase finds ids that differ from what is written in case alone, where none is
	// written just so.
	AnyCase bool

	raw     string     // the dimension as it was written, which may begin with a space
	literal []Selector // what was written, read without the code list
}

// Kind of a selector.
type Kind uint8

// The kinds of selectors.
const (
	// ID selects the category whose id is Text, and no other.
	ID Kind = iota
	// Glob selects the categories whose ids match Text, in which * stands for any
	// characters and ? for one; a sign in brackets, [*] or [?], means itself.
	Glob
	// Range selects the categories from Text up to To, as they stand in the
	// dimension. An empty end is open.
	Range
	// Top selects N categories: the latest of a time dimension, the first of
	// others, after passing over Offset of them.
	Top
	// Bottom selects N categories from the other end.
	Bottom
)

// Selector selects categories of a dimension.
type Selector struct {
	Kind      Kind
	Text, To  string
	N, Offset int

	// Written is what was written, if it was not in quotes; else it is empty. A category
	// whose id is just that is meant before anything else: it only looks like an
	// expression.
	Written string
}

// IDs are selectors for categories.
func IDs(ids ...string) []Selector {
	list := make([]Selector, len(ids))
	for i, id := range ids {
		list[i] = Selector{Kind: ID, Text: id}
	}
	return list
}

// String writes the spec in the grammar that [Parse] reads. What the grammar
// has no words for is not said: that a criterion omits, that labels count, and
// quotes for the separators of a glob.
func (s *Spec) String() string {
	var parts []string
	for _, c := range s.Criteria {
		parts = append(parts, c.String())
	}
	return strings.Join(parts, ",")
}

// String writes the criterion in the grammar, see [Spec.String].
func (c *Criterion) String() string {
	var parts []string
	for _, s := range c.Select {
		parts = append(parts, s.String())
	}
	list := ""
	if kind, name, ok := strings.Cut(c.CodeList, ":"); ok {
		if strings.ContainsAny(name, `:/,="'`) {
			name = inQuotes(name)
		}
		if list = kind + ":" + name; len(parts) > 0 {
			list += ":"
		}
	}
	return quote(c.Dimension) + "=" + list + strings.Join(parts, "/")
}

// String writes the selector in the grammar.
func (s Selector) String() string {
	switch s.Kind {
	case ID:
		return quote(s.Text)
	case Glob:
		return s.Text
	case Range:
		from, to := "", ""
		if s.Text != "" {
			from = quote(s.Text)
		}
		if s.To != "" {
			to = quote(s.To)
		}
		return from + ".." + to
	}
	name := "top"
	if s.Kind == Bottom {
		name = "bottom"
	}
	if s.Offset > 0 {
		return fmt.Sprintf("%s(%d,%d)", name, s.N, s.Offset)
	}
	return name + "(" + strconv.Itoa(s.N) + ")"
}

// quote quotes a text that would mean something else.
func quote(text string) string {
	if text != "" && strings.TrimSpace(text) == text && !strings.ContainsAny(text, `=/,"'*? ()`) && !strings.Contains(text, "..") && strings.Trim(text, ".") == text {
		return text
	}
	return inQuotes(text)
}

func inQuotes(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
