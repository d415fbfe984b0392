package dice

import (
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// dicedCells are the cells of a dice: those of another source, filtered by a [cellMap]. It
// is a filter over another cursor and holds no cell itself, so a dice of a dice composes.
type dicedCells struct {
	src     jsonstat.Cells
	cellMap *cellMap
}

func (c *dicedCells) Info() jsonstat.CellsInfo { return c.src.Info() }

func (c *dicedCells) Statuses() []string { return c.src.Statuses() }

func (c *dicedCells) Facts() (jsonstat.Facts, error) { return jsonstat.CountFacts(c) }

func (c *dicedCells) Cursor(statuses bool) (jsonstat.Cursor, error) {
	src, err := c.src.Cursor(statuses)
	if err != nil {
		return nil, err
	}
	if c.src.Info().Sparse {
		c.cellMap.indexCategories()
	}
	return &diceCursor{cellMap: c.cellMap, src: src, info: c.src.Info(), to: c.cellMap.cells, walk: runWalk{cellMap: c.cellMap}}, nil
}

// diceCursor reads what is kept out of the chunks of another cursor. Tokens are never
// copied: a chunk of the dice points into the text of a chunk of the source. It works in
// one of three ways:
//
//   - Dense cells, and a whole chunk lies in one run: the chunk is passed on, cut at both
//     ends.
//   - Dense cells, several runs in a chunk: the offsets of the kept tokens are gathered.
//   - Sparse cells: the position of each is mapped to the dice, or dropped.
//
// Cells that are not kept are read and dropped as long as they are few, which costs
// little. From minJump on the source is moved to the next run instead: it goes to
// a checkpoint and reads a piece of the text to find the cell, which pays only then. A
// stream, which cannot be moved, is always read through.
type diceCursor struct {
	cellMap *cellMap
	src     jsonstat.Cursor
	info    jsonstat.CellsInfo

	next, to int64 // positions in the dice
	isPlaced bool  // walk and src stand at next
	walk     runWalk
	read     int64 // position behind the last cell that src gave, if it is dense
	end      int64 // where src ends

	chunk     jsonstat.Chunk // what is picked out of one of src: its tokens stay where they are
	positions []int64
	kinds     []jsonstat.Kind
	starts    []uint32
	ends      []uint32
	status    []int32
}

// minJump is how many unwanted cells in a row make it worthwhile to move the source, which
// reads a piece of the text to find its place.
const minJump = 8 << 10

func (c *diceCursor) Range(from, to int64) error {
	switch {
	case from < 0 || from > to || to > c.cellMap.cells:
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, c.cellMap.cells, jsonstat.ErrSize)
	case c.info.Once && (from != c.next || to != c.cellMap.cells):
		return fmt.Errorf("cells %d to %d of a stream that is at %d: %w", from, to, c.next, jsonstat.ErrConsumed)
	case c.info.Once:
		return nil
	}
	c.next, c.to, c.isPlaced = from, to, false
	return nil
}

// findPlace moves the walk and the source to the next cell.
func (c *diceCursor) findPlace() error {
	c.isPlaced = true
	c.walk.seek(c.next)
	if c.info.Once {
		return nil
	}
	c.end = c.cellMap.toCube(c.to-1) + 1
	if c.to < c.cellMap.cells {
		// A pivot reads many ranges side by side, each from where it ended before.
		// If the source ends there too it need not look for the place again.
		if next := c.cellMap.toCube(c.to); next-c.end <= minJump {
			c.end = next
		}
	}
	return c.moveSource(c.walk.from)
}

func (c *diceCursor) moveSource(from int64) error {
	c.read = from
	return c.src.Range(from, c.end)
}

func (c *diceCursor) Next() (*jsonstat.Chunk, error) {
	for c.next < c.to {
		if !c.isPlaced {
			if err := c.findPlace(); err != nil {
				return nil, err
			}
		}
		if !c.info.Once && !c.info.Sparse && c.walk.from-c.read > minJump {
			if err := c.moveSource(c.walk.from); err != nil {
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
			c.pickSparse(chunk)
		default:
			c.pickDense(chunk)
		}
		if c.chunk.Len() > 0 {
			return &c.chunk, nil
		}
	}
	// The source is read to its end: a stream is checked there, a file notes the place.
	for c.isPlaced {
		if _, err := c.src.Next(); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
	}
	return nil, io.EOF
}

// pickDense picks what is kept out of a chunk of cells that follow each other.
func (c *diceCursor) pickDense(chunk *jsonstat.Chunk) {
	first, n := chunk.First, int64(chunk.Len())
	c.read = first + n
	if i := c.walk.from - first; i < n && c.walk.n >= min(n-i, c.to-c.next) {
		m := min(n-i, c.to-c.next)
		c.chunk = jsonstat.Chunk{First: c.next, Kinds: chunk.Kinds[i : i+m], Buf: chunk.Buf, Start: chunk.Start[i : i+m], End: chunk.End[i : i+m]}
		if chunk.Status != nil {
			c.chunk.Status = chunk.Status[i : i+m]
		}
		c.next += m
		c.walk.advance(m)
		return
	}
	c.clearBuffers()
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
		c.walk.advance(m)
		c.chunk.First = start
	}
	c.setChunk(chunk)
}

// pickSparse picks what is kept out of a chunk of cells with a position each.
func (c *diceCursor) pickSparse(chunk *jsonstat.Chunk) {
	c.clearBuffers()
	c.positions = c.positions[:0]
	for i := range chunk.Len() {
		pos := c.cellMap.toDice(chunk.Position(i))
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
	c.setChunk(chunk)
	c.chunk.Positions = c.positions
}

func (c *diceCursor) clearBuffers() {
	c.kinds, c.starts, c.ends, c.status = c.kinds[:0], c.starts[:0], c.ends[:0], c.status[:0]
}

// setChunk makes the chunk of what was gathered from a chunk of the source.
func (c *diceCursor) setChunk(chunk *jsonstat.Chunk) {
	c.chunk = jsonstat.Chunk{First: c.chunk.First, Kinds: c.kinds, Buf: chunk.Buf, Start: c.starts, End: c.ends}
	if chunk.Status != nil {
		c.chunk.Status = c.status
	}
}

func (c *diceCursor) Close() error { return c.src.Close() }
