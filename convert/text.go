package convert

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// TextOptions choose how a dataset is shown as a table for people. The zero value is a long
// table of labels, as wide as it is.
type TextOptions struct {
	// Table is what all tables have in common. Numbers are always padded to the decimals
	// of their units: UnitDecimals has no effect.
	Table

	// Rows is how many rows are shown at most, 0 all of them. No more cells are read
	// than those have.
	Rows int64

	// Width is how many columns a line may take up, 0 any number. Value columns that do
	// not fit are left out, all but the first, and texts of categories are cut.
	Width int

	// NoStatus shows no statuses: they are not read.
	NoStatus bool

	// NA stands for a cell that has neither value nor status. Default: n/a.
	NA string

	// Measure is how many columns a text takes up on the screen. Default: its characters.
	Measure func(text string) int

	// Clip cuts a text to a number of columns. Default: by characters, with an ellipsis.
	Clip func(text string, width int) string

	// Visible makes a text harmless, such as one with control characters. Default: the
	// text as it is.
	Visible func(text string) string
}

// TextRest is what a table for people leaves out.
type TextRest struct {
	Columns []string // headers of value columns that do not fit
	More    bool     // there are more rows than Rows
}

// WriteText writes a dataset as a table for people: columns under their headers, numbers
// one below the other by their decimal mark, each with its status beside it, and a status
// without a value in the value's place. It reads the cells twice, to know how wide they
// are, unless Rows bounds them.
func WriteText(w io.Writer, ds *jsonstat.Dataset, o *TextOptions) (TextRest, error) {
	t := newTextTable(w, ds, o)
	var err error
	by := t.o.Content
	if by == Default || by == Columns {
		by = Label
	}
	if t.l, err = planAs(ds, &t.o.Table, layout.Options{ByField: by}); err != nil {
		return TextRest{}, err
	}
	t.setColumns()
	if t.o.Rows > 0 {
		err = t.some()
	} else {
		err = t.all()
	}
	if err != nil {
		return TextRest{}, err
	}
	return t.rest, t.flush()
}

// textTable is a table for people.
type textTable struct {
	buffer
	ds     *jsonstat.Dataset
	o      TextOptions
	l      *layout.Layout
	places *decimals
	labels []textLabels // of the columns of dimensions
	values []textColumn
	shown  int // value columns that fit
	rest   TextRest
	text   []byte
}

// textLabels is a column of a dimension: the texts of its categories.
type textLabels struct {
	place  int // of the dimension in the coordinates of a row
	head   string
	texts  []string
	widths []int
	width  int
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

func newTextTable(w io.Writer, ds *jsonstat.Dataset, o *TextOptions) *textTable {
	t := &textTable{buffer: newBuffer(w), ds: ds, places: newDecimals(ds)}
	if o != nil {
		t.o = *o
	}
	if t.o.NA == "" {
		t.o.NA = "n/a"
	}
	if t.o.Measure == nil {
		t.o.Measure = utf8.RuneCountInString
	}
	if t.o.Clip == nil {
		t.o.Clip = func(text string, width int) string {
			if runes := []rune(text); len(runes) > width {
				return string(runes[:max(0, width-1)]) + "…"
			}
			return text
		}
	}
	if t.o.Visible == nil {
		t.o.Visible = func(text string) string { return text }
	}
	return t
}

// clean is a text on one line.
func (t *textTable) clean(text string) string {
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
		l := textLabels{place: slices.Index(t.l.Stub, c.Dim), head: t.clean(c.Header), texts: make([]string, d.Len()), widths: make([]int, d.Len())}
		for k := range d.Len() {
			l.texts[k] = t.cut(t.clean(c.Say(d, k)))
			l.widths[k] = t.o.Measure(l.texts[k])
		}
		l.head = t.cut(l.head)
		l.width = t.o.Measure(l.head)
		t.labels = append(t.labels, l)
	}
	n := 1
	if t.l.Pivoted() {
		n = t.l.Values
	}
	t.values = make([]textColumn, n)
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

// textCell is a cell as it is shown.
type textCell struct {
	text   string
	whole  int // of a number, columns in front of its mark; -1 for a text
	width  int
	status string
	beside int // width of the status
}

// cell is what is shown of a cell.
func (t *textTable) cell(coords []int, j int, c layout.Cell) textCell {
	shown := textCell{whole: -1}
	if c.Status != 0 {
		shown.status = t.cut(t.clean(t.o.statusText(t.ds, t.language(), t.ds.Cells().Statuses()[c.Status])))
	}
	switch c.Kind {
	case jsonstat.Missing:
		shown.text, shown.status = shown.status, ""
		if shown.text == "" {
			shown.text = t.o.NA
		}
	case jsonstat.Number, jsonstat.NumberRaw:
		if t.l.Pivoted() {
			t.places.pivot(t.l, coords, j)
		} else if n := len(coords) - 1; n >= 0 {
			t.places.long(coords[:n], coords[n])
		}
		t.text = t.places.pad(jsonstat.AppendNumber(t.text[:0], c.Token))
		shown.text = string(t.text)
		if shown.whole = strings.IndexByte(shown.text, '.'); shown.whole < 0 {
			shown.whole = len(shown.text)
		}
	case jsonstat.Text:
		shown.text = t.cut(t.clean(string(jsonstat.AppendText(t.text[:0], c.Token))))
	default:
		shown.text = string(c.Token)
	}
	shown.width, shown.beside = t.o.Measure(shown.text), t.o.Measure(shown.status)
	return shown
}

func (t *textTable) language() string {
	if t.o.Lang != "" {
		return t.o.Lang
	}
	return language(t.ds)
}

// measure makes the columns as wide as a row needs.
func (t *textTable) measure(coords []int, cells []textCell) {
	for i := range t.labels {
		l := &t.labels[i]
		l.width = max(l.width, l.widths[coords[l.place]])
	}
	for j, cell := range cells {
		c := &t.values[j]
		if cell.whole >= 0 {
			c.whole, c.fraction = max(c.whole, cell.whole), max(c.fraction, cell.width-cell.whole)
		} else {
			c.other = max(c.other, cell.width)
		}
		c.status = max(c.status, cell.beside)
	}
}

// errEnough ends the reading of rows.
var errEnough = errors.New("there are rows enough")

// some shows the first rows.
func (t *textTable) some() error {
	var rows [][]textCell
	var at [][]int
	err := t.rows(func(coords []int, cells []textCell) error {
		if int64(len(rows)) == t.o.Rows {
			t.rest.More = true
			return errEnough
		}
		rows, at = append(rows, append([]textCell(nil), cells...)), append(at, append([]int(nil), coords...))
		t.measure(coords, cells)
		return nil
	})
	if err != nil && err != errEnough {
		return err
	}
	t.header()
	for i, cells := range rows {
		if err := t.row(at[i], cells); err != nil {
			return err
		}
	}
	return nil
}

// all shows all rows.
func (t *textTable) all() error {
	err := t.rows(func(coords []int, cells []textCell) error {
		t.measure(coords, cells)
		return nil
	})
	if err != nil {
		return err
	}
	t.header()
	return t.rows(t.row)
}

// rows goes through the rows of the table.
func (t *textTable) rows(f func(coords []int, cells []textCell) error) error {
	shown := make([]textCell, len(t.values))
	return t.l.Rows(t.ds, !t.o.NoStatus, t.o.Keep, func(coords []int, cells []layout.Cell) error {
		for j, c := range cells {
			shown[j] = t.cell(coords, j, c)
		}
		return f(coords, shown[:len(cells)])
	})
}

// header finds out which columns fit and writes the header.
func (t *textTable) header() {
	t.widen()
	used := 0
	for i := range t.labels {
		used += t.labels[i].width + gap
	}
	for j := range t.values {
		used += t.values[j].width() + gap
		if t.o.Width > 0 && j > 0 && used-gap > t.o.Width {
			break
		}
		t.shown = j + 1
	}
	for _, c := range t.values[t.shown:] {
		t.rest.Columns = append(t.rest.Columns, strings.Join(c.heads, " "))
	}
	levels := max(1, len(t.l.By))
	for level := range levels - 1 {
		for i := range t.labels {
			t.pad("", t.labels[i].width, false)
		}
		for from := 0; from < t.shown; {
			to := t.group(level, from)
			width := -gap
			for j := from; j < to; j++ {
				width += t.values[j].width() + gap
			}
			t.pad(t.o.Clip(t.values[from].heads[level], width), width, false)
			from = to
		}
		t.end()
	}
	for i := range t.labels {
		t.pad(t.labels[i].head, t.labels[i].width, false)
	}
	for j := range t.shown {
		c := &t.values[j]
		t.pad(c.heads[levels-1], c.value(), true)
		t.beside("", c.status)
	}
	t.end()
}

// group is the end of the columns that stand under one head of a level.
func (t *textTable) group(level, from int) int {
	to := from + 1
	for to < t.shown && slices.Equal(t.values[to].heads[:level+1], t.values[from].heads[:level+1]) {
		to++
	}
	return to
}

// widen makes columns as wide as the heads above them need, the last one of a group.
func (t *textTable) widen() {
	t.shown = len(t.values)
	for level := range max(1, len(t.l.By)) - 1 {
		for from := 0; from < len(t.values); {
			to := t.group(level, from)
			width := -gap
			for j := from; j < to; j++ {
				width += t.values[j].width() + gap
			}
			if more := min(t.o.Measure(t.values[from].heads[level]), mostHead) - width; more > 0 {
				c := &t.values[to-1]
				c.head = c.value() + more
			}
			from = to
		}
	}
}

// mostHead is how much room the head of a group takes at most where its columns need less.
const mostHead = 24

// gap is between columns.
const gap = 2

// row writes a row.
func (t *textTable) row(coords []int, cells []textCell) error {
	for i := range t.labels {
		l := &t.labels[i]
		t.pad(l.texts[coords[l.place]], l.width, false)
	}
	for j, cell := range cells[:min(t.shown, len(cells))] {
		c := &t.values[j]
		if cell.whole < 0 {
			t.pad(cell.text, c.value(), true)
		} else {
			t.blanks(c.value() - c.fraction - cell.whole)
			t.buf = append(t.buf, cell.text...)
			t.blanks(c.fraction - (cell.width - cell.whole) + gap)
		}
		t.beside(cell.status, c.status)
	}
	t.end()
	return t.spill()
}

// beside writes the status of a cell behind it.
func (t *textTable) beside(status string, width int) {
	if width == 0 {
		return
	}
	t.buf = t.buf[:len(t.buf)-gap+1]
	t.pad(status, width, false)
}

// pad writes a text in a column, and the gap behind it.
func (t *textTable) pad(text string, width int, right bool) {
	blanks := width - t.o.Measure(text)
	if right {
		t.blanks(blanks)
		blanks = 0
	}
	t.buf = append(t.buf, text...)
	t.blanks(blanks + gap)
}

func (t *textTable) blanks(n int) {
	for ; n > 0; n-- {
		t.buf = append(t.buf, ' ')
	}
}

// end ends a line, without blanks at its end.
func (t *textTable) end() {
	t.buf = append(bytes.TrimRight(t.buf, " "), '\n')
}
