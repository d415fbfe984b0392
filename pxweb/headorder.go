package pxweb

import (
	"slices"
	"strconv"
)

// finish writes the target order into the united head: sizes, indexes, and the
// order of whatever is keyed by code.
func (h *headMerger) finish(dims []target) {
	h.close()
	size := &value{kind: '['}
	for _, d := range dims {
		size.items = append(size.items, &value{raw: strconv.AppendInt(nil, int64(len(d.codes)), 10)})
	}
	h.root.set("size", size)
	all := h.root.get("dimension")
	for _, d := range dims {
		if dim := all.get(d.id); dim != nil && !d.same {
			d.order(dim, h.keys)
		}
	}
	h.root.raw, all.raw = nil, nil
}

// order sorts what is keyed by code in a dimension.
func (d *target) order(dim *value, keys map[string]keyPlace) {
	rank := make(map[string]int, len(d.codes))
	for i, code := range d.codes {
		rank[code] = i
	}
	byCode := func(v *value) bool {
		if v.kind != '{' || len(v.members) == 0 {
			return false
		}
		for _, m := range v.members {
			if _, ok := rank[m.name]; !ok {
				return false
			}
		}
		return true
	}
	sortCodes := func(v *value) {
		less := func(a, b member) int { return rank[a.name] - rank[b.name] }
		if !slices.IsSortedFunc(v.members, less) {
			slices.SortStableFunc(v.members, less)
			v.raw, v.at = nil, nil
		}
	}
	cat := dim.get("category")
	for i := range cat.members {
		v := cat.members[i].value
		switch {
		case cat.members[i].name == "index" && v.kind == '[':
			slices.SortStableFunc(v.items, func(a, b *value) int { return rank[a.text()] - rank[b.text()] })
			v.raw = nil
		case cat.members[i].name == "index":
			sortCodes(v)
			for k := range v.members {
				v.members[k].value = &value{raw: strconv.AppendInt(nil, int64(k), 10)}
			}
			v.raw = nil
		case byCode(v):
			sortCodes(v)
		}
	}
	cat.raw = nil
	if ext := dim.get("extension"); ext != nil {
		for i := range ext.members {
			if ext.members[i].name != "noteMandatory" && byCode(ext.members[i].value) {
				sortCodes(ext.members[i].value)
				ext.raw = nil
			}
		}
	}
	for _, item := range describedBy(dim) {
		names := item.get("extension")
		if names == nil || names.kind != '{' {
			continue
		}
		key := func(m member) int {
			place := keys[d.id+"\x00"+m.name]
			k, ok := rank[m.name]
			switch {
			case ok && !place.variable:
				return k
			case place.first:
				return -1
			}
			return len(rank)
		}
		if !slices.IsSortedFunc(names.members, func(a, b member) int { return key(a) - key(b) }) {
			slices.SortStableFunc(names.members, func(a, b member) int { return key(a) - key(b) })
			names.raw, names.at, item.raw = nil, nil, nil
			dim.get("link").raw, dim.get("link").get("describedby").raw = nil, nil
		}
	}
	dim.raw = nil
}

func describedBy(dim *value) []*value {
	if list := dim.get("link").get("describedby"); list != nil {
		return list.items
	}
	return nil
}
