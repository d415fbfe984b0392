package scan

import "math"

// ChunkCells is the most cells that are handed out at a time.
const ChunkCells = 4096

// Mark is a checkpoint: a place in a row of cells from which it can be read on.
type Mark struct {
	Index int64 // cells or entries before this place
	Pos   int64 // position of the cell in front of which it is; in an unsorted object -1
	Off   int64 // offset in the source
	state state
}

// Section is a row of scalars, in an array or in an object whose names are
// positions: where it is, what a scan of all of it found, and checkpoints.
type Section struct {
	Off    int64 // offset of the opening bracket
	End    int64 // offset behind the closing one; 0 if the row was not scanned
	At     int   // where the row belongs in Tree.Text
	Object bool
	Facts
	Marks []Mark
	Words *Words // different strings, if they were asked for
}

// Facts are counts over a row of cells.
type Facts struct {
	Count    int64            // cells of an array, entries of an object
	Kinds    [False + 1]int64 // how many there are of each kind
	Whole    bool             // no number has a fraction
	Digits   int              // digits of the longest integer part among plain numbers
	MaxPos   int64            // largest position named by an object, -1 if none
	BadKeys  int64            // names that are no positions
	BadKey   string           // the first of them
	Unsorted bool             // positions do not ascend strictly
	Repeats  bool             // a position follows itself (others are found by sorting)
}

// First is the checkpoint in front of all cells.
func (s *Section) First() Mark { return Mark{Off: s.Off + 1} }

// scan reads the whole section that starts at the position of r, for facts and
// checkpoints; words says to collect its strings.
func (s *Section) scan(r *Reader, words bool) error {
	c := &Cursor{R: r}
	c.reset(s.Object)
	r.pos++
	s.Whole, s.MaxPos = true, -1
	if words {
		s.Words = NewWords()
	}
	last := int64(-1)
	for !c.Done {
		m := Mark{Index: s.Count, Pos: s.Count, Off: r.Offset(), state: c.state}
		if err := c.Next(ChunkCells); err != nil {
			if bad, ok := err.(*SyntaxError); ok && !s.Object {
				bad.Cell = s.Count + int64(c.N) + 1
			}
			return err
		}
		if c.N == 0 {
			continue
		}
		if s.Object {
			m.Pos = c.Pos[0]
			if err := s.positions(c, &last); err != nil {
				return err
			}
		}
		if len(s.Marks) == 0 || s.Count-s.Marks[len(s.Marks)-1].Index >= ChunkCells/2 {
			s.Marks = append(s.Marks, m)
		}
		if err := s.add(&c.Chunk); err != nil {
			if limit, ok := err.(*SyntaxError); ok {
				limit.Offset = r.Offset()
			}
			return err
		}
	}
	s.End = r.Offset()
	return nil
}

// positions notes how the positions of a chunk run.
func (s *Section) positions(c *Cursor, last *int64) error {
	for i, pos := range c.Pos[:c.N] {
		if pos < 0 {
			if s.BadKeys == 0 {
				s.BadKey = string(Unquote(nil, c.Text[c.KeyStart[i]:c.KeyEnd[i]]))
			}
			s.BadKeys++
			continue
		}
		if pos <= *last {
			s.Unsorted = true
			s.Repeats = s.Repeats || pos == *last
		}
		*last = pos
		s.MaxPos = max(s.MaxPos, pos)
	}
	return nil
}

// Scan reads on from an offset: it is what makes a section of a container that
// the parser took for something else.
func Scan(r *Reader, off int64, words bool) (*Section, error) {
	r.Goto(off)
	s := &Section{Off: off}
	s.Object = r.space() == '{'
	return s, s.scan(r, words)
}

// add counts the cells of a chunk.
func (s *Section) add(c *Chunk) error {
	f := &s.Facts
	f.Count += int64(c.N)
	for i := 0; i < c.N; i++ {
		kind := c.Kind[i]
		f.Kinds[kind]++
		switch kind {
		case Number:
			text := c.Text[c.Start[i]:c.End[i]]
			digits := 0
			for _, b := range text {
				if b == '.' {
					f.Whole = false
					break
				}
				if b != '-' {
					digits++
				}
			}
			f.Digits = max(f.Digits, digits)
		case Raw:
			f.raw(c.Text[c.Start[i]:c.End[i]])
		case String:
			if s.Words != nil {
				if _, err := s.Words.ID(c.Text[c.Start[i]:c.End[i]]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// raw notes a number that is not laid out plainly.
func (f *Facts) raw(token []byte) {
	d := ParseDecimal(token)
	f.Whole = f.Whole && (len(d.Digits()) == 0 || d.Point >= len(d.Digits()))
	f.Digits = max(f.Digits, min(d.Point, math.MaxInt16))
}
