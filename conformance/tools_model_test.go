package conformance_test

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A tableModel says what a JSON table of a cube must be, computed from the
// document as JavaScript sees it. Without rules it is our table; each rule is a
// listed difference, which makes it more like the reference's. With all of them
// it is the reference's. So what one side writes and no rule explains is seen.
type tableModel struct {
	*cube
	ds    *jsonstat.Dataset
	call  *toolCall
	rules map[string]bool
}

// modelRules are the rules of the model in the order in which they are switched.
var modelRules = []string{
	"status-nested", "json-unit-labels", "json-labels", "json-empty-id", "empty-status", "comma-texts", "json-digits", "comma-undefined",
	"unit-understood", "unit-before-2", "unit-flabel", "role-empty", "same-names", "pivot-members",
}

func newTableModel(c *toolComparison) *tableModel {
	return &tableModel{cube: c.cube, ds: c.ds, call: c.call, rules: map[string]bool{}}
}

// statusOf is the status of a cell as it stands in the document, undefined if
// none does.
func (c *cube) statusOf(pos int, nested bool) any {
	status := c.tree.get("status")
	if o, ok := status.(*object); ok && nested && o.has("value") {
		status = o.get("value")
	}
	switch v := status.(type) {
	case nil:
	case []any:
		switch {
		case len(v) == 1:
			return v[0]
		case pos < len(v):
			return v[pos]
		}
	case *object:
		return member(v, strconv.Itoa(pos))
	default:
		if v != "" {
			return v
		}
	}
	return undefined{}
}

// jsObject is an object that is made as JavaScript makes one.
type jsObject struct{ object }

func newJSObject() *jsObject { return &jsObject{object{values: map[string]any{}}} }

// put sets a property: a new one comes last.
func (o *jsObject) put(name string, v any) { setMember(&o.object, name, v) }

// done is the object as JSON has it: without what is undefined, and with array
// indexes first.
func (o *jsObject) done() *object {
	for _, name := range o.keys() {
		if _, absent := o.get(name).(undefined); absent {
			o.remove(name)
		}
	}
	o.names = indexesFirst(o.names)
	return &o.object
}

// orNull is a value as it stands in a JSON array.
func orNull(v any) any {
	if _, absent := v.(undefined); absent {
		return nil
	}
	return v
}

func (m *tableModel) objects() bool {
	return m.call.tool == "jsonstat2arrobj" || m.call.tool == "jsonstat2objarr"
}

// byID tells whether headers are ids.
func (m *tableModel) byID() bool {
	return m.call.has["f"] != m.objects() || m.call.has["b"]
}

// label is what a cell says of a category.
func (m *tableModel) label(dim, k int) any {
	d := &m.dims[dim]
	if m.call.has["c"] {
		return d.ids[k]
	}
	return m.categoryLabel(d, k)
}

func (m *tableModel) categoryLabel(d *cubeDimension, k int) any {
	category := d.tree.object("category")
	if !m.rules["json-unit-labels"] {
		if text, fromUnit, ok := d.madeUp(k); ok && fromUnit {
			return text
		}
	}
	switch label := d.labels[k].(type) {
	case undefined, nil:
		if m.rules["json-labels"] {
			if category.has("label") && falsy(category.get("label")) {
				return d.ids[k]
			}
			return label
		}
	case string:
		if label != "" || m.rules["json-labels"] {
			return label
		}
	default:
		return jsString(label)
	}
	return d.ids[k]
}

// title is the header of a dimension, before it is told apart from others.
func (m *tableModel) title(dim int) string {
	d := &m.dims[dim]
	switch {
	case m.byID() && (d.id != "" || !m.rules["json-empty-id"]), falsy(d.label):
		return d.id
	}
	return jsString(d.label)
}

// titles are the headers of the dimensions.
func (m *tableModel) titles(taken ...string) []string {
	seen := map[string]int{}
	for _, name := range taken {
		seen[name]++
	}
	list := make([]string, len(m.dims))
	for i := range m.dims {
		list[i] = m.title(i)
		if !m.dropped(i) && (m.call.by == "" || m.dims[i].id != m.call.by) {
			seen[list[i]]++
		}
	}
	for i := range list {
		if seen[list[i]] > 1 && !m.rules["same-names"] && !(m.call.by != "" && m.rules["pivot-members"]) {
			list[i] += " [" + m.dims[i].id + "]"
		}
	}
	return list
}

// dropped tells whether a pivot leaves a dimension out.
func (m *tableModel) dropped(dim int) bool {
	d := &m.dims[dim]
	return m.call.by != "" && len(d.ids) == 1 && d.id != m.call.by && slices.Contains(m.call.drop, d.id)
}

// number is a number among the values.
func (m *tableModel) number(n json.Number) any {
	f, _ := strconv.ParseFloat(n.String(), 64)
	if !m.rules["json-digits"] {
		return n
	}
	if math.IsInf(f, 0) {
		return nil
	}
	return json.Number(jsNumber(n.String()))
}

// comma is a value as a text with a decimal comma.
func (m *tableModel) comma(v any) any {
	switch x := v.(type) {
	case json.Number:
		if m.rules["json-digits"] {
			return strings.Replace(jsNumber(x.String()), ".", ",", 1)
		}
		return strings.Replace(string(jsonstat.AppendNumber(nil, []byte(x.String()))), ".", ",", 1)
	case nil:
		return nil
	}
	if m.rules["comma-texts"] {
		return strings.Replace(jsString(v), ".", ",", 1)
	}
	return v
}

func (m *tableModel) value(pos int) any {
	v := m.values[pos]
	if m.call.has["k"] && !m.rules["comma-undefined"] {
		return m.comma(v)
	}
	if m.call.has["k"] && m.valueName() == "value" {
		return v // it gets its comma at the end
	}
	if n, ok := v.(json.Number); ok {
		return m.number(n)
	}
	return v
}

func (m *tableModel) status(pos int) any {
	switch v := m.statusOf(pos, !m.rules["status-nested"]).(type) {
	case nil, undefined:
		return nil
	case string:
		if v == "" && !m.rules["empty-status"] {
			return nil
		}
		return v
	default:
		return jsString(v)
	}
}

// tree is the whole output.
func (m *tableModel) tree() any {
	switch m.call.tool {
	case "jsonstat2array":
		return m.array()
	case "jsonstat2object":
		return m.google()
	}
	var rows []*jsObject
	if m.call.by == "" {
		rows = m.rows()
	} else {
		rows = m.pivot()
	}
	var data any
	if m.call.tool == "jsonstat2arrobj" {
		list := make([]any, len(rows))
		for i, row := range rows {
			list[i] = row.done()
		}
		data = list
	} else {
		columns := newJSObject()
		for _, name := range rows[0].keys() {
			list := make([]any, len(rows))
			for i, row := range rows {
				list[i] = orNull(row.get(name))
			}
			columns.put(name, list)
		}
		data = columns.done()
	}
	if !m.call.has["m"] {
		return data
	}
	whole := newJSObject()
	whole.put("meta", m.meta())
	whole.put("data", data)
	return whole.done()
}

// valueName and statusName name value and status.
func (m *tableModel) valueName() string {
	if m.byID() {
		return "value"
	}
	return or(m.call.vlabel, "Value")
}

func (m *tableModel) statusName() string {
	if m.byID() {
		return "status"
	}
	return or(m.call.slabel, "Status")
}

func (m *tableModel) array() any {
	header := []any{}
	for _, title := range m.titles() {
		header = append(header, title)
	}
	if m.call.has["s"] {
		header = append(header, m.statusName())
	}
	rows := []any{append(header, m.valueName())}
	for pos := range m.values {
		row := []any{}
		for dim, k := range m.coords(pos) {
			row = append(row, orNull(m.label(dim, k)))
		}
		if m.call.has["s"] {
			row = append(row, m.status(pos))
		}
		rows = append(rows, append(row, m.value(pos)))
	}
	return rows
}

// google is a DataTable.
func (m *tableModel) google() any {
	column := func(id, label, kind string) any {
		o := newJSObject()
		o.put("id", id)
		o.put("label", label)
		o.put("type", kind)
		return o.done()
	}
	cell := func(v any) any {
		o := newJSObject()
		o.put("v", v)
		return o.done()
	}
	var cols, rows []any
	for i, title := range m.titles() {
		cols = append(cols, column(m.dims[i].id, title, "string"))
	}
	if m.call.has["s"] {
		cols = append(cols, column("status", m.statusName(), "string"))
	}
	kind := "string"
	switch m.values[0].(type) {
	case nil, json.Number:
		kind = "number"
	}
	cols = append(cols, column("value", m.valueName(), kind))
	for pos := range m.values {
		var cells []any
		for dim, k := range m.coords(pos) {
			cells = append(cells, cell(m.label(dim, k)))
		}
		if m.call.has["s"] {
			cells = append(cells, cell(m.status(pos)))
		}
		o := newJSObject()
		o.put("c", append(cells, cell(m.value(pos))))
		rows = append(rows, o.done())
	}
	o := newJSObject()
	o.put("cols", cols)
	o.put("rows", rows)
	return o.done()
}

// rows are the rows of a long table of objects.
func (m *tableModel) rows() []*jsObject {
	taken := []string{m.valueName()}
	if m.call.has["s"] {
		taken = append(taken, m.statusName())
	}
	units := m.unitDimensions()
	if len(units) > 0 {
		taken = append(taken, "unit")
	}
	titles := m.titles(taken...)
	rows := make([]*jsObject, len(m.values))
	for pos := range rows {
		row := newJSObject()
		row.put(m.valueName(), m.value(pos))
		if m.call.has["s"] {
			row.put(m.statusName(), m.status(pos))
		}
		coords := m.coords(pos)
		for dim := len(m.dims) - 1; dim >= 0; dim-- {
			label := m.label(dim, coords[dim])
			row.put(titles[dim], label)
			if of, ok := units[dim]; ok {
				row.put("unit", m.unit(of, coords[dim], label))
			}
		}
		m.commaAtEnd(row)
		rows[pos] = row
	}
	return rows
}

// commaAtEnd is how the reference gets its decimal commas: into whatever is
// called value then, and be it nothing.
func (m *tableModel) commaAtEnd(row *jsObject) {
	if m.call.has["k"] && m.rules["comma-undefined"] {
		v := m.comma(member(&row.object, "value"))
		if _, absent := v.(undefined); absent {
			v = "undefined"
		}
		row.put("value", v)
	}
}
