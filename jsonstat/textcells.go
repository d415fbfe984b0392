package jsonstat

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

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
	live       bool  // the values are read from the stream, once
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
		return &textCursor{c: c}, nil
	}
	cur := &textCursor{c: c, to: c.n, live: c.live}
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
	if c.doc.refused != nil {
		return nil, c.doc.refused
	}
	return kept, nil
}

// textCursor reads values, and statuses beside them.
type textCursor struct {
	c          *textCells
	value      *scan.Cursor
	sorted     []entry // index of an unsorted sparse value
	status     statusCursor
	withStatus bool

	next, to int64 // position of the next cell, end of the range
	live     bool  // the end of the stream was not met so far
	err      error // why the cursor can go on no more, until it is moved
	at       int   // next entry of the chunk (sparse row) or of sorted
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

// maxEnds is how many ends of ranges are remembered, since a pivot reads that
// many ranges side by side: one for each category. Beyond it all are forgotten.
const maxEnds = 1 << 17

func (t *textCursor) Range(from, to int64) error {
	switch {
	case t.c.value == nil:
		return nil
	case from < 0 || to > t.c.n || from > to:
		return fmt.Errorf("cells %d to %d of %d: %w", from, to, t.c.n, ErrSize)
	case t.c.live && from == t.next && to == t.c.n && t.err == nil:
		return nil
	case t.c.live:
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
		t.at, _ = slices.BinarySearchFunc(t.sorted, from, func(e entry, pos int64) int { return cmp.Compare(e.pos, pos) })
		return nil
	}
	end, exact := t.ends[from]
	delete(t.ends, from)
	switch {
	case row.Object && t.loaded && row.BadKeys == 0 && v.N > 0 && v.Pos[0] <= from && from <= v.Pos[v.N-1]:
		t.at, _ = slices.BinarySearch(v.Pos[:v.N], from)
		return nil
	case !row.Object && from == t.next && from > 0 && (t.err == nil || t.err == io.EOF):
		return nil // it stands there
	}
	t.loaded = false
	if !exact && row.Object {
		end, exact = markBefore(row, from), true
	}
	if exact {
		v.Goto(end)
		return nil
	}
	m := markBefore(row, from)
	v.Goto(m)
	for n := from - m.Pos; n > 0 && !v.Done; n -= int64(v.N) {
		if err := v.Next(int(min(n, scan.ChunkCells))); err != nil {
			return t.valueError(err)
		}
	}
	return nil
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

func (t *textCursor) Next() (*Chunk, error) {
	if t.err == nil {
		t.err = t.fill()
	}
	if t.err != nil {
		return nil, t.err
	}
	return &t.chunk, nil
}

// fill makes the next chunk.
func (t *textCursor) fill() error {
	switch {
	case t.c.value == nil || (t.next >= t.to && !t.live):
		return io.EOF
	case !t.c.value.Object:
		return t.dense()
	case t.sorted != nil:
		return t.scattered()
	}
	return t.sparse()
}

// valueError is the error for what the tokenizer met among the values.
func (t *textCursor) valueError(err error) error {
	doc, v := t.c.doc, t.value
	if err == scan.ErrNested {
		// The pre-scan finds these, but a stream has none.
		off := v.R.Offset()
		line, column := doc.lineColumn(off)
		err = &Error{Offset: off, Line: line, Column: column, Err: ErrNotJSONStat, Msg: "a cell is an array or an object: it is a number, a string or null"}
	}
	err = doc.textError(err)
	var e *Error
	if errors.As(err, &e) {
		e.Pointer = t.c.valueNode.pointer()
		if !v.Object {
			e.Pointer += "/" + strconv.FormatInt(t.next+int64(v.N), 10)
		}
	}
	return err
}

// dense reads a chunk of an array.
func (t *textCursor) dense() error {
	want := min(t.to-t.next, scan.ChunkCells)
	if t.live {
		want = scan.ChunkCells
	}
	v := t.value
	v.N = 0
	for v.N == 0 && !v.Done {
		if err := v.Next(int(want)); err != nil {
			return t.valueError(err)
		}
	}
	if v.N == 0 {
		return t.short()
	}
	t.chunk = Chunk{First: t.next, Kinds: t.kindsOf(v.Kind[:v.N]), Buf: v.Text, Start: v.Start[:v.N], End: v.End[:v.N]}
	t.next += int64(v.N)
	if t.live {
		if err := t.checkStream(); err != nil {
			return err
		}
	} else if t.next == t.to && t.to < t.c.n {
		t.remember(v.Here())
	}
	return t.statusesOf(v.N)
}

// remember notes where the range ended, for one that begins there.
func (t *textCursor) remember(end scan.Mark) {
	if t.ends == nil || len(t.ends) >= maxEnds {
		t.ends = map[int64]scan.Mark{}
	}
	t.ends[t.to] = end
}

// checkStream holds the chunk against the cube, as the pre-scan does with files.
func (t *textCursor) checkStream() error {
	doc := t.c.doc
	if t.next > t.c.n {
		for !t.value.Done { // to say how many there are
			if err := t.value.Next(scan.ChunkCells); err != nil {
				return t.valueError(err)
			}
			t.next += int64(t.value.N)
		}
		return doc.checkCount(&Dataset{n: t.c.n}, t.c.valueNode, t.next)
	}
	for _, k := range t.chunk.Kinds {
		if k == True || k == False {
			doc.warn(WarnValueType, t.c.valueNode, "a value is true or false, not a number or a string")
		}
	}
	return doc.refused
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

// short stands for the cells that a row of values is short of. A stream ends with it.
func (t *textCursor) short() error {
	if t.live {
		t.live = false
		if err := t.c.finish(t.next); err != nil {
			return err
		}
		if t.next == 0 {
			return io.EOF // metadata alone, not a cube to be filled up
		}
	}
	n := int(min(t.to-t.next, scan.ChunkCells))
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

// finish reads what follows the values of a stream, and holds it and their
// number against what stood before them.
func (c *textCells) finish(count int64) error {
	d := c.doc
	known := len(d.tree.Tokens)
	outer, err := d.parser.Rest()
	d.tree.text = newTree(d.tree.Tree).text // it is whole now
	if err != nil {
		err = d.textError(err)
		var e *Error
		if errors.As(err, &e) {
			e.Pointer = node{d.tree, len(d.tree.Tokens) - 1}.pointer()
		}
		return err
	}
	for k := known; k < outer; k = int(d.tree.Tokens[k+1].Next) {
		n := node{d.tree, k}
		switch name := n.str(); {
		case name == "id" || name == "size" || name == "dimension" || name == "value", name == "status" && (c.status != nil || c.all != 0):
			return d.errorAt(n, ErrNotJSONStat, "%q stands twice in the dataset, the second time behind the values", name)
		}
	}
	if class, err := d.classOf(d.root); err != nil || class != d.class || d.root.get("jsonrpc").ok() {
		return d.errorAt(d.root, ErrNotJSONStat, "what stands behind the values makes the document something else than a %s", d.class)
	}
	d.checkNames(d.root, d.class)
	if count == 0 && c.n > 0 {
		d.warn(WarnMetadataOnly, c.valueNode, `"value" is empty: there are no data`)
		return d.refused
	}
	if err := d.checkCount(&Dataset{n: c.n}, c.valueNode, count); err != nil {
		return err
	}
	return d.refused
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
					return t.valueError(err)
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
				t.remember(v.At(t.at))
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
			return t.valueError(err)
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
