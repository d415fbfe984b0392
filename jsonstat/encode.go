package jsonstat

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// Form is how a row of values or statuses is written.
type Form uint8

// The forms. AsRead keeps that of the document; what was built in Go is written
// dense if its values are, and its statuses sparse.
const (
	AsRead Form = iota
	Dense       // an array, null where there is nothing
	Sparse      // an object by position of what is there
)

// WriteOptions say how a dataset is written. The zero value keeps the forms.
type WriteOptions struct {
	Values   Form
	Statuses Form

	// Explicit writes the position and the label of every category, "index" as
	// an object, where the document leaves them to the reader. That is what the
	// JavaScript toolkit makes of documents.
	Explicit bool

	// AllCells allows to write a sparse cube of more than 10^8 cells dense.
	AllCells bool
}

// maxDense is the largest sparse cube that is written dense without being told so.
const maxDense = 100_000_000

// Write writes the whole document as it was read, without its white space:
// members keep their order, numbers and strings their tokens. A document that
// is streamed cannot be written.
func (d *Document) Write(w io.Writer) error {
	if d.complete(); d.live {
		return ErrConsumed
	}
	if d.stream.err != nil {
		return d.stream.err
	}
	e := &encoder{w: bufio.NewWriterSize(w, 64<<10)}
	e.verbatim(d, d.tree.Node(0), nil)
	return e.flush()
}

// Write writes the dataset as a JSON-stat 2.0 document, without white space and
// without a newline at its end. What was read as such keeps the order of its
// members and its tokens. What was built in Go, and what was read from an older
// form, is written in the order version, class, href, label, source, updated,
// link, note, role, id, size, dimension, extension, other members, value,
// status. Nil options are the zero [WriteOptions].
func (ds *Dataset) Write(w io.Writer, opts *WriteOptions) error {
	opts = ds.writeOptions(opts)
	if ds.doc != nil {
		if ds.doc.complete(); ds.doc.stream.err != nil {
			return ds.doc.stream.err
		}
	}
	info := ds.cells.Info()
	if info.Once {
		return ErrConsumed
	}
	all := opts.Values == Dense || opts.Statuses == Dense || (opts.Statuses == Sparse && info.Default != 0)
	if info.Sparse && all && ds.n > maxDense && !opts.AllCells {
		return fmt.Errorf("the cube has %d cells, most of them not there: too many to write all: %w", ds.n, ErrLimit)
	}
	e := &encoder{w: bufio.NewWriterSize(w, 64<<10), ds: ds, opts: *opts}
	switch copied := ds.copied(opts); {
	case copied && ds.given:
		if cells, ok := e.givenCells(); ok {
			e.verbatim(ds.doc, ds.node, cells)
		} else {
			e.dataset()
		}
	case copied:
		cells := map[int]memberWriter{}
		v := ds.node.Get("value")
		if !v.OK() {
			v = ds.node.Get("measure")
		}
		if v.OK() && opts.Values != AsRead {
			cells[v.I] = always(e.values)
			if size := ds.node.Get("size"); size.IsArray() {
				cells[size.I] = always(e.sizes) // in another form the values need not bear out a wrong one
			}
		}
		if v := ds.node.Get("status"); v.OK() && opts.Statuses != AsRead {
			cells[v.I] = e.statuses
		}
		e.verbatim(ds.doc, ds.node, cells)
	default:
		e.dataset()
	}
	return e.flush()
}

// encoder writes JSON. The first error stays and stops the rest.
type encoder struct {
	w    *bufio.Writer
	ds   *Dataset
	opts WriteOptions
	buf  []byte
	err  error

	headOnly bool // leaves out values and statuses
}

func (e *encoder) flush() error {
	if e.err != nil {
		return e.err
	}
	return e.w.Flush()
}

func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *encoder) str(s string) { _, _ = e.w.WriteString(s) } // the error comes again at Flush

func (e *encoder) quoted(s string) {
	e.buf = jsontoken.AppendString(e.buf[:0], s)
	_, _ = e.w.Write(e.buf)
}

// memberWriter writes the value of a member of an object, after it called begin; if
// it does not, there is no such member.
type memberWriter func(begin func())

func always(write func()) memberWriter { return func(begin func()) { begin(); write() } }

// verbatim copies a value; instead of the members of objects whose values are at the
// tokens of other it calls what stands there.
func (e *encoder) verbatim(d *Document, n jsontoken.Node, other map[int]memberWriter) {
	t := n.T
	if n.IsCells() {
		e.section(d, n.Section())
		return
	}
	first, last := n.I, int(n.Token().Next)
	at := n.Token().Pos
	end := n.Token().End
	for k := first; k < last; k++ {
		tok := t.Tokens[k]
		switch write := other[k+1]; { // the value behind a name
		case tok.Kind == jsontoken.Cells:
			s := t.Sections[tok.Pos]
			e.str(t.String()[at:s.At])
			at = uint32(s.At)
			e.section(d, s)
		case write != nil:
			at = e.member(t, at, k, write)
			k = int(t.Tokens[k+1].Next) - 1
		}
	}
	e.str(t.String()[at:end])
}

// member copies the text from at on up to a member, given by the token of its name,
// and the member but for its value. It returns where the text goes on: behind the
// comma if the first member of the object is left out.
func (e *encoder) member(t *jsontoken.Tree, at uint32, name int, write memberWriter) uint32 {
	value := t.Tokens[name+1]
	from, end := value.Pos, value.End
	if value.Kind == jsontoken.Cells {
		from = uint32(t.Sections[value.Pos].At)
		end = from
	}
	front := t.Tokens[name].Pos
	first := at == front || t.Text[front-1] == '{'
	if !first {
		front-- // the comma comes with the member
	}
	e.str(t.String()[at:front])
	begun := false
	write(func() {
		begun = true
		e.str(t.String()[front:from])
	})
	if first && !begun && t.Text[end] == ',' {
		end++
	}
	return end
}

// section copies a row of cells from the text.
func (e *encoder) section(d *Document, s *window.Section) {
	r := jsontoken.NewReader(d.in.src, 0)
	r.NaN = d.opts.NaNAsNull
	c := jsontoken.NewCursor(r, s)
	opening, closing := byte('['), byte(']')
	if s.Object {
		opening, closing = '{', '}'
	}
	_ = e.w.WriteByte(opening)
	for first := true; !c.Done && e.err == nil; {
		if err := c.Next(window.ChunkCells); err != nil {
			e.fail(d.textError(err))
			return
		}
		for i := 0; i < c.N; {
			if !first {
				_ = e.w.WriteByte(',')
			}
			first = false
			i = e.run(c, i)
		}
	}
	_ = e.w.WriteByte(closing)
}

// run copies cells from number i on as long as no white space parts them, and
// returns the number of the next one.
func (e *encoder) run(c *window.Cursor, i int) int {
	begin := c.Start
	if c.Object {
		begin = c.KeyStart
	}
	from := i
	for ; i < c.N; i++ {
		if i > from && begin[i] != c.End[i-1]+1 {
			break
		}
		if (c.Object && c.Start[i] != c.KeyEnd[i]+1) || (c.Kind[i] == jsontoken.Null && c.Text[c.Start[i]] != 'n') {
			break // white space inside, or NaN
		}
	}
	if i > from {
		_, _ = e.w.Write(c.Text[begin[from]:c.End[i-1]])
		return i
	}
	if c.Object {
		_, _ = e.w.Write(c.Text[c.KeyStart[i]:c.KeyEnd[i]])
		_ = e.w.WriteByte(':')
	}
	if c.Kind[i] == jsontoken.Null {
		e.str("null")
	} else {
		_, _ = e.w.Write(c.Text[c.Start[i]:c.End[i]])
	}
	return i + 1
}

// field is a member of an object that is written from Go.
type field struct {
	name  string
	write func()
	rank  int // place in the order of names, see object

	// optional writes the value of a member that may be absent, for which it calls
	// begin; it stands for write.
	optional func(begin func())
}

// object writes fields: in the order of names first, then the rest.
func (e *encoder) object(fields []field, order []string) {
	if len(order) > 0 {
		rank := make(map[string]int, len(order))
		for i, name := range order {
			if _, twice := rank[name]; !twice {
				rank[name] = i
			}
		}
		for i := range fields {
			f := &fields[i]
			var known bool
			if f.rank, known = rank[f.name]; !known {
				f.rank = len(order)
			}
		}
		slices.SortStableFunc(fields, func(a, b field) int { return a.rank - b.rank })
	}
	_ = e.w.WriteByte('{')
	first := true
	for _, f := range fields {
		begin := func() {
			if !first {
				_ = e.w.WriteByte(',')
			}
			first = false
			e.quoted(f.name)
			_ = e.w.WriteByte(':')
		}
		if f.optional != nil {
			f.optional(begin)
			continue
		}
		begin()
		f.write()
	}
	_ = e.w.WriteByte('}')
}

// list writes an array of n items.
func (e *encoder) list(n int, item func(i int)) {
	_ = e.w.WriteByte('[')
	for i := range n {
		if i > 0 {
			_ = e.w.WriteByte(',')
		}
		item(i)
	}
	_ = e.w.WriteByte(']')
}

func (e *encoder) strings(list []string) { e.list(len(list), func(i int) { e.quoted(list[i]) }) }

func (e *encoder) raw(text json.RawMessage) {
	if !json.Valid(text) {
		e.fail(errors.New("a raw member is not valid JSON: " + jsontoken.Shorten(string(text), 40)))
		return
	}
	_, _ = e.w.Write(text)
}

func (e *encoder) members(fields []field, members []Member) []field {
	for _, m := range members {
		fields = append(fields, field{name: m.Name, write: func() { e.raw(m.Value) }})
	}
	return fields
}

// dataset writes the dataset from its parts.
func (e *encoder) dataset() {
	ds, h := e.ds, &e.ds.head
	var fields []field
	add := func(name string, given bool, write func()) {
		if given {
			fields = append(fields, field{name: name, write: write})
		}
	}
	text := func(name, s string) {
		add(name, s != "" || slices.Contains(h.empty, name), func() { e.quoted(s) })
	}
	add("version", true, func() { e.str(`"2.0"`) })
	add("class", true, func() { e.str(`"dataset"`) })
	text("href", h.Href)
	text("label", h.Label)
	text("source", h.Source)
	text("updated", h.Updated)
	add("link", len(h.Links) > 0, func() { e.links(h.Links) })
	add("note", len(h.Notes) > 0, func() { e.strings(h.Notes) })
	roles := h.roles()
	add("role", len(roles) > 0, func() {
		e.object(mapFields(roles, func(r RoleIDs) field { return field{name: string(r.Role), write: func() { e.strings(r.IDs) }} }), nil)
	})
	add("id", true, func() { e.list(len(h.Dimensions), func(i int) { e.quoted(h.Dimensions[i].id) }) })
	add("size", true, e.sizes)
	add("dimension", true, func() {
		e.object(mapFields(h.Dimensions, func(d *Dimension) field { return field{name: d.id, write: func() { e.dimension(d) }} }), nil)
	})
	add("extension", h.Extension != nil, func() { e.raw(h.Extension) })
	fields = e.members(fields, h.Members)
	add("value", !e.headOnly, e.values)
	if !e.headOnly && ds.cells.Info().HasStatus {
		fields = append(fields, field{name: "status", optional: e.statuses})
	}
	e.object(fields, h.order)
}

func (e *encoder) sizes() {
	e.list(len(e.ds.shape), func(i int) { e.str(strconv.Itoa(e.ds.shape[i])) })
}

func mapFields[T any](list []T, f func(T) field) []field {
	fields := make([]field, len(list))
	for i, v := range list {
		fields[i] = f(v)
	}
	return fields
}

// links writes links by relation.
func (e *encoder) links(links []Link) {
	var rels []string
	byRel := map[string][]Link{}
	for _, l := range links {
		if _, known := byRel[l.Rel]; !known {
			rels = append(rels, l.Rel)
		}
		byRel[l.Rel] = append(byRel[l.Rel], l)
	}
	e.object(mapFields(rels, func(rel string) field {
		same := byRel[rel]
		return field{name: rel, write: func() { e.list(len(same), func(i int) { e.link(same[i]) }) }}
	}), nil)
}

func (e *encoder) link(l Link) {
	if l.Raw != nil {
		e.raw(l.Raw)
		return
	}
	var fields []field
	for _, f := range [][2]string{{"type", l.Type}, {"href", l.Href}, {"class", string(l.Class)}, {"label", l.Label}} {
		if f[1] != "" {
			fields = append(fields, field{name: f[0], write: func() { e.quoted(f[1]) }})
		}
	}
	if l.Extension != nil {
		fields = append(fields, field{name: "extension", write: func() { e.raw(l.Extension) }})
	}
	e.object(fields, nil)
}

// dimension writes a dimension.
func (e *encoder) dimension(d *Dimension) {
	var fields []field
	add := func(name string, given bool, write func()) {
		if given {
			fields = append(fields, field{name: name, write: write})
		}
	}
	add("label", d.label != "" || slices.Contains(d.empty, "label"), func() { e.quoted(d.label) })
	add("href", d.href != "" || slices.Contains(d.empty, "href"), func() { e.quoted(d.href) })
	add("category", true, func() { e.category(d) })
	add("note", len(d.notes) > 0, func() { e.strings(d.notes) })
	add("link", len(d.links) > 0, func() { e.links(d.links) })
	add("extension", d.extension != nil, func() { e.raw(d.extension) })
	e.object(e.members(fields, d.members), d.order)
}

// category writes the categories of a dimension.
func (e *encoder) category(d *Dimension) {
	var fields []field
	add := func(name string, count int, write func()) {
		if count > 0 {
			fields = append(fields, field{name: name, write: write})
		}
	}
	fields = append(fields, field{name: "index", write: func() {
		if d.array && !e.opts.Explicit {
			e.strings(d.ids)
			return
		}
		e.byCategory(d, func(int) bool { return true }, func(i int) { e.str(strconv.Itoa(i)) })
	}})
	labels := len(d.labels)
	if e.opts.Explicit {
		labels = len(d.ids)
	}
	add("label", labels, func() {
		e.byCategory(d, func(i int) bool { return d.labels == nil || d.labels[i] != "" || d.blank[i] }, func(i int) {
			if d.blank[i] {
				e.quoted("")
			} else {
				e.quoted(d.CategoryLabel(i))
			}
		})
	})
	add("unit", len(d.units), func() {
		e.byCategory(d, func(i int) bool { return d.units[i] != nil }, func(i int) { e.unit(d.units[i]) })
	})
	add("coordinates", len(d.coords), func() {
		e.byCategory(d, func(i int) bool { return d.coords[i] != nil }, func(i int) {
			e.raw(json.RawMessage("[" + d.coords[i].Longitude.String() + "," + d.coords[i].Latitude.String() + "]"))
		})
	})
	add("child", len(d.children), func() {
		e.byCategory(d, func(i int) bool { return len(d.children[i]) > 0 }, func(i int) {
			e.list(len(d.children[i]), func(k int) { e.quoted(d.ids[d.children[i][k]]) })
		})
	})
	add("note", len(d.catNotes), func() {
		e.byCategory(d, func(i int) bool { return len(d.catNotes[i]) > 0 }, func(i int) { e.strings(d.catNotes[i]) })
	})
	e.object(e.members(fields, d.catExtra), nil)
}

// byCategory writes an object with a member for each category that has one.
func (e *encoder) byCategory(d *Dimension, has func(i int) bool, write func(i int)) {
	_ = e.w.WriteByte('{')
	first := true
	for i, id := range d.ids {
		if !has(i) {
			continue
		}
		if !first {
			_ = e.w.WriteByte(',')
		}
		first = false
		e.quoted(id)
		_ = e.w.WriteByte(':')
		write(i)
	}
	_ = e.w.WriteByte('}')
}

func (e *encoder) unit(u *Unit) {
	var fields []field
	if u.Decimals != nil {
		fields = append(fields, field{name: "decimals", write: func() { e.str(strconv.Itoa(*u.Decimals)) }})
	}
	for _, f := range [][2]string{{"label", u.Label}, {"symbol", u.Symbol}, {"position", u.Position}} {
		if f[1] != "" {
			fields = append(fields, field{name: f[0], write: func() { e.quoted(f[1]) }})
		}
	}
	set := len(fields)
	for _, f := range e.members(nil, u.Members) { // but not what was set in place of one that was empty
		if !slices.ContainsFunc(fields[:set], func(have field) bool { return have.name == f.name }) {
			fields = append(fields, f)
		}
	}
	e.object(fields, nil)
}
