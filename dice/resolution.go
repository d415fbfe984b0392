package dice

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Resolve says which categories of each dimension the spec keeps: their indexes
// in ascending order, or nil where the dimension is kept whole. Unknown dimensions
// and categories are a [*jsonstat.UnknownError] with near misses; so that nothing
// is lost by a slip, a glob that matches nothing and a dimension of which nothing
// is left are errors too.
func (s *Spec) Resolve(dims []*jsonstat.Dimension) ([][]int, error) {
	head, err := jsonstat.New(jsonstat.Head{Dimensions: dims}, nil)
	if err != nil {
		return nil, err
	}
	return s.resolve(head)
}

// resolve is Resolve for a dataset. One finder for each dimension that is named collects
// what the criteria select, so that a hundred criteria of one dimension share its tables.
func (s *Spec) resolve(ds *jsonstat.Dataset) ([][]int, error) {
	dims := ds.Dimensions()
	finders := make([]*categoryFinder, len(dims))
	names := &dimensionNames{ds: ds}
	for _, c := range s.Criteria {
		name := c.Dimension
		if ds.Dimension(c.raw) != nil && c.raw != "" {
			name = c.raw
		}
		i, err := names.find(name, s.Labels)
		if err != nil {
			return nil, err
		}
		if c.CodeList != "" {
			if c = c.withoutList(dims[i]); c.CodeList != "" {
				return nil, fmt.Errorf("dimension %q: %w", dims[i].ID(), &CodeListError{c.CodeList})
			}
		}
		if finders[i] == nil {
			finders[i] = newCategoryFinder(ds, dims[i], s.Labels)
		}
		if err := finders[i].markCriterion(&c); err != nil {
			return nil, err
		}
	}
	keep := make([][]int, len(dims))
	for i, f := range finders {
		if f == nil {
			continue
		}
		if keep[i] = f.keptCategories(); len(keep[i]) == 0 {
			return nil, fmt.Errorf("nothing is left of dimension %q: %w", dims[i].ID(), ErrEmpty)
		}
		if len(keep[i]) == dims[i].Len() {
			keep[i] = nil
		}
	}
	return keep, nil
}

// withoutList is the criterion without its code list if the dimension has a category
// whose id begins like one.
func (c Criterion) withoutList(d *jsonstat.Dimension) Criterion {
	if len(c.literal) > 0 {
		first := c.literal[0]
		if d.Index(first.Written) >= 0 && first.Written != "" || d.Index(first.Text) >= 0 && first.Text != "" {
			c.Select, c.CodeList = c.literal, ""
		}
	}
	return c
}

// dimensionNames finds dimensions by id or, on request, by label.
type dimensionNames struct {
	ds     *jsonstat.Dataset
	labels map[string][]int // places of dimensions by folded label, once one was asked for
}

// find is the index of the dimension that a criterion names.
func (n *dimensionNames) find(name string, labels bool) (int, error) {
	if !labels || n.ds.Dimension(name) != nil {
		i, _, err := n.ds.FindDimension(name)
		return i, err
	}
	dims := n.ds.Dimensions()
	if n.labels == nil {
		n.labels = map[string][]int{}
		for i, d := range dims {
			label := foldCase(d.Label())
			n.labels[label] = append(n.labels[label], i)
		}
	}
	switch found := n.labels[foldCase(name)]; len(found) {
	case 0:
		_, _, err := n.ds.FindDimension(name)
		return -1, err
	case 1:
		return found[0], nil
	default:
		return -1, fmt.Errorf("dimensions %q and %q both have the label %q: name one by its id", dims[found[0]].ID(), dims[found[1]].ID(), name)
	}
}
