package jsonstat

import "iter"

// HasHierarchy tells whether any category has children.
func (d *Dimension) HasHierarchy() bool { return d != nil && len(d.children) > 0 }

// hierarchyStep is a category on the path down, and which child comes next.
type hierarchyStep struct{ i, next int }

// findCycle finds a category that is its own descendant; -1 if there is none. It goes down
// depth first with a path of its own, not by recursion, since a hostile document may nest
// a hundred thousand deep. A child that is on the path (open) closes a circle; one that was
// left (closed) has none below it and is not entered again, so the time is that of all
// edges.
func (d *Dimension) findCycle() int {
	if len(d.children) == 0 {
		return -1
	}
	const (
		open = 1 + iota
		closed
	)
	state := make([]uint8, len(d.ids))
	for top := range d.ids {
		if state[top] == closed || len(d.children[top]) == 0 {
			continue
		}
		state[top] = open
		for path := []hierarchyStep{{top, 0}}; len(path) > 0; {
			s := &path[len(path)-1]
			if s.next == len(d.children[s.i]) {
				state[s.i] = closed
				path = path[:len(path)-1]
				continue
			}
			child := d.children[s.i][s.next]
			s.next++
			switch state[child] {
			case open:
				return child
			case closed:
			default:
				state[child] = open
				path = append(path, hierarchyStep{child, 0})
			}
		}
	}
	return -1
}

// Walk goes through the hierarchy (specification, "child") from the categories
// that are nobody's child downwards, parents first, children in their order,
// with the depth from 0. A category with several parents comes up once under
// each, with all that is below it: where many have several, there are many more
// steps than categories. One that is its own descendant is not entered again.
// Without a hierarchy all categories are at depth 0.
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
		seen := make([]bool, len(d.ids))
		above := make([]bool, len(d.ids))
		var path []hierarchyStep
		// down visits a category and all that is below it.
		down := func(top int) bool {
			path = append(path[:0], hierarchyStep{top, -1})
			for len(path) > 0 {
				s := &path[len(path)-1]
				if s.next < 0 {
					seen[s.i], above[s.i] = true, true
					if !yield(len(path)-1, d.At(s.i)) {
						return false
					}
					s.next = 0
				}
				list := d.children[s.i]
				for s.next < len(list) && above[list[s.next]] {
					s.next++
				}
				if s.next == len(list) {
					above[s.i] = false
					path = path[:len(path)-1]
					continue
				}
				s.next++
				path = append(path, hierarchyStep{list[s.next-1], -1})
			}
			return true
		}
		for i := range d.ids {
			if !child[i] && !down(i) {
				return
			}
		}
		// Circles have no top: enter each where it comes first.
		for i := range d.ids {
			if !seen[i] && !down(i) {
				return
			}
		}
	}
}
