package conformance_test

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A document is a text with two views of it: what our reader makes of it, and
// the JSON as JavaScript sees it. The differences ask the second one.
type document struct {
	name string
	text []byte

	doc *jsonstat.Document
	ds  *jsonstat.Dataset // the first dataset; nil if it could not be read
	err error             // why not

	json any     // nil if the text is not JSON
	root *object // the document; nil if it is no object
	cube *cube   // the first dataset; nil without ds
}

// A cube is the first dataset of a document, in JSON, with the order that our
// reader gave its categories.
type cube struct {
	tree   *object
	dims   []cubeDimension
	shape  jsonstat.Shape
	values []any // by position: nil, json.Number, string, bool
	texts  string
}

type cubeDimension struct {
	id     string
	label  any // as it is written; undefined if it is not
	tree   *object
	ids    []string
	labels []any // as they are written; undefined where there is none
	units  []any // likewise
	ours   *jsonstat.Dimension
}

// maxCells keeps cubes away that would be written out in memory.
const maxCells = 1 << 20

func newDocument(name string, text []byte) *document {
	d := &document{name: name, text: text}
	if v, err := readJSON(text); err == nil && utf8.Valid(text) {
		d.json = v
		d.root, _ = v.(*object)
	}
	if d.doc, d.err = jsonstat.Parse(text); d.err != nil {
		return d
	}
	if d.doc.Class() == jsonstat.ClassDimension {
		return d
	}
	if d.ds, d.err = d.doc.Dataset(0); d.err != nil {
		return d
	}
	if tree := findTree(unwrap(d.json)); tree != nil {
		d.cube = newCube(tree, d.ds)
	}
	return d
}

// unwrap takes a document out of its envelope.
func unwrap(v any) *object {
	if list, ok := v.([]any); ok && len(list) == 1 {
		v = list[0]
	}
	o, _ := v.(*object)
	if o.has("jsonrpc") {
		return unwrap(o.get("result"))
	}
	return o
}

// findTree is the dataset that our reader takes for the first one.
func findTree(o *object) *object {
	if o.object("dimension") != nil {
		return o
	}
	for _, item := range o.object("link").array("item") {
		if m, ok := item.(*object); ok {
			if found := findTree(m); found != nil {
				return found
			}
		}
	}
	if o != nil {
		for _, name := range o.names {
			if m := o.object(name); m.object("dimension") != nil {
				return m
			}
		}
	}
	return nil
}

func newCube(tree *object, ds *jsonstat.Dataset) *cube {
	c := &cube{tree: tree, shape: ds.Shape()}
	for _, d := range ds.Dimensions() {
		raw := tree.object("dimension").object(d.ID())
		dim := cubeDimension{id: d.ID(), tree: raw, label: member(raw, "label"), ours: d}
		category := raw.object("category")
		for k := range d.Len() {
			id := d.CategoryID(k)
			dim.ids = append(dim.ids, id)
			label := any(id) // what the toolkit makes up
			if category.has("label") {
				label = member(category.object("label"), id)
			}
			dim.labels = append(dim.labels, label)
			dim.units = append(dim.units, member(category.object("unit"), id))
		}
		c.dims = append(c.dims, dim)
	}
	if ds.Len() > maxCells {
		return c
	}
	c.values = make([]any, ds.Len())
	switch v := c.valueTree().(type) {
	case []any:
		copy(c.values, v)
	case *object:
		for _, name := range v.names {
			if n, ok := arrayIndex(name); ok && n < uint64(len(c.values)) {
				c.values[n] = v.values[name]
			}
		}
	}
	c.texts = strings.Join(allTexts(nil, tree), "\x00")
	return c
}

func (c *cube) valueTree() any {
	if c.tree.has("value") {
		return c.tree.get("value")
	}
	return c.tree.get("measure")
}

// member is a member of an object, or undefined.
func member(o *object, name string) any {
	if !o.has(name) {
		return undefined{}
	}
	return o.get(name)
}

// allTexts collects all names and texts of a value.
func allTexts(list []string, v any) []string {
	switch v := v.(type) {
	case string:
		list = append(list, v)
	case []any:
		for _, item := range v {
			list = allTexts(list, item)
		}
	case *object:
		list = append(list, v.names...)
		for _, name := range v.names {
			list = allTexts(list, v.values[name])
		}
	}
	return list
}

// dimension is the place of a dimension, -1 if there is none of that id.
func (c *cube) dimension(id string) int {
	return slices.IndexFunc(c.dims, func(d cubeDimension) bool { return d.id == id })
}

// falsy tells what JavaScript takes for false.
func falsy(v any) bool {
	switch v := v.(type) {
	case nil, undefined:
		return true
	case string:
		return v == ""
	case bool:
		return !v
	}
	return jsString(v) == "0"
}

// isText tells whether a label is a string, or there is none.
func isText(v any) bool {
	switch v.(type) {
	case nil, undefined, string:
		return true
	}
	return false
}

// header is the label of a dimension as the long form of the reference shows it.
func (d *cubeDimension) header(id bool) string {
	if id || falsy(d.label) {
		return d.id
	}
	return jsString(d.label)
}

// pivotHeader is the same in a pivot of the reference.
func (d *cubeDimension) pivotHeader() string {
	if falsy(d.label) {
		return "null"
	}
	return jsString(d.label)
}

// shown is what a cell of the reference says of a category.
func (d *cubeDimension) shown(k int, id bool) any {
	if id {
		return d.ids[k]
	}
	return d.labels[k]
}

// madeUp tells whether our reader made up the label of a category, from the unit
// or else from the id, and what it is.
func (d *cubeDimension) madeUp(k int) (label string, fromUnit, ok bool) {
	labels := d.tree.object("category").get("label")
	if o, isObject := labels.(*object); falsy(labels) || isObject && len(o.names) == 0 {
		if label, ok := d.unitLabel(k); ok {
			return label, true, true
		}
		return d.ids[k], false, isObject
	}
	if s, ok := d.labels[k].(string); (ok && s != "") || !isText(d.labels[k]) {
		return "", false, false
	}
	return d.ids[k], false, true
}

// unitLabel is the label of the unit of a category, if these tell the
// categories apart.
func (d *cubeDimension) unitLabel(k int) (string, bool) {
	seen := map[string]bool{}
	for _, u := range d.units {
		unit, _ := u.(*object)
		label, _ := unit.get("label").(string)
		if label == "" || seen[label] {
			return "", false
		}
		seen[label] = true
	}
	unit, _ := d.units[k].(*object)
	return unit.get("label").(string), true
}

// role is the role of a dimension as the reference finds it.
func (c *cube) role(id string) string {
	role, _ := c.tree.get("role").(*object)
	if falsy(c.tree.get("role")) && !c.tree.has("version") {
		role = c.tree.object("dimension").object("role")
	}
	if role == nil {
		return ""
	}
	for _, name := range role.names {
		for _, v := range role.array(name) {
			if v == id {
				return name
			}
		}
	}
	return ""
}

// coords are the categories of a cell.
func (c *cube) coords(pos int) []int {
	return c.shape.Coords(int64(pos), make([]int, len(c.shape)))
}
