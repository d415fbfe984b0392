package rows

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// description is what a table cannot say of itself: a JSON object with members
// of a JSON-stat dataset, as few as one likes. Dimensions go by their ids.
type description struct {
	members    map[string]json.RawMessage
	dimensions map[string]map[string]json.RawMessage
}

// ErrDescription marks errors of [Options].Description, not of the table.
var ErrDescription = errors.New("the description cannot be used")

// own are the members of a dataset that follow from the table.
var own = []string{"version", "class", "id", "size", "dimension", "value", "status"}

// readDescription reads one; nil if there is none.
func readDescription(text json.RawMessage) (*description, error) {
	if len(text) == 0 {
		return nil, nil
	}
	d := &description{}
	text, err := charset.JSON(text)
	if err != nil {
		return nil, wrongDescription("%v", err)
	}
	var syntax *json.SyntaxError
	if err := json.Unmarshal(text, &d.members); errors.As(err, &syntax) {
		return nil, wrongDescription("it is not JSON: %v, at byte %d", err, syntax.Offset)
	} else if err != nil {
		return nil, wrongDescription("it is no JSON object of label, source, role, dimension and so on")
	}
	if dims, ok := d.members["dimension"]; ok {
		if err := json.Unmarshal(dims, &d.dimensions); err != nil {
			return nil, wrongDescription("dimension is no object of dimensions by their ids")
		}
	}
	for _, name := range own {
		delete(d.members, name)
	}
	return d, nil
}

// over is a description with what a file says of itself below it: members of objects
// add up. Of the file's, dimensions that the cube does not have are passed over.
func (d *description) over(file *description, head jsonstat.Head) (*description, error) {
	ids, of := idsOf(head), mergeMembers(file.members, nil)
	var roles struct { // in the order in which documents have them
		Time   []string `json:"time,omitempty"`
		Geo    []string `json:"geo,omitempty"`
		Metric []string `json:"metric,omitempty"`
	}
	if of["role"] != nil && json.Unmarshal(of["role"], &roles) == nil {
		for _, list := range []*[]string{&roles.Time, &roles.Geo, &roles.Metric} {
			*list = slices.DeleteFunc(*list, func(id string) bool { return !slices.Contains(ids, id) })
		}
		text, err := json.Marshal(roles)
		if err != nil {
			return nil, err
		}
		of["role"] = text
	}
	dims := map[string]map[string]json.RawMessage{}
	for id, value := range file.dimensions {
		if slices.Contains(ids, id) {
			dims[id] = value
		}
	}
	if d != nil {
		of = mergeMembers(of, d.members)
		for id, value := range d.dimensions {
			dims[id] = mergeMembers(dims[id], value)
		}
	}
	return &description{members: of, dimensions: dims}, nil
}

// mergeMembers are the members of two objects; of those that both have the second
// counts, but for objects, whose members add up in turn.
func mergeMembers(below, above map[string]json.RawMessage) map[string]json.RawMessage {
	all := maps.Clone(below)
	if all == nil {
		all = map[string]json.RawMessage{}
	}
	for name, value := range above {
		var a, b map[string]json.RawMessage
		if json.Unmarshal(below[name], &b) == nil && json.Unmarshal(value, &a) == nil && a != nil && b != nil {
			if text, err := json.Marshal(mergeMembers(b, a)); err == nil { // of what was JSON
				value = text
			}
		}
		all[name] = value
	}
	return all
}

// category is the member category of a dimension.
func (d *description) category(id string) map[string]json.RawMessage {
	var category map[string]json.RawMessage
	_ = json.Unmarshal(d.dimensions[id]["category"], &category) // what is no object says nothing
	return category
}

// order is the order of the categories of a dimension, if it is given: those come
// first, whether there are rows of them or not.
func (d *description) order(id string) ([]string, error) {
	index := d.category(id)["index"]
	if index == nil {
		return nil, nil
	}
	text := fmt.Sprintf(`{"version":"2.0","class":"dimension","category":{"index":%s}}`, index)
	doc, err := jsonstat.Parse([]byte(text))
	if err != nil {
		return nil, wrongDescription("dimension %q: %s", id, reason(err))
	}
	dim, err := doc.Dimension()
	if err != nil {
		return nil, wrongDescription("dimension %q: %s", id, reason(err))
	}
	var ids []string
	for c := range dim.Categories() {
		ids = append(ids, c.ID)
	}
	return ids, nil
}

// describe adds to a head what the description says. Both are written as one
// JSON-stat document without values, and read.
func describe(head jsonstat.Head, about, file *description, o *Options) (jsonstat.Head, error) {
	described, err := describeAs(head, about, file, o)
	var e *Error
	if about == nil && errors.As(err, &e) {
		e.Msg, e.Err = strings.Replace(e.Msg, cannotBeUsed, "what the file says of the cube cannot be used", 1), nil
	}
	return described, err
}

func describeAs(head jsonstat.Head, about, file *description, o *Options) (jsonstat.Head, error) {
	if err := about.known(head); err != nil {
		return head, err
	}
	all := about
	if file != nil {
		var err error
		if all, err = about.over(file, head); err != nil {
			return head, err
		}
	}
	dims := make(map[string]any, len(head.Dimensions))
	for _, d := range head.Dimensions {
		dims[d.ID()] = all.dimension(d)
	}
	described, warnings, err := parsedHead(head, dims, all.members)
	if err != nil {
		return head, err
	}
	where := "in the description: "
	if about == nil {
		where = "in what the file says of the cube: "
	}
	for _, w := range warnings {
		if w.Kind == jsonstat.WarnMetadataOnly {
			continue
		}
		o.Warnf("%s%s (%s)", where, w.Msg, w.Pointer)
	}
	// An option goes before.
	described.Label, described.Source, described.Updated = cmp.Or(head.Label, described.Label), cmp.Or(head.Source, described.Source), cmp.Or(head.Updated, described.Updated)
	for i, d := range described.Dimensions {
		role, given := o.Roles[d.ID()]
		if !given && d.Role() == jsonstat.Classification {
			role, given = head.Dimensions[i].Role(), true // what types of columns say
		}
		if !given || role == d.Role() {
			continue
		}
		if described.Dimensions[i], err = WithRole(d, role); err != nil {
			return head, wrongDescription("%s", reason(err))
		}
	}
	if file == nil {
		described.RoleOrder = nil
	}
	// Built anew, it has the order of members that is usual, not that of the text above.
	return canonical(described)
}

// Describe is a head that is made already, with what the options say of it: label,
// source, update, and the description, whose members add up with those of the head.
// Categories stay in their order.
func Describe(head jsonstat.Head, o *Options) (jsonstat.Head, error) {
	o.Entitle(&head)
	if len(o.Description) == 0 {
		return head, nil
	}
	d, err := readDescription(o.Description)
	if err != nil {
		return head, err
	}
	ds, err := jsonstat.New(head, nil)
	if err != nil {
		return head, err
	}
	var b bytes.Buffer
	if err := ds.Write(&b, &jsonstat.WriteOptions{Values: jsonstat.Sparse}); err != nil {
		return head, err
	}
	below, err := readDescription(b.Bytes())
	if err != nil {
		return head, err
	}
	if err := d.known(head); err != nil {
		return head, err
	}
	for id := range d.dimensions {
		category := d.category(id)
		if delete(category, "index"); category != nil {
			text, err := json.Marshal(category)
			if err != nil {
				return head, err
			}
			d.dimensions[id]["category"] = text
		}
	}
	all, err := d.over(below, head)
	if err != nil {
		return head, err
	}
	for name, text := range map[string]string{"label": o.Label, "source": o.Source, "updated": o.Updated} {
		if text != "" {
			all.members[name], _ = json.Marshal(text) // of a text, which always makes JSON
		}
	}
	described, _, err := parsedHead(head, all.dimensions, all.members)
	if err != nil {
		return head, err
	}
	for i, dim := range described.Dimensions {
		role, given := o.Roles[dim.ID()]
		if !given {
			continue
		}
		if described.Dimensions[i], err = WithRole(dim, role); err != nil {
			return head, wrongDescription("%s", reason(err))
		}
	}
	return canonical(described)
}

// parsedHead reads a head whose dimensions and other members are given as JSON.
func parsedHead(head jsonstat.Head, dimensions any, members map[string]json.RawMessage) (jsonstat.Head, []jsonstat.WarningCount, error) {
	var sizes []int
	for _, d := range head.Dimensions {
		sizes = append(sizes, d.Len())
	}
	text := map[string]any{"version": "2.0", "class": "dataset", "id": idsOf(head), "size": sizes, "dimension": dimensions, "value": []int{}}
	for name, value := range members {
		text[name] = value
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		return jsonstat.Head{}, nil, err
	}
	doc, err := jsonstat.Parse(b.Bytes())
	if err != nil {
		return jsonstat.Head{}, nil, wrongDescription("%s", reason(err))
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		return jsonstat.Head{}, nil, wrongDescription("%s", reason(err))
	}
	return ds.Head(), doc.Warnings(), nil
}

// known holds that a head has all dimensions that are described.
func (d *description) known(head jsonstat.Head) error {
	if d == nil {
		return nil
	}
	ids := idsOf(head)
	for _, id := range slices.Sorted(maps.Keys(d.dimensions)) {
		if slices.Contains(ids, id) {
			continue
		}
		if near := jsonstat.Near(id, ids); len(near) > 0 {
			return wrongDescription("it has a dimension %q, but the table has none of that name; did you mean %q?", id, near[0])
		}
		return wrongDescription("it has a dimension %q, but the table has none of that name: they are %s", id, strings.Join(ids, ", "))
	}
	return nil
}

// idsOf are the ids of the dimensions of a head.
func idsOf(head jsonstat.Head) (ids []string) {
	for _, d := range head.Dimensions {
		ids = append(ids, d.ID())
	}
	return ids
}

// dimension is a dimension of the table with what the description says of it.
func (d *description) dimension(dim *jsonstat.Dimension) map[string]any {
	all := map[string]any{"label": dim.Label()}
	for name, value := range d.dimensions[dim.ID()] {
		all[name] = value
	}
	category := map[string]any{}
	for name, value := range d.category(dim.ID()) {
		category[name] = value
	}
	ids := categoryIDs(dim)
	labels := map[string]any{}
	for i := range ids {
		if label := dim.CategoryLabel(i); label != ids[i] {
			labels[ids[i]] = label
		}
	}
	var given map[string]json.RawMessage
	if json.Unmarshal(d.category(dim.ID())["label"], &given) == nil {
		for id, label := range given {
			labels[id] = label
		}
	}
	category["index"] = ids
	if len(labels) > 0 || category["unit"] != nil { // else the labels of the units would stand for them
		for _, id := range ids {
			if labels[id] == nil {
				labels[id] = id
			}
		}
		category["label"] = labels
	}
	all["category"] = category
	return all
}

const cannotBeUsed = "the description cannot be used"

// wrongDescription is an error of the description.
func wrongDescription(format string, args ...any) error {
	return &Error{Msg: cannotBeUsed + ": " + fmt.Sprintf(format, args...), Err: ErrDescription}
}

// reason is what a reader says without the place, which is in a text made of the
// description that nobody has seen.
func reason(err error) string {
	var e *jsonstat.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	if e.Pointer == "" {
		return e.Msg
	}
	return e.Msg + ", at " + e.Pointer
}

// canonical is a head with its dimensions in the order of members of what is
// built in Go.
func canonical(head jsonstat.Head) (jsonstat.Head, error) {
	plain := jsonstat.Head{
		RoleOrder: head.RoleOrder,
		Label:     head.Label, Source: head.Source, Updated: head.Updated, Href: head.Href, Notes: head.Notes,
		Links: head.Links, Extension: head.Extension, Members: head.Members,
	}
	for _, d := range head.Dimensions {
		s := d.Spec()
		spec := jsonstat.DimensionSpec{
			ID: s.ID, Label: s.Label, Role: s.Role, Categories: s.Categories, Href: s.Href, Notes: s.Notes, Links: s.Links,
			Extension: s.Extension, Members: s.Members, CategoryMembers: s.CategoryMembers,
		}
		dim, err := jsonstat.NewDimension(spec)
		if err != nil {
			return head, wrongDescription("%s", reason(err))
		}
		plain.Dimensions = append(plain.Dimensions, dim)
	}
	return plain, nil
}
