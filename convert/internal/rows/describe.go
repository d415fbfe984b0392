package rows

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

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

func readDescription(text json.RawMessage) (*description, error) {
	d := &description{}
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
func (m *maker) describe(head jsonstat.Head) (jsonstat.Head, error) {
	var ids []string
	var sizes []int
	dims := map[string]any{}
	for _, d := range head.Dimensions {
		ids, sizes = append(ids, d.ID()), append(sizes, d.Len())
		dims[d.ID()] = m.about.dimension(d)
	}
	for _, id := range slices.Sorted(maps.Keys(m.about.dimensions)) {
		if !slices.Contains(ids, id) {
			if near := jsonstat.Near(id, ids); len(near) > 0 {
				return head, wrongDescription("it has a dimension %q, but the table has none of that name; did you mean %q?", id, near[0])
			}
			return head, wrongDescription("it has a dimension %q, but the table has none of that name: they are %s", id, strings.Join(ids, ", "))
		}
	}
	text := map[string]any{"version": "2.0", "class": "dataset", "id": ids, "size": sizes, "dimension": dims, "value": []int{}}
	for name, value := range m.about.members {
		text[name] = value
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		return head, err
	}
	doc, err := jsonstat.Parse(b.Bytes())
	if err != nil {
		return head, wrongDescription("%s", reason(err))
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		return head, wrongDescription("%s", reason(err))
	}
	for _, w := range doc.Warnings() {
		if w.Kind == jsonstat.WarnMetadataOnly {
			continue
		}
		m.o.Warn("in the description: " + w.Msg + " (" + w.Pointer + ")")
	}
	described := ds.Head()
	for _, text := range []struct{ to, from *string }{
		{&described.Label, &head.Label}, {&described.Source, &head.Source}, {&described.Updated, &head.Updated},
	} {
		if *text.from != "" { // an option goes before
			*text.to = *text.from
		}
	}
	for i, d := range described.Dimensions {
		role, given := m.o.Roles[d.ID()]
		if !given {
			continue
		}
		spec := d.Spec()
		spec.Role = role
		if described.Dimensions[i], err = jsonstat.NewDimension(spec); err != nil {
			return head, wrongDescription("%s", reason(err))
		}
	}
	// Built anew, it has the order of members that is usual, not that of the text above.
	return canonical(described)
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
	ids := make([]string, dim.Len())
	labels := map[string]any{}
	for i := range ids {
		ids[i] = dim.CategoryID(i)
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

// wrongDescription is an error of the description.
func wrongDescription(format string, args ...any) error {
	return &Error{Msg: fmt.Sprintf("the description cannot be used: "+format, args...), Err: ErrDescription}
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
		Label: head.Label, Source: head.Source, Updated: head.Updated, Href: head.Href, Notes: head.Notes,
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
