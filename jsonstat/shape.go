package jsonstat

import (
	"fmt"
	"math"
	"math/bits"
)

// Shape is the number of categories of each dimension of a cube, outermost
// first. Cells are laid out row-major: the last dimension moves fastest.
type Shape []int

// Cells is the number of cells of the cube, 1 for a cube without dimensions. It
// fails with [ErrSize] if a size is negative or the number does not fit in 63 bits.
func (s Shape) Cells() (int64, error) {
	n := uint64(1)
	zero := false
	for i, size := range s {
		if size < 0 {
			return 0, fmt.Errorf("dimension %d has a negative size: %w", i, ErrSize)
		}
		if size == 0 {
			zero = true
			continue
		}
		hi, lo := bits.Mul64(n, uint64(size))
		if hi != 0 || lo > math.MaxInt64 {
			return 0, fmt.Errorf("the cube has more than 2^63 cells: %w", ErrSize)
		}
		n = lo
	}
	if zero {
		return 0, nil
	}
	return int64(n), nil
}

// Strides are the distances, in cells, between neighbours along each dimension.
// The shape must be one that [Shape.Cells] accepts.
func (s Shape) Strides() []int64 {
	strides := make([]int64, len(s))
	n := int64(1)
	for i := len(s) - 1; i >= 0; i-- {
		strides[i] = n
		n *= int64(s[i])
	}
	return strides
}

// Position is the place of a cell in row-major order, given the index of its
// category in each dimension.
func (s Shape) Position(coords ...int) (int64, error) {
	if len(coords) != len(s) {
		return 0, fmt.Errorf("%d coordinates for %d dimensions: %w", len(coords), len(s), ErrSize)
	}
	pos := int64(0)
	for i, c := range coords {
		if c < 0 || c >= s[i] {
			return 0, fmt.Errorf("index %d of dimension %d is not between 0 and %d: %w", c, i, s[i]-1, ErrSize)
		}
		pos = pos*int64(s[i]) + int64(c)
	}
	return pos, nil
}

// Coords writes the indexes of the categories at a position into dst, which is
// grown if need be, and returns it.
func (s Shape) Coords(pos int64, dst []int) []int {
	dst = append(dst[:0], s...)
	for i := len(s) - 1; i >= 0; i-- {
		dst[i] = int(pos % int64(s[i]))
		pos /= int64(s[i])
	}
	return dst
}
