package xlsxconv

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"io"
	"slices"
)

// beyond are the cells of which the sheets do not say all: numbers with more
// digits than are sure, texts that are too long, statuses that are not seen.
// They are kept compressed until the hidden sheet is written.
type beyond struct {
	n    int
	text bytes.Buffer
	pack *flate.Writer
	head []byte
}

// beyondKind is what is kept of a cell.
type beyondKind byte

const (
	beyondValue  beyondKind = 'v' // a JSON token
	beyondStatus beyondKind = 's'
)

// add keeps a token of the cell at a position.
func (b *beyond) add(kind beyondKind, pos int64, token []byte) error {
	if b.pack == nil {
		var err error
		if b.pack, err = flate.NewWriter(&b.text, flate.BestSpeed); err != nil {
			return err
		}
	}
	b.n++
	b.head = append(b.head[:0], byte(kind))
	b.head = binary.AppendUvarint(b.head, uint64(pos))
	b.head = binary.AppendUvarint(b.head, uint64(len(token)))
	if _, err := b.pack.Write(b.head); err != nil {
		return err
	}
	_, err := b.pack.Write(token)
	return err
}

// each goes through what was kept, once.
func (b *beyond) each(f func(kind beyondKind, pos int64, token []byte) error) error {
	if b.n == 0 {
		return nil
	}
	if err := b.pack.Close(); err != nil {
		return err
	}
	r := bufio.NewReader(flate.NewReader(&b.text))
	var token []byte
	for range b.n {
		kind, err := r.ReadByte()
		if err != nil {
			return err
		}
		pos, err := binary.ReadUvarint(r)
		if err != nil {
			return err
		}
		size, err := binary.ReadUvarint(r)
		if err != nil {
			return err
		}
		token = append(token[:0], make([]byte, size)...)
		if _, err := io.ReadFull(r, token); err != nil {
			return err
		}
		if err := f(beyondKind(kind), int64(pos), token); err != nil {
			return err
		}
	}
	return nil
}

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
