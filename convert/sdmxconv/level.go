package sdmxconv

import (
	"cmp"
	"slices"
)

// level is where attributes are presented: entries, each with a place in the cube,
// and a column of values for each attribute. The entries of the level of
// observations are those of the cube.
type level struct {
	of           []*dimension // the dimensions that tell its entries apart
	at           []int64      // where each entry stands, with the first category of all other dimensions
	columns      []*column
	observations bool
	partial      bool // entries are of some categories only, and say nothing of the others
}

// each goes through the entries.
func (l *level) each(c *cube, f func(entry int, pos int64)) {
	if l.observations {
		c.Each(f)
		return
	}
	for i, pos := range l.at {
		f(i, pos)
	}
}

// forms says what the columns of a level say. Those without any value are left out.
func (l *level) forms(c *cube) []form {
	var list []form
	var varying []*dimension
	for _, d := range l.of {
		if d.size > 1 {
			varying = append(varying, d)
		}
	}
	for _, col := range l.columns {
		if len(col.narrow)+len(col.wide) == 0 {
			continue
		}
		if f, ok := l.form(c, col, varying); ok {
			list = append(list, f)
		}
	}
	return list
}

// form says what a column says; varying are the dimensions of the level that have
// several categories.
func (l *level) form(c *cube, col *column, varying []*dimension) (form, bool) {
	f := form{column: col}
	counts, entries := make([]int, col.numbers()), 0
	l.each(c, func(entry int, _ int64) {
		counts[col.at(entry)]++
		entries++
	})
	most := slices.Index(counts, slices.Max(counts))
	if counts[0] == entries {
		return f, false
	}
	if counts[most] == entries && (!l.partial || len(varying) == 0) {
		f.constant = int32(most)
		return f, true
	}
	// Of observations it is said one by one if that takes no more words.
	limit := entries
	if l.observations && !col.is(noteIDs...) {
		limit = entries - counts[0]
		if saidOnce(counts[most], entries) {
			limit = entries - counts[most]
		}
		limit--
	}
	tries := l.tries(varying)
	if len(varying) == 1 && col.is(noteIDs...) {
		tries = [][]*dimension{varying}
	}
	for _, by := range tries {
		if values, ok := l.dependent(c, col, by, limit); ok {
			f.by, f.values = by, values
			return f, true
		}
	}
	if saidOnce(counts[most], entries) {
		f.most = int32(most)
	}
	l.each(c, func(entry int, pos int64) {
		if id := col.at(entry); id != f.most {
			f.cells = append(f.cells, cell{pos * c.Measures(), id})
		}
	})
	return f, true
}

// tries are the dimensions that values may depend on, the fewest first. What is
// said of each observation alone depends on all of them, and is said otherwise.
func (l *level) tries(varying []*dimension) [][]*dimension {
	if l.partial {
		return [][]*dimension{varying}
	}
	most := len(varying)
	if l.observations {
		most--
	}
	var list [][]*dimension
	for i, a := range varying {
		if most >= 1 {
			list = append(list, varying[i:i+1:i+1])
		}
		for _, b := range varying[i+1:] {
			if most >= 2 {
				list = append(list, []*dimension{a, b})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b []*dimension) int { return cmp.Compare(len(a), len(b)) })
	if !l.observations {
		return append(list, varying)
	}
	// The series: all but the time, or another one.
	for i := len(varying) - 1; i >= 0 && most > 2; i-- {
		list = append(list, slices.Delete(slices.Clone(varying), i, i+1))
	}
	return list
}

// dependent tells whether a column has one value for each combination of some
// dimensions, and which. There may be as many as limit says.
func (l *level) dependent(c *cube, col *column, by []*dimension, limit int) ([]cell, bool) {
	const most = 1 << 21
	n := 1
	for _, d := range by {
		if n *= d.size; n > most {
			return l.alone(c, col, by)
		}
	}
	c.table = slices.Grow(c.table[:0], n)[:n]
	table, ok := c.table, true // number and one
	clear(table)
	l.each(c, func(entry int, pos int64) {
		if !ok {
			return
		}
		i := int64(0)
		for _, d := range by {
			i = i*int64(d.size) + int64(d.category(pos))
		}
		id := col.at(entry) + 1
		ok = table[i] == 0 || table[i] == id
		table[i] = id
	})
	if !ok {
		return nil, false
	}
	some := 0
	for _, id := range table {
		if id > 1 {
			some++
		}
	}
	if some > limit {
		return nil, false
	}
	values := make([]cell, 0, some)
	for i, id := range table {
		if id <= 1 {
			continue
		}
		pos := int64(0)
		for k := len(by) - 1; k >= 0; k-- {
			pos += int64(i%by[k].size) * by[k].stride
			i /= by[k].size
		}
		values = append(values, cell{pos, id - 1})
	}
	return values, true
}

// alone is dependent for dimensions of very many combinations: it holds if they
// are all that the entries have.
func (l *level) alone(c *cube, col *column, by []*dimension) ([]cell, bool) {
	for _, d := range l.of {
		if d.size > 1 && !slices.Contains(by, d) {
			return nil, false
		}
	}
	var values []cell
	l.each(c, func(entry int, pos int64) {
		if id := col.at(entry); id != 0 {
			values = append(values, cell{pos, id})
		}
	})
	slices.SortStableFunc(values, func(a, b cell) int { return cmp.Compare(a.pos, b.pos) })
	return values, true
}

// saidOnce tells whether a value that so many observations of all have is said
// once for all that have no other.
func saidOnce(count, entries int) bool {
	const few = 100
	return 2*count > entries && entries >= few
}
