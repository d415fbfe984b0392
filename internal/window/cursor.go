package window

import (
	"strconv"
)

// Cursor reads a row of cells in chunks. A chunk ends where the window does, so that the
// text of its cells is in one slice and no cell is copied: a chunk is the window with the
// bounds of its tokens. The cell that is cut by the end of the window begins the next
// chunk.
//
// Each call of Next alternates two loops. Grammar.Plain takes cells as long as they look
// like most cells do, with no call in between. At the first that does not (an escape, a
// long number, the end of the window) Grammar.Cell takes that one by the full rules. While
// the chunk has cells the window must not move (Reader.Hold), or their bounds would be
// wrong: a cell that needs it to move ends the chunk.
type Cursor struct {
	R      *Reader
	G      Grammar
	Object bool // the row is an object whose names are positions
	Chunk
	State    State
	full     bool // the chunk has no room for more cells
	Done     bool // the closing bracket was read
	Fraction bool // a plain number so far had a fraction
	Digits   int  // digits of the longest whole part of a plain number so far

	lastIsOpen bool  // the last cell is a number or a word, the end of which nothing tells
	lastEnd    int64 // offset behind it

	lastName []byte // name of the last entry, with its quotes
	Wrong    []byte // name of an entry whose value is wrong, nil if it is not known
}

// Chunk is a part of a row of cells. Text of cell i is Text[Start[i]:End[i]], a string
// with its quotes. Pos is set for objects only: the position, -1 for a name that is not
// one; KeyStart and KeyEnd then give the name.
type Chunk struct {
	N                int
	Text             []byte
	Start, End       []uint32
	Kind             []Kind
	Pos              []int64
	KeyStart, KeyEnd []uint32
}

// Grammar reads the cells of a row as the text writes them, JSON or another. It stands
// on the reader of the cursor.
type Grammar interface {
	// Plain reads cells into the chunk, up to limit, as long as they are of the usual
	// form and end inside the window: the fast path, which takes most cells.
	Plain(c *Cursor, limit int)

	// Cell reads one item: a cell, a separator or the end of the row. It reports false
	// at the end of the row. While the window holds cells of the chunk it must not move:
	// then Cell reports false with nothing read if the item meets the end of the window
	// or is wrong, to try again in a chunk of its own.
	Cell(c *Cursor) (more bool, err error)

	// Scalar checks the token at index i of the window, which is at or behind its mark,
	// and returns the index behind it and its kind. The window may move.
	Scalar(i int) (end int, kind Kind, err error)

	// Unquoter is a function that appends the text of a string, given with its quotes
	// and checked. It does not hold on to the reader: words outlive that.
	Unquoter() func(dst, quoted []byte) []byte
}

// NewCursor returns a cursor at the start of a section, on a reader of its own,
// that reads by a grammar.
func NewCursor(r *Reader, g Grammar, s *Section) *Cursor {
	c := &Cursor{R: r, G: g}
	c.Reset(s.Object)
	r.Goto(s.Off + 1)
	return c
}

// Reset makes the cursor one for a row that is read from its start.
func (c *Cursor) Reset(object bool) {
	c.Object, c.Done, c.State = object, false, Opened
	c.Fraction, c.Digits, c.full = false, 0, false
	if len(c.Start) == 0 || (object && len(c.Pos) < len(c.Start)) {
		c.makeRoom(max(len(c.Start), firstChunk))
	}
}

// firstChunk is how many cells the first chunk has room for: many rows are short.
const firstChunk = 256

func (c *Cursor) makeRoom(n int) {
	c.Start, c.End, c.Kind = make([]uint32, n), make([]uint32, n), make([]Kind, n)
	if c.Object {
		c.Pos, c.KeyStart, c.KeyEnd = make([]int64, n), make([]uint32, n), make([]uint32, n)
	}
}

// Goto moves to a checkpoint.
func (c *Cursor) Goto(m Checkpoint) {
	c.R.Goto(m.Off)
	c.State, c.Done = m.state, false
}

// Here is a checkpoint behind the cells read so far.
func (c *Cursor) Here() Checkpoint { return Checkpoint{Off: c.R.Offset(), state: c.State} }

// At is a checkpoint in front of entry i of the chunk, in an object.
func (c *Cursor) At(i int) Checkpoint {
	return Checkpoint{Off: c.R.Base + int64(c.KeyStart[i]), state: Comma}
}

// Offset is where the token of cell i of the chunk stands in the source.
func (c *Cursor) Offset(i int) int64 { return c.R.Base + int64(c.Start[i]) }

// Token reads the scalar at an offset, which a scan went over before. The
// result is valid until the next call.
func (c *Cursor) Token(off int64) (Kind, []byte, error) {
	r := c.R
	r.Goto(off)
	if r.End == 0 {
		r.step = tokenStep
	}
	if r.Pos >= r.End {
		r.Fill()
	}
	end, kind, err := c.G.Scalar(r.Pos)
	if err != nil {
		return 0, nil, err
	}
	return kind, r.Buf[r.Mark:end], nil
}

// Next reads up to limit more cells (at most ChunkCells, fewer at first). At the
// end of the row it returns none and sets Done.
func (c *Cursor) Next(limit int) error {
	if n := len(c.Start); c.full && n < ChunkCells {
		c.makeRoom(4 * n)
	}
	c.N = 0
	limit = min(limit, len(c.Start))
	var err error
	for more := !c.Done; more && c.N < limit && err == nil; {
		if c.State != After {
			c.G.Plain(c, limit)
		}
		if c.N < limit {
			more, err = c.G.Cell(c)
		}
	}
	c.R.Hold = false
	c.full = c.N == len(c.Start)
	c.Text = c.R.Buf[:c.R.End]
	if n := c.N; n > 0 {
		c.lastIsOpen, c.lastEnd = c.Kind[n-1] != String, c.R.Base+int64(c.End[n-1])
		if c.Object {
			c.lastName = append(c.lastName[:0], c.Text[c.KeyStart[n-1]:c.KeyEnd[n-1]]...)
		}
	}
	return err
}

// Step is the index or the name of the cell that an error at an offset is in, where
// count cells stand in front of it; "" if it is between two.
func (c *Cursor) Step(off, count int64) string {
	behind := c.State == After
	switch {
	case behind && !(c.lastIsOpen && c.lastEnd == off):
		return "" // behind a cell, where a comma belongs
	case !c.Object && behind:
		return strconv.FormatInt(count-1, 10)
	case !c.Object:
		return strconv.FormatInt(count, 10)
	case behind:
		return string(c.G.Unquoter()(nil, c.lastName))
	case c.Wrong == nil:
		return ""
	}
	return string(c.G.Unquoter()(nil, c.Wrong))
}

// Count notes the shape of a plain number.
func (c *Cursor) Count(buf []byte, start, end, whole int) {
	if buf[start] == '-' {
		start++
	}
	c.Digits = max(c.Digits, whole)
	c.Fraction = c.Fraction || end-start > whole
}

// Set notes entry n of the chunk, in an object: the indexes of its name and of its token.
func (c *Cursor) Set(n, key, keyEnd, start, end int, kind Kind, pos int64) {
	c.KeyStart[n], c.KeyEnd[n] = uint32(key), uint32(keyEnd)
	c.Start[n], c.End[n], c.Kind[n], c.Pos[n] = uint32(start), uint32(end), kind, pos
}
