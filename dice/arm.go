package dice

import (
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// arm is a part being read, forward only. Its cursor is made when it is needed first.
type arm struct {
	piece
	status   translator
	statuses bool // are read
	cur      jsonstat.Cursor

	round int // the range that it stands in
	chunk *jsonstat.Chunk
	i     int   // next cell of the chunk
	given int64 // cells, of a part of which all are there
	done  bool  // there is no other in the range

	// Where the cells of a part lie of which some are not there: walk has the rest of
	// a run, which begins at cell at of the part.
	walk walk
	at   int64
	pos  int64 // of a waiting arm: its next cell in the whole lies here, or behind if sure is false
	sure bool

	awaited int // number of the range in which it waited last, from 1
}

// plan knows where the cells of the arm lie in a cube of the given shape. Who reads all
// of a cube from its first cell to its last, and no cell is left out, does not ask.
func (a *arm) plan(shape jsonstat.Shape) *plan {
	if a.walk.p == nil {
		a.walk.p = newPlan(shape, a.box)
	}
	return a.walk.p
}

// open makes the cursor.
func (a *arm) open() error {
	if a.cur != nil {
		return nil
	}
	cur, err := a.cells.Cursor(a.statuses)
	if err != nil {
		return err
	}
	a.cur = cur
	a.status.known = a.status.known[:0] // a part that is opened again may number them anew
	return nil
}

func (a *arm) close() error {
	if a.cur == nil {
		return nil
	}
	cur := a.cur
	a.cur, a.chunk = nil, nil
	return cur.Close()
}

// load makes sure that the arm has a cell, if there is one.
func (a *arm) load() error {
	for !a.done && (a.chunk == nil || a.i == a.chunk.Len()) {
		if err := a.open(); err != nil {
			return err
		}
		chunk, err := a.cur.Next()
		if err == io.EOF {
			a.chunk, a.done = nil, true
			return nil
		}
		if err != nil {
			return err
		}
		if words := a.cells.Statuses(); len(words) > len(a.status.known) {
			a.status.learn(words)
		}
		a.chunk, a.i = chunk, 0
	}
	return nil
}

// finish reads the part to its end, where a stream is checked, and closes it.
func (a *arm) finish() error {
	if err := a.load(); err != nil {
		return err
	}
	if !a.done {
		return a.long()
	}
	return a.close()
}

// long is the error for an arm that has more cells than its box.
func (a *arm) long() error {
	return fmt.Errorf("a part has more than its %d cells: %w: %w", a.n, ErrJoin, jsonstat.ErrSize)
}

// short is the error for an arm that has no cell where it must have one.
func (a *arm) short(pos int64) error {
	return fmt.Errorf("the cells of a part end before that at %d of the whole: %w", pos, jsonstat.ErrShort)
}

// wait finds out where the next cell lies. It reports false if there is none.
func (a *arm) wait() (bool, error) {
	if err := a.load(); err != nil || a.done {
		return false, err
	}
	p := a.chunk.Position(a.i)
	if p >= a.n {
		return false, a.long()
	}
	switch ahead := p - a.at; {
	case ahead < 0 || ahead > a.walk.n:
		a.walk.seek(p)
	case ahead > 0: // in the run, or at the beginning of the next one
		a.walk.take(ahead)
	}
	a.at, a.pos, a.sure = p, a.walk.from, true
	return true, nil
}

// run is how many cells of the chunk lie in the rest of the run of neighbours, which
// is the part's alone.
func (a *arm) run() int {
	left := a.chunk.Len() - a.i
	if a.chunk.Positions == nil {
		return int(min(int64(left), a.walk.n))
	}
	end := a.at + a.walk.n
	n := 1
	for n < left && a.chunk.Positions[a.i+n] < end {
		n++
	}
	return n
}
