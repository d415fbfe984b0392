package xlsxconv

import (
	"cmp"
	"slices"
)

// held are the values or statuses of cells that a reader found in the hidden sheet,
// by position.
type held struct {
	positions []int64
	ends      []int
	text      []byte
	last      int // where the last one was found
}

// add adds one. Most come in the order of their positions.
func (h *held) add(pos int64, text []byte) {
	h.positions = append(h.positions, pos)
	h.text = append(h.text, text...)
	h.ends = append(h.ends, len(h.text))
}

// sort puts them in order, if need be.
func (h *held) sort() {
	if slices.IsSorted(h.positions) {
		return
	}
	order := make([]int, len(h.positions))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(h.positions[a], h.positions[b]) })
	sorted := held{}
	for _, i := range order {
		sorted.add(h.positions[i], h.at(i))
	}
	*h = sorted
}

func (h *held) at(i int) []byte {
	from := 0
	if i > 0 {
		from = h.ends[i-1]
	}
	return h.text[from:h.ends[i]]
}

// find is what is held of a cell, nil if nothing is. Mostly it is the one behind
// the last.
func (h *held) find(pos int64) []byte {
	n := len(h.positions)
	if n == 0 {
		return nil
	}
	if next := h.last + 1; next < n && h.positions[next] == pos {
		h.last = next
		return h.at(next)
	} else if next < n && h.positions[h.last] < pos && pos < h.positions[next] {
		return nil
	}
	i, ok := slices.BinarySearch(h.positions, pos)
	if !ok {
		return nil
	}
	h.last = i
	return h.at(i)
}
