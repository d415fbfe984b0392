package dice

import (
	"errors"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

func (c *assembly) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur := &assemblyCursor{c: c, statuses: statuses && c.info.HasStatus, arms: make([]arm, len(c.parts)), to: c.n, turns: turns{d: c.division}}
	for i := range cur.arms {
		a := &cur.arms[i]
		a.piece, a.statuses, a.status = c.parts[i], statuses, translator{to: &c.words}
	}
	return cur, nil
}

// assemblyCursor reads the parts side by side, each of them forward only. If all cells are
// there, the division says whose turn it is. If some are not, the parts that have
// cells wait in a heap for the one that comes first; before a part is opened it waits
// with the place of the first cell that it can have. A range concerns those whose
// cells lie in it: the others are left where they are.
type assemblyCursor struct {
	c        *assembly
	statuses bool
	arms     []arm
	round    int // ranges so far
	next, to int64
	turns    turns
	placed   bool   // turns stands at next
	entered  []*arm // in this range, if it is one
	ended    *arm   // has given all, which the chunk still shows
	merging  bool   // waiting was filled
	waiting  []*arm // a heap by position

	chunk     jsonstat.Chunk
	positions []int64
	kinds     []jsonstat.Kind
	buf       []byte
	starts    []uint32
	ends      []uint32
	status    []int32
}

// gather is how many cells are put together in a chunk of our own, and copyMost
// how many at a time: a longer run of neighbours is handed on where it lies.
const (
	gather   = 4 << 10
	copyMost = 512
)

func (c *assemblyCursor) Range(from, to int64) error {
	if from < 0 || from > to || to > c.c.n {
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, c.c.n, jsonstat.ErrSize)
	}
	c.round++
	c.next, c.to, c.placed = from, to, false
	c.entered, c.ended, c.merging, c.waiting = c.entered[:0], nil, false, c.waiting[:0]
	if c.c.info.Once { // what cannot be moved says so now
		for i := range c.arms {
			if err := c.enter(&c.arms[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// enter moves an arm to its cells in the range.
func (c *assemblyCursor) enter(a *arm) error {
	if a.round == c.round {
		return nil
	}
	if err := a.open(); err != nil {
		return err
	}
	a.round, a.chunk, a.i, a.done = c.round, nil, 0, false
	c.entered = append(c.entered, a)
	plan := a.plan(c.c.shape)
	return a.cur.Range(plan.before(c.next), plan.before(c.to))
}

// Next gives a run of one part as it lies, or gathers short ones.
func (c *assemblyCursor) Next() (*jsonstat.Chunk, error) {
	if a := c.ended; a != nil {
		c.ended = nil
		if err := a.finish(); err != nil {
			return nil, err
		}
	}
	c.clear()
	passed, err := false, error(nil)
	if c.c.info.Sparse {
		err = c.sparse()
	} else {
		passed, err = c.dense()
	}
	switch {
	case err != nil:
		return nil, err
	case passed:
		return &c.chunk, nil
	case len(c.kinds) == 0:
		return nil, c.end()
	}
	c.chunk.Kinds, c.chunk.Buf, c.chunk.Start, c.chunk.End = c.kinds, c.buf, c.starts, c.ends
	if c.statuses {
		c.chunk.Status = c.status
	}
	if c.c.info.Sparse {
		c.chunk.Positions = c.positions
	}
	return &c.chunk, nil
}

// end reads the parts of a range to their ends, where a file notes the place.
func (c *assemblyCursor) end() error {
	for _, a := range c.entered {
		if a.cur == nil {
			continue
		}
		if err := a.load(); err != nil {
			return err
		}
	}
	return io.EOF
}

// dense gathers cells of which all are there. It reports true if the chunk is a run
// of a part instead.
func (c *assemblyCursor) dense() (bool, error) {
	if !c.placed && c.next < c.to {
		c.placed = true
		c.turns.seek(c.next)
	}
	for c.next < c.to && len(c.kinds) < gather {
		if c.turns.n == 0 {
			c.turns.next()
		}
		a := &c.arms[c.turns.box]
		if err := c.due(a); err != nil {
			return false, err
		}
		n := int(min(int64(a.chunk.Len()-a.i), c.turns.n, c.to-c.next))
		long := n > copyMost
		if long && len(c.kinds) > 0 {
			return false, nil
		}
		if long {
			c.pass(a, n)
		} else {
			c.copy(a, c.next, n)
		}
		c.next += int64(n)
		c.turns.n -= int64(n)
		if a.given += int64(n); a.given == a.n && c.round == 0 {
			if long {
				c.ended = a
			} else if err := a.finish(); err != nil {
				return false, err
			}
		}
		if long {
			return true, nil
		}
	}
	return false, nil
}

// due makes sure that an arm has a cell, whose turn it is.
func (c *assemblyCursor) due(a *arm) error {
	if a.round == c.round && a.chunk != nil && a.i < a.chunk.Len() {
		return nil
	}
	if err := c.enter(a); err != nil {
		return err
	}
	if err := a.load(); err != nil {
		return err
	}
	if a.done {
		return a.short(c.next)
	}
	return nil
}

// sparse gathers cells of which some are not there.
func (c *assemblyCursor) sparse() error {
	for len(c.kinds) < gather {
		a, err := c.least()
		if err != nil || a == nil {
			return err
		}
		c.copy(a, a.pos, a.run())
		a.sure = false // where its next one lies has to be seen
	}
	return nil
}

// least is the arm whose next cell comes first, nil if there is none.
func (c *assemblyCursor) least() (*arm, error) {
	if !c.merging {
		c.merging = true
		c.fill()
	}
	for len(c.waiting) > 0 {
		a := c.waiting[0]
		if a.sure {
			return a, nil
		}
		if err := c.enter(a); err != nil {
			return nil, err
		}
		more, err := a.wait()
		if err == nil && !more && c.round == 0 {
			err = a.close()
		}
		if err != nil {
			return nil, err
		}
		if !more {
			last := len(c.waiting) - 1
			c.waiting[0] = c.waiting[last]
			c.waiting = c.waiting[:last]
		}
		c.sink(0)
	}
	return nil, nil
}

// fill finds the arms that can have cells in the range, each with the place of the first
// that it can have.
func (c *assemblyCursor) fill() {
	if c.next == c.to {
		return
	}
	// Those whose turn comes, if these are fewer turns than there are arms.
	c.turns.seek(c.next)
	for pos, steps := c.next, 0; steps < len(c.arms); steps++ {
		c.await(&c.arms[c.turns.box])
		if pos += c.turns.n; pos >= c.to {
			c.heap()
			return
		}
		c.turns.next()
	}
	for i := range c.arms {
		c.await(&c.arms[i])
	}
	c.heap()
}

// await lets an arm wait, if it can have cells in the range and does not wait yet.
func (c *assemblyCursor) await(a *arm) {
	if a.awaited == c.round+1 {
		return
	}
	a.awaited = c.round + 1
	plan := a.plan(c.c.shape)
	from := plan.before(c.next)
	if from == plan.before(c.to) {
		return
	}
	a.walk.seek(from)
	a.at, a.pos, a.sure = from, a.walk.from, false
	c.waiting = append(c.waiting, a)
}

func (c *assemblyCursor) heap() {
	for i := len(c.waiting)/2 - 1; i >= 0; i-- {
		c.sink(i)
	}
}

// sink moves a waiting arm behind those whose cells come before its.
func (c *assemblyCursor) sink(i int) {
	for {
		k := 2*i + 1
		if k+1 < len(c.waiting) && c.waiting[k+1].pos < c.waiting[k].pos {
			k++
		}
		if k >= len(c.waiting) || c.waiting[i].pos <= c.waiting[k].pos {
			return
		}
		c.waiting[i], c.waiting[k] = c.waiting[k], c.waiting[i]
		i = k
	}
}

// pass hands on the next n cells of an arm.
func (c *assemblyCursor) pass(a *arm, n int) {
	i, j := a.i, a.i+n
	c.chunk = jsonstat.Chunk{First: c.next, Kinds: a.chunk.Kinds[i:j], Buf: a.chunk.Buf, Start: a.chunk.Start[i:j], End: a.chunk.End[i:j]}
	if c.statuses {
		c.statusesOf(a, n)
		c.chunk.Status = c.status
	}
	a.i = j
}

// copy copies the next n cells of an arm, the first of which lies at a place of the whole.
func (c *assemblyCursor) copy(a *arm, at int64, n int) {
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
	if c.c.info.Sparse {
		from := chunk.Position(i)
		for k := i; k < j; k++ {
			c.positions = append(c.positions, at+chunk.Position(k)-from)
		}
	}
	if c.statuses {
		c.statusesOf(a, n)
	}
	a.i = j
}

// statusesOf appends the statuses of the next n cells of an arm.
func (c *assemblyCursor) statusesOf(a *arm, n int) {
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

func (c *assemblyCursor) clear() {
	c.positions, c.kinds, c.buf, c.starts, c.ends, c.status = c.positions[:0], c.kinds[:0], c.buf[:0], c.starts[:0], c.ends[:0], c.status[:0]
}

func (c *assemblyCursor) Close() error {
	var errs []error
	for i := range c.arms {
		errs = append(errs, c.arms[i].close())
	}
	return errors.Join(errs...)
}
