package rows

import (
	"regexp"
	"slices"
)

// A repeat is a column that says nothing that another one does not say.
type repeat struct{ column, of *column }

// maxPaired is among how many varying columns repeats are looked for.
const maxPaired = 32

// repeats finds varying columns that are functions of other varying ones; what is left
// tells the rows apart as well. The coarse ones come first. A column of time repeats
// another column of time alone, and what a period has alone is coverage, no label.
func (d *decider) repeats(dims []*column) ([]repeat, error) {
	if d.n < 2 {
		return nil, nil
	}
	rest := varying(dims)
	for _, c := range rest {
		if err := d.number(c); err != nil {
			return nil, err
		}
	}
	if rest = varying(rest); len(rest) < 2 {
		return nil, nil
	}
	rest = rest[:min(len(rest), maxPaired)]
	of, err := d.functions(rest)
	if err != nil {
		return nil, err
	}
	place := map[*column]int{}
	for i, c := range rest {
		place[c] = i
	}
	coarse := slices.Clone(rest)
	slices.SortStableFunc(coarse, func(a, b *column) int {
		if a.size != b.size {
			return a.size - b.size
		}
		return b.at - a.at
	})
	gone := map[*column]bool{}
	var list []repeat
	for _, b := range coarse {
		if gone[b] {
			continue
		}
		fine := slices.DeleteFunc(slices.Clone(rest), func(a *column) bool { return a == b || gone[a] || a.size < b.size })
		slices.SortStableFunc(fine, func(a, b *column) int {
			if a.size != b.size {
				return a.size - b.size
			}
			return a.at - b.at
		})
		for _, a := range fine {
			if a.time && !b.time && int64(a.size) < d.n || b.time && !a.time || !of[place[b]][place[a]] {
				continue
			}
			r := repeat{b, a}
			if a.size == b.size {
				if id, labels := idFirst(a, b); !(a.time && labels.numeric()) {
					r = repeat{labels, id}
				}
			}
			gone[r.column] = true
			list = append(list, r)
			break
		}
	}
	return list, nil
}

var (
	codeWord = regexp.MustCompile(`(code|id|kode|iso|nr|nummer|number|cd)\w?$|^(id|code)`)
)

// idFirst tells which of two columns that say the same holds the ids: never a rank; the
// one called so; else the one with shorter texts.
func idFirst(a, b *column) (id, labels *column) {
	less := func(a, b *column) bool {
		if x, y := isRank(a), isRank(b); x != y {
			return y
		}
		if x, y := codeWord.MatchString(norm(a.Name)), codeWord.MatchString(norm(b.Name)); x != y {
			return x
		}
		return float64(len(a.entries().text))/float64(a.size) <= float64(len(b.entries().text))/float64(b.size)
	}
	if less(a, b) {
		return a, b
	}
	return b, a
}

// away is a choice that takes repeats away: texts nearly as many as the ids are labels,
// all else is left out.
func (d *decider) away(repeats []repeat, late []*column) Choice {
	var gone []*column
	for _, r := range repeats {
		gone = append(gone, r.column)
	}
	gone = append(gone, late...)
	var choice Choice
	ignore := slices.Clone(late)
	labelled := map[*column]bool{}
	for _, c := range d.columns {
		if c.part == Labels && c.of >= 0 {
			labelled[d.columns[c.of]] = true
		}
	}
	for _, r := range repeats {
		c, id := r.column, r.of
		if 5*c.size >= 4*id.size && !c.numeric() && !c.time && !id.time && !slices.Contains(gone, id) && !labelled[id] {
			choice.Labels = append(choice.Labels, [2]string{id.name(), c.name()})
			labelled[id] = true
		} else {
			ignore = append(ignore, c)
		}
	}
	for _, c := range d.columns { // labels of what goes
		if c.part == Labels && c.why == ByName && c.of >= 0 && slices.Contains(gone, d.columns[c.of]) {
			ignore = append(ignore, c)
		}
	}
	choice.Ignore = names(byAt(ignore))
	return choice
}
