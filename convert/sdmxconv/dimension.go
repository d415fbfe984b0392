package sdmxconv

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// dimension is an axis of a cube. How its categories lie in keys is known to
// whoever reads them.
type dimension struct {
	component
	place  int // among the dimensions of the cube, of those of a structure
	size   int
	stride int64 // in observations: with several measures there are as many cells to each
	role   jsonstat.Role

	units []*jsonstat.Unit // by category; nil if there are none
	notes map[int][]string
	bare  bool // no labels are known
}

// setStrides says how far apart the categories of dimensions are.
func setStrides(dims []*dimension) {
	stride := int64(1)
	for _, d := range slices.Backward(dims) {
		d.stride = stride
		stride *= int64(d.size)
	}
}

// box is what a group of observations is told apart by: the dimensions of which it names
// a category, rather than -1. All groups of these dimensions have one mask.
func box(dims []*dimension, coords []int) (mask string, of []*dimension, pos int64) {
	for i, k := range coords {
		if k >= 0 {
			mask += "," + strconv.Itoa(i)
			of = append(of, dims[i])
			pos += int64(k) * dims[i].stride
		}
	}
	return mask, of, pos
}

// category is the one at a position of the cube.
func (d *dimension) category(pos int64) int { return int(pos / d.stride % int64(d.size)) }

// unit is the unit of a category, nil if it has none.
func (d *dimension) unit(i int) *jsonstat.Unit {
	if d.units == nil {
		return nil
	}
	return d.units[i]
}

// check finds what a dimension cannot be.
func (d *dimension) check() error {
	if d.size == 0 {
		return &jsonstat.Error{Msg: "dimension \"" + brief(d.id) + "\" has no values: there are no data", Err: ErrNotSDMX}
	}
	seen := make(map[string]bool, d.size)
	for _, v := range d.values {
		if seen[v.id] {
			return &jsonstat.Error{Msg: "dimension \"" + brief(d.id) + "\" has the value \"" + brief(v.id) + "\" twice: which of them is meant?", Err: ErrNotSDMX}
		}
		seen[v.id] = true
	}
	return nil
}

// make makes the dimension of JSON-stat; the annotations are those of the structure.
func (d *dimension) make(annotations []annotation, l *language) (*jsonstat.Dimension, error) {
	spec := jsonstat.DimensionSpec{ID: d.id, Label: d.name, Role: d.role, Categories: make([]jsonstat.Category, d.size), Labelled: !d.bare}
	if d.note != "" {
		spec.Notes = []string{d.note}
	}
	place := make(map[string]int, d.size)
	for i, v := range d.values {
		spec.Categories[i] = jsonstat.Category{ID: v.id, Label: v.name, Unit: d.unit(i)}
		if v.note != "" {
			spec.Categories[i].Notes = []string{v.note}
		}
		place[v.id] = i
	}
	for i, notes := range d.notes {
		spec.Categories[i].Notes = append(spec.Categories[i].Notes, notes...)
	}
	var x members
	tree := d.tree(place)
	for e, member := range extras {
		var list members
		for i := range d.values {
			id, more := d.values[i].id, d.values[i].details()
			k, ok := place[more.parent]
			switch {
			case more.raw[e] == "":
			case e == parentExtra && ok && k != i && tree[i]:
				spec.Categories[k].Children = append(spec.Categories[k].Children, id)
			default:
				list.add(id, json.RawMessage(more.raw[e]))
			}
		}
		x.add(member, list.json())
	}
	x.add("annotations", annotationsOf(d.annotations, annotations, l))
	var list members
	for i := range d.values {
		list.add(d.values[i].id, annotationsOf(d.values[i].details().annotations, annotations, l))
	}
	x.add("categoryAnnotations", list.json())
	if len(x.names) > 0 {
		var ext members
		ext.add("sdmx", x.json())
		spec.Extension = ext.json()
	}
	return jsonstat.NewDimension(spec)
}

// tree tells which categories have parents up to one that has none: those on a
// circle, and below one, do not.
func (d *dimension) tree(place map[string]int) []bool {
	const open, ends, circles = 1, 2, 3
	state := make([]uint8, len(d.values))
	tree := make([]bool, len(d.values))
	var path []int
	for i := range d.values {
		path = path[:0]
		for at := i; ; {
			if state[at] == 0 {
				state[at] = open
				path = append(path, at)
				if up, ok := place[d.values[at].details().parent]; ok && up != at {
					at = up
					continue
				}
				state[at] = ends
			}
			end := max(state[at], ends)
			if state[at] == open {
				end = circles
			}
			for _, k := range path {
				state[k], tree[k] = end, end == ends
			}
			break
		}
	}
	return tree
}
