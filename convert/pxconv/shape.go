package pxconv

import (
	"slices"

	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// shaper makes chunks of cells that were read: the numbers are those of JSON, marks have
// become statuses.
type shaper struct {
	say        *statuses
	round      *rounding
	withStatus bool
	marks      *markCursor
	chunk      jsonstat.Chunk
	kinds      []jsonstat.Kind
	ids        []int32
	buf        []byte
	start, end []uint32
}

func newShaper(say *statuses, round *rounding, withStatus bool) shaper {
	s := shaper{say: say, round: round, withStatus: withStatus}
	if withStatus && len(say.notes) > 0 {
		s.marks = newMarkCursor(say)
	}
	return s
}

// seek makes ready for the cells from a position on.
func (s *shaper) seek(from int64) {
	if s.marks != nil {
		s.marks.seek(from)
	}
}

// shape makes the chunk; first is the position of its first cell.
func (s *shaper) shape(first int64, c *window.Chunk) *jsonstat.Chunk {
	n := c.N
	s.kinds = slices.Grow(s.kinds[:0], n)[:n]
	if s.withStatus {
		s.ids = slices.Grow(s.ids[:0], n)[:n]
		clear(s.ids)
	}
	odd := s.round != nil
	for i, kind := range c.Kind[:n] {
		s.kinds[i] = jsonstat.Kind(kind)
		switch kind {
		case window.Null:
			if s.withStatus {
				inner, _ := unquote(c.Text[c.Start[i]:c.End[i]])
				s.ids[i] = s.say.marks[markOf(inner)]
			}
			c.End[i] = c.Start[i]
		case window.String:
			odd = true
		}
	}
	s.chunk = jsonstat.Chunk{First: first, Kinds: s.kinds, Buf: c.Text, Start: c.Start[:n], End: c.End[:n]}
	if odd {
		s.rewrite(first, c)
	}
	if s.withStatus {
		s.chunk.Status = s.ids
		if s.marks != nil {
			s.marks.fill(first, s.ids, s.kinds)
		}
	}
	return &s.chunk
}

// rewrite copies the tokens of a chunk, those in odd forms as numbers of JSON.
func (s *shaper) rewrite(first int64, c *window.Chunk) {
	n := c.N
	s.buf = s.buf[:0]
	s.start, s.end = slices.Grow(s.start[:0], n)[:n], slices.Grow(s.end[:0], n)[:n]
	if s.round != nil {
		s.round.seek(first)
	}
	for i, kind := range c.Kind[:n] {
		token := c.Text[c.Start[i]:c.End[i]]
		from := len(s.buf)
		if kind == window.String {
			inner, _ := unquote(token)
			s.buf, _ = normal(s.buf, inner)
			s.kinds[i] = jsonstat.NumberRaw
		} else {
			s.buf = append(s.buf, token...)
		}
		if s.round != nil {
			if kind != window.Null {
				s.buf = s.round.number(s.buf, from)
				s.kinds[i] = jsonstat.Number
			}
			s.round.step()
		}
		s.start[i], s.end[i] = uint32(from), uint32(len(s.buf))
	}
	s.chunk.Buf, s.chunk.Start, s.chunk.End = s.buf, s.start, s.end
}
