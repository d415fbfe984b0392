package dice

import (
	"errors"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

func (c *assembly) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur := &assemblyCursor{cells: c, statuses: statuses && c.info.HasStatus, readers: make([]partReader, len(c.parts)), to: c.cellCount, owner: ownerWalk{d: c.division}}
	for i := range cur.readers {
		a := &cur.readers[i]
		a.assemblyPart, a.statuses, a.status = c.parts[i], statuses, statusTranslator{to: &c.statuses}
	}
	return cur, nil
}

// assemblyCursor reads the parts side by side, each of them forward only, in one of two
// ways.
//
// Dense: all cells are there, so the division alone says whose cell comes next. The cursor
// follows [ownerWalk] and takes as many cells as the owner has in a row. Long runs are
// handed on as they lie in the part's own chunk, short ones are copied together, since a
// chunk of two cells costs its reader more than the copy.
//
// Sparse: which cells are there only the parts know. They wait in a queue (a binary heap)
// ordered by the position of their next cell in the whole; the first one gives the cells of
// its run and is put back. Opening a file to learn where its first cell is would open all
// files at once, so a part enters the queue with the first position that it could have
// (isExact false) and is opened only when that comes up.
//
// A range concerns the parts whose cells lie in it: the others are left where they are.
type assemblyCursor struct {
	cells       *assembly
	statuses    bool
	readers     []partReader
	rangeNumber int // ranges so far
	next, to    int64
	owner       ownerWalk
	isPlaced    bool          // turns stands at next
	entered     []*partReader // in this range, if it is one
	finished    *partReader   // has given all, which the chunk still shows
	queueFilled bool          // queue was filled
	queue       []*partReader // a heap by position

	chunk     jsonstat.Chunk
	positions []int64
	kinds     []jsonstat.Kind
	buf       []byte
	starts    []uint32
	ends      []uint32
	status    []int32
}

// gatherCells is how many cells are copied together into a chunk, maxCopy how many at a
// time: a longer run is handed on as it lies in the part's own chunk.
const (
	gatherCells = 4 << 10
	maxCopy     = 512
)

func (c *assemblyCursor) Range(from, to int64) error {
	if from < 0 || from > to || to > c.cells.cellCount {
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, c.cells.cellCount, jsonstat.ErrSize)
	}
	c.rangeNumber++
	c.next, c.to, c.isPlaced = from, to, false
	c.entered, c.finished, c.queueFilled, c.queue = c.entered[:0], nil, false, c.queue[:0]
	if c.cells.info.Once { // what cannot be moved says so now
		for i := range c.readers {
			if err := c.enterRange(&c.readers[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// enterRange moves a part to its cells in the range.
func (c *assemblyCursor) enterRange(a *partReader) error {
	if a.rangeNumber == c.rangeNumber {
		return nil
	}
	if err := a.openCursor(); err != nil {
		return err
	}
	a.rangeNumber, a.chunk, a.i, a.done = c.rangeNumber, nil, 0, false
	c.entered = append(c.entered, a)
	plan := a.makeMap(c.cells.shape)
	return a.cursor.Range(plan.countBefore(c.next), plan.countBefore(c.to))
}

// Next hands on a run of one part, or gathers short ones.
func (c *assemblyCursor) Next() (*jsonstat.Chunk, error) {
	if a := c.finished; a != nil {
		c.finished = nil
		if err := a.readToEnd(); err != nil {
			return nil, err
		}
	}
	c.clearBuffers()
	passed, err := false, error(nil)
	if c.cells.info.Sparse {
		err = c.gatherSparse()
	} else {
		passed, err = c.gatherDense()
	}
	switch {
	case err != nil:
		return nil, err
	case passed:
		return &c.chunk, nil
	case len(c.kinds) == 0:
		return nil, c.finishRange()
	}
	c.chunk.Kinds, c.chunk.Buf, c.chunk.Start, c.chunk.End = c.kinds, c.buf, c.starts, c.ends
	if c.statuses {
		c.chunk.Status = c.status
	}
	if c.cells.info.Sparse {
		c.chunk.Positions = c.positions
	}
	return &c.chunk, nil
}

// finishRange reads the parts of a range to their ends, where a file notes the place for
// the next range.
func (c *assemblyCursor) finishRange() error {
	for _, a := range c.entered {
		if a.cursor == nil {
			continue
		}
		if err := a.loadCell(); err != nil {
			return err
		}
	}
	return io.EOF
}

// gatherDense gathers cells of a whole of which every cell is there. It reports true if the
// chunk is a run of one part instead.
func (c *assemblyCursor) gatherDense() (bool, error) {
	if !c.isPlaced && c.next < c.to {
		c.isPlaced = true
		c.owner.seek(c.next)
	}
	for c.next < c.to && len(c.kinds) < gatherCells {
		if c.owner.n == 0 {
			c.owner.next()
		}
		a := &c.readers[c.owner.box]
		if err := c.loadDue(a); err != nil {
			return false, err
		}
		n := int(min(int64(a.chunk.Len()-a.i), c.owner.n, c.to-c.next))
		long := n > maxCopy
		if long && len(c.kinds) > 0 {
			return false, nil
		}
		if long {
			c.handOn(a, n)
		} else {
			c.copyCells(a, c.next, n)
		}
		c.next += int64(n)
		c.owner.n -= int64(n)
		if a.handedOut += int64(n); a.handedOut == a.cellCount && c.rangeNumber == 0 {
			if long {
				c.finished = a
			} else if err := a.readToEnd(); err != nil {
				return false, err
			}
		}
		if long {
			return true, nil
		}
	}
	return false, nil
}

// loadDue makes sure that the part that owns the next cell has it.
func (c *assemblyCursor) loadDue(a *partReader) error {
	if a.rangeNumber == c.rangeNumber && a.chunk != nil && a.i < a.chunk.Len() {
		return nil
	}
	if err := c.enterRange(a); err != nil {
		return err
	}
	if err := a.loadCell(); err != nil {
		return err
	}
	if a.done {
		return a.tooFewCells(c.next)
	}
	return nil
}

// gatherSparse gathers cells of a whole of which some are not there.
func (c *assemblyCursor) gatherSparse() error {
	for len(c.kinds) < gatherCells {
		a, err := c.firstReader()
		if err != nil || a == nil {
			return err
		}
		c.copyCells(a, a.pos, a.runLength())
		a.isExact = false // where its next one lies has to be seen
	}
	return nil
}

// firstReader is the part whose next cell comes first in the whole, nil if there is none.
func (c *assemblyCursor) firstReader() (*partReader, error) {
	if !c.queueFilled {
		c.queueFilled = true
		c.fillQueue()
	}
	for len(c.queue) > 0 {
		a := c.queue[0]
		if a.isExact {
			return a, nil
		}
		if err := c.enterRange(a); err != nil {
			return nil, err
		}
		more, err := a.findNext()
		if err == nil && !more && c.rangeNumber == 0 {
			err = a.closeCursor()
		}
		if err != nil {
			return nil, err
		}
		if !more {
			last := len(c.queue) - 1
			c.queue[0] = c.queue[last]
			c.queue = c.queue[:last]
		}
		c.siftDown(0)
	}
	return nil, nil
}

// fillQueue finds the parts that can have cells in the range, each with the first position
// that it could have.
func (c *assemblyCursor) fillQueue() {
	if c.next == c.to {
		return
	}
	// Follow the owners if that takes fewer steps than asking every part.
	c.owner.seek(c.next)
	for pos, steps := c.next, 0; steps < len(c.readers); steps++ {
		c.enqueue(&c.readers[c.owner.box])
		if pos += c.owner.n; pos >= c.to {
			c.orderQueue()
			return
		}
		c.owner.next()
	}
	for i := range c.readers {
		c.enqueue(&c.readers[i])
	}
	c.orderQueue()
}

// enqueue puts a part into the queue, if it can have cells in the range and is not in it.
func (c *assemblyCursor) enqueue(a *partReader) {
	if a.queuedIn == c.rangeNumber+1 {
		return
	}
	a.queuedIn = c.rangeNumber + 1
	plan := a.makeMap(c.cells.shape)
	from := plan.countBefore(c.next)
	if from == plan.countBefore(c.to) {
		return
	}
	a.walk.seek(from)
	a.partPos, a.pos, a.isExact = from, a.walk.from, false
	c.queue = append(c.queue, a)
}

// orderQueue makes a heap of the queue.
func (c *assemblyCursor) orderQueue() {
	for i := len(c.queue)/2 - 1; i >= 0; i-- {
		c.siftDown(i)
	}
}

// siftDown moves entry i of the heap behind those whose cells come before its own.
func (c *assemblyCursor) siftDown(i int) {
	for {
		k := 2*i + 1
		if k+1 < len(c.queue) && c.queue[k+1].pos < c.queue[k].pos {
			k++
		}
		if k >= len(c.queue) || c.queue[i].pos <= c.queue[k].pos {
			return
		}
		c.queue[i], c.queue[k] = c.queue[k], c.queue[i]
		i = k
	}
}

// handOn makes the next n cells of a part the chunk, where they lie.
func (c *assemblyCursor) handOn(a *partReader, n int) {
	i, j := a.i, a.i+n
	c.chunk = jsonstat.Chunk{First: c.next, Kinds: a.chunk.Kinds[i:j], Buf: a.chunk.Buf, Start: a.chunk.Start[i:j], End: a.chunk.End[i:j]}
	if c.statuses {
		c.appendStatuses(a, n)
		c.chunk.Status = c.status
	}
	a.i = j
}

// copyCells copies the next n cells of a part, the first of which is at a position of the
// whole.
func (c *assemblyCursor) copyCells(a *partReader, at int64, n int) {
	if len(c.kinds) == 0 {
		c.chunk = jsonstat.Chunk{First: at}
	}
	i, j := a.i, a.i+n
	chunk := a.chunk
	c.kinds = append(c.kinds, chunk.Kinds[i:j]...)
	for k := i; k < j; k++ {
		c.starts = append(c.starts, uint32(len(c.buf)))
		c.buf = append(c.buf, chunk.Buf[chunk.Start[k]:chunk.End[k]]...)
		c.ends = append(c.ends, uint32(len(c.buf)))
	}
	if c.cells.info.Sparse {
		from := chunk.Position(i)
		for k := i; k < j; k++ {
			c.positions = append(c.positions, at+chunk.Position(k)-from)
		}
	}
	if c.statuses {
		c.appendStatuses(a, n)
	}
	a.i = j
}

// appendStatuses appends the statuses of the next n cells of a part, with their numbers in
// the whole.
func (c *assemblyCursor) appendStatuses(a *partReader, n int) {
	if a.chunk.Status == nil {
		for range n {
			c.status = append(c.status, 0)
		}
		return
	}
	for _, s := range a.chunk.Status[a.i : a.i+n] {
		c.status = append(c.status, a.status.known[s])
	}
}

func (c *assemblyCursor) clearBuffers() {
	c.positions, c.kinds, c.buf, c.starts, c.ends, c.status = c.positions[:0], c.kinds[:0], c.buf[:0], c.starts[:0], c.ends[:0], c.status[:0]
}

func (c *assemblyCursor) Close() error {
	var errs []error
	for i := range c.readers {
		errs = append(errs, c.readers[i].closeCursor())
	}
	return errors.Join(errs...)
}
