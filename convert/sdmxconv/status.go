package sdmxconv

// statusColumn is an attribute that is the status of observations: its values go
// to the cells.
type statusColumn struct {
	*column          // nil if there is none
	words   []string // by number
}

func newStatusColumn(c *component) statusColumn {
	return statusColumn{column: newColumn(c), words: []string{""}}
}

// status is the status of a number.
func (s *statusColumn) status(number int32) string {
	for int(number) >= len(s.words) {
		s.words = append(s.words, s.plain(int32(len(s.words))))
	}
	return s.words[number]
}

// about tells whether the status is one of a measure: attributes may be about some
// measures alone.
func (s *statusColumn) about(m *measure) bool {
	return s.column == nil || m == nil || s.of(m.id)
}

// statuses are those of observations: their own, else that of their series, of their
// group, of their data set.
type statuses struct {
	own      statusColumn
	ofSeries statusColumn
	series   string // the status of the series, if it has one

	ofGroups statusColumn
	groups   []groupStatuses
	masks    map[string]int // places in groups

	ofDataSets statusColumn
	dataSet    string // the status of the data set, if it has one

	places struct{ dataSet, group int } // of attributes among those of data sets and groups, -1 if there are none
}

// groupStatuses are statuses of all observations with some categories, for groups
// that are told apart by the same dimensions.
type groupStatuses struct {
	of []*dimension
	at map[int64]groupStatus // by position, with the first category of all other dimensions
}

type groupStatus struct {
	number int // the first group counts of those that an observation is in
	status string
}

// newStatuses finds the attributes of a structure that are statuses, but for that of the
// observations themselves.
func newStatuses(s *structure) statuses {
	var st statuses
	find := func(list []component, to *statusColumn) int {
		k := statusOf(list)
		if k >= 0 {
			*to = newStatusColumn(&list[k])
		}
		return k
	}
	find(s.attributes.series, &st.ofSeries)
	st.places.dataSet = find(s.attributes.dataSet, &st.ofDataSets)
	st.places.group = find(s.attributes.group, &st.ofGroups)
	return st
}

// addGroup notes the status of the group of that number, by its categories of the
// dimensions.
func (st *statuses) addGroup(number int, dims []*dimension, coords []int, status string) {
	mask, of, pos := box(dims, coords)
	k, met := st.masks[mask]
	if !met {
		k = len(st.groups)
		st.masks[mask] = k
		st.groups = append(st.groups, groupStatuses{of, map[int64]groupStatus{}})
	}
	if _, twice := st.groups[k].at[pos]; !twice {
		st.groups[k].at[pos] = groupStatus{number, status}
	}
}

// group is the status of the first group that an observation is in, "" if it is in none.
func (st *statuses) group(pos int64) string {
	best, found := groupStatus{}, false
	for i := range st.groups {
		at := int64(0)
		for _, d := range st.groups[i].of {
			at += int64(d.category(pos)) * d.stride
		}
		if g, ok := st.groups[i].at[at]; ok && (!found || g.number < best.number) {
			best, found = g, true
		}
	}
	return best.status
}

// fallback is the status of an observation that has none of its own: that of its
// series, its group or its data set, else the one that stands for none.
func (st *statuses) fallback(pos int64) string {
	if st.series != "" {
		return st.series
	}
	if status := st.group(pos); status != "" {
		return status
	}
	if st.dataSet != "" {
		return st.dataSet
	}
	if st.own.column != nil {
		return st.own.status(st.own.standing)
	}
	return ""
}
