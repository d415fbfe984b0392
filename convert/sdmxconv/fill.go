package sdmxconv

import (
	"fmt"
	"slices"
)

// upper reads what the heads of data sets say.
func (f *filler) upper() upperLevels { return upperLevels{&f.elements, f.s, f.r} }

// fill reads the observations of a data set.
func (f *filler) fill(set *dataSet) error {
	f.c.Begin()
	f.deletes = set.is("Delete")
	f.scan.partial = f.deletes
	f.keeps = set.is("Merge") || set.is("Append")
	f.statuses.series = ""
	f.upper().statuses(&f.statuses, set)
	if err := f.fit(set); err != nil {
		return err
	}
	if set.observations != nil {
		if err := f.flat(set.observations, f.rows); err != nil {
			return err
		}
	}
	if set.series != nil {
		return f.allSeries(set.series)
	}
	return nil
}

// fit finds out whether attributes whose list of values is empty have a place in
// the arrays: OECD's old service lists them and leaves out their places.
func (f *filler) fit(set *dataSet) error {
	if f.slots.empty == 0 || f.longest > 0 {
		return nil
	}
	if set.observations != nil {
		if err := f.flat(set.observations, f.lengths); err != nil {
			return err
		}
	}
	if set.series != nil {
		err := f.eachSeries(set.series, func(string) error {
			return f.scan.parts(func(name string) error {
				if name != observationsPart {
					return f.scan.skip()
				}
				return f.lengths(0)
			})
		})
		if err != nil {
			return err
		}
	}
	if f.longest > 0 && f.longest <= len(f.slots.list)-f.slots.empty {
		f.slots.leaveOut(&f.statuses.own)
	}
	return nil
}

// lengths measures the arrays of observations.
func (f *filler) lengths(int64) error {
	err := f.scan.open()
	for err == nil {
		var more bool
		if more, err = f.scan.next(0); !more {
			return err
		}
		f.longest = max(f.longest, len(f.scan.fields))
	}
	return err
}

// flat reads an object of observations with keys of all dimensions that are in
// any key.
func (f *filler) flat(observations *keyed, read func(base int64) error) error {
	s := f.s
	f.scan.plans = [][]*dimension{s.observation, slices.Concat(s.series, s.observation), slices.Concat(s.dataSet, s.series, s.observation)}
	f.scan.usual = nil
	f.scan.r.Goto(observations.from)
	return read(0)
}

// eachSeries goes through an object of series.
func (f *filler) eachSeries(series *keyed, read func(key string) error) error {
	f.scan.r.Goto(series.from)
	return f.scan.series(read)
}

// allSeries reads an object of series.
func (f *filler) allSeries(series *keyed) error {
	plans := [][]*dimension{f.s.series, slices.Concat(f.s.dataSet, f.s.series)}
	inside := [][]*dimension{f.s.observation}
	return f.eachSeries(series, func(key string) error {
		f.scan.plans = plans
		f.scan.r.Mark = f.scan.r.Pos
		base, err := f.scan.position([]byte(key), 0, "a series")
		if err != nil {
			return f.scan.place(err, 0)
		}
		f.scan.plans, f.scan.usual = inside, f.s.observation
		if f.deletes {
			return f.deleteSeries()
		}
		return f.oneSeries(base)
	})
}

// deleteSeries takes away the observations of a series, or those that it names.
func (f *filler) deleteSeries() error {
	f.deletion.begin(f.scan.indexes)
	named := false
	err := f.scan.parts(func(name string) error {
		if name != observationsPart {
			return f.scan.skip()
		}
		named = true
		return f.rows(0)
	})
	f.deletion.end(named || err != nil)
	return err
}

// oneSeries reads a series. What is said of it may stand behind its observations,
// which need it.
func (f *filler) oneSeries(base int64) error {
	entry, ofSeries := len(f.series.at), &f.statuses.ofSeries
	if f.series.at != nil { // else nothing is said of series
		f.series.at = append(f.series.at, base)
	}
	f.statuses.series = ""
	later := int64(-1)
	known := ofSeries.column == nil
	for _, c := range f.standing {
		f.ofSeries(c, entry, c.standing)
	}
	err := f.scan.parts(func(name string) error {
		switch {
		case name == attributesPart:
			known = true
			return f.seriesAttributes(entry)
		case name == annotationsPart:
			if err := f.scan.array(); err != nil {
				return err
			}
			f.annotate(f.seriesNotes, entry, f.scan.fields, cap(f.series.at))
			return nil
		case known:
			return f.rows(base)
		}
		later = f.scan.offset()
		return f.scan.skip()
	})
	if err != nil || later < 0 {
		return err
	}
	end := f.scan.offset()
	f.scan.r.Goto(later)
	if err := f.rows(base); err != nil {
		return err
	}
	f.scan.r.Goto(end)
	return nil
}

// seriesAttributes notes the attributes of a series.
func (f *filler) seriesAttributes(entry int) error {
	if err := f.scan.array(); err != nil {
		return err
	}
	columns := f.series.columns[1:]
	for k, v := range f.scan.fields[:min(len(f.scan.fields), len(columns))] {
		f.ofSeries(columns[k], entry, f.elements.id(f.scan.token(v), v.kind, columns[k]))
	}
	return nil
}

// ofSeries notes the value of an attribute of a series.
func (f *filler) ofSeries(c *column, entry int, id int32) {
	c.put(entry, id, cap(f.series.at))
	if c == f.statuses.ofSeries.column {
		f.statuses.series = f.statuses.ofSeries.status(id)
	}
}

// tell warns of what was put up with, once it is all read.
func (f *filler) tell() {
	if f.elements.badIndexes > 0 {
		f.r.warn(f.elements.badIndex)
	}
	if f.shifted > 1 {
		f.r.warn(fmt.Sprintf("%d observations have attributes and no values", f.shifted))
	}
}
