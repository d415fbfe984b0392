package convert

import (
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// JSONOptions say how a JSON table is written. The zero value, and nil, write
// what the command of the jsonstat-conv tools that is named like the writer
// writes by default. Numbers keep their tokens.
//
// Of [Table], Field is what the names of members, columns and headers say: by
// default ids in [WriteArrObj], [WriteObjArr] and [WriteNDJSON], labels in the
// others. UnitDecimals has no effect.
type JSONOptions struct {
	Table

	// Status adds the status of each cell, null where there is none. In a pivot it
	// has no effect.
	Status bool

	// ValueName and StatusName name value and status. Defaults: Value and
	// Status, but value and status where Field is ID, which rules out others.
	ValueName, StatusName string

	// Unit adds the unit of the cell's metric category, behind that category, in
	// WriteArrObj, WriteObjArr and WriteNDJSON. In a pivot it has no effect.
	Unit bool

	// ByLabel names the members of a pivot by the labels of the categories, unless
	// Content is ID. Default: by their ids.
	ByLabel bool

	// Prefix stands in front of those names.
	Prefix string

	// Comma writes numbers as texts with a decimal comma.
	Comma bool

	// Meta wraps the table as {"meta":...,"data":...}, in WriteArrObj and
	// WriteObjArr.
	Meta bool

	// Lines makes WriteArray write each row in a line of its own, without a
	// comma between and without the outer brackets.
	Lines bool
}

// Need is what the writers of rows must know of a dataset before its first
// cell, for [jsonstat.Options]. WriteObjArr also needs [jsonstat.NeedOrder].
func (o *JSONOptions) Need() jsonstat.Need {
	if o == nil {
		return 0
	}
	c := CSVOptions{Table: o.Table, Status: o.Status}
	c.UnitDecimals = false
	need := c.Need()
	if o.Meta {
		need |= jsonstat.NeedHead // label, source and date may stand behind the values
	}
	return need
}

// form is the form of a JSON table.
type form uint8

const (
	arrays  form = iota // rows are arrays
	objects             // rows are objects
	series              // one object of arrays
	google              // a DataTable
)

// WriteArray writes an array of rows, each an array: the header first, then a
// row for each cell with its categories, status and value.
func WriteArray(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions) error {
	t, err := newJSONTable(w, ds, o, arrays)
	if err != nil {
		return err
	}
	open, shut := "[", "]"
	if t.o.Lines {
		open, shut, t.between = "", "\n", "\n"
	}
	t.str(open)
	t.header()
	t.begun = true
	return t.finish(t.rows(), shut)
}

// WriteArrObj writes an array of objects, one for each cell or row of a pivot.
func WriteArrObj(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions) error {
	t, err := newJSONTable(w, ds, o, objects)
	if err != nil {
		return err
	}
	shut := t.openMeta("[", "]")
	return t.finish(t.rows(), shut)
}

// WriteNDJSON writes the objects of [WriteArrObj], each in a line of its own.
func WriteNDJSON(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions) error {
	t, err := newJSONTable(w, ds, o, objects)
	if err != nil {
		return err
	}
	t.between = "\n"
	err = t.rows()
	shut := ""
	if t.begun {
		shut = "\n"
	}
	return t.finish(err, shut)
}

// WriteObject writes a Google DataTable: an object with the columns and an array
// of rows. The value column is of type number if the first cell is a number or
// missing, else string.
func WriteObject(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions) error {
	t, err := newJSONTable(w, ds, o, google)
	if err != nil {
		return err
	}
	t.names()
	err = t.rows()
	if !t.begun {
		t.columnTypes(jsonstat.Missing)
	}
	return t.finish(err, "]}")
}

// WriteObjArr writes one object with an array for each column. Columns that have
// to wait for others do so in a temporary file, unless they are small.
func WriteObjArr(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions) error {
	t, err := newJSONTable(w, ds, o, series)
	if err != nil {
		return err
	}
	shut := t.openMeta("{", "}")
	return t.finish(t.columns(), shut)
}

// jsonTable writes a JSON table through one buffer.
type jsonTable struct {
	w    io.Writer
	ds   *jsonstat.Dataset
	o    JSONOptions
	form form
	l    *layout.Layout
	unit int // the metric dimension whose units are shown, -1 for none

	buf     []byte
	between string // what stands between rows
	begun   bool   // a row was written
	words   [][]byte
	lang    string
	scratch []byte
}

func newJSONTable(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions, f form) (*jsonTable, error) {
	t := &jsonTable{w: w, ds: ds, form: f, unit: -1, between: ",", buf: make([]byte, 0, flushAt+4096)}
	if o != nil {
		t.o = *o
	}
	if t.lang = t.o.Lang; t.lang == "" && t.o.StatusText != StatusCode {
		t.lang = language(ds)
	}
	if f == google && len(t.o.By) > 0 {
		if t.o.Warn != nil {
			t.o.Warn("a DataTable is not pivoted")
		}
		t.o.By, t.o.Drop = nil, nil
	}
	named := f == objects || f == series
	if t.o.Field == Default && named {
		t.o.Field = ID
	}
	if t.o.ValueName == "" {
		t.o.ValueName = "Value"
	}
	if t.o.StatusName == "" {
		t.o.StatusName = "Status"
	}
	if t.o.Field == ID {
		t.o.ValueName, t.o.StatusName = "value", "status"
	}
	pivoted := len(t.o.By) > 0
	if pivoted {
		t.o.Status, t.o.Unit = false, false
	}
	if t.o.Unit && named {
		if metric := ds.Role(jsonstat.Metric); len(metric) > 0 {
			t.unit, _, _ = ds.FindDimension(metric[0].ID())
		}
	}
	lo := layout.Options{Prefix: t.o.Prefix, ByField: layout.ID}
	if t.o.ByLabel && t.o.Content != ID {
		lo.ByField = layout.Label
	}
	if named {
		if pivoted {
			t.o.Field = ID
		} else {
			lo.Taken = append(lo.Taken, t.o.ValueName)
		}
		if t.o.Status {
			lo.Taken = append(lo.Taken, t.o.StatusName)
		}
		if t.unit >= 0 {
			lo.Taken = append(lo.Taken, "unit")
		}
	}
	var err error
	t.l, err = planAs(ds, &t.o.Table, lo)
	return t, err
}

func (t *jsonTable) str(s string) { t.buf = append(t.buf, s...) }

func (t *jsonTable) quoted(s string) { t.buf = jsonstat.AppendQuoted(t.buf, s) }

func (t *jsonTable) flush() error {
	_, err := t.w.Write(t.buf)
	t.buf = t.buf[:0]
	return err
}

// finish writes the end of the table, unless something failed.
func (t *jsonTable) finish(err error, shut string) error {
	if err != nil {
		return err
	}
	t.str(shut)
	return t.flush()
}

// header writes the first row of an array of arrays.
func (t *jsonTable) header() {
	t.str("[")
	for _, c := range t.l.Columns {
		t.quoted(c.Header)
		t.str(",")
	}
	if !t.l.Pivoted() {
		if t.o.Status {
			t.quoted(t.o.StatusName)
			t.str(",")
		}
		t.quoted(t.o.ValueName)
		t.str(",")
	}
	t.buf[len(t.buf)-1] = ']'
}

// names writes the columns of a DataTable but the last, whose type is not known yet.
func (t *jsonTable) names() {
	t.str(`{"cols":[`)
	for _, c := range t.l.Columns {
		id := c.Header
		if c.Kind == layout.Dimension {
			id = t.ds.Dimensions()[c.Dim].ID()
			if c.Show == Label && t.o.Content == Columns {
				id += " label"
			}
		}
		t.column(id, c.Header, "string")
		t.str(",")
	}
	if t.o.Status {
		t.column("status", t.o.StatusName, "string")
		t.str(",")
	}
}

func (t *jsonTable) column(id, label, kind string) {
	t.str(`{"id":`)
	t.quoted(id)
	t.str(`,"label":`)
	t.quoted(label)
	t.str(`,"type":"` + kind + `"}`)
}

// columnTypes ends the columns of a DataTable. The first cell tells their type.
func (t *jsonTable) columnTypes(first jsonstat.Kind) {
	kind := "string"
	if first == jsonstat.Number || first == jsonstat.NumberRaw || first == jsonstat.Missing {
		kind = "number"
	}
	t.column("value", t.o.ValueName, kind)
	t.str(`],"rows":[`)
}

// value appends a value.
func (t *jsonTable) value(dst []byte, kind jsonstat.Kind, token []byte) []byte {
	switch {
	case kind == jsonstat.Missing:
		return append(dst, "null"...)
	case t.o.Comma && (kind == jsonstat.Number || kind == jsonstat.NumberRaw):
		t.scratch = jsonstat.AppendNumber(t.scratch[:0], token)
		dst = append(dst, '"')
		for _, c := range t.scratch {
			if c == '.' {
				c = ','
			}
			dst = append(dst, c)
		}
		return append(dst, '"')
	}
	return append(dst, token...)
}

// status is the rendered status of a number. New numbers may come up as cells
// are read.
func (t *jsonTable) status(id int32) []byte {
	if int(id) >= len(t.words) {
		all := t.ds.Cells().Statuses()
		for k := len(t.words); k < len(all); k++ {
			text := []byte("null")
			if all[k] != "" {
				text = jsonstat.AppendQuoted(nil, t.o.statusText(t.ds, t.lang, all[k]))
			}
			t.words = append(t.words, text)
		}
	}
	return t.words[id]
}
