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
	row  *scan.Cursor // nil if all cells have the same status, or they are sorted
	at   int          // next cell of the chunk of row, or of c.statuses
	next int64        // position of that cell in an array
	last int64        // in an object the greatest position passed
}

func (s *statusCursor) init(c *textCells) {
	s.c, s.last = c, -1
	if c.status != nil && c.statuses == nil {
		s.row = scan.NewCursor(c.reader(), c.status)
	}
}

// seek moves to a position: what comes next is the status at it, or one before it
// that is to be passed over.
func (s *statusCursor) seek(pos int64) error {
	c := s.c
	switch {
	case c.statuses != nil:
		s.at, _ = slices.BinarySearchFunc(c.statuses, pos, func(e entry, pos int64) int { return cmp.Compare(e.pos, pos) })
		return nil
	case s.row == nil:
		return nil
	case c.status.Object:
		// Ranges mostly follow each other, and statuses are few.
		if n := s.row.N; s.last < pos && (s.row.Done || (n > 0 && s.row.Pos[n-1] >= pos)) {
			return nil
		}
		m := markBefore(c.status, pos)
		s.row.Goto(m)
		s.row.N, s.at, s.last = 0, 0, m.Pos-1
		return nil
	}
	if first := s.next - int64(s.at); first <= pos && pos <= first+int64(s.row.N) {
		s.at, s.next = int(pos-first), pos
		return nil
	}
	m := markBefore(c.status, pos)
	s.row.Goto(m)
	s.row.N, s.at, s.next = 0, 0, m.Pos
	for s.next < pos {
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

// token is the status of cell i of the chunk.
func (s *statusCursor) token(i int) (int32, error) {
	r := s.row
	id, err := statusID(s.c.words, r.Kind[i], r.Text[r.Start[i]:r.End[i]])
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
	for len(ids) > 0 {
		ok, err := s.load()
		if err != nil || !ok {
			return err // a short row: the rest has none
		}
		n := min(len(ids), s.row.N-s.at)
		for i := range n {
			k := s.at + i
			kind, size := s.row.Kind[k], s.row.End[k]-s.row.Start[k]
			if kind == scan.Null || (kind == scan.String && size == uint32(len(`""`))) {
				continue // most are nothing, which is what ids hold already
			}
			if ids[i], err = s.token(k); err != nil {
				return err
			}
		}
		ids = ids[n:]
		s.at += n
		s.next += int64(n)
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
		id, err := s.token(s.at)
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
	if s.row != nil && s.row.Object {
		s.last = max(s.last, s.row.Pos[s.at])
	}
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
