package window

import (
	"cmp"
	"slices"
)

// ChunkCells is the most cells that are handed out at a time.
const ChunkCells = 4096

// Checkpoint is a place in a row of cells from which it can be read on.
type Checkpoint struct {
	Index int64 // cells or entries before this place
	Pos   int64 // no cell before it is at this position or behind it, unless the object is unsorted
	Off   int64 // offset in the source
	state State
}

// State is what a cursor has just passed.
type State uint8

// The states.
const (
	Opened State = iota // the start of the row
	Comma               // what stands between two cells
	After               // a cell
)

// Section is a row of scalars, in an array or in an object whose names are
// positions: where it is, what a scan of all of it found, and checkpoints.
type Section struct {
	Off    int64 // offset of the opening bracket
	End    int64 // offset behind the closing one; 0 if the row was not scanned
	At     int   // where the row belongs in the text that is kept without its cells
	Object bool
	Facts
	Checkpoints []Checkpoint
	Words       *Words // different strings, if they were asked for
}

// Facts are counts over a row of cells.
type Facts struct {
	Count    int64            // cells of an array, entries of an object
	Kinds    [False + 1]int64 // how many there are of each kind
	Whole    bool             // no number has a fraction
	Digits   int              // digits of the longest whole part of a number
	MaxPos   int64            // largest position named by an object, -1 if none
	BadKeys  int64            // names that are no positions
	BadKey   string           // the first of them
	Unsorted bool             // positions do not ascend strictly
}

// First is the checkpoint in front of all cells.
func (s *Section) First() Checkpoint { return Checkpoint{Off: s.Off + 1} }

// Before is the last checkpoint at or before a position, by binary search.
func (s *Section) Before(pos int64) Checkpoint {
	i, found := slices.BinarySearchFunc(s.Checkpoints, pos, func(m Checkpoint, pos int64) int { return cmp.Compare(m.Pos, pos) })
	if !found && i > 0 {
		i--
	}
	if len(s.Checkpoints) == 0 || i == 0 {
		return s.First()
	}
	return s.Checkpoints[i]
}
