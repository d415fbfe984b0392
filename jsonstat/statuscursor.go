package jsonstat

import (
	"cmp"
	"math"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// statusCursor goes through the statuses of a document beside its values. They come in
// five forms, which it makes one: at each moment it is at the next cell that is given a
// status (nextPosition, currentID), and it moves forward only (advance).
//
//	"status": {"4": "..", "7": "p"}    an object, keys ascending: read as it is
//	"status": {"7": "p", "4": ".."}    an object, keys out of order: sorted before
//	"status": ["", "p", null]          an array: null and "" are passed over
//	"status": "p", "status": ["p"]     one for all: defaultStatus, no row to read
type statusCursor struct {
	c          *textCells
	row        *window.Cursor // nil if all cells have the same status, or they are sorted
	at         int            // next cell of the chunk of row, or of c.statuses
	next       int64          // position of that cell in an array
	lastPassed int64          // in an object the greatest position passed
}

func (s *statusCursor) init(c *textCells) {
	s.c, s.lastPassed = c, -1
	if c.status != nil && c.statuses == nil {
		s.row = jsontoken.NewCursor(c.reader(), c.status)
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
		if n := s.row.N; s.lastPassed < pos && (s.row.Done || (n > 0 && s.row.Pos[n-1] >= pos)) {
			return nil
		}
		m := c.status.Before(pos)
		s.row.Goto(m)
		s.row.N, s.at, s.lastPassed = 0, 0, m.Pos-1
		return nil
	}
	if first := s.next - int64(s.at); first <= pos && pos <= first+int64(s.row.N) {
		s.at, s.next = int(pos-first), pos
		return nil
	}
	m := c.status.Before(pos)
	s.row.Goto(m)
	s.row.N, s.at, s.next = 0, 0, m.Pos
	for s.next < pos {
		if ok, err := s.loadChunk(); !ok {
			return err
		}
		k := min(int64(s.row.N-s.at), pos-s.next)
		s.at += int(k)
		s.next += k
	}
	return nil
}

// loadChunk makes sure that the chunk has a cell left; it reports false at the end.
func (s *statusCursor) loadChunk() (bool, error) {
	for s.at >= s.row.N {
		if s.row.Done {
			return false, nil
		}
		s.at = 0
		if err := s.row.Next(window.ChunkCells); err != nil {
			return false, s.c.textError(err)
		}
	}
	return true, nil
}

// fillChunk writes the statuses of the cells from position first on into ids.
func (s *statusCursor) fillChunk(first int64, ids []int32) error {
	if s.row == nil && s.c.statuses == nil {
		for i := range ids {
			ids[i] = s.c.defaultStatus
		}
		return nil
	}
	clear(ids)
	if s.row != nil && !s.c.status.Object {
		return s.fillChunkFromArray(ids)
	}
	end := first + int64(len(ids))
	for {
		pos, err := s.nextPosition()
		if err != nil || pos >= end {
			return err
		}
		if pos >= first {
			if ids[pos-first], err = s.currentID(); err != nil {
				return err
			}
		}
		s.advance()
	}
}

func (s *statusCursor) fillChunkFromArray(ids []int32) error {
	for len(ids) > 0 {
		ok, err := s.loadChunk()
		if err != nil || !ok {
			return err // a short row: the rest has none
		}
		n := min(len(ids), s.row.N-s.at)
		for i := range n {
			if !s.isEmpty() {
				if ids[i], err = s.currentID(); err != nil {
					return err
				}
			}
			s.at++
		}
		ids = ids[n:]
		s.next += int64(n)
	}
	return nil
}

// isEmpty tells whether the status of the array at the cursor is null or "", as most are.
func (s *statusCursor) isEmpty() bool {
	r := s.row
	return r.Kind[s.at] == jsontoken.Null || (r.Kind[s.at] == jsontoken.String && r.End[s.at]-r.Start[s.at] == uint32(len(`""`)))
}

// nextPosition is the next cell that is given a status, in ascending order, MaxInt64 if
// there is none. A key that is not a position gives -1. The default status, and nulls of an
// array, are not given to a cell.
func (s *statusCursor) nextPosition() (int64, error) {
	if s.c.statuses != nil {
		if s.at >= len(s.c.statuses) {
			return math.MaxInt64, nil
		}
		return s.c.statuses[s.at].pos, nil
	}
	if s.row == nil {
		return math.MaxInt64, nil
	}
	for {
		ok, err := s.loadChunk()
		switch {
		case err != nil || !ok:
			return math.MaxInt64, err
		case s.row.Object:
			return s.row.Pos[s.at], nil
		case !s.isEmpty():
			return s.next, nil
		}
		s.advance()
	}
}

// currentID is the number of the status at nextPosition.
func (s *statusCursor) currentID() (int32, error) {
	if s.c.statuses != nil {
		return int32(s.c.statuses[s.at].off), nil
	}
	r := s.row
	id, err := statusID(s.c.words, r.Kind[s.at], r.Text[r.Start[s.at]:r.End[s.at]])
	if err != nil {
		return 0, s.c.textError(err)
	}
	return id, nil
}

// advance passes over the cell at nextPosition.
func (s *statusCursor) advance() {
	if s.row != nil && s.row.Object {
		s.lastPassed = max(s.lastPassed, s.row.Pos[s.at])
	}
	s.at++
	s.next++
}

// statusAt is the status of the cell at a position, which must not be before those asked
// for already.
func (s *statusCursor) statusAt(pos int64) (int32, error) {
	for {
		p, err := s.nextPosition()
		if err != nil {
			return 0, err
		}
		if p > pos {
			return s.c.defaultStatus, nil
		}
		id := int32(0)
		if p == pos {
			id, err = s.currentID()
		}
		s.advance()
		if p == pos {
			return id, err
		}
	}
}
