package window

import (
	"math"

	"github.com/jsonstat-go/toolkit/internal/number"
)

// Scan reads the whole section that starts at the position of the cursor's reader, for
// facts and checkpoints; words says to collect its strings. It is the pre-scan of a row:
// most time of opening a file is spent in the loop that it calls (Grammar.Plain). Facts
// are added up by chunk, not by cell, and the shapes of plain numbers are known to the
// cursor already, so only unusual cells are looked at a second time.
func (s *Section) Scan(c *Cursor, words bool) error {
	r := c.R
	c.Reset(s.Object)
	r.Pos = r.Need(r.Pos, 1) + 1 // behind the byte that opens the row
	s.Whole, s.MaxPos = true, -1
	if words {
		s.Words = NewWords(c.G.Unquoter())
	}
	last := int64(-1)
	for !c.Done {
		m := Checkpoint{Index: s.Count, Pos: s.Count, Off: r.Offset(), state: c.State}
		if err := c.Next(ChunkCells); err != nil {
			if bad, ok := err.(*SyntaxError); ok {
				bad.Row, bad.Step = true, c.Step(bad.Offset, s.Count+int64(c.N))
			}
			return err
		}
		if c.N == 0 {
			continue
		}
		if s.Object {
			m.Pos = last + 1
			last = s.notePositions(c, last)
		}
		if len(s.Checkpoints) == 0 || s.Count-s.Checkpoints[len(s.Checkpoints)-1].Index >= ChunkCells/2 {
			s.Checkpoints = append(s.Checkpoints, m)
		}
		if err := s.countChunk(c); err != nil {
			return err
		}
	}
	s.Whole = s.Whole && !c.Fraction
	s.Digits = max(s.Digits, c.Digits)
	s.End = r.Offset()
	return nil
}

// notePositions notes whether the positions of a chunk ascend. It takes and returns the
// last one that is a position.
func (s *Section) notePositions(c *Cursor, last int64) int64 {
	for i, pos := range c.Pos[:c.N] {
		if pos < 0 {
			if s.BadKeys == 0 {
				s.BadKey = string(c.G.Unquoter()(nil, c.Text[c.KeyStart[i]:c.KeyEnd[i]]))
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

// countChunk counts the cells of a chunk.
func (s *Section) countChunk(c *Cursor) error {
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
			s.countRaw(text)
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

// countRaw counts the shape of a number that is not laid out plainly, such as 12.50 or 1e3.
func (f *Facts) countRaw(token []byte) {
	point, whole := len(token), true
	for i, b := range token {
		switch {
		case b == '.':
			point = i
		case b|0x20 == 'e':
			exact, digits := number.Shape(token)
			f.Whole = f.Whole && exact
			f.Digits = max(f.Digits, digits)
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
