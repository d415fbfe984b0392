package pxweb

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

func appendQuoted(b []byte, text string) []byte { return jsonstat.AppendQuoted(b, text) }

// headMerger unites the heads of parts. Objects are united member by member, in
// the order that the parts agree on; what two parts say differently is an error
// but for the few things that a selection changes by nature.
type headMerger struct {
	root        *value
	metric      string // the variable that is the contents, "" if there is none
	metricSplit bool   // parts have different contents
	warnings    []string
	warned      map[string]bool
	opened      []*value        // arrays that are being united
	noted       []*value        // objects whose notes are
	mandatories map[*value]bool // lists of notes that must be shown, to be sorted
	tableTitle  string          // of the metadata

	title []byte              // token of the title of the whole, as the first part tells it
	keys  map[string]keyPlace // of descriptions, by dimension and key
}

// keyPlace is where a key that describes a variable stands among those that
// describe its values.
type keyPlace struct {
	variable bool // it is the variable's, although a value may have the same code
	first    bool // it stands before them
}

// The orders in which servers write members. They decide where the parts leave
// open what stands first.
var (
	rootOrder = []string{"version", "class", "href", "label", "source", "updated", "link", "note", "role", "id", "size", "dimension", "extension", "value", "status"}
	dimOrder  = []string{"label", "note", "category", "extension", "link"}
	catOrder  = []string{"index", "label", "note", "child", "coordinates", "unit"}
	extOrder  = []string{"elimination", "eliminationValueCode", "noteMandatory", "categoryNoteMandatory", "valueNoteMandatory", "refperiod", "show", "codelists", "measuringType", "priceType", "adjustment", "basePeriod", "alternativeText"}
	extRoot   = []string{"noteMandatory", "px", "tags", "discontinued", "contact"}
)

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

func (h *headMerger) warn(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !h.warned[text] {
		if h.warned == nil {
			h.warned = map[string]bool{}
		}
		h.warned[text] = true
		h.warnings = append(h.warnings, text)
	}
}

// add unites the head of another part with those before.
func (h *headMerger) add(root *value) error {
	h.noteKeys(root)
	if h.root == nil {
		h.root, h.title = root, h.titleOf(root)
		return nil
	}
	if err := h.notes(h.root, root); err != nil {
		return err
	}
	return h.unite(h.root, root, rootOrder, func(name string, a, b *value) (*value, error) {
		switch name {
		case "value", "status":
			return h.cells(a, b), nil
		case "size", "note":
			return a, nil // size is made anew, notes are united already
		case "label":
			if bytes.Equal(h.titleOf(root), h.title) {
				return &value{raw: h.title}, nil
			}
			h.warn("the parts have different titles; the first one stands: %s", shorten(a))
			return a, nil
		case "updated":
			if Since(b.text(), a.text()) {
				return b, nil
			}
			return a, nil
		case "dimension":
			return a, h.dimensions(a, b)
		case "link":
			return a, h.links("/link", a, b)
		case "role":
			return a, h.unite(a, b, nil, func(role string, a, b *value) (*value, error) {
				h.open(a).add(b.items)
				return a, nil
			})
		case "extension":
			return a, h.unite(a, b, extRoot, h.rootExtension)
		}
		return nil, conflict("/"+name, a, b)
	})
}

// noteKeys notes where the keys of descriptions that are no codes stand. One that is
// the code of the variable and of a value is the variable's if a part has it
// without that value.
func (h *headMerger) noteKeys(root *value) {
	all := root.get("dimension")
	if all == nil {
		return
	}
	if h.keys == nil {
		h.keys = map[string]keyPlace{}
	}
	for _, dim := range all.members {
		codes := codesOf(dim.value)
		for _, item := range describedBy(dim.value) {
			names := item.get("extension")
			if names == nil {
				continue
			}
			for i, m := range names.members {
				if codes[m.name] {
					continue
				}
				place := h.keys[dim.name+"\x00"+m.name]
				place.variable = true
				if i == 0 && len(names.members) > 1 {
					place.first = true
				}
				h.keys[dim.name+"\x00"+m.name] = place
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

// cells keeps the form of values and statuses that all parts have.
func (h *headMerger) cells(a, b *value) *value {
	if a.kind != b.kind {
		return &value{kind: '[', raw: []byte("[]")}
	}
	return a
}

// unite unites two objects. Members that both have and that differ are given to
// differ.
func (h *headMerger) unite(a, b *value, order []string, differ func(name string, a, b *value) (*value, error)) error {
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
		a.weave(b, at, order)
	}
	return nil
}

// passed is the place of a member that needs none.
const passed = -2

// weave puts the members of b whose place in a is negative into a: each behind those
// that stand before it in b and before those behind it, where these leave it open by
// the order of names.
func (v *value) weave(b *value, at []int, order []string) {
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

// notes unites the notes of the table or of a dimension, together with the list
// of those that must be shown, which is keyed by their number.
func (h *headMerger) notes(a, b *value) error {
	theirs := b.get("note")
	if theirs == nil || theirs.kind != '[' {
		return nil
	}
	ours := a.get("note")
	if ours == nil {
		return nil // they are taken over whole, their numbers with them
	}
	if ours.kind != '[' {
		return conflict("/note", ours, theirs)
	}
	if ours.union == nil {
		h.noted = append(h.noted, a)
	}
	// Notes that must be shown go by the numbers that the union gives them, until all
	// are there.
	renumber(b.get("extension"), h.open(ours).add(theirs.items))
	a.raw = nil
	// Even if they differ now, they are one.
	b.set("note", ours)
	return nil
}

// renumber gives the notes of noteMandatory their new numbers.
func renumber(extension *value, moved []int) {
	list := extension.get("noteMandatory")
	if list == nil || list.kind != '{' {
		return
	}
	for i := range list.members {
		if n, err := strconv.Atoi(list.members[i].name); err == nil && n >= 0 && n < len(moved) {
			name := strconv.Itoa(moved[n])
			list.members[i].name, list.members[i].quoted = name, appendQuoted(nil, name)
		}
	}
	list.raw, list.at, extension.raw = nil, nil, nil
}

// sortNumbers sorts the members of noteMandatory by number.
func sortNumbers(list *value) {
	if list == nil || list.kind != '{' {
		return
	}
	key := func(m member) int { n, _ := strconv.Atoi(m.name); return n }
	if !slices.IsSortedFunc(list.members, func(a, b member) int { return key(a) - key(b) }) {
		slices.SortStableFunc(list.members, func(a, b member) int { return key(a) - key(b) })
		list.raw, list.at = nil, nil
	}
}

// rootExtension decides about members of the table's extension that differ.
func (h *headMerger) rootExtension(name string, a, b *value) (*value, error) {
	if name == "noteMandatory" {
		return a, h.mandatory(a, b)
	}
	if a.kind == '{' && b.kind == '{' {
		return a, h.unite(a, b, nil, func(inner string, a, b *value) (*value, error) {
			switch {
			case inner == "decimals" && h.metricSplit:
				if number(b) > number(a) {
					return b, nil
				}
				return a, nil
			case h.metricSplit:
				h.warn("the parts say different things of %s; what the first says stands", inner)
				return a, nil
			}
			return nil, conflict("/extension/"+name+"/"+inner, a, b)
		})
	}
	if a.kind == '[' && b.kind == '[' { // contacts, tags: each when it first comes up
		a.adds(b.items, func(item *value) string { return string(item.appendTo(nil)) }, true)
		return a, nil
	}
	if h.metricSplit {
		h.warn("the parts say different things of %s; what the first says stands", name)
		return a, nil
	}
	return nil, conflict("/extension/"+name, a, b)
}

func number(v *value) float64 {
	f, _ := strconv.ParseFloat(string(v.raw), 64)
	return f
}

// mandatory unites lists of notes that must be shown.
func (h *headMerger) mandatory(a, b *value) error {
	err := h.unite(a, b, nil, func(_ string, a, b *value) (*value, error) {
		if b.isTrue() {
			return b, nil
		}
		return a, nil
	})
	if h.mandatories == nil {
		h.mandatories = map[*value]bool{}
	}
	h.mandatories[a] = true
	return err
}

// links unites the links of the table or of a dimension: relation by relation,
// and descriptions name by name.
func (h *headMerger) links(path string, a, b *value) error {
	return h.unite(a, b, nil, func(rel string, a, b *value) (*value, error) {
		if a.kind != '[' || b.kind != '[' {
			return nil, conflict(path+"/"+rel, a, b)
		}
		if rel != "describedby" || len(a.items) == 0 || len(b.items) == 0 {
			h.open(a).add(b.items)
			return a, nil
		}
		// Normally one object with a member for each thing described.
		for k, item := range b.items {
			if k >= len(a.items) {
				a.items = append(a.items, item)
				continue
			}
			if err := h.unite(a.items[k], item, nil, func(name string, x, y *value) (*value, error) {
				if name != "extension" {
					return nil, conflict(path+"/"+rel+"/"+name, x, y)
				}
				return x, uniteCodes(path+"/"+rel, x, y, func(key string, x, y *value) error {
					return conflict(path+"/"+rel+"/extension/"+key, x, y)
				})
			}); err != nil {
				return nil, err
			}
		}
		a.raw = nil
		return a, nil
	})
}

func (h *headMerger) dimensions(a, b *value) error {
	return h.unite(a, b, nil, func(id string, a, b *value) (*value, error) {
		path := "/dimension/" + id
		if err := h.notes(a, b); err != nil {
			return nil, err
		}
		return a, h.unite(a, b, dimOrder, func(name string, a, b *value) (*value, error) {
			switch name {
			case "note":
				return a, nil
			case "label":
				h.warn("the parts call %s differently; what the first says stands: %s", id, shorten(a))
				return a, nil
			case "category":
				return a, h.category(path+"/category", a, b)
			case "extension":
				return a, h.dimExtension(path+"/extension", a, b)
			case "link":
				return a, h.links(path+"/link", a, b)
			}
			return nil, conflict(path+"/"+name, a, b)
		})
	})
}

// category unites what is said of categories. The index is made anew.
func (h *headMerger) category(path string, a, b *value) error {
	return h.unite(a, b, catOrder, func(name string, x, y *value) (*value, error) {
		if name == "index" {
			return indexUnion(x, y), nil
		}
		return x, uniteCodes(path+"/"+name, x, y, func(code string, p, q *value) error {
			if name == "label" {
				h.warn("the parts call %s differently; what the first says stands: %s", code, shorten(p))
				return nil
			}
			return conflict(path+"/"+name+"/"+code, p, q)
		})
	})
}

// indexUnion collects the codes of both, in whatever order.
func indexUnion(a, b *value) *value {
	if a.kind == '{' && b.kind == '{' {
		_ = uniteCodes("", a, b, func(string, *value, *value) error { return nil })
		return a
	}
	a.adds(b.items, (*value).text, false)
	a.raw = nil
	return a
}

func (h *headMerger) dimExtension(path string, a, b *value) error {
	return h.unite(a, b, extOrder, func(name string, x, y *value) (*value, error) {
		switch {
		case name == "elimination":
			if y.isTrue() {
				return y, nil
			}
			return x, nil
		case name == "noteMandatory":
			return x, h.mandatory(x, y)
		case x.kind == '{' && y.kind == '{':
			return x, uniteCodes(path+"/"+name, x, y, func(code string, p, q *value) error {
				return conflict(path+"/"+name+"/"+code, p, q)
			})
		}
		return nil, conflict(path+"/"+name, x, y)
	})
}
