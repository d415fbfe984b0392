package jsonstat

import (
	"io"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// cellsEncoder writes the values and the statuses of a dataset, each in its own pass over
// the cells: in JSON the two are separate members.
type cellsEncoder struct {
	*writer
	ds   *Dataset
	opts WriteOptions
}

// values writes the row of values.
func (e *cellsEncoder) values() {
	sparse := e.opts.Values == Sparse || (e.opts.Values == AsRead && e.ds.cells.Info().Sparse)
	if e.ds.noCells {
		if sparse {
			e.str("{}")
		} else {
			e.str("[]")
		}
		return
	}
	row := rowWriter{e: e, sparse: sparse}
	nulls := sparse && e.opts.Values == AsRead // those of the document stay
	e.forEachChunk(false, func(c *Chunk) {
		if c.Positions == nil && !sparse {
			row.writeChunk(c)
			return
		}
		for i, kind := range c.Kinds {
			switch {
			case kind != Missing:
				row.writeCell(c.Position(i), c.Token(i))
			case nulls && c.Positions != nil:
				row.writeCell(c.Position(i), []byte("null"))
			}
		}
	})
	row.close(e.ds.n)
}

// statuses writes the row of statuses. Whether there is any is known when the first
// one comes, and only then it begins: without one there is no such row.
func (e *cellsEncoder) statuses(begin func()) {
	info := e.ds.cells.Info()
	all := info.Default
	if all != 0 && e.opts.Statuses == AsRead {
		begin()
		e.quoted(e.ds.cells.Statuses()[all])
		return
	}
	row := rowWriter{e: e, sparse: e.opts.Statuses == Sparse || (e.opts.Statuses == AsRead && !info.DenseStatus), begin: begin}
	var quoted [][]byte
	put := func(pos int64, id int32) {
		words := e.ds.cells.Statuses()
		for len(quoted) < len(words) {
			quoted = append(quoted, jsontoken.AppendString(nil, words[len(quoted)]))
		}
		row.writeCell(pos, quoted[id])
	}
	// Cells that are not in the chunks have the status for all, if there is one.
	next := int64(0)
	fill := func(to int64) {
		for ; next < to && all != 0; next++ {
			put(next, all)
		}
		next = to + 1
	}
	e.forEachChunk(true, func(c *Chunk) {
		if c.Status == nil && all == 0 {
			return
		}
		for i := range c.Kinds {
			if c.Status != nil && c.Status[i] == 0 && all == 0 {
				continue
			}
			pos := c.Position(i)
			fill(pos)
			if c.Status != nil && c.Status[i] != 0 {
				put(pos, c.Status[i])
			}
		}
	})
	fill(e.ds.n)
	if row.begun {
		row.close(e.ds.n)
	}
}

// forEachChunk goes through the chunks.
func (e *cellsEncoder) forEachChunk(statuses bool, f func(c *Chunk)) {
	cur, err := e.ds.cells.Cursor(statuses)
	if err != nil {
		e.fail(err)
		return
	}
	defer cur.Close()
	for e.err == nil {
		chunk, err := cur.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			e.fail(err)
			return
		}
		f(chunk)
	}
}

// rowWriter writes cells in ascending order, as an array with null in the gaps or as an
// object by position.
type rowWriter struct {
	e      *cellsEncoder
	sparse bool
	begin  func() // called in front of it, if not nil
	begun  bool
	next   int64 // position behind the last one written
}

func (r *rowWriter) writeCell(pos int64, token []byte) {
	r.open()
	w := r.e.w
	if r.sparse {
		if r.next > 0 {
			_ = w.WriteByte(',')
		}
		_ = w.WriteByte('"')
		r.e.buf = strconv.AppendInt(r.e.buf[:0], pos, 10)
		_, _ = w.Write(r.e.buf)
		_, _ = w.WriteString(`":`)
	} else {
		r.fillNulls(pos)
		if pos > 0 {
			_ = w.WriteByte(',')
		}
	}
	_, _ = w.Write(token)
	r.next = pos + 1
}

// writeChunk writes cells that follow each other in a dense row, in one write.
func (r *rowWriter) writeChunk(c *Chunk) {
	r.open()
	r.fillNulls(c.First)
	buf := r.e.buf[:0]
	for i, kind := range c.Kinds {
		if i > 0 || c.First > 0 {
			buf = append(buf, ',')
		}
		if kind == Missing {
			buf = append(buf, "null"...)
		} else {
			buf = append(buf, c.Buf[c.Start[i]:c.End[i]]...)
		}
	}
	_, _ = r.e.w.Write(buf)
	r.e.buf = buf
	r.next = c.First + int64(len(c.Kinds))
}

// fillNulls fills a dense row with null up to a position.
func (r *rowWriter) fillNulls(pos int64) {
	for ; r.next < pos; r.next++ {
		if r.next > 0 {
			_ = r.e.w.WriteByte(',')
		}
		_, _ = r.e.w.WriteString("null")
	}
}

func (r *rowWriter) open() {
	if r.begun {
		return
	}
	r.begun = true
	if r.begin != nil {
		r.begin()
	}
	if r.sparse {
		_ = r.e.w.WriteByte('{')
	} else {
		_ = r.e.w.WriteByte('[')
	}
}

func (r *rowWriter) close(n int64) {
	r.open()
	if r.sparse {
		_ = r.e.w.WriteByte('}')
		return
	}
	r.fillNulls(n)
	_ = r.e.w.WriteByte(']')
}
