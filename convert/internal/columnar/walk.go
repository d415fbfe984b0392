package columnar

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
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
	if err == nil {
		w.tell()
	}
	return err
}

// tell warns of what was rounded.
func (w *walker) tell() {
	if w.rounded > 0 {
		w.t.o.Warn(fmt.Sprintf("%d values have more digits than float64 holds, such as %s of %s: they are rounded; the type utf8 keeps all digits", w.rounded, brief(w.roundedToken), Where(w.t.ds, w.roundedPos)))
	}
}

// walker goes through the cells of a table and hands its rows over in batches.
type walker struct {
	filler
	f      func(*Batch) error
	cut    int64
	end    int64   // a batch that has come here is full
	absent int32   // status of cells that are not there
	at     []int64 // positions of the rows; nil if every cell has one, so that they follow each other
}

func newWalker(t *Table, cut int64, f func(*Batch) error) *walker {
	w := &walker{filler: newFiller(t), f: f, cut: cut, absent: t.ds.Cells().Info().Default}
	if t.o.Keep != layout.All {
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
// over first if it is full. It notes their positions.
func (w *walker) room(pos int64, n int) (int, error) {
	if pos >= w.end || w.full() {
		if err := w.flush(); err != nil {
			return 0, err
		}
		w.begin(pos)
	} else if w.b.Len == 0 && pos != w.b.First {
		w.begin(pos)
	}
	n = min(int(min(int64(n), w.end-pos)), cap(w.b.Status)-w.b.Len)
	if w.at != nil {
		for i := range n {
			w.at[w.b.Len+i] = pos + int64(i)
		}
	}
	return n, nil
}

// stretch takes cells of a chunk, and those that are not there in front of them.
func (w *walker) stretch(s *layout.Stretch) error {
	c, from, to := s.Chunk, s.From, w.t.ds.Len()
	if from < s.To {
		to = c.Position(from)
	}
	if err := w.gap(to-s.Gap, to); err != nil {
		return err
	}
	for from < s.To {
		n, err := w.room(c.Position(from), s.To-from)
		if err != nil {
			return err
		}
		if err := w.cells(c, from, n); err != nil {
			return err
		}
		from += n
	}
	return nil
}

// gap takes the cells of a sparse cube that are not there, from one position to another.
func (w *walker) gap(from, to int64) error {
	for from < to {
		n, err := w.room(from, int(min(to-from, BatchRows)))
		if err != nil {
			return err
		}
		w.missing(n, w.absent)
		from += int64(n)
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
		if w.at == nil {
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
