package jsonstat

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"unsafe"
)

// Observation is one cell with its place in the cube. The one that
// [Dataset.Observations] hands out changes with every step: copy what is to be
// kept, by [Observation.Cell] for instance.
type Observation struct {
	ds     *Dataset
	pos    int64
	coords []int
	kind   Kind
	token  []byte
	status string
}

// Cell is the content of one cell of the cube.
type Cell struct {
	Kind   Kind
	Text   string // the number as the document writes it, or the text; "" if missing
	Status string // "" if there is none
}

// Missing tells whether the cell has no value. It may have a status all the same.
func (c Cell) Missing() bool { return c.Kind == Missing }

// Float64 is the value as the nearest float64; NaN if it is missing or no number.
func (c Cell) Float64() float64 {
	if c.Kind != Number && c.Kind != NumberRaw {
		return math.NaN()
	}
	return parseFloat(c.Text)
}

func parseFloat(token string) float64 {
	f, _ := strconv.ParseFloat(token, 64) // beyond the range it is an infinity, as it should be
	return f
}

// Position is the place of the cell in row-major order, from 0.
func (o *Observation) Position() int64 { return o.pos }

// Index is the place of the cell's category in the i-th dimension.
func (o *Observation) Index(i int) int { return o.coords[i] }

// Category is the cell's category in the i-th dimension.
func (o *Observation) Category(i int) Category { return o.ds.head.Dimensions[i].At(o.coords[i]) }

// Kind of the value.
func (o *Observation) Kind() Kind { return o.kind }

// Missing tells whether the cell has no value. It may have a status all the same.
func (o *Observation) Missing() bool { return o.kind == Missing }

// Float64 is the value as the nearest float64; NaN if it is missing or no
// number. It does not allocate.
func (o *Observation) Float64() float64 {
	if o.kind != Number && o.kind != NumberRaw {
		return math.NaN()
	}
	return parseFloat(unsafe.String(unsafe.SliceData(o.token), len(o.token)))
}

// Text is the number as the document writes it, or the text; "" if the value is
// missing. It allocates, unlike [Observation.AppendText].
func (o *Observation) Text() string { return string(o.AppendText(nil)) }

// AppendText appends [Observation.Text] to dst.
func (o *Observation) AppendText(dst []byte) []byte {
	switch o.kind {
	case Missing:
		return dst
	case Text:
		return AppendText(dst, o.token)
	}
	return append(dst, o.token...)
}

// Status is the status of the cell, "" if it has none. See [Dataset.SymbolText]
// for its meaning.
func (o *Observation) Status() string { return o.status }

// Cell is a copy of the content.
func (o *Observation) Cell() Cell { return Cell{Kind: o.kind, Text: o.Text(), Status: o.status} }

// Observations goes through the cells in row-major order. Of a sparse dataset
// it gives those that are there: a value, null included, or a status. The
// observation is the same one each time, with other contents. After an error,
// which comes with a nil observation, the loop ends.
func (ds *Dataset) Observations() iter.Seq2[*Observation, error] {
	return func(yield func(*Observation, error) bool) { ds.yieldObservations(false, yield) }
}

// AllObservations is [Dataset.Observations] with the cells that a sparse dataset
// leaves out: they are missing. Mind that there may be a great many.
func (ds *Dataset) AllObservations() iter.Seq2[*Observation, error] {
	return func(yield func(*Observation, error) bool) { ds.yieldObservations(true, yield) }
}

func (ds *Dataset) yieldObservations(all bool, yield func(*Observation, error) bool) {
	cur, err := ds.cells.Cursor(true)
	if err != nil {
		yield(nil, err)
		return
	}
	defer cur.Close()
	o := &Observation{ds: ds, pos: -1, coords: make([]int, len(ds.shape))}
	info := ds.cells.Info()
	all = all && (info.Sparse || ds.noCells)
	// fill goes through the cells up to a position that are not there.
	fill := func(end int64) bool {
		for o.pos+1 < end {
			o.move(o.pos + 1)
			o.kind, o.token, o.status = Missing, nil, ds.cells.Statuses()[info.Default]
			if !yield(o, nil) {
				return false
			}
		}
		return true
	}
	for {
		chunk, err := cur.Next()
		if err == io.EOF {
			if all {
				fill(ds.n)
			}
			return
		}
		if err != nil {
			yield(nil, err)
			return
		}
		words := ds.cells.Statuses()
		for i := range chunk.Len() {
			if all && !fill(chunk.Position(i)) {
				return
			}
			o.move(chunk.Position(i))
			o.kind, o.token, o.status = chunk.Kinds[i], chunk.Token(i), ""
			if chunk.Status != nil {
				o.status = words[chunk.Status[i]]
			}
			if !yield(o, nil) {
				return
			}
		}
	}
}

// move goes to a position. Most are the next one, and then only the last coordinates that
// overflow change, as on an odometer: with sizes 2 and 3 from 0 2 to 1 0. Any other
// position costs a division for each dimension.
func (o *Observation) move(pos int64) {
	shape := o.ds.shape
	if pos != o.pos+1 || o.pos < 0 {
		o.pos = pos
		o.coords = shape.Coords(pos, o.coords)
		return
	}
	o.pos = pos
	for i := len(shape) - 1; i >= 0; i-- {
		if o.coords[i]++; o.coords[i] < shape[i] {
			return
		}
		o.coords[i] = 0
	}
}

// At is the cell at the named categories, given as dimension and category in
// turn: At("Region", "0301", "Tid", "2024"). Dimensions with one category may
// be left out. It reads from the nearest checkpoint, not the whole cube.
func (ds *Dataset) At(pairs ...string) (Cell, error) {
	coords, err := ds.resolvePairs(pairs)
	if err != nil {
		return Cell{}, err
	}
	for i, c := range coords {
		if c < 0 {
			return Cell{}, fmt.Errorf("dimension %q has %d categories: name one", ds.head.Dimensions[i].id, ds.shape[i])
		}
	}
	return ds.AtCoords(coords...)
}

// resolvePairs turns pairs of dimension and category into indexes; -1 where none is
// named and there are several, or none at all.
func (ds *Dataset) resolvePairs(pairs []string) ([]int, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dimension %q is given without a category", pairs[len(pairs)-1])
	}
	coords := make([]int, len(ds.shape))
	for i, d := range ds.head.Dimensions {
		if d.Len() != 1 {
			coords[i] = -1
		}
	}
	for k := 0; k < len(pairs); k += 2 {
		i, d, err := ds.FindDimension(pairs[k])
		if err != nil {
			return nil, err
		}
		c, err := d.Category(pairs[k+1])
		if err != nil {
			return nil, err
		}
		coords[i] = c.Index
	}
	return coords, nil
}

// Series are the cells along the one dimension that is left free, in the order
// of its categories; the others are fixed as in [Dataset.At]. It is an error if
// no dimension is free, or if several are: a dice of the cube gives those.
func (ds *Dataset) Series(pairs ...string) (*Dimension, []Cell, error) {
	coords, err := ds.resolvePairs(pairs)
	if err != nil {
		return nil, nil, err
	}
	free := -1
	for i, c := range coords {
		switch {
		case c >= 0:
		case free >= 0:
			return nil, nil, fmt.Errorf("dimensions %q and %q are both free: name a category of one", ds.head.Dimensions[free].id, ds.head.Dimensions[i].id)
		default:
			free = i
		}
	}
	if free < 0 {
		return nil, nil, errors.New("no dimension with several categories is left free: that is one cell, not a series")
	}
	cells := make([]Cell, ds.shape[free])
	for k := range cells {
		coords[free] = k
		if cells[k], err = ds.AtCoords(coords...); err != nil {
			return nil, nil, err
		}
	}
	return ds.head.Dimensions[free], cells, nil
}

// AtCoords is the cell at the given indexes, one for each dimension.
func (ds *Dataset) AtCoords(coords ...int) (Cell, error) {
	pos, err := ds.shape.Position(coords...)
	if err != nil {
		return Cell{}, err
	}
	return ds.AtPosition(pos)
}

// AtPosition is the cell at a position in row-major order, from 0.
func (ds *Dataset) AtPosition(pos int64) (Cell, error) {
	if pos < 0 || pos >= ds.n {
		return Cell{}, fmt.Errorf("position %d of %d cells: %w", pos, ds.n, ErrSize)
	}
	info := ds.cells.Info()
	if info.Once {
		return Cell{}, ErrConsumed // and leave the stream to who reads it in order
	}
	if ds.lookup == nil {
		cur, err := ds.cells.Cursor(true)
		if err != nil {
			return Cell{}, err
		}
		ds.lookup = cur
	}
	if err := ds.lookup.Range(pos, pos+1); err != nil {
		return Cell{}, err
	}
	missing := Cell{Status: ds.cells.Statuses()[info.Default]}
	chunk, err := ds.lookup.Next()
	if err == io.EOF {
		return missing, nil
	}
	if err != nil {
		return Cell{}, err
	}
	o := Observation{ds: ds, kind: chunk.Kinds[0], token: chunk.Token(0)}
	if chunk.Status != nil {
		o.status = ds.cells.Statuses()[chunk.Status[0]]
	}
	return o.Cell(), nil
}
