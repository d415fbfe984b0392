package conformance_test

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// categoryMembers are members of a category that go by the ids of its index.
var categoryMembers = []string{"label", "unit", "note", "coordinates", "child"}

// narrow leaves out what is said of categories that a filter cut off.
func narrow(c *toolComparison, theirs *object) {
	eachCategory(c, theirs, func(d *cubeDimension, category *object) {
		index := category.object("index")
		if len(index.keys()) == len(d.ids) {
			return
		}
		cut := func(name string) bool { return !index.has(name) && slices.Contains(d.ids, name) }
		for _, name := range categoryMembers {
			prune(category, name, cut)
		}
		dim := theirs.object("dimension").object(d.id)
		for _, o := range []*object{dim.object("extension"), dim, category} {
			for _, name := range o.keys() {
				if !slices.Contains(knownMembers, name) && byCategory(o.object(name), d) {
					prune(o, name, cut)
				}
			}
		}
		for _, o := range []*object{dim.object("extension"), dim} {
			narrowNames(o, d, cut)
			narrowPeriods(o, d, cut)
		}
		links := dim.object("link").array("describedby")
		for _, link := range links {
			if o, ok := link.(*object); ok {
				prune(o, "extension", cut)
			}
		}
		c.narrowByDimension(theirs, d, cut)
		c.narrowByDimension(theirs.object("extension"), d, cut)
	})
	for _, o := range []*object{theirs, theirs.object("extension")} {
		if d := periodDimension(c, o); d != nil {
			index := theirs.object("dimension").object(d.id).object("category").object("index")
			if len(index.keys()) < len(d.ids) {
				narrowPeriods(o, d, func(name string) bool { return !index.has(name) })
			}
		}
	}
}

// knownMembers are members of a dimension and its categories that are no objects by
// category, or have their own place.
var knownMembers = append([]string{"category", "index", "link", "extension", "noteMandatory"}, categoryMembers...)

// byCategory tells an object whose members are all named like categories.
func byCategory(o *object, d *cubeDimension) bool {
	return o != nil && len(o.names) > 0 && !slices.ContainsFunc(o.names, func(name string) bool { return !slices.Contains(d.ids, name) })
}

// narrowNames takes PxWeb's total of a dimension away with its category: nothing stands
// for the whole then.
func narrowNames(o *object, d *cubeDimension, cut func(string) bool) {
	if total := o.get("eliminationValueCode"); isString(total) && slices.Contains(d.ids, jsString(total)) && cut(jsString(total)) {
		if o.remove("eliminationValueCode"); o.has("elimination") {
			o.set("elimination", false)
		}
	}
}

// narrowPeriods makes the first and the last period those that are left, by id or by
// label as they were. What was no category is left out.
func narrowPeriods(o *object, d *cubeDimension, cut func(string) bool) {
	var left []int
	for k, id := range d.ids {
		if !cut(id) {
			left = append(left, k)
		}
	}
	if len(left) == 0 {
		return
	}
	first, last, end := d.named(o.get("firstPeriod")), d.named(o.get("lastPeriod")), len(d.ids)-1
	descends := d.ids[0] > d.ids[end]
	switch {
	case first >= 0 && last >= 0 && first != last:
		descends = first > last
	case first == 0, last == end:
		descends = false
	case first == end, last == 0:
		descends = true
	}
	now := map[string]int{"firstPeriod": left[0], "lastPeriod": left[len(left)-1]}
	if descends {
		now["firstPeriod"], now["lastPeriod"] = now["lastPeriod"], now["firstPeriod"]
	}
	for name, k := range now {
		switch was := d.named(o.get(name)); {
		case !isString(o.get(name)):
		case was < 0:
			o.remove(name)
		case o.get(name) == d.ids[was]:
			o.set(name, d.ids[k])
		default:
			o.set(name, d.ours.CategoryLabel(k))
		}
	}
}

// named is the place of a category by id or else by label, -1 if it is none.
func (d *cubeDimension) named(text any) int {
	for k, id := range d.ids {
		if text == id {
			return k
		}
	}
	for k := range d.ids {
		if text != "" && text == d.ours.CategoryLabel(k) {
			return k
		}
	}
	return -1
}

// periodDimension is the dimension that the first and last period of a table are of:
// the one that has them, one of time before others, else the first one of time.
func periodDimension(c *toolComparison, o *object) *cubeDimension {
	var time, other *cubeDimension
	for i := range c.cube.dims {
		d := &c.cube.dims[i]
		isTime := d.ours.Role() == jsonstat.Time
		switch has := d.named(o.get("firstPeriod")) >= 0 || d.named(o.get("lastPeriod")) >= 0; {
		case has && isTime:
			return d
		case has:
			other = d
		case isTime && time == nil:
			time = d
		}
	}
	if other != nil {
		return other
	}
	return time
}

// narrowByDimension narrows what members of the root or of its extension say of the
// categories of a dimension, by dimension.
func (c *toolComparison) narrowByDimension(o *object, d *cubeDimension, cut func(string) bool) {
	for _, name := range o.keys() {
		inner := o.object(name)
		noData := name == "positions-with-no-data"
		strange := func(id string) bool { return c.cube.dimension(id) < 0 }
		if !inner.has(d.id) || slices.Contains(rootMembers, name) || !noData && slices.ContainsFunc(inner.names, strange) {
			continue
		}
		switch list := inner.array(d.id); {
		case noData && list == nil:
		case noData:
			kept := []any{}
			for _, v := range list {
				pos, err := strconv.Atoi(jsString(v))
				if err != nil || pos < 0 || pos >= len(d.ids) {
					kept = list // no positions: nobody knows what it says
					break
				}
				if now := slices.Index(slices.DeleteFunc(slices.Clone(d.ids), cut), d.ids[pos]); now >= 0 {
					kept = append(kept, json.Number(strconv.Itoa(now)))
				}
			}
			inner.set(d.id, kept)
		case byCategory(inner.object(d.id), d):
			for _, id := range inner.object(d.id).keys() {
				if cut(id) {
					inner.object(d.id).remove(id)
				}
			}
		}
	}
}

// rootMembers are members of the format, which have their own places.
var rootMembers = []string{"dimension", "role", "link", "extension", "value", "status"}

// prune leaves members out of an object, and the object if nothing is left.
func prune(parent *object, name string, out func(name string) bool) {
	members := parent.object(name)
	before := len(members.keys())
	for _, k := range members.keys() {
		if out(k) {
			members.remove(k)
			continue
		}
		if list, ok := members.get(k).([]any); ok && name == "child" {
			var kept []any
			for _, v := range list {
				if !out(jsString(v)) && !slices.Contains(kept, v) {
					kept = append(kept, v)
				}
			}
			if members.set(k, kept); len(kept) == 0 {
				members.remove(k)
			}
		}
	}
	if before > 0 && len(members.names) == 0 && !slices.Contains([]string{"label", "value", "status", "extension"}, name) {
		parent.remove(name)
	}
}
