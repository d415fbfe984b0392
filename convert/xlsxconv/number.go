package xlsxconv

import (
	"bytes"
	"math"
	"strconv"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A cell of a sheet holds a float64. These are the digits that all float64 hold, and
// that all programs write: LibreOffice rounds to them.
const sureDigits = 15

// float finds what a cell holds of a number in ECMAScript's layout: the nearest
// float64 in the shortest way. sure tells whether that is the number itself, and
// stays so in all programs; ok is false if no cell can hold it, since it is too
// large or too close to zero.
func float(dst, number []byte) (cell []byte, sure, ok bool) {
	f, err := strconv.ParseFloat(string(number), 64)
	if err != nil || (f == 0) != isZero(number) || (f != 0 && math.Abs(f) < 0x1p-1022) || math.Abs(f) > 9.99999999999999e307 {
		return dst, false, false
	}
	from := len(dst)
	var shortest [32]byte
	dst = jsonstat.AppendNumber(dst, strconv.AppendFloat(shortest[:0], f, 'e', -1, 64))
	return dst, significant(number) <= sureDigits && bytes.Equal(dst[from:], number), true
}

// significant is the number of digits of a number without zeros at either end.
func significant(number []byte) int {
	n, zeros := 0, 0
	for _, c := range number {
		switch {
		case c == 'e' || c == 'E':
			return n
		case c == '0' && n > 0:
			zeros++
		case '1' <= c && c <= '9':
			n += zeros + 1
			zeros = 0
		}
	}
	return n
}

// rounded is a number as a program writes it that knows 15 digits.
func rounded(dst, number []byte) []byte {
	f, err := strconv.ParseFloat(string(number), 64)
	if err != nil {
		return dst
	}
	var buf [32]byte
	return jsonstat.AppendNumber(dst, strconv.AppendFloat(buf[:0], f, 'e', sureDigits-1, 64))
}

// isZero tells whether a number has no digit but zeros in front of its exponent.
func isZero(number []byte) bool {
	for _, c := range number {
		if '1' <= c && c <= '9' {
			return false
		}
		if c == 'e' || c == 'E' {
			break
		}
	}
	return true
}

// appendNumber appends a number of a sheet.
func appendNumber(dst, text []byte) []byte {
	dst, _ = number(dst, text)
	return dst
}

// number appends a number of a sheet as JSON writes it. Programs write a float64 with
// up to 17 digits: 0.1 comes as 0.10000000000000001. So what has more digits than are
// sure is the shortest number that is the same float64. What is no number a float64 can
// be stays as it is, and ok is false.
func number(dst, text []byte) (number []byte, ok bool) {
	if len(text) <= sureDigits && isPlain(text) {
		return append(dst, text...), true
	}
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return append(dst, text...), false
	}
	var buf [32]byte
	return jsonstat.AppendNumber(dst, strconv.AppendFloat(buf[:0], f, 'e', -1, 64)), true
}

// isPlain tells whether a text is a JSON number without an exponent.
func isPlain(text []byte) bool {
	i := 0
	if len(text) > 0 && text[0] == '-' {
		i = 1
	}
	digits, point := 0, -1
	for k := i; k < len(text); k++ {
		switch c := text[k]; {
		case '0' <= c && c <= '9':
			digits++
		case c == '.' && point < 0 && digits > 0 && k < len(text)-1:
			point = k
		default:
			return false
		}
	}
	lead := len(text) - i
	if point >= 0 {
		lead = point - i
	}
	return digits > 0 && (text[i] != '0' || lead == 1)
}
