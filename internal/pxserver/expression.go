package pxserver

import (
	"strconv"
	"strings"
)

// choice is what an expression of v2 chooses from: the codes of a variable or of
// one of its code lists.
type choice struct {
	codes []string
	time  bool
	at    map[string]int // positions by code in lower case; made when it is needed
}

// find is the position of a code, whatever its case, or -1.
func (c *choice) find(code string) int {
	if c.at == nil {
		c.at = make(map[string]int, len(c.codes))
		for i, k := range c.codes {
			low := strings.ToLower(k)
			if _, known := c.at[low]; !known {
				c.at[low] = i
			}
		}
	}
	if i, ok := c.at[strings.ToLower(code)]; ok {
		return i
	}
	return -1
}

// isExpression tells whether an item of a selection is meant for one, complete or not.
func isExpression(item string) bool {
	upper := strings.ToUpper(item)
	for _, f := range []string{"TOP(", "BOTTOM(", "RANGE(", "FROM(", "TO("} {
		if strings.HasPrefix(upper, f) {
			return true
		}
	}
	return strings.ContainsAny(item, "*?")
}

// choose are the positions that an expression chooses.
func (c *choice) choose(expression string) ([]int, *problem) {
	name, rest, call := strings.Cut(expression, "(")
	if call {
		upper := strings.ToUpper(name)
		inside, closed := strings.CutSuffix(rest, ")")
		arguments := strings.Split(inside, ",")
		switch {
		case !closed:
		case upper == "TOP":
			return c.end(arguments, c.time)
		case upper == "BOTTOM":
			return c.end(arguments, !c.time)
		case upper == "RANGE" && len(arguments) == 2:
			return c.between(c.find(arguments[0]), c.find(arguments[1]))
		case upper == "FROM" && len(arguments) == 1:
			return c.between(c.find(arguments[0]), len(c.codes)-1)
		case upper == "TO" && len(arguments) == 1:
			return c.between(0, c.find(arguments[0]))
		}
		return nil, illegalExpression
	}
	if strings.Contains(expression, "?") {
		return c.matching(func(code string) bool { return masked(expression, code) }), nil
	}
	return c.starred(expression)
}

func (c *choice) matching(is func(code string) bool) (positions []int) {
	for i, code := range c.codes {
		if is(code) {
			positions = append(positions, i)
		}
	}
	return positions
}

// masked tells whether a code has the letters of the mask; "?" is any of them.
func masked(mask, code string) bool {
	m, k := []rune(strings.ToLower(mask)), []rune(strings.ToLower(code))
	if len(m) != len(k) {
		return false
	}
	for i := range m {
		if m[i] != '?' && m[i] != k[i] {
			return false
		}
	}
	return true
}

// starred are the codes of "*", "a*", "*a" and "*a*".
func (c *choice) starred(pattern string) ([]int, *problem) {
	if pattern == "*" {
		return every(len(c.codes)), nil
	}
	inner, front := strings.CutPrefix(strings.ToLower(pattern), "*")
	inner, back := strings.CutSuffix(inner, "*")
	if strings.Contains(inner, "*") {
		return nil, illegalExpression
	}
	return c.matching(func(code string) bool {
		code = strings.ToLower(code)
		switch {
		case front && back:
			return strings.Contains(code, inner)
		case front:
			return strings.HasSuffix(code, inner)
		}
		return strings.HasPrefix(code, inner)
	}), nil
}

// end are n codes at the end or at the beginning, after leaving out some there.
func (c *choice) end(arguments []string, last bool) ([]int, *problem) {
	if len(arguments) > 2 {
		return nil, illegalExpression
	}
	n, err := strconv.Atoi(strings.TrimSpace(arguments[0]))
	if err != nil || n < 1 {
		return nil, illegalExpression
	}
	offset := 0
	if len(arguments) == 2 {
		if offset, err = strconv.Atoi(strings.TrimSpace(arguments[1])); err != nil || offset < 0 {
			return nil, illegalExpression
		}
	}
	all := every(len(c.codes))
	offset = min(offset, len(all))
	if last {
		all = all[:len(all)-offset]
		return all[len(all)-min(n, len(all)):], nil
	}
	return all[offset:min(offset+n, len(all))], nil
}

// between are the positions from one to the other, both known, whichever is the first.
func (c *choice) between(first, last int) ([]int, *problem) {
	if first < 0 || last < 0 {
		return nil, noValue
	}
	return every(max(first, last) + 1)[min(first, last):], nil
}

// all tells how often the items choose each code. A code that stands there twice comes
// twice, to the harm of the document; expressions choose each code once. Of codes that
// differ in case only the first comes for each of them.
func (c *choice) all(items []string) ([]int, *problem) {
	chosen, named := make([]int, len(c.codes)), make([]int, len(c.codes))
	for _, item := range items {
		if i := c.find(item); i >= 0 {
			named[i]++
			continue
		}
		if strings.HasPrefix(item, "$$") {
			return nil, illegalExpression
		}
		if !isExpression(item) {
			return nil, noValue
		}
		positions, bad := c.choose(item)
		if bad != nil {
			return nil, bad
		}
		for _, p := range positions {
			chosen[p] = 1
		}
	}
	times := make([]int, len(c.codes))
	for i := range chosen {
		if n := max(chosen[i], named[i]); n > 0 {
			times[c.find(c.codes[i])] += n
		}
	}
	return times, nil
}
