package scan

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strconv"
)

// Cursor reads a row of cells in pieces. A piece ends where the window does,
// so that the text of its cells stands in one slice.
type Cursor struct {
	R      *Reader
	Object bool
	Chunk
	state    state
	full     bool // the chunk has no room for more cells
	Done     bool // the closing bracket was read
	Fraction bool // a plain number so far had a fraction
	Digits   int  // digits of the longest whole part of a plain number so far

	word bool  // the last cell is a number or a word, the end of which nothing tells
	last int64 // offset behind it

	// Names with their quotes: of the last entry, and of one whose value is wrong, nil
	// if it is not known.
	before, name []byte
}

// Chunk is a piece of a row of cells. Text of cell i is Text[Start[i]:End[i]],
// a string with its quotes. Pos is set for objects only: the position, -1 for a
// name that is none; KeyStart and KeyEnd then give the name.
type Chunk struct {
	N                int
	Text             []byte
	Start, End       []uint32
	Kind             []Kind
	Pos              []int64
	KeyStart, KeyEnd []uint32
}

type state uint8

const (
	opened state = iota // behind the bracket
	comma               // behind a comma
	after               // behind a value
)

// NewCursor returns a cursor at the start of a section, on a reader of its own.
func NewCursor(r *Reader, s *Section) *Cursor {
	c := &Cursor{R: r}
	c.reset(s.Object)
	r.Goto(s.Off + 1)
	return c
}

func (c *Cursor) reset(object bool) {
	c.Object, c.Done, c.state = object, false, opened
	c.Fraction, c.Digits, c.full = false, 0, false
	if len(c.Start) == 0 || (object && len(c.Pos) < len(c.Start)) {
		c.make(max(len(c.Start), firstChunk))
	}
}

// firstChunk is how many cells the first chunk has room for: many rows are short.
const firstChunk = 256

func (c *Cursor) make(n int) {
	c.Start, c.End, c.Kind = make([]uint32, n), make([]uint32, n), make([]Kind, n)
	if c.Object {
		c.Pos, c.KeyStart, c.KeyEnd = make([]int64, n), make([]uint32, n), make([]uint32, n)
	}
}

// Goto moves to a checkpoint.
func (c *Cursor) Goto(m Mark) {
	c.R.Goto(m.Off)
	c.state, c.Done = m.state, false
}

// Here is a checkpoint behind the cells read so far.
func (c *Cursor) Here() Mark { return Mark{Off: c.R.Offset(), state: c.state} }

// At is a checkpoint in front of entry i of the chunk, in an object.
func (c *Cursor) At(i int) Mark {
	return Mark{Off: c.R.base + int64(c.KeyStart[i]), state: comma}
}

// Offset is where the token of cell i of the chunk stands in the source.
func (c *Cursor) Offset(i int) int64 { return c.R.base + int64(c.Start[i]) }

// Token reads the scalar at an offset, which a scan went over before. The
// result is valid until the next call.
func (c *Cursor) Token(off int64) (Kind, []byte, error) {
	r := c.R
	r.Goto(off)
	if r.end == 0 {
		r.step = tokenStep
	}
	if r.pos >= r.end {
		r.fill()
	}
	end, kind, err := r.scalar(r.pos)
	if err != nil {
		return 0, nil, err
	}
	return kind, r.buf[r.mark:end], nil
}

// Next reads up to limit more cells (at most ChunkCells, fewer at first). At the
// end of the row it returns none and sets Done.
func (c *Cursor) Next(limit int) error {
	if n := len(c.Start); c.full && n < ChunkCells {
		c.make(4 * n)
	}
	c.N = 0
	limit = min(limit, len(c.Start))
	var err error
	for more := !c.Done; more && c.N < limit && err == nil; {
		switch {
		case c.state == after:
		case c.Object:
			c.plainEntries(limit)
		default:
			c.plainValues(limit)
		}
		if c.N < limit {
			more, err = c.step()
		}
	}
	c.R.hold = false
	c.full = c.N == len(c.Start)
	c.Text = c.R.buf[:c.R.end]
	if n := c.N; n > 0 {
		c.word, c.last = c.Kind[n-1] != String, c.R.base+int64(c.End[n-1])
		if c.Object {
			c.before = append(c.before[:0], c.Text[c.KeyStart[n-1]:c.KeyEnd[n-1]]...)
		}
	}
	return err
}

// Step is the index or the name of the cell that an error at an offset is in, where
// count cells stand in front of it; "" if it is between two.
func (c *Cursor) Step(off, count int64) string {
	behind := c.state == after
	switch {
	case behind && !(c.word && c.last == off):
		return "" // behind a cell, where a comma belongs
	case !c.Object && behind:
		return strconv.FormatInt(count-1, 10)
	case !c.Object:
		return strconv.FormatInt(count, 10)
	case behind:
		return string(Unquote(nil, c.before))
	case c.name == nil:
		return ""
	}
	return string(Unquote(nil, c.name))
}

// plainValues reads cells of an array as long as they are numbers, nulls and
// strings of ASCII without escapes, with a comma behind them, inside the window.
func (c *Cursor) plainValues(limit int) {
	buf, pos, n := c.R.buf, c.R.pos, c.N
	starts, ends, kinds := c.Start[:limit], c.End[:limit], c.Kind[:limit]
	longest, fraction := c.Digits, c.Fraction
	for n < limit {
		b := buf[pos]
		for b == ' ' || b == '\n' || b == '\t' || b == '\r' {
			pos++
			b = buf[pos]
		}
		if b-'1' <= 8 {
			// Most cells are numbers of at most eight bytes.
			other := others(buf, pos)
			zeros := bits.TrailingZeros64(other)
			whole := zeros >> 3
			end, kind := pos+whole, Number
			if buf[end] == '.' {
				other &^= 0xff << (zeros &^ 7)
				end = pos + bits.TrailingZeros64(other)>>3
				switch buf[end-1] {
				case '0':
					kind = Raw
				case '.':
					end = pos // the digits are missing
				}
			}
			if buf[end] == ',' {
				if kind == Number {
					longest = max(longest, whole)
					fraction = fraction || end-pos > whole
				}
				starts[n], ends[n], kinds[n] = uint32(pos), uint32(end), kind
				n++
				pos = end + 1
				c.state = comma
				continue
			}
		}
		end, whole, kind := plainScalar(buf, pos)
		if buf[end] != ',' || end == pos {
			break
		}
		if kind == Number {
			c.count(buf, pos, end, whole)
		}
		starts[n], ends[n], kinds[n] = uint32(pos), uint32(end), kind
		n++
		pos = end + 1
		c.state = comma
	}
	c.R.pos, c.N = pos, n
	c.Digits, c.Fraction = max(c.Digits, longest), c.Fraction || fraction
}

// plainScalar returns the index behind the scalar at index i of buf, or i if it
// is not a plain one, and the digits of the whole part of a number.
func plainScalar(buf []byte, i int) (end, whole int, kind Kind) {
	switch b := buf[i]; {
	case b-'0' <= 9 || b == '-':
		end, whole, kind, bad := number(buf, i)
		if bad != sound {
			return i, 0, Null
		}
		return end, whole, kind
	case b == 'n' && binary.LittleEndian.Uint32(buf[i:]) == 'n'|'u'<<8|'l'<<16|'l'<<24:
		return i + 4, 0, Null
	case b == '"':
		end = i + 1
		for strClass[buf[end]] == plain {
			end++
		}
		if buf[end] == '"' {
			return end + 1, 0, String
		}
	}
	return i, 0, Null
}

// count notes the shape of a plain number.
func (c *Cursor) count(buf []byte, start, end, whole int) {
	if buf[start] == '-' {
		start++
	}
	c.Digits = max(c.Digits, whole)
	c.Fraction = c.Fraction || end-start > whole
}

// plainEntries does for objects what plainValues does for arrays.
func (c *Cursor) plainEntries(limit int) {
	buf, pos, n := c.R.buf, c.R.pos, c.N
	for n < limit {
		b := buf[pos]
		for b == ' ' || b == '\n' || b == '\t' || b == '\r' {
			pos++
			b = buf[pos]
		}
		if b != '"' {
			break
		}
		i, at := pos+1, int64(0)
		for ; buf[i]-'0' <= 9 && i-pos <= maxDigits; i++ {
			at = at*10 + int64(buf[i]-'0')
		}
		if buf[i] != '"' || buf[i+1] != ':' || i == pos+1 || (buf[pos+1] == '0' && i > pos+2) {
			break
		}
		key := i + 1
		i = key + 1
		for b = buf[i]; b == ' ' || b == '\n' || b == '\t' || b == '\r'; b = buf[i] {
			i++
		}
		end, whole, kind := plainScalar(buf, i)
		if buf[end] != ',' || end == i {
			break
		}
		if kind == Number {
			c.count(buf, i, end, whole)
		}
		c.set(n, pos, key, i, end, kind, at)
		n++
		pos = end + 1
		c.state = comma
	}
	c.R.pos, c.N = pos, n
}

func (c *Cursor) set(n, key, keyEnd, start, end int, kind Kind, pos int64) {
	c.KeyStart[n], c.KeyEnd[n] = uint32(key), uint32(keyEnd)
	c.Start[n], c.End[n], c.Kind[n], c.Pos[n] = uint32(start), uint32(end), kind, pos
}

// step reads what stands there, be it a cell, a comma or the closing bracket.
// It reports false at the end of the row. While the window holds cells of the
// chunk it must not move: then step reports false with nothing read if what
// stands there meets the end of the window or is wrong, to try again in a chunk
// of its own.
func (c *Cursor) step() (more bool, err error) {
	r := c.R
	r.hold = c.N > 0 && !r.eof && r.err == nil
	b := r.space()
	begin := r.pos
	switch closing := c.closing(); {
	case r.hold && begin == r.end:
		return false, nil
	case b == closing && c.state != comma:
		r.pos++
		c.Done = true
		return false, nil
	case c.state != after:
		err = c.cell(b)
	case b == ',':
		r.pos++
		c.state = comma
		return true, nil
	case c.Object:
		err = r.unexpected(begin, "a comma or the end of the object")
	default:
		err = r.unexpected(begin, "a comma or the end of the array")
	}
	if r.hold && (err != nil || r.pos == r.end) {
		r.pos = begin
		return false, nil
	}
	if err != nil {
		return false, err
	}
	c.N++
	c.state = after
	return true, nil
}

func (c *Cursor) closing() byte {
	if c.Object {
		return '}'
	}
	return ']'
}

// cell reads the cell that starts with b, at the position of the reader, in
// front of which there are only bytes that are not needed.
func (c *Cursor) cell(b byte) error {
	r := c.R
	r.mark = r.pos
	name, keyLen, pos := r.Offset(), 0, int64(-1)
	c.name = nil
	if c.Object {
		if b != '"' {
			return r.unexpected(r.pos, "the name of a member")
		}
		key, err := r.str(r.pos)
		if err != nil {
			return err
		}
		keyLen = key - r.mark
		pos = position(r.buf[r.mark+1 : key-1])
		r.pos = key
		if r.solid() != ':' {
			err := r.unexpected(r.pos, "a colon")
			c.named(name, keyLen)
			return err
		}
		r.pos++
		b = r.solid()
		if b == '[' || b == '{' {
			c.named(name, keyLen)
		}
	}
	if b == '[' || b == '{' {
		return ErrNested
	}
	// The name stays in the window with the value: messages show it.
	off := r.Offset()
	end, kind, err := r.scalar(r.pos)
	if err != nil {
		if c.Object {
			c.named(name, keyLen)
		}
		return err
	}
	start := int(off - r.base)
	if kind == Number && !(r.hold && end == r.end) {
		_, whole, _, _ := number(r.buf, start)
		c.count(r.buf, start, end, whole)
	}
	if c.Object {
		at := int(name - r.base)
		c.set(c.N, at, at+keyLen, start, end, kind, pos)
	} else {
		c.Start[c.N], c.End[c.N], c.Kind[c.N] = uint32(start), uint32(end), kind
	}
	r.pos = end
	return nil
}

// named notes the name, at an offset in the window, of an entry that is wrong.
func (c *Cursor) named(off int64, n int) {
	at := int(off - c.R.base)
	c.name = append([]byte(nil), c.R.buf[at:at+n]...)
}

// maxDigits is the length of the greatest position: no cube has as many cells.
const maxDigits = 18

// position is the number that a name stands for, -1 if it is none. As in the
// index of an array of JavaScript, each number has one spelling.
func position(name []byte) int64 {
	if bytes.IndexByte(name, '\\') >= 0 {
		name = Unquote(nil, append(append([]byte{'"'}, name...), '"'))
	}
	if len(name) == 0 || len(name) > maxDigits || (name[0] == '0' && len(name) > 1) {
		return -1
	}
	pos := int64(0)
	for _, b := range name {
		if b-'0' > 9 {
			return -1
		}
		pos = pos*10 + int64(b-'0')
	}
	return pos
}
