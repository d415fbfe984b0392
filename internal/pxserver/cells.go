package pxserver

import "strconv"

// SumSymbol stands for a sum of which parts are missing for different reasons.
const SumSymbol = "......."

// NilSymbol is an exact zero.
const NilSymbol = "-"

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
