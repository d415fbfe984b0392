package convert

import (
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// A column-wise table is written in one pass over its rows. The first column goes
// straight out; those behind it wait, in memory as long as there is room, then
// in a temporary file. Columns that follow from the dimensions alone do not wait.

// jsonColumn is a column: its name and what appends an item of it.
type jsonColumn struct {
	name   string
	append func(dst []byte, coords []int, cells []layout.Cell) []byte
	waits  waiting

	// Of a column that follows from the category of a dimension, else nil:
	item func(category int) []byte
	dim  int
}

// columnPass writes columns, parted by commas, in one pass over the rows.
func (t *jsonTable) columnPass(list []jsonColumn) error {
	shelf := &shelf{}
	for i := range list[1:] {
		shelf.texts = append(shelf.texts, &list[1+i].waits)
	}
	defer shelf.close()
	t.begin(&list[0], true)
	rows := false
	err := t.l.Rows(t.ds, t.o.Status, t.o.Keep, func(coords []int, cells []layout.Cell) error {
		if rows {
			t.str(",")
		}
		t.buf = list[0].append(t.buf, coords, cells)
		for i := range list[1:] {
			c := &list[1+i]
			before := len(c.waits.text)
			if rows {
				c.waits.text = append(c.waits.text, ',')
			}
			c.waits.text = c.append(c.waits.text, coords, cells)
			shelf.used += len(c.waits.text) - before
		}
		rows = true
		if err := shelf.tidy(); err != nil {
			return err
		}
		return t.spill()
	})
	if err != nil {
		return err
	}
	t.str("]")
	for i := range list[1:] {
		c := &list[1+i]
		t.begin(c, false)
		if err := t.flush(); err != nil {
			return err
		}
		if err := shelf.copy(t.w, &c.waits); err != nil {
			return err
		}
		t.str("]")
	}
	return nil
}

func (t *jsonTable) begin(c *jsonColumn, first bool) {
	if !first {
		t.str(",")
	}
	t.quoted(c.name)
	t.str(":[")
}

// jsonColumns lists the columns: value and status, then the dimensions from last
// to first; in a pivot the dimensions in order, then the values.
func (t *jsonTable) jsonColumns() []jsonColumn {
	var list []jsonColumn
	stub := map[int]int{} // dimension: its place among the coordinates
	for k, d := range t.l.Stub {
		stub[d] = k
	}
	if !t.l.Pivoted() {
		list = append(list, jsonColumn{name: t.o.ValueName, append: func(dst []byte, _ []int, cells []layout.Cell) []byte {
			return t.value(dst, cells[0].Kind, cells[0].Token)
		}})
		if t.o.Status {
			list = append(list, jsonColumn{name: t.o.StatusName, append: func(dst []byte, _ []int, cells []layout.Cell) []byte {
				return append(dst, t.statuses.at(cells[0].Status)...)
			}})
		}
	}
	var byDim [][]jsonColumn
	value := 0
	unit := func(dim int) jsonColumn {
		return t.dimensionColumn("unit", stub[dim], dim, func(category int) []byte {
			if text := unitJSON(t.ds.Dimensions()[dim], category); text != nil {
				return text
			}
			return []byte("null")
		})
	}
	lone := t.unit >= 0 && slices.Contains(t.l.Dropped, t.unit) // a unit whose dimension has no column
	for _, c := range t.l.Columns {
		if lone && c.Kind == layout.Dimension && c.Dim > t.unit {
			byDim, lone = append(byDim, []jsonColumn{unit(t.unit)}), false
		}
		if c.Kind == layout.Value {
			i := value
			value++
			list = append(list, jsonColumn{name: c.Header, append: func(dst []byte, _ []int, cells []layout.Cell) []byte {
				return t.value(dst, cells[i].Kind, cells[i].Token)
			}})
			continue
		}
		col := t.dimensionColumn(c.Header, stub[c.Dim], c.Dim, func(category int) []byte {
			return jsontoken.AppendString(nil, c.Say(t.ds.Dimensions()[c.Dim], category))
		})
		if t.l.Pivoted() {
			list = append(list, col)
			continue
		}
		group := []jsonColumn{col}
		if n := len(byDim); n > 0 && c.Show == Label && t.o.Content == Columns {
			byDim[n-1] = append(byDim[n-1], col) // the label beside its id
			group = nil
		}
		if group != nil {
			byDim = append(byDim, group)
		}
		if c.Dim == t.unit && (t.o.Content != Columns || c.Show == Label) {
			n := len(byDim) - 1
			byDim[n] = append(byDim[n], unit(c.Dim))
		}
	}
	if lone {
		byDim = append(byDim, []jsonColumn{unit(t.unit)})
	}
	for i := len(byDim) - 1; i >= 0; i-- {
		list = append(list, byDim[i]...)
	}
	return list
}

// dimensionColumn is a column that follows from the category of a dimension. Its
// texts are rendered when they are first asked for.
func (t *jsonTable) dimensionColumn(name string, place, dim int, render func(category int) []byte) jsonColumn {
	texts := make([][]byte, t.ds.Dimensions()[dim].Len())
	item := func(k int) []byte {
		if texts[k] == nil {
			texts[k] = render(k)
		}
		return texts[k]
	}
	return jsonColumn{name: name, dim: dim, item: item, append: func(dst []byte, coords []int, _ []layout.Cell) []byte {
		return append(dst, item(coords[place])...)
	}}
}
