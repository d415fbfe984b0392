package sdmxconv

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Attributes that tell how values are measured.
var (
	unitIDs    = []string{"UNIT_MEASURE", "UNIT", "UNIT_MEAS"}
	multIDs    = []string{"UNIT_MULT", "POWERCODE", "SCALE"}
	decimalIDs = []string{"DECIMALS"}
	noteIDs    = []string{"TITLE", "TITLE_COMPL", "TITLE_NATIVE", "COMMENT", "COMMENT_TS", "SERIES_COMMENT"}
)

// units gives the categories of the metric dimensions the units that hold for
// them. What is said of the units stays in the extension too.
func (s *structure) units(forms []form) {
	for _, d := range s.all() {
		if d.role != jsonstat.Metric {
			continue
		}
		if d.units = make([]*jsonstat.Unit, d.size); d.is(unitIDs...) { // the categories are units
			for i, v := range d.values {
				d.units[i] = &jsonstat.Unit{Label: v.name, Members: []jsonstat.Member{{Name: "base", Value: json.RawMessage(quote(v.id))}}}
			}
		}
		for i := range forms {
			f := &forms[i]
			c := f.column
			var set func(u *jsonstat.Unit, id int32)
			switch {
			case c.is(unitIDs...):
				set = func(u *jsonstat.Unit, id int32) { setUnit(u, c, id) }
			case c.is(multIDs...):
				set = func(u *jsonstat.Unit, id int32) { setMultiplier(u, c.plain(id)) }
			case c.is(decimalIDs...):
				set = func(u *jsonstat.Unit, id int32) {
					if n, err := strconv.Atoi(c.plain(id)); err == nil && n >= 0 && n < 400 {
						u.Decimals = &n
					}
				}
			default:
				continue
			}
			f.each(d, func(category int, id int32) {
				if id == 0 || d == s.metric && !c.of(d.values[category].id) {
					return
				}
				if d.units[category] == nil {
					d.units[category] = &jsonstat.Unit{}
				}
				set(d.units[category], id)
			})
		}
	}
}

// setUnit names a unit: by its label, with the code as its base.
func setUnit(u *jsonstat.Unit, c *column, id int32) {
	if u.Label != "" {
		return // UNIT_MEASURE says more than UNIT
	}
	u.Label = c.plain(id)
	if v, ok := c.value(id); ok && v.name != "" {
		u.Label = v.name
		u.Members = append(u.Members, jsonstat.Member{Name: "base", Value: json.RawMessage(quote(v.id))})
	}
}

// setMultiplier notes the power of ten that values are to be multiplied by.
func setMultiplier(u *jsonstat.Unit, code string) {
	if n, err := strconv.Atoi(code); err == nil && !slices.ContainsFunc(u.Members, func(m jsonstat.Member) bool { return m.Name == "multiplier" }) {
		u.Members = append(u.Members, jsonstat.Member{Name: "multiplier", Value: json.RawMessage(strconv.Itoa(n))})
	}
}

// useNotes makes notes of categories of what titles and comments say of them. What
// it did not use is returned.
func (s *structure) useNotes(forms []form) []form {
	return slices.DeleteFunc(forms, func(f form) bool {
		if len(f.by) != 1 || !f.column.is(noteIDs...) {
			return false
		}
		d := f.by[0]
		if d.notes == nil {
			d.notes = make(map[int][]string)
		}
		for _, v := range f.values {
			k := int(v.pos / d.stride)
			text := f.column.plain(v.id)
			if listed, ok := f.column.value(v.id); ok && listed.name != "" {
				text = listed.name
			}
			d.notes[k] = append(d.notes[k], text)
		}
		return true
	})
}
