package jsonstat

import (
	"io"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// InForm is the dataset with its cells in the forms of values and statuses in which
// [Dataset.Write] writes them with these options: what reading that document would give,
// without writing it. Of the cells none but the first are read. Nil options are the zero [WriteOptions].
// One status of all cells of a sparse row stays one.
func (ds *Dataset) InForm(opts *WriteOptions) (*Dataset, error) {
	o := ds.writeOptions(opts)
	info := ds.cells.Info()
	c := &formedCells{Cells: ds.cells, n: ds.n, fill: o.Values == Dense && info.Sparse}
	c.info = info
	c.info.Sparse = o.Values == Sparse || o.Values == AsRead && info.Sparse
	c.drop = o.Values == Sparse
	if o.Statuses != AsRead && (info.Default == 0 || !c.info.Sparse) { // else one for all is written for each
		c.info.DenseStatus, c.info.Default = o.Statuses == Dense && info.HasStatus, 0
	}
	c.all = info.Default
	none := ds.noCells || ds.n == 0
	if c.drop && !none {
		some, err := c.some()
		if err != nil {
			return nil, err
		}
		none = !some
	}
	with, err := New(ds.Head(), c)
	if err != nil {
		return nil, err
	}
	if none {
		with.cells, with.noCells = &memoryCells{}, true
	}
	with.text, with.rest, with.node, with.old = ds.text, ds.rest, ds.node, ds.old
	with.given = true // and the forms are those of the cells
	return with, nil
}

// formedCells are the cells of a source in another form.
type formedCells struct {
	Cells
	info CellsInfo
	n    int64
	all  int32 // the status of cells that are given no other
	fill bool  // cells that are not there are given as missing
	drop bool  // cells that are missing are left out, unless they have a status
}

func (f *formedCells) Info() CellsInfo { return f.info }

func (f *formedCells) Facts() (Facts, error) {
	if f.fill || f.drop {
		return CountFacts(f)
	}
	return f.Cells.Facts()
}

// some tells whether there is any cell that is not missing.
func (f *formedCells) some() (bool, error) {
	cur, err := f.Cells.Cursor(false)
	if err != nil {
		return false, err
	}
	defer cur.Close()
	for {
		chunk, err := cur.Next()
		switch {
		case err == io.EOF:
			return false, nil
		case err != nil:
			return false, err
		}
		for _, kind := range chunk.Kinds {
			if kind != Missing {
				return true, nil
			}
		}
	}
}

func (f *formedCells) Cursor(statuses bool) (Cursor, error) {
	cur, err := f.Cells.Cursor(statuses)
	switch {
	case err != nil:
		return nil, err
	case f.drop:
		return &dropCursor{Cursor: cur, implied: f.info.Default}, nil
	case !f.fill:
		return cur, nil
	}
	return &fillCursor{Cursor: cur, f: f, statuses: statuses, to: f.n}, nil
}

// fillCursor yields cells that are not there, as missing, between those that are.
type fillCursor struct {
	Cursor
	f        *formedCells
	statuses bool
	next, to int64  // positions to be yielded
	under    *Chunk // of the cursor below, nil where it is to be asked
	at       int    // the first cell of it that was not yielded
	ended    bool   // there are no more chunks
	chunk    Chunk  // a piece of under
	gap      Chunk
}

// Range restricts both.
func (c *fillCursor) Range(from, to int64) error {
	c.next, c.to, c.under, c.ended = from, to, nil, false
	return c.Cursor.Range(from, to)
}

// Next yields cells of the cursor below as long as they follow each other, else those
// that are not there.
func (c *fillCursor) Next() (*Chunk, error) {
	if c.next >= c.to {
		return nil, io.EOF
	}
	for c.under == nil && !c.ended {
		chunk, err := c.Cursor.Next()
		switch {
		case err == io.EOF:
			c.ended = true
		case err != nil:
			return nil, err
		case chunk.Len() > 0:
			c.under, c.at = chunk, 0
		}
	}
	if c.ended {
		return c.absent(c.to), nil
	}
	if first := c.under.Position(c.at); first > c.next {
		return c.absent(first), nil
	}
	end := c.at + 1
	for end < c.under.Len() && c.under.Position(end) == c.next+int64(end-c.at) {
		end++
	}
	u, k := c.under, &c.chunk
	k.First, k.Kinds, k.Buf, k.Start, k.End = c.next, u.Kinds[c.at:end], u.Buf, u.Start[c.at:end], u.End[c.at:end]
	if k.Status = nil; u.Status != nil {
		k.Status = u.Status[c.at:end]
	}
	c.next += int64(end - c.at)
	if c.at = end; end == u.Len() {
		c.under = nil
	}
	return k, nil
}

// absent yields cells that are not there, up to a position.
func (c *fillCursor) absent(to int64) *Chunk {
	n := int(min(to-c.next, window.ChunkCells))
	k := &c.gap
	if k.Kinds == nil { // all gaps are alike
		const size = window.ChunkCells
		k.Kinds, k.Start, k.End, k.Buf = make([]Kind, size), make([]uint32, size), make([]uint32, size), []byte("null")
		for i := range k.Kinds {
			k.Kinds[i], k.End[i] = Missing, 4
		}
		if c.statuses && c.f.all != 0 {
			k.Status = make([]int32, size)
			for i := range k.Status {
				k.Status[i] = c.f.all
			}
		}
	}
	part := &c.chunk
	*part = Chunk{First: c.next, Kinds: k.Kinds[:n], Buf: k.Buf, Start: k.Start[:n], End: k.End[:n]}
	if k.Status != nil {
		part.Status = k.Status[:n]
	}
	c.next += int64(n)
	return part
}

// dropCursor leaves out cells that are missing and have no status.
type dropCursor struct {
	Cursor
	implied int32 // the status that all cells have
	chunk Chunk
}

// Next yields what is left of a chunk of the cursor below.
func (c *dropCursor) Next() (*Chunk, error) {
	k := &c.chunk
	for {
		u, err := c.Cursor.Next()
		if err != nil {
			return nil, err
		}
		k.Positions, k.Kinds, k.Start, k.End, k.Status = k.Positions[:0], k.Kinds[:0], k.Start[:0], k.End[:0], k.Status[:0]
		k.Buf = u.Buf
		for i, kind := range u.Kinds {
			if kind == Missing && (u.Status == nil || u.Status[i] == 0 || u.Status[i] == c.implied) {
				continue
			}
			k.Positions = append(k.Positions, u.Position(i))
			k.Kinds, k.Start, k.End = append(k.Kinds, kind), append(k.Start, u.Start[i]), append(k.End, u.End[i])
			if u.Status != nil {
				k.Status = append(k.Status, u.Status[i])
			}
		}
		if u.Status == nil {
			k.Status = nil
		}
		if k.Len() > 0 {
			return k, nil
		}
	}
}
