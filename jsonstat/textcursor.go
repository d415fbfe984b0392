package jsonstat

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// textCursor reads the values of a document, and their statuses beside them, in chunks. It
// sits on a window.Cursor, which finds tokens, and turns their pieces into chunks of the
// public form. Value rows have three forms, each with its own loop:
//
//	readDense     an array: the next n tokens are the next n positions
//	readSparse    an object with ascending keys: each token has its position
//	readUnsorted  an object with keys out of order: by the sorted index, token by token
//
// To go to a position of a dense row the cursor takes the last checkpoint at or before it
// and passes over the cells between: for position 5000 with checkpoints at 0, 4096 and
// 8192 it starts at 4096 and passes over 904 cells. That is cheap once, but a pivot reads
// many ranges side by side, each from where it stopped before: cells 0-10 of one category,
// 0-10 of the next, then 10-20 of the first. Passing over up to 4096 cells for ten would
// make it hundreds of times slower. So the end of each range is remembered as a checkpoint
// of its own (rangeEnds), and a range that begins there is found without a search.
//
// Of sparse cells a chunk has those with a value or a status. Values and statuses are two
// ascending rows that are merged: before a value at position p the statuses in front of p
// are added, as missing cells (addStatusesBefore).
type textCursor struct {
	c          *textCells
	value      *window.Cursor
	sorted     []entry // index of an unsorted sparse value
	status     statusCursor
	withStatus bool

	next, to  int64 // position of the next cell, end of the range
	streaming bool  // the end of the stream was not met so far
	err       error // why the cursor can go on no more, until it is moved
	nextEntry int   // next entry of the chunk (sparse row) or of sorted
	loaded    bool  // the chunk of value has entries from at on
	rangeEnds map[int64]window.Checkpoint
	chunk     Chunk
	text      []byte // tokens of entries that lie apart
	kinds     []Kind
	ids       []int32
	pos       []int64
	start     []uint32
	end       []uint32
}

func (c *textCells) Cursor(statuses bool) (Cursor, error) {
	if c.state.err != nil {
		return nil, c.state.err
	}
	if c.value == nil {
		return &textCursor{c: c}, nil
	}
	cur := &textCursor{c: c, to: c.n, streaming: c.streamed}
	switch {
	case c.streamed && c.state.stage != stageBeforeCells:
		return nil, ErrConsumed
	case c.streamed:
		c.state.startCells(c.in, cur)
		cur.value = jsontoken.NewCursor(c.r, c.value)
	case c.value.Object && c.value.Unsorted:
		if err := c.sortValues(); err != nil {
			return nil, err
		}
		cur.sorted = c.entries
		cur.value = jsontoken.NewCursor(c.reader(), c.value)
	default:
		cur.value = jsontoken.NewCursor(c.reader(), c.value)
	}
	if statuses && (c.status != nil || c.defaultStatus != 0) {
		if err := c.sortStatuses(); err != nil {
			return nil, err
		}
		cur.withStatus = true
		cur.status.init(c)
	}
	return cur, nil
}

func (t *textCursor) Close() error { return nil }

// maxRangeEnds is how many ends of ranges are remembered: a pivot needs one for each
// category. Beyond it all are forgotten.
const maxRangeEnds = 1 << 17

func (t *textCursor) Range(from, to int64) error {
	switch {
	case t.c.value == nil:
		return nil
	case from < 0 || to > t.c.n || from > to:
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, t.c.n, ErrSize)
	case t.c.streamed && from == t.next && to == t.c.n && t.err == nil:
		return nil
	case t.c.streamed:
		return fmt.Errorf("cells %d to %d of a stream that is at %d: %w", from, to, t.next, ErrConsumed)
	}
	err := t.seek(from)
	if err == nil && t.withStatus {
		err = t.status.seek(from)
	}
	t.next, t.to, t.err = from, to, err
	return err
}

// seek moves to a position. What it leaves behind in a dense row is the cell at
// next, in others entries that may lie before the position.
func (t *textCursor) seek(from int64) error {
	v, row := t.value, t.c.value
	if t.sorted != nil {
		t.nextEntry, _ = slices.BinarySearchFunc(t.sorted, from, func(e entry, pos int64) int { return cmp.Compare(e.pos, pos) })
		return nil
	}
	end, exact := t.rangeEnds[from]
	delete(t.rangeEnds, from)
	switch {
	case row.Object && t.loaded && row.BadKeys == 0 && v.N > 0 && v.Pos[0] <= from && from <= v.Pos[v.N-1]:
		t.nextEntry, _ = slices.BinarySearch(v.Pos[:v.N], from)
		return nil
	case !row.Object && from == t.next && from > 0 && (t.err == nil || t.err == io.EOF):
		return nil // it stands there
	}
	t.loaded = false
	if !exact && row.Object {
		end, exact = row.Before(from), true
	}
	if exact {
		v.Goto(end)
		return nil
	}
	m := row.Before(from)
	v.Goto(m)
	for n := from - m.Pos; n > 0 && !v.Done; n -= int64(v.N) {
		if err := v.Next(int(min(n, window.ChunkCells))); err != nil {
			return t.valueError(err)
		}
	}
	return nil
}

func (t *textCursor) Next() (*Chunk, error) {
	if t.err == nil {
		t.err = t.readChunk()
		if t.c.streamed {
			t.err = t.c.state.recordRead(t.err)
		}
	}
	if t.err != nil {
		return nil, t.err
	}
	return &t.chunk, nil
}

// readChunk makes the next chunk, by the form of the row.
func (t *textCursor) readChunk() error {
	switch {
	case t.c.value == nil || (t.next >= t.to && !t.streaming):
		return io.EOF
	case !t.c.value.Object:
		return t.readDense()
	case t.sorted != nil:
		return t.readUnsorted()
	}
	return t.readSparse()
}

// valueError is the error for what the tokenizer met among the values.
func (t *textCursor) valueError(err error) error {
	v := t.value
	if t.streaming && err == window.ErrNested {
		return t.c.state.finish(t.next+int64(v.N), true)
	}
	var bad *window.SyntaxError
	if t.streaming && errors.As(err, &bad) {
		bad.Row, bad.Step = true, v.Step(bad.Offset, t.next+int64(v.N))
		t.c.warned = nil // nothing is said of what cannot be read
		return t.c.textError(err)
	}
	err = t.c.textError(err)
	var e *Error
	if errors.As(err, &e) {
		e.Pointer = t.c.valueNode.Pointer()
		if !v.Object {
			e.Pointer += "/" + strconv.FormatInt(t.next+int64(v.N), 10)
		}
	}
	return err
}

// readDense reads a chunk of an array.
func (t *textCursor) readDense() error {
	want := min(t.to-t.next, window.ChunkCells)
	if t.streaming {
		want = window.ChunkCells
	}
	v := t.value
	v.N = 0
	for v.N == 0 && !v.Done {
		if err := v.Next(int(want)); err != nil {
			return t.valueError(err)
		}
	}
	if v.N == 0 {
		return t.padRow()
	}
	t.chunk = Chunk{First: t.next, Kinds: t.convertKinds(v.Kind[:v.N]), Buf: v.Text, Start: v.Start[:v.N], End: v.End[:v.N]}
	t.next += int64(v.N)
	if t.streaming {
		if err := t.countStreamed(); err != nil {
			return err
		}
	} else if t.next == t.to && t.to < t.c.n {
		t.rememberEnd(v.Here())
	}
	return t.addDenseStatuses(v.N)
}

// rememberEnd notes where the range ended, for a range that begins there.
func (t *textCursor) rememberEnd(end window.Checkpoint) {
	if t.rangeEnds == nil || len(t.rangeEnds) >= maxRangeEnds {
		t.rangeEnds = map[int64]window.Checkpoint{}
	}
	t.rangeEnds[t.to] = end
}

// addDenseStatuses fills in the statuses of a dense chunk.
func (t *textCursor) addDenseStatuses(n int) error {
	if !t.withStatus {
		return nil
	}
	t.ids = grow(t.ids, n)
	t.chunk.Status = t.ids
	return t.status.fillChunk(t.chunk.First, t.ids)
}

// convertKinds gives the kinds of a chunk their public type.
func (t *textCursor) convertKinds(kinds []jsontoken.Kind) []Kind {
	t.kinds = grow(t.kinds, len(kinds))
	for i, k := range kinds {
		t.kinds[i] = Kind(k)
	}
	return t.kinds
}

// readSparse reads a chunk of an object whose positions ascend.
func (t *textCursor) readSparse() error {
	v := t.value
	t.startChunk()
	for len(t.pos) == 0 {
		if !t.loaded {
			t.nextEntry = 0
			v.N = 0
			for v.N == 0 && !v.Done {
				if err := v.Next(window.ChunkCells); err != nil {
					return t.valueError(err)
				}
			}
			t.loaded = true
			if v.N == 0 {
				return t.endRange()
			}
		}
		for ; t.nextEntry < v.N; t.nextEntry++ {
			pos := v.Pos[t.nextEntry]
			if pos < t.next {
				continue // before the range, or no position
			}
			if pos >= t.to {
				t.rememberEnd(v.At(t.nextEntry))
				return t.endRange()
			}
			if full, err := t.addStatusesBefore(pos); err != nil || full {
				return t.finishChunk(v.Text, err)
			}
			t.addCell(pos, Kind(v.Kind[t.nextEntry]), v.Start[t.nextEntry], v.End[t.nextEntry])
			if err := t.addStatus(pos); err != nil {
				return err
			}
			t.next = pos + 1
		}
		t.loaded = false
	}
	return t.finishChunk(v.Text, nil)
}

// readUnsorted reads a chunk of an object whose positions do not ascend.
func (t *textCursor) readUnsorted() error {
	t.startChunk()
	t.text = t.text[:0]
	for t.nextEntry < len(t.sorted) && len(t.pos) < window.ChunkCells && len(t.text) < window.Size {
		e := t.sorted[t.nextEntry]
		if e.pos >= t.to {
			break
		}
		if full, err := t.addStatusesBefore(e.pos); err != nil || full {
			return t.finishChunk(t.text, err)
		}
		kind, token, err := t.value.Token(e.off)
		if err != nil {
			return t.valueError(err)
		}
		start := len(t.text)
		t.text = append(t.text, token...)
		t.addCell(e.pos, Kind(kind), uint32(start), uint32(len(t.text)))
		if err := t.addStatus(e.pos); err != nil {
			return err
		}
		t.nextEntry++
		t.next = e.pos + 1
	}
	if t.nextEntry == len(t.sorted) || t.sorted[t.nextEntry].pos >= t.to {
		if err := t.endRange(); err != io.EOF {
			return t.finishChunk(t.text, err)
		}
		if len(t.pos) == 0 {
			return io.EOF
		}
	}
	return t.finishChunk(t.text, nil)
}

func (t *textCursor) startChunk() {
	t.pos, t.kinds, t.start, t.end, t.ids = t.pos[:0], t.kinds[:0], t.start[:0], t.end[:0], t.ids[:0]
}

func (t *textCursor) addCell(pos int64, kind Kind, start, end uint32) {
	t.pos = append(t.pos, pos)
	t.kinds = append(t.kinds, kind)
	t.start = append(t.start, start)
	t.end = append(t.end, end)
}

// addStatus adds the status of the cell just added.
func (t *textCursor) addStatus(pos int64) error {
	if !t.withStatus {
		return nil
	}
	id, err := t.status.statusAt(pos)
	t.ids = append(t.ids, id)
	return err
}

// addStatusesBefore adds the cells in front of a position that have a status but no
// value. It reports true if they fill the chunk.
func (t *textCursor) addStatusesBefore(pos int64) (bool, error) {
	if !t.withStatus {
		return false, nil
	}
	for {
		p, err := t.status.nextPosition()
		if err != nil || p >= pos {
			return false, err
		}
		if len(t.pos) >= window.ChunkCells {
			return true, nil
		}
		id, err := t.status.currentID()
		if err != nil {
			return false, err
		}
		t.status.advance()
		if p < t.next || id == 0 {
			continue
		}
		t.addCell(p, Missing, 0, 0)
		t.ids = append(t.ids, id)
		t.next = p + 1
	}
}

// endRange adds the statuses behind the last value and ends the range.
func (t *textCursor) endRange() error {
	full, err := t.addStatusesBefore(t.to)
	if err != nil {
		return err
	}
	if !full {
		t.next = t.to
	}
	if len(t.pos) == 0 {
		return io.EOF
	}
	return t.finishChunk(t.value.Text, nil)
}

// finishChunk makes the chunk of what was added.
func (t *textCursor) finishChunk(buf []byte, err error) error {
	t.chunk = Chunk{Positions: t.pos, Kinds: t.kinds, Buf: buf, Start: t.start, End: t.end}
	if t.withStatus {
		t.chunk.Status = t.ids
	}
	return err
}

// A stream has no pre-scan of its cells: they are counted as they are read
// (countStreamed) and compared with the cube at their end (padRow).

// countStreamed counts the chunk, as the pre-scan does with files.
func (t *textCursor) countStreamed() error {
	if t.next > t.c.n {
		for !t.value.Done { // to say how many there are
			if err := t.value.Next(window.ChunkCells); err != nil {
				return t.valueError(err)
			}
			t.next += int64(t.value.N)
		}
		return t.c.state.finish(t.next, false)
	}
	for _, k := range t.chunk.Kinds {
		if k == True || k == False {
			t.c.value.Kinds[k]++
		}
	}
	return nil
}

// padRow gives missing cells for those that a row of values is short of (Options.Pad). A
// stream ends with it, and what is behind the values is read then.
func (t *textCursor) padRow() error {
	if t.streaming {
		t.streaming = false
		if err := t.c.state.finish(t.next, false); err != nil {
			return err
		}
		if t.c.state.metadataOnly {
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
	return t.addDenseStatuses(n)
}
