package conformance_test

import (
	"strings"
)

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
