package layout

import "github.com/jsonstat-go/toolkit/jsonstat"

// Runs are cells of a chunk, parted into runs: cells that follow each other along the
// last dimension. Next moves to the next run.
type Runs struct {
	Coords   []int // categories of all dimensions but the last
	Changed  int   // the outermost of them that is another one than in the run before; their number if none is, 0 in the first run of all
	Last     int   // category of the last dimension of the first cell
	Chunk    *jsonstat.Chunk
	From, To int // which cells of the chunk the run is

	odometer
	begun bool
	end   int // of the cells of the chunk
	keep  Keep
	f     func(*Runs) error
}

// Next moves to the next run. It reports false if there is none.
func (r *Runs) Next() bool {
	r.From = r.To
	if r.From == r.end {
		return false
	}
	pos := r.Chunk.Position(r.From)
	r.Changed = r.seek(pos)
	if !r.begun {
		r.begun, r.Changed = true, 0
	}
	r.Last = int(pos - r.run)
	r.To = follow(r.Chunk, r.From, min(r.end, r.From+r.size-r.Last))
	return true
}

// Cell is a value of a row. Token is as in a chunk; it is valid until the row is done.
type Cell struct {
	Kind   jsonstat.Kind
	Token  []byte
	Status int32
}

// Runs hands out the cells that are kept, parted into runs. Cells of the same categories
// but for the last dimension may come in several runs.
func (w Walk) Runs(f func(*Runs) error) error {
	if Empty(w.Cube) {
		return nil
	}
	o := newOdometer(w.Cube.Shape())
	r := &Runs{Coords: o.coords, odometer: o, keep: w.Keep, f: f}
	if !Gaps(w.Cube, w.Keep) {
		return w.Chunks(r.chunk)
	}
	p := newPadding(w.Cube.Cells().Info().Default, r.cells)
	if err := w.Chunks(func(c *jsonstat.Chunk) error { return p.chunk(c, w.Keep) }); err != nil {
		return err
	}
	return p.end(w.Cube.Len())
}

// chunk hands out the cells of a chunk that are kept.
func (r *Runs) chunk(c *jsonstat.Chunk) error {
	for i := 0; i < len(c.Kinds); {
		from, to := r.keep.next(c, i)
		if err := r.cells(c, from, to); err != nil {
			return err
		}
		i = to
	}
	return nil
}

// cells hands out cells of a chunk.
func (r *Runs) cells(c *jsonstat.Chunk, from, to int) error {
	r.Chunk, r.To, r.end = c, from, to
	return r.f(r)
}

// Each hands out the cells that are kept one by one, each as a row of one cell, with
// the categories of all dimensions.
func (w Walk) Each(f func(coords []int, cells []Cell) error) error {
	coords := make([]int, len(w.Cube.Shape()))
	cells := make([]Cell, 1)
	return w.Runs(func(r *Runs) error {
		c := r.Chunk
		for r.Next() {
			last := coords[copy(coords, r.Coords):] // none in a cube without dimensions
			for i := r.From; i < r.To; i++ {
				if len(last) > 0 {
					last[0] = r.Last + i - r.From
				}
				cells[0] = Cell{Kind: c.Kinds[i], Token: c.Token(i)}
				if c.Status != nil {
					cells[0].Status = c.Status[i]
				}
				if err := f(coords, cells); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
