package jsonstat

import (
	"encoding/json"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// decodeDimension reads a dimension object.
func (d *decoder) decodeDimension(id string, n jsontoken.Node) (*Dimension, error) {
	dim := &Dimension{id: id}
	if !n.IsObject() {
		return nil, d.errorAt(n, ErrNotJSONStat, "dimension %q is %s, not an object", brief(id), n.What())
	}
	d.warnRepeated(n)
	var category jsontoken.Node
	for name, v := range n.Members {
		dim.order = append(dim.order, name)
		switch name {
		case "label":
			dim.label = d.textMember(v, "label")
			dim.empty = appendEmpty(dim.empty, v, name)
		case "href":
			dim.href = d.textMember(v, "href")
			dim.empty = appendEmpty(dim.empty, v, name)
		case "note":
			dim.notes = d.decodeNotes(v)
		case "link":
			dim.links = d.decodeLinks(v)
		case "extension":
			dim.extension = d.decodeExtension(v)
		case "category":
			category = v
		case "class", "version": // of a document of class dimension
		case "updated", "source", "error":
			dim.members = append(dim.members, Member{name, d.rawMember(v)})
		default:
			d.unknownMember(v, name)
			dim.members = append(dim.members, Member{name, d.rawMember(v)})
		}
	}
	if !category.IsObject() {
		switch {
		case category.OK():
			return nil, d.errorAt(category, ErrNotJSONStat, `"category" of dimension %q is %s, not an object`, brief(id), category.What())
		case dim.href != "":
			return nil, d.errorAt(n, ErrNoData, "dimension %q is not in the document, it only refers to %s; fetch that and put it in", brief(id), jsontoken.Shorten(cleanText(dim.href), 200))
		}
		return nil, d.errorAt(n, ErrNotJSONStat, `dimension %q has no "category"`, brief(id))
	}
	return dim, d.decodeCategories(dim, category)
}

// decodeCategories reads a category object. "index" is read first, in any order of the
// text, since all other members are keyed by the ids that it lists.
func (d *decoder) decodeCategories(dim *Dimension, n jsontoken.Node) error {
	d.warnRepeated(n)
	parts := map[string]jsontoken.Node{}
	for name, v := range n.Members {
		switch name {
		case "index", "label", "unit", "coordinates", "child", "note":
			parts[name] = v
		default:
			d.unknownMember(v, name)
			dim.categoryMembers = append(dim.categoryMembers, Member{name, d.rawMember(v)})
		}
	}
	index, label := parts["index"], parts["label"]
	var err error
	switch {
	case index.IsArray():
		dim.indexArray = true
		err = d.decodeIndexArray(dim, index)
	case index.IsObject():
		err = d.decodeIndexObject(dim, index)
	case index.OK() && !index.IsNull():
		return d.errorAt(index, ErrNotJSONStat, `"index" of dimension %q is %s, not an array or an object`, brief(dim.id), index.What())
	case label.IsObject():
		d.indexFromLabels(dim, label)
	default:
		return d.errorAt(n, ErrNotJSONStat, `the category of dimension %q has neither "index" nor "label"`, brief(dim.id))
	}
	if err != nil {
		return err
	}
	for _, name := range []string{"unit", "coordinates", "child", "note"} {
		if v := parts[name]; v.OK() && !v.IsObject() {
			d.warn(WarnMember, v, "%q of the categories is %s, not an object by category: it is left out", name, v.What())
		}
	}
	d.decodeUnits(dim, parts["unit"])
	if err := d.decodeLabels(dim, label); err != nil {
		return err
	}
	for id, v := range parts["note"].Members {
		if i := d.findCategory(dim, id, v, "note"); i >= 0 {
			setInMap(&dim.catNotes, i, d.decodeNotes(v))
		}
	}
	for id, v := range parts["coordinates"].Members {
		if i := d.findCategory(dim, id, v, "coordinates"); i >= 0 {
			d.decodeCoordinates(dim, i, v)
		}
	}
	d.decodeChildren(dim, parts["child"])
	return nil
}

// unknownCategory has the validator's codes for what category looks for.
var unknownCategory = map[string]string{
	"label": "LABEL_KEY_UNKNOWN", "unit": "UNIT_KEY_UNKNOWN", "coordinates": "COORD_KEY_UNKNOWN",
	"note": "NOTE_KEY_UNKNOWN", "child": "CHILD_ID_UNKNOWN",
}

// findCategory is the index of the category that a member is about; -1, with a warning, if
// there is none.
func (d *decoder) findCategory(dim *Dimension, id string, n jsontoken.Node, what string) int {
	if i, ok := dim.index[id]; ok {
		return i
	}
	d.warn(WarnCategory, n, "%q is given for category %q, which dimension %q does not have: it is left out (%s)", what, brief(id), brief(dim.id), unknownCategory[what])
	return -1
}

// decodeIndexArray reads ["0301", "1103"]: the order is that of the array.
func (d *decoder) decodeIndexArray(dim *Dimension, n jsontoken.Node) error {
	count := n.Len()
	dim.ids = make([]string, 0, count)
	dim.index = make(map[string]int, count)
	for i, v := range n.Items {
		id, ok := v.Scalar()
		if !ok {
			return d.errorAt(v, ErrNotJSONStat, "category %d of dimension %q is %s, not an id", i, brief(dim.id), v.What())
		}
		if !v.IsString() {
			d.warn(WarnIndexType, v, "a category id is %s, not a string", v.What())
		}
		if first, twice := dim.index[id]; twice {
			return d.errorAt(v, ErrNotJSONStat, "dimension %q has category %q twice, as number %d and %d: its cells cannot be told apart", brief(dim.id), brief(id), first, i)
		}
		dim.index[id] = i
		dim.ids = append(dim.ids, id)
	}
	return nil
}

// decodeIndexObject reads {"1103": 1, "0301": 0}: the order is that of the positions, which
// must be all numbers from 0 to the last, each once.
func (d *decoder) decodeIndexObject(dim *Dimension, n jsontoken.Node) error {
	count := n.Len()
	dim.ids = make([]string, count)
	dim.index = make(map[string]int, count)
	filled := make([]bool, count)
	for id, v := range n.Members {
		pos, ok := wholeNumber(v)
		if !ok {
			return d.errorAt(v, ErrNotJSONStat, "the position of category %q of dimension %q is %s, not a whole number (INDEX_POSITIONS_INVALID)", brief(id), brief(dim.id), v.What())
		}
		if !v.IsNumber() {
			d.warn(WarnIndexType, v, "the position of a category is %s, not a number", v.What())
		}
		if _, twice := dim.index[id]; twice {
			return d.errorAt(v, ErrNotJSONStat, "dimension %q has category %q twice", brief(dim.id), brief(id))
		}
		switch {
		case pos < 0 || pos >= count:
			return d.errorAt(v, ErrNotJSONStat, "category %q of dimension %q is at position %d: %d categories have the positions 0 to %d (INDEX_POSITIONS_INVALID)",
				brief(id), brief(dim.id), pos, count, count-1)
		case filled[pos]:
			return d.errorAt(v, ErrNotJSONStat, "categories %q and %q of dimension %q are both at position %d (INDEX_POSITIONS_INVALID)",
				brief(dim.ids[pos]), brief(id), brief(dim.id), pos)
		}
		dim.ids[pos], filled[pos] = id, true
		dim.index[id] = pos
	}
	return nil
}

// indexFromLabels takes the order of the labels for that of the categories,
// which the specification allows for a single one.
func (d *decoder) indexFromLabels(dim *Dimension, label jsontoken.Node) {
	dim.indexArray = true
	dim.index = map[string]int{}
	for id := range label.Members {
		if _, twice := dim.index[id]; !twice {
			dim.index[id] = len(dim.ids)
			dim.ids = append(dim.ids, id)
		}
	}
	if len(dim.ids) > 1 {
		d.warn(WarnIndexMissing, label, `dimension %q has %d categories and no "index": they are taken in the order of their labels`, brief(dim.id), len(dim.ids))
	}
}

// decodeLabels reads the labels. A category without one is shown by its id. Where there
// are no labels at all those of the units are taken: the ONS wrote nothing else.
func (d *decoder) decodeLabels(dim *Dimension, n jsontoken.Node) error {
	switch {
	case n.IsObject() || !n.OK():
	case n.IsArray() && n.Len() == len(dim.ids):
		d.warn(WarnLabelType, n, `"label" of the categories is an array, not an object: its items are taken in the order of the categories`)
	case n.IsNull():
		d.warn(WarnLabelType, n, `"label" of the categories is null, not an object`)
	default:
		return d.errorAt(n, ErrNotJSONStat, `"label" of the categories of dimension %q is %s, not an object`, brief(dim.id), n.What())
	}
	labels := make([]string, len(dim.ids))
	seen := make([]bool, len(dim.ids))
	next := 0 // labels mostly come in the order of the index
	for id, v := range n.Members {
		if next >= len(dim.ids) || dim.ids[next] != id {
			i := d.findCategory(dim, id, v, "label")
			if i < 0 {
				continue
			}
			next = i
		}
		if seen[next] {
			d.warn(WarnDuplicate, v, "the label of category %q occurs twice: the last one counts", brief(id))
		}
		labels[next], seen[next] = d.categoryLabel(v), true
		if labels[next] == "" && v.IsString() {
			setInMap(&dim.emptyLabels, next, true)
		}
		next++
	}
	for i, v := range n.Items {
		labels[i] = d.categoryLabel(v)
	}
	if n.Len() == 0 {
		dim.labels = dim.unitLabels()
		if dim.labels != nil || !n.OK() {
			return nil
		}
	}
	for i, label := range labels {
		if label == "" {
			d.warn(WarnLabel, n, "category %q of dimension %q has no label: its id is used", brief(dim.ids[i]), brief(dim.id))
		}
	}
	if n.Len() > 0 {
		dim.labels = labels
	}
	return nil
}

// unitLabels are the labels of the units, if they tell the categories apart.
func (d *Dimension) unitLabels() []string {
	if len(d.units) != len(d.ids) {
		return nil
	}
	seen := make(map[string]bool, len(d.ids))
	labels := make([]string, len(d.ids))
	for i, u := range d.units {
		if u.Label == "" || seen[u.Label] {
			return nil
		}
		labels[i], seen[u.Label] = u.Label, true
	}
	return labels
}

// categoryLabel is the text of a label.
func (d *decoder) categoryLabel(n jsontoken.Node) string {
	if !n.IsString() {
		d.warn(WarnLabelType, n, "the label of a category is %s, not a string", n.What())
	}
	text, _ := n.Scalar()
	return text
}

// decodeUnits reads the units by category.
func (d *decoder) decodeUnits(dim *Dimension, n jsontoken.Node) {
	for id, v := range n.Members {
		i := d.findCategory(dim, id, v, "unit")
		if i < 0 {
			continue
		}
		if !v.IsObject() {
			d.warn(WarnMember, v, "the unit of a category is %s, not an object: it is left out", v.What())
			continue
		}
		setInMap(&dim.units, i, d.decodeUnit(v))
	}
}

// maxDecimals is the most decimal places that are believed.
const maxDecimals = 400

func (d *decoder) decodeUnit(n jsontoken.Node) *Unit {
	u := &Unit{}
	for name, m := range n.Members {
		known := false
		text := func() string {
			text, ok := m.Scalar()
			known = ok && text != ""
			return text
		}
		switch name {
		case "label":
			u.Label = text()
		case "symbol":
			u.Symbol = text()
		case "position":
			u.Position = text()
			if u.Position != "" && u.Position != "start" && u.Position != "end" {
				d.warn(WarnMember, m, `the position of a unit is %s, not "start" or "end"`, m.What())
			}
		case "decimals":
			// PxWeb writes -1 for "not set".
			if k, ok := wholeNumber(m); ok && 0 <= k && k <= maxDecimals {
				u.Decimals, known = &k, true
			}
		}
		if !known {
			u.Members = append(u.Members, Member{name, d.rawMember(m)})
		}
	}
	return u
}

// decodeCoordinates reads [longitude, latitude] of a category.
func (d *decoder) decodeCoordinates(dim *Dimension, i int, n jsontoken.Node) {
	var c []json.Number
	for _, v := range n.Items {
		text, _ := v.Scalar()
		if !v.IsNumber() {
			if !jsontoken.IsNumber(text) {
				break
			}
			d.warn(WarnMember, v, "a coordinate is %s, not a number", v.What())
		}
		c = append(c, json.Number(text))
	}
	if len(c) != 2 || n.Len() != 2 {
		d.warn(WarnMember, n, "coordinates are not an array of two numbers: they are left out")
		return
	}
	setInMap(&dim.coords, i, &Coordinates{Longitude: c[0], Latitude: c[1]})
}

// decodeChildren reads the hierarchy: lists of children by parent. A circle stays, with a
// warning; [Dimension.Walk] does not enter it twice.
func (d *decoder) decodeChildren(dim *Dimension, n jsontoken.Node) {
	in := map[int]int{} // the parent whose child a category was last, to find repeated ones
	for id, v := range n.Members {
		parent := d.findCategory(dim, id, v, "child")
		if parent < 0 {
			continue
		}
		if !v.IsArray() {
			d.warn(WarnMember, v, "the children of a category are %s, not an array", v.What())
		}
		var list []int
		for _, item := range v.Items {
			name, _ := item.Scalar()
			k := d.findCategory(dim, name, item, "child")
			if k < 0 {
				continue
			}
			if last, ok := in[k]; ok && last == parent {
				d.warn(WarnDuplicate, item, "category %q is a child of the same category twice", brief(name))
				continue
			}
			in[k] = parent
			list = append(list, k)
		}
		if len(list) > 0 {
			setInMap(&dim.children, parent, list)
		}
	}
	if k := dim.findCycle(); k >= 0 {
		d.warn(WarnChild, n, "category %q of dimension %q is among its own descendants (CHILD_CYCLE)", brief(dim.ids[k]), brief(dim.id))
	}
}
