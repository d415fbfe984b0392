package sdmxconv

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
)

// csvDimensions finds the columns of dimensions, once those of values are known.
type csvDimensions struct{ *csvColumns }

// find finds the columns of dimensions. All that is left are attributes.
func (c csvDimensions) find() error {
	defer func() {
		for i := range c.list {
			if col := &c.list[i]; col.component() {
				col.kind = attributeColumn
			}
		}
	}()
	if len(c.choice.Dimensions) > 0 {
		return c.take(c.choice.Dimensions, dimensionColumn)
	}
	if len(c.choice.Stub) > 0 {
		return c.take(c.choice.Stub, dimensionColumn)
	}
	if len(c.names.dimensions) > 0 {
		found := false
		for i := range c.list {
			col := &c.list[i]
			if col.kind == other && slices.ContainsFunc(c.names.dimensions, func(id string) bool { return strings.EqualFold(id, col.id) }) {
				col.kind, found = dimensionColumn, true
			}
		}
		if found {
			return nil
		}
	}
	if proven, err := c.byKey(); err != nil || proven {
		return err
	}
	if len(c.choice.By) > 0 {
		return nil
	}
	c.placed = true
	return c.byPlace()
}

// byPlace takes what stands before the values for dimensions, but for the ids of
// attributes; in SDMX-CSV 1.0 what stands before the time, which is the last dimension
// there. The time is one wherever it stands.
func (c csvDimensions) byPlace() error {
	values := slices.IndexFunc(c.list, func(col csvColumn) bool { return col.kind == measureColumn })
	found := false
	for i := range c.list[:max(0, values)] {
		col := &c.list[i]
		if !col.component() || knownAttribute(col.id) || strings.EqualFold(col.id, "OBS_VALUE") {
			continue
		}
		col.kind = dimensionColumn
		if isTime(col.id) && c.first && found {
			break
		}
		found = true
	}
	if !found {
		return &convert.TableError{
			Msg:  "no column stands before the values: which columns are dimensions? They are " + c.columnNames(),
			Also: []string{"Dimensions"}, Err: undecided{ErrDimensions},
		}
	}
	for i := range c.list {
		if col := &c.list[i]; col.component() && isTime(col.id) {
			col.kind = dimensionColumn
		}
	}
	return nil
}

// byKey finds the dimensions by a column of keys, which hold the ids of all of
// them: those of the observation, or of the series and so all but the time. The id of
// what they are keys of may stand before them.
func (c csvDimensions) byKey() (bool, error) {
	for _, name := range []string{"OBS_KEY", "SERIES_KEY", "SERIESKEY", "KEY"} {
		at := slices.IndexFunc(c.list, func(col csvColumn) bool { return col.id == name })
		if at < 0 {
			continue
		}
		fits, err := c.inKey(at)
		if err != nil {
			return false, err
		}
		dims := c.ofKey(fits)
		if dims == nil && len(fits) > 1 {
			dims = c.ofKey(fits[1:])
		}
		if dims == nil {
			continue
		}
		if name != "OBS_KEY" {
			time := slices.IndexFunc(c.list, func(col csvColumn) bool { return isTime(col.id) })
			if time < 0 {
				continue
			}
			if !slices.Contains(dims, time) {
				dims = append(dims, time)
			}
		}
		for _, i := range dims {
			c.list[i].kind = dimensionColumn
		}
		return true, nil
	}
	return false, nil
}

// inKey tells which columns have the parts of a key in their cells, by part and column,
// in as many rows as it takes to tell columns apart.
func (c csvDimensions) inKey(at int) (fits [][]bool, err error) {
	const most = 64
	columns := []int{at}
	for i := range c.list {
		if c.list[i].component() {
			columns = append(columns, i)
		}
	}
	err = c.tables[0].Some(columns, most, func(texts []string) bool {
		if texts[0] == "" {
			return true
		}
		parts := strings.Split(texts[0], ".")
		if fits == nil {
			fits = make([][]bool, len(parts))
			for p := range fits {
				fits[p] = make([]bool, len(c.list))
				for _, i := range columns[1:] {
					fits[p][i] = true
				}
			}
		}
		if len(parts) != len(fits) {
			fits = nil
			return false
		}
		for k, i := range columns[1:] {
			id := texts[k+1]
			if before, _, ok := strings.Cut(id, ": "); ok && c.list[i].both {
				id = before
			}
			for p := range fits {
				fits[p][i] = fits[p][i] && id == parts[p]
			}
		}
		return true
	})
	return fits, err
}

// ofKey are the columns of the parts of a key, in their order: the next one that fits or
// else any, those of the ids of attributes last. It is nil if a part has none.
func (c csvDimensions) ofKey(fits [][]bool) []int {
	var dims []int
	before := -1
	for _, fit := range fits {
		best, rank := -1, 0
		for i, ok := range fit {
			if !ok || slices.Contains(dims, i) {
				continue
			}
			r := 1
			if !knownAttribute(c.list[i].id) {
				if r = 2; i > before {
					r = 3
				}
			}
			if r > rank {
				best, rank = i, r
			}
		}
		if best < 0 {
			return nil
		}
		dims, before = append(dims, best), best
	}
	return dims
}
