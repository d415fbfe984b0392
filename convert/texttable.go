package convert

import (
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A table for people is made in two passes over its cells: the first finds how wide each
// column must be, the second writes the rows. Where the number of rows is bounded, the
// cells of those few rows are kept instead, and read but once. What is kept of a column is
// four widths: of numbers in front of their mark and from it on, of texts that stand in
// the place of a number, and of statuses beside it:
//
//	   Share
//	12.5   p     whole 2, fraction 2, other 2, status 1
//	 7
//	    ..

// textTable is a table for people.
type textTable struct {
	buffer
	ds       *jsonstat.Dataset
	o        TextOptions
	l        *layout.Layout
	places   *decimals
	labels   []textLabels // of the columns of dimensions
	values   []textColumn
	shown    int // value columns that fit
	rest     TextRest
	na       textWord
	statuses []textWord // by number
	cells    []textCell // of the row at hand
	text     []byte     // of them
	csv      *csvWriter // knows how a field is quoted
}

// textWord is a text and how many columns it takes up.
type textWord struct {
	text  []byte
	width int
}

// textLabels is a column of a dimension: the texts of its categories, made when they are
// needed.
type textLabels struct {
	place int // of the dimension in the coordinates of a row
	head  string
	words []textWord
	width int
	text  func(category int) string
}

// textColumn is how wide a value column is.
type textColumn struct {
	heads           []string // by level
	head            int      // the widest of them
	whole, fraction int      // of numbers, in front of the mark and from it on
	other, status   int      // of texts in their place, of statuses beside
}

// value is the width of the values of a column.
func (c *textColumn) value() int { return max(c.head, c.other, c.whole+c.fraction) }

// width is that of the column with its statuses.
func (c *textColumn) width() int {
	if c.status > 0 {
		return c.value() + 1 + c.status
	}
	return c.value()
}

// textCell is a cell of a table for people.
type textCell struct {
	text   []byte
	whole  int // of a number, columns in front of its mark; -1 for a text
	width  int
	status textWord // beside it
}

// gap is between columns.
const gap = 2

func newTextTable(w io.Writer, ds *jsonstat.Dataset, o TextOptions) *textTable {
	t := &textTable{buffer: newBuffer(w), ds: ds, o: o, places: newDecimals(ds), csv: &csvWriter{sep: []byte(",")}}
	t.na = t.word(o.NA)
	return t
}

// word is a text as it is shown in a cell.
func (t *textTable) word(text string) textWord {
	text = t.cut(t.clean(text))
	return textWord{[]byte(text), t.o.Measure(text)}
}

// clean is a text on one line.
func (t *textTable) clean(text string) string {
	if t.o.CSV {
		return text
	}
	return t.o.Visible(strings.Join(strings.Fields(text), " "))
}

// cut bounds a text where a line is bounded: no column takes more than a third of it.
func (t *textTable) cut(text string) string {
	if t.o.Width == 0 {
		return text
	}
	return t.o.Clip(text, max(12, t.o.Width/3))
}

// setColumns prepares the columns: all that does not depend on the cells.
func (t *textTable) setColumns() {
	for _, c := range t.l.Columns {
		if c.Kind != layout.Dimension {
			continue
		}
		d := t.ds.Dimensions()[c.Dim]
		l := textLabels{place: slices.Index(t.l.Stub, c.Dim), head: t.cut(t.clean(c.Header)), words: make([]textWord, d.Len())}
		l.text = func(category int) string { return c.Say(d, category) }
		l.width = t.o.Measure(l.head)
		t.labels = append(t.labels, l)
	}
	n := 1
	if t.l.Pivoted() {
		n = t.l.Values
	}
	t.values, t.cells = make([]textColumn, n), make([]textCell, n)
	for j := range t.values {
		c := &t.values[j]
		if !t.l.Pivoted() {
			c.heads = []string{"value"}
			c.head = t.o.Measure(c.heads[0])
			continue
		}
		for _, dim := range t.l.By {
			d := t.ds.Dimensions()[dim]
			show := layout.Column{Show: t.o.Content}
			text := t.cut(t.clean(show.Say(d, t.l.Category(dim, j))))
			c.heads, c.head = append(c.heads, text), t.o.Measure(text) // of the last level; the others stand over several columns
		}
	}
}

// label is the text of a category in a column of labels.
func (t *textTable) label(l *textLabels, category int) textWord {
	w := &l.words[category]
	if w.text == nil {
		*w = t.word(l.text(category))
		if w.text == nil {
			w.text = []byte{}
		}
	}
	return *w
}

// measure makes the columns as wide as a row needs.
func (t *textTable) measure(coords []int, cells []textCell) error {
	for i := range t.labels {
		l := &t.labels[i]
		l.width = max(l.width, t.label(l, coords[l.place]).width)
	}
	for j := range cells {
		c, cell := &t.values[j], &cells[j]
		if cell.whole >= 0 {
			c.whole, c.fraction = max(c.whole, cell.whole), max(c.fraction, cell.width-cell.whole)
		} else {
			c.other = max(c.other, cell.width)
		}
		c.status = max(c.status, cell.status.width)
	}
	return nil
}

func (t *textTable) blanks(n int) {
	for ; n > 0; n-- {
		t.buf = append(t.buf, ' ')
	}
}

// end ends a line, without blanks at its end.
func (t *textTable) end() {
	n := len(t.buf)
	for n > 0 && t.buf[n-1] == ' ' {
		n--
	}
	t.buf = append(t.buf[:n], '\n')
}

// field writes a field and a comma.
func (t *textTable) field(text []byte) {
	t.buf = append(t.csv.appendCell(t.buf, text, ""), ',')
}
