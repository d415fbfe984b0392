package conformance_test

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// readingDifferences are those of every command that reads JSON-stat.
var readingDifferences = []difference{
	{
		name:    "byte-order-mark",
		reason:  "Windows programs write it, and it says what the encoding is",
		applies: func(c *comparison) bool { return hasBOM(c.text) },
		ends:    theyEnd,
	},
	{
		name:    "compressed",
		reason:  "servers and archives send it; it costs nothing to see",
		applies: func(c *comparison) bool { return bytes.HasPrefix(c.text, []byte("\x1f\x8b")) },
		ends:    theyEnd,
	},
	{
		name:    "not-utf-8",
		reason:  "æ, ø and å would be gone for good; `--input-encoding` reads them",
		applies: func(c *comparison) bool { return !utf8.Valid(c.text) && !hasBOM(c.text) },
		ends:    weEnd,
	},
	{
		name:   "class-missing",
		reason: "the shape tells a dataset; 1.x had no classes at all",
		applies: func(c *comparison) bool {
			return c.is(jsonstat.ClassDataset) && c.root != nil && c.root.get("class") != "dataset" && !c.enveloped()
		},
		ends: unlike,
	},
	{
		name:    "envelope",
		reason:  "that is how Ireland's CSO answers a query",
		applies: (*comparison).enveloped,
		ends:    unlike,
	},
	{
		name:   "first-of-bundle",
		reason: "the first one in the document is the one that people see first; `--dataset` names another",
		applies: func(c *comparison) bool {
			if !c.is(jsonstat.ClassBundle) || c.cube == nil || c.enveloped() {
				return false
			}
			for info := range c.doc.Datasets() {
				return info.ID != c.root.names[0]
			}
			return false
		},
		ends: unlike,
	},
	{
		name:   "first-of-collection",
		reason: "CSO's collections have items without a class; the shape tells them",
		applies: func(c *comparison) bool {
			if !c.is(jsonstat.ClassCollection) || c.cube == nil || c.enveloped() {
				return false
			}
			for _, v := range c.root.object("link").array("item") {
				item, _ := v.(*object)
				if item.get("class") == "dataset" && item.get("id") != nil && item.get("size") != nil && item.get("dimension") != nil {
					return item != c.cube.tree
				}
			}
			return true
		},
		ends: unlike,
	},
	{
		name:    "dimension-document",
		reason:  "it is a table too: of ids and labels",
		applies: func(c *comparison) bool { return c.is(jsonstat.ClassDimension) },
		ends:    theyEnd,
	},
	{
		name:    "no-values",
		reason:  "a query without a hit, and PxWeb's metadata, are valid: the table has no rows",
		applies: func(c *comparison) bool { return c.cube != nil && !c.ds.HasCells() },
		ends:    theyEnd,
	},
	{
		name:   "measure",
		reason: "drafts of the format called the values so",
		applies: func(c *comparison) bool {
			return c.cube != nil && !c.cube.tree.has("value") && c.cube.tree.has("measure")
		},
		ends: theyEnd,
	},
	{
		name:   "values-nested",
		reason: "an array or an object is no value; writing it as text would invent one",
		applies: func(c *comparison) bool {
			value := findTree(unwrap(c.json)).get("value")
			if o, ok := value.(*object); ok {
				value = o.list()
			}
			list, _ := value.([]any)
			return slices.ContainsFunc(list, isNested)
		},
		ends: weEnd,
	},
	{
		name:    "values-text",
		reason:  "one text is not a value for each cell",
		applies: func(c *comparison) bool { return isString(findTree(unwrap(c.json)).get("value")) },
		ends:    weEnd,
	},
	{
		name:   "repeated-ids",
		reason: "of two categories or dimensions of one name, which has the values?",
		applies: func(c *comparison) bool {
			ids, indexes := c.axes()
			return repeats(ids) || slices.ContainsFunc(indexes, func(v any) bool {
				list, _ := v.([]any)
				index, _ := v.(*object)
				return repeats(list) || index != nil && index.twice
			})
		},
		ends: weEnd,
	},
	{
		name:    "member-twice",
		reason:  "of two members of one name a stream has used the first when it meets the second, and which is right nobody knows",
		applies: func(c *comparison) bool { return aroundValues(findTree(unwrap(c.json))) },
		ends:    weEnd,
	},
	{
		name:   "null-ids",
		reason: "null names nothing",
		applies: func(c *comparison) bool {
			ids, indexes := c.axes()
			return slices.Contains(ids, nil) || slices.ContainsFunc(indexes, func(v any) bool {
				list, _ := v.([]any)
				return slices.Contains(list, nil)
			})
		},
		ends: weEnd,
	},
	{
		name:    "size-no-number",
		reason:  "there is no table of such a size",
		applies: func(c *comparison) bool { return slices.ContainsFunc(sizesOf(findTree(unwrap(c.json))), isNoSize) },
		ends:    weEnd,
	},
	{
		name:   "size-wrong",
		reason: "where the values side with the categories there is no doubt what is meant",
		applies: func(c *comparison) bool {
			if c.cube == nil {
				return false
			}
			sizes := sizesOf(c.cube.tree)
			for i, n := range c.cube.shape {
				if i >= len(sizes) || jsString(sizes[i]) != jsString(jsInt(n)) {
					return true
				}
			}
			return len(sizes) != len(c.cube.shape)
		},
		ends: unlike,
	},
	{
		name:    "no-dimensions",
		reason:  "a cube without dimensions is one number",
		applies: func(c *comparison) bool { return c.cube != nil && len(c.cube.dims) == 0 },
		ends:    theyEnd,
	},
	{
		name:   "reserved-ids",
		reason: "before 2.0 `id`, `size` and `role` stood among the dimensions; their types tell which is which",
		applies: func(c *comparison) bool {
			// Where both stand there, JSON has two members of one name.
			return c.cube != nil && c.anyDimension(func(d *cubeDimension) bool {
				return (d.id == "id" || d.id == "size" || d.id == "role") && (d.tree == nil || !c.cube.tree.has("id"))
			})
		},
		ends: unlike,
	},
	{
		name:   "empty-id",
		reason: "an id may be any text, the specification says",
		applies: func(c *comparison) bool {
			return c.cube != nil && c.cube.dimension("") >= 0 && (c.pivots() || c.call.fid || c.call.rich)
		},
		ends: unlike,
	},
	{
		name:   "index-missing",
		reason: "the order of the document is the only one there is",
		applies: func(c *comparison) bool {
			return c.anyDimension(func(d *cubeDimension) bool {
				category := d.tree.object("category")
				return !category.has("index") && category.object("label") != nil && !slices.Equal(category.object("label").names, d.ids)
			})
		},
		ends: unlike,
	},
	{
		name:   "index-null",
		reason: "null stands for a member that is not there",
		applies: func(c *comparison) bool {
			return c.anyDimension(func(d *cubeDimension) bool {
				category := d.tree.object("category")
				return category.has("index") && category.get("index") == nil
			})
		},
		ends: unlike,
	},
	{
		name:   "index-texts",
		reason: "\"0\" has one clear meaning",
		applies: func(c *comparison) bool {
			return c.anyDimension(func(d *cubeDimension) bool {
				index := d.tree.object("category").object("index")
				return slices.ContainsFunc(index.list(), isString)
			})
		},
		ends: unlike,
	},
	{
		name:   "labels-by-place",
		reason: "as many labels as categories have one clear order",
		applies: func(c *comparison) bool {
			return c.anyDimension(func(d *cubeDimension) bool { return d.tree.object("category").array("label") != nil })
		},
		ends: unlike,
	},
	{
		name:    "magic-names",
		reason:  "they are ids like any other",
		applies: func(c *comparison) bool { return c.cube != nil && (c.magic() || c.pollutes()) },
		ends:    unlike,
	},
	{
		name:   "texts-not-strings",
		reason: "a number has one clear text",
		applies: func(c *comparison) bool {
			if c.cube == nil {
				return false
			}
			if c.anyDimension(func(d *cubeDimension) bool {
				odd := func(v any) bool { return !isText(v) }
				return odd(d.label) || slices.ContainsFunc(d.labels, odd) || d.hasNoLabels() && (c.pivots() || c.call.rich)
			}) {
				return true
			}
			if c.call.rich {
				for _, name := range []string{"label", "source", "updated", "href"} {
					if !isText(member(c.cube.tree, name)) {
						return true
					}
				}
			}
			return c.call.rich && rolesOdd(c.cube.tree) || c.showsStatus() && c.cube.statusOdd()
		},
		ends: unlike,
	},
	{
		name:    "status-nested",
		reason:  "Eurostat once wrote statuses so; nothing else can be meant",
		applies: func(c *comparison) bool { return c.cube != nil && c.cube.tree.object("status").has("value") },
		edit: func(_ *comparison, t *table) {
			list := t.cube.tree.object("status").array("value")
			for k, row := range t.rows {
				for i, col := range t.cols {
					if col.status && k < len(list) && row[i].text == list[k] {
						row[i].text = ""
					}
				}
			}
		},
	},
}

func hasBOM(text []byte) bool {
	return bytes.HasPrefix(text, []byte("\ufeff")) || bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff"))
}

// is tells the class that our reader gives a document that it can read.
func (c *comparison) is(class jsonstat.Class) bool { return c.err == nil && c.doc.Class() == class }

// enveloped tells a document inside a JSON-RPC response, or one inside an array
// that is no dataset.
func (c *comparison) enveloped() bool {
	list, _ := c.json.([]any)
	return c.root.has("jsonrpc") || len(list) == 1 && unwrap(c.json).object("dimension") == nil
}

// axes are the ids of the dimensions, and the indexes of those that have one,
// whether or not our reader takes them.
func (c *comparison) axes() (ids, indexes []any) {
	tree := findTree(unwrap(c.json))
	ids = tree.array("id")
	if ids == nil {
		ids = tree.object("dimension").array("id")
	}
	for _, id := range ids {
		if index := tree.object("dimension").object(jsString(id)).object("category").get("index"); index != nil {
			indexes = append(indexes, index)
		}
	}
	return ids, indexes
}

// aroundValues tells a dataset with a member in front of its values and behind them
// that does not say the same twice.
// Axes that stand among the dimensions are members of the dataset too. Where the values
// are an object, or come before the dimensions, they are read when all is known.
func aroundValues(tree *object) bool {
	if tree == nil {
		return false
	}
	front, behind := map[string]string{}, false // texts of members
	for _, m := range tree.text {
		_, isList := m.value.([]any)
		switch {
		case !slices.Contains(datasetMembers, m.name):
		case behind && front[m.name] != "" && (m.name == "value" || m.name == "status" || front[m.name] != treeText(m.value)):
			return true
		case behind:
		case m.name == "value" && isList && front["dimension"] != "":
			front[m.name], behind = treeText(m.value), true
		case m.name == "dimension":
			dims, _ := m.value.(*object)
			for _, name := range []string{"id", "size"} {
				if list := dims.array(name); list != nil {
					front[name] = treeText(list)
				}
			}
			if role := dims.object("role"); role != nil && !role.has("category") && !role.has("href") {
				front["role"] = treeText(role)
			}
			fallthrough
		default:
			front[m.name] = treeText(m.value)
		}
	}
	return false
}

// datasetMembers are the members of a dataset that its head and cells are made of.
var datasetMembers = []string{
	"id", "size", "dimension", "role", "value", "status", "label", "source", "updated", "href", "note", "link", "extension",
}

// sizesOf are the sizes that a dataset gives.
func sizesOf(tree *object) []any {
	if sizes := tree.array("size"); sizes != nil {
		return sizes
	}
	return tree.object("dimension").array("size")
}

// isNoSize tells what is no whole number.
func isNoSize(size any) bool {
	n, err := strconv.ParseFloat(jsString(size), 64)
	return err != nil || n < 0 || n != math.Trunc(n)
}

// anyDimension asks for each dimension of the cube, if there is one.
func (c *comparison) anyDimension(f func(*cubeDimension) bool) bool {
	if c.cube == nil {
		return false
	}
	for i := range c.cube.dims {
		if f(&c.cube.dims[i]) {
			return true
		}
	}
	return false
}

// pivots tells whether the call makes a pivot of this cube.
func (c *comparison) pivots() bool { return c.cube != nil && c.call.pivoted(c.cube) >= 0 }

// showsStatus tells whether the table has a column of statuses.
func (c *comparison) showsStatus() bool { return c.call.rich || c.call.status && !c.pivots() }

// hasNoLabels tells that null stands in the place of the labels.
func (d *cubeDimension) hasNoLabels() bool {
	category := d.tree.object("category")
	return category.has("label") && category.get("label") == nil
}

// list are the values of an object, nil if it is nil.
func (o *object) list() []any {
	if o == nil {
		return nil
	}
	list := make([]any, len(o.names))
	for i, name := range o.names {
		list[i] = o.values[name]
	}
	return list
}

func isString(v any) bool { _, ok := v.(string); return ok }

func isNested(v any) bool {
	switch v.(type) {
	case []any, *object:
		return true
	}
	return false
}

func repeats(list []any) bool {
	seen := map[string]bool{}
	for _, v := range list {
		name := jsString(v)
		if seen[name] {
			return true
		}
		seen[name] = true
	}
	return false
}

// rolesOdd tells roles that are no arrays.
func rolesOdd(tree *object) bool {
	role := tree.object("role")
	if role == nil {
		role = tree.object("dimension").object("role")
	}
	return slices.ContainsFunc(role.list(), func(v any) bool { _, ok := v.([]any); return !ok && v != nil })
}

// statusOdd tells statuses that are no strings.
func (c *cube) statusOdd() bool {
	odd := func(v any) bool { return v != nil && !isString(v) }
	switch v := c.tree.get("status").(type) {
	case []any:
		return slices.ContainsFunc(v, odd)
	case *object:
		return !v.has("value") && slices.ContainsFunc(v.list(), odd)
	case json.Number, bool:
		return true
	}
	return false
}

// objectNames are the names that every JavaScript object has already.
const objectNames = " constructor toString toLocaleString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable" +
	" __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ "

// isObjectName tells one of these names.
func isObjectName(name string) bool { return strings.Contains(objectNames, " "+name+" ") }

// magic tells names that JavaScript does not keep as a property, or finds where
// nobody wrote them.
func (c *comparison) magic() bool {
	if c.root.has("hasOwnProperty") {
		return true // a bundle that the reference asks for its members
	}
	return c.anyDimension(func(d *cubeDimension) bool {
		if d.id == "__proto__" || slices.Contains(d.ids, "__proto__") || slices.Contains(d.labels, any("__proto__")) {
			return true
		}
		for k, id := range d.ids {
			_, noLabel := d.labels[k].(undefined)
			_, noUnit := d.units[k].(undefined)
			if isObjectName(id) && (noLabel || noUnit && c.call.rich) {
				return true
			}
		}
		return false
	})
}

// pollutes tells a pivot whose rows are named like what all objects have: the
// reference then writes into those, and goes on with them.
func (c *comparison) pollutes() bool {
	if !c.pivots() {
		return false
	}
	stub := -1
	for i, d := range c.cube.dims {
		dropped := len(d.ids) == 1 && slices.Contains(c.call.drop, d.id)
		if i == c.call.pivoted(c.cube) || dropped {
			continue
		}
		if stub >= 0 {
			return false
		}
		stub = i
	}
	if stub < 0 {
		return false
	}
	d := &c.cube.dims[stub]
	for k := range d.ids {
		if isObjectName(jsString(d.shown(k, c.call.cid))) {
			return true
		}
	}
	return false
}

// jsInt is a whole number as it stands in JSON.
func jsInt(n int) json.Number { return json.Number(strconv.Itoa(n)) }
