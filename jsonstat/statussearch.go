package jsonstat

import (
	"bytes"
	"io"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// The first rows of a large file are wanted with their statuses, but PxWeb writes the
// statuses behind the values, at the end. Reading a gigabyte of values to get there takes
// seconds, so the statuses are looked for from the end:
//
//	… "value":[1,2,…,9],"status":{"4":".."},"extension":{…}}
//	                    ^ 1. last "status"  2. the row       3. the rest, to the last brace
//
// 1. Backwards, in pieces of 64 KB, to the last string "status" with a colon behind it. A
// quote inside a JSON string has a backslash in front of it, so these bytes are always a
// name of a member; whose member is not known yet.
//
// 2. and 3. Forwards from there as in any text: the row of statuses, the members behind it,
// and a closing brace. If the text ends with that brace, the member was one of the
// dataset. If not, it belonged to an object inside, such as an extension, and the search
// goes on in front of it.
//
// A text without statuses would be searched from end to start. So a piece of 4 KB or
// more without a quote is taken for the row of values: the search reads from there to the end, and if
// that array is a member of the dataset, nothing behind it is called status.

// TailCells are the cells of a dataset that flow from a stream, with the statuses that stand
// behind them, for a text that can be read at offsets as well: uncompressed UTF-8 of size
// bytes. Statuses are found from its end, without a look at the values. known says that they
// were found, or that for certain there are none; otherwise the cells are those that flow,
// without statuses.
func (ds *Dataset) TailCells(text io.ReaderAt, size int64) (cells Cells, known bool) {
	flowing, ok := ds.cells.(*textCells)
	s, streamed := ds.unread.(*stream)
	if !ok || !streamed || !flowing.streamed || flowing.status != nil || flowing.defaultStatus != 0 {
		return ds.cells, true
	}
	if s.parser.Stopped() != 1 {
		return ds.cells, false // in a bundle the statuses at the end may be those of another dataset
	}
	first := make([]byte, sniffLen)
	if n, err := text.ReadAt(first, 0); err != nil && err != io.EOF || size <= flowing.value.Off || s.opts.needsDecoding(first[:n]) {
		return ds.cells, false
	}
	t := newStatusSearch(text, size, flowing)
	found, known := t.searchBackwards(flowing.value.Off)
	if !found {
		return ds.cells, known
	}
	return &tailCells{Cells: ds.cells, status: t.cells}, true
}

// statusSearch looks for statuses from the end of a text.
type statusSearch struct {
	text  io.ReaderAt
	size  int64
	r     *jsontoken.Reader
	cells *textCells // those that were found, without values
}

// newStatusSearch prepares a search in a text whose values are streamed as well.
func newStatusSearch(text io.ReaderAt, size int64, flowing *textCells) *statusSearch {
	o := Options{NaNAsNull: flowing.nan}
	src := newContents(o, &input{src: text, size: size}).decoder
	return &statusSearch{
		text: text, size: size, r: src.reader(),
		cells: &textCells{source: src.source, findings: src.findings, n: flowing.n, words: window.NewWords(jsontoken.Unquote)},
	}
}

const (
	statusName  = `"status"`
	searchPiece = 64 << 10 // bytes that are looked at a time
	maxTries    = 64       // members called status that are looked at
	plainPiece  = 4 << 10  // bytes without a quote, in a row, that are taken for values
)

// searchBackwards looks for statuses from the end back to an offset. known is false if it
// cannot tell whether there are some.
func (t *statusSearch) searchBackwards(from int64) (found, known bool) {
	buf := make([]byte, searchPiece+len(statusName))
	tries := 0
	for end := t.size; end > from; {
		start := max(from, end-searchPiece)
		piece := buf[:min(t.size, end+int64(len(statusName)))-start] // a name may lie across
		if n, err := t.text.ReadAt(piece, start); n < len(piece) || err != nil && err != io.EOF {
			return false, false
		}
		at := len(piece)
		if !bytes.Contains(piece, []byte(statusName)) { // several times as fast as backwards
			at = 0
		}
		for {
			if at = bytes.LastIndex(piece[:at], []byte(statusName)); at < 0 {
				break
			}
			if start+int64(at) >= end { // seen with the piece behind it
				continue
			}
			if tries++; tries > maxTries {
				return false, false
			}
			if t.tryMember(start + int64(at)) {
				return true, true
			}
		}
		if len(piece) >= plainPiece && bytes.IndexByte(piece, '"') < 0 {
			return false, t.provesNone(start)
		}
		end = start
	}
	return false, tries == 0
}

// tryMember reads from a string "status" to the end of the text, and keeps the statuses if
// that is the member of the dataset.
func (t *statusSearch) tryMember(off int64) bool {
	t.r.Goto(off + int64(len(statusName)))
	if t.r.Take(':') != nil {
		return false
	}
	c := t.r.Space()
	at := t.r.Offset()
	switch c {
	case '"':
		_, quoted, err := t.r.Token()
		if err != nil {
			return false
		}
		id, err := t.cells.words.ID(quoted)
		if err != nil || !t.closesDataset() {
			return false
		}
		t.cells.defaultStatus, t.cells.status = id, nil
		return true
	case '[', '{':
	default:
		return false
	}
	s, err := jsontoken.Scan(t.r, at, true)
	if err != nil || s.BadKeys > 0 {
		return false
	}
	if t.r.Goto(s.End); !t.closesDataset() {
		return false
	}
	if s.Words != nil {
		t.cells.words = s.Words
	}
	t.cells.status = s
	if s.Count == 1 && !s.Object && t.cells.n != 1 {
		t.cells.status = nil
		d := datasetDecoder{decoder: &decoder{t.cells.source, t.cells.findings, Options{}}}
		t.cells.defaultStatus, err = d.firstStatus(s, t.cells.words)
	}
	return err == nil && t.cells.sortStatuses() == nil
}

// provesNone tells whether the array around an offset is a member of the dataset that no
// statuses follow.
func (t *statusSearch) provesNone(off int64) bool {
	buf := make([]byte, searchPiece)
	for off < t.size {
		n, err := t.text.ReadAt(buf[:min(searchPiece, t.size-off)], off)
		if i := bytes.IndexByte(buf[:n], ']'); i >= 0 {
			t.r.Goto(off + int64(i) + 1)
			return t.closesDataset()
		}
		if err != nil || n == 0 {
			return false
		}
		off += int64(n)
	}
	return false
}

// closesDataset reads on behind a member's value, and tells whether the object around it
// is the dataset: the text ends where that object does.
func (t *statusSearch) closesDataset() bool {
	for {
		more, err := t.r.Next('}')
		if err != nil {
			return false
		}
		if !more {
			return t.r.Space() == 0 && t.r.CheckEnd() == nil && t.r.Offset() >= t.size
		}
		name, err := t.r.Str()
		if err != nil || string(name) == "status" || t.r.Take(':') != nil {
			return false
		}
		if _, err := t.r.Skip(); err != nil {
			return false
		}
	}
}

// tailCells are cells that flow, with statuses from another place.
type tailCells struct {
	Cells
	status *textCells
}

func (c *tailCells) Info() CellsInfo {
	info := c.Cells.Info()
	info.HasStatus, info.Default = true, c.status.defaultStatus
	info.DenseStatus = c.status.Info().DenseStatus
	return info
}

func (c *tailCells) Statuses() []string { return c.status.Statuses() }

func (c *tailCells) Cursor(statuses bool) (Cursor, error) {
	cur, err := c.Cells.Cursor(false)
	if err != nil || !statuses {
		return cur, err
	}
	t := &tailCursor{Cursor: cur}
	t.status.init(c.status)
	return t, nil
}

// tailCursor reads cells that flow, forward alone, and their statuses beside them.
type tailCursor struct {
	Cursor
	status statusCursor
	ids    []int32
}

func (t *tailCursor) Range(from, to int64) error {
	if err := t.Cursor.Range(from, to); err != nil {
		return err
	}
	return t.status.seek(from)
}

func (t *tailCursor) Next() (*Chunk, error) {
	chunk, err := t.Cursor.Next()
	if err != nil {
		return nil, err
	}
	if n := chunk.Len(); cap(t.ids) < n {
		t.ids = make([]int32, n)
	}
	chunk.Status = t.ids[:chunk.Len()]
	return chunk, t.status.fillChunk(chunk.First, chunk.Status)
}
