package dice

import (
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cells are the cells of a dice: those of another source, filtered.
type cells struct {
	src  jsonstat.Cells
	plan *plan
}

func (c *cells) Info() jsonstat.CellsInfo { return c.src.Info() }

func (c *cells) Statuses() []string { return c.src.Statuses() }

func (c *cells) Facts() (jsonstat.Facts, error) { return jsonstat.CountFacts(c) }

func (c *cells) Cursor(statuses bool) (jsonstat.Cursor, error) {
	src, err := c.src.Cursor(statuses)
	if err != nil {
		return nil, err
	}
	if c.src.Info().Sparse {
		c.plan.index()
	}
	return &cursor{plan: c.plan, src: src, info: c.src.Info(), to: c.plan.n, walk: walk{p: c.plan}}, nil
}

// cursor reads what is kept out of the chunks of another cursor.
type cursor struct {
	plan *plan
	src  jsonstat.Cursor
	info jsonstat.CellsInfo

	next, to int64 // positions in the dice
	placed   bool  // walk and src stand at next
	walk     walk
	read     int64 // position behind the last cell that src gave, if it is dense
	end      int64 // where src ends

	chunk     jsonstat.Chunk // what is picked out of one of src: its tokens stay where they are
	positions []int64
	kinds     []jsonstat.Kind
	starts    []uint32
	ends      []uint32
	status    []int32
}

// jump is how many cells must be passed over for the source to be moved: it reads
// a piece of the text to find its place.
const jump = 8 << 10

func (c *cursor) Range(from, to int64) error {
	switch {
	case from < 0 || from > to || to > c.plan.n:
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, c.plan.n, jsonstat.ErrSize)
	case c.info.Once && (from != c.next || to != c.plan.n):
		return fmt.Errorf("cells %d to %d of a stream that is at %d: %w", from, to, c.next, jsonstat.ErrConsumed)
	case c.info.Once:
		return nil
	}
	c.next, c.to, c.placed = from, to, false
	return nil
}

// locate moves walk and the source to the next cell.
func (c *cursor) locate() error {
	c.placed = true
	c.walk.seek(c.next)
	if c.info.Once {
		return nil
	}
	c.end = c.plan.place(c.to-1) + 1
	if c.to < c.plan.n {
		// A pivot reads many ranges side by side, each from where it ended before.
		// If the source ends there too it need not look for the place again.
		if next := c.plan.place(c.to); next-c.end <= jump {
			c.end = next
		}
	}
	return c.move(c.walk.from)
}

func (c *cursor) move(from int64) error {
	c.read = from
	return c.src.Range(from, c.end)
}

func (c *cursor) Next() (*jsonstat.Chunk, error) {
	for c.next < c.to {
		if !c.placed {
			if err := c.locate(); err != nil {
				return nil, err
			}
		}
		if !c.info.Once && !c.info.Sparse && c.walk.from-c.read > jump {
			if err := c.move(c.walk.from); err != nil {
				return nil, err
			}
		}
		chunk, err := c.src.Next()
		switch {
		case err == io.EOF && !c.info.Sparse:
			return nil, fmt.Errorf("the cells end at %d, before a cell of the dice at %d: %w", c.read, c.walk.from, jsonstat.ErrShort)
		case err != nil:
			return nil, err
		case c.info.Sparse:
			c.sift(chunk)
		default:
			c.pick(chunk)
		}
		if c.chunk.Len() > 0 {
			return &c.chunk, nil
		}
	}
	// The source is read to its end: a stream is checked there, a file notes the place.
	for c.placed {
		if _, err := c.src.Next(); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
	}
	return nil, io.EOF
}

// pick picks what is kept out of cells that follow each other.
func (c *cursor) pick(chunk *jsonstat.Chunk) {
	first, n := chunk.First, int64(chunk.Len())
	c.read = first + n
	if i := c.walk.from - first; i < n && c.walk.n >= min(n-i, c.to-c.next) {
		m := min(n-i, c.to-c.next)
		c.chunk = jsonstat.Chunk{First: c.next, Kinds: chunk.Kinds[i : i+m], Buf: chunk.Buf, Start: chunk.Start[i : i+m], End: chunk.End[i : i+m]}
		if chunk.Status != nil {
			c.chunk.Status = chunk.Status[i : i+m]
		}
		c.next += m
		c.walk.take(m)
		return
	}
	c.clear()
	for start := c.next; c.next < c.to && c.walk.from < first+n; {
		i := c.walk.from - first
		m := min(c.walk.n, n-i, c.to-c.next)
		c.kinds = append(c.kinds, chunk.Kinds[i:i+m]...)
		c.starts = append(c.starts, chunk.Start[i:i+m]...)
		c.ends = append(c.ends, chunk.End[i:i+m]...)
		if chunk.Status != nil {
			c.status = append(c.status, chunk.Status[i:i+m]...)
		}
		c.next += m
		c.walk.take(m)
		c.chunk.First = start
	}
	c.fill(chunk)
}

// sift sifts cells that stand apart.
func (c *cursor) sift(chunk *jsonstat.Chunk) {
	c.clear()
	c.positions = c.positions[:0]
	for i := range chunk.Len() {
		pos := c.plan.position(chunk.Position(i))
		if pos < c.next || pos >= c.to {
			continue
		}
		c.positions = append(c.positions, pos)
		c.kinds = append(c.kinds, chunk.Kinds[i])
		c.starts = append(c.starts, chunk.Start[i])
		c.ends = append(c.ends, chunk.End[i])
		if chunk.Status != nil {
			c.status = append(c.status, chunk.Status[i])
		}
	}
	if n := len(c.positions); n > 0 {
		c.next = c.positions[n-1] + 1
	}
	c.fill(chunk)
	c.chunk.Positions = c.positions
}

func (c *cursor) clear() {
	c.kinds, c.starts, c.ends, c.status = c.kinds[:0], c.starts[:0], c.ends[:0], c.status[:0]
}

// fill makes the chunk of what was picked out of another one.
func (c *cursor) fill(chunk *jsonstat.Chunk) {
	c.chunk = jsonstat.Chunk{First: c.chunk.First, Kinds: c.kinds, Buf: chunk.Buf, Start: c.starts, End: c.ends}
	if chunk.Status != nil {
		c.chunk.Status = c.status
	}
}

func (c *cursor) Close() error { return c.src.Close() }
