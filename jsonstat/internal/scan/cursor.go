package scan

// Cursor reads a row of cells in pieces. A piece ends where the window does,
// so that the text of its cells stands in one slice.
type Cursor struct {
	R      *Reader
	Object bool
	Chunk
	state state
	Done  bool // the closing bracket was read
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
	if c.Start == nil {
		c.Start = make([]uint32, ChunkCells)
		c.End = make([]uint32, ChunkCells)
		c.Kind = make([]Kind, ChunkCells)
	}
	if object && c.Pos == nil {
		c.Pos = make([]int64, ChunkCells)
		c.KeyStart = make([]uint32, ChunkCells)
		c.KeyEnd = make([]uint32, ChunkCells)
	}
}

// Goto moves to a checkpoint.
func (c *Cursor) Goto(m Mark) {
	c.R.Goto(m.Off)
	c.state, c.Done = m.state, false
}

// Here is a checkpoint behind the cells read so far.
func (c *Cursor) Here() Mark { return Mark{Off: c.R.Offset(), state: c.state} }

// Offset is where the token of cell i of the chunk stands in the source.
func (c *Cursor) Offset(i int) int64 { return c.R.base + int64(c.Start[i]) }

// Token reads the scalar at an offset, which a scan went over before. The
// result is valid until the next call.
func (c *Cursor) Token(off int64) (Kind, []byte, error) {
	r := c.R
	r.Goto(off)
	if r.pos >= r.end {
		r.fill()
	}
	r.mark = r.pos
	end, kind, err := r.scalar(r.pos)
	if err != nil {
		return 0, nil, err
	}
	return kind, r.buf[r.mark:end], nil
}

// Next reads up to limit more cells (at most ChunkCells). At the end of the row
// it returns none and sets Done.
func (c *Cursor) Next(limit int) error {
	c.N = 0
	if c.Done {
		return nil
	}
	var err error
	if c.Object {
		err = c.entries(limit)
	} else {
		err = c.values(limit)
	}
	c.Text = c.R.buf[:c.R.end]
	return err
}

// ahead moves to the next byte that is not white space, without moving the
// window if cells of the chunk stand in it. It reports false if it would have to.
func (c *Cursor) ahead(n int) (byte, bool) {
	r := c.R
	b := r.buf[r.pos]
	for b == ' ' || b == '\n' || b == '\t' || b == '\r' {
		r.pos++
		b = r.buf[r.pos]
	}
	if r.pos < r.end {
		return b, true
	}
	if n > 0 && !r.eof && r.err == nil {
		return 0, false
	}
	return r.space(), true
}

// values reads cells of an array.
func (c *Cursor) values(limit int) error {
	r := c.R
	n := 0
	start, ends, kinds := c.Start[:ChunkCells], c.End[:ChunkCells], c.Kind[:ChunkCells]
	for n < limit && n < ChunkCells {
		// The common case in one go: a plain number and a comma, all inside the window.
		if c.state != after {
			b := r.buf[r.pos]
			if b-'0' <= 9 || b == '-' {
				end, kind, err := r.number(r.pos)
				if err == nil && r.buf[end] == ',' {
					start[n], ends[n], kinds[n] = uint32(r.pos), uint32(end), kind
					n++
					r.pos = end + 1
					c.state = comma
					continue
				}
			}
		}
		b, ok := c.ahead(n)
		if !ok {
			break
		}
		switch {
		case b == ']' && r.pos < r.end && c.state != comma:
			r.pos++
			c.Done, c.N = true, n
			return nil
		case c.state == after:
			if b != ',' {
				c.N = n
				return r.unexpected(r.pos, "a comma or the end of the array")
			}
			r.pos++
			c.state = comma
			continue
		case b == '[' || b == '{':
			return ErrNested
		}
		end, kind, ok, err := c.scalar(n)
		if err != nil {
			c.N = n
			return err
		}
		if !ok {
			break
		}
		start[n], ends[n], kinds[n] = uint32(r.mark), uint32(end), kind
		n++
		r.pos = end
		c.state = after
	}
	c.N = n
	return nil
}

// scalar reads the scalar at the position of the reader, which becomes its
// mark. It reports false, with nothing read, if the window would have to move
// under the cells of the chunk.
func (c *Cursor) scalar(n int) (end int, kind Kind, ok bool, err error) {
	r := c.R
	r.mark = r.pos
	if n == 0 || r.eof || r.err != nil {
		end, kind, err = r.scalar(r.pos)
		return end, kind, true, err
	}
	// Try inside the window: behind its end all loops meet the sentinel.
	switch b := r.buf[r.pos]; {
	case b == '"':
		end = r.pos + 1
		for strClass[r.buf[end]] == plain {
			end++
		}
		if r.buf[end] == '"' {
			return end + 1, String, true, nil
		}
	case b-'0' <= 9 || b == '-':
		if end, kind, err = r.number(r.pos); err == nil && end < r.end {
			return end, kind, true, nil
		}
	case r.end-r.pos >= len("-Infinity"):
		if end, kind, err = r.literal(r.pos); err == nil {
			return end, kind, true, nil
		}
	}
	// The rare rest starts a chunk of its own.
	return 0, 0, false, nil
}

// entries reads entries of an object.
func (c *Cursor) entries(limit int) error {
	r := c.R
	n := 0
	for n < limit && n < ChunkCells {
		b, ok := c.ahead(n)
		if !ok {
			break
		}
		switch {
		case b == '}' && r.pos < r.end && c.state != comma:
			r.pos++
			c.Done, c.N = true, n
			return nil
		case c.state == after:
			if b != ',' {
				c.N = n
				return r.unexpected(r.pos, "a comma or the end of the object")
			}
			r.pos++
			c.state = comma
			continue
		case b != '"':
			c.N = n
			return r.unexpected(r.pos, "the name of a member")
		}
		ok, err := c.entry(n)
		if err != nil {
			c.N = n
			return err
		}
		if !ok {
			break
		}
		n++
		c.state = after
	}
	c.N = n
	return nil
}

// entry reads a name and its value into cell n. It reports false, with nothing
// read, if the window would have to move under the cells of the chunk.
func (c *Cursor) entry(n int) (bool, error) {
	r := c.R
	begin := r.pos
	i := begin + 1
	pos := int64(0)
	for r.buf[i]-'0' <= 9 && i-begin <= 18 {
		pos = pos*10 + int64(r.buf[i]-'0')
		i++
	}
	if r.buf[i] != '"' || i == begin+1 || (i > begin+2 && r.buf[begin+1] == '0') {
		pos = -1
	}
	r.mark = begin
	var key, end int
	var kind Kind
	if pos >= 0 {
		key = i + 1
	} else {
		if n > 0 && !r.eof && r.err == nil {
			return false, nil
		}
		var err error
		if key, err = r.str(begin); err != nil {
			return false, err
		}
		if quoted := r.buf[r.mark:key]; len(quoted) > 2 {
			pos = position(quoted[1 : len(quoted)-1])
		}
	}
	base := r.base
	keyOff := base + int64(r.mark)
	// Behind the name: a colon and a scalar, inside the window or else alone in a chunk.
	r.pos = key
	if n > 0 {
		for b := r.buf[r.pos]; b == ' ' || b == '\n' || b == '\t' || b == '\r'; b = r.buf[r.pos] {
			r.pos++
		}
		if r.buf[r.pos] == ':' {
			r.pos++
			for b := r.buf[r.pos]; b == ' ' || b == '\n' || b == '\t' || b == '\r'; b = r.buf[r.pos] {
				r.pos++
			}
			if b := r.buf[r.pos]; r.pos < r.end && b != '[' && b != '{' {
				end, kind, ok, err := c.scalar(n)
				if err == nil && ok {
					c.set(n, begin, key, r.mark, end, kind, pos)
					r.pos = end
					return true, nil
				}
				if err == nil {
					r.pos = begin
					return false, nil
				}
			}
		}
		if !r.eof && r.err == nil {
			r.pos = begin
			return false, nil
		}
	}
	r.pos = key
	if b := c.solid(); b != ':' {
		return false, r.unexpected(r.pos, "a colon")
	}
	r.pos++
	if b := c.solid(); b == '[' || b == '{' {
		return false, ErrNested
	}
	// The name must stay in the window with the value, for messages.
	at := r.pos
	before := r.base
	end, kind, err := r.scalar(at)
	if err != nil {
		return false, err
	}
	moved := int(r.base - before)
	k := int(keyOff - r.base)
	c.set(n, k, k+(key-begin), at-moved, end, kind, pos)
	r.pos = end
	return true, nil
}

// solid is space without letting go of mark.
func (c *Cursor) solid() byte {
	r := c.R
	for {
		b := r.buf[r.pos]
		for b == ' ' || b == '\n' || b == '\t' || b == '\r' {
			r.pos++
			b = r.buf[r.pos]
		}
		if r.pos < r.end || !r.fill() {
			return b
		}
	}
}

func (c *Cursor) set(n, key, keyEnd, start, end int, kind Kind, pos int64) {
	c.KeyStart[n], c.KeyEnd[n] = uint32(key), uint32(keyEnd)
	c.Start[n], c.End[n], c.Kind[n], c.Pos[n] = uint32(start), uint32(end), kind, pos
}

// position reads a name that has escapes or is long; -1 if it is no position.
func position(name []byte) int64 {
	if len(name) == 0 || len(name) > 18 || (name[0] == '0' && len(name) > 1) {
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
