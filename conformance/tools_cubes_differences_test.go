package conformance_test

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// cubeDifferences are those of the tools that write JSON-stat. Each edits the
// reference's document into ours.
var cubeDifferences = []toolDifference{
	{
		name:    "narrowed",
		reason:  "what is said of categories that are cut off belongs to nothing, and validators refuse it",
		applies: func(c *toolComparison) bool { return c.call.has["f"] },
		edit:    narrow,
	},
	{
		name:    "item-version",
		reason:  "a document must say its version",
		applies: func(c *toolComparison) bool { return !c.cube.tree.has("version") },
		edit: func(_ *toolComparison, theirs *object) {
			if !theirs.has("version") {
				setMember(theirs, "version", "2.0")
			}
		},
	},
	{
		name:   "cube-old-members",
		reason: "2.0 has them once: what a document keeps for readers of before 2.0 would stand for dimensions",
		edit: func(_ *toolComparison, theirs *object) {
			for _, name := range []string{"id", "size", "role"} {
				dims := theirs.object("dimension")
				if dims.has(name) && dims.object(name).object("category") == nil {
					if !theirs.has(name) {
						setMember(theirs, name, dims.get(name))
					}
					dims.remove(name)
				}
			}
		},
	},
	{
		name:   "cube-unit-labels",
		reason: "some offices write the text of a measure nowhere else",
		edit: func(c *toolComparison, theirs *object) {
			eachCategory(c, theirs, func(d *cubeDimension, category *object) {
				if !d.anyMadeUp(true) {
					return
				}
				for k, id := range d.ids {
					if text, fromUnit, _ := d.madeUp(k); fromUnit && category.object("index").has(id) {
						setMember(category.object("label"), id, text)
					}
				}
			})
		},
	},
	{
		name:   "cube-empty",
		reason: "what is empty says nothing, as what is not there",
		edit:   leaveOutEmpty,
	},
	{
		name:   "sound-head",
		reason: "what is written is valid: no roles, labels, units or values of what is not there, and sizes are numbers",
		edit:   sound,
	},
	{
		name:   "cube-forms",
		reason: "what can be understood is written in the form that the format has for it",
		edit:   inForm,
	},
	{
		name:    "no-status",
		reason:  "a row of nulls says nothing",
		applies: func(c *toolComparison) bool { return !c.ourObject().has("status") },
		edit: func(_ *toolComparison, theirs *object) {
			if v := theirs.get("status"); theirs.has("status") && (v == nil || v == "" || allNull(v)) {
				theirs.remove("status")
			}
		},
	},
	{
		name:   "one-status",
		reason: "that form is deprecated, and as an array or an object it would be taken for the status of the first cell alone",
		applies: func(c *toolComparison) bool {
			return !c.call.has["f"] && len(c.cube.tree.array("status")) == 1 && c.ds.Len() > 1
		},
		edit: func(c *toolComparison, theirs *object) {
			status := c.cube.tree.array("status")[0]
			if list := theirs.array("status"); len(list) > 0 && list[0] == status || member(theirs.object("status"), "0") == status {
				theirs.set("status", status)
			}
		},
	},
	{
		name:   "cube-digits",
		reason: "a number may be of any size",
		edit: func(c *toolComparison, theirs *object) {
			far := func(v any) bool {
				n, ok := v.(json.Number)
				f, _ := strconv.ParseFloat(n.String(), 64)
				return ok && math.IsInf(f, 0)
			}
			ours := c.ourObject()
			for i, v := range ours.array("value") {
				if list := theirs.array("value"); i < len(list) && list[i] == nil && far(v) {
					list[i] = v
				}
			}
			for _, k := range ours.object("value").keys() {
				if v := ours.object("value").get(k); far(v) && member(theirs.object("value"), k) == nil {
					theirs.object("value").set(k, v)
				}
			}
		},
	},
	{
		name:   "cube-named-value",
		reason: "a dimension may have any id",
		applies: func(c *toolComparison) bool {
			return c.call.has["f"] && (c.ds.Dimension("value") != nil || c.ds.Dimension("status") != nil || c.ds.Dimension("") != nil)
		},
		edit: func(c *toolComparison, theirs *object) {
			for _, name := range []string{"value", "status"} {
				if theirs.has(name) {
					copyMember(theirs, c.ourObject(), name)
				}
			}
		},
	},
	{
		name:   "filter-nameless",
		reason: "a criterion without a name is a slip of the pen more often than a dimension without one",
		applies: func(c *toolComparison) bool {
			return strings.Contains(c.ours.err, "has no dimension in front") || strings.Contains(c.ours.err, "a category is missing")
		},
	},
	{
		name:    "nothing-left",
		reason:  "a cube without cells is no answer",
		applies: func(c *toolComparison) bool { return c.ours.failed && strings.Contains(c.ours.err, "nothing is left") },
	},
}

// eachCategory goes through the categories of the dimensions of a document of
// the reference.
func eachCategory(c *toolComparison, theirs *object, f func(d *cubeDimension, category *object)) {
	for i := range c.cube.dims {
		d := &c.cube.dims[i]
		if category := theirs.object("dimension").object(d.id).object("category"); category != nil {
			f(d, category)
		}
	}
}

// sound leaves out what is said of what is not there.
func sound(c *toolComparison, theirs *object) {
	for i, size := range theirs.array("size") {
		if isString(size) {
			theirs.array("size")[i] = json.Number(jsString(size))
		}
	}
	for _, id := range theirs.object("dimension").keys() {
		if c.cube.dimension(id) < 0 {
			theirs.object("dimension").remove(id)
		}
	}
	if role := theirs.object("role"); role != nil {
		for _, name := range role.keys() {
			list := role.array(name)
			if text, ok := role.get(name).(string); ok {
				list = []any{text}
			}
			var kept []any
			for i, id := range list {
				dim := c.cube.dimension(jsString(id))
				if dim >= 0 && string(c.cube.dims[dim].ours.Role()) == name && !slices.Contains(list[:i], id) {
					kept = append(kept, id)
				}
			}
			if role.set(name, kept); len(kept) == 0 {
				role.remove(name)
			}
		}
		if len(role.names) == 0 {
			theirs.remove("role")
		}
	}
	eachCategory(c, theirs, func(_ *cubeDimension, category *object) {
		index := category.object("index")
		for _, name := range categoryMembers {
			prune(category, name, func(id string) bool { return !index.has(id) })
		}
	})
	for _, name := range []string{"value", "status"} {
		prune(theirs, name, func(k string) bool {
			n, ok := arrayIndex(k)
			return !ok || n >= uint64(c.ds.Len())
		})
	}
}

// leaveOutEmpty leaves out what is empty, but for texts where the format has texts.
func leaveOutEmpty(c *toolComparison, theirs *object) {
	dropNull := func(o *object, names ...string) {
		for _, name := range names {
			v := o.get(name)
			list, isList := v.([]any)
			inner, isObject := v.(*object)
			if o.has(name) && (v == nil || isList && len(list) == 0 || isObject && len(inner.names) == 0) {
				o.remove(name)
			}
		}
	}
	drop := func(o *object, names ...string) {
		dropNull(o, names...)
		for _, name := range names {
			if o.get(name) == "" {
				o.remove(name)
			}
		}
	}
	dropNull(theirs, "label", "source", "updated", "href", "note")
	drop(theirs, "link", "role")
	if !c.ds.HasCells() && (theirs.get("value") == nil || allNull(theirs.get("value"))) && allNull(c.ourObject().get("value")) {
		setMember(theirs, "value", c.ourObject().get("value"))
	}
	values := theirs.object("value")
	for _, k := range values.keys() {
		if values.get(k) == nil && !c.ourObject().object("value").has(k) {
			values.remove(k)
		}
	}
	for i := range c.cube.dims {
		dim := theirs.object("dimension").object(c.cube.dims[i].id)
		dropNull(dim, "label", "href", "note")
		drop(dim, "link")
		category := dim.object("category")
		written := c.cube.dims[i].tree.object("category")
		if labels := written.object("label"); !c.cube.dims[i].anyMadeUp(true) && written.has("label") && written.array("label") == nil && len(labels.keys()) == 0 {
			made := newJSObject()
			for _, id := range category.object("index").keys() {
				made.put(id, id)
			}
			category.set("label", made.done())
		}
		if len(category.object("index").keys()) == 0 {
			category.remove("label")
		}
		dropNull(category.object("label"), written.object("label").keys()...)
		for _, name := range []string{"unit", "note", "coordinates", "child"} {
			switch name {
			case "unit": // one of which nothing is said is one
			case "note":
				dropNull(category.object(name), category.object(name).keys()...)
			default:
				drop(category.object(name), category.object(name).keys()...)
			}
			drop(category, name)
		}
	}
	if status := theirs.array("status"); status != nil {
		for i, v := range status {
			if v == "" {
				status[i] = nil
			}
		}
	} else if status := theirs.object("status"); status != nil {
		drop(status, status.keys()...)
	}
}

// inForm puts what is understood into the form of the format.
func inForm(c *toolComparison, theirs *object) {
	text := func(o *object, names ...string) {
		for _, name := range names {
			if v := o.get(name); v != nil && !isString(v) && !isNested(v) {
				o.set(name, jsString(v))
			}
		}
	}
	list := func(o *object, name string) {
		if v := o.get(name); isString(v) {
			o.set(name, []any{v})
		}
	}
	text(theirs, "label", "source", "updated", "href")
	list(theirs, "note")
	if theirs.has("measure") && !theirs.has("value") {
		theirs.names[slices.Index(theirs.names, "measure")] = "value"
		theirs.values["value"] = theirs.values["measure"]
		delete(theirs.values, "measure")
	}
	for i := range c.cube.dims {
		d := &c.cube.dims[i]
		dim := theirs.object("dimension").object(d.id)
		text(dim, "label", "href")
		list(dim, "note")
		category := dim.object("category")
		text(category.object("label"), category.object("label").keys()...)
		for _, id := range category.object("note").keys() {
			list(category.object("note"), id)
		}
		for _, id := range category.object("unit").keys() {
			if unit, ok := ownUnit(category.object("unit").get(id)).(*object); ok {
				category.object("unit").set(id, unit)
			} else {
				category.object("unit").remove(id)
			}
		}
		for _, id := range category.object("coordinates").keys() {
			place, _ := category.object("coordinates").get(id).([]any)
			for i, v := range place {
				if isString(v) && json.Valid([]byte(jsString(v))) {
					place[i] = json.Number(jsString(v))
				}
			}
			if len(place) != 2 || !slices.ContainsFunc(place, isNumber) {
				category.object("coordinates").remove(id)
			}
		}
		for _, name := range []string{"unit", "coordinates"} {
			if o := category.object(name); o != nil && len(o.names) == 0 {
				category.remove(name)
			}
		}
	}
	if c.cube.tree.object("status").has("value") {
		copyMember(theirs, c.ourObject(), "status")
	}
	status := theirs.object("status")
	text(status, status.keys()...)
	if list, n := theirs.array("status"), int(c.ds.Len()); len(list) > 1 && len(list) != n && !c.call.has["f"] {
		row, marks := make([]any, n), newJSObject()
		for i := range min(n, len(list)) {
			if row[i] = list[i]; row[i] != nil {
				marks.put(strconv.Itoa(i), row[i])
			}
		}
		if theirs.set("status", marks.done()); c.call.has["m"] {
			theirs.set("status", row)
		}
	}
	for i, v := range theirs.array("status") {
		if v != nil && !isNested(v) {
			theirs.array("status")[i] = jsString(v)
		}
	}
	if theirs.has("status") {
		text(theirs, "status")
	}
}

func isNumber(v any) bool { _, ok := v.(json.Number); return ok }
