package pxweb

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// target is a dimension of the merged cube.
type target struct {
	id    string
	codes []string
	same  bool // all parts have all of it

	// summed tells that the variable can be left out by the word of the metadata and
	// that all its values were asked for.
	summed bool
}

// merge is how the cells of the parts make the cube: package dice puts them together,
// what is left is where the categories of a part stand in the cube.
type merge struct {
	mu    sync.Mutex // a pass at a time, see partCells
	cells jsonstat.Cells
	size  int64
}

// newMerge holds the parts against the target and checks that every cell comes
// once. Categories are found by code, never by their place.
func newMerge(parts []*part, dims []target) (*merge, error) {
	files := &spool.Files{}
	shape := make(jsonstat.Shape, len(dims))
	boxes := make([]dice.Part, len(parts))
	for n, p := range parts {
		boxes[n] = dice.Part{Places: make([][]int, len(dims)), Cells: &partCells{part: p, files: files}}
	}
	for i := range dims {
		if shape[i] = len(dims[i].codes); dims[i].same {
			continue
		}
		places, err := dims[i].places(parts, i)
		if err != nil {
			return nil, err
		}
		for n, p := range parts {
			boxes[n].Places[i] = places[p.axes[i]]
		}
	}
	m := &merge{}
	var err error
	if m.cells, err = dice.Assemble(shape, boxes); err != nil {
		return nil, mergeError(err)
	}
	m.size, err = shape.Cells()
	return m, err
}

// places are the places of the codes of each axis among those of the cube.
func (d *target) places(parts []*part, i int) (map[*axis][]int, error) {
	place := make(map[string]int, len(d.codes))
	for k, code := range d.codes {
		place[code] = k
	}
	places := map[*axis][]int{}
	for _, p := range parts {
		a := p.axes[i]
		if places[a] != nil {
			continue
		}
		list := make([]int, len(a.codes))
		last := -1
		for n, code := range a.codes {
			k, ok := place[code]
			if !ok {
				return nil, fmt.Errorf("%w: %q of %s was not asked for", ErrMerge, code, d.id)
			}
			if k <= last {
				return nil, fmt.Errorf("%w: %q of %s stands in another order than in the table", ErrMerge, code, d.id)
			}
			list[n], last = k, k
		}
		places[a] = list
	}
	return places, nil
}

// mergeError says in the words of a fetch why parts do not make the cube.
func mergeError(err error) error {
	cover, ok := errors.AsType[*dice.CoverageError](err)
	switch {
	case ok && len(cover.Parts) > 0:
		return fmt.Errorf("%w: some cells came twice", ErrMerge)
	case ok:
		return fmt.Errorf("%w: some cells did not come", ErrMerge)
	case errors.Is(err, jsonstat.ErrLimit):
		return fmt.Errorf("%w: there are too many of them", ErrMerge)
	}
	return fmt.Errorf("%w: %w", ErrMerge, err)
}

// copyCells writes all cells of the cube.
func (m *merge) copyCells(w *cellWriter) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	cur, err := m.cells.Cursor(true)
	if err != nil {
		return err
	}
	defer cur.Close()
	for {
		chunk, err := cur.Next()
		if err == io.EOF {
			w.missing(m.size - w.pos) // those that sparse parts leave out at the end
			return w.flush()
		}
		if err != nil {
			return err
		}
		if w.write(chunk, m.cells.Statuses()); w.failed() != nil {
			return w.failed()
		}
	}
}
