package sdmxconv

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// errOverlap tells that two data sets have an observation for one key.
var errOverlap = errors.New("two data sets have the same key")

// filler puts the observations of data sets into a cube.
type filler struct {
	r *reader
	w *window
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
	seriesText  string // the status of the series, if it has one
	groups      []group
	ofDataSet   string // the status of the data set, if it has one

	shifted, badIndexes int64
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

// rows reads the members of an object of observations at the next byte. base is
// the position of the series.
func (f *filler) rows(base int64) error {
	w := f.w
	if err := w.take('{'); err != nil {
		return err
	}
	for first := true; ; {
		n, err := f.row(w.buf[w.pos:w.end], first, base)
		if err != nil {
			return err
		}
		if n > 0 {
			w.pos += n
			first = false
			continue
		}
		if n < 0 {
			w.pos -= n
			return nil
		}
		if err := w.more(); err != nil {
			return err
		}
	}
}

// row reads one observation from the start of b, with the comma in front of it,
// and returns its length: 0 if it does not end in b. The length of the end of the
// object is negative.
func (f *filler) row(b []byte, first bool, base int64) (int, error) {
	i := blank(b, 0)
	if i < len(b) && b[i] == '}' {
		return -(i + 1), nil
	}
	if !first {
		if i < len(b) && b[i] != ',' {
			return 0, f.at(i, "unexpected %q, expected a comma or the end of the observations", b[i])
		}
		i = blank(b, i+1)
	}
	if i >= len(b) {
		return 0, nil
	}
	if b[i] != '"' {
		return 0, f.at(i, "unexpected %q, expected the key of an observation", b[i])
	}
	key := i + 1
	pos, end := f.quick(b, key, base)
	for i = max(key, end); i < len(b) && b[i] != '"'; i++ {
		if b[i] == '\\' || b[i] < ' ' {
			return 0, f.at(i, "a key of indexes has no %q", b[i])
		}
	}
	closing := i
	if i = blank(b, i+1); i >= len(b) {
		return 0, nil
	}
	if b[i] != ':' {
		return 0, f.at(i, "unexpected %q, expected a colon", b[i])
	}
	if i = blank(b, i+1); i >= len(b) {
		return 0, nil
	}
	i, err := f.array(b, i)
	if i <= 0 || err != nil {
		return 0, err
	}
	if f.lengths {
		f.longest = max(f.longest, len(f.fields))
		return i, nil
	}
	if f.deletes {
		f.usual = nil
		return i, f.delete(b[key:closing], base)
	}
	if end < 0 {
		if pos, err = f.position(b[key:closing], base, "observation"); err != nil {
			return 0, f.place(err, key)
		}
	}
	return i, f.place(f.observe(b, pos), key)
}

// quick is position for a key at index i that is as usual: of as many indexes as
// the one before. It returns the index of the closing quote, -1 for all other keys.
func (f *filler) quick(b []byte, i int, base int64) (int64, int) {
	for k, d := range f.usual {
		v, from := 0, i
		for ; i < len(b) && b[i]-'0' <= 9 && i < from+9; i++ {
			v = v*10 + int(b[i]-'0')
		}
		if i == from || i == len(b) || v >= d.size {
			return 0, -1
		}
		base += int64(v) * d.stride
		if k == len(f.usual)-1 {
			if b[i] != '"' {
				return 0, -1
			}
			return base, i
		}
		if b[i] != ':' {
			return 0, -1
		}
		i++
	}
	return 0, -1
}

// at is a fault at index i of the piece that is being read.
func (f *filler) at(i int, format string, args ...any) error {
	return &jsonstat.Error{Offset: f.w.offset() + int64(i), Msg: fmt.Sprintf(format, args...), Err: jsonstat.ErrSyntax}
}

// place gives an error its place.
func (f *filler) place(err error, i int) error {
	if e, ok := err.(*jsonstat.Error); ok && e.Offset < 0 {
		e.Offset = f.w.offset() + int64(i)
	}
	return err
}

// blank passes over white space.
func blank(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// array finds the elements of the array at index i, or null, and returns the
// index behind it: 0 if it does not end in b.
func (f *filler) array(b []byte, i int) (int, error) {
	f.fields = f.fields[:0]
	if b[i] == 'n' {
		if len(b)-i < 4 {
			return 0, nil
		}
		if string(b[i:i+4]) == "null" {
			return i + 4, nil
		}
	}
	if b[i] != '[' {
		return 0, f.at(i, "unexpected %q, expected an array", b[i])
	}
	i = blank(b, i+1)
	if i < len(b) && b[i] == ']' {
		return i + 1, nil
	}
	for i < len(b) {
		from := i
		k, end, err := f.element(b, i)
		if end <= 0 || err != nil {
			return 0, err
		}
		f.fields = append(f.fields, field{k, from, end})
		if i = blank(b, end); i >= len(b) {
			return 0, nil
		}
		switch b[i] {
		case ']':
			return i + 1, nil
		case ',':
			i = blank(b, i+1)
		default:
			return 0, f.at(i, "unexpected %q, expected a comma or the end of an array", b[i])
		}
	}
	return 0, nil
}

// element is the kind of the value at index i and the index behind it, 0 if it
// does not end in b.
func (f *filler) element(b []byte, i int) (kind, int, error) {
	switch c := b[i]; {
	case c == '"':
		for k := i + 1; k < len(b); k++ {
			switch {
			case b[k] == '\\':
				k++
			case b[k] == '"':
				if token := b[i : k+1]; !utf8.Valid(token) {
					return 0, 0, &jsonstat.Error{Offset: f.w.offset() + int64(i), Msg: "a text is not UTF-8: the message has another encoding", Err: jsonstat.ErrEncoding}
				}
				return text, k + 1, nil
			case b[k] < ' ':
				return 0, 0, f.at(k, "a control character in a string")
			}
		}
		return 0, 0, nil
	case c == '[' || c == '{':
		depth := 0
		for k := i; k < len(b); k++ {
			switch b[k] {
			case '"':
				_, end, err := f.element(b, k)
				if end <= 0 || err != nil {
					return 0, 0, err
				}
				k = end - 1
			case '[', '{':
				depth++
			case ']', '}':
				if depth--; depth == 0 {
					if !json.Valid(b[i : k+1]) {
						return 0, 0, f.at(i, "an array or object is not valid")
					}
					if c == '{' {
						return object, k + 1, nil
					}
					return array, k + 1, nil
				}
			}
		}
		return 0, 0, nil
	}
	k := i
	for k < len(b) && isScalar[b[k]] {
		k++
	}
	if k == len(b) {
		return 0, 0, nil
	}
	token := b[i:k]
	switch c := b[i]; {
	case k == i:
		return 0, 0, f.at(i, "unexpected %q, expected a value", c)
	case c-'0' <= 9, c == '-' && k > i+1 && b[i+1]-'0' <= 9:
		return number, k, nil // its users look at it more closely
	case string(token) == "null":
		return null, k, nil
	case string(token) == "true", string(token) == "false":
		return boolean, k, nil
	case isNaN(token):
		return 0, 0, &jsonstat.Error{Offset: f.w.offset() + int64(i), Msg: "NaN and Infinity are not JSON", Err: jsonstat.ErrNaN}
	}
	return 0, 0, f.at(i, "%q is no JSON value", brief(string(token)))
}

// position is what a key says.
func (f *filler) position(key []byte, base int64, what string) (int64, error) {
	f.indexes = f.indexes[:0]
	v, n := 0, 0
	for i := 0; i <= len(key); i++ {
		switch {
		case i < len(key) && key[i]-'0' <= 9 && n < 9:
			v, n = v*10+int(key[i]-'0'), n+1
		case (i == len(key) || key[i] == ':') && n > 0:
			f.indexes = append(f.indexes, v)
			v, n = 0, 0
		case (i == len(key) || key[i] == ':'):
			f.indexes = append(f.indexes, -1)
		default:
			return 0, f.badKey(key, what, "it is no list of indexes with colons between them")
		}
	}
	plan := f.plan(len(f.indexes))
	if plan == nil {
		if f.plan(0) != nil && len(f.indexes) == 1 && f.indexes[0] <= 0 {
			return base, nil // a level without dimensions
		}
		return 0, f.badKey(key, what, fmt.Sprintf("it is of length %d, but there are %s", len(f.indexes), f.planNames()))
	}
	f.usual = plan
	for i, d := range plan {
		k := f.indexes[i]
		switch {
		case k < 0 && !f.deletes:
			return 0, f.badKey(key, what, fmt.Sprintf("the index of dimension %q is missing", brief(d.id)))
		case k >= d.size:
			return 0, f.badKey(key, what, fmt.Sprintf("there is no value %d of dimension %q, which has %d", k, brief(d.id), d.size))
		}
		base += int64(k) * d.stride
	}
	return base, nil
}

func (f *filler) badKey(key []byte, what, why string) error {
	return &jsonstat.Error{Offset: -1, Msg: fmt.Sprintf("key %q of an %s does not fit the structure: %s", brief(string(key)), what, why), Err: ErrNotSDMX}
}

func (f *filler) planNames() string {
	if len(f.plans) == 0 || len(f.plans[0]) == 0 {
		return "no dimensions at its level"
	}
	var ids []string
	for _, d := range f.plans[0] {
		ids = append(ids, d.id)
	}
	return fmt.Sprintf("%d dimensions (%s)", len(ids), brief(strings.Join(ids, ", ")))
}

// observe puts the observation that was read in its place. The cells of a sparse
// cube are set one after the other, each with its status.
func (f *filler) observe(b []byte, pos int64) error {
	entry, was := f.c.place(pos)
	switch {
	case was == repeated:
		return f.r.twice(f.c, pos)
	case was == earlier && !f.overwrites:
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
	fresh := f.c.sparse || was == earlier && !f.keeps
	for m, k := range f.cells {
		cell := pos*f.c.measures + int64(m)
		if m > 0 && f.c.sparse && k-shift >= len(f.fields) && status == "" {
			continue // a sparse cube need not have it
		}
		if fresh {
			f.c.values.SetMissing(cell)
		}
		if k >= shift && k-shift < len(f.fields) {
			if err := f.value(b, f.fields[k-shift], f.slots[k].measure, cell); err != nil {
				return err
			}
		}
		if status != "" && f.statuses.about(f.slots, k) {
			f.c.values.SetStatus(cell, status)
		}
	}
	if len(f.others) > 0 {
		f.putOthers(b, entry, shift, was == earlier && !f.keeps)
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
			c.put(entry, id, f.room())
		}
	}
}

// room is how many entries of observations there may be.
func (f *filler) room() int {
	if f.c.sparse {
		return cap(f.c.at)
	}
	return int(f.c.n)
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
				f.c.values.SetText(cell, m.values[k].id)
				return nil
			}
		}
		if err := f.c.values.SetNumberToken(cell, token); err != nil {
			return f.at(v.from, "%v", err)
		}
	case text:
		if missing(token) {
			return nil
		}
		if n, ok := quotedNumber(token); ok && !m.textual() {
			return f.c.values.SetNumberToken(cell, n)
		}
		f.c.values.SetText(cell, unquote(string(token)))
	case boolean:
		f.c.values.SetText(cell, string(token))
	default:
		n, err := parse(string(token), 0)
		if err != nil {
			return err
		}
		f.c.values.SetText(cell, f.r.joined(n))
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
			f.r.warn(fmt.Sprintf("attribute %q has %d values, but index %s is used: the attribute is left out there", brief(c.id), len(c.values), brief(string(token))))
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
		c.put(entry, c.rawString(text), f.room())
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
