package convert

import (
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// texts are the cells of the dimension columns: by dimension of the cube and
// category, all columns of the dimension as the format has them. A text is
// rendered when it is first asked for, since a sparse table of a cube with many
// categories may need few of them.
type texts struct {
	shown  [][]layout.Column // columns by dimension; none if it is pivoted or dropped
	list   [][][]byte
	room   []byte // many texts share a piece of memory
	render renderer
}

// A renderer appends the columns of a dimension of the cube for a category.
type renderer func(dst []byte, dim int, columns []layout.Column, category int) []byte

// textRoom is how much memory texts take at a time.
const textRoom = 16 << 10

// newTexts makes room for the texts of a layout.
func newTexts(ds *jsonstat.Dataset, l *layout.Layout, render renderer) *texts {
	dims := ds.Dimensions()
	t := &texts{shown: make([][]layout.Column, len(dims)), list: make([][][]byte, len(dims)), render: render}
	for _, c := range l.Columns {
		if c.Kind == layout.Dimension {
			t.shown[c.Dim] = append(t.shown[c.Dim], c)
		}
	}
	for i, d := range dims {
		t.list[i] = make([][]byte, d.Len())
	}
	return t
}

// at is the text of a category, to be read only.
func (t *texts) at(dim, category int) []byte {
	if text := t.list[dim][category]; text != nil {
		return text
	}
	return t.add(dim, category)
}

// add renders a text.
func (t *texts) add(dim, category int) []byte {
	if cap(t.room)-len(t.room) < textRoom/16 {
		t.room = make([]byte, 0, textRoom)
	}
	from := len(t.room)
	t.room = t.render(t.room, dim, t.shown[dim], category)
	text := t.room[from:len(t.room):len(t.room)]
	t.list[dim][category] = text
	return text
}

// outer are the texts of all dimensions but the last, one behind the other, for
// the rows of a run.
type outer struct {
	texts *texts
	text  []byte
	ends  []int // length of text behind each dimension
}

func newOuter(t *texts) outer { return outer{texts: t, ends: make([]int, len(t.list))} }

// renew renews the texts from dimension d on.
func (o *outer) renew(d int, coords []int) {
	text := o.text[:0]
	if d > 0 {
		text = o.text[:o.ends[d-1]]
	}
	for ; d < len(coords); d++ {
		text = append(text, o.texts.at(d, coords[d])...)
		o.ends[d] = len(text)
	}
	o.text = text
}

// inward are the same texts the other way round: the outermost dimension comes last.
// They grow from the end of room.
type inward struct {
	outer
	room []byte
}

func (o *inward) renew(d int, coords []int) {
	from := 0
	if d > 0 {
		from = o.ends[d-1]
	}
	for ; d < len(coords); d++ {
		text := o.texts.at(d, coords[d])
		if from+len(text) > len(o.room) {
			room := make([]byte, 2*len(o.room)+len(text))
			copy(room[len(room)-from:], o.room[len(o.room)-from:])
			o.room = room
		}
		from += len(text)
		copy(o.room[len(o.room)-from:], text)
		o.ends[d] = from
	}
	o.text = o.room[len(o.room)-from:]
}

// inner are the texts of the last dimension, with what stands beside them in most rows.
type inner struct {
	texts  *texts
	list   [][]byte
	left   int // how many are not rendered yet
	render func(text []byte) []byte
}

func newInner(t *texts, render func(text []byte) []byte) inner {
	size := 1 // a cube without dimensions has one cell
	if n := len(t.list); n > 0 {
		size = len(t.list[n-1])
	}
	return inner{t, make([][]byte, size), size, render}
}

// ready renders what a run needs, if some is left to render.
func (x *inner) ready(run *layout.Runs) {
	for i := range run.To - run.From {
		if j := run.Last + i; x.list[j] == nil {
			x.list[j] = x.render(x.last(j))
			x.left--
		}
	}
}

// last is the text of a category alone.
func (x *inner) last(category int) []byte {
	n := len(x.texts.list)
	if n == 0 {
		return nil
	}
	return x.texts.at(n-1, category)
}

// statusTexts are the cells of the status column: by number of the status. New
// numbers may come up as cells are read.
type statusTexts struct {
	ds     *jsonstat.Dataset
	table  *Table
	lang   string
	list   [][]byte
	render func(status string) []byte
}

func newStatusTexts(ds *jsonstat.Dataset, table *Table, render func(status string) []byte) *statusTexts {
	s := &statusTexts{ds: ds, table: table, lang: table.Lang, render: render}
	if s.lang == "" && table.StatusText != StatusCode {
		s.lang = language(ds)
	}
	return s
}

// at is the text of a status, to be read only.
func (s *statusTexts) at(id int32) []byte {
	if int(id) >= len(s.list) {
		s.add()
	}
	return s.list[id]
}

// add renders the statuses that are new.
func (s *statusTexts) add() {
	for _, code := range s.ds.Cells().Statuses()[len(s.list):] {
		s.list = append(s.list, s.render(s.table.statusText(s.ds, s.lang, code)))
	}
}
