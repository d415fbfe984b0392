package dice

import (
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Apply is the part of a dataset that the spec keeps. Its head is narrowed
// whole; its cells are read through those of ds, which must stay open. A spec
// that keeps all gives ds itself. The errors are those of [Spec.Resolve].
func (s *Spec) Apply(ds *jsonstat.Dataset) (*jsonstat.Dataset, error) {
	keep, err := s.resolve(ds)
	if err != nil {
		return nil, err
	}
	return cut(ds, keep)
}

// Slice is the part of a dataset at one category of each of some dimensions,
// given as dimension and category in turn: Slice(ds, "Region", "0301"). The
// dimensions stay, with one category each.
func Slice(ds *jsonstat.Dataset, pairs ...string) (*jsonstat.Dataset, error) {
	spec := &Spec{}
	for i := 0; i+1 < len(pairs); i += 2 {
		spec.Criteria = append(spec.Criteria, Criterion{Dimension: pairs[i], Select: IDs(pairs[i+1])})
	}
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dimension \"%s\" is given without a category", pairs[len(pairs)-1])
	}
	return spec.Apply(ds)
}

// cut narrows a dataset.
func cut(ds *jsonstat.Dataset, keep [][]int) (*jsonstat.Dataset, error) {
	if !slices.ContainsFunc(keep, func(list []int) bool { return list != nil }) {
		return ds, nil
	}
	head, err := ds.Head().Narrow(keep)
	if err != nil {
		return nil, err
	}
	if !ds.HasCells() {
		return jsonstat.New(head, nil)
	}
	choices := make([]choice, len(keep))
	for i, list := range keep {
		choices[i] = chosen(list, ds.Shape()[i])
	}
	return jsonstat.New(head, &cells{src: ds.Cells(), plan: newPlan(ds.Shape(), choices)})
}
