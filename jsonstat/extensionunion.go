package jsonstat

import (
	"encoding/json"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// unionPart is one of several cubes: its dimensions, and an extension of it or of one of
// them.
type unionPart struct {
	dims      []*Dimension
	extension json.RawMessage
	byID      map[string]*Dimension // when asked for
}

// uniteNamed corrects a united extension where it names categories or their positions,
// since what is true of a part need not be true of the whole:
//
//	firstPeriod            2019 and 2021 of two parts: the earlier one, 2019
//	elimination            true if one part has the total
//	positions-with-no-data a category without data must be without in every part that
//	                       has it; its position is that in the union
func uniteNamed(extension json.RawMessage, parts []*unionPart) json.RawMessage {
	members := objectMembers(extension)
	had := members
	for _, m := range members {
		switch m.Name {
		case memberNoData:
			if value, ok := unitePositions(parts); ok {
				members = replaceMember(members, memberNoData, value)
			} else {
				members = withoutMember(members, memberNoData)
			}
		case pxext.Elimination:
			if slices.ContainsFunc(parts, func(p *unionPart) bool { return string(member(p.extension, pxext.Elimination)) == "true" }) { // one has the total
				members = replaceMember(members, pxext.Elimination, json.RawMessage("true"))
			}
		case pxext.FirstPeriod, pxext.LastPeriod:
			members = unitePeriods(members, m.Name, parts)
		}
	}
	if sameValues(members, had) {
		return extension
	}
	return joinMembers(members)
}

// unitedCategories are the ids of the categories of a dimension of several parts, those of
// the first part first, with their indexes.
func unitedCategories(id string, parts []*unionPart) (ids []string, places map[string]int) {
	places = map[string]int{}
	for _, p := range parts {
		for _, c := range p.dimension(id).categoryIDs() {
			if _, ok := places[c]; !ok {
				places[c] = len(ids)
				ids = append(ids, c)
			}
		}
	}
	return ids, places
}

func (p *unionPart) dimension(id string) *Dimension {
	if p.byID == nil {
		p.byID = make(map[string]*Dimension, len(p.dims))
		for _, d := range p.dims {
			p.byID[d.id] = d
		}
	}
	return p.byID[id]
}

func (d *Dimension) categoryIDs() []string {
	if d == nil {
		return nil
	}
	return d.ids
}

// unitePositions unites positions of categories without data: in the united cube those
// have none that have none in any part. It fails on what holds no positions.
func unitePositions(parts []*unionPart) (json.RawMessage, bool) {
	var members []Member
	seen := map[string]bool{}
	lists := make([]map[string]json.RawMessage, len(parts))
	for i, p := range parts {
		lists[i] = map[string]json.RawMessage{}
		for _, m := range objectMembers(member(p.extension, memberNoData)) {
			if lists[i][m.Name] = m.Value; !seen[m.Name] {
				seen[m.Name] = true
				members = append(members, Member{Name: m.Name})
			}
		}
	}
	for i := range members {
		ids, places := unitedCategories(members[i].Name, parts)
		holding, empty := make([]int, len(ids)), make([]int, len(ids)) // parts that have the category, and those without data for it
		for k, p := range parts {
			d := p.dimension(members[i].Name)
			for _, id := range d.categoryIDs() {
				holding[places[id]]++
			}
			list, said := lists[k][members[i].Name]
			if !said {
				continue
			}
			positions, ok := positionsIn(list, d)
			if !ok {
				return nil, false
			}
			slices.Sort(positions)
			for _, pos := range slices.Compact(positions) {
				empty[places[d.ids[pos]]]++
			}
		}
		var positions []int
		for k := range ids {
			if empty[k] == holding[k] {
				positions = append(positions, k)
			}
		}
		members[i].Value = joinPositions(positions, func(pos int) int { return pos })
	}
	return joinMembers(members), true
}

// unitePeriods makes the first or last period that of all parts.
func unitePeriods(members []Member, name string, parts []*unionPart) []Member {
	best, at := "", -1
	orders := map[string]periodOrder{} // by dimension: to find it all parts are looked at
	for _, p := range parts {
		said := objectMembers(p.extension)
		i := periodDimension(said, p.dims)
		if i < 0 {
			continue
		}
		d := p.dims[i]
		text, _ := memberText(said, name)
		k := d.findIndex(text)
		if k < 0 {
			continue
		}
		order, known := orders[d.id]
		if !known {
			order = findPeriodOrder(d.id, parts)
			orders[d.id] = order
		}
		place := order.places[d.ids[k]]
		later := (place > at) != order.descending
		if at < 0 || (place != at && later == (name == pxext.LastPeriod)) {
			best, at = text, place
		}
	}
	if at < 0 {
		return members
	}
	return replaceMember(members, name, jsontoken.AppendString(nil, best))
}

// periodOrder is how the periods of a united dimension follow each other.
type periodOrder struct {
	places     map[string]int
	descending bool
}

// findPeriodOrder finds the order of the periods of a united dimension. They descend if those
// of a part do that has several.
func findPeriodOrder(id string, parts []*unionPart) periodOrder {
	ids, places := unitedCategories(id, parts)
	for _, p := range parts {
		d := p.dimension(id)
		if d == nil {
			continue
		}
		said := objectMembers(p.extension)
		first, _ := memberText(said, pxext.FirstPeriod)
		last, _ := memberText(said, pxext.LastPeriod)
		if i, j := d.findIndex(first), d.findIndex(last); i >= 0 && j >= 0 && i != j {
			return periodOrder{places, places[d.ids[i]] > places[d.ids[j]]}
		}
	}
	return periodOrder{places, len(ids) > 0 && ids[0] > ids[len(ids)-1]}
}
