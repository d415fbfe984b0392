package jsonstat

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
)

// Dimension is one axis of a cube: its categories in order, and what is said
// about them. It does not change once made and may be shared between datasets.
// The nil *Dimension, which [Dataset.Dimension] returns for an unknown id, has
// no categories and empty texts.
type Dimension struct {
	id, label string
	role      Role
	href      string
	notes     []string
	links     []Link
	extension json.RawMessage
	members   []Member
	order     []string // names of the members as they were read

	ids      []string
	labels   []string       // nil if no category has a label of its own
	index    map[string]int // by id
	array    bool           // "index" is an array
	units    map[int]*Unit
	coords   map[int]*Coordinates
	catNotes map[int][]string
	children map[int][]int
	catExtra []Member // unknown members of "category"
}

// Category is one value of a dimension.
type Category struct {
	Index       int    // its place among the categories, from 0
	ID          string // unique in the dimension
	Label       string // for people; the id if the document gives none
	Unit        *Unit  // nil if not given
	Coordinates *Coordinates
	Notes       []string
	Children    []string // ids of the direct children, see [Dimension.Walk]
}

// DimensionSpec is what a dimension is made of, see [NewDimension].
type DimensionSpec struct {
	ID         string
	Label      string // "" if there is none
	Role       Role   // "" is Classification
	Categories []Category
	Href       string
	Notes      []string
	Links      []Link
	Extension  json.RawMessage // an object, or nil
	Members    []Member        // members that the specification does not know
}

// NewDimension makes a dimension. Of the categories, Index is not looked at; an
// empty Label means that the id is the label. Ids must be unique, and children
// must be categories of the dimension.
func NewDimension(spec DimensionSpec) (*Dimension, error) {
	d := &Dimension{
		id: spec.ID, label: spec.Label, role: spec.Role, href: spec.Href, notes: spec.Notes,
		links: spec.Links, extension: spec.Extension, members: spec.Members,
		array: true, index: make(map[string]int, len(spec.Categories)),
	}
	labelled := false
	for i, c := range spec.Categories {
		if _, twice := d.index[c.ID]; twice {
			return nil, fmt.Errorf("dimension %q: category %q is given twice", spec.ID, c.ID)
		}
		d.index[c.ID] = i
		d.ids = append(d.ids, c.ID)
		labelled = labelled || (c.Label != "" && c.Label != c.ID)
	}
	for i, c := range spec.Categories {
		if labelled {
			label := c.Label
			if label == "" {
				label = c.ID
			}
			d.labels = append(d.labels, label)
		}
		if c.Unit != nil {
			set(&d.units, i, c.Unit)
		}
		if c.Coordinates != nil {
			set(&d.coords, i, c.Coordinates)
		}
		if len(c.Notes) > 0 {
			set(&d.catNotes, i, c.Notes)
		}
		for _, child := range c.Children {
			k, ok := d.index[child]
			if !ok {
				return nil, fmt.Errorf("dimension %q: category %q has an unknown child %q", spec.ID, c.ID, child)
			}
			set(&d.children, i, append(d.children[i], k))
		}
	}
	return d, nil
}

func set[V any](m *map[int]V, i int, v V) {
	if *m == nil {
		*m = map[int]V{}
	}
	(*m)[i] = v
}

// Spec is the inverse of [NewDimension]: the parts of the dimension, to be
// changed and made into another one. The slices of the result are shared with d.
func (d *Dimension) Spec() DimensionSpec {
	return DimensionSpec{
		ID: d.id, Label: d.label, Role: d.role, Categories: slices.Collect(d.Categories()), Href: d.href,
		Notes: d.notes, Links: d.links, Extension: d.extension, Members: d.members,
	}
}

// ID is the name of the dimension in its dataset.
func (d *Dimension) ID() string {
	if d == nil {
		return ""
	}
	return d.id
}

// Label is the title of the dimension for people; the id if it has none.
func (d *Dimension) Label() string {
	if d == nil || d.label == "" {
		return d.ID()
	}
	return d.label
}

// HasLabel tells whether the dimension has a label of its own.
func (d *Dimension) HasLabel() bool { return d != nil && d.label != "" }

// Role is what the dimension stands for; [Classification] if no role was given.
func (d *Dimension) Role() Role {
	if d == nil || d.role == "" {
		return Classification
	}
	return d.role
}

// Href is the address of the dimension, if it was given.
func (d *Dimension) Href() string {
	if d == nil {
		return ""
	}
	return d.href
}

// Notes are remarks about the whole dimension. They may hold HTML.
func (d *Dimension) Notes() []string {
	if d == nil {
		return nil
	}
	return d.notes
}

// Links are the relations of the dimension, see also [Dimension.Identifiers].
func (d *Dimension) Links() []Link {
	if d == nil {
		return nil
	}
	return d.links
}

// Extension is the provider's own object, nil if there is none.
func (d *Dimension) Extension() json.RawMessage {
	if d == nil {
		return nil
	}
	return d.extension
}

// Members are the members of the dimension that the specification does not
// know, in the order of the document.
func (d *Dimension) Members() []Member {
	if d == nil {
		return nil
	}
	return d.members
}

// Len is the number of categories.
func (d *Dimension) Len() int {
	if d == nil {
		return 0
	}
	return len(d.ids)
}

// Categories goes through the categories in order.
func (d *Dimension) Categories() iter.Seq[Category] {
	return func(yield func(Category) bool) {
		for i := range d.Len() {
			if !yield(d.At(i)) {
				return
			}
		}
	}
}

// At is the i-th category, from 0. It panics if there is none, like an index
// into a slice.
func (d *Dimension) At(i int) Category {
	c := Category{Index: i, ID: d.ids[i], Label: d.ids[i], Unit: d.units[i], Coordinates: d.coords[i], Notes: d.catNotes[i]}
	if d.labels != nil {
		c.Label = d.labels[i]
	}
	for _, k := range d.children[i] {
		c.Children = append(c.Children, d.ids[k])
	}
	return c
}

// CategoryID is the id of the i-th category, CategoryLabel its label. They are
// cheaper than [Dimension.At].
func (d *Dimension) CategoryID(i int) string { return d.ids[i] }

// CategoryLabel is the label of the i-th category; its id if it has none.
func (d *Dimension) CategoryLabel(i int) string {
	if d.labels == nil {
		return d.ids[i]
	}
	return d.labels[i]
}

// CategoryUnit is the unit of the i-th category, nil if none is given.
func (d *Dimension) CategoryUnit(i int) *Unit { return d.units[i] }

// HasUnits tells whether any category has a unit.
func (d *Dimension) HasUnits() bool { return d != nil && len(d.units) > 0 }

// Index is the place of the category of that id, from 0; -1 if there is none.
func (d *Dimension) Index(id string) int {
	if d == nil {
		return -1
	}
	if i, ok := d.index[id]; ok {
		return i
	}
	return -1
}

// Category is the category of that id. The error for an unknown one is an
// [*UnknownError] with near misses.
func (d *Dimension) Category(id string) (Category, error) {
	if i := d.Index(id); i >= 0 {
		return d.At(i), nil
	}
	if d == nil {
		return Category{}, newUnknown("category", id, "", nil)
	}
	return Category{}, newUnknown("category", id, d.id, d.ids)
}

// HasHierarchy tells whether any category has children.
func (d *Dimension) HasHierarchy() bool { return d != nil && len(d.children) > 0 }

// Walk goes through the hierarchy (specification, "child") from the categories
// that are nobody's child downwards, parents first, children in their order,
// with the depth from 0. A category with several parents comes up once under
// each; one that is its own descendant is not entered again. Without a
// hierarchy all categories are at depth 0.
func (d *Dimension) Walk() iter.Seq2[int, Category] {
	return func(yield func(int, Category) bool) {
		if d == nil {
			return
		}
		child := make([]bool, len(d.ids))
		for _, list := range d.children {
			for _, k := range list {
				child[k] = true
			}
		}
		above := make([]bool, len(d.ids))
		seen := make([]bool, len(d.ids))
		var visit func(i, depth int) bool
		visit = func(i, depth int) bool {
			if above[i] {
				return true
			}
			seen[i] = true
			if !yield(depth, d.At(i)) {
				return false
			}
			above[i] = true
			defer func() { above[i] = false }()
			for _, k := range d.children[i] {
				if !visit(k, depth+1) {
					return false
				}
			}
			return true
		}
		for i := range d.ids {
			if !child[i] && !visit(i, 0) {
				return
			}
		}
		// Circles have no top: enter each where it comes first.
		for i := range d.ids {
			if !seen[i] && !visit(i, 0) {
				return
			}
		}
	}
}

// Identifiers are the identifiers that the links of the dimension carry, of the
// variable and of its categories: see [Identifier].
func (d *Dimension) Identifiers() []Identifier {
	var found []Identifier
	for _, l := range d.Links() {
		if l.Rel != "describedby" {
			continue
		}
		for _, m := range objectMembers(l.Extension) {
			var text string
			if json.Unmarshal(m.Value, &text) == nil {
				found = append(found, identifiersOf(d.id, func(id string) bool { return d.Index(id) >= 0 }, m.Name, text)...)
			}
		}
	}
	return found
}
