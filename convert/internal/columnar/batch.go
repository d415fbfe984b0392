package columnar

import (
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// BatchRows is the most rows of a batch: enough that what is done once for each
// does not count, few enough that its columns stay near the processor.
const BatchRows = 64 << 10

// maxText is how much text of values makes a batch full.
const maxText = 8 << 20

// Batch is a piece of a table as columns. The next one takes its place.
type Batch struct {
	Len   int
	First int64     // position of the first row in the cube
	Index [][]int32 // by dimension: which category, by row

	Status   []int32 // number of the status in Texts of the column + 1; 0 is none
	NoStatus int     // rows without one

	Nulls   int       // missing values
	Valid   []byte    // bitmap of those that are there, the lowest bit of each byte first
	Floats  []float64 // of type Float64: the values, 0 if missing
	Ints    []int64   // of type Int64
	Text    []byte    // of type UTF8: the values one behind the other
	Offsets []int32   // where each begins, and where the last one ends
}

// Batches goes through the rows of a table in the order of the cube. A batch does
// not reach over a position that is a multiple of cut, if that is not 0.
func (t *Table) Batches(cut int64, f func(*Batch) error) error {
	if !t.ds.HasCells() {
		return nil
	}
	w := newFiller(t, cut, f)
	cur, err := t.ds.Cells().Cursor(true)
	if err != nil {
		return err
	}
	for err == nil {
		var chunk *jsonstat.Chunk
		if chunk, err = cur.Next(); err == nil {
			err = w.chunk(chunk)
		}
	}
	if cerr := cur.Close(); err == io.EOF {
		err = cerr
	}
	if err == nil && w.gaps {
		err = w.gap(t.ds.Len())
	}
	if err == nil {
		err = w.flush()
	}
	if err == nil && w.rounded > 0 {
		t.o.Warn(fmt.Sprintf("%d values have more digits than float64 holds, such as %s of %s: they are rounded; the type utf8 keeps all digits", w.rounded, brief(w.roundedToken), Where(t.ds, w.roundedPos)))
	}
	return err
}

// filler fills batches from chunks.
type filler struct {
	t       *Table
	f       func(*Batch) error
	b       Batch
	cut     int64
	end     int64 // a batch that has come here is full
	strides []int64
	gaps    bool // cells that are not there have rows too
	all     bool // every cell has a row: positions follow each other
	missing int32
	next    int64
	at      []int64 // positions of the rows, if not all
	n       number

	rounded      int64 // values of which float64 has no digit-true copy
	roundedToken string
	roundedPos   int64
}

func newFiller(t *Table, cut int64, f func(*Batch) error) *filler {
	info := t.ds.Cells().Info()
	w := &filler{t: t, f: f, cut: cut, strides: t.strides, missing: info.Default}
	w.gaps = layout.Gaps(t.ds, t.o.Keep)
	w.all = t.o.Keep == layout.All
	rows := int(min(t.ds.Len(), BatchRows))
	w.b.Index = make([][]int32, len(t.ds.Shape()))
	for i := range w.b.Index {
		w.b.Index[i] = make([]int32, rows)
	}
	w.b.Status = make([]int32, rows)
	w.b.Valid = make([]byte, (rows+7)/8)
	switch t.Type {
	case Float64:
		w.b.Floats = make([]float64, rows)
	case Int64:
		w.b.Ints = make([]int64, rows)
	default:
		w.b.Offsets = make([]int32, 1, rows+1)
	}
	if !w.all {
		w.at = make([]int64, rows)
	}
	w.begin(0)
	return w
}

// begin empties the batch for rows from a position on.
func (w *filler) begin(pos int64) {
	b := &w.b
	b.Len, b.First, b.NoStatus, b.Nulls = 0, pos, 0, 0
	clear(b.Valid)
	b.Text, b.Offsets = b.Text[:0], b.Offsets[:min(1, len(b.Offsets))]
	w.end = w.t.ds.Len()
	if w.cut > 0 {
		w.end = min(w.end, (pos/w.cut+1)*w.cut)
	}
}

// room is how many of n rows from a position on go into the batch, which is handed
// over first if it is full.
func (w *filler) room(pos int64, n int) (int, error) {
	if w.b.Len == cap(w.b.Status) || pos >= w.end || len(w.b.Text) > maxText {
		if err := w.flush(); err != nil {
			return 0, err
		}
		w.begin(pos)
	} else if w.b.Len == 0 && pos != w.b.First {
		w.begin(pos)
	}
	return min(int(min(int64(n), w.end-pos)), cap(w.b.Status)-w.b.Len), nil
}

func (w *filler) chunk(c *jsonstat.Chunk) error {
	if w.all && c.Positions == nil {
		if w.gaps {
			if err := w.gap(c.First); err != nil {
				return err
			}
		}
		w.next = c.First + int64(c.Len())
		return w.run(c, 0, c.Len())
	}
	for i, kind := range c.Kinds {
		status := int32(0)
		if c.Status != nil {
			status = c.Status[i]
		}
		if !w.t.o.Keep.Wants(kind, status) {
			continue
		}
		pos := c.Position(i)
		if w.gaps {
			if err := w.gap(pos); err != nil {
				return err
			}
		}
		if err := w.run(c, i, i+1); err != nil {
			return err
		}
		w.next = pos + 1
	}
	return nil
}

// run takes cells of a chunk whose positions follow each other.
func (w *filler) run(c *jsonstat.Chunk, from, to int) error {
	for from < to {
		pos := c.Position(from)
		n, err := w.room(pos, to-from)
		if err != nil {
			return err
		}
		row := w.b.Len
		if c.Status != nil {
			w.statuses(row, c.Status[from:from+n])
		} else {
			clear(w.b.Status[row : row+n])
			w.b.NoStatus += n
		}
		if w.at != nil {
			w.at[row] = pos // one at a time
		}
		switch w.t.Type {
		case Float64:
			err = w.floats(c, from, n)
		case Int64:
			err = w.ints(c, from, n)
		default:
			w.texts(c, from, n)
		}
		if err != nil {
			return err
		}
		w.b.Len += n
		from += n
	}
	return nil
}

func (w *filler) statuses(row int, list []int32) {
	copy(w.b.Status[row:], list)
	for _, s := range list {
		if s == 0 {
			w.b.NoStatus++
		}
	}
}

// floats parses values straight from their tokens.
func (w *filler) floats(c *jsonstat.Chunk, from, n int) error {
	row := w.b.Len
	dst, valid := w.b.Floats[row:row+n], w.b.Valid
	for i := range dst {
		k := from + i
		kind := c.Kinds[k]
		if kind == jsonstat.Missing {
			dst[i] = 0
			w.b.Nulls++
			continue
		}
		token := c.Buf[c.Start[k]:c.End[k]]
		f, ok := float64(0), false
		if kind == jsonstat.Number {
			f, ok = parseShort(token)
		}
		if !ok {
			var err error
			if f, err = w.float(c, k, token); err != nil {
				return err
			}
		}
		dst[i] = f
		valid[(row+i)>>3] |= 1 << ((row + i) & 7)
	}
	return nil
}

// float is the slow way, for numbers of many digits.
func (w *filler) float(c *jsonstat.Chunk, k int, token []byte) (float64, error) {
	kind := c.Kinds[k]
	if kind != jsonstat.Number && kind != jsonstat.NumberRaw {
		return 0, w.refuse(c, k)
	}
	f, exact := w.n.float(kind, token)
	if exact {
		return f, nil
	}
	if whole(w.n.canonical(kind, token)) {
		return 0, w.refuse(c, k)
	}
	if w.rounded++; w.rounded == 1 {
		w.roundedToken, w.roundedPos = string(token), c.Position(k)
	}
	return f, nil
}

func (w *filler) ints(c *jsonstat.Chunk, from, n int) error {
	row := w.b.Len
	for i := range n {
		k := from + i
		kind := c.Kinds[k]
		switch kind {
		case jsonstat.Missing:
			w.b.Ints[row+i] = 0
			w.b.Nulls++
			continue
		case jsonstat.Number, jsonstat.NumberRaw:
		default:
			return w.refuse(c, k)
		}
		v, ok := w.n.int(kind, c.Token(k))
		if !ok {
			return w.refuse(c, k)
		}
		w.b.Ints[row+i] = v
		w.b.Valid[(row+i)>>3] |= 1 << ((row + i) & 7)
	}
	return nil
}

// refuse is the error for a value that the type has no room for.
func (w *filler) refuse(c *jsonstat.Chunk, k int) error {
	kind := c.Kinds[k]
	return &ValueError{
		Where: Where(w.t.ds, c.Position(k)), Token: string(c.Token(k)), Type: w.t.Type,
		Text: kind != jsonstat.Number && kind != jsonstat.NumberRaw,
	}
}

func (w *filler) texts(c *jsonstat.Chunk, from, n int) {
	row := w.b.Len
	for i := range n {
		k := from + i
		kind, token := c.Kinds[k], c.Token(k)
		switch {
		case kind == jsonstat.Missing:
			w.b.Nulls++
		case kind == jsonstat.Text:
			start := len(w.b.Text)
			w.b.Text = jsonstat.AppendText(w.b.Text, token)
			if w.t.tokens && quoted(w.b.Text[start:]) {
				w.b.Text = append(w.b.Text[:start], token...)
			}
		case kind == jsonstat.NumberRaw:
			w.b.Text = jsonstat.AppendNumber(w.b.Text, token)
		default:
			w.b.Text = append(w.b.Text, token...)
		}
		if kind != jsonstat.Missing {
			w.b.Valid[(row+i)>>3] |= 1 << ((row + i) & 7)
		}
		w.b.Offsets = append(w.b.Offsets, int32(len(w.b.Text)))
	}
}

// gap takes the cells of a sparse cube that are not there, up to a position.
func (w *filler) gap(to int64) error {
	for w.next < to {
		n, err := w.room(w.next, int(min(to-w.next, BatchRows)))
		if err != nil {
			return err
		}
		row := w.b.Len
		fill(w.b.Status[row:row+n], w.missing)
		if w.missing == 0 {
			w.b.NoStatus += n
		}
		w.b.Nulls += n
		if w.at != nil {
			for i := range n {
				w.at[row+i] = w.next + int64(i)
			}
		}
		switch w.t.Type {
		case Float64:
			clear(w.b.Floats[row : row+n])
		case Int64:
			clear(w.b.Ints[row : row+n])
		default:
			for range n {
				w.b.Offsets = append(w.b.Offsets, int32(len(w.b.Text)))
			}
		}
		w.b.Len += n
		w.next += int64(n)
	}
	return nil
}

// flush hands the batch over.
func (w *filler) flush() error {
	if w.b.Len == 0 {
		return nil
	}
	b := w.b
	b.Index = make([][]int32, len(w.b.Index))
	for d := range b.Index {
		b.Index[d] = w.b.Index[d][:b.Len]
		if w.all {
			w.walk(d)
			continue
		}
		size := int64(w.t.ds.Shape()[d])
		for i, pos := range w.at[:b.Len] {
			b.Index[d][i] = int32(pos / w.strides[d] % size)
		}
	}
	b.Status, b.Valid = b.Status[:b.Len], b.Valid[:(b.Len+7)/8]
	if b.Floats != nil {
		b.Floats = b.Floats[:b.Len]
	}
	if b.Ints != nil {
		b.Ints = b.Ints[:b.Len]
	}
	err := w.f(&b)
	w.b.Len = 0
	return err
}

// walk writes the categories of a dimension for rows that follow each other: each
// stays for as many rows as the dimensions behind have cells.
func (w *filler) walk(d int) {
	dst, stride, size := w.b.Index[d][:w.b.Len], w.strides[d], int32(w.t.ds.Shape()[d])
	k := int32(w.b.First / stride % int64(size))
	if stride == 1 {
		for i := range dst {
			dst[i] = k
			if k++; k == size {
				k = 0
			}
		}
		return
	}
	left := stride - w.b.First%stride
	for len(dst) > 0 {
		n := int(min(left, int64(len(dst))))
		fill(dst[:n], k)
		if k++; k == size {
			k = 0
		}
		dst, left = dst[n:], stride
	}
}

// fill sets all of a slice to a number.
func fill(dst []int32, k int32) {
	for i := range dst {
		dst[i] = k
	}
}
