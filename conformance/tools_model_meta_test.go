package conformance_test

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

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
		if !slices.ContainsFunc(d.units, func(v any) bool { _, ok := v.(*object); return ok }) {
			return nil
		}
		return ownUnit(d.units[k])
	}
	// The first of a label gives its unit to all, whichever dimension it is of.
	name := jsString(label)
	if !m.call.has["c"] {
		name = "undefined"
		for k := len(d.ids) - 1; k >= 0; k-- {
			if jsString(m.categoryLabel(d, k)) == jsString(label) {
				name = d.ids[k]
			}
		}
	}
	return member(d.tree.object("category").object("unit"), name)
}

// ownUnit is a unit as we write it: the members of the format first, unless they are
// empty or not understood.
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
			if v == nil || v == "" || isNested(v) {
				rest.put(name, v)
			}
		default:
			rest.put(name, v)
		}
	}
	for _, name := range []string{"decimals", "label", "symbol", "position"} {
		switch v := unit.get(name); {
		case rest.has(name), v == nil:
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
