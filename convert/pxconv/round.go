package pxconv

import (
	"math"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// rounding gives numbers the decimals that they are shown with, by the rule of PxWeb: times
// ten to the power of the decimals as a double, to the even neighbour where it lies half way,
// or away from zero, and divided again. So 1.005 with two decimals is 1, since the double is
// a little less.
type rounding struct {
	up     bool // half way is away from zero
	shown  int
	digits [][]int // PRECISION by variable and value; nil where a variable has none
	shape  jsonstat.Shape
	coords []int
}

// newRounding is the rounding of a file.
func (f *file) newRounding() *rounding {
	r := &rounding{shown: f.shown, digits: make([][]int, len(f.variables)), coords: make([]int, len(f.variables))}
	if e := f.any("ROUNDING"); e != nil {
		r.up = strings.TrimSpace(e.text()) == "1"
	}
	for i, v := range f.variables {
		r.shape = append(r.shape, v.len())
		r.digits[i] = f.digits[v]
	}
	return r
}

// seek moves to a cell.
func (r *rounding) seek(pos int64) {
	for d := len(r.shape) - 1; d >= 0; d-- {
		r.coords[d] = int(pos % int64(r.shape[d]))
		pos /= int64(r.shape[d])
	}
}

// step moves to the next cell.
func (r *rounding) step() {
	for d := len(r.shape) - 1; d >= 0; d-- {
		if r.coords[d]++; r.coords[d] < r.shape[d] {
			return
		}
		r.coords[d] = 0
	}
}

// number rounds the number that a buffer ends with, for the cell at hand.
func (r *rounding) number(b []byte, from int) []byte {
	value, err := strconv.ParseFloat(string(b[from:]), 64)
	if err != nil {
		return b // beyond what a double holds
	}
	decimals := r.shown
	for i, digits := range r.digits {
		if digits != nil {
			decimals = max(decimals, digits[r.coords[i]])
		}
	}
	power := math.Pow10(decimals)
	scaled := value * power
	if r.up {
		scaled = math.Round(scaled)
	} else {
		scaled = math.RoundToEven(scaled)
	}
	if value = scaled / power; value == 0 {
		value = 0 // not -0
	}
	if value == 0 {
		return append(b[:from], '0')
	}
	return strconv.AppendFloat(b[:from], value, 'f', -1, 64)
}
