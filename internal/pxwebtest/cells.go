package pxwebtest

import (
	"math/big"
	"strconv"
	"strings"
)

// A walk goes over the cells of an extract, the last axis fastest.
type walk struct {
	e     *extract
	f     CellFunc
	at    []int // category by axis
	base  []int // positions in the table
	begun bool
	token []byte
	sum   adder
}

func (e *extract) walk() *walk {
	w := &walk{e: e, f: e.t.Cells, at: make([]int, len(e.axes)), base: make([]int, len(e.axes))}
	if w.f == nil {
		w.f = Pseudo(0)
	}
	return w
}

// next is the token (empty for null) and the symbol of the next cell. The token
// is good until the next call.
func (w *walk) next() (token []byte, symbol string, ok bool) {
	if !w.begun {
		w.begun = true
		for i := range w.e.axes {
			if len(w.e.axes[i].picks) == 0 {
				return nil, "", false
			}
		}
	} else {
		i := len(w.at) - 1
		for ; i >= 0; i-- {
			if w.at[i]++; w.at[i] < len(w.e.axes[i].picks) {
				break
			}
			w.at[i] = 0
		}
		if i < 0 {
			return nil, "", false
		}
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
		w.token, symbol = w.f(w.token[:0], w.base, w.e.edition)
		return w.token, symbol, true
	}
	w.sum.reset()
	w.add(0)
	w.token, symbol = w.sum.result(w.token[:0])
	return w.token, symbol, true
}

// add adds up the cells of all members from an axis on.
func (w *walk) add(axis int) {
	if axis == len(w.base) {
		w.token, w.sum.symbol = w.f(w.token[:0], w.base, w.e.edition)
		w.sum.add(w.token)
		return
	}
	for _, m := range w.e.axes[axis].picks[w.at[axis]].members {
		w.base[w.e.axes[axis].of] = m
		w.add(axis + 1)
	}
}

// SumSymbol stands for a sum of which parts are missing for different reasons.
const SumSymbol = "......."

// NilSymbol is an exact zero.
const NilSymbol = "-"

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

// Pseudo is a CellFunc of figures that look like counts and shares, the same for
// the same seed; some are missing, with a symbol, and some have a symbol all the
// same.
func Pseudo(seed uint64) CellFunc {
	return func(dst []byte, at []int, edition int) ([]byte, string) {
		h := hash(seed, at, edition)
		switch kind := h >> 58; {
		case kind == 0:
			return dst, ".."
		case kind == 1:
			return dst, ":"
		case kind == 2:
			return dst, "."
		case kind == 3:
			return dst, NilSymbol
		case kind == 4:
			return strconv.AppendUint(dst, h%1000, 10), "*" // a note on a figure that is there
		case kind < 12:
			dst = strconv.AppendUint(dst, h%1000, 10)
			return append(dst, '.', byte('1'+h>>20%9)), ""
		}
		return strconv.AppendUint(dst, h>>8%100_000, 10), ""
	}
}

// Whole is a CellFunc of whole numbers without gaps.
func Whole(seed uint64) CellFunc {
	return func(dst []byte, at []int, edition int) ([]byte, string) {
		return strconv.AppendUint(dst, hash(seed, at, edition)%100_000, 10), ""
	}
}

// OddTokens are number tokens that only survive if nobody reads them as a float
// and writes them again.
var OddTokens = []string{"0", "-0", "0.10", "1e-7", "1E-07", "12345678901234567", "0.12345678901234567", "-17.50", "1.0", "5", "100", "9007199254740993", "0.000001", "-3.14159265358979312", "1.5e10", "42"}

// Odd is a CellFunc of OddTokens and of symbols, also on figures.
func Odd(seed uint64) CellFunc {
	symbols := []string{"", ".", "..", ":", NilSymbol, "*", "...", "......."}
	return func(dst []byte, at []int, edition int) ([]byte, string) {
		h := hash(seed, at, edition)
		symbol := symbols[h>>40%uint64(len(symbols))]
		if h>>32%4 == 0 && symbol != "" || h>>32%32 == 1 {
			return dst, symbol // null, now and then without a symbol
		}
		if h>>32%4 == 2 {
			symbol = ""
		}
		return append(dst, OddTokens[h%uint64(len(OddTokens))]...), symbol
	}
}

// hash mixes positions, edition and seed.
func hash(seed uint64, at []int, edition int) uint64 {
	h := seed ^ uint64(edition)*0x9E3779B97F4A7C15
	for _, p := range at {
		h += uint64(p) + 0x9E3779B97F4A7C15
		h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
		h = (h ^ h>>27) * 0x94D049BB133111EB
		h ^= h >> 31
	}
	return h
}
