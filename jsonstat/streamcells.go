package jsonstat

import (
	"io"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// What the pre-scan does for files is done for a stream as its cells flow, and
// behind them.

// checkStream counts the chunk, as the pre-scan does with files.
func (t *textCursor) checkStream() error {
	if t.next > t.c.n {
		for !t.value.Done { // to say how many there are
			if err := t.value.Next(window.ChunkCells); err != nil {
				return t.valueError(err)
			}
			t.next += int64(t.value.N)
		}
		return t.c.finish(t.next, false)
	}
	for _, k := range t.chunk.Kinds {
		if k == True || k == False {
			t.c.value.Kinds[k]++
		}
	}
	return nil
}

// short stands for the cells that a row of values is short of. A stream ends with it.
func (t *textCursor) short() error {
	if t.live {
		t.live = false
		if err := t.c.finish(t.next, false); err != nil {
			return err
		}
		if t.c.doc.stream.ds.noCells {
			return io.EOF // metadata alone, not a cube to be filled up
		}
	}
	n := int(min(t.to-t.next, window.ChunkCells))
	if n <= 0 {
		return io.EOF
	}
	t.kinds = grow(t.kinds, n)
	t.start = grow(t.start, n)
	clear(t.kinds)
	clear(t.start)
	t.chunk = Chunk{First: t.next, Kinds: t.kinds, Start: t.start, End: t.start}
	t.next += int64(n)
	return t.statusesOf(n)
}

// finish reads what follows the values of a stream. nested says that the last one
// read is followed by an array or an object. Then all of the document is known, and
// it is looked at once more as that of a file is: so a stream has the same warnings
// and errors, in the same order.
func (c *textCells) finish(count int64, nested bool) error {
	d := c.doc
	s := d.stream.section
	s.Count, s.Kinds = count, c.value.Kinds
	err := d.parser.Rest(nested, count)
	s.End = d.r.Offset()
	if err != nil {
		d.warned = nil
		return d.textError(err)
	}
	return d.again()
}
