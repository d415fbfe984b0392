package jsonstat

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// Narrow is the head with some of the categories of its dimensions only, given by
// their indexes in ascending order, nil for all: see [Dimension.Narrow]. What the
// extension of the head says of categories by dimension is narrowed too: objects by
// dimension and category, positions of categories, the first and the last period, and what
// a PX file says of cells and in other languages.
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
	h.Extension = editMembers(h.Extension, func(m Member) json.RawMessage {
		if m.Name == "px" {
			return narrowPX(m.Value, h.Dimensions, dims)
		}
		return m.Value
	})
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
		// They name no category of the cube: in one of fewer periods it is not known
		// whether they are right.
		i = slices.IndexFunc(from, func(d *Dimension) bool { return d.Role() == Time })
	}
	if i >= 0 && from[i] != to[i] {
		narrowed := from[i].narrowPeriods(kept, to[i])
		changed = changed || !sameValues(narrowed, kept)
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
			list = strconv.AppendInt(jsontoken.AppendComma(list), int64(k), 10)
		}
	}
	return append(list, ']')
}

// periodDimension is the dimension one of whose categories is the first or last period,
// -1 if there is none: one of time, else any.
func periodDimension(members []Member, dims []*Dimension) int {
	first, hasFirst := memberText(members, pxext.FirstPeriod)
	last, hasLast := memberText(members, pxext.LastPeriod)
	other := -1
	for i, d := range dims {
		if (hasFirst && d.findIndex(first) >= 0) || (hasLast && d.findIndex(last) >= 0) {
			if d.Role() == Time {
				return i
			}
			other = max(other, i)
		}
	}
	return other
}
