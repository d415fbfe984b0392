package near

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxNear is the longest name, in bytes, that is compared letter by letter.
const maxNear = 256

// Most is how many names Names returns.
const Most = 3

// Names returns the names that look like name, best first, at most three: those
// that differ in case only, that one can reach with few keystrokes, or that
// begin or end with name. Equally good ones stay in their order. It is for
// messages of the kind "did you mean ...?".
func Names(name string, names []string) []string {
	type candidate struct {
		name string
		cost int
	}
	var found []candidate
	var d distance
	folded := strings.ToLower(name)
	letters := utf8.RuneCountInString(folded)
	for _, n := range names {
		other := strings.ToLower(n)
		limit := max(1, min(letters, utf8.RuneCountInString(other))/3)
		cost := limit + 1
		switch {
		case folded == other:
			cost = 0
		case max(len(folded), len(other)) <= maxNear:
			cost = d.between(folded, other, limit)
		}
		if cost > limit && letters >= 3 && (strings.HasPrefix(other, folded) || strings.HasSuffix(other, folded)) {
			cost = limit
		}
		if cost <= limit {
			found = append(found, candidate{n, cost})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.cost, b.cost) })
	var near []string
	for _, c := range found[:min(len(found), Most)] {
		near = append(near, c.name)
	}
	return near
}

// distance computes edit distances with three rows of the table of optimal string
// alignment: row i has the costs of turning the first i letters of a into the first j of b.
// A letter is taken over, replaced, inserted or deleted from the row before, and two
// neighbours are swapped from the row before that. "Olso" to "Oslo" is one swap, cost 1. The
// rows are used again from one name to the next, and a row whose least cost is above the
// limit ends the work.
type distance struct {
	a, b             []rune
	prev2, prev, row []int
}

// between is the number of inserted, deleted and replaced letters and swapped
// neighbours between two texts; any number above limit may be given for more.
func (d *distance) between(s, t string, limit int) int {
	d.a, d.b = append(d.a[:0], []rune(s)...), append(d.b[:0], []rune(t)...)
	a, b := d.a, d.b
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	prev2, prev, row := room(d.prev2, len(b)+1), room(d.prev, len(b)+1), room(d.row, len(b)+1)
	d.prev2, d.prev, d.row = prev2, prev, row
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

// room returns s with length n, its capacity used again.
func room(s []int, n int) []int { return slices.Grow(s[:0], n)[:n] }
