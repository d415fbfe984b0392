package dice

import (
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Apply is the part of a dataset that the spec keeps. All parts of its head are
// narrowed (labels, units, notes, extensions); its cells are read through those of
// ds, which must stay open. A spec that keeps all gives ds itself. The errors are
// those of [Spec.Resolve].
func (s *Spec) Apply(ds *jsonstat.Dataset) (*jsonstat.Dataset, error) {
	keep, err := s.resolve(ds)
	if err != nil {
		return nil, err
	}
	return narrowDataset(ds, keep)
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

// narrowDataset is a dataset with the categories of the given indexes: the head narrowed,
// the cells behind a filter.
func narrowDataset(ds *jsonstat.Dataset, keep [][]int) (*jsonstat.Dataset, error) {
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
		choices[i] = newChoice(list, ds.Shape()[i])
	}
	return jsonstat.New(head, &dicedCells{src: ds.Cells(), cellMap: newCellMap(ds.Shape(), choices)})
}
