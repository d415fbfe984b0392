package conformance_test

import (
	"bytes"
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
		if !m.dropped(i) && m.dims[i].id != m.call.by {
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
	if m.call.has["k"] && m.byID() {
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

// pivot are the rows of a pivot.
func (m *tableModel) pivot() []*jsObject {
	by := m.dimension(m.call.by)
	if !m.rules["pivot-members"] {
		return m.ownPivot(by)
	}
	titles := m.titles()
	last := map[string]string{} // the last category of a label gives its id
	for k, id := range m.dims[by].ids {
		last[jsString(m.categoryLabel(&m.dims[by], k))] = id
	}
	found := map[string]*jsObject{}
	var keys []string
	for pos := range m.values {
		coords := m.coords(pos)
		long := newJSObject() // the row of the long table, of which a dimension may be called value
		long.put("value", m.value(pos))
		for dim := len(m.dims) - 1; dim >= 0; dim-- {
			long.put(titles[dim], m.label(dim, coords[dim]))
		}
		m.commaAtEnd(long)
		var words []string
		row := newJSObject()
		for dim := range m.dims {
			if dim == by || m.dropped(dim) {
				continue
			}
			v := member(&long.object, m.dims[dim].id)
			row.put(m.dims[dim].id, v)
			if orNull(v) == nil {
				v = ""
			}
			words = append(words, jsString(v))
		}
		key := strings.Join(words, "\t")
		if found[key] == nil {
			found[key] = row
			keys = append(keys, key)
		}
		name := jsString(member(&long.object, m.dims[by].id))
		if !m.call.has["l"] && !m.call.has["c"] {
			id, ok := last[name]
			if name = id; !ok {
				name = "undefined"
			}
		}
		found[key].put(m.call.prefix+name, long.get("value"))
	}
	var rows []*jsObject
	for _, key := range indexesFirst(keys) {
		rows = append(rows, found[key])
	}
	return rows
}

// ownPivot are the rows of our pivots: one for each combination of categories.
func (m *tableModel) ownPivot(by int) []*jsObject {
	titles := m.titles()
	seen := map[string]int{}
	for dim, title := range titles {
		if dim != by && !m.dropped(dim) {
			seen[title]++
		}
	}
	names := make([]string, len(m.dims[by].ids))
	for k, id := range m.dims[by].ids {
		names[k] = id
		if m.call.has["l"] && !m.call.has["c"] {
			names[k] = jsString(m.categoryLabel(&m.dims[by], k))
		}
		names[k] = m.call.prefix + names[k]
		seen[names[k]]++
	}
	for k, id := range m.dims[by].ids {
		if seen[names[k]] > 1 {
			names[k] += " [" + id + "]"
		}
	}
	found := map[int]*jsObject{}
	var rows []*jsObject
	stride := int(m.shape.Strides()[by])
	for pos := range m.values {
		coords := m.coords(pos)
		first := pos - coords[by]*stride
		row := found[first]
		if row == nil {
			row = newJSObject()
			for dim := range m.dims {
				if dim != by && !m.dropped(dim) {
					row.put(titles[dim], m.label(dim, coords[dim]))
				}
			}
			found[first] = row
			rows = append(rows, row)
		}
		row.put(names[coords[by]], m.value(pos))
	}
	return rows
}

// unitDimensions are the dimensions behind which a row has the unit of another
// one, or of themselves.
func (m *tableModel) unitDimensions() map[int]int {
	if !m.call.has["u"] || m.call.by != "" || !m.objects() {
		return nil
	}
	units := map[int]int{}
	if !m.rules["unit-understood"] {
		for dim, d := range m.dims {
			if d.ours.Role() == jsonstat.Metric {
				return map[int]int{dim: dim}
			}
		}
		return nil
	}
	role := m.tree0().object("role")
	if !m.rules["unit-before-2"] && falsy(m.tree0().get("role")) {
		role = m.tree0().object("dimension").object("role")
	}
	metric := role.array("metric")
	for dim := range m.dims {
		of := dim
		if m.rules["unit-flabel"] {
			of = m.dimension(m.title(dim))
		}
		if of >= 0 && slices.Contains(metric, any(m.dims[of].id)) {
			units[dim] = of
		}
	}
	return units
}

func (m *tableModel) tree0() *object { return m.cube.tree }

// unit is the unit of a category.
func (m *tableModel) unit(dim, k int, label any) any {
	d := &m.dims[dim]
	if falsy(d.tree.object("category").get("unit")) {
		return nil
	}
	if !m.rules["unit-understood"] {
		return ownUnit(d.units[k])
	}
	// The first of a label gives its unit to all, whichever dimension it is of.
	name := jsString(label)
	if !m.call.has["c"] {
		for k := len(d.ids) - 1; k >= 0; k-- {
			if jsString(m.categoryLabel(d, k)) == jsString(label) {
				name = d.ids[k]
			}
		}
	}
	return member(d.tree.object("category").object("unit"), name)
}

// unitTextsLost says that empty texts of units are left out.
const unitTextsLost = true

// ownUnit is a unit as we write it: the members of the format first.
func ownUnit(raw any) any {
	unit, ok := raw.(*object)
	if !ok {
		return undefined{}
	}
	own, rest := newJSObject(), newJSObject()
	for _, name := range unit.names {
		v := unit.get(name)
		switch name {
		case "decimals":
			f, err := strconv.ParseFloat(jsString(v), 64)
			if err != nil || f < 0 || f > 400 || f != math.Trunc(f) {
				rest.put(name, v)
			}
		case "label", "symbol", "position":
			if v == nil || isNested(v) {
				rest.put(name, v)
			}
		default:
			rest.put(name, v)
		}
	}
	for _, name := range []string{"decimals", "label", "symbol", "position"} {
		switch v := unit.get(name); {
		case rest.has(name), v == nil, unitTextsLost && v == "":
		case name == "decimals":
			f, _ := strconv.ParseFloat(jsString(v), 64)
			own.put(name, json.Number(strconv.Itoa(int(f))))
		default:
			own.put(name, jsString(v))
		}
	}
	for _, name := range rest.names {
		own.put(name, rest.get(name))
	}
	return own.done()
}

// meta is the description of a table.
func (m *tableModel) meta() any {
	meta := newJSObject()
	text := func(name string) {
		v := m.tree0().get(name)
		if falsy(v) {
			v = nil
		}
		meta.put(name, v)
	}
	pivoted := m.call.by != ""
	text("label")
	text("source")
	text("updated")
	ids := []any{}
	for _, d := range m.dims {
		ids = append(ids, d.id)
	}
	meta.put("id", ids)
	meta.put("status", m.call.has["s"] && !pivoted)
	meta.put("unit", m.metaUnit())
	meta.put("by", nil)
	meta.put("bylabel", m.call.has["l"])
	meta.put("drop", nil)
	meta.put("prefix", nil)
	if pivoted {
		meta.set("by", m.call.by)
		meta.set("prefix", m.call.prefix)
		if len(m.call.drop) > 0 {
			drop := []any{}
			for _, id := range m.call.drop {
				if dim := m.dimension(id); dim < 0 || len(m.dims[dim].ids) > 1 {
					id = ""
				}
				drop = append(drop, id)
			}
			meta.set("drop", drop)
		}
	}
	meta.put("comma", m.call.has["k"])
	dimensions := newJSObject()
	for i := range m.dims {
		d := &m.dims[i]
		label := d.label
		if falsy(label) {
			label = nil
		}
		labels, ids := []any{}, []any{}
		for k := range d.ids {
			ids = append(ids, d.ids[k])
			labels = append(labels, orNull(m.categoryLabel(d, k)))
		}
		o, categories := newJSObject(), newJSObject()
		o.put("label", label)
		o.put("role", m.metaRole(i))
		categories.put("id", ids)
		categories.put("label", labels)
		o.put("categories", categories.done())
		dimensions.put(d.id, o.done())
	}
	meta.put("dimensions", dimensions.done())
	return meta.done()
}

// metaUnit tells whether a table says that it has units.
func (m *tableModel) metaUnit() bool {
	if m.rules["unit-flabel"] && m.call.has["u"] && m.call.by == "" {
		return !falsy(m.tree0().object("role").get("metric"))
	}
	return len(m.unitDimensions()) > 0
}

// metaRole is the role of a dimension, null where none has one.
func (m *tableModel) metaRole(dim int) any {
	if !m.rules["role-empty"] {
		for i := range m.dims {
			if m.dims[i].ours.Role() != jsonstat.Classification {
				return string(m.dims[dim].ours.Role())
			}
		}
		return nil
	}
	role := m.tree0().object("role")
	if role == nil && !m.tree0().has("version") {
		role = m.tree0().object("dimension").object("role")
	}
	if role == nil {
		return nil
	}
	for _, name := range role.names {
		if slices.Contains(role.array(name), any(m.dims[dim].id)) {
			return name
		}
	}
	if role.get("classification") != nil {
		return nil
	}
	return "classification"
}

// sameTree tells whether two values are the same JSON, with the members in the
// same order and numbers as doubles.
func sameTree(a, b any) bool {
	switch x := a.(type) {
	case *object:
		y, ok := b.(*object)
		if !ok || !slices.Equal(x.names, y.names) {
			return false
		}
		for _, name := range x.names {
			if !sameTree(x.get(name), y.get(name)) {
				return false
			}
		}
		return true
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !sameTree(x[i], y[i]) {
				return false
			}
		}
		return true
	}
	x, isX := a.(json.Number)
	y, isY := b.(json.Number)
	if isX && isY {
		return jsNumber(x.String()) == jsNumber(y.String())
	}
	return a == b
}

// text writes a value, for reports.
func treeText(v any) string {
	var b bytes.Buffer
	writeTree(&b, v)
	return b.String()
}

func writeTree(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case *object:
		b.WriteByte('{')
		for i, name := range v.names {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(quote(name) + ":")
			writeTree(b, v.get(name))
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			writeTree(b, item)
		}
		b.WriteByte(']')
	default:
		text, err := json.Marshal(v)
		if err != nil {
			text = []byte(jsString(v))
		}
		b.Write(text)
	}
}
