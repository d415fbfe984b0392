package sdmxconv

import "slices"

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
	if s.column == nil || len(s.column.measures) == 0 || k < 0 || slots[k].measure == nil {
		return true
	}
	return slices.Contains(s.column.measures, slots[k].measure.id)
}

// group is a status of all observations with some categories.
type group struct {
	coords []int // by dimension of the cube, -1 for any
	status string
}

// fallback is the status of an observation that has none of its own: that of its
// series, its group or its data set, else the one that stands for none.
func (f *filler) fallback(pos int64) string {
	if f.seriesText != "" {
		return f.seriesText
	}
	for _, g := range f.groups {
		fits := true
		for i, want := range g.coords {
			if d := f.c.dims[i]; want >= 0 && int(pos/d.stride%int64(d.size)) != want {
				fits = false
				break
			}
		}
		if fits {
			return g.status
		}
	}
	if f.ofDataSet != "" {
		return f.ofDataSet
	}
	if f.statuses.column != nil {
		return f.statuses.text(f.statuses.column.standing)
	}
	return ""
}
