package columnar

import (
	"bytes"
	"math"
	"strconv"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// sureDigits is how many digits every decimal keeps on its way through a float64.
const sureDigits = 15

var (
	sure   = uint64(math.Pow10(sureDigits))
	powers = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}
)

// parseShort reads a plain decimal of at most 15 digits. Mantissa and power of ten
// are exact, so their quotient is the float nearest to the decimal.
func parseShort(token []byte) (f float64, ok bool) {
	neg := false
	if len(token) > 0 && token[0] == '-' {
		neg, token = true, token[1:]
	}
	if len(token) == 0 || len(token) > sureDigits+4 {
		return 0, false
	}
	m, point := uint64(0), len(token)-1
	for i, b := range token {
		if d := b - '0'; d <= 9 {
			m = m*10 + uint64(d)
		} else if b == '.' {
			point = i
		} else {
			return 0, false // an exponent
		}
	}
	if m >= sure {
		return 0, false
	}
	f = float64(m)
	if k := len(token) - 1 - point; k > 0 {
		f /= powers[k]
	}
	if neg && m > 0 { // -0 is 0
		f = -f
	}
	return f, true
}

// number makes floats of number tokens.
type number struct{ text, back []byte }

// canonical is a token as [jsonstat.AppendNumber] lays it out.
func (n *number) canonical(kind jsonstat.Kind, token []byte) []byte {
	if kind == jsonstat.NumberRaw {
		n.text = jsonstat.AppendNumber(n.text[:0], token)
		return n.text
	}
	return token
}

// float is the float64 nearest to a token, and whether the token comes back from it.
func (n *number) float(kind jsonstat.Kind, token []byte) (f float64, exact bool) {
	if f, ok := parseShort(token); ok {
		return f, true
	}
	token = n.canonical(kind, token)
	if f, ok := parseShort(token); ok {
		return f, true
	}
	f, err := strconv.ParseFloat(string(token), 64)
	if err != nil {
		return f, false // too large
	}
	n.back = appendFloat(n.back[:0], f, 64)
	return f, bytes.Equal(n.back, token)
}

// int is a token as an int64; ok is false if it has a fraction or does not fit.
func (n *number) int(kind jsonstat.Kind, token []byte) (k int64, ok bool) {
	token = n.canonical(kind, token)
	if len(token) < 19 {
		neg := token[0] == '-'
		digits := token
		if neg {
			digits = token[1:]
		}
		for _, b := range digits {
			d := b - '0'
			if d > 9 {
				return 0, false
			}
			k = k*10 + int64(d)
		}
		if neg {
			k = -k
		}
		return k, true
	}
	k, err := strconv.ParseInt(string(token), 10, 64)
	return k, err == nil
}

// whole tells whether a canonical number has no fraction.
func whole(token []byte) bool {
	if e := bytes.IndexByte(token, 'e'); e >= 0 {
		if token[e+1] == '-' {
			return false
		}
		exp, err := strconv.Atoi(string(token[e+1:]))
		point := bytes.IndexByte(token[:e], '.')
		return err != nil || point < 0 || e-point-1 <= exp
	}
	return bytes.IndexByte(token, '.') < 0
}

// appendThousandths appends a number of thousandths that is not whole.
func appendThousandths(dst []byte, m uint64, negative bool) []byte {
	if negative {
		dst = append(dst, '-')
	}
	dst = strconv.AppendUint(dst, m/1000, 10)
	m %= 1000
	dst = append(dst, '.', byte('0'+m/100))
	if m %= 100; m > 0 {
		dst = append(dst, byte('0'+m/10))
	}
	if m %= 10; m > 0 {
		dst = append(dst, byte('0'+m))
	}
	return dst
}

// appendFloat appends the decimal that a float stands for: all the digits of a
// whole number below 10^21, else the shortest that is nearest to it. That is what
// ECMAScript prints, but for whole numbers above 2^53, in which it puts zeros.
func appendFloat(dst []byte, f float64, bits int) []byte {
	var buf [32]byte
	if abs := math.Abs(f); abs < 1e15 && bits == 64 && f == math.Trunc(f) {
		return strconv.AppendInt(dst, int64(f), 10)
	} else if m := math.Round(abs * 1000); m < 1e15 && bits == 64 && m/1000 == abs {
		return appendThousandths(dst, uint64(m), f < 0) // no other decimal of so few digits is nearest to it
	} else if abs >= 1<<53 && abs < 1e21 && bits == 64 {
		return strconv.AppendFloat(dst, f, 'f', 0, 64)
	}
	return jsonstat.AppendNumber(dst, strconv.AppendFloat(buf[:0], f, 'e', -1, bits))
}
