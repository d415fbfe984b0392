package jsonstat

import (
	"cmp"
	"slices"
	"strings"
)

// Near returns the names that look like name, best first, at most three: those
// that differ in case only, that one can reach with few keystrokes, or that
// begin or end alike. It is for messages of the kind "did you mean ...?".
func Near(name string, names []string) []string {
	type candidate struct {
		name string
		cost int
	}
	var found []candidate
	folded := strings.ToLower(name)
	for _, n := range names {
		other := strings.ToLower(n)
		limit := max(1, min(len(folded), len(other))/3)
		cost := distance(folded, other, limit)
		if cost > limit && len(folded) >= 3 && (strings.HasPrefix(other, folded) || strings.HasSuffix(other, folded)) {
			cost = limit
		}
		if cost <= limit {
			found = append(found, candidate{n, cost})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.cost, b.cost) })
	var near []string
	for _, c := range found[:min(len(found), 3)] {
		near = append(near, c.name)
	}
	return near
}

// distance is the number of inserted, deleted and replaced bytes and swapped
// neighbours between a and b; any number above limit may be given for more.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	// Three rows of the table of optimal string alignment.
	prev2, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], prev2[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return least
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(b)]
}
