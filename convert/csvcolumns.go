package convert

import (
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// csvKind is what the cells of a column of a CSV table are.
type csvKind uint8

const (
	csvCategory csvKind = iota
	csvStatus
	csvValue
)

// csvColumn is a column of a CSV table: those of the layout with the columns of the
// statuses, and with the one of the values where the table is long.
type csvColumn struct {
	kind   csvKind
	header string // not guarded
	plan   layout.Column
	place  int // of statuses and values: which of the value columns it is, or stands behind
}

// csvColumns are the columns of a table, in their order. The header line is made of
// them, and so is what describes the table in a file beside it.
func csvColumns(l *layout.Layout, o *CSVOptions) []csvColumn {
	list := make([]csvColumn, 0, len(l.Columns)+2)
	place := 0
	for _, col := range l.Columns {
		if col.Kind != layout.Value {
			list = append(list, csvColumn{kind: csvCategory, header: col.Header, plan: col})
			continue
		}
		list = append(list, csvColumn{kind: csvValue, header: col.Header, plan: col, place: place})
		if o.StatusColumns {
			list = append(list, csvColumn{kind: csvStatus, header: col.Header + " " + o.StatusName, plan: col, place: place})
		}
		place++
	}
	if l.Pivoted() {
		return list
	}
	if o.Status {
		list = append(list, csvColumn{kind: csvStatus, header: o.StatusName})
	}
	return append(list, csvColumn{kind: csvValue, header: o.ValueName})
}

// isLabel tells whether what a column says of a category is for people: ids are not.
func isLabel(col layout.Column, d *jsonstat.Dimension, category int, text string) bool {
	return col.Show != ID && text != d.CategoryID(category)
}

// guarded is a text for people as the table has it.
func (o *CSVOptions) guarded(text string) string {
	if o.Guard && isFormula([]byte(text)) {
		return "'" + text
	}
	return text
}

// says is what a column of a table says of a category.
func (o *CSVOptions) says(col layout.Column, d *jsonstat.Dimension, category int) string {
	text := col.Say(d, category)
	if isLabel(col, d, category, text) {
		return o.guarded(text)
	}
	return text
}
