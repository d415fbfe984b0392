package pxweb

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/pxext"
)

// headMerger unites the heads of parts. Objects are united member by member, in
// the order that the parts agree on; what two parts say differently is an error
// but for the few things that a selection changes by nature.
type headMerger struct {
	retitler
	arrays
	root        *value
	title       []byte          // token of the title of the whole, as the first part tells it
	keys        keyPlaces       // of descriptions
	noted       []*value        // objects whose notes are being united
	mandatories map[*value]bool // lists of notes that must be shown, to be sorted
	warnings    []string
	warned      map[string]bool
}

func newHeadMerger(titles retitler) *headMerger {
	return &headMerger{retitler: titles, arrays: arrays{map[*value]*itemUnion{}, map[*value]map[string]bool{}},
		keys: keyPlaces{}, mandatories: map[*value]bool{}, warned: map[string]bool{}}
}

// The orders in which servers write members. They decide where the parts leave
// open what stands first.
var (
	rootOrder = []string{"version", "class", "href", "label", "source", "updated", "link", "note", "role", "id", "size", "dimension", "extension", "value", "status"}
	dimOrder  = []string{"label", "note", "category", "extension", "link"}
	catOrder  = []string{"index", "label", "note", "child", "coordinates", "unit"}
	extOrder  = []string{pxext.Elimination, pxext.EliminationValue, pxext.NoteMandatory, "categoryNoteMandatory", "valueNoteMandatory", "refperiod", "show", "codelists", "measuringType", "priceType", "adjustment", "basePeriod", "alternativeText"}
	extRoot   = []string{pxext.NoteMandatory, "px", "tags", pxext.Discontinued, "contact"}
)

// warn warns of something once.
func (h *headMerger) warn(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !h.warned[text] {
		h.warned[text] = true
		h.warnings = append(h.warnings, text)
	}
}

// add unites the head of another part with those before.
func (h *headMerger) add(root *value) error {
	h.keys.note(root)
	if h.root == nil {
		h.root, h.title = root, h.titleOf(root)
		return nil
	}
	if err := h.notes(h.root, root); err != nil {
		return err
	}
	return unite(h.root, root, rootOrder, func(name string, a, b *value) (*value, error) {
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
			return a, unite(a, b, nil, func(role string, a, b *value) (*value, error) {
				h.open(a).add(b.items)
				return a, nil
			})
		case "extension":
			return a, unite(a, b, extRoot, h.rootExtension)
		}
		return nil, conflict("/"+name, a, b)
	})
}

// cells keeps the form of values and statuses that all parts have.
func (h *headMerger) cells(a, b *value) *value {
	if a.kind != b.kind {
		return &value{kind: '[', raw: []byte("[]")}
	}
	return a
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
	if h.unions[ours] == nil {
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
	list := extension.get(pxext.NoteMandatory)
	if list == nil || list.kind != '{' {
		return
	}
	for i := range list.members {
		if n, err := strconv.Atoi(list.members[i].name); err == nil && n >= 0 && n < len(moved) {
			list.members[i] = newMember(strconv.Itoa(moved[n]), list.members[i].value)
		}
	}
	list.raw, list.at, extension.raw = nil, nil, nil
}

// sortNumbers sorts the members of noteMandatory by number.
func sortNumbers(list *value) {
	if list == nil || list.kind != '{' {
		return
	}
	list.sortMembers(func(m member) int { n, _ := strconv.Atoi(m.name); return n })
}

// rootExtension decides about members of the table's extension that differ.
func (h *headMerger) rootExtension(name string, a, b *value) (*value, error) {
	if name == pxext.NoteMandatory {
		return a, h.mandatory(a, b)
	}
	if a.kind == '{' && b.kind == '{' {
		return a, unite(a, b, nil, func(inner string, a, b *value) (*value, error) {
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
		h.adds(a, b.items, func(item *value) string { return string(item.appendTo(nil)) }, true)
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
	err := unite(a, b, nil, func(_ string, a, b *value) (*value, error) {
		if b.isTrue() {
			return b, nil
		}
		return a, nil
	})
	h.mandatories[a] = true
	return err
}

// links unites the links of the table or of a dimension: relation by relation,
// and descriptions name by name.
func (h *headMerger) links(path string, a, b *value) error {
	return unite(a, b, nil, func(rel string, a, b *value) (*value, error) {
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
			if err := unite(a.items[k], item, nil, func(name string, x, y *value) (*value, error) {
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
	return unite(a, b, nil, func(id string, a, b *value) (*value, error) {
		path := "/dimension/" + id
		if err := h.notes(a, b); err != nil {
			return nil, err
		}
		return a, unite(a, b, dimOrder, func(name string, a, b *value) (*value, error) {
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
	return unite(a, b, catOrder, func(name string, x, y *value) (*value, error) {
		if name == "index" {
			return h.index(x, y), nil
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

// index collects the codes of both, in whatever order.
func (h *headMerger) index(a, b *value) *value {
	if a.kind == '{' && b.kind == '{' {
		_ = uniteCodes("", a, b, func(string, *value, *value) error { return nil })
		return a
	}
	h.adds(a, b.items, (*value).text, false)
	a.raw = nil
	return a
}

func (h *headMerger) dimExtension(path string, a, b *value) error {
	return unite(a, b, extOrder, func(name string, x, y *value) (*value, error) {
		switch {
		case name == pxext.Elimination:
			if y.isTrue() {
				return y, nil
			}
			return x, nil
		case name == pxext.NoteMandatory:
			return x, h.mandatory(x, y)
		case x.kind == '{' && y.kind == '{':
			return x, uniteCodes(path+"/"+name, x, y, func(code string, p, q *value) error {
				return conflict(path+"/"+name+"/"+code, p, q)
			})
		}
		return nil, conflict(path+"/"+name, x, y)
	})
}

// finish gives notes their numbers and writes the target order into the united head:
// sizes, indexes, and the order of whatever is keyed by code.
func (h *headMerger) finish(dims []target) {
	h.close()
	for _, v := range h.noted {
		renumber(v.get("extension"), h.unions[v.get("note")].places())
		sortNumbers(v.get("extension").get(pxext.NoteMandatory))
	}
	for list := range h.mandatories {
		sortNumbers(list)
	}
	size := &value{kind: '['}
	for _, d := range dims {
		size.items = append(size.items, &value{raw: strconv.AppendInt(nil, int64(len(d.codes)), 10)})
	}
	h.root.set("size", size)
	all := h.root.get("dimension")
	for _, d := range dims {
		if dim := all.get(d.id); dim != nil && !d.same {
			d.eliminate(dim)
			d.order(dim, h.keys)
		}
	}
	h.root.raw, all.raw = nil, nil
}

// eliminate says of a variable that was cut whether it can be left out, as the whole
// says it. Servers say so of what was asked for: of a variable with a total only where
// that is among the values, then one of the parts says it as well; of one that is summed
// up only where all values are there, which no part can say.
func (d *target) eliminate(dim *value) {
	ext := dim.get("extension")
	if said := ext.get(pxext.Elimination); said != nil && d.summed && !said.isTrue() {
		ext.set(pxext.Elimination, &value{raw: []byte("true")})
		dim.raw = nil
	}
}
