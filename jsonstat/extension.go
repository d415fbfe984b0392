package jsonstat

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// What providers say about categories without keying it by category: members of
// extensions that hold names or positions of categories. When categories go or come
// they change with them.
const (
	memberNoData          = "positions-with-no-data" // Eurostat: positions of categories by dimension
	memberElimination     = "elimination"            // PxWeb: the dimension may be left out of a query
	memberEliminationCode = "eliminationValueCode"   // PxWeb: the total that is given then
	memberFirstPeriod     = "firstPeriod"            // PxWeb: ids or labels of the ends of the time dimension
	memberLastPeriod      = "lastPeriod"
)

// Narrow is the head with some of the categories of its dimensions only, given by
// their indexes in ascending order, nil for all: see [Dimension.Narrow]. What the
// extension of the head says of categories by dimension is narrowed too: objects by
// dimension and category, positions of categories, the first and the last period.
func (h Head) Narrow(keep [][]int) (Head, error) {
	dims := slices.Clone(h.Dimensions)
	for i, list := range keep {
		if list == nil {
			continue
		}
		var err error
		if dims[i], err = dims[i].Narrow(list); err != nil {
			return Head{}, err
		}
	}
	if slices.Equal(dims, h.Dimensions) {
		return h, nil
	}
	members := objectMembers(h.Extension)
	if kept, changed := narrowByDimension(members, h.Dimensions, dims); changed {
		h.Extension = joinMembers(kept)
	}
	h.Members, _ = narrowByDimension(h.Members, h.Dimensions, dims)
	h.Dimensions = dims
	return h, nil
}

// narrowByDimension narrows members that speak of several dimensions.
func narrowByDimension(members []Member, from, to []*Dimension) (kept []Member, changed bool) {
	at := make(map[string]int, len(from))
	for i, d := range from {
		at[d.id] = i
	}
	for _, m := range members {
		if value := narrowedByDimension(m, at, from, to); value != nil {
			m.Value, changed = value, true
		}
		kept = append(kept, m)
	}
	i := periodDimension(members, from)
	if i < 0 {
		// They name no category that is there: in a cube of fewer periods nobody knows
		// whether they are right.
		i = slices.IndexFunc(from, func(d *Dimension) bool { return d.Role() == Time })
	}
	if i >= 0 && from[i] != to[i] {
		narrowed := from[i].narrowPeriods(kept, to[i])
		changed = changed || len(narrowed) != len(kept) || !slices.EqualFunc(narrowed, kept, func(a, b Member) bool { return string(a.Value) == string(b.Value) })
		kept = narrowed
	}
	return kept, changed
}

// narrowedByDimension narrows an object whose names are all ids of dimensions, and
// positions, which may be said of others too; nil if it is none, or stays as it is.
func narrowedByDimension(m Member, at map[string]int, from, to []*Dimension) json.RawMessage {
	inner := objectMembers(m.Value)
	changed := false
	for k := range inner {
		i, ok := at[inner[k].Name]
		switch {
		case !ok && m.Name == memberNoData:
			continue
		case !ok:
			return nil
		case from[i] == to[i]:
			continue
		}
		value := inner[k].Value
		if m.Name == memberNoData {
			positions, ok := positionsIn(value, from[i])
			if !ok {
				continue
			}
			value = joinPositions(positions, func(pos int) int { return to[i].Index(from[i].ids[pos]) })
		} else if narrowed, byCategory := from[i].narrowObject(inner[k], to[i]); byCategory {
			if value = narrowed; value == nil {
				value = json.RawMessage("{}")
			}
		}
		changed = changed || string(value) != string(inner[k].Value)
		inner[k].Value = value
	}
	if !changed {
		return nil
	}
	return joinMembers(inner)
}

// positionsIn reads a list of positions of categories of a dimension.
func positionsIn(list json.RawMessage, d *Dimension) (positions []int, ok bool) {
	if len(list) == 0 || list[0] != '[' || json.Unmarshal(list, &positions) != nil {
		return nil, false
	}
	for _, pos := range positions {
		if pos < 0 || pos >= d.Len() {
			return nil, false
		}
	}
	return positions, true
}

// joinPositions writes a list of positions as they are now, -1 for those that are gone.
func joinPositions(positions []int, now func(pos int) int) json.RawMessage {
	list := []byte{'['}
	for _, pos := range positions {
		if k := now(pos); k >= 0 {
			if len(list) > 1 {
				list = append(list, ',')
			}
			list = strconv.AppendInt(list, int64(k), 10)
		}
	}
	return append(list, ']')
}

// narrowNames narrows the members of a dimension that name a category. Where the total
// that PxWeb gives for the whole dimension is gone, nothing stands for the whole.
func (d *Dimension) narrowNames(members []Member, n *Dimension) []Member {
	total, ok := textOf(members, memberEliminationCode)
	if ok && d.Index(total) >= 0 && n.Index(total) < 0 {
		members = without(members, memberEliminationCode)
		members = replaced(members, memberElimination, json.RawMessage("false"))
	}
	return d.narrowPeriods(members, n)
}

// narrowPeriods makes the first and the last period those that are left. One that was
// no category of the dimension is left out: nobody knows what became of it.
func (d *Dimension) narrowPeriods(members []Member, n *Dimension) []Member {
	first, hasFirst := textOf(members, memberFirstPeriod)
	last, hasLast := textOf(members, memberLastPeriod)
	if (!hasFirst && !hasLast) || n.Len() == 0 {
		return members
	}
	i, j := d.named(first), d.named(last)
	begin, end := 0, n.Len()-1
	if d.descends(i, j) {
		begin, end = end, begin
	}
	for _, p := range []struct {
		name, text string
		has        bool
		was, now   int
	}{{memberFirstPeriod, first, hasFirst, i, begin}, {memberLastPeriod, last, hasLast, j, end}} {
		switch {
		case !p.has:
		case p.was < 0:
			members = without(members, p.name)
		case p.text == d.ids[p.was]:
			members = replaced(members, p.name, jsontoken.AppendString(nil, n.ids[p.now]))
		default:
			members = replaced(members, p.name, jsontoken.AppendString(nil, n.CategoryLabel(p.now)))
		}
	}
	return members
}

// named is the place of a category by id or else by label, -1 for none.
func (d *Dimension) named(text string) int {
	switch i, ok := d.index[text]; {
	case ok:
		return i
	case text == "": // which labels are too where none is given
		return -1
	}
	return slices.Index(d.labels, text)
}

// descends tells whether the last period stands first, given the places of the first
// and the last one, -1 where they are not known.
func (d *Dimension) descends(first, last int) bool {
	switch n := d.Len() - 1; {
	case first >= 0 && last >= 0 && first != last:
		return first > last
	case n > 0 && (first == 0 || last == n):
		return false
	case n > 0 && (first == n || last == 0):
		return true
	}
	return d.Len() > 0 && d.ids[0] > d.ids[d.Len()-1] // codes of periods are made to be sorted
}

// periodDimension is the dimension one of whose categories is the first or last period,
// -1 if there is none: one of time, else any.
func periodDimension(members []Member, dims []*Dimension) int {
	first, hasFirst := textOf(members, memberFirstPeriod)
	last, hasLast := textOf(members, memberLastPeriod)
	other := -1
	for i, d := range dims {
		if (hasFirst && d.named(first) >= 0) || (hasLast && d.named(last) >= 0) {
			if d.Role() == Time {
				return i
			}
			other = max(other, i)
		}
	}
	return other
}

// textOf is the text of a member, if it has one.
func textOf(members []Member, name string) (text string, ok bool) {
	for _, m := range members {
		if m.Name == name && len(m.Value) > 0 && m.Value[0] == '"' && json.Unmarshal(m.Value, &text) == nil {
			return text, true
		}
	}
	return "", false
}

func without(members []Member, name string) []Member {
	return slices.DeleteFunc(slices.Clone(members), func(m Member) bool { return m.Name == name })
}

// replaced gives a member another value, if it is there.
func replaced(members []Member, name string, value json.RawMessage) []Member {
	i := slices.IndexFunc(members, func(m Member) bool { return m.Name == name })
	if i < 0 || string(members[i].Value) == string(value) {
		return members
	}
	members = slices.Clone(members)
	members[i].Value = value
	return members
}
