package columnar

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Batches goes through the rows of a table in the order of the cube. A batch does
// not reach over a position that is a multiple of cut, if that is not 0.
func (t *Table) Batches(cut int64, f func(*Batch) error) error {
	if !t.ds.HasCells() {
		return nil
	}
	w := newWalker(t, cut, f)
	err := layout.Walk{Cube: t.ds, Keep: t.o.Keep, Statuses: true}.Stretches(w.stretch)
	if err == nil {
		err = w.flush()
	}
	if err == nil && w.rounded > 0 {
		t.o.Warn(fmt.Sprintf("%d values have more digits than float64 holds, such as %s of %s: they are rounded; the type utf8 keeps all digits", w.rounded, brief(w.roundedToken), Where(t.ds, w.roundedPos)))
	}
	return err
}

// walker goes through the cells of a table and hands its rows over in batches.
type walker struct {
	filler
	t      *Table
	f      func(*Batch) error
	cut    int64
	end    int64   // a batch that has come here is full
	all    bool    // every cell has a row: positions follow each other
	absent int32   // status of cells that are not there
	next   int64   // position behind the last row
	at     []int64 // positions of the rows, if not all
}

func newWalker(t *Table, cut int64, f func(*Batch) error) *walker {
	w := &walker{filler: newFiller(t), t: t, f: f, cut: cut, absent: t.ds.Cells().Info().Default}
	w.all = t.o.Keep == layout.All
	if !w.all {
		w.at = make([]int64, cap(w.b.Status))
	}
	w.begin(0)
	return w
}

// begin begins a batch with rows from a position on.
func (w *walker) begin(pos int64) {
	w.empty(pos)
	w.end = w.t.ds.Len()
	if w.cut > 0 {
		w.end = min(w.end, (pos/w.cut+1)*w.cut)
	}
}

// room is how many of n rows from a position on go into the batch, which is handed
// over first if it is full.
func (w *walker) room(pos int64, n int) (int, error) {
	if pos >= w.end || w.full() {
		if err := w.flush(); err != nil {
			return 0, err
		}
		w.begin(pos)
	} else if w.b.Len == 0 && pos != w.b.First {
		w.begin(pos)
	}
	return min(int(min(int64(n), w.end-pos)), cap(w.b.Status)-w.b.Len), nil
}

// stretch takes cells of a chunk, and those that are not there in front of them.
func (w *walker) stretch(s *layout.Stretch) error {
	if err := w.gap(w.next + s.Gap); err != nil {
		return err
	}
	c, from := s.Chunk, s.From
	for from < s.To {
		to := from + 1
		if c.Positions == nil {
			to = s.To
		} else {
			for pos := c.Positions[from] + 1; to < s.To && c.Positions[to] == pos; pos++ {
				to++
			}
		}
		if err := w.run(c, from, to); err != nil {
			return err
		}
		w.next = c.Position(to-1) + 1
		from = to
	}
	return nil
}

// run takes cells of a chunk whose positions follow each other.
func (w *walker) run(c *jsonstat.Chunk, from, to int) error {
	for from < to {
		pos := c.Position(from)
		n, err := w.room(pos, to-from)
		if err != nil {
			return err
		}
		if w.at != nil {
			for i := range n {
				w.at[w.b.Len+i] = pos + int64(i)
			}
		}
		if err := w.cells(c, from, n); err != nil {
			return err
		}
		from += n
	}
	return nil
}

// gap takes the cells of a sparse cube that are not there, up to a position.
func (w *walker) gap(to int64) error {
	for w.next < to {
		n, err := w.room(w.next, int(min(to-w.next, BatchRows)))
		if err != nil {
			return err
		}
		if w.at != nil {
			for i := range n {
				w.at[w.b.Len+i] = w.next + int64(i)
			}
		}
		w.missing(n, w.absent)
		w.next += int64(n)
	}
	return nil
}

// flush hands the batch over.
func (w *walker) flush() error {
	if w.b.Len == 0 {
		return nil
	}
	b := w.b
	b.Index = make([][]int32, len(w.b.Index))
	for d := range b.Index {
		b.Index[d] = w.b.Index[d][:b.Len]
		if w.all {
			w.categories(d)
			continue
		}
		size := int64(w.t.ds.Shape()[d])
		for i, pos := range w.at[:b.Len] {
			b.Index[d][i] = int32(pos / w.t.strides[d] % size)
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

// categories writes the categories of a dimension for rows that follow each other: each
// stays for as many rows as the dimensions behind have cells.
func (w *walker) categories(d int) {
	dst, stride, size := w.b.Index[d][:w.b.Len], w.t.strides[d], int32(w.t.ds.Shape()[d])
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
