package rows

import (
	"fmt"
	"slices"
	"strings"
)

// headingParts splits the headers of value columns into a part for each dimension of
// headings. Where there is more than one way of doing it, or none, it is an error; but
// where only one of several has a period in each heading, it is likely, and told.
func headingParts(values []*column, by []string, likely func(first, second string)) ([][]string, *Error) {
	n := len(by)
	parts, headings := make([][]string, len(values)), make([][]string, len(values))
	alike := true // each has a word for each dimension
	for i, c := range values {
		parts[i], headings[i] = []string{c.name()}, strings.Fields(c.Name)
		alike = alike && len(headings[i]) == n
	}
	switch {
	case n == 1:
		return parts, nil
	case !slices.ContainsFunc(values, func(c *column) bool { return len(c.Parts) != n }): // a row of the header for each
		for i, c := range values {
			parts[i] = c.Parts
		}
		return parts, nil
	case alike:
		return headings, nil
	}
	for i, words := range headings {
		if len(words) < n || n > 2 && len(words) > n {
			return nil, &Error{Msg: fmt.Sprintf("the heading %q has %s, not one for each of %s", brief(values[i].Name), plural(len(words), "word"), strings.Join(by, ", ")), Err: ErrColumn}
		}
	}
	ways, full := splits(headings)
	if len(ways) > 1 {
		if periods := inPeriods(ways, headings, 2); len(periods) == 1 {
			ways = periods
			likely(joined(headings[0], ways[0][0]))
		}
	}
	if len(ways) == 1 {
		for i, words := range headings {
			first, second := joined(words, ways[0][i])
			parts[i] = []string{first, second}
		}
		return parts, nil
	}
	of := strings.Join(by, " and ")
	if full || len(ways) > 1 {
		return nil, &Error{Msg: fmt.Sprintf("the heading %q can be split in several ways into %s", brief(values[0].Name), of), Err: ErrColumn}
	}
	return nil, &Error{Msg: fmt.Sprintf("it cannot be told where the heading %q is to be split into %s: there is no column for each pair", brief(values[0].Name), of), Err: ErrColumn}
}

// plural is a number of things.
func plural(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprint(n, " ", thing)
}

// A split is how many words of each heading are its first part.
type split []int

// joined are the two parts of a heading.
func joined(words []string, k int) (first, second string) {
	return strings.Join(words[:k], " "), strings.Join(words[k:], " ")
}

// splits are the ways in which headings can be split into two parts so that there is a
// heading for each pair of a first and a second part; if there are none, those by which
// all first or all second parts are periods. Where the second parts have as many words in
// all headings in one way only, and there are several of both parts, that is it: that all
// first parts are one and the same says nothing against it.
func splits(headings [][]string) (ways []split, full bool) {
	last, first := alikeSplits(headings)
	add := func(list []split) {
		for _, s := range list {
			if a, b := s.full(headings); a*b > 0 && !slices.ContainsFunc(ways, func(w split) bool { return slices.Equal(w, s) }) {
				ways = append(ways, s)
			}
		}
	}
	add(last)
	if len(ways) == 1 {
		if a, b := ways[0].full(headings); a > 1 && b > 1 {
			return ways, true
		}
	}
	add(first)
	add(gridSplits(headings))
	if len(ways) > 0 {
		return ways, true
	}
	return inPeriods(slices.Concat(last, first), headings, 1), false
}

// inPeriods are those by which all first or all second parts are periods, of which there
// are so many different ones: what all headings begin or end with may be part of a name.
func inPeriods(ways []split, headings [][]string, different int) (list []split) {
	for _, s := range ways {
		if s.periods(headings) >= different && !slices.ContainsFunc(list, func(w split) bool { return slices.Equal(w, s) }) {
			list = append(list, s)
		}
	}
	return list
}

// maxWords is how many words of a heading are tried as its first or last part.
const maxWords = 12

// alikeSplits are the ways by which the second parts, or the first, have as many words in
// all headings.
func alikeSplits(headings [][]string) (last, first []split) {
	for k := 1; k < maxWords; k++ {
		l, f := make(split, len(headings)), make(split, len(headings))
		for i, words := range headings {
			if len(words) <= k {
				return last, first
			}
			l[i], f[i] = len(words)-k, k
		}
		last, first = append(last, l), append(first, f)
	}
	return last, first
}

// gridSplits are the ways by which the second parts come by for each first part, in the
// same order, as in a pivot.
func gridSplits(headings [][]string) (ways []split) {
	n := len(headings)
	for k := 1; k < min(len(headings[0]), maxWords); k++ {
		first, second := headings[0][:k], headings[0][k:]
		// The first part stays for all columns in front of the one without it.
		most := slices.IndexFunc(headings, func(words []string) bool { return len(words) <= k || !slices.Equal(words[:k], first) })
		if most < 0 {
			most = n
		}
		for columns := 1; columns <= most; columns++ {
			if n%columns > 0 {
				continue
			}
			way := make(split, n)
			ok := true
			for i, words := range headings {
				if i%columns == 0 { // another first part in front of the same second one
					way[i] = len(words) - len(second)
					ok = ok && way[i] > 0 && slices.Equal(words[way[i]:], second)
				} else if ok { // the first part of before, and the second of the first row of columns
					way[i] = way[i-1]
					before := headings[i-i%columns][:way[i]]
					ok = len(words) > way[i] && slices.Equal(words[:way[i]], before) && slices.Equal(words[way[i]:], headings[i%columns][k:])
				}
				if !ok {
					break
				}
			}
			if ok {
				ways = append(ways, way)
			}
		}
	}
	return ways
}

// full is how many first and second parts there are, if there is a heading for each pair
// of them, else 0.
func (s split) full(headings [][]string) (a, b int) {
	first, second, both := map[string]bool{}, map[string]bool{}, map[[2]string]bool{}
	for i, words := range headings {
		x, y := joined(words, s[i])
		first[x], second[y], both[[2]string{x, y}] = true, true, true
	}
	if len(both) < len(headings) || len(first)*len(second) != len(headings) {
		return 0, 0
	}
	return len(first), len(second)
}

// periods is how many different ones there are, if all first or all second parts are
// periods, else 0.
func (s split) periods(headings [][]string) int {
	first, second := map[string]bool{}, map[string]bool{}
	isFirst, isSecond := true, true
	for i, words := range headings {
		a, b := joined(words, s[i])
		first[a], second[b] = true, true
		isFirst, isSecond = isFirst && isPeriod(a), isSecond && isPeriod(b)
	}
	n := 0
	if isFirst {
		n = len(first)
	}
	if isSecond {
		n = max(n, len(second))
	}
	return n
}

// inRows are ids for the dimensions that the rows of a header of several are, nil if
// there is not a column for each combination of what stands in them, or if all rows but
// one say the same throughout.
func inRows(values []*column) []string {
	n := len(values[0].Parts)
	if n < 2 || len(values) < 2 {
		return nil
	}
	var ids []string
	all, times, varying := 1, 0, 0
	for k := range n {
		texts := map[string]bool{}
		time := true
		for _, c := range values {
			if len(c.Parts) != n {
				return nil
			}
			texts[c.Parts[k]] = true
			time = time && isPeriod(c.Parts[k])
		}
		if all *= len(texts); all > len(values) {
			return nil
		}
		if len(texts) > 1 {
			varying++
		}
		id := "Contents"
		if k > times {
			id = fmt.Sprintf("Contents %d", k-times+1)
		}
		if time {
			if id = "Time"; times > 0 {
				id = fmt.Sprintf("Time %d", times+1)
			}
			times++
		}
		ids = append(ids, id)
	}
	seen := map[string]bool{}
	for _, c := range values {
		seen[strings.Join(c.Parts, "\x00")] = true
	}
	if all != len(values) || len(seen) != all || varying < 2 {
		return nil
	}
	return ids
}

// contentsAndTime tells whether the headers are what PxWeb writes: contents and period,
// with a column for each pair.
func contentsAndTime(values []*column) bool {
	if len(values) < 2 || !slices.ContainsFunc(values, func(c *column) bool { return !c.head().period }) {
		return false
	}
	headings := make([][]string, len(values))
	for i, c := range values {
		if headings[i] = strings.Fields(c.Name); len(headings[i]) < 2 {
			return false
		}
	}
	ways, full := splits(headings)
	if len(ways) > 1 {
		ways = inPeriods(ways, headings, 2)
	}
	if !full || len(ways) != 1 {
		return false
	}
	for i, words := range headings {
		if _, second := joined(words, ways[0][i]); !isPeriod(second) {
			return false
		}
	}
	return true
}
