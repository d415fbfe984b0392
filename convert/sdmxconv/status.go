package sdmxconv

import "strconv"

// statusColumn is an attribute that is the status of observations: its values go
// to the cells.
type statusColumn struct {
	column *column
	texts  []string // by number
}

func newStatusColumn(c *component) statusColumn {
	return statusColumn{column: newColumn(c), texts: []string{""}}
}

// text is the status of a number.
func (s *statusColumn) text(number int32) string {
	for int(number) >= len(s.texts) {
		s.texts = append(s.texts, s.column.plain(int32(len(s.texts))))
	}
	return s.texts[number]
}

// about tells whether the status is one of the measure in a slot: attributes may
// be about some measures alone.
func (s *statusColumn) about(slots []slot, k int) bool {
	return s.column == nil || k < 0 || slots[k].measure == nil || s.column.of(slots[k].measure.id)
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

// addGroup notes the status of the group of that number.
func (f *filler) addGroup(number int, coords []int, status string) {
	mask, pos := "", int64(0)
	var of []*dimension
	for i, k := range coords {
		if k >= 0 {
			mask += "," + strconv.Itoa(i)
			of = append(of, f.s.dims[i])
			pos += int64(k) * f.s.dims[i].stride
		}
	}
	k, met := f.groupMasks[mask]
	if !met {
		k = len(f.groups)
		f.groupMasks[mask] = k
		f.groups = append(f.groups, groupStatuses{of, map[int64]groupStatus{}})
	}
	if _, twice := f.groups[k].at[pos]; !twice {
		f.groups[k].at[pos] = groupStatus{number, status}
	}
}

// groupStatus is the status of the first group that an observation is in, "" if it
// is in none.
func (f *filler) groupStatus(pos int64) string {
	best, found := groupStatus{}, false
	for i := range f.groups {
		at := int64(0)
		for _, d := range f.groups[i].of {
			at += pos / d.stride % int64(d.size) * d.stride
		}
		if g, ok := f.groups[i].at[at]; ok && (!found || g.number < best.number) {
			best, found = g, true
		}
	}
	return best.status
}

// fallback is the status of an observation that has none of its own: that of its
// series, its group or its data set, else the one that stands for none.
func (f *filler) fallback(pos int64) string {
	if f.seriesText != "" {
		return f.seriesText
	}
	if status := f.groupStatus(pos); status != "" {
		return status
	}
	if f.ofDataSet != "" {
		return f.ofDataSet
	}
	if f.statuses.column != nil {
		return f.statuses.text(f.statuses.column.standing)
	}
	return ""
}
