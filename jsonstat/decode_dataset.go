package jsonstat

import (
	"maps"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// decodeDataset reads the head of an embedded dataset and finds its cells. The order
// matters: "id" says which dimensions there are and in which order, so it comes before
// them; roles name dimensions, so they come behind; sizes need the numbers of categories.
func decodeDataset(dec *decoder, n jsontoken.Node) (*Dataset, error) {
	ds := &Dataset{text: dec.source, node: n, byID: map[string]int{}}
	d := datasetDecoder{dec, ds}
	dims := n.Get("dimension")
	if !dims.IsObject() {
		return nil, d.wrongType(n, dims, "dimension", "an object")
	}
	if err := d.checkRepeated(n); err != nil {
		return nil, err
	}
	byID, inner := splitDimensions(dims)
	ids, sizes, roles := d.findAxes(n, inner)
	if !ids.IsArray() {
		return nil, d.wrongType(n, n.Get("id"), "id", "an array of the ids of the dimensions")
	}
	d.decodeMembers(n)
	for i, v := range ids.Items {
		id, ok := v.Scalar()
		if !ok {
			return nil, d.errorAt(v, ErrNotJSONStat, "the id of dimension %d is %s, not a string", i, v.What())
		}
		if !v.IsString() {
			d.warn(WarnIndexType, v, "the id of a dimension is %s, not a string", v.What())
		}
		if _, twice := ds.byID[id]; twice {
			return nil, d.errorAt(v, ErrNotJSONStat, "dimension %q occurs twice in \"id\"", brief(id))
		}
		m, ok := byID[id]
		if !ok {
			return nil, d.errorAt(v, ErrNotJSONStat, "dimension %q of \"id\" is not among the dimensions: %s (DIM_KEY_ID_MISMATCH)", brief(id), namesOf(dims))
		}
		dim, err := d.decodeDimension(id, m)
		if err != nil {
			return nil, err
		}
		ds.byID[id] = i
		ds.head.Dimensions = append(ds.head.Dimensions, dim)
	}
	for name, m := range dims.Members {
		switch _, known := ds.byID[name]; {
		case isAxis(name, m):
		case !known:
			d.warn(WarnDimension, m, "dimension %q is not in \"id\": it is left out (DIM_KEY_ID_MISMATCH)", brief(name))
		case byID[name].I != m.I || inner[name].OK():
			d.warn(WarnDuplicate, m, "%q occurs twice in the same object", brief(name))
		}
	}
	d.decodeRoles(roles)
	if err := d.decodeCells(sizes); err != nil {
		return nil, err
	}
	return ds, d.refused
}

// namesOf lists the first members of an object for a message.
func namesOf(n jsontoken.Node) string {
	var names []string
	for name := range n.Members {
		if len(names) == 10 {
			return quoteList(names, ", ") + ", …"
		}
		names = append(names, brief(name))
	}
	return quoteList(names, ", ")
}

// findAxes finds id, size and role, in the dataset or, before 2.0, in "dimension".
func (d datasetDecoder) findAxes(n jsontoken.Node, inner map[string]jsontoken.Node) (ids, sizes, roles jsontoken.Node) {
	version, _ := n.Get("version").Scalar()
	pick := func(name string) jsontoken.Node {
		root, in := n.Get(name), inner[name]
		switch {
		case isAxis(name, root):
			if in.OK() {
				d.warn(WarnTransitional, in, "%q is both in the dataset and in its dimensions", name)
			}
			return root
		case !in.OK():
			return root // absent or of a wrong type: who reads it says so
		case is20(version):
			d.warn(WarnMisplaced, in, "%q is among the dimensions, as it was before 2.0", name)
		}
		d.ds.before20 = d.ds.before20 || name != "role"
		return in
	}
	return pick("id"), pick("size"), pick("role")
}

// decodeMembers reads the members that need no look at others.
func (d datasetDecoder) decodeMembers(n jsontoken.Node) {
	h := &d.ds.head
	d.warnRepeated(n)
	for name, v := range n.Members {
		h.order = append(h.order, name)
		switch name {
		case "label":
			h.Label = d.textMember(v, name)
			h.empty = appendEmpty(h.empty, v, name)
		case "source":
			h.Source = d.textMember(v, name)
			h.empty = appendEmpty(h.empty, v, name)
		case "updated":
			h.Updated = d.textMember(v, name)
			h.empty = appendEmpty(h.empty, v, name)
		case "href":
			h.Href = d.textMember(v, name)
			h.empty = appendEmpty(h.empty, v, name)
		case "note":
			h.Notes = d.decodeNotes(v)
		case "link":
			h.Links = d.decodeLinks(v)
		case "extension":
			h.Extension = d.decodeExtension(v)
		case "version", "class", "id", "size", "role", "dimension", "value", "status":
		case "error": // beside data
			h.Members = append(h.Members, Member{name, d.rawMember(v)})
		case "measure":
			if n.Get("value").OK() { // else it is the values
				h.Members = append(h.Members, Member{name, d.rawMember(v)})
			}
		default:
			if !d.ds.before20 { // nobody listed the members of what came before 2.0
				d.unknownMember(v, name)
			}
			h.Members = append(h.Members, Member{name, d.rawMember(v)})
		}
	}
	if d.ds.before20 {
		h.order = nil // it is upgraded when written
	}
}

// decodeRoles gives the dimensions their roles.
func (d datasetDecoder) decodeRoles(n jsontoken.Node) {
	if !n.OK() {
		return
	}
	if !n.IsObject() {
		d.warn(WarnRole, n, `"role" is %s, not an object: it is left out`, n.What())
		return
	}
	for name, list := range n.Members {
		role := Role(name)
		if role != Time && role != Geo && role != Metric {
			d.warn(WarnRole, list, "%q is not a role: the roles are time, geo and metric", brief(name))
		}
		d.ds.head.RoleOrder = append(d.ds.head.RoleOrder, RoleIDs{Role: role})
		switch {
		case list.IsArray():
			for _, v := range list.Items {
				d.assignRole(role, v)
			}
		case list.IsString():
			d.warn(WarnRole, list, "role %q is a string, not an array", brief(name))
			d.assignRole(role, list)
		default:
			d.warn(WarnRole, list, "role %q is %s, not an array: it is left out", brief(name), list.What())
		}
	}
}

// assignRole gives a role to the dimension that v names.
func (d datasetDecoder) assignRole(role Role, v jsontoken.Node) {
	id, _ := v.Scalar()
	i, known := d.ds.byID[id]
	if !known {
		d.warn(WarnRole, v, "role %q names %q, which is not a dimension (ROLE_ID_UNKNOWN)", brief(string(role)), brief(id))
		return
	}
	dim := d.ds.head.Dimensions[i]
	if dim.role != "" && dim.role != role {
		d.warn(WarnRole, v, "dimension %q has the roles %q and %q: the first one counts", brief(id), dim.role, brief(string(role)))
		return
	}
	dim.role = role
	last := &d.ds.head.RoleOrder[len(d.ds.head.RoleOrder)-1]
	last.IDs = append(last.IDs, id)
}

// checkRepeated refuses a member that is both in front of the values and behind them,
// unless both are equal. In a file the last one counts, but who reads a stream has used the
// first when the second comes: the same document must not mean two things.
func (d datasetDecoder) checkRepeated(n jsontoken.Node) error {
	front := map[string]jsontoken.Node{}
	behind := false
	for name, v := range n.Members {
		switch name {
		case "id", "size", "dimension", "role", "value", "status", "label", "source", "updated", "href", "note", "link", "extension":
		default:
			continue
		}
		if before := front[name]; behind && before.OK() && (v.IsCells() || before.IsCells() || before.Raw() != v.Raw()) {
			return d.errorAt(v, ErrNotJSONStat, "%q occurs twice in the dataset, before and after the values", name)
		}
		if behind {
			continue
		}
		front[name] = v
		switch {
		case name == "dimension":
			_, axes := splitDimensions(v)
			maps.Copy(front, axes)
		case name == "value" && front["dimension"].OK() && isRow(v):
			behind = true
		}
	}
	return nil
}

// isRow tells whether a value is an array, of cells or not.
func isRow(n jsontoken.Node) bool { return n.IsArray() || (n.IsCells() && !n.Section().Object) }
