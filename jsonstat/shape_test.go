package jsonstat

import (
	"errors"
	"fmt"
	"math"
	"testing"
)

func TestShapeCells(t *testing.T) {
	const max = math.MaxInt64
	for _, c := range []struct {
		sizes []int64
		want  int64
		fails bool
	}{
		{nil, 1, false},
		{[]int64{}, 1, false},
		{[]int64{0}, 0, false},
		{[]int64{7}, 7, false},
		{[]int64{2, 3, 4}, 24, false},
		{[]int64{2, 0, 4}, 0, false},
		{[]int64{-1}, 0, true},
		{[]int64{0, -1}, 0, true},
		{[]int64{max}, max, false},
		{[]int64{max, 1, 1}, max, false},
		{[]int64{max, 2}, 0, true},
		{[]int64{1 << 31, 1 << 31}, 1 << 62, false},
		{[]int64{1 << 31, 1 << 32}, 0, true},
		{[]int64{1 << 32, 1 << 32}, 0, true}, // 2^64, which is 0 in 64 bits
		{[]int64{3037000499, 3037000499}, 9223372030926249001, false},
		{[]int64{3037000500, 3037000500}, 0, true},
		{[]int64{1<<31 - 1, 1<<31 - 1}, 4611686014132420609, false},
		{[]int64{1<<31 - 1, 1<<31 - 1, 4}, 0, true},
		{[]int64{1000, 1000, 1000, 1000, 1000, 1000, 1000}, 0, true},
		{[]int64{0, 1 << 32, 1 << 32}, 0, true}, // its strides do not fit
	} {
		shape, fit := Shape{}, true
		for _, size := range c.sizes {
			shape = append(shape, int(size))
			fit = fit && int64(int(size)) == size
		}
		if !fit { // a dimension cannot be that large on a machine of 32 bits
			continue
		}
		n, err := shape.Cells()
		if n != c.want || (err != nil) != c.fails || err != nil && !errors.Is(err, ErrSize) {
			t.Errorf("%v has %d cells, %v; want %d", c.sizes, n, err, c.want)
		}
	}
}

func TestShapePositions(t *testing.T) {
	for _, shape := range []Shape{{}, {1}, {5}, {2, 3}, {3, 1, 2}, {1, 1, 1}, {2, 2, 2, 2, 2, 2, 2}, {1, 4, 1, 3}} {
		n, err := shape.Cells()
		if err != nil {
			t.Fatal(err)
		}
		strides := shape.Strides()
		coords := make([]int, len(shape))
		for pos := range n {
			got := shape.Coords(pos, nil)
			equal(t, "the coordinates", fmt.Sprint(got), fmt.Sprint(coords))
			back, err := shape.Position(coords...)
			if err != nil || back != pos {
				t.Fatalf("%v: %v is at %d, %v, want %d", shape, coords, back, err, pos)
			}
			sum := int64(0)
			for i, c := range coords {
				sum += int64(c) * strides[i]
			}
			if sum != pos {
				t.Fatalf("%v: the strides %v lead to %d, not %d", shape, strides, sum, pos)
			}
			for i := len(coords) - 1; i >= 0; i-- {
				if coords[i]++; coords[i] < shape[i] {
					break
				}
				coords[i] = 0
			}
		}
	}
}

func TestShapePositionErrors(t *testing.T) {
	for _, c := range []struct {
		shape  Shape
		coords []int
	}{
		{Shape{2, 3}, nil},
		{Shape{2, 3}, []int{1}},
		{Shape{2, 3}, []int{1, 2, 0}},
		{Shape{2, 3}, []int{2, 0}},
		{Shape{2, 3}, []int{0, 3}},
		{Shape{2, 3}, []int{-1, 0}},
		{Shape{0}, []int{0}},
	} {
		if pos, err := c.shape.Position(c.coords...); !errors.Is(err, ErrSize) {
			t.Errorf("%v in %v is at %d, %v", c.coords, c.shape, pos, err)
		}
	}
}

// TestShapeCoordsReuse: the slice that is given is written into if it is long enough.
func TestShapeCoordsReuse(t *testing.T) {
	dst := make([]int, 0, 2)
	got := Shape{2, 3}.Coords(5, dst)
	equal(t, "the coordinates", got, []int{1, 2})
	if &got[0] != &dst[:1][0] {
		t.Error("another slice was made")
	}
	if n := testing.AllocsPerRun(10, func() { got = Shape{2, 3}.Coords(4, got) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
