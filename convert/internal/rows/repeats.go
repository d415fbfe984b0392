package rows

import "slices"

// repeatRules find columns that say nothing that others do not say.
type repeatRules struct{ *decision }

// A repeat is a column that says nothing that another one does not say.
type repeat struct{ column, of *column }

// columnsOf are the columns of repeats.
func columnsOf(repeats []repeat) (list []*column) {
	for _, r := range repeats {
		list = append(list, r.column)
	}
	return list
}

// maxPaired is among how many varying columns repeats are looked for.
const maxPaired = 32

// repeats finds varying columns that are functions of other varying ones; what is left
// tells the rows apart as well. The coarse ones come first. A column of time repeats
// another column of time alone, and what a period has alone is coverage, no label.
func (d repeatRules) repeats(dims []*column) ([]repeat, error) {
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
		var a *column // what it repeats: of columns that say the same the one that holds the ids
		for _, c := range fine {
			if a != nil && c.size > a.size {
				break
			}
			if c.time && !b.time && int64(c.size) < d.n || b.time && !c.time || !of[place[b]][place[c]] {
				continue
			}
			if a == nil || c.size == b.size && idOf(a, c) == c {
				a = c
			}
		}
		if a == nil {
			continue
		}
		r := repeat{b, a}
		if a.size == b.size && idOf(a, b) == b && !(a.time && a.numeric()) {
			r = repeat{a, b}
		}
		gone[r.column] = true
		list = append(list, r)
	}
	return list, nil
}

// ofPeriodBehind tells whether a repeat is one because each row has a period of its
// own, which says more of what stands left of it: the latest year of a country. Next
// month, when two have the same, both are dimensions, so they are now.
func ofPeriodBehind(r repeat) bool {
	return r.of.time && !r.column.time && r.column.at < r.of.at
}

// spare are the columns among some that say nothing that others do not say: repeats,
// and those that say something of a row and not which it is. Of these are row numbers
// and the ones behind the figures, which say it of others only as their labels.
func (d repeatRules) spare(dims, behind []*column) (repeats []repeat, late []*column, err error) {
	rest := d.set(behind).without(dims)
	repeats, late, err = d.spareOf(rest)
	if err != nil {
		return nil, nil, err
	}
	gone := d.set(late, columnsOf(repeats))
	for i, c := range byAt(slices.Clone(behind)) {
		if i >= maxPaired {
			late = append(late, c)
			continue
		}
		r, err := d.labelOf(c, gone.without(rest))
		switch {
		case err != nil:
			return nil, nil, err
		case r == nil:
			late = append(late, c)
		default:
			repeats = append(repeats, *r)
			gone[r.column.at] = true
		}
	}
	return repeats, late, nil
}

// labelOf is what a column behind the figures is to one in front of them: its labels;
// the ids, if it is called so; nil for nothing.
func (d repeatRules) labelOf(c *column, ids []*column) (*repeat, error) {
	if c.numeric() || c.time || c.empties > 0 {
		return nil, nil
	}
	for _, id := range varying(ids) {
		if id.time || 5*c.size < 4*id.size || c.size > id.size {
			continue
		}
		if ok, err := d.isFunction(c, id); err != nil || !ok {
			if err != nil {
				return nil, err
			}
			continue
		}
		if c.size == id.size && codeWord().MatchString(c.head().normed) && !codeWord().MatchString(id.head().normed) {
			return &repeat{id, c}, nil
		}
		return &repeat{c, id}, nil
	}
	return nil, nil
}

// spareOf are repeats and row numbers.
func (d repeatRules) spareOf(dims []*column) ([]repeat, []*column, error) {
	all, err := d.repeats(dims)
	if err != nil || len(all) == 0 {
		return all, nil, err
	}
	// A first column that counts the rows tells them apart, so that all others repeat
	// it. Where those make a cube of their own it says nothing.
	i := slices.IndexFunc(dims, func(c *column) bool {
		return c.counting && !c.time && (c.at == 0 && !settled(c) || c.why == ByFormat) // an index of a data frame
	})
	if i < 0 {
		return all, nil, nil
	}
	first := dims[i]
	rest := slices.Delete(slices.Clone(dims), i, i+1)
	if ok, err := d.unique(rest); err != nil || !ok {
		return all, nil, err
	}
	others, err := d.repeats(rest)
	if err != nil || len(varying(rest))-len(others) < 2 {
		return all, nil, err
	}
	return others, []*column{first}, nil
}

var (
	codeWord = pattern(`(code|id|kode|iso|nr|nummer|number|cd)\w?$|^(id|code)`)
)

// idOf is the one of two columns that say the same that holds the ids; what was decided
// already stays.
func idOf(a, b *column) *column {
	if settled(a) != settled(b) {
		if settled(a) {
			return a
		}
		return b
	}
	id, _ := idFirst(a, b)
	return id
}

// idFirst tells which of two columns that say the same holds the ids: never a rank, a
// unit or one without a name; the one called so; not the one called a name; else the one
// with shorter texts.
func idFirst(a, b *column) (id, labels *column) {
	less := func(a, b *column) bool {
		if x, y := isRank(a) || a.Name == "" || isUnit(a), isRank(b) || b.Name == "" || isUnit(b); x != y {
			return y
		}
		if x, y := codeWord().MatchString(a.head().normed), codeWord().MatchString(b.head().normed); x != y {
			return x
		}
		if x, y := labelForm().MatchString(a.head().normed), labelForm().MatchString(b.head().normed); x != y {
			return y
		}
		return float64(len(a.entries().text))/float64(a.size) <= float64(len(b.entries().text))/float64(b.size)
	}
	if less(a, b) {
		return a, b
	}
	return b, a
}

// behindFigures tells whether a column of numbers stands between a column and the one that
// it may be labels of: marks of notes do.
func (d repeatRules) behindFigures(c, id *column) bool {
	return id.at < c.at && slices.ContainsFunc(d.columns[id.at+1:c.at], func(k *column) bool { return k.numeric() && (!k.time || k.part == Value) })
}

// away is a choice that takes repeats away: texts nearly as many as the ids are labels,
// all else is left out.
func (d repeatRules) away(repeats []repeat, late []*column) Choice {
	in := d.set(columnsOf(repeats), late)
	var choice Choice
	ignore := slices.Clone(late)
	labelled := map[*column]bool{}
	for _, c := range d.columns {
		if c.part == Labels && c.of >= 0 {
			labelled[d.columns[c.of]] = true
		}
	}
	called := func(r repeat) bool { return labelForm().MatchString(r.column.head().normed) }
	for _, r := range slices.Concat(slices.DeleteFunc(slices.Clone(repeats), func(r repeat) bool { return !called(r) }), slices.DeleteFunc(slices.Clone(repeats), called)) {
		c, id := r.column, r.of
		if 5*c.size >= 4*id.size && !(c.areMarks() && d.behindFigures(c, id)) && !c.numeric() && c.empties == 0 && !isUnit(c) && c.time == id.time && !in[id.at] && !labelled[id] {
			choice.Labels = append(choice.Labels, [2]string{id.name(), c.name()})
			labelled[id] = true
		} else {
			ignore = append(ignore, c)
		}
	}
	for _, c := range d.columns { // labels of what goes
		if c.part == Labels && c.why == ByName && c.of >= 0 && in[c.of] {
			ignore = append(ignore, c)
		}
	}
	choice.Ignore = names(byAt(ignore))
	return choice
}
