package number

import (
	"bytes"
	"math"
	"strconv"
)

// Shape tells whether a checked JSON number has no fraction, and how many digits the part
// of it before the point has, at most 32,767.
func Shape(token []byte) (whole bool, digits int) {
	var buf [64]byte
	d := parse(token, buf[:])
	return d.point >= len(d.digits), min(max(d.point, 1), math.MaxInt16)
}

// decimal is a number token taken apart, without arithmetic: its value is 0.DIGITS times
// ten to the power of point. So all spellings of a number become one, and Append only has
// to place the point:
//
//	12.50    digits 125, point 2
//	0.00125  digits 125, point -2
//	1.25e1   digits 125, point 2
//	1200     digits 12, point 4
type decimal struct {
	neg    bool
	digits []byte // significant digits, without zeros at either end; none for zero
	point  int
	far    bool // the exponent does not fit in point
}

// farExponent bounds exponents. What is beyond it is no quantity.
const farExponent = 1 << 30

// parse takes a checked JSON number apart. The digits lie in buf, or in
// a new slice if buf is too short.
func parse(token, buf []byte) (d decimal) {
	if token[0] == '-' {
		d.neg = true
		token = token[1:]
	}
	exp := 0
	if k := bytes.IndexAny(token, "eE"); k >= 0 {
		exp, d.far = exponent(token[k+1:])
		token = token[:k]
	}
	whole, frac := token, []byte(nil)
	if k := bytes.IndexByte(token, '.'); k >= 0 {
		whole, frac = token[:k], token[k+1:]
	}
	digits := append(append(buf[:0], whole...), frac...)
	d.point = len(whole) + exp
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
		d.point--
	}
	for len(digits) > 0 && digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	if d.digits = digits; len(digits) == 0 {
		d.point, d.far = 0, false
	}
	return d
}

// exponent reads the digits behind e.
func exponent(text []byte) (exp int, far bool) {
	exp, err := strconv.Atoi(string(text))
	switch {
	case (err != nil && text[0] == '-') || exp < -farExponent:
		return -farExponent, true
	case err != nil || exp > farExponent:
		return farExponent, true
	}
	return exp, false
}

// Append appends a checked JSON number in the layout in which ECMAScript
// writes numbers (Number::toString): no trailing zeros, plain digits between
// 1e-6 and 1e21, an exponent with its sign beyond. All significant digits stay,
// also those that a double could not hold. A number with an exponent beyond
// 2^30 stays as it is.
func Append(dst, token []byte) []byte {
	var buf [64]byte
	d := parse(token, buf[:])
	if d.far {
		return append(dst, token...)
	}
	digits := d.digits
	n, k := d.point, len(digits)
	if k == 0 {
		return append(dst, '0')
	}
	if d.neg {
		dst = append(dst, '-')
	}
	switch {
	case k <= n && n <= 21:
		dst = append(dst, digits...)
		return zeros(dst, n-k)
	case 0 < n && n <= 21:
		dst = append(dst, digits[:n]...)
		dst = append(dst, '.')
		return append(dst, digits[n:]...)
	case -6 < n && n <= 0:
		dst = append(dst, "0."...)
		dst = zeros(dst, -n)
		return append(dst, digits...)
	}
	dst = append(dst, digits[0])
	if k > 1 {
		dst = append(dst, '.')
		dst = append(dst, digits[1:]...)
	}
	dst = append(dst, 'e')
	if n > 0 {
		dst = append(dst, '+')
	}
	return strconv.AppendInt(dst, int64(n-1), 10)
}

func zeros(dst []byte, n int) []byte {
	for ; n > 0; n-- {
		dst = append(dst, '0')
	}
	return dst
}
