package jsonstat

import (
	"io"
	"math"
)

// StatusCount is a status and how many cells have it.
type StatusCount struct {
	Status string
	Cells  int64
}

// StatusCounts are the statuses of a dataset in the order in which they come up, each with
// the number of cells that have it. The values are not looked at where the statuses can be
// read without them. The error for a dataset that is streamed is [ErrConsumed].
func (ds *Dataset) StatusCounts() ([]StatusCount, error) {
	info := ds.cells.Info()
	switch {
	case info.Once:
		return nil, ErrConsumed
	case !info.HasStatus || ds.n == 0:
		return nil, nil
	}
	var c statusCounter
	var err error
	if text, ok := ds.cells.(*textCells); ok {
		err = c.countText(text)
	} else {
		err = c.countCells(ds.cells)
	}
	if err != nil {
		return nil, err
	}
	if all := info.Default; all != 0 {
		c.add(all, ds.n-c.seen)
	}
	words := ds.cells.Statuses()
	var list []StatusCount
	for id, n := range c.counts {
		if n > 0 && id > 0 {
			list = append(list, StatusCount{words[id], n})
		}
	}
	return list, nil
}

// statusCounter counts statuses by number.
type statusCounter struct {
	counts []int64
	seen   int64 // cells whose status is counted, be it none
}

func (c *statusCounter) add(id int32, n int64) {
	for int(id) >= len(c.counts) {
		c.counts = append(c.counts, 0)
	}
	c.counts[id] += n
}

// countText counts the statuses of a document, cell by cell where one is given.
func (c *statusCounter) countText(t *textCells) error {
	if err := t.sortStatuses(); err != nil {
		return err
	}
	var s statusCursor
	s.init(t)
	for {
		pos, err := s.nextPosition()
		if err != nil || pos == math.MaxInt64 {
			return err
		}
		if pos >= 0 && pos < t.n {
			id, err := s.currentID()
			if err != nil {
				return err
			}
			c.add(id, 1)
			c.seen++
		}
		s.advance()
	}
}

// countCells counts those of any source.
func (c *statusCounter) countCells(cells Cells) error {
	cur, err := cells.Cursor(true)
	if err != nil {
		return err
	}
	defer cur.Close()
	for {
		chunk, err := cur.Next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		for _, id := range chunk.Status {
			c.add(id, 1)
			c.seen++
		}
	}
}
