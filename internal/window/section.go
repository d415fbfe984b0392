package window

import (
	"math"

	"github.com/jsonstat-go/toolkit/internal/number"
)

// ChunkCells is the most cells that are handed out at a time.
const ChunkCells = 4096

// Checkpoint is a checkpoint: a place in a row of cells from which it can be read on.
type Checkpoint struct {
	Index int64 // cells or entries before this place
	Pos   int64 // no cell before it is at this position or behind it, unless the object is unsorted
	Off   int64 // offset in the source
	state State
}

// Section is a row of scalars, in an array or in an object whose names are
// positions: where it is, what a scan of all of it found, and checkpoints.
type Section struct {
	Off    int64 // offset of the opening bracket
	End    int64 // offset behind the closing one; 0 if the row was not scanned
	At     int   // where the row belongs in Tree.Text
	Object bool
	Facts
	Marks []Checkpoint
	Words *Words // different strings, if they were asked for
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

// Scan reads the whole section that starts at the position of the cursor's
// reader, for facts and checkpoints; words says to collect its strings.
func (s *Section) Scan(c *Cursor, words bool) error {
	r := c.R
	c.Reset(s.Object)
	r.Pos++
	s.Whole, s.MaxPos = true, -1
	if words {
		s.Words = NewWords(c.G.Unquote)
	}
	last := int64(-1)
	for !c.Done {
		m := Checkpoint{Index: s.Count, Pos: s.Count, Off: r.Offset(), state: c.State}
		if err := c.Next(ChunkCells); err != nil {
			if bad, ok := err.(*SyntaxError); ok {
				if !s.Object {
					bad.Cell = s.Count + int64(c.N) + 1
				}
				bad.Row, bad.Step = true, c.Step(bad.Offset, s.Count+int64(c.N))
			}
			return err
		}
		if c.N == 0 {
			continue
		}
		if s.Object {
			m.Pos = last + 1
			last = s.positions(c, last)
		}
		if len(s.Marks) == 0 || s.Count-s.Marks[len(s.Marks)-1].Index >= ChunkCells/2 {
			s.Marks = append(s.Marks, m)
		}
		if err := s.add(c); err != nil {
			return err
		}
	}
	s.Whole = s.Whole && !c.Fraction
	s.Digits = max(s.Digits, c.Digits)
	s.End = r.Offset()
	return nil
}

// positions notes how the positions of a chunk run. It takes and returns the
// last one that is a position.
func (s *Section) positions(c *Cursor, last int64) int64 {
	for i, pos := range c.Pos[:c.N] {
		if pos < 0 {
			if s.BadKeys == 0 {
				s.BadKey = string(c.G.Unquote(nil, c.Text[c.KeyStart[i]:c.KeyEnd[i]]))
			}
			s.BadKeys++
			continue
		}
		if pos <= last {
			s.Unsorted = true
		}
		last = pos
		s.MaxPos = max(s.MaxPos, pos)
	}
	return last
}

// add counts the cells of a chunk. The shapes of plain numbers the cursor knows.
func (s *Section) add(c *Cursor) error {
	var kinds [False + 1]int64
	for _, kind := range c.Kind[:c.N] {
		kinds[kind]++
	}
	s.Count += int64(c.N)
	for kind, n := range kinds {
		s.Kinds[kind] += n
	}
	if kinds[Raw] == 0 && (kinds[String] == 0 || s.Words == nil) {
		return nil
	}
	for i, kind := range c.Kind[:c.N] {
		switch text := c.Text[c.Start[i]:c.End[i]]; {
		case kind == Raw:
			s.raw(text)
		case kind == String && s.Words != nil && len(text) > len(`""`):
			if _, err := s.Words.ID(text); err != nil {
				if limit, ok := err.(*SyntaxError); ok {
					limit.Offset = c.Offset(i)
				}
				return err
			}
		}
	}
	return nil
}

// raw notes a number that is not laid out plainly.
func (f *Facts) raw(token []byte) {
	point, whole := len(token), true
	for i, b := range token {
		switch {
		case b == '.':
			point = i
		case b|0x20 == 'e':
			f.exponent(token)
			return
		case i > point && b != '0':
			whole = false
		}
	}
	if token[0] == '-' {
		point--
	}
	f.Whole = f.Whole && whole
	f.Digits = max(f.Digits, min(point, math.MaxInt16))
}

// exponent notes a number that has one.
func (f *Facts) exponent(token []byte) {
	var buf [64]byte
	d := number.Parse(token, buf[:])
	whole, digits := d.Whole()
	f.Whole = f.Whole && whole
	f.Digits = max(f.Digits, min(digits, math.MaxInt16))
}
