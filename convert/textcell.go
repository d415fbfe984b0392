package convert

import (
	"bytes"
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cell is what is shown of a cell, in the text of the row.
func (t *textTable) cell(coords []int, j int, c *layout.Cell) textCell {
	shown := textCell{whole: -1}
	if c.Status != 0 {
		shown.status = t.status(c.Status)
	}
	from := len(t.text)
	switch c.Kind {
	case jsonstat.Missing:
		w := shown.status
		if w.width == 0 {
			w = t.na
		}
		return textCell{text: w.text, width: w.width, whole: -1}
	case jsonstat.Number, jsonstat.NumberRaw:
		if t.l.Pivoted() {
			t.places.pivot(t.l, coords, j)
		} else if n := len(coords) - 1; n >= 0 {
			t.places.long(coords[:n], coords[n])
		}
		t.number(c)
		shown.text = t.text[from:len(t.text):len(t.text)]
		shown.width = len(shown.text)
		if shown.whole = bytes.IndexByte(shown.text, '.'); shown.whole < 0 {
			shown.whole = shown.width
		}
		return shown
	case jsonstat.Text:
		w := t.word(string(jsonstat.AppendText(nil, c.Token)))
		shown.text, shown.width = w.text, w.width
	default:
		t.text = append(t.text, c.Token...)
		shown.text = t.text[from:len(t.text):len(t.text)]
		shown.width = len(shown.text)
	}
	return shown
}

// number appends a number with the decimals of its unit to the text of the row.
func (t *textTable) number(c *layout.Cell) {
	from := len(t.text)
	if c.Kind == jsonstat.Number {
		t.text = append(t.text, c.Token...)
	} else {
		t.text = jsonstat.AppendNumber(t.text, c.Token)
	}
	t.text = append(t.text[:from], t.places.pad(t.text[from:])...) // it pads in place where there is room
}

// status is the text of a status by its number. New numbers may come up as cells are read.
func (t *textTable) status(id int32) textWord {
	for int(id) >= len(t.statuses) {
		code := t.ds.Cells().Statuses()[len(t.statuses)]
		t.statuses = append(t.statuses, t.word(t.o.statusText(t.ds, t.language(), code)))
	}
	return t.statuses[id]
}

func (t *textTable) language() string {
	if t.o.Lang != "" {
		return t.o.Lang
	}
	return language(t.ds)
}

// textRow is a row that is kept.
type textRow struct {
	coords []int
	cells  []textCell
}

// keepRow copies a row: its cells are read over by the next one.
func keepRow(coords []int, cells []textCell) textRow {
	row := textRow{slices.Clone(coords), slices.Clone(cells)}
	for j := range row.cells {
		row.cells[j].text = bytes.Clone(row.cells[j].text)
	}
	return row
}

// rows goes through the rows of the table.
func (t *textTable) rows(f func(coords []int, cells []textCell) error) error {
	return t.l.Rows(t.ds, !t.o.NoStatus, t.o.Keep, func(coords []int, cells []layout.Cell) error {
		t.text = t.text[:0]
		for j := range cells {
			t.cells[j] = t.cell(coords, j, &cells[j])
		}
		return f(coords, t.cells[:len(cells)])
	})
}
