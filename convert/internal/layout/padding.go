package layout

import "github.com/jsonstat-go/toolkit/jsonstat"

// padCells is how many cells padding hands out at a time, at most.
const padCells = 1 << 10

// padding fills in the cells that a sparse cube leaves out: of its chunks it makes some
// whose cells follow each other.
type padding struct {
	dense   jsonstat.Chunk // from First on
	n       int            // how many of its cells are set
	missing int32          // status of a cell that is not there
	f       func(c *jsonstat.Chunk, from, to int) error
}

func newPadding(missing int32, f func(c *jsonstat.Chunk, from, to int) error) *padding {
	return &padding{missing: missing, f: f, dense: jsonstat.Chunk{
		Kinds: make([]jsonstat.Kind, padCells), Start: make([]uint32, padCells), End: make([]uint32, padCells), Status: make([]int32, padCells),
	}}
}

// chunk hands out the cells of a chunk that are kept, behind those that are not there.
func (p *padding) chunk(c *jsonstat.Chunk, keep Keep) error {
	d := &p.dense
	d.Buf = c.Buf
	for i, kind := range c.Kinds {
		if !keep.keeps(c, i) {
			continue
		}
		if pos := c.Position(i); pos > d.Position(p.n) || p.n == padCells {
			if err := p.pad(pos); err != nil {
				return err
			}
		}
		d.Kinds[p.n], d.Start[p.n], d.End[p.n], d.Status[p.n] = kind, c.Start[i], c.End[i], 0
		if c.Status != nil {
			d.Status[p.n] = c.Status[i]
		}
		p.n++
	}
	return p.flush() // its text goes
}

// pad puts in cells up to a position, and leaves room for one more.
func (p *padding) pad(to int64) error {
	d := &p.dense
	for {
		n := int(min(to-d.Position(p.n), int64(padCells-p.n)))
		clear(d.Kinds[p.n : p.n+n])
		clear(d.Start[p.n : p.n+n])
		clear(d.End[p.n : p.n+n])
		status := d.Status[p.n : p.n+n]
		for i := range status {
			status[i] = p.missing
		}
		if p.n += n; p.n < padCells {
			return nil
		}
		if err := p.flush(); err != nil {
			return err
		}
	}
}

// flush hands out what is set.
func (p *padding) flush() error {
	n := p.n
	if n == 0 {
		return nil
	}
	p.n = 0
	err := p.f(&p.dense, 0, n)
	p.dense.First += int64(n)
	return err
}

// end puts in the cells up to the end of the cube.
func (p *padding) end(size int64) error {
	if err := p.pad(size); err != nil {
		return err
	}
	return p.flush()
}
