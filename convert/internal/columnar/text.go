package columnar

import (
	"math/big"
	"strings"
	"time"
)

// AppendTime appends a time in full, for package rows to bring all times of a column to
// the precision that they need; in zone, with what it differs from UTC.
func AppendTime(dst []byte, t time.Time, zone bool) []byte {
	if zone {
		return t.AppendFormat(dst, time.RFC3339Nano)
	}
	return t.AppendFormat(dst, "2006-01-02T15:04:05.999999999")
}

// AppendClock appends a time of day, counted from midnight.
func AppendClock(dst []byte, d time.Duration) []byte {
	return time.Time{}.Add(d).AppendFormat(dst, "15:04:05.999999999")
}

// MaxScale is the most places of a decimal, to either side: more than any has.
const MaxScale = 1000

// AppendDecimal appends a number of so many decimal places.
func AppendDecimal(dst []byte, n *big.Int, scale int) []byte {
	digits := n.String()
	if digits[0] == '-' {
		dst, digits = append(dst, '-'), digits[1:]
	}
	if scale <= 0 {
		if digits == "0" {
			return append(dst, '0')
		}
		return append(append(dst, digits...), strings.Repeat("0", -scale)...)
	}
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	point := len(digits) - scale
	return append(append(append(dst, digits[:point]...), '.'), digits[point:]...)
}

// TwosComplement is a whole number, the highest byte first.
func TwosComplement(b []byte) *big.Int {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}
