package jsonstat

import (
	"encoding/json"
	"strconv"
)

// dimension reads a dimension object.
func (d *Document) dimension(id string, n node) (*Dimension, error) {
	dim := &Dimension{id: id}
	if !n.isObject() {
		return nil, d.errorAt(n, ErrNotJSONStat, "dimension %q is %s, not an object", id, n.what())
	}
	var category node
	for name, v := range n.members {
		dim.order = append(dim.order, name)
		switch name {
		case "label":
			dim.label = d.text(v, "label")
		case "href":
			dim.href = d.text(v, "href")
		case "note":
			dim.notes = d.notes(v)
		case "link":
			dim.links = readLinks(v)
		case "extension":
			dim.extension = v.message()
		case "category":
			category = v
		case "class", "version": // of a document of class dimension
		default:
			dim.members = append(dim.members, Member{name, v.message()})
		}
	}
	if !category.isObject() {
		switch {
		case category.ok():
			return nil, d.errorAt(category, ErrNotJSONStat, `"category" of dimension %q is %s, not an object`, id, category.what())
		case dim.href != "":
			return nil, d.errorAt(n, ErrNoData, "dimension %q is not in the document, it only refers to %s; fetch that and put it in", id, dim.href)
		}
		return nil, d.errorAt(n, ErrNotJSONStat, `dimension %q has no "category"`, id)
	}
	return dim, d.categories(dim, category)
}

// text is the text of a member that should be a string.
func (d *Document) text(n node, name string) string {
	if n.isString() || n.isNull() {
		if n.isNull() {
			return ""
		}
		return n.str()
	}
	d.warn(WarnMember, n, `"%s" is %s, not a string`, name, n.what())
	s, _ := n.scalar()
	return s
}

// notes reads a list of remarks; a single one may stand without its array.
func (d *Document) notes(n node) []string {
	var notes []string
	switch {
	case n.isArray():
		for _, item := range n.items {
			if s, ok := item.scalar(); ok {
				notes = append(notes, s)
			}
		}
	case n.isString():
		d.warn(WarnMember, n, `"note" is a string, not an array`)
		notes = []string{n.str()}
	case !n.isNull():
		d.warn(WarnMember, n, `"note" is %s, not an array`, n.what())
	}
	return notes
}

// categories reads a category object.
func (d *Document) categories(dim *Dimension, n node) error {
	parts := map[string]node{}
	for name, v := range n.members {
		if parts[name].ok() {
			d.warn(WarnDuplicate, v, "%q stands twice in the same object", name)
		}
		switch name {
		case "index", "label", "unit", "coordinates", "child", "note":
			parts[name] = v
		default:
			dim.catExtra = append(dim.catExtra, Member{name, v.message()})
		}
	}
	index, label := parts["index"], parts["label"]
	var err error
	switch {
	case index.isArray():
		dim.array = true
		err = d.indexArray(dim, index)
	case index.isObject():
		err = d.indexObject(dim, index)
	case index.ok() && !index.isNull():
		return d.errorAt(index, ErrNotJSONStat, `"index" of dimension %q is %s, not an array or an object`, dim.id, index.what())
	case label.isObject():
		d.indexFromLabels(dim, label)
	default:
		return d.errorAt(n, ErrNotJSONStat, `the category of dimension %q has neither "index" nor "label"`, dim.id)
	}
	if err != nil {
		return err
	}
	d.readUnits(dim, parts["unit"])
	if err := d.readLabels(dim, label); err != nil {
		return err
	}
	for id, v := range parts["note"].members {
		if i := d.category(dim, id, v, "note"); i >= 0 {
			set(&dim.catNotes, i, d.notes(v))
		}
	}
	for id, v := range parts["coordinates"].members {
		if i := d.category(dim, id, v, "coordinates"); i >= 0 {
			d.readCoordinates(dim, i, v)
		}
	}
	d.readChildren(dim, parts["child"])
	return nil
}

// category finds what a member about a category is about; -1 for none.
func (d *Document) category(dim *Dimension, id string, n node, what string) int {
	if i, ok := dim.index[id]; ok {
		return i
	}
	d.warn(WarnCategory, n, "%s of category %q, which dimension %q does not have", what, shorten(id, 40), dim.id)
	return -1
}

func (d *Document) indexArray(dim *Dimension, n node) error {
	count := n.len()
	dim.ids = make([]string, 0, count)
	dim.index = make(map[string]int, count)
	for i, v := range n.items {
		id, ok := v.scalar()
		if !ok {
			return d.errorAt(v, ErrNotJSONStat, "category %d of dimension %q is %s, not an id", i, dim.id, v.what())
		}
		if !v.isString() {
			d.warn(WarnIndexType, v, "a category id is %s, not a string", v.what())
		}
		if first, twice := dim.index[id]; twice {
			return d.errorAt(v, ErrNotJSONStat, "dimension %q has category %q twice, as number %d and %d: its cells cannot be told apart", dim.id, id, first, i)
		}
		dim.index[id] = i
		dim.ids = append(dim.ids, id)
	}
	return nil
}

func (d *Document) indexObject(dim *Dimension, n node) error {
	count := n.len()
	dim.ids = make([]string, count)
	dim.index = make(map[string]int, count)
	filled := make([]bool, count)
	for id, v := range n.members {
		text, ok := v.scalar()
		pos, err := strconv.Atoi(text)
		if !ok || err != nil {
			return d.errorAt(v, ErrNotJSONStat, "the position of category %q of dimension %q is %s, not a whole number", shorten(id, 40), dim.id, v.what())
		}
		if !v.isNumber() {
			d.warn(WarnIndexType, v, "the position of a category is %s, not a number", v.what())
		}
		if _, twice := dim.index[id]; twice {
			return d.errorAt(v, ErrNotJSONStat, "dimension %q has category %q twice", dim.id, shorten(id, 40))
		}
		switch {
		case pos < 0 || pos >= count:
			return d.errorAt(v, ErrNotJSONStat, "category %q of dimension %q is at position %d: %d categories have the positions 0 to %d (INDEX_POSITIONS_INVALID)",
				shorten(id, 40), dim.id, pos, count, count-1)
		case filled[pos]:
			return d.errorAt(v, ErrNotJSONStat, "categories %q and %q of dimension %q are both at position %d (INDEX_POSITIONS_INVALID)",
				shorten(dim.ids[pos], 40), shorten(id, 40), dim.id, pos)
		}
		dim.ids[pos], filled[pos] = id, true
		dim.index[id] = pos
	}
	return nil
}

// indexFromLabels takes the order of the labels for that of the categories,
// which the specification allows for a single one.
func (d *Document) indexFromLabels(dim *Dimension, label node) {
	dim.array = true
	dim.index = map[string]int{}
	for id := range label.members {
		if _, twice := dim.index[id]; !twice {
			dim.index[id] = len(dim.ids)
			dim.ids = append(dim.ids, id)
		}
	}
	if len(dim.ids) > 1 {
		d.warn(WarnIndexMissing, label, `dimension %q has %d categories and no "index": they are taken in the order of their labels`, dim.id, len(dim.ids))
	}
}

// readLabels reads the labels. A category without one is shown by the label of
// its unit, which is all that some offices write, else by its id.
func (d *Document) readLabels(dim *Dimension, n node) error {
	switch {
	case n.isObject():
	case n.isArray() && n.len() == len(dim.ids):
		d.warn(WarnLabelType, n, `"label" of a category is an array, not an object: its items are taken in the order of the categories`)
	case n.ok() && !n.isNull():
		return d.errorAt(n, ErrNotJSONStat, `"label" of the categories of dimension %q is %s, not an object`, dim.id, n.what())
	}
	labels := make([]string, len(dim.ids))
	seen := make([]bool, len(dim.ids))
	next := 0 // labels mostly come in the order of the index
	read := func(i int, v node) {
		if seen[i] {
			d.warn(WarnDuplicate, v, "the label of category %q stands twice", shorten(dim.ids[i], 40))
		}
		seen[i] = true
		text, ok := v.scalar()
		if ok && !v.isString() {
			d.warn(WarnLabelType, v, "the label of a category is %s, not a string", v.what())
		}
		labels[i] = text
	}
	for id, v := range n.members {
		if next >= len(dim.ids) || dim.ids[next] != id {
			i, ok := dim.index[id]
			if !ok {
				d.category(dim, id, v, "label")
				continue
			}
			next = i
		}
		read(next, v)
		next++
	}
	for i, v := range n.items {
		read(i, v)
	}
	any := n.isObject() && n.len() > 0
	for i := range labels {
		if labels[i] != "" {
			continue
		}
		labels[i] = dim.ids[i]
		if n.isObject() {
			d.warn(WarnLabel, n, "category %q of dimension %q has no label: its id stands for it", shorten(dim.ids[i], 40), dim.id)
		}
		if u := dim.units[i]; u != nil && u.Label != "" {
			labels[i], any = u.Label, true
		}
	}
	if any || n.isArray() {
		dim.labels = labels
	}
	return nil
}

func (d *Document) readUnits(dim *Dimension, n node) {
	for id, v := range n.members {
		i := d.category(dim, id, v, "unit")
		if i < 0 || !v.isObject() {
			continue
		}
		u := &Unit{}
		for name, m := range v.members {
			switch name {
			case "label":
				u.Label, _ = m.scalar()
			case "symbol":
				u.Symbol, _ = m.scalar()
			case "position":
				u.Position, _ = m.scalar()
			case "decimals":
				text, _ := m.scalar()
				if k, err := strconv.Atoi(text); err == nil && k >= 0 {
					u.Decimals = &k
				} else {
					// PxWeb writes -1 for "not set".
					u.Members = append(u.Members, Member{name, m.message()})
				}
			default:
				u.Members = append(u.Members, Member{name, m.message()})
			}
		}
		set(&dim.units, i, u)
	}
}

func (d *Document) readCoordinates(dim *Dimension, i int, n node) {
	var c []json.Number
	for _, v := range n.items {
		if text, ok := v.scalar(); ok {
			c = append(c, json.Number(text))
		}
	}
	if len(c) != 2 {
		d.warn(WarnMember, n, "coordinates are not an array of two numbers")
		return
	}
	set(&dim.coords, i, &Coordinates{Longitude: c[0], Latitude: c[1]})
}

func (d *Document) readChildren(dim *Dimension, n node) {
	for id, v := range n.members {
		parent := d.category(dim, id, v, "children")
		if parent < 0 {
			continue
		}
		list := []int(nil)
		for _, item := range v.items {
			name, _ := item.scalar()
			if k := d.category(dim, name, item, "child"); k >= 0 {
				list = append(list, k)
			}
		}
		if len(list) > 0 {
			set(&dim.children, parent, list)
		}
	}
	if k := dim.circle(); k >= 0 {
		d.warn(WarnChild, n, "category %q of dimension %q is among its own descendants", shorten(dim.ids[k], 40), dim.id)
	}
}

// circle finds a category that is its own descendant; -1 if there is none.
func (d *Dimension) circle() int {
	const (
		open = 1 + iota
		closed
	)
	state := make(map[int]uint8, len(d.children))
	type step struct{ i, next int }
	for top := range d.children {
		for path := []step{{top, 0}}; len(path) > 0; {
			s := &path[len(path)-1]
			if s.next == 0 {
				if state[s.i] == closed {
					path = path[:len(path)-1]
					continue
				}
				state[s.i] = open
			}
			if s.next == len(d.children[s.i]) {
				state[s.i] = closed
				path = path[:len(path)-1]
				continue
			}
			child := d.children[s.i][s.next]
			s.next++
			if state[child] == open {
				return child
			}
			path = append(path, step{child, 0})
		}
	}
	return -1
}
