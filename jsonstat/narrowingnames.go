package jsonstat

import (
	"encoding/json"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// What providers say about categories without keying it by category: members of
// extensions that hold names or positions of categories. When categories go or come
// they change with them.
const (
	memberNoData = "positions-with-no-data" // Eurostat: positions of categories by dimension
)

// narrowNames narrows the members of a dimension that name a category. Where the total
// that PxWeb gives for the whole dimension is gone, nothing stands for the whole.
func (d *Dimension) narrowNames(members []Member, n *Dimension) []Member {
	total, ok := memberText(members, pxext.EliminationValue)
	if ok && d.Index(total) >= 0 && n.Index(total) < 0 {
		members = withoutMember(members, pxext.EliminationValue)
		members = replaceMember(members, pxext.Elimination, json.RawMessage("false"))
	}
	return d.narrowPeriods(members, n)
}

// narrowPeriods makes the first and the last period those that are left. One that was no
// category of the dimension is left out, since its new value is not known.
func (d *Dimension) narrowPeriods(members []Member, n *Dimension) []Member {
	first, hasFirst := memberText(members, pxext.FirstPeriod)
	last, hasLast := memberText(members, pxext.LastPeriod)
	if (!hasFirst && !hasLast) || n.Len() == 0 {
		return members
	}
	i, j := d.findIndex(first), d.findIndex(last)
	begin, end := 0, n.Len()-1
	if d.descends(i, j) {
		begin, end = end, begin
	}
	for _, p := range []struct {
		name, text string
		has        bool
		was, now   int
	}{{pxext.FirstPeriod, first, hasFirst, i, begin}, {pxext.LastPeriod, last, hasLast, j, end}} {
		switch {
		case !p.has:
		case p.was < 0:
			members = withoutMember(members, p.name)
		case p.text == d.ids[p.was]:
			members = replaceMember(members, p.name, jsontoken.AppendString(nil, n.ids[p.now]))
		default:
			members = replaceMember(members, p.name, jsontoken.AppendString(nil, n.CategoryLabel(p.now)))
		}
	}
	return members
}

// findIndex is the place of a category by id or else by label, -1 for none.
func (d *Dimension) findIndex(text string) int {
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
