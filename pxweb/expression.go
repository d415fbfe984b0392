package pxweb

import (
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// resolveFilter finds what a filter of version 1 selects: what the server would,
// but for the cases where it would leave out the variable without a word.
func resolveFilter(d *jsonstat.Dimension, s Selection) ([]int, error) {
	picked := make([]bool, d.Len())
	switch filter := strings.ToLower(s.filter); {
	case filter == "all":
		for _, pattern := range s.values {
			if !strings.HasPrefix(pattern, "*") && !strings.HasSuffix(pattern, "*") {
				return nil, selectionErrorf(d.ID(), "the pattern %q of filter all neither begins nor ends with a star", pattern)
			}
			hit := false
			for i := range d.Len() {
				if matchesAll(pattern, d.CategoryID(i)) {
					picked[i], hit = true, true
				}
			}
			if !hit {
				return nil, noMatch(d, pattern)
			}
		}
	case filter == "top":
		if len(s.values) != 1 {
			return nil, selectionErrorf(d.ID(), "filter top takes one number")
		}
		n, err := strconv.Atoi(s.values[0])
		if err != nil || n < 1 {
			return nil, selectionErrorf(d.ID(), "filter top takes a number from 1, not %q", s.values[0])
		}
		return ends(d, dice.Selector{Kind: dice.Top, N: n})
	case filter == "item" || strings.Contains(filter, ":"):
		for _, code := range s.values {
			c, err := d.Category(code)
			if err != nil {
				return nil, err
			}
			picked[c.Index] = true
		}
	default:
		return nil, selectionErrorf(d.ID(), "there is no filter %q: it is item, all, top, agg:NAME or vs:NAME", s.filter)
	}
	return indexes(picked), nil
}

// matchesAll is how filter all of version 1 reads a pattern: one star counts.
func matchesAll(pattern, code string) bool {
	if pattern == "*" {
		return true
	}
	if rest, ok := strings.CutPrefix(pattern, "*"); ok {
		return strings.HasSuffix(code, rest)
	}
	return strings.HasPrefix(code, strings.TrimSuffix(pattern, "*"))
}

// noMatch is the error for a pattern that matches nothing.
func noMatch(d *jsonstat.Dimension, pattern string) error {
	_, err := d.Category(pattern)
	return err
}

// ends selects from one end, by the rule of package dice: the newest periods of
// a time dimension, the first categories of others.
func ends(d *jsonstat.Dimension, s dice.Selector) ([]int, error) {
	if s.Offset >= d.Len() {
		return nil, selectionErrorf(d.ID(), "nothing is left behind an offset of %d: it has %d values", s.Offset, d.Len())
	}
	spec := dice.Spec{Criteria: []dice.Criterion{{Dimension: d.ID(), Select: []dice.Selector{s}}}}
	keep, err := spec.Resolve([]*jsonstat.Dimension{d})
	if err != nil {
		return nil, err
	}
	return keep[0], nil
}

func indexes(picked []bool) []int {
	var list []int
	for i, p := range picked {
		if p {
			list = append(list, i)
		}
	}
	return list
}

var (
	endExpr   = pattern(`(?i)^(top|bottom)\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)$`)
	rangeExpr = pattern(`(?i)^range\((.*)\)$`)
	fromExpr  = pattern(`(?i)^(from|to)\((.*)\)$`)
)

// isExpression tells whether a value of version 2 is more than a code.
func isExpression(value string) bool {
	return strings.ContainsAny(value, "*?") || endExpr().MatchString(value) || rangeExpr().MatchString(value) || fromExpr().MatchString(value)
}

// resolveExpressions finds what the expressions of version 2 select. Codes do not
// mind case, and an exact code wins over an expression.
func resolveExpressions(d *jsonstat.Dimension, values []string) ([]int, error) {
	picked := make([]bool, d.Len())
	for _, value := range values {
		if strings.EqualFold(value, "$$SORT") {
			continue // addresses made by the web page have it, and servers refuse it
		}
		list, err := resolveExpression(d, value)
		if err != nil {
			return nil, err
		}
		if list == nil {
			return nil, nil // all
		}
		for _, i := range list {
			picked[i] = true
		}
	}
	list := indexes(picked)
	if len(list) == 0 {
		return nil, selectionErrorf(d.ID(), "nothing is selected")
	}
	return list, nil
}

// resolveExpression finds what one expression selects; nil is all.
func resolveExpression(d *jsonstat.Dimension, value string) ([]int, error) {
	if i := indexFold(d, value); i >= 0 {
		return []int{i}, nil
	}
	if m := endExpr().FindStringSubmatch(value); m != nil {
		s := dice.Selector{Kind: dice.Top}
		if strings.EqualFold(m[1], "bottom") {
			s.Kind = dice.Bottom
		}
		s.N, _ = strconv.Atoi(m[2])
		s.Offset, _ = strconv.Atoi(m[3])
		if s.N < 1 {
			return nil, selectionErrorf(d.ID(), "%s selects nothing", value)
		}
		return ends(d, s)
	}
	if m := rangeExpr().FindStringSubmatch(value); m != nil {
		from, to, ok := cutRange(d, m[1])
		if !ok {
			_, err := d.Category(strings.TrimSpace(strings.SplitN(m[1], ",", 2)[0]))
			if err == nil {
				err = selectionErrorf(d.ID(), "%s: both ends of a range must be values", value)
			}
			return nil, err
		}
		if from > to {
			return nil, selectionErrorf(d.ID(), "%s: the first end stands behind the second", value)
		}
		return span(from, to+1), nil
	}
	if m := fromExpr().FindStringSubmatch(value); m != nil {
		i := indexFold(d, strings.TrimSpace(m[2]))
		if i < 0 {
			_, err := d.Category(strings.TrimSpace(m[2]))
			return nil, err
		}
		if strings.EqualFold(m[1], "from") {
			return span(i, d.Len()), nil
		}
		return span(0, i+1), nil
	}
	return resolvePattern(d, value)
}

// resolvePattern finds what a pattern of version 2 selects: stars only at the
// ends, or question marks.
func resolvePattern(d *jsonstat.Dimension, pattern string) ([]int, error) {
	var match func(code string) bool
	low := strings.ToLower(pattern)
	switch {
	case pattern == "*":
		return nil, nil
	case strings.Contains(pattern, "?"):
		match = func(code string) bool { return oneEach(low, strings.ToLower(code)) }
	case strings.Contains(strings.TrimSuffix(strings.TrimPrefix(pattern, "*"), "*"), "*"):
		return nil, selectionErrorf(d.ID(), "%s: stars stand only at the ends", pattern)
	case strings.HasPrefix(low, "*") && strings.HasSuffix(low, "*"):
		match = func(code string) bool { return strings.Contains(strings.ToLower(code), strings.Trim(low, "*")) }
	case strings.HasPrefix(low, "*"):
		match = func(code string) bool { return strings.HasSuffix(strings.ToLower(code), low[1:]) }
	case strings.HasSuffix(low, "*"):
		match = func(code string) bool { return strings.HasPrefix(strings.ToLower(code), low[:len(low)-1]) }
	default:
		return nil, noMatch(d, pattern)
	}
	list := []int{}
	for i := range d.Len() {
		if match(d.CategoryID(i)) {
			list = append(list, i)
		}
	}
	if len(list) == 0 {
		return nil, noMatch(d, pattern)
	}
	return list, nil
}

// oneEach matches a pattern in which a question mark is any one character.
func oneEach(pattern, code string) bool {
	p, c := []rune(pattern), []rune(code)
	if len(p) != len(c) {
		return false
	}
	for i := range p {
		if p[i] != '?' && p[i] != c[i] {
			return false
		}
	}
	return true
}

// indexFold is the place of a code, without regard to case if need be.
func indexFold(d *jsonstat.Dimension, code string) int {
	if i := d.Index(code); i >= 0 {
		return i
	}
	for i := range d.Len() {
		if strings.EqualFold(d.CategoryID(i), code) {
			return i
		}
	}
	return -1
}

// cutRange finds the two ends of a range; codes may hold commas.
func cutRange(d *jsonstat.Dimension, inner string) (from, to int, ok bool) {
	for i := range len(inner) {
		if inner[i] != ',' {
			continue
		}
		from, to = indexFold(d, strings.TrimSpace(inner[:i])), indexFold(d, strings.TrimSpace(inner[i+1:]))
		if from >= 0 && to >= 0 {
			return from, to, true
		}
	}
	return 0, 0, false
}

func span(from, to int) []int {
	list := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		list = append(list, i)
	}
	return list
}
