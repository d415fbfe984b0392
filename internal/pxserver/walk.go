package pxserver

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// A walk goes over the cells of an extract, the last axis fastest.
type walk struct {
	e    *extract
	at   []int // category by axis; nil is before the first cell
	base []int // positions in the table
	sum  adder

	// The cell at which it stands, until next is called again. No token is null.
	token  []byte
	symbol string
}

func newWalk(e *extract) *walk { return &walk{e: e, base: make([]int, len(e.axes))} }

// next goes to the next cell, if there is one.
func (w *walk) next() bool {
	if !w.turn() {
		return false
	}
	single := true
	for i, k := range w.at {
		members := w.e.axes[i].picks[k].members
		single = single && len(members) == 1
		if len(members) > 0 {
			w.base[w.e.axes[i].of] = members[0]
		}
	}
	if single {
		w.token, w.symbol = w.e.t.Cells(w.token[:0], w.base, w.e.edition)
		return true
	}
	w.sum.reset()
	w.add(0)
	w.token, w.symbol = w.sum.result(w.token[:0])
	return true
}

// text is the figure, or the symbol that stands for it.
func (w *walk) text() string { return cmp.Or(string(w.token), w.symbol, "..") }

// turn moves the categories on by one cell.
func (w *walk) turn() bool {
	if w.at == nil {
		w.at = make([]int, len(w.e.axes))
		return !slices.ContainsFunc(w.e.axes, func(a axis) bool { return len(a.picks) == 0 })
	}
	for i := len(w.at) - 1; i >= 0; i-- {
		if w.at[i]++; w.at[i] < len(w.e.axes[i].picks) {
			return true
		}
		w.at[i] = 0
	}
	return false
}

// add adds up the cells of all members from an axis on.
func (w *walk) add(axis int) {
	if axis == len(w.base) {
		w.token, w.sum.symbol = w.e.t.Cells(w.token[:0], w.base, w.e.edition)
		w.sum.add(w.token)
		return
	}
	for _, m := range w.e.axes[axis].picks[w.at[axis]].members {
		w.base[w.e.axes[axis].of] = m
		w.add(axis + 1)
	}
}

// An adder adds numbers exactly. Missing ones make the sum missing, for their
// reason if they share one; "-" is zero.
type adder struct {
	total   big.Int
	scale   int // total is in units of 10^-scale
	missing string
	symbol  string
}

func (a *adder) reset() {
	a.total.SetInt64(0)
	a.scale, a.missing = 0, ""
}

func (a *adder) add(token []byte) {
	if len(token) == 0 {
		switch {
		case a.symbol == NilSymbol:
		case a.symbol == "" && a.missing == "":
			a.missing = ".."
		case a.missing == "":
			a.missing = a.symbol
		case a.missing != a.symbol:
			a.missing = SumSymbol
		}
		return
	}
	digits, exponent := string(token), 0
	if i := strings.IndexAny(digits, "eE"); i >= 0 {
		exponent, _ = strconv.Atoi(digits[i+1:])
		digits = digits[:i]
	}
	if i := strings.IndexByte(digits, '.'); i >= 0 {
		exponent -= len(digits) - i - 1
		digits = digits[:i] + digits[i+1:]
	}
	n, _ := new(big.Int).SetString(digits, 10)
	switch {
	case -exponent > a.scale:
		a.total.Mul(&a.total, power(-exponent-a.scale))
		a.scale = -exponent
	case -exponent < a.scale:
		n.Mul(n, power(a.scale+exponent))
	}
	a.total.Add(&a.total, n)
}

func power(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// result appends the sum, without zeros at the end of its decimals.
func (a *adder) result(dst []byte) ([]byte, string) {
	if a.missing != "" {
		return dst, a.missing
	}
	text := a.total.String()
	sign := ""
	if text[0] == '-' {
		sign, text = "-", text[1:]
	}
	if a.scale > 0 {
		if len(text) <= a.scale {
			text = strings.Repeat("0", a.scale-len(text)+1) + text
		}
		text = strings.TrimRight(text[:len(text)-a.scale]+"."+text[len(text)-a.scale:], "0")
		text = strings.TrimSuffix(text, ".")
	}
	return append(append(dst, sign...), text...), ""
}
