package layout

import (
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A Walk goes through the cells of a cube that are kept, in the order of the cube. It
// hands them out by the piece, so that the loop over the cells of a piece, and with it
// the speed, is the writer's own. There are these doors:
//
//   - Chunks: all that is there, as it is read.
//   - Stretches: cells of a chunk that follow each other. Of cells that a sparse cube
//     leaves out it is told how many there are, if they are kept.
//   - Runs: cells of a chunk that follow each other along the last dimension, with the
//     categories of the other dimensions. Cells that a sparse cube leaves out are filled
//     in, if they are kept.
//   - Each: cell by cell, for those who are in no hurry.
//
// Take a sparse cube of 2 x 4 cells of which those at 0, 1, 2, 6 and 7 are there, and
// that at 1 is null. They come in one chunk. Then
//
//   - All has two stretches, 0 to 2, and 6 to 7 behind a gap of 3. It has two runs:
//     category 0 of the first dimension with 0 to 3 of the last, of which 3 is filled in,
//     and 1 with 0 to 3.
//   - NonMissing has the stretches 0, 2, and 6 to 7, without gaps. Its runs are 0 with 0,
//     0 with 2, and 1 with 2 to 3.
//
// A dense cube of 1000 x 30 cells comes in chunks of some thousand cells. Where all are
// kept each is a stretch as it is, and makes a run for each 30 cells.
type Walk struct {
	Cube     *jsonstat.Dataset
	Keep     Keep
	Statuses bool // read statuses; NonEmpty does so in any case
}

// A Stretch is cells of a chunk that follow each other.
type Stretch struct {
	Gap      int64 // cells in front of them that are not there but kept: missing, with the status of all such cells
	Chunk    *jsonstat.Chunk
	From, To int // which cells of the chunk they are; none behind the last ones of a cube
}

// Chunks hands out the cells that are there, also those that are not kept. A chunk is
// valid until f returns, as all that the doors hand out.
func (w Walk) Chunks(f func(*jsonstat.Chunk) error) error {
	return w.open(func(cur jsonstat.Cursor) error { return read(cur, f) })
}

// Stretches hands out the cells that are kept.
func (w Walk) Stretches(f func(*Stretch) error) error {
	if Empty(w.Cube) {
		return nil
	}
	s := &stretches{keep: w.Keep, gaps: Gaps(w.Cube, w.Keep), f: f}
	if err := w.Chunks(s.chunk); err != nil || !s.gaps || s.next == w.Cube.Len() {
		return err
	}
	return f(&Stretch{Gap: w.Cube.Len() - s.next, Chunk: &jsonstat.Chunk{}})
}

// open opens the cells for as long as f reads them.
func (w Walk) open(f func(jsonstat.Cursor) error) error {
	if Empty(w.Cube) {
		return nil
	}
	cur, err := w.Cube.Cells().Cursor(w.Statuses || w.Keep == NonEmpty)
	if err != nil {
		return err
	}
	err = f(cur)
	if cerr := cur.Close(); err == nil {
		err = cerr
	}
	return err
}

// read reads a cursor to its end.
func read(cur jsonstat.Cursor, f func(*jsonstat.Chunk) error) error {
	for {
		chunk, err := cur.Next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = f(chunk)
		}
		if err != nil {
			return err
		}
	}
}

// stretches makes stretches of chunks.
type stretches struct {
	Stretch
	keep Keep
	gaps bool  // cells that are not there are kept
	next int64 // position behind the last cell that was handed out, if there are gaps
	f    func(*Stretch) error
}

func (s *stretches) chunk(c *jsonstat.Chunk) error {
	s.Chunk = c
	for i := 0; i < len(c.Kinds); {
		from, kept := s.keep.next(c, i)
		for from < kept {
			to := follow(c, from, kept)
			if s.gaps {
				first := c.Position(from)
				s.Gap, s.next = first-s.next, first+int64(to-from)
			}
			s.From, s.To = from, to
			if err := s.f(&s.Stretch); err != nil {
				return err
			}
			from = to
		}
		i = kept
	}
	return nil
}

// follow is the end of the cells of a chunk, from from up to to, whose positions follow
// each other.
func follow(c *jsonstat.Chunk, from, to int) int {
	if c.Positions == nil {
		return to
	}
	end := from + 1
	for pos := c.Positions[from] + 1; end < to && c.Positions[end] == pos; pos++ {
		end++
	}
	return end
}
