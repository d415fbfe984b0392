package jsonstat

import (
	"cmp"
	"math"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat/internal/scan"
)

// statusCursor goes through the statuses of a document beside its values,
// whatever their form.
type statusCursor struct {
	c    *textCells
	row  *scan.Cursor // nil if all cells have the same status
	at   int          // next cell of the chunk of row, or of c.statuses
	next int64        // position of that cell in an array
}

func (s *statusCursor) init(c *textCells) {
	s.c = c
	if c.status != nil && c.statuses == nil {
		s.row = scan.NewCursor(c.reader(), c.status)
	}
}

func (s *statusCursor) seek(pos int64) error {
	c := s.c
	switch {
	case c.statuses != nil:
		s.at, _ = slices.BinarySearchFunc(c.statuses, pos, func(e entry, pos int64) int { return cmp.Compare(e.pos, pos) })
		return nil
	case s.row == nil:
		return nil
	}
	if c.status.Object && s.at < s.row.N && s.at > 0 && s.row.Pos[s.at-1] < pos && pos <= s.row.Pos[s.at] {
		return nil // it stands there
	}
	m := markBefore(c.status, pos)
	s.row.Goto(m)
	s.row.N, s.at, s.next = 0, 0, m.Pos
	for !c.status.Object && s.next < pos {
		if ok, err := s.load(); !ok {
			return err
		}
		k := min(int64(s.row.N-s.at), pos-s.next)
		s.at += int(k)
		s.next += k
	}
	return nil
}

// load makes sure that the chunk has a cell left.
func (s *statusCursor) load() (bool, error) {
	for s.at >= s.row.N {
		if s.row.Done {
			return false, nil
		}
		s.at = 0
		if err := s.row.Next(scan.ChunkCells); err != nil {
			return false, s.c.doc.textError(err)
		}
	}
	return true, nil
}

// token is the status at the place of the cursor in its row.
func (s *statusCursor) token() (int32, error) {
	r := s.row
	id, err := statusID(s.c.words, r.Kind[s.at], r.Text[r.Start[s.at]:r.End[s.at]])
	if err != nil {
		return 0, s.c.doc.textError(err)
	}
	return id, nil
}

// fill writes the statuses of the cells from position first on into ids.
func (s *statusCursor) fill(first int64, ids []int32) error {
	if s.row == nil && s.c.statuses == nil {
		for i := range ids {
			ids[i] = s.c.all
		}
		return nil
	}
	clear(ids)
	if s.row != nil && !s.c.status.Object {
		return s.fillArray(ids)
	}
	end := first + int64(len(ids))
	for {
		pos, id, err := s.peek()
		if err != nil || pos >= end {
			return err
		}
		s.drop()
		if pos >= first {
			ids[pos-first] = id
		}
	}
}

func (s *statusCursor) fillArray(ids []int32) error {
	for i := 0; i < len(ids); i++ {
		ok, err := s.load()
		if err != nil || !ok {
			return err // a short row: the rest has none
		}
		if ids[i], err = s.token(); err != nil {
			return err
		}
		s.at++
		s.next++
	}
	return nil
}

// peek is the next cell that is given a status, in ascending order, at
// MaxInt64 if there is none. Positions that are none come out as they are, -1.
// The status for all, and an array's nulls, are not given to a cell.
func (s *statusCursor) peek() (int64, int32, error) {
	c := s.c
	if c.statuses != nil {
		if s.at >= len(c.statuses) {
			return math.MaxInt64, 0, nil
		}
		e := c.statuses[s.at]
		return e.pos, int32(e.off), nil
	}
	if s.row == nil {
		return math.MaxInt64, 0, nil
	}
	for {
		ok, err := s.load()
		if err != nil || !ok {
			return math.MaxInt64, 0, err
		}
		id, err := s.token()
		if err != nil {
			return 0, 0, err
		}
		if c.status.Object {
			return s.row.Pos[s.at], id, nil
		}
		if id != 0 {
			return s.next, id, nil
		}
		s.drop()
	}
}

// drop passes over the cell of peek.
func (s *statusCursor) drop() {
	s.at++
	s.next++
}

// take is the status of the cell at a position, which is not before those
// taken already.
func (s *statusCursor) take(pos int64) (int32, error) {
	for {
		p, id, err := s.peek()
		if err != nil {
			return 0, err
		}
		if p > pos {
			return s.c.all, nil
		}
		s.drop()
		if p == pos {
			return id, nil
		}
	}
}
