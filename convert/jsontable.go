package convert

import (
	"encoding/json"
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// form is the form of a JSON table.
type form uint8

const (
	arrays  form = iota // rows are arrays
	objects             // rows are objects
	series              // one object of arrays
	google              // a DataTable
)

// jsonTable writes a JSON table through one buffer.
type jsonTable struct {
	buffer
	ds   *jsonstat.Dataset
	o    JSONOptions
	form form
	l    *layout.Layout
	unit int // the metric dimension whose units are shown, -1 for none

	between  string // what stands between rows
	begun    bool   // a row was written
	statuses *statusTexts
	scratch  []byte
}

func newJSONTable(w io.Writer, ds *jsonstat.Dataset, o *JSONOptions, f form) (*jsonTable, error) {
	t := &jsonTable{buffer: newBuffer(w), ds: ds, form: f, unit: -1, between: ","}
	if o != nil {
		t.o = *o
	}
	t.statuses = newStatusTexts(ds, &t.o.Table, func(status string) []byte {
		if status == "" {
			return []byte("null")
		}
		return jsontoken.AppendString(nil, status)
	})
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

func (t *jsonTable) quoted(s string) { t.buf = jsontoken.AppendString(t.buf, s) }

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

// unitJSON is the unit of a category as JSON: null if no category of the
// dimension has one, nothing if only this one has none.
func unitJSON(d *jsonstat.Dimension, category int) []byte {
	u := d.CategoryUnit(category)
	if u == nil {
		if d.HasUnits() {
			return nil
		}
		return []byte("null")
	}
	text, err := json.Marshal(u)
	if err != nil {
		return []byte("null") // a unit that was read is JSON
	}
	return text
}
