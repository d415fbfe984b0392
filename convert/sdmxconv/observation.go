package sdmxconv

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/jsontext"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// errOverlap tells that two data sets have an observation for one key.
var errOverlap = errors.New("two data sets have the same key")

// filler puts the observations of data sets into a cube.
type filler struct {
	r *reader
	w *jsontext.Window
	s *structure
	c *cube

	overwrites bool // later data sets replace what earlier ones had
	keeps      bool // but for what is null
	deletes    bool // the data set says what to take away

	slots          []slot // what stands in the array of an observation
	cells          []int  // by measure: its slot, -1 if it has none
	others         []int  // the slots of columns
	statusSlot     int    // -1 if there is none
	attributesFrom int    // the first slot that is no measure

	plans   [][]*dimension // of keys, by length
	usual   []*dimension   // the plan of the key before
	fields  []field        // of the array that was read last
	indexes []int          // of the key that was read last
	lengths bool           // only measure arrays
	longest int

	deleteBase []int // the series whose observations are taken away

	observations level
	notes        *column // annotations of observations
	statuses     statusColumn

	series      level
	seriesNotes *column
	ofSeries    statusColumn
	seriesText  string    // the status of the series, if it has one
	standing    []*column // attributes of series that have a value where none is given
	groups      []groupStatuses
	groupMasks  map[string]int // place in groups by dimensions
	ofDataSet   string         // the status of the data set, if it has one
	ofDataSets  statusColumn   // the status attribute of data sets, and of groups, if there are any
	ofGroups    statusColumn
	statusAt    struct{ dataSet, group int } // their places, -1 if there are none
	empty       int                          // attributes of observations that list no values

	shifted, badIndexes int64
	badIndex            string // what is said of the first
}

// slot is a place in the array of an observation: of a measure, of the status, or
// of a column; none of them if it is to be passed over.
type slot struct {
	measure *measure
	column  *column
}

// field is an element of an array, by its place in the window.
type field struct {
	kind     kind
	from, to int
}

// plan is what a key of n indexes is made of, nil if there is no such key.
func (f *filler) plan(n int) []*dimension {
	for _, p := range f.plans {
		if len(p) == n {
			return p
		}
	}
	return nil
}

// observe puts the observation that was read in its place. The cells of a sparse
// cube are set one after the other, each with its status.
func (f *filler) observe(b []byte, pos int64) error {
	entry, was := f.c.Observe(pos)
	switch {
	case was == rows.Repeated:
		return f.r.twice(f.c, pos)
	case was == rows.Earlier && !f.overwrites:
		return errOverlap
	}
	shift := 0 // how many slots the array leaves out at its start
	if len(f.fields) > 0 && f.fields[0].kind == text && f.attributesOnly(b, f.fields[0]) {
		shift = f.attributesFrom
	}
	status := ""
	if k := f.statusSlot - shift; f.statusSlot >= 0 && k < len(f.fields) {
		status = f.statuses.text(f.id(b, f.fields[k], f.statuses.column))
	}
	if status == "" {
		status = f.fallback(pos)
	}
	fresh := f.c.Sparse() || was == rows.Earlier && !f.keeps
	for m, k := range f.cells {
		cell := pos*f.c.Measures() + int64(m)
		if m > 0 && f.c.Sparse() && k-shift >= len(f.fields) && status == "" {
			continue // a sparse cube need not have it
		}
		if fresh {
			f.c.Values().SetMissing(cell)
		}
		if k >= shift && k-shift < len(f.fields) {
			if err := f.value(b, f.fields[k-shift], f.slots[k].measure, cell); err != nil {
				return err
			}
		}
		switch {
		case status != "" && f.statuses.about(f.slots, k):
			f.c.Values().SetStatus(cell, status)
		case was == rows.Earlier && !f.keeps:
			f.c.Values().SetStatus(cell, "")
		}
	}
	if len(f.others) > 0 {
		f.putOthers(b, entry, shift, was == rows.Earlier && !f.keeps)
	}
	if k := len(f.slots) - shift; k < len(f.fields) {
		f.annotate(f.notes, entry, b, f.fields[k:])
	}
	return nil
}

// putOthers puts what is no value and no status in its column.
func (f *filler) putOthers(b []byte, entry, shift int, overwrite bool) {
	for _, k := range f.others {
		c, id := f.slots[k].column, int32(0)
		if k -= shift; k >= 0 && k < len(f.fields) {
			id = f.id(b, f.fields[k], c)
		} else {
			id = c.standing
		}
		if id != 0 || overwrite {
			c.put(entry, id, f.c.Room())
		}
	}
}

// twice is the error for two observations of one key.
func (r *reader) twice(c *cube, pos int64) error {
	return &jsonstat.Error{Offset: -1, Msg: fmt.Sprintf("there are two observations of %s", c.names(pos)), Err: ErrNotSDMX}
}

// attributesOnly tells whether an array begins with attributes though there are
// measures, as services send it that were asked for no data.
func (f *filler) attributesOnly(b []byte, first field) bool {
	if f.attributesFrom == 0 {
		return false
	}
	m := f.slots[0].measure
	if m == nil || !m.numeric() || missing(b[first.from:first.to]) {
		return false
	}
	if _, ok := quotedNumber(b[first.from:first.to]); ok {
		return false
	}
	if f.shifted++; f.shifted == 1 {
		f.r.warn("observations begin with a text where measure \"" + brief(m.id) + "\" should be a number: they are read as attributes without values")
	}
	return true
}

// value sets a cell.
func (f *filler) value(b []byte, v field, m *measure, cell int64) error {
	token := b[v.from:v.to]
	switch v.kind {
	case null:
		return nil
	case number:
		if m.coded && len(m.values) > 0 {
			if k := digits(token); k >= 0 && k < len(m.values) && !m.values[k].none {
				f.c.Values().SetText(cell, m.values[k].id)
				return nil
			}
		}
		if err := f.c.Values().SetNumberToken(cell, token); err != nil {
			return f.at(v.from, "%v", err)
		}
	case text:
		if missing(token) {
			return nil
		}
		if n, ok := quotedNumber(token); ok && !m.textual() {
			return f.c.Values().SetNumberToken(cell, n)
		}
		f.c.Values().SetText(cell, unquote(string(token)))
	case boolean:
		f.c.Values().SetText(cell, string(token))
	default:
		n, err := parse(string(token), 0)
		if err != nil {
			return err
		}
		f.c.Values().SetText(cell, f.r.joined(n))
	}
	return nil
}

// joined is an array or an object of languages as one text.
func (r *reader) joined(n *node) string {
	if n.kind != array {
		return r.lang.plain(n)
	}
	var parts []string
	for i := range n.items {
		parts = append(parts, r.joined(&n.items[i]))
	}
	return strings.Join(parts, "; ")
}

// missing knows the texts that stand for a missing value.
func missing(token []byte) bool {
	switch string(token) {
	case `""`, `"NaN"`, `"#N/A"`, `":"`, `".."`, `"."`, `"-"`, `"..."`, `"null"`:
		return true
	}
	return false
}

// quotedNumber is the number in a string, if there is nothing else in it.
func quotedNumber(token []byte) ([]byte, bool) {
	inside := token[1 : len(token)-1]
	if len(inside) == 0 || inside[0] != '-' && inside[0]-'0' > 9 || !json.Valid(inside) {
		return nil, false
	}
	return inside, true
}

// id is the number that a column has for the value of an attribute.
func (f *filler) id(b []byte, v field, c *column) int32 {
	token := b[v.from:v.to]
	switch {
	case v.kind == null:
		return c.standing
	case v.kind == number && c.coded && len(c.values) > 0:
		k := digits(token)
		if k >= 0 && k < len(c.values) {
			return c.listed(k)
		}
		if f.badIndexes++; f.badIndexes == 1 {
			f.badIndex = fmt.Sprintf("attribute %q has %d values, but index %s is used: the attribute is left out there", brief(c.id), len(c.values), brief(string(token)))
		}
		return 0
	case v.kind == array && c.coded && len(c.values) > 0:
		return c.rawString(c.several(token))
	case v.kind == text && c.coded && len(c.values) > 0:
		return c.token(token)
	case v.kind == object:
		if n, err := parse(string(token), 0); err == nil {
			return c.rawString(f.r.lang.localized(n))
		}
	}
	return c.raw(token)
}

// several are the ids of an array of indexes, as JSON.
func (c *column) several(token []byte) string {
	n, err := parse(string(token), 0)
	if err != nil {
		return "[]"
	}
	out := []byte{'['}
	for i := range n.items {
		if i > 0 {
			out = append(out, ',')
		}
		if k := n.items[i].index(); k >= 0 && k < len(c.values) && !c.values[k].none {
			out = jsonstat.AppendQuoted(out, c.values[k].id)
		} else {
			out = append(out, n.items[i].text...)
		}
	}
	return string(append(out, ']'))
}

// annotate notes the annotations of an entry.
func (f *filler) annotate(c *column, entry int, b []byte, fields []field) {
	if text := f.annotationTexts(b, fields); text != "" {
		c.put(entry, c.rawString(text), f.c.Room())
	}
}

// annotationTexts are the texts of annotations as JSON, "" if there are none.
func (f *filler) annotationTexts(b []byte, fields []field) string {
	out := []byte{'['}
	for _, v := range fields {
		if v.kind != number {
			continue
		}
		k := digits(b[v.from:v.to])
		if k < 0 || k >= len(f.s.annotations) {
			continue
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = jsonstat.AppendQuoted(out, f.r.annotation(&f.s.annotations[k]))
	}
	if len(out) == 1 {
		return ""
	}
	return string(append(out, ']'))
}

// annotation is what an annotation says.
func (r *reader) annotation(n *node) string {
	for _, member := range []string{"text", "title", "value", "type", "id"} {
		if text := r.lang.name(n, member); text != "" {
			return text
		}
	}
	return brief(n.text)
}
