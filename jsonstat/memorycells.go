package jsonstat

import (
	"fmt"
	"io"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// Cells is the row as a source of cells. The values must not change afterwards.
func (v *Values) Cells() Cells {
	if v.unsorted {
		v.sortPositions()
	}
	return &memoryCells{v: v}
}

// memoryCells are the cells of a dataset built in Go: the second of the two sources of
// cells, beside [textCells]. A third is a filter over either, as package dice has it.
type memoryCells struct{ v *Values }

func (m *memoryCells) Info() CellsInfo {
	if m.v == nil {
		return CellsInfo{}
	}
	return CellsInfo{Sparse: !m.v.dense, HasStatus: m.v.status != nil}
}

func (m *memoryCells) Statuses() []string {
	if m.v == nil || m.v.words == nil {
		return []string{""}
	}
	return m.v.words
}

func (m *memoryCells) Facts() (Facts, error) { return CountFacts(m) }

func (m *memoryCells) Cursor(statuses bool) (Cursor, error) {
	if m.v != nil && m.v.err != nil {
		return nil, m.v.err
	}
	c := &memoryCursor{v: m.v, statuses: statuses && m.v != nil && m.v.status != nil}
	if m.v != nil {
		c.to = len(m.v.tokens)
	}
	return c, nil
}

// memoryCursor copies the tokens of a chunk side by side.
type memoryCursor struct {
	v            *Values
	statuses     bool
	nextCell, to int
	chunk        Chunk
}

func (c *memoryCursor) Range(from, to int64) error {
	if c.v == nil {
		return nil
	}
	if !c.v.dense {
		c.nextCell, _ = slices.BinarySearch(c.v.positions, from)
		c.to, _ = slices.BinarySearch(c.v.positions, to)
		return nil
	}
	if from < 0 || from > to || to > int64(len(c.v.tokens)) {
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, len(c.v.tokens), ErrSize)
	}
	c.nextCell, c.to = int(from), int(to)
	return nil
}

func (c *memoryCursor) Next() (*Chunk, error) {
	n := min(c.to-c.nextCell, window.ChunkCells)
	if n <= 0 {
		return nil, io.EOF
	}
	k := &c.chunk
	k.First = int64(c.nextCell)
	if !c.v.dense {
		k.Positions = c.v.positions[c.nextCell : c.nextCell+n]
	}
	k.Kinds, k.Start, k.End, k.Buf = grow(k.Kinds, n), grow(k.Start, n), grow(k.End, n), k.Buf[:0]
	for i := range n {
		s := &c.v.tokens[c.nextCell+i]
		k.Kinds[i] = s.kind
		k.Start[i] = uint32(len(k.Buf))
		k.Buf = s.appendTo(k.Buf, &c.v.long)
		k.End[i] = uint32(len(k.Buf))
	}
	if c.statuses {
		k.Status = c.v.status[c.nextCell : c.nextCell+n]
	}
	c.nextCell += n
	return k, nil
}

func (c *memoryCursor) Close() error { return nil }
