package dice

import (
	"errors"
	"fmt"
	"strings"

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

func (s *Spec) resolve(ds *jsonstat.Dataset) ([][]int, error) {
	dims := ds.Dimensions()
	marks := make([]*marks, len(dims))
	for _, c := range s.Criteria {
		name := c.Dimension
		if ds.Dimension(c.raw) != nil && c.raw != "" {
			name = c.raw
		}
		i, err := s.dimension(ds, name)
		if err != nil {
			return nil, err
		}
		d := dims[i]
		if marks[i] == nil {
			marks[i] = newMarks(d.Len())
		}
		finder := finder{ds: ds, d: d, labels: s.Labels}
		for _, sel := range c.Select {
			found, err := finder.find(sel)
			if err != nil {
				return nil, err
			}
			marks[i].add(found, c.Omit)
		}
		if !c.Omit {
			marks[i].chosen = true
		}
	}
	keep := make([][]int, len(dims))
	for i, m := range marks {
		if m == nil {
			continue
		}
		if keep[i] = m.kept(); len(keep[i]) == 0 {
			return nil, fmt.Errorf("nothing is left of dimension %q: %w", dims[i].ID(), ErrEmpty)
		}
		if len(keep[i]) == dims[i].Len() {
			keep[i] = nil
		}
	}
	return keep, nil
}

// ErrEmpty is the error for a spec that leaves nothing of a dimension.
var ErrEmpty = errors.New("a dice must keep a category of each")

// dimension is the place of the dimension that a criterion names.
func (s *Spec) dimension(ds *jsonstat.Dataset, name string) (int, error) {
	i, _, err := ds.FindDimension(name)
	if err == nil || !s.Labels {
		return i, err
	}
	found := -1
	for k, d := range ds.Dimensions() {
		if strings.EqualFold(d.Label(), name) {
			if found >= 0 {
				return -1, fmt.Errorf("dimensions %q and %q both have the label %q: name one by its id", ds.Dimensions()[found].ID(), d.ID(), name)
			}
			found = k
		}
	}
	if found < 0 {
		return -1, err
	}
	return found, nil
}

// marks are the categories that criteria select.
type marks struct {
	chosen    bool // there is a criterion that does not omit
	keep, cut []bool
}

func newMarks(n int) *marks { return &marks{keep: make([]bool, n), cut: make([]bool, n)} }

func (m *marks) add(found []int, omit bool) {
	list := m.keep
	if omit {
		list = m.cut
	}
	for _, i := range found {
		list[i] = true
	}
}

func (m *marks) kept() []int {
	var kept []int
	for i := range m.keep {
		if (m.keep[i] || !m.chosen) && !m.cut[i] {
			kept = append(kept, i)
		}
	}
	return kept
}

// finder finds what selectors select in a dimension.
type finder struct {
	ds     *jsonstat.Dataset
	d      *jsonstat.Dimension
	labels bool
}

// find lists the indexes of the categories that a selector selects.
func (f finder) find(s Selector) ([]int, error) {
	if s.raw != "" {
		if i := f.d.Index(s.raw); i >= 0 {
			return []int{i}, nil // an id, though it looks like an expression
		}
		if f.labels && s.Kind != ID {
			if found := f.labelled(s.raw); found != nil {
				return found, nil
			}
		}
	}
	switch s.Kind {
	case ID:
		return f.named(s.Text)
	case Glob:
		return f.glob(s.Text)
	case Range:
		return f.span(s)
	}
	return f.end(s), nil
}

// named finds a category by its id, or those of a label.
func (f finder) named(name string) ([]int, error) {
	if i := f.d.Index(name); i >= 0 {
		return []int{i}, nil
	}
	if f.labels {
		if found := f.labelled(name); found != nil {
			return found, nil
		}
	}
	_, err := f.d.Category(name)
	return nil, err
}

func (f finder) labelled(label string) []int {
	var found []int
	for i := range f.d.Len() {
		if strings.EqualFold(f.d.CategoryLabel(i), label) {
			found = append(found, i)
		}
	}
	return found
}

func (f finder) glob(pattern string) ([]int, error) {
	var found []int
	for i := range f.d.Len() {
		if match(pattern, f.d.CategoryID(i)) || (f.labels && match(strings.ToLower(pattern), strings.ToLower(f.d.CategoryLabel(i)))) {
			found = append(found, i)
		}
	}
	if found == nil {
		_, err := f.d.Category(pattern)
		return nil, err
	}
	return found, nil
}

func (f finder) span(s Selector) ([]int, error) {
	from, to := 0, f.d.Len()-1
	for _, end := range []struct {
		name  string
		index *int
	}{{s.Text, &from}, {s.To, &to}} {
		if end.name == "" {
			continue
		}
		found, err := f.named(end.name)
		if err != nil {
			return nil, err
		}
		if len(found) > 1 {
			return nil, fmt.Errorf("%d categories of dimension %q have the label %q: end the range with an id", len(found), f.d.ID(), end.name)
		}
		*end.index = found[0]
	}
	if from > to {
		return nil, fmt.Errorf("in dimension %q %q stands behind %q: write %s", f.d.ID(), s.Text, s.To, Selector{Kind: Range, Text: s.To, To: s.Text})
	}
	return steps(from, to+1), nil
}

// end selects categories from one end: the end of a time dimension is its
// latest category.
func (f finder) end(s Selector) []int {
	n := f.d.Len()
	last := isTime(f.ds, f.d) && !descends(f.d)
	if s.Kind == Bottom {
		last = !last
	}
	if last {
		to := max(0, n-s.Offset)
		return steps(max(0, to-s.N), to)
	}
	from := min(n, s.Offset)
	return steps(from, min(n, from+s.N))
}

func steps(from, to int) []int {
	list := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		list = append(list, i)
	}
	return list
}

// match tells whether a text matches a glob.
func match(glob, text string) bool {
	g, t := []rune(glob), []rune(text)
	// Where the last * stood, and what it has swallowed so far.
	star, from := -1, 0
	i := 0
	for k := 0; k < len(t); {
		switch {
		case i < len(g) && g[i] == '*':
			star, from = i, k
			i++
		case i < len(g) && (g[i] == '?' || g[i] == t[k]):
			i, k = i+1, k+1
		case star >= 0:
			from++
			i, k = star+1, from
		default:
			return false
		}
	}
	for i < len(g) && g[i] == '*' {
		i++
	}
	return i == len(g)
}
