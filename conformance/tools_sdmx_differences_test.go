package conformance_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// sdmxDifferences are those of sdmx2jsonstat. An edit adds to what the reference
// writes what it has no word for.
var sdmxDifferences = []toolDifference{
	{
		name:    "sdmx-extension",
		reason:  "nothing is lost: attributes, and what the data are of, have no other place",
		applies: func(c *toolComparison) bool { return c.ourObject().object("extension").has("sdmx") },
		edit: func(c *toolComparison, o *object) {
			if o == nil {
				return
			}
			if !o.has("extension") {
				setMember(o, "extension", &object{values: map[string]any{}})
			}
			setMember(o.object("extension"), "sdmx", c.ourObject().object("extension").get("sdmx"))
		},
	},
	{
		name:   "sdmx-notes",
		reason: "descriptions, titles of series and remarks are notes; times and parents of categories are kept",
		applies: func(c *toolComparison) bool {
			return strings.Contains(c.ours.out, `"note":`) || strings.Contains(c.ours.out, `"child":`) || strings.Contains(c.ours.out, `"sdmx":`)
		},
		edit: func(c *toolComparison, o *object) {
			copyMember(o, c.ourObject(), "note")
			for _, id := range o.object("dimension").keys() {
				mine, their := c.ourObject().object("dimension").object(id), o.object("dimension").object(id)
				copyMember(their, mine, "note")
				copyMember(their, mine, "extension")
				for _, name := range []string{"note", "child"} {
					copyMember(their.object("category"), mine.object("category"), name)
				}
			}
		},
	},
	{
		name:    "sdmx-links",
		reason:  "the links to what describes the data are kept, and one to the message itself stands for a missing one to the request",
		applies: func(c *toolComparison) bool { return c.ourObject().has("link") },
		edit: func(c *toolComparison, o *object) {
			if !o.has("link") {
				copyMember(o, c.ourObject(), "link")
				return
			}
			for _, rel := range []string{"describedby", "related"} {
				copyMember(o.object("link"), c.ourObject().object("link"), rel)
			}
		},
	},
	{
		name:    "sdmx-roles",
		reason:  "roles have been lists since 1.0; TIME_PERIOD, REF_AREA and the like are what they are called",
		applies: func(c *toolComparison) bool { return c.ourObject().has("role") },
		edit: func(c *toolComparison, o *object) {
			if !o.has("role") {
				setMember(o, "role", &object{values: map[string]any{}})
			}
			for _, role := range c.ourObject().object("role").keys() {
				own := c.ourObject().object("role").array(role)
				if !slices.ContainsFunc(o.object("role").array(role), func(id any) bool { return !slices.Contains(own, id) }) {
					copyMember(o.object("role"), c.ourObject().object("role"), role)
				}
			}
		},
	},
	{
		name:    "sdmx-null-head",
		reason:  "what is not known is left out, or is what the message calls its data and sender otherwise: null is not allowed there",
		applies: func(c *toolComparison) bool { return true },
		edit: func(c *toolComparison, o *object) {
			for _, name := range []string{"label", "source", "updated"} {
				if o.has(name) && o.get(name) == nil {
					o.remove(name)
					copyMember(o, c.ourObject(), name)
				}
			}
		},
	},
	{
		name:    "sdmx-statuses-none",
		reason:  "a row of nulls says nothing",
		applies: func(c *toolComparison) bool { return !c.ourObject().has("status") },
		edit: func(_ *toolComparison, o *object) {
			if allNull(o.get("status")) {
				o.remove("status")
			}
		},
	},
	{
		name:   "sdmx-labels",
		reason: "a category or a dimension without a name has its id",
		edit: func(c *toolComparison, o *object) {
			for _, id := range o.object("dimension").keys() {
				dim, own := o.object("dimension").object(id), c.ourObject().object("dimension").object(id)
				known := func(label any, id string) bool { // the id, or a name in some language
					return label == id || label != nil && bytes.Contains(c.text, []byte(`"names"`)) && bytes.Contains(c.text, []byte(quote(jsString(label))))
				}
				if dim.get("label") == nil && known(own.get("label"), id) {
					setMember(dim, "label", own.get("label"))
				}
				category := dim.object("category")
				for _, k := range own.object("category").object("label").keys() {
					label := own.object("category").object("label").get(k)
					if category.object("label").get(k) != nil || !known(label, k) {
						continue
					}
					if !category.has("label") {
						setMember(category, "label", &newJSObject().object)
					}
					setMember(category.object("label"), k, label)
				}
			}
		},
	},
	{
		name:    "sdmx-default",
		reason:  "an attribute that is left out has the value that stands for none",
		applies: func(c *toolComparison) bool { return bytes.Contains(c.text, []byte(`"default"`)) },
		edit: func(c *toolComparison, o *object) {
			list, own := o.array("status"), c.ourObject().array("status")
			for i := range list {
				if list[i] == nil && i < len(own) {
					list[i] = own[i]
				}
			}
			for _, k := range c.ourObject().object("status").keys() {
				if status := o.object("status"); status != nil && !status.has(k) {
					copyMember(status, c.ourObject().object("status"), k)
				}
			}
		},
	},
	{
		name:   "sdmx-texts",
		reason: "a number in quotes is a number, and NaN is a missing value",
		edit: func(c *toolComparison, o *object) {
			c.eachValue(o, func(theirs, ours any) any {
				if n, ok := ours.(json.Number); isString(theirs) && (ours == nil || ok && jsNumber(n.String()) == jsNumber(jsString(theirs))) {
					return ours
				}
				return theirs
			})
		},
	},
	{
		name:    "sdmx-uncoded",
		reason:  "a value that is its own id is one: null names nothing",
		unlike:  true,
		applies: func(c *toolComparison) bool { return strings.Contains(c.where, "/category/index") },
	},
	{
		name:    "sdmx-versions",
		reason:  "1.0 and messages of several data sets are SDMX-JSON",
		applies: func(c *toolComparison) bool { return c.ref.failed && !c.ref.crash && !c.ours.failed },
	},
	{
		name:    "sdmx-crash",
		reason:  "the message can be read: short arrays, attributes without values or places, no header",
		applies: func(c *toolComparison) bool { return c.ref.crash && !c.ours.failed },
	},
	{
		name:    "sdmx-refused",
		reason:  "keys that fit nothing, and categories twice, are not guessed at",
		applies: func(c *toolComparison) bool { return c.ours.failed && !c.ref.failed },
	},
}

// ourObject is what we wrote, nil if that is no object.
func (c *toolComparison) ourObject() *object {
	v, err := readJSON([]byte(c.ours.out))
	if err != nil {
		return nil
	}
	o, _ := v.(*object)
	return o
}

// setMember sets a member, a new one if need be.
func setMember(o *object, name string, v any) {
	if o == nil {
		return
	}
	if !o.has(name) {
		o.names = append(o.names, name)
	}
	o.set(name, v)
}

// copyMember sets a member as another object has it, if it has it.
func copyMember(to, from *object, name string) {
	if from.has(name) {
		setMember(to, name, from.get(name))
	}
}

// allNull tells whether a row says nothing.
func allNull(v any) bool {
	switch x := v.(type) {
	case []any:
		for _, v := range x {
			if v != nil {
				return false
			}
		}
		return true
	case *object:
		return len(x.names) == 0
	}
	return false
}
