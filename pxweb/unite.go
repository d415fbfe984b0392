package pxweb

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// unite unites two objects. Members that both have and that differ are given to
// differ.
func unite(a, b *value, order []string, differ func(name string, a, b *value) (*value, error)) error {
	if a.kind != '{' || b.kind != '{' {
		if bytes.Equal(a.appendTo(nil), b.appendTo(nil)) {
			return nil
		}
		return conflict("/", a, b)
	}
	at := make([]int, len(b.members)) // places in a
	var fresh map[string]int          // of names that a has not, the first member
	for k, m := range b.members {
		var own **value
		if at[k] = a.index(m.name); at[k] >= 0 {
			own = &a.members[at[k]].value
		} else if first, twice := fresh[m.name]; twice {
			at[k], own = passed, &b.members[first].value
		} else {
			if fresh == nil {
				fresh = map[string]int{}
			}
			fresh[m.name] = k
			continue
		}
		if same(*own, m.value) {
			continue
		}
		to, err := differ(m.name, *own, m.value)
		if err != nil {
			return err
		}
		*own, a.raw = to, nil
	}
	if fresh != nil {
		weave(a, b, at, order)
	}
	return nil
}

// passed is the place of a member that needs none.
const passed = -2

// weave puts the members of b whose place in v is negative into v: each behind those
// that stand before it in b and before those behind it, where these leave it open by
// the order of names.
func weave(v, b *value, at []int, order []string) {
	var known []int // members of b that v has, in the order of v
	for k := range at {
		if at[k] >= 0 {
			known = append(known, k)
		}
	}
	slices.SortFunc(known, func(x, y int) int { return at[x] - at[y] })
	type insertion struct{ at, k int }
	var list []insertion
	after, next := 0, 0
	for k, m := range b.members {
		if at[k] >= 0 {
			after = max(after, at[k]+1)
		}
		if at[k] >= 0 || at[k] == passed {
			continue
		}
		for next < len(known) && (known[next] < k || at[known[next]] < after) {
			next++
		}
		to := len(v.members)
		if next < len(known) {
			to = at[known[next]]
		}
		if rank := slices.Index(order, m.name); rank >= 0 {
			for i := after; i < to; i++ {
				if slices.Index(order, v.members[i].name) > rank {
					to = i
				}
			}
		}
		list = append(list, insertion{to, k})
		after = to
	}
	if list[0].at == len(v.members) {
		for _, x := range list {
			v.push(b.members[x.k])
		}
		return
	}
	members := make([]member, 0, len(v.members)+len(list))
	from := 0
	for _, x := range list {
		members = append(append(members, v.members[from:x.at]...), b.members[x.k])
		from = x.at
	}
	v.members = append(members, v.members[from:]...)
	v.at, v.raw = nil, nil
}

// same tells whether two values are the same text. Of objects that were changed it
// does not know, and says no.
func same(a, b *value) bool {
	switch {
	case a == b:
		return true
	case a.raw != nil && b.raw != nil:
		return bytes.Equal(a.raw, b.raw)
	case a.kind != '[' || b.kind != '[' || len(a.items) != len(b.items):
		return false
	}
	for i := range a.items {
		if !same(a.items[i], b.items[i]) {
			return false
		}
	}
	return true
}

// uniteCodes unites two objects that are keyed by code. The order is made at the
// end, so new members are only appended.
func uniteCodes(path string, a, b *value, differ func(code string, a, b *value) error) error {
	if a.kind != '{' || b.kind != '{' {
		return conflict(path, a, b)
	}
	for _, m := range b.members {
		i := a.index(m.name)
		if i < 0 {
			a.push(m)
			continue
		}
		own := a.members[i].value
		if same(own, m.value) {
			continue
		}
		if err := differ(m.name, own, m.value); err != nil {
			return err
		}
	}
	return nil
}

func conflict(path string, a, b *value) error {
	return fmt.Errorf("%w: one says %s, another %s at %s", ErrMerge, shorten(a), shorten(b), path)
}

func shorten(v *value) string {
	text := string(v.appendTo(nil))
	if len(text) > 60 {
		text = strings.ToValidUTF8(text[:60], "") + "…"
	}
	return text
}
