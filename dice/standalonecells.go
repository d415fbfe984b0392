package dice

import (
	"bytes"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Settle is a dataset as it comes out of a document of its own: as if it had been written
// with arrays of values and statuses ([jsonstat.WriteOptions] with Dense and Explicit) and
// read again. Its head says all of each category, and its statuses are those that some
// cell has, in the order in which the cells have them, or none. What carries a head or a
// list of statuses along (CSV-stat, Arrow, Parquet, Excel) is then the same of a part of a
// cube as of a document of that part.
//
// The statuses are read once for it. The cells are those of ds, which must stay open; a
// stream, whose cells come once, is a [jsonstat.ErrConsumed].
func Settle(ds *jsonstat.Dataset) (*jsonstat.Dataset, error) {
	head, err := jsonstat.New(ds.Head(), nil)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := head.Write(&text, &jsonstat.WriteOptions{Explicit: true}); err != nil {
		return nil, err
	}
	doc, err := jsonstat.Parse(text.Bytes())
	if err == nil {
		head, err = doc.Dataset(0)
	}
	if err != nil {
		return nil, fmt.Errorf("the head of the part: %w", err)
	}
	if !ds.HasCells() {
		return head, nil
	}
	cells := &standaloneCells{Cells: ds.Cells(), words: statusList{numbers: map[string]int32{}}}
	if err := cells.collectStatuses(ds.Len()); err != nil {
		return nil, err
	}
	statuses := jsonstat.Sparse // of a document that has none
	if cells.info.HasStatus {
		statuses = jsonstat.Dense
	}
	return head.WithCells(cells, jsonstat.Dense, statuses)
}

// standaloneCells are cells with the statuses that occur among them only, numbered in the
// order in which the cells have them.
type standaloneCells struct {
	jsonstat.Cells
	words statusList
	known []int32 // by number in Cells
	info  jsonstat.CellsInfo
}

func (s *standaloneCells) Info() jsonstat.CellsInfo { return s.info }

func (s *standaloneCells) Statuses() []string { return s.words.list }

// collectStatuses reads the statuses of the n cells and numbers them anew.
func (s *standaloneCells) collectStatuses(n int64) error {
	s.info = s.Cells.Info()
	s.words.add("")
	if s.info.Once {
		return jsonstat.ErrConsumed
	}
	if !s.info.HasStatus {
		return nil
	}
	cur, err := s.Cells.Cursor(true)
	if err != nil {
		return err
	}
	defer cur.Close()
	absent := s.info.Default
	next := int64(0)
	for next < n {
		chunk, err := cur.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		list := s.Cells.Statuses()
		for i, status := range chunk.Status {
			if s.info.Sparse && absent != 0 && chunk.Position(i) > next { // the cells between them have it
				s.renumber(list, absent)
			}
			next = chunk.Position(i) + 1
			s.renumber(list, status)
		}
	}
	if s.info.Sparse && absent != 0 && next < n {
		s.renumber(s.Cells.Statuses(), absent)
	}
	s.info.Default = s.renumber(s.Cells.Statuses(), absent)
	s.info.HasStatus = len(s.words.list) > 1
	s.info.DenseStatus = s.info.HasStatus
	return nil
}

// renumber is the new number of a status, which is given here if it has none.
func (s *standaloneCells) renumber(list []string, status int32) int32 {
	for len(s.known) < len(list) {
		s.known = append(s.known, -1)
	}
	if s.known[status] < 0 {
		s.known[status] = s.words.add(list[status])
	}
	return s.known[status]
}

func (s *standaloneCells) Facts() (jsonstat.Facts, error) { return s.Cells.Facts() }

func (s *standaloneCells) Cursor(statuses bool) (jsonstat.Cursor, error) {
	statuses = statuses && s.info.HasStatus
	cur, err := s.Cells.Cursor(statuses)
	if err != nil || !statuses {
		return cur, err
	}
	return &standaloneCursor{Cursor: cur, known: s.known}, nil
}

// standaloneCursor gives statuses their new numbers.
type standaloneCursor struct {
	jsonstat.Cursor
	known  []int32
	chunk  jsonstat.Chunk
	status []int32
}

// Next is the next chunk of the cursor inside.
func (c *standaloneCursor) Next() (*jsonstat.Chunk, error) {
	chunk, err := c.Cursor.Next()
	if err != nil || chunk.Status == nil {
		return chunk, err
	}
	c.chunk, c.status = *chunk, c.status[:0]
	for _, status := range chunk.Status {
		c.status = append(c.status, c.known[status])
	}
	c.chunk.Status = c.status
	return &c.chunk, nil
}
