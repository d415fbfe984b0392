package pxweb

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// target is a dimension of the merged cube.
type target struct {
	id    string
	codes []string
	same  bool // all parts have all of it
}

// merge is how the cells of the parts make the cube: which part has which cells.
// Cells of a part are taken in their own order, so that each part is read by one
// cursor from its first to its last cell.
type merge struct {
	parts []*part
	dims  []target
	runs  [][]stretch // of each dimension: categories that the same parts have
	runOf [][]int     // of each dimension, by category
	cells []int32     // for each combination of runs, the number of its part and one
}

// newMerge holds the parts against the target and checks that every cell comes
// once. Categories are found by code, never by their place.
func newMerge(parts []*part, dims []target) (*merge, error) {
	m := &merge{parts: parts, dims: dims}
	total := 1
	held := make([]map[*axis][]int, len(dims)) // runs of an axis
	for i := range dims {
		var err error
		if held[i], err = m.divide(i); err != nil {
			return nil, err
		}
		if total *= len(m.runs[i]); total > 1<<24 {
			return nil, fmt.Errorf("%w: there are too many of them", ErrMerge)
		}
	}
	m.cells = make([]int32, total)
	for n, p := range parts {
		lists := make([][]int, len(dims))
		for i := range dims {
			lists[i] = held[i][p.axes[i]]
		}
		if !m.mark(lists, 0, 0, int32(n+1)) {
			return nil, fmt.Errorf("%w: some cells came twice", ErrMerge)
		}
	}
	if slices.Contains(m.cells, 0) {
		return nil, fmt.Errorf("%w: some cells did not come", ErrMerge)
	}
	return m, nil
}

// divide divides a dimension into runs of categories that the same parts have,
// and lists the runs of each axis.
func (m *merge) divide(i int) (map[*axis][]int, error) {
	d := &m.dims[i]
	place := make(map[string]int, len(d.codes))
	for k, code := range d.codes {
		place[code] = k
	}
	var axes []*axis
	number := map[*axis]int{}
	for _, p := range m.parts {
		if _, ok := number[p.axes[i]]; !ok {
			number[p.axes[i]] = len(axes)
			axes = append(axes, p.axes[i])
		}
	}
	have := make([][]int, len(d.codes)) // axes that have a category
	for n, a := range axes {
		last := -1
		for _, code := range a.codes {
			k, ok := place[code]
			if !ok {
				return nil, fmt.Errorf("%w: %q of %s was not asked for", ErrMerge, code, d.id)
			}
			if k <= last {
				return nil, fmt.Errorf("%w: %q of %s stands in another order than in the table", ErrMerge, code, d.id)
			}
			last = k
			have[k] = append(have[k], n)
		}
	}
	runs := []stretch{}
	runOf := make([]int, len(d.codes))
	held := map[*axis][]int{}
	for k := range d.codes {
		if k == 0 || !slices.Equal(have[k], have[k-1]) {
			for _, n := range have[k] {
				held[axes[n]] = append(held[axes[n]], len(runs))
			}
			runs = append(runs, stretch{k, k})
		}
		runs[len(runs)-1].to = k + 1
		runOf[k] = len(runs) - 1
	}
	m.runs, m.runOf = append(m.runs, runs), append(m.runOf, runOf)
	return held, nil
}

// mark notes the part that has the cells of some runs. It reports false if they
// have one already.
func (m *merge) mark(lists [][]int, i, at int, n int32) bool {
	if i == len(lists) {
		if m.cells[at] != 0 {
			return false
		}
		m.cells[at] = n
		return true
	}
	for _, r := range lists[i] {
		if !m.mark(lists, i+1, at*len(m.runs[i])+r, n) {
			return false
		}
	}
	return true
}

// each calls take for all cells in the order of the target: how many of the next
// cells of which part.
func (m *merge) each(take func(part int, n int64) error) error {
	split := -1 // the innermost dimension that is not one run
	inner := int64(1)
	for i := range m.dims {
		if len(m.runs[i]) > 1 {
			split = i
		}
	}
	for i := split + 1; i < len(m.dims); i++ {
		inner *= int64(len(m.dims[i].codes))
	}
	if split < 0 {
		if inner == 0 {
			return nil
		}
		return take(int(m.cells[0])-1, inner)
	}
	coords := make([]int, split)
	for {
		at := 0
		for i, k := range coords {
			at = at*len(m.runs[i]) + m.runOf[i][k]
		}
		at *= len(m.runs[split])
		for r, run := range m.runs[split] {
			// Dimensions behind have one run each.
			if err := take(int(m.cells[at+r])-1, int64(run.len())*inner); err != nil {
				return err
			}
		}
		i := split - 1
		for ; i >= 0; i-- {
			if coords[i]++; coords[i] < len(m.dims[i].codes) {
				break
			}
			coords[i] = 0
		}
		if i < 0 {
			return nil
		}
	}
}

// partReader reads the cells of a part, forward.
type partReader struct {
	doc    *jsonstat.Document
	cells  jsonstat.Cells
	cursor jsonstat.Cursor
	chunk  *jsonstat.Chunk
	at     int   // next cell of the chunk
	next   int64 // position of the next cell
	size   int64
	quoted [][]byte // statuses as they are written
}

func openPart(p *part) (*partReader, error) {
	doc, err := openDocument(p.file, p.bytes)
	if err != nil {
		return nil, err
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		return nil, errors.Join(err, doc.Close())
	}
	cur, err := ds.Cells().Cursor(true)
	if err != nil {
		return nil, errors.Join(err, doc.Close())
	}
	return &partReader{doc: doc, cells: ds.Cells(), cursor: cur, size: ds.Len()}, nil
}

func (r *partReader) close() {
	_ = r.cursor.Close()
	_ = r.doc.Close()
}

// take gives the next n cells to a writer.
func (r *partReader) take(n int64, w *cellWriter) error {
	for to := r.next + n; r.next < to; {
		if r.chunk == nil || r.at >= r.chunk.Len() {
			chunk, err := r.cursor.Next()
			if err == io.EOF {
				// Cells that a sparse part leaves out at its end.
				w.missing(to - r.next)
				r.next = to
				return nil
			}
			if err != nil {
				return err
			}
			r.chunk, r.at = chunk, 0
			continue
		}
		pos := r.chunk.Position(r.at)
		if pos > r.next {
			gap := min(pos, to) - r.next
			w.missing(gap)
			r.next += gap
			continue
		}
		m := int(min(to-r.next, int64(r.chunk.Len()-r.at)))
		if r.chunk.Positions != nil {
			m = 1
		}
		w.write(r, r.at, m)
		r.at += m
		r.next += int64(m)
	}
	return nil
}

// status is a status of a part as it is written.
func (r *partReader) status(id int32) []byte {
	for words := r.cells.Statuses(); len(r.quoted) < len(words); {
		r.quoted = append(r.quoted, jsontoken.AppendString(nil, words[len(r.quoted)]))
	}
	return r.quoted[id]
}

// cellWriter writes the rows of values and statuses. Either may go nowhere.
type cellWriter struct {
	values, statuses rowOut
	zero             []byte // what a cell of status "-" without value gets; nil: nothing
	pos              int64
}

// rowOut is a row being written: an array, or an object by position.
type rowOut struct {
	w      *bufio.Writer // nil: nowhere
	sparse bool
	any    bool
	buf    []byte
}

func (o *rowOut) put(pos int64, token []byte) {
	if o.w == nil {
		return
	}
	b := o.buf[:0]
	if o.any {
		b = append(b, ',')
	}
	o.any = true
	if o.sparse {
		b = append(strconv.AppendInt(append(b, '"'), pos, 10), '"', ':')
	}
	b = append(b, token...)
	_, _ = o.w.Write(b) // the error comes again at Flush
	o.buf = b
}

var null = []byte("null")

// missing writes cells that have neither value nor status.
func (w *cellWriter) missing(n int64) {
	for range n {
		if !w.values.sparse {
			w.values.put(w.pos, null)
		}
		if !w.statuses.sparse {
			w.statuses.put(w.pos, null)
		}
		w.pos++
	}
}

// write writes n cells of a part's chunk from number i on.
func (w *cellWriter) write(r *partReader, i, n int) {
	c := r.chunk
	for k := i; k < i+n; k++ {
		token := null
		if c.Kinds[k] != jsonstat.Missing {
			token = c.Buf[c.Start[k]:c.End[k]]
		}
		status := int32(0)
		if c.Status != nil {
			status = c.Status[k]
		}
		if status == 0 {
			if !w.statuses.sparse {
				w.statuses.put(w.pos, null)
			}
		} else {
			quoted := r.status(status)
			w.statuses.put(w.pos, quoted)
			if w.zero != nil && c.Kinds[k] == jsonstat.Missing && string(quoted) == `"-"` {
				token = w.zero
			}
		}
		// A sparse row has those that are there, null included.
		if !w.values.sparse || c.Kinds[k] != jsonstat.Missing || c.End[k] > c.Start[k] || len(token) != len(null) {
			w.values.put(w.pos, token)
		}
		w.pos++
	}
}

// copyCells writes all cells of the cube.
func (m *merge) copyCells(w *cellWriter) error {
	readers := make([]*partReader, len(m.parts))
	defer func() {
		for _, r := range readers {
			if r != nil {
				r.close()
			}
		}
	}()
	return m.each(func(n int, count int64) error {
		r := readers[n]
		if r == nil {
			var err error
			if r, err = openPart(m.parts[n]); err != nil {
				return err
			}
			readers[n] = r
		}
		if r.next+count > r.size {
			return fmt.Errorf("%w: a part has fewer cells than it must have", ErrMerge)
		}
		if err := r.take(count, w); err != nil {
			return err
		}
		if r.next == r.size {
			r.close()
			readers[n] = nil
		}
		return nil
	})
}
