package sdmxconv

import (
	"errors"
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// errOverlap tells that two data sets have an observation for one key.
var errOverlap = errors.New("two data sets have the same key")

// filler puts the observations of data sets into a cube.
type filler struct {
	scan scanner
	r    *reader
	s    *structure
	c    *cube

	overwrites bool // later data sets replace what earlier ones had
	keeps      bool // but for what is null
	deletes    bool // the data set says what to take away
	deletion   deletion

	elements elements
	slots    slots
	longest  int // the length of the longest array, once it was asked for
	statuses statuses

	observations level
	notes        *column // annotations of observations

	series      level
	seriesNotes *column
	standing    []*column // attributes of series that have a value where none is given

	shifted int64 // arrays of attributes alone
}

// newFiller lays out the arrays of a structure. So many series will come.
func newFiller(r *reader, scan scanner, s *structure, c *cube, series int64) *filler {
	f := &filler{r: r, s: s, c: c, scan: scan, elements: elements{decoder: decoder{&r.lang}}, statuses: newStatuses(s)}
	f.slots = newSlots(s, &f.statuses.own)
	f.notes, f.seriesNotes = newColumn(&component{id: annotationsID}), newColumn(&component{id: annotationsID})
	f.observations = level{of: s.dims, observations: true, columns: append([]*column{f.notes}, f.slots.columns...)}
	f.deletion = deletion{s: s, c: c, columns: f.observations.columns}
	f.series = level{of: slices.Concat(s.series, s.dataSet), columns: []*column{f.seriesNotes}}
	if len(s.attributes.series) > 0 || len(s.annotations) > 0 {
		f.series.at = make([]int64, 0, series)
	}
	k := statusOf(s.attributes.series)
	for i := range s.attributes.series {
		col := f.statuses.ofSeries.column
		if i != k {
			col = newColumn(&s.attributes.series[i])
		}
		f.series.columns = append(f.series.columns, col)
		if col.standing != 0 {
			f.standing = append(f.standing, col)
		}
	}
	return f
}

// rows reads the object of observations at the next byte. base is the position of
// the series.
func (f *filler) rows(base int64) error {
	s := &f.scan
	if err := s.open(); err != nil {
		return err
	}
	for {
		more, err := s.next(base)
		if !more || err != nil {
			return err
		}
		key, pos := s.behind(s.key.from, s.key.to), s.pos
		if f.deletes {
			if _, err = s.position(key, 0, "an observation"); err == nil {
				f.deletion.observation(s.plan(len(s.indexes)), s.indexes)
			}
		} else {
			if !s.placed {
				pos, err = s.position(key, base, "an observation")
			}
			if err == nil {
				err = f.observe(pos)
			}
			err = s.place(err, s.key.from)
		}
		if err != nil {
			return err
		}
	}
}

// observe puts the observation that was read in its place. The cells of a sparse
// cube are set one after the other, each with its status.
func (f *filler) observe(pos int64) error {
	entry, was := f.c.Observe(pos)
	switch {
	case was == rows.Repeated:
		return f.c.twice(pos)
	case was == rows.Earlier && !f.overwrites:
		return errOverlap
	}
	fields := f.scan.fields
	shift := 0 // how many slots the array leaves out at its start
	if len(fields) > 0 && fields[0].kind == text && f.attributesOnly(f.scan.token(fields[0])) {
		shift = f.slots.attributes
	}
	st := &f.statuses
	status := ""
	if k := f.slots.status - shift; f.slots.status >= 0 && k < len(fields) {
		status = st.own.status(f.elements.id(f.scan.token(fields[k]), fields[k].kind, st.own.column))
	}
	if status == "" {
		status = st.fallback(pos)
	}
	overwrite := was == rows.Earlier && !f.keeps
	for n, k := range f.slots.cells {
		cell := pos*f.c.Measures() + int64(n)
		if n > 0 && f.c.Sparse() && k-shift >= len(fields) && status == "" {
			continue // a sparse cube need not have it
		}
		if f.c.Sparse() || overwrite {
			f.c.Values().SetMissing(cell)
		}
		var m *measure
		if k >= 0 {
			m = f.slots.list[k].measure
		}
		if k >= shift && k-shift < len(fields) {
			v := fields[k-shift]
			if err := f.elements.value(f.c.Values(), cell, f.scan.token(v), v.kind, m); err != nil {
				if v.kind == number {
					err = f.scan.at(v.from, "%v", err)
				}
				return err
			}
		}
		switch {
		case status != "" && st.own.about(m):
			f.c.Values().SetStatus(cell, status)
		case overwrite:
			f.c.Values().SetStatus(cell, "")
		}
	}
	if len(f.slots.others) > 0 {
		f.putOthers(entry, shift, overwrite)
	}
	if k := len(f.slots.list) - shift; k < len(fields) {
		f.annotate(f.notes, entry, fields[k:], f.c.Room())
	}
	return nil
}

// putOthers puts what is no value and no status in its column.
func (f *filler) putOthers(entry, shift int, overwrite bool) {
	for _, k := range f.slots.others {
		c, id := f.slots.list[k].column, int32(0)
		if k -= shift; k >= 0 && k < len(f.scan.fields) {
			v := f.scan.fields[k]
			id = f.elements.id(f.scan.token(v), v.kind, c)
		} else {
			id = c.standing
		}
		if id != 0 || overwrite {
			c.put(entry, id, f.c.Room())
		}
	}
}

// attributesOnly tells whether an array begins with attributes though there are
// measures, as services send it that were asked for no data.
func (f *filler) attributesOnly(first []byte) bool {
	if f.slots.attributes == 0 {
		return false
	}
	m := f.slots.list[0].measure
	if m == nil || !m.numeric() || missing(first) {
		return false
	}
	if _, ok := quotedNumber(first); ok {
		return false
	}
	if f.shifted++; f.shifted == 1 {
		f.r.warn("observations begin with a text where measure \"" + brief(m.id) + "\" should be a number: they are read as attributes without values")
	}
	return true
}

// annotate notes the annotations of an entry, as JSON.
func (f *filler) annotate(c *column, entry int, fields []field, room int) {
	out := []byte{'['}
	for _, v := range fields {
		if k := digits(f.scan.token(v)); v.kind == number && k >= 0 && k < len(f.s.annotations) {
			out = jsontoken.AppendString(jsontoken.AppendComma(out), f.s.annotations[k].said(&f.r.lang))
		}
	}
	if len(out) > 1 {
		c.put(entry, c.rawString(string(append(out, ']'))), room)
	}
}
