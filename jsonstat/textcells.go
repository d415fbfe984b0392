package jsonstat

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat/internal/scan"
)

// MaxUnsorted is the most entries of a sparse row that may stand out of order:
// they are sorted in memory, 16 bytes each.
const MaxUnsorted = 16 << 20

// textCells are the cells of a document, read from its text.
type textCells struct {
	doc        *Document
	n          int64
	value      *scan.Section // nil: no data
	status     *scan.Section // nil: none, or the same for all
	words      *scan.Words
	all        int32 // status of every cell without one of its own
	live       bool  // the values are still in the stream
	taken      bool  // a cursor over the stream was made
	valueNode  node
	statusNode node

	entries  []entry // of an unsorted sparse value
	statuses []entry // of an unsorted sparse status; off is the status
}

// entry is a sparse cell: its position and where its token stands.
type entry struct{ pos, off int64 }

func (c *textCells) Info() CellsInfo {
	return CellsInfo{
		Sparse:    c.value != nil && c.value.Object,
		HasStatus: c.status != nil || c.all != 0,
		Default:   c.all,
		Once:      c.live,
	}
}

func (c *textCells) Statuses() []string { return c.words.List }

func (c *textCells) Facts() (Facts, error) {
	if c.value == nil {
		return Facts{Whole: true}, nil
	}
	if c.live {
		return Facts{}, ErrConsumed
	}
	s := c.value
	return Facts{
		Stored: s.Count, Missing: s.Kinds[scan.Null], Numbers: s.Kinds[scan.Number] + s.Kinds[scan.Raw],
		Texts: s.Kinds[scan.String], Booleans: s.Kinds[scan.True] + s.Kinds[scan.False], Whole: s.Whole, Digits: s.Digits,
	}, nil
}

func (c *textCells) reader() *scan.Reader {
	src := c.doc.in.src
	if c.doc.live {
		src = c.doc.in.spool.Kept() // what lies behind belongs to the values
	}
	r := scan.NewReader(src, 0)
	r.NaN = c.doc.opts.NaNAsNull
	return r
}

func (c *textCells) Cursor(statuses bool) (Cursor, error) {
	if c.value == nil {
		return &textCursor{c: c, done: true}, nil
	}
	cur := &textCursor{c: c, to: c.n}
	switch {
	case c.taken:
		return nil, ErrConsumed
	case c.live:
		c.taken = true
		cur.value = scan.NewCursor(c.doc.r, c.value)
	case c.value.Object && c.value.Unsorted:
		if err := c.sortValues(); err != nil {
			return nil, err
		}
		cur.sorted = c.entries
		cur.value = scan.NewCursor(c.reader(), c.value)
	default:
		cur.value = scan.NewCursor(c.reader(), c.value)
	}
	if statuses && (c.status != nil || c.all != 0) {
		if err := c.sortStatuses(); err != nil {
			return nil, err
		}
		cur.withStatus = true
		cur.status.init(c)
	}
	return cur, nil
}

// sortValues makes the index of an unsorted sparse value.
func (c *textCells) sortValues() (err error) {
	if c.entries == nil {
		c.entries, err = c.sortRow(c.value, c.valueNode, func(cur *scan.Cursor, i int) (int64, error) {
			return cur.Offset(i), nil
		})
	}
	return err
}

// sortStatuses does the same for statuses, which are kept by number.
func (c *textCells) sortStatuses() (err error) {
	if c.statuses == nil && c.status != nil && c.status.Object && c.status.Unsorted {
		c.statuses, err = c.sortRow(c.status, c.statusNode, func(cur *scan.Cursor, i int) (int64, error) {
			id, err := statusID(c.words, cur.Kind[i], cur.Text[cur.Start[i]:cur.End[i]])
			return int64(id), err
		})
	}
	return err
}

// sortRow reads all entries of a sparse row and sorts them by position. Of
// several for one position the last one in the text is kept.
func (c *textCells) sortRow(s *scan.Section, n node, what func(*scan.Cursor, int) (int64, error)) ([]entry, error) {
	if s.Count > MaxUnsorted {
		return nil, c.doc.errorAt(n, ErrLimit, "%d sparse cells stand out of order: at most %d are sorted; write them in ascending order", s.Count, MaxUnsorted)
	}
	entries := make([]entry, 0, s.Count)
	cur := scan.NewCursor(c.reader(), s)
	for !cur.Done {
		if err := cur.Next(scan.ChunkCells); err != nil {
			return nil, c.doc.textError(err)
		}
		for i, pos := range cur.Pos[:cur.N] {
			if pos < 0 || pos >= c.n {
				continue
			}
			v, err := what(cur, i)
			if err != nil {
				return nil, c.doc.textError(err)
			}
			entries = append(entries, entry{pos, v})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.pos, b.pos) })
	kept := entries[:0]
	for i, e := range entries {
		if i+1 < len(entries) && entries[i+1].pos == e.pos {
			c.doc.warn(WarnRepeated, n, "position %d stands twice: the last one counts", e.pos)
			continue
		}
		kept = append(kept, e)
	}
	return kept, c.doc.refused
}

// textCursor reads values, and statuses beside them.
type textCursor struct {
	c          *textCells
	value      *scan.Cursor
	sorted     []entry // index of an unsorted sparse value
	status     statusCursor
	withStatus bool
	done       bool

	next, to int64 // position of the next cell, end of the range
	read     int64 // cells of a stream taken so far
	at       int   // next entry of the chunk (sorted row) or of sorted
	loaded   bool  // the chunk of value has entries from at on
	ends     map[int64]scan.Mark
	chunk    Chunk
	text     []byte // tokens of entries that lie apart
	kinds    []Kind
	ids      []int32
	pos      []int64
	start    []uint32
	end      []uint32
}

func (t *textCursor) Close() error { return nil }

// maxEnds is how many ends of ranges are remembered. A pivot reads as many
// ranges side by side.
const maxEnds = 1 << 17

func (t *textCursor) Range(from, to int64) error {
	if t.c.value == nil {
		return nil
	}
	if from < 0 || to > t.c.n || from > to {
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, t.c.n, ErrSize)
	}
	if t.c.live {
		if from < t.read {
			return ErrConsumed
		}
		return fmt.Errorf("seek in a stream: %w", ErrConsumed)
	}
	t.done = false
	if t.withStatus {
		if err := t.status.seek(from); err != nil {
			return err
		}
	}
	t.loaded = false
	defer func() { t.next, t.to = from, to }()
	switch {
	case t.sorted != nil:
		t.at, _ = slices.BinarySearchFunc(t.sorted, from, func(e entry, pos int64) int { return cmp.Compare(e.pos, pos) })
		return nil
	case t.c.value.Object:
		t.value.Goto(markBefore(t.c.value, from))
		return nil
	case from == t.next && from > 0:
		return nil // it stands there
	}
	at, exact := t.ends[from]
	if exact {
		delete(t.ends, from)
		t.value.Goto(at)
		return nil
	}
	m := markBefore(t.c.value, from)
	t.value.Goto(m)
	return t.skip(from - m.Pos)
}

// markBefore is the last checkpoint at or before a position.
func markBefore(s *scan.Section, pos int64) scan.Mark {
	i, found := slices.BinarySearchFunc(s.Marks, pos, func(m scan.Mark, pos int64) int { return cmp.Compare(m.Pos, pos) })
	if !found && i > 0 {
		i--
	}
	if len(s.Marks) == 0 || i == 0 {
		return s.First()
	}
	return s.Marks[i]
}

// skip passes over cells of a dense row.
func (t *textCursor) skip(n int64) error {
	for n > 0 && !t.value.Done {
		if err := t.value.Next(int(min(n, scan.ChunkCells))); err != nil {
			return t.c.doc.textError(err)
		}
		n -= int64(t.value.N)
	}
	return nil
}

func (t *textCursor) Next() (*Chunk, error) {
	if t.done || t.next >= t.to && !t.c.live {
		return nil, io.EOF
	}
	var err error
	switch {
	case !t.c.value.Object:
		err = t.dense()
	case t.sorted != nil:
		err = t.scattered()
	default:
		err = t.sparse()
	}
	if err != nil {
		return nil, err
	}
	return &t.chunk, nil
}

// dense reads a chunk of an array.
func (t *textCursor) dense() error {
	want := min(t.to-t.next, scan.ChunkCells)
	if t.c.live {
		want = scan.ChunkCells
	}
	v := t.value
	v.N = 0
	for v.N == 0 && !v.Done {
		if err := v.Next(int(want)); err != nil {
			return t.c.doc.textError(err)
		}
	}
	if v.N == 0 {
		return t.padding()
	}
	t.chunk = Chunk{First: t.next, Kinds: t.kindsOf(v.Kind[:v.N]), Buf: v.Text, Start: v.Start[:v.N], End: v.End[:v.N]}
	t.next += int64(v.N)
	t.read = t.next
	if t.c.live && t.next > t.c.n {
		return t.c.doc.checkCount(&Dataset{n: t.c.n}, t.c.valueNode, t.next)
	}
	if t.next == t.to && !t.c.live && t.to < t.c.n {
		if t.ends == nil {
			t.ends = map[int64]scan.Mark{}
		}
		if len(t.ends) < maxEnds {
			t.ends[t.to] = v.Here()
		}
	}
	return t.statusesOf(v.N)
}

// statusesOf fills in the statuses of a dense chunk.
func (t *textCursor) statusesOf(n int) error {
	if !t.withStatus {
		return nil
	}
	t.ids = grow(t.ids, n)
	t.chunk.Status = t.ids
	return t.status.fill(t.chunk.First, t.ids)
}

// padding stands for the cells that a row of values is short of, and ends a stream.
func (t *textCursor) padding() error {
	doc := t.c.doc
	if t.c.live {
		t.c.live = false
		t.done = true
		if err := doc.finish(t.c, t.next); err != nil {
			return err
		}
		t.to = t.c.n
		if t.next == t.to || t.read == 0 {
			return io.EOF
		}
		t.done = false
	}
	n := int(min(t.to-t.next, scan.ChunkCells))
	if n <= 0 {
		t.done = true
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

// kindsOf gives the kinds of a chunk their public type.
func (t *textCursor) kindsOf(kinds []scan.Kind) []Kind {
	t.kinds = grow(t.kinds, len(kinds))
	for i, k := range kinds {
		t.kinds[i] = Kind(k)
	}
	return t.kinds
}

// grow returns s with length n, its capacity reused.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		s = make([]T, max(n, scan.ChunkCells))
	}
	return s[:n]
}

// sparse reads a chunk of an object whose positions ascend.
func (t *textCursor) sparse() error {
	v := t.value
	t.begin()
	for len(t.pos) == 0 {
		if !t.loaded {
			t.at = 0
			v.N = 0
			for v.N == 0 && !v.Done {
				if err := v.Next(scan.ChunkCells); err != nil {
					return t.c.doc.textError(err)
				}
			}
			t.loaded = true
			if v.N == 0 {
				return t.tail()
			}
		}
		for ; t.at < v.N; t.at++ {
			pos := v.Pos[t.at]
			if pos < t.next {
				continue // before the range, or no position
			}
			if pos >= t.to {
				return t.tail()
			}
			if full, err := t.before(pos); err != nil || full {
				return t.finishChunk(v.Text, err)
			}
			t.add(pos, Kind(v.Kind[t.at]), v.Start[t.at], v.End[t.at])
			if err := t.own(pos); err != nil {
				return err
			}
			t.next = pos + 1
		}
		t.loaded = false
	}
	return t.finishChunk(v.Text, nil)
}

// scattered reads a chunk of an object whose positions do not ascend.
func (t *textCursor) scattered() error {
	t.begin()
	t.text = t.text[:0]
	for t.at < len(t.sorted) && len(t.pos) < scan.ChunkCells && len(t.text) < scan.WindowSize {
		e := t.sorted[t.at]
		if e.pos >= t.to {
			break
		}
		if full, err := t.before(e.pos); err != nil || full {
			return t.finishChunk(t.text, err)
		}
		kind, token, err := t.value.Token(e.off)
		if err != nil {
			return t.c.doc.textError(err)
		}
		start := len(t.text)
		t.text = append(t.text, token...)
		t.add(e.pos, Kind(kind), uint32(start), uint32(len(t.text)))
		if err := t.own(e.pos); err != nil {
			return err
		}
		t.at++
		t.next = e.pos + 1
	}
	if t.at == len(t.sorted) || t.sorted[t.at].pos >= t.to {
		if err := t.tail(); err != io.EOF {
			return t.finishChunk(t.text, err)
		}
		if len(t.pos) == 0 {
			return io.EOF
		}
	}
	return t.finishChunk(t.text, nil)
}

func (t *textCursor) begin() {
	t.pos, t.kinds, t.start, t.end, t.ids = t.pos[:0], t.kinds[:0], t.start[:0], t.end[:0], t.ids[:0]
}

func (t *textCursor) add(pos int64, kind Kind, start, end uint32) {
	t.pos = append(t.pos, pos)
	t.kinds = append(t.kinds, kind)
	t.start = append(t.start, start)
	t.end = append(t.end, end)
}

// own adds the status of the cell just added.
func (t *textCursor) own(pos int64) error {
	if !t.withStatus {
		return nil
	}
	id, err := t.status.take(pos)
	t.ids = append(t.ids, id)
	return err
}

// before adds the cells in front of a position that have a status but no
// value. It reports true if they fill the chunk.
func (t *textCursor) before(pos int64) (bool, error) {
	if !t.withStatus {
		return false, nil
	}
	for {
		p, id, err := t.status.peek()
		if err != nil || p >= pos {
			return false, err
		}
		if len(t.pos) >= scan.ChunkCells {
			return true, nil
		}
		t.status.drop()
		if p < t.next || id == 0 {
			continue
		}
		t.add(p, Missing, 0, 0)
		t.ids = append(t.ids, id)
		t.next = p + 1
	}
}

// tail adds the statuses behind the last value and ends the range.
func (t *textCursor) tail() error {
	full, err := t.before(t.to)
	if err != nil {
		return err
	}
	if !full {
		t.done = true
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
