package rows

import (
	"slices"
	"strings"
)

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
		cells, err := r.t.chunkCells(i, r.t.columns)
		if err != nil {
			return err
		}
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
		if err := next(); err != nil {
			return err
		}
	}
	return nil
}

// Place says where a row stands.
func (r *replay) Place(number int64, column int) Place { return r.t.src.Place(number, column) }

// reheaded is the table with another header: none, or one that takes the first row too.
func reheaded(d *table, header string) (*table, error) {
	r := &replay{t: d}
	var first []string
	if d.n > 0 {
		var err error
		if first, err = d.textsOf(d.columns, 0); err != nil {
			return nil, err
		}
	}
	for i, c := range d.columns {
		f := Field{}
		if header == "0" {
			r.front = append(r.front, c.Name)
		} else if f.Name = blanks(first[i]); strings.Contains(header, "-") && f.Name != c.Name {
			f.Name = strings.TrimSpace(c.Name + " " + f.Name)
		}
		r.fields = append(r.fields, f)
	}
	if header != "0" {
		r.skip = 1
	}
	t, err := collect(r, d.numbers)
	if err == nil {
		t.headed = header != "0"
	}
	return t, err
}
