package convert

import (
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
)

// texts are the cells of the dimension columns: by dimension of the cube and
// category, all columns of the dimension with their separators. A text is
// rendered when it is first asked for, since a sparse table of a cube with many
// categories may need few of them.
type texts struct {
	c     *csvWriter
	shown [][]layout.Column // columns by dimension; none if it is pivoted or dropped
	list  [][][]byte
	room  []byte // many texts share a piece of memory
}

// textRoom is how much memory texts take at a time.
const textRoom = 16 << 10

// texts makes room for the texts of a layout.
func (c *csvWriter) texts(l *layout.Layout) *texts {
	dims := c.ds.Dimensions()
	t := &texts{c: c, shown: make([][]layout.Column, len(dims)), list: make([][][]byte, len(dims))}
	for _, col := range l.Columns {
		if col.Kind == layout.Dimension {
			t.shown[col.Dim] = append(t.shown[col.Dim], col)
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
	return t.render(dim, category)
}

func (t *texts) render(dim, category int) []byte {
	if cap(t.room)-len(t.room) < textRoom/16 {
		t.room = make([]byte, 0, textRoom)
	}
	from := len(t.room)
	d := t.c.ds.Dimensions()[dim]
	for _, col := range t.shown[dim] {
		text := col.Say(d, category)
		if col.Show == ID || text == d.CategoryID(category) {
			t.room = t.c.appendText(t.room, text)
		} else {
			t.room = t.c.label(t.room, text)
		}
		t.room = append(t.room, t.c.sep...)
	}
	text := t.room[from:len(t.room):len(t.room)]
	t.list[dim][category] = text
	return text
}
