package jsonstat

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
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
	empty     []string // names of those that are the empty text

	ids             []string
	labels          []string       // "" where the id stands for it; nil if none has a label of its own
	emptyLabels     map[int]bool   // which of the labels are given, as ""
	index           map[string]int // by id
	indexArray      bool           // "index" is an array
	units           map[int]*Unit
	coords          map[int]*Coordinates
	catNotes        map[int][]string
	children        map[int][]int
	categoryMembers []Member // unknown members of "category"

	unreadRole unreadRest // of a stream in which the roles may stand behind the cells
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

	Members         []Member // members that the specification does not know
	CategoryMembers []Member // the same of the object "category"

	// Labelled writes labels even if they say no more than the ids. Default: they
	// are left out then.
	Labelled bool

	// How the document wrote it, for dimensions that were read.
	order         []string
	empty         []string
	indexObject   bool            // "index" is an object
	labelsMissing bool            // "label" leaves out some categories
	emptyLabels   map[string]bool // by id: "label" has them, as ""
}

// NewDimension makes a dimension. Of the categories, Index is not looked at:
// their order counts; an empty Label means that the id is the label. Ids must
// be unique, and children must be categories of the dimension. The slices of
// the spec must not change afterwards.
func NewDimension(spec DimensionSpec) (*Dimension, error) {
	d := &Dimension{
		id: spec.ID, label: spec.Label, role: spec.Role, href: spec.Href, notes: spec.Notes,
		links: spec.Links, extension: spec.Extension, members: spec.Members, categoryMembers: spec.CategoryMembers,
		order: spec.order, empty: spec.empty, indexArray: !spec.indexObject, index: make(map[string]int, len(spec.Categories)),
	}
	if d.role == Classification {
		d.role = ""
	}
	labelled := spec.Labelled
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
			if label == "" && !spec.labelsMissing {
				label = c.ID
			}
			d.labels = append(d.labels, label)
			if label == "" && spec.emptyLabels[c.ID] {
				setInMap(&d.emptyLabels, i, true)
			}
		}
		if c.Unit != nil {
			setInMap(&d.units, i, c.Unit)
		}
		if c.Coordinates != nil {
			setInMap(&d.coords, i, c.Coordinates)
		}
		if len(c.Notes) > 0 {
			setInMap(&d.catNotes, i, c.Notes)
		}
		for _, child := range c.Children {
			k, ok := d.index[child]
			if !ok {
				return nil, fmt.Errorf("dimension %q: category %q has an unknown child %q", spec.ID, c.ID, child)
			}
			setInMap(&d.children, i, append(d.children[i], k))
		}
	}
	return d, nil
}

func setInMap[K comparable, V any](m *map[K]V, i K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[i] = v
}

// Spec is the inverse of [NewDimension]: the parts of the dimension, to be
// changed and made into another one. Nothing that was read is lost on that way.
// All slices but Categories are shared with d: replace them, do not write into
// them.
func (d *Dimension) Spec() DimensionSpec {
	if d == nil {
		return DimensionSpec{}
	}
	spec := DimensionSpec{
		ID: d.id, Label: d.label, Role: d.givenRole(), Categories: slices.Collect(d.Categories()), Href: d.href,
		Notes: d.notes, Links: d.links, Extension: d.extension, Members: d.members, CategoryMembers: d.categoryMembers,
		order: d.order, empty: d.empty, indexObject: !d.indexArray, Labelled: d.labels != nil,
	}
	for i, label := range d.labels {
		if label == "" {
			spec.Categories[i].Label, spec.labelsMissing = "", true
			if d.emptyLabels[i] {
				setInMap(&spec.emptyLabels, d.ids[i], true)
			}
		}
	}
	return spec
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
	if d == nil || d.givenRole() == "" {
		return Classification
	}
	return d.role
}

// givenRole is the role, "" if none was given.
func (d *Dimension) givenRole() Role {
	if d.unreadRole != nil {
		d.unreadRole.require("role")
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
	c := Category{Index: i, ID: d.ids[i], Label: d.CategoryLabel(i), Unit: d.units[i], Coordinates: d.coords[i], Notes: d.catNotes[i]}
	for _, k := range d.children[i] {
		c.Children = append(c.Children, d.ids[k])
	}
	return c
}

// CategoryID is the id of the i-th category, from 0. Like [Dimension.At], which
// costs more, it panics if there is none.
func (d *Dimension) CategoryID(i int) string { return d.ids[i] }

// CategoryLabel is the label of the i-th category; its id if it has none.
func (d *Dimension) CategoryLabel(i int) string {
	if d.labels == nil || d.labels[i] == "" {
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
// [*UnknownError] with near misses: ids that look like it, and the ids of
// categories that have it as a label.
func (d *Dimension) Category(id string) (Category, error) {
	if i := d.Index(id); i >= 0 {
		return d.At(i), nil
	}
	if d == nil {
		return Category{}, newUnknown("category", id, "", nil)
	}
	err := newUnknown("category", id, d.id, d.ids)
	for i, label := range d.labels {
		if strings.EqualFold(label, id) && !err.prefer(d.ids[i]) {
			break
		}
	}
	return Category{}, err
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
