package scan

import (
	"bytes"
	"math"
	"strconv"
)

// Decimal is a number token taken apart, without arithmetic: its significant
// digits are token[from:to], a point among them left out, and its value is
// 0.DIGITS times ten to the power of Point.
type Decimal struct {
	Neg    bool
	Point  int
	digits []byte
	buf    [40]byte
}

// Digits are the significant digits, without zeros at either end; none for zero.
func (d *Decimal) Digits() []byte { return d.digits }

// ParseDecimal takes a checked JSON number apart.
func ParseDecimal(token []byte) *Decimal {
	d := new(Decimal)
	d.parse(token)
	return d
}

func (d *Decimal) parse(token []byte) {
	if token[0] == '-' {
		d.Neg = true
		token = token[1:]
	}
	exp := 0
	if k := bytes.IndexAny(token, "eE"); k >= 0 {
		exp = exponent(token[k+1:])
		token = token[:k]
	}
	whole, frac := token, []byte(nil)
	if k := bytes.IndexByte(token, '.'); k >= 0 {
		whole, frac = token[:k], token[k+1:]
	}
	digits := append(append(d.buf[:0], whole...), frac...)
	point := len(whole)
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
		point--
	}
	for len(digits) > 0 && digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	d.digits, d.Point = digits, point+exp
	if len(digits) == 0 {
		d.Point = 0
	}
}

// exponent reads the digits behind e; what no int could hold is cut to a
// number far beyond any real exponent.
func exponent(text []byte) int {
	exp, err := strconv.Atoi(string(text))
	const far = math.MaxInt32
	switch {
	case err != nil && text[0] == '-', exp < -far:
		return -far
	case err != nil, exp > far:
		return far
	}
	return exp
}

// AppendNumber appends a checked JSON number in the layout in which ECMAScript
// writes numbers (Number::toString): no trailing zeros, plain digits between
// 1e-6 and 1e21, an exponent with its sign beyond. All significant digits stay,
// also those that a double could not hold.
func AppendNumber(dst, token []byte) []byte {
	var d Decimal
	d.parse(token)
	digits := d.digits
	n, k := d.Point, len(digits)
	if k == 0 {
		return append(dst, '0')
	}
	if d.Neg {
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
