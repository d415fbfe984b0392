package sdmxconv

// groupsOf says which data sets of those chosen make a cube together: those of one structure that
// are valid at the same time and have the same attributes, with those that delete
// what others brought.
func groupsOf(m *message, chosen []int) ([][]int, error) {
	g := grouping{m: m, same: map[terms][]int{}, blank: map[int]int{}, last: map[int]int{}}
	for _, i := range chosen {
		k, err := m.structureOf(i)
		if err != nil {
			return nil, err
		}
		g.add(i, k)
	}
	return g.groups, nil
}

// terms are what data sets of a group have in common, but for their attributes,
// which one of two need not have.
type terms struct {
	structure                int
	from, to, dimensionGroup string
}

// grouping puts data sets into groups.
type grouping struct {
	m          *message
	groups     [][]int
	attributes []string // by group; "" where none of it has any

	same  map[terms][]int // groups of the same terms
	of    map[withAttributes]int
	blank map[int]int // by structure, the group of nothing but deletions and one
	last  map[int]int // by structure, the last group and one
}

// withAttributes are terms with attributes.
type withAttributes struct {
	terms
	attributes string
}

// add puts a data set of a structure into the first group that it fits, or a new
// one. What deletes goes into the last one if it fits none.
func (g *grouping) add(i, structure int) {
	text := func(name string) string { return g.m.sets[i].member(name).raw() }
	t := withAttributes{terms{structure, text("validFrom"), text("validTo"), text("dimensionGroupAttributes")}, text("attributes")}
	deletes := g.m.sets[i].is("Delete")
	at := g.first(t)
	if at < 0 && deletes {
		at = g.last[structure] - 1
	}
	if at < 0 {
		at = len(g.groups)
		g.groups, g.attributes = append(g.groups, nil), append(g.attributes, "")
		g.last[structure] = at + 1
		if deletes {
			g.blank[structure] = at + 1
		} else {
			g.same[t.terms] = append(g.same[t.terms], at)
		}
	}
	g.groups[at] = append(g.groups[at], i)
	if deletes {
		return
	}
	if g.blank[structure] == at+1 {
		delete(g.blank, structure)
		g.same[t.terms] = append(g.same[t.terms], at)
	}
	if t.attributes != "" && g.attributes[at] == "" {
		g.attributes[at] = t.attributes
		if g.of == nil {
			g.of = map[withAttributes]int{}
		}
		g.of[t] = at
	}
}

// first is the first group that data of these terms fit, -1 if there is none. A group
// without attributes is the first of its terms, since it takes all others.
func (g *grouping) first(t withAttributes) int {
	if k := g.blank[t.structure]; k > 0 {
		return k - 1 // it was there before all others
	}
	same := g.same[t.terms]
	switch {
	case len(same) == 0:
		return -1
	case t.attributes == "" || g.attributes[same[0]] == "":
		return same[0]
	}
	if at, ok := g.of[t]; ok {
		return at
	}
	return -1
}
