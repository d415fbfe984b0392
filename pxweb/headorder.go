package pxweb

import (
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// keyPlaces are the keys that describe variables, by dimension and key: whether one
// stands before those that describe values. It is the variable's, although a value may
// have the same code.
type keyPlaces map[[2]string]bool

// note notes where the keys of descriptions that are no codes stand in the head of a
// part. One that is the code of the variable and of a value is the variable's if a
// part has it without that value.
func (p keyPlaces) note(root *value) {
	all := root.get("dimension")
	if all == nil {
		return
	}
	for _, dim := range all.members {
		codes := codesOf(dim.value)
		for _, item := range describedBy(dim.value) {
			names := item.get("extension")
			if names == nil {
				continue
			}
			for i, m := range names.members {
				if key := [2]string{dim.name, m.name}; !codes[m.name] {
					p[key] = p[key] || i == 0 && len(names.members) > 1
				}
			}
		}
	}
}

// codesOf are the codes of a dimension of a head.
func codesOf(dim *value) map[string]bool {
	codes := map[string]bool{}
	index := dim.get("category").get("index")
	if index == nil {
		return codes
	}
	for _, m := range index.members {
		codes[m.name] = true
	}
	for _, item := range index.items {
		codes[item.text()] = true
	}
	return codes
}

// order sorts what is keyed by code in a dimension.
func (d *target) order(dim *value, keys keyPlaces) {
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
	rankOf := func(m member) int { return rank[m.name] }
	cat := dim.get("category")
	for i := range cat.members {
		v := cat.members[i].value
		switch {
		case cat.members[i].name == "index" && v.kind == '[':
			slices.SortStableFunc(v.items, func(a, b *value) int { return rank[a.text()] - rank[b.text()] })
			v.raw = nil
		case cat.members[i].name == "index":
			v.sortMembers(rankOf)
			for k := range v.members {
				v.members[k].value = &value{raw: strconv.AppendInt(nil, int64(k), 10)}
			}
			v.raw = nil
		case byCode(v):
			v.sortMembers(rankOf)
		}
	}
	cat.raw = nil
	if ext := dim.get("extension"); ext != nil {
		for i := range ext.members {
			if ext.members[i].name != pxext.NoteMandatory && byCode(ext.members[i].value) {
				ext.members[i].value.sortMembers(rankOf)
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
			first, variable := keys[[2]string{d.id, m.name}]
			k, ok := rank[m.name]
			switch {
			case ok && !variable:
				return k
			case first:
				return -1
			}
			return len(rank)
		}
		if names.sortMembers(key) {
			item.raw = nil
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
