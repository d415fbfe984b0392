package sdmxconv

import (
	"slices"
	"strings"
)

// names are what a structure file says of the ids in SDMX-CSV. Empty names
// say nothing.
type names struct {
	title      string   // of what the structure is of
	dimensions []string // ids, in order
	measures   []string
	components map[string]string           // names by id
	lists      map[string]map[string]value // values by component and id
}

// component is the name of a component.
func (n *names) component(id string) string {
	return n.components[strings.ToUpper(id)]
}

// codes are the values of a component by id.
func (n *names) codes(id string) map[string]value {
	return n.lists[strings.ToUpper(id)]
}

// has tells whether the structure has a dimension or a measure of exactly that id: Sex
// is none of SEX.
func (n *names) has(id string) bool {
	return slices.Contains(n.dimensions, id) || slices.Contains(n.measures, id)
}

// add notes a component.
func (n *names) add(id, name string, values []value) {
	key := strings.ToUpper(id)
	if name != "" {
		n.components[key] = name
	}
	if len(values) == 0 {
		return
	}
	list := n.lists[key]
	if list == nil {
		list = make(map[string]value, len(values))
		n.lists[key] = list
	}
	for _, v := range values {
		list[v.id] = v
	}
}
