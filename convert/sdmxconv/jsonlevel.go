package sdmxconv

import "strconv"

// upperLevels reads what the heads of data sets say: attributes of the data set and of
// groups of observations.
type upperLevels struct {
	*elements
	s *structure
	r *reader
}

// statuses notes the status that a data set and its groups have.
func (u upperLevels) statuses(st *statuses, set *dataSet) {
	st.dataSet, st.groups, st.masks = "", nil, map[string]int{}
	if k, of := st.places.dataSet, &st.ofDataSets; k >= 0 {
		if st.own.column == nil {
			st.own = *of
		}
		number := of.standing
		if list := set.member("attributes").list(); k < len(list) {
			number = u.nodeID(&list[k], of.column)
		}
		st.dataSet = of.status(number)
	}
	k, of := st.places.group, &st.ofGroups
	groups := set.member("dimensionGroupAttributes")
	if k < 0 || groups == nil {
		return
	}
	for i, key := range groups.names {
		coords, ok := groupKey(u.s, key)
		if list := groups.items[i].list(); ok && k < len(list) {
			if text := of.status(u.nodeID(&list[k], of.column)); text != "" {
				st.addGroup(i, u.s.dims, coords, text)
			}
		}
	}
}

// dataSet is the level with one entry, the data set.
func (u upperLevels) dataSet(sets []*dataSet) *level {
	attributes := u.s.attributes.dataSet
	l := &level{at: []int64{0}}
	columns := make([]*column, len(attributes))
	ids := make([]int32, len(columns))
	for k := range columns {
		columns[k] = newColumn(&attributes[k])
		ids[k] = columns[k].standing
	}
	for _, set := range sets {
		list := set.member("attributes").list()
		for k := range list[:min(len(list), len(columns))] {
			if list[k].kind != null {
				ids[k] = u.nodeID(&list[k], columns[k])
			}
		}
	}
	st := statusOf(attributes)
	for k, c := range columns {
		if k != st {
			c.put(0, ids[k], 0)
			l.columns = append(l.columns, c)
		}
	}
	return l
}

// groups are the levels of groups of dimensions: one for all groups that are told apart
// by the same dimensions.
func (u upperLevels) groups(sets []*dataSet) []*level {
	attributes := u.s.attributes.group
	byMask := map[string]*level{}
	var list []*level
	st := statusOf(attributes)
	for _, set := range sets {
		groups := set.member("dimensionGroupAttributes")
		if groups == nil {
			continue
		}
		for g, key := range groups.names {
			coords, ok := groupKey(u.s, key)
			if !ok {
				u.r.warn("key " + strconv.Quote(brief(key)) + " of a group does not fit the dimensions: its attributes are left out")
				continue
			}
			mask, of, pos := box(u.s.dims, coords)
			l := byMask[mask]
			if l == nil {
				l = &level{of: of, partial: len(of) > 0}
				for a := range attributes {
					l.columns = append(l.columns, newColumn(&attributes[a]))
				}
				byMask[mask] = l
				list = append(list, l)
			}
			values := groups.items[g].list()
			for a := range values {
				if a < len(l.columns) && a != st && values[a].kind != null {
					l.columns[a].put(len(l.at), u.nodeID(&values[a], l.columns[a]), 0)
				}
			}
			l.at = append(l.at, pos)
		}
	}
	return list
}
