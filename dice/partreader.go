package dice

import (
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// partReader reads one part of an assembly, forward only. Its cursor is made when it is
// needed first and closed behind its last cell, so that of a thousand parts that are files
// few are open at a time. An assemblyCursor has one for each part.
type partReader struct {
	assemblyPart
	status   statusTranslator
	statuses bool // are read
	cursor   jsonstat.Cursor

	rangeNumber int // the range that it stands in
	chunk       *jsonstat.Chunk
	i           int   // next cell of the chunk
	handedOut   int64 // cells, of a part of which all are there
	done        bool  // there is no other in the range

	// Where the cells of a part lie of which some are not there: walk has the rest of
	// a run, which begins at cell at of the part.
	walk    runWalk
	partPos int64
	pos     int64 // in the queue: position of its next cell in the whole, or a lower bound if isExact is false
	isExact bool

	queuedIn int // number of the range in which it waited last, from 1
}

// makeMap says where the cells of the part lie in a cube of the given shape; it is made once.
// A dense whole that is read from its first cell to its last does not need it.
func (a *partReader) makeMap(shape jsonstat.Shape) *cellMap {
	if a.walk.cellMap == nil {
		a.walk.cellMap = newCellMap(shape, a.box)
	}
	return a.walk.cellMap
}

// openCursor makes the cursor, if there is none.
func (a *partReader) openCursor() error {
	if a.cursor != nil {
		return nil
	}
	cur, err := a.cells.Cursor(a.statuses)
	if err != nil {
		return err
	}
	a.cursor = cur
	a.status.known = a.status.known[:0] // a part that is opened again may number them anew
	return nil
}

func (a *partReader) closeCursor() error {
	if a.cursor == nil {
		return nil
	}
	cur := a.cursor
	a.cursor, a.chunk = nil, nil
	return cur.Close()
}

// loadCell makes sure that the chunk has a next cell, unless the range has none left.
func (a *partReader) loadCell() error {
	for !a.done && (a.chunk == nil || a.i == a.chunk.Len()) {
		if err := a.openCursor(); err != nil {
			return err
		}
		chunk, err := a.cursor.Next()
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

// readToEnd reads the part to its end, where a stream is checked, and closes it.
func (a *partReader) readToEnd() error {
	if err := a.loadCell(); err != nil {
		return err
	}
	if !a.done {
		return a.tooManyCells()
	}
	return a.closeCursor()
}

// tooManyCells is the error for a part that has more cells than its box.
func (a *partReader) tooManyCells() error {
	return fmt.Errorf("a part has more than its %d cells: %w: %w", a.cellCount, ErrJoin, jsonstat.ErrSize)
}

// tooFewCells is the error for a part that has no cell where it must have one.
func (a *partReader) tooFewCells(pos int64) error {
	return fmt.Errorf("the cells of a part end before that at %d of the whole: %w", pos, jsonstat.ErrShort)
}

// findNext finds out where in the whole the next cell of a sparse part lies. It reports
// false if there is none.
func (a *partReader) findNext() (bool, error) {
	if err := a.loadCell(); err != nil || a.done {
		return false, err
	}
	p := a.chunk.Position(a.i)
	if p >= a.cellCount {
		return false, a.tooManyCells()
	}
	switch ahead := p - a.partPos; {
	case ahead < 0 || ahead > a.walk.n:
		a.walk.seek(p)
	case ahead > 0: // in the run, or at the beginning of the next one
		a.walk.advance(ahead)
	}
	a.partPos, a.pos, a.isExact = p, a.walk.from, true
	return true, nil
}

// runLength is how many cells of the chunk lie in the rest of the run: these are the part's
// alone and need no comparison with those of other parts.
func (a *partReader) runLength() int {
	left := a.chunk.Len() - a.i
	if a.chunk.Positions == nil {
		return int(min(int64(left), a.walk.n))
	}
	end := a.partPos + a.walk.n
	n := 1
	for n < left && a.chunk.Positions[a.i+n] < end {
		n++
	}
	return n
}
