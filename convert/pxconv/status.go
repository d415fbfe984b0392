package pxconv

import (
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// DATANOTECELL puts a mark on cells: on one, or with stars for variables on many. Which
// cells those are is never written down, for stars may stand for the whole cube: each mark
// knows the next cell that it is on, and the one with the nearest cell is on top of a heap.

// cellMark is a mark on all cells with the given values, by variable; -1 is any.
type cellMark struct {
	values []int
	text   string
}

// statuses are what marks and notes on cells say, by number.
type statuses struct {
	list  []string
	ids   map[string]int32
	marks [markCount]int32 // of a mark in the place of a number
	notes []cellMark       // DATANOTECELL
	shape jsonstat.Shape
}

// id is the number of a status, a new one if need be.
func (s *statuses) id(text string) int32 {
	id, ok := s.ids[text]
	if !ok {
		id = int32(len(s.list))
		s.list = append(s.list, text)
		s.ids[text] = id
	}
	return id
}
