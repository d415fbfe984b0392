package jsontoken

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"github.com/jsonstat-go/toolkit/internal/number"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// readArrayCells reads cells of an array as long as they are numbers, nulls and strings of
// ASCII without escapes, with a comma behind them, inside the window.
//
// The first branch takes short numbers, which most cells are, without a loop over their
// digits. [number.Others] loads eight bytes and marks those that are not digits; the first
// mark gives the length. For 12.5,104, the marks are at bytes 2 and 4: byte 2 is a point,
// so its mark is cleared and the next one, at byte 4, ends the number. If a comma is there
// the cell is done, and no branch depended on the number of digits. A last 0
// behind the point makes the number Raw (12.50), since its text is not what is written
// elsewhere. All else goes to plainScalar, and what that does not know ends the loop.
func (r *Reader) readArrayCells(c *window.Cursor, limit int) {
	buf, pos, n := r.Buf, r.Pos, c.N
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
			other := number.Others(buf, pos)
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
				c.State = window.Comma
				continue
			}
		}
		end, whole, kind := plainScalar(buf, pos)
		if buf[end] != ',' || end == pos {
			break
		}
		if kind == Number {
			c.Count(buf, pos, end, whole)
		}
		starts[n], ends[n], kinds[n] = uint32(pos), uint32(end), kind
		n++
		pos = end + 1
		c.State = window.Comma
	}
	r.Pos, c.N = pos, n
	c.Digits, c.Fraction = max(c.Digits, longest), c.Fraction || fraction
}

// Plain returns the index behind the scalar at index i of a window and its kind; i itself
// if it is not one of the usual ones: a number, null, a string of ASCII without escapes.
// It is whole only if the byte there says so: a number may go on behind the window.
func Plain(buf []byte, i int) (end int, kind Kind) {
	end, _, kind = plainScalar(buf, i)
	return end, kind
}

// plainScalar returns the index behind the scalar at index i of buf, or i if it
// is not a plain one, and the digits of the whole part of a number.
func plainScalar(buf []byte, i int) (end, whole int, kind Kind) {
	switch b := buf[i]; {
	case b-'0' <= 9 || b == '-':
		end, whole, kind, bad := numberAt(buf, i)
		if bad != validNumber {
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

// readObjectCells does for objects ("17":12.5,) what readArrayCells does for arrays. A key
// with a leading zero, an escape or too many digits ends the loop: Cell says what it is.
func (r *Reader) readObjectCells(c *window.Cursor, limit int) {
	buf, pos, n := r.Buf, r.Pos, c.N
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
			c.Count(buf, i, end, whole)
		}
		c.Set(n, pos, key, i, end, kind, at)
		n++
		pos = end + 1
		c.State = window.Comma
	}
	r.Pos, c.N = pos, n
}

// Plain reads cells as long as they are as most are, see [window.Grammar].
func (r *Reader) Plain(c *window.Cursor, limit int) {
	if c.Object {
		r.readObjectCells(c, limit)
	} else {
		r.readArrayCells(c, limit)
	}
}

// Cell reads a cell, a comma or the closing bracket, see [window.Grammar].
func (r *Reader) Cell(c *window.Cursor) (more bool, err error) {
	r.Hold = false
	r.Hold = c.N > 0 && !r.Stuck()
	b := r.Space()
	begin := r.Pos
	closing := byte(']')
	if c.Object {
		closing = '}'
	}
	switch {
	case r.Hold && begin == r.End:
		return false, nil
	case b == closing && c.State != window.Comma:
		r.Pos++
		c.Done = true
		return false, nil
	case c.State != window.After:
		err = r.readCell(c, b)
	case b == ',':
		r.Pos++
		c.State = window.Comma
		return true, nil
	default:
		err = r.noComma(begin, closing)
	}
	if r.Hold && (err != nil || r.Pos == r.End) {
		r.Pos = begin
		return false, nil
	}
	if err != nil {
		return false, err
	}
	c.N++
	c.State = window.After
	return true, nil
}

// readCell reads the cell that starts with b, at the position of the reader, in front of
// which there are only bytes that are not needed.
func (r *Reader) readCell(c *window.Cursor, b byte) error {
	r.Mark = r.Pos
	name, keyLen, pos := r.Offset(), 0, int64(-1)
	c.Wrong = nil
	if c.Object {
		if b != '"' {
			return r.Unexpected(r.Pos, "the name of a member")
		}
		key, err := r.checkString(r.Pos)
		if err != nil {
			return err
		}
		keyLen = key - r.Mark
		pos = position(r.Buf[r.Mark+1 : key-1])
		r.Pos = key
		if r.Pos = r.Blank(r.Pos); r.Buf[r.Pos] != ':' {
			err := r.Unexpected(r.Pos, "a colon")
			r.noteName(c, name, keyLen)
			return err
		}
		r.Pos = r.Blank(r.Pos + 1)
		b = r.Buf[r.Pos]
		if b == '[' || b == '{' {
			r.noteName(c, name, keyLen)
		}
	}
	if b == '[' || b == '{' {
		return window.ErrNested
	}
	// The name stays in the window with the value: messages show it.
	off := r.Offset()
	end, kind, err := r.Scalar(r.Pos)
	if err != nil {
		if c.Object {
			r.noteName(c, name, keyLen)
		}
		return err
	}
	start := int(off - r.Base)
	if kind == Number && !(r.Hold && end == r.End) {
		_, whole, _, _ := numberAt(r.Buf, start)
		c.Count(r.Buf, start, end, whole)
	}
	if c.Object {
		at := int(name - r.Base)
		c.Set(c.N, at, at+keyLen, start, end, kind, pos)
	} else {
		c.Start[c.N], c.End[c.N], c.Kind[c.N] = uint32(start), uint32(end), kind
	}
	r.Pos = end
	return nil
}

// noteName notes the name, at an offset in the window, of an entry that is wrong.
func (r *Reader) noteName(c *window.Cursor, off int64, n int) {
	at := int(off - r.Base)
	c.Wrong = append([]byte(nil), r.Buf[at:at+n]...)
}

// maxDigits is the length of the greatest position: no cube has as many cells.
const maxDigits = 18

// position is the position that a name stands for, -1 if it is not one. As with indexes of
// JavaScript arrays each number has one spelling: "7" is a position, "07" and "7.0" are not.
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
