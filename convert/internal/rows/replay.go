package rows

import "slices"

// A replay is a table as a source again, with another header.
type replay struct {
	t      *table
	fields []Field
	front  []string // a row in front of the others; nil for none
	skip   int64    // rows at the start that are part of the header now
}

// Fields are the columns.
func (r *replay) Fields() []Field { return slices.Clone(r.fields) }

// Rows puts all rows in the batch.
func (r *replay) Rows(b *Batch, next func() error) error {
	s := r.t.store
	b.Grow(len(r.fields))
	if r.front != nil {
		for i, text := range r.front {
			b.Add(i, []byte(text), Plain)
		}
		b.End(0)
		if err := next(); err != nil {
			return err
		}
	}
	for i := range s.chunks {
		err := r.t.chunkCells(i, r.t.columns, func(cells [][]cell) error {
			chunk, err := s.read(i)
			if err != nil {
				return err
			}
			numbers := s.appendNumbers(nil, chunk)
			from := int(max(0, min(int64(len(numbers)), r.skip-s.chunks[i].first)))
			for k := range r.t.columns {
				for _, c := range cells[k][from:] {
					b.Add(k, c.text, c.kind)
				}
			}
			for _, n := range numbers[from:] {
				b.End(n)
			}
			return next()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Place says where a row stands.
func (r *replay) Place(number int64, column int) Place { return r.t.src.Place(number, column) }
