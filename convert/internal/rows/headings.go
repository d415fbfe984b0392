package rows

import (
	"fmt"
	"slices"
	"strings"
)

// headingParts splits the headers of value columns into a part for each dimension of
// headings: the last part is the last words. Where it can be done in more than one way
// so that the parts make a full table it is an error.
func headingParts(values []*column, by []string) ([][]string, *Error) {
	n := len(by)
	parts := make([][]string, len(values))
	if n == 1 {
		for i, c := range values {
			parts[i] = []string{c.name()}
		}
		return parts, nil
	}
	if !slices.ContainsFunc(values, func(c *column) bool { return len(c.Parts) != n }) {
		for i, c := range values { // a row of the header for each
			parts[i] = c.Parts
		}
		return parts, nil
	}
	if n > 2 {
		for i, c := range values {
			if parts[i] = strings.Fields(c.Name); len(parts[i]) != n {
				return nil, &Error{Msg: fmt.Sprintf("the heading %q has %d words, not one for each of %s", brief(c.Name), len(parts[i]), strings.Join(by, ", ")), Err: ErrColumn}
			}
		}
		return parts, nil
	}
	found := fullSplits(values)
	if len(found) == 0 { // not full: the last word is the last part
		for i, c := range values {
			k := strings.LastIndexByte(c.Name, ' ')
			if k < 0 {
				return nil, &Error{Msg: fmt.Sprintf("the heading %q has one word, not one for each of %s", brief(c.Name), strings.Join(by, ", ")), Err: ErrColumn}
			}
			parts[i] = []string{c.Name[:k], c.Name[k+1:]}
		}
		return parts, nil
	}
	if len(found) > 1 {
		return nil, &Error{Msg: fmt.Sprintf("the heading %q can be split in several ways into %s", brief(values[0].Name), strings.Join(by, " and ")), Err: ErrColumn}
	}
	return found[0], nil
}

// fullSplits are the ways in which headers can be split into two parts, of which the
// second are the last words, as many in all of them, so that there is a column for each
// pair of a first and a second part.
func fullSplits(values []*column) (found [][][]string) {
	for words := 1; words < 12; words++ {
		list := make([][]string, len(values))
		first, second := map[string]bool{}, map[string]bool{}
		for i, c := range values {
			fields := strings.Fields(c.Name)
			if len(fields) <= words {
				return found
			}
			k := len(fields) - words
			list[i] = []string{strings.Join(fields[:k], " "), strings.Join(fields[k:], " ")}
			first[list[i][0]], second[list[i][1]] = true, true
		}
		if len(first)*len(second) == len(values) {
			found = append(found, list)
		}
	}
	return found
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
	found := fullSplits(values)
	if len(found) != 1 {
		return false
	}
	for _, parts := range found[0] {
		if !isPeriod(parts[1]) {
			return false
		}
	}
	return true
}
