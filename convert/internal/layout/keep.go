package layout

import "github.com/jsonstat-go/toolkit/jsonstat"

// Keep says which rows or cells are wanted.
type Keep uint8

// What is kept: all, those with a value, those with a value or a status.
const (
	All Keep = iota
	NonMissing
	NonEmpty
)

// Wants tells whether a cell is kept.
func (k Keep) Wants(kind jsonstat.Kind, status int32) bool {
	return k == All || kind != jsonstat.Missing || (k == NonEmpty && status != 0)
}

// Gaps tells whether cells that a sparse dataset leaves out are kept. They have no
// value, and at most the status that all cells have.
func Gaps(ds *jsonstat.Dataset, keep Keep) bool {
	info := ds.Cells().Info()
	return info.Sparse && keep.Wants(jsonstat.Missing, info.Default)
}

// Empty tells whether a dataset has no rows: it is metadata alone, or one of its
// dimensions has no category.
func Empty(ds *jsonstat.Dataset) bool { return !ds.HasCells() || ds.Len() == 0 }

// TooMany tells whether so many cells that a sparse dataset leaves out are kept that
// somebody must ask for them.
func TooMany(ds *jsonstat.Dataset, keep Keep) bool { return Gaps(ds, keep) && ds.Len() > maxRows }

// next finds the next cells of a chunk, from i on, that are kept: those from from to
// to, between which none is left out. There are no more if from is to.
func (k Keep) next(c *jsonstat.Chunk, i int) (from, to int) {
	n := len(c.Kinds)
	if k == All {
		return i, n
	}
	for i < n && !k.keeps(c, i) {
		i++
	}
	from = i
	for i < n && k.keeps(c, i) {
		i++
	}
	return from, i
}

// keeps tells whether cell i of a chunk is kept.
func (k Keep) keeps(c *jsonstat.Chunk, i int) bool {
	return k == All || c.Kinds[i] != jsonstat.Missing || (k == NonEmpty && c.Status != nil && c.Status[i] != 0)
}
