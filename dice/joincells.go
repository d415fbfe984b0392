package dice

import (
	"errors"
	"fmt"
	"io"
	"sort"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// joinCells are the cells of several sources put together. In row-major order
// they take turns: for each combination of the dimensions outside of the joined
// one the first source gives a block, then the second, and so on.
type joinCells struct {
	info    jsonstat.CellsInfo
	sources []source
	inner   int64 // cells inside a category of the joined dimension
	turn    int64 // categories of all sources together
	n       int64 // cells of all sources together
	words   words
}

// newJoin makes the cells of sources, with the number of cells that lie inside a
// category of the joined dimension.
func newJoin(sources []source, inner int64) (*joinCells, error) {
	c := &joinCells{inner: inner, words: words{numbers: map[string]int32{}}, sources: sources}
	c.words.number("")
	for i := range sources {
		s := &sources[i]
		s.first = c.turn
		c.turn += s.size
		c.n += s.n
		info := s.cells.Info()
		s.status = translator{to: &c.words}
		s.status.learn(s.cells.Statuses())
		c.info.Sparse = c.info.Sparse || info.Sparse
		c.info.HasStatus = c.info.HasStatus || info.HasStatus
		c.info.Once = c.info.Once || info.Once
		all := s.status.known[info.Default]
		switch {
		case i == 0:
			c.info.Default = all
		case c.info.Default != all && (info.Sparse || sources[0].cells.Info().Sparse):
			return nil, fmt.Errorf("the statuses of the cells that are left out are %q and %q: %w", c.words.list[c.info.Default], c.words.list[all], ErrJoin)
		case c.info.Default != all:
			c.info.Default = 0 // the cells that are there have theirs
		}
	}
	return c, nil
}

func (c *joinCells) Info() jsonstat.CellsInfo { return c.info }

func (c *joinCells) Statuses() []string { return c.words.list }

// Facts are those of the sources taken together.
func (c *joinCells) Facts() (jsonstat.Facts, error) {
	sum := jsonstat.Facts{Whole: true}
	for i := range c.sources {
		f, err := c.sources[i].cells.Facts()
		if err != nil {
			return jsonstat.Facts{}, err
		}
		sum.Stored += f.Stored
		sum.Missing += f.Missing
		sum.Numbers += f.Numbers
		sum.Texts += f.Texts
		sum.Booleans += f.Booleans
		sum.Whole = sum.Whole && f.Whole
		sum.Digits = max(sum.Digits, f.Digits)
	}
	return sum, nil
}

func (c *joinCells) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur := &joinCursor{c: c, statuses: statuses && c.info.HasStatus}
	for i := range c.sources {
		src, err := c.sources[i].cells.Cursor(statuses)
		if err != nil {
			return nil, errors.Join(err, cur.Close())
		}
		cur.arms = append(cur.arms, arm{source: &c.sources[i], cur: src})
	}
	return cur, nil
}

// joinCursor reads the sources side by side, each of them forward only. A range
// concerns those whose cells lie in it: the others are left where they are.
type joinCursor struct {
	c        *joinCells
	statuses bool
	arms     []arm
	round    int  // ranges so far
	ranged   bool // from and to say what is wanted, else it is all
	from, to int64
	next     int64  // position of the next cell, if nothing is sparse
	at       int    // the arm whose turn it is, if nothing is sparse
	entered  []*arm // in this range
	merging  bool   // waiting was filled
	waiting  []*arm // if something is sparse: those that have cells, a heap by position

	chunk     jsonstat.Chunk
	positions []int64
	kinds     []jsonstat.Kind
	buf       []byte
	starts    []uint32
	ends      []uint32
	status    []int32
}

// arm is a source being read.
type arm struct {
	*source
	cur   jsonstat.Cursor
	round int // the range that it stands in
	chunk *jsonstat.Chunk
	i     int   // next cell of the chunk
	done  bool  // there is no other
	pos   int64 // of a waiting arm: where that cell lies in the join
}

// gather is how many cells are put together in a chunk of our own, and copyMost
// how many at a time: a longer run of neighbours is handed on where it lies.
const (
	gather   = 4 << 10
	copyMost = 512
)

func (c *joinCursor) Range(from, to int64) error {
	if from < 0 || from > to || to > c.c.n {
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, c.c.n, jsonstat.ErrSize)
	}
	c.round++
	c.ranged, c.from, c.to, c.next = true, from, to, from
	c.entered, c.merging, c.waiting = c.entered[:0], false, c.waiting[:0]
	c.at = 0
	if c.c.width() > 0 {
		c.at = c.armAt(from)
	}
	if c.c.info.Once {
		for i := range c.arms {
			if err := c.enter(&c.arms[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// width is the number of cells of a turn of all sources.
func (c *joinCells) width() int64 { return c.turn * c.inner }

// armAt is the arm with the cell at a position, or the first behind the last.
func (c *joinCursor) armAt(pos int64) int {
	category := pos % c.c.width() / c.c.inner
	return sort.Search(len(c.arms), func(i int) bool { return c.arms[i].first+c.arms[i].size > category })
}

// enter moves an arm to its cells in the range.
func (c *joinCursor) enter(a *arm) error {
	if a.round == c.round {
		return nil
	}
	a.round, a.chunk, a.i, a.done = c.round, nil, 0, false
	c.entered = append(c.entered, a)
	width, inner := c.c.width(), c.c.inner
	return a.cur.Range(a.place(c.from, width, inner), a.place(c.to, width, inner))
}

// load makes sure that an arm has a cell, if there is one.
func (c *joinCursor) load(a *arm) error {
	if err := c.enter(a); err != nil {
		return err
	}
	for !a.done && (a.chunk == nil || a.i == a.chunk.Len()) {
		chunk, err := a.cur.Next()
		if err == io.EOF {
			a.chunk, a.done = nil, true
			return nil
		}
		if err != nil {
			return err
		}
		a.chunk, a.i = chunk, 0
	}
	return nil
}

// Next gives a run of one source as it lies, or gathers short ones.
func (c *joinCursor) Next() (*jsonstat.Chunk, error) {
	c.clear()
	width := c.c.width()
	for len(c.kinds) < gather {
		a, err := c.turn()
		if err != nil {
			return nil, err
		}
		if a == nil {
			break
		}
		at, rest := a.position(a.chunk.Position(a.i), width, c.c.inner)
		n := a.run(rest)
		if n > copyMost && !c.c.info.Sparse {
			if len(c.kinds) > 0 {
				break
			}
			c.pass(a, at, n)
			return &c.chunk, nil
		}
		c.copy(a, at, n)
		c.next = at + int64(n)
		if !c.c.info.Sparse && int64(n) == rest {
			c.at = (c.at + 1) % len(c.arms)
		}
	}
	if len(c.kinds) == 0 {
		return nil, io.EOF
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

// turn is the arm with the next cell, nil if there is none.
func (c *joinCursor) turn() (*arm, error) {
	if c.c.info.Sparse {
		return c.least()
	}
	if c.ranged && c.next >= c.to {
		// They are read to their ends, where a file notes the place.
		for _, a := range c.entered {
			if err := c.load(a); err != nil {
				return nil, err
			}
		}
		return nil, nil
	}
	for range c.arms {
		a := &c.arms[c.at]
		if err := c.load(a); err != nil {
			return nil, err
		}
		if !a.done {
			return a, nil
		}
		c.at = (c.at + 1) % len(c.arms) // it is empty
	}
	return nil, nil
}

// least is the arm whose next cell comes first.
func (c *joinCursor) least() (*arm, error) {
	if !c.merging {
		c.merging = true
		if err := c.fill(); err != nil {
			return nil, err
		}
	} else if len(c.waiting) > 0 { // the first gave cells
		if err := c.wait(c.waiting[0]); err != nil {
			return nil, err
		}
		if c.waiting[0].done {
			last := len(c.waiting) - 1
			c.waiting[0] = c.waiting[last]
			c.waiting = c.waiting[:last]
		}
		c.sink(0)
	}
	if len(c.waiting) == 0 {
		return nil, nil
	}
	return c.waiting[0], nil
}

// fill finds the arms that have cells in the range.
func (c *joinCursor) fill() error {
	first, n := 0, len(c.arms)
	if width := c.c.width(); c.ranged && c.to-c.from < width && n > 0 {
		first, n = c.armAt(c.from), 0
		if c.to > c.from {
			n = (c.armAt(c.to-1)-first+len(c.arms))%len(c.arms) + 1
			if n == 1 && c.from/width != (c.to-1)/width {
				n = len(c.arms) // all around, to the beginning of the first
			}
		}
	}
	for k := range n {
		a := &c.arms[(first+k)%len(c.arms)]
		if err := c.wait(a); err != nil {
			return err
		}
		if !a.done {
			c.waiting = append(c.waiting, a)
		}
	}
	for i := len(c.waiting)/2 - 1; i >= 0; i-- {
		c.sink(i)
	}
	return nil
}

// wait finds out where the next cell of an arm lies.
func (c *joinCursor) wait(a *arm) error {
	if err := c.load(a); err != nil || a.done {
		return err
	}
	a.pos, _ = a.position(a.chunk.Position(a.i), c.c.width(), c.c.inner)
	return nil
}

// sink moves a waiting arm behind those whose cells come before its.
func (c *joinCursor) sink(i int) {
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

// run is how many cells of the chunk lie in the next rest positions.
func (a *arm) run(rest int64) int {
	left := a.chunk.Len() - a.i
	if a.chunk.Positions == nil {
		return int(min(int64(left), rest))
	}
	end := a.chunk.Positions[a.i] + rest
	n := 1
	for n < left && a.chunk.Positions[a.i+n] < end {
		n++
	}
	return n
}

// pass hands on n cells of an arm.
func (c *joinCursor) pass(a *arm, at int64, n int) {
	i, j := a.i, a.i+n
	c.chunk = jsonstat.Chunk{First: at, Kinds: a.chunk.Kinds[i:j], Buf: a.chunk.Buf, Start: a.chunk.Start[i:j], End: a.chunk.End[i:j]}
	if c.statuses {
		c.statusesOf(a, n)
		c.chunk.Status = c.status
	}
	if _, rest := a.position(a.chunk.Position(a.i), c.c.width(), c.c.inner); int64(n) == rest {
		c.at = (c.at + 1) % len(c.arms)
	}
	c.next = at + int64(n)
	a.i = j
}

// copy copies n cells of an arm.
func (c *joinCursor) copy(a *arm, at int64, n int) {
	if len(c.kinds) == 0 {
		c.chunk = jsonstat.Chunk{First: at}
	}
	i, j := a.i, a.i+n
	chunk := a.chunk
	from := chunk.Position(i)
	c.kinds = append(c.kinds, chunk.Kinds[i:j]...)
	for k := i; k < j; k++ {
		c.starts = append(c.starts, uint32(len(c.buf)))
		c.buf = append(c.buf, chunk.Token(k)...)
		c.ends = append(c.ends, uint32(len(c.buf)))
		if c.c.info.Sparse {
			c.positions = append(c.positions, at+chunk.Position(k)-from)
		}
	}
	if c.statuses {
		c.statusesOf(a, n)
	}
	a.i = j
}

// statusesOf appends the statuses of the next n cells of an arm.
func (c *joinCursor) statusesOf(a *arm, n int) {
	if a.chunk.Status == nil {
		for range n {
			c.status = append(c.status, 0)
		}
		return
	}
	if words := a.cells.Statuses(); len(words) > len(a.status.known) {
		a.status.learn(words)
	}
	for _, s := range a.chunk.Status[a.i : a.i+n] {
		c.status = append(c.status, a.status.known[s])
	}
}

func (c *joinCursor) clear() {
	c.positions, c.kinds, c.buf, c.starts, c.ends, c.status = c.positions[:0], c.kinds[:0], c.buf[:0], c.starts[:0], c.ends[:0], c.status[:0]
}

func (c *joinCursor) Close() error {
	var errs []error
	for i := range c.arms {
		errs = append(errs, c.arms[i].cur.Close())
	}
	return errors.Join(errs...)
}
