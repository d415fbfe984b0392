package rows

import (
	"bytes"
	"math"
	"strconv"
)

func trim(text []byte) []byte {
	if len(text) > 0 && text[0] > ' ' && text[0] < 0x80 && text[len(text)-1] > ' ' && text[len(text)-1] < 0x80 {
		return text
	}
	return bytes.TrimSpace(text)
}

// zeroInFront tells whether a text begins with a zero before a digit: 0301, -01.
func zeroInFront(text []byte) bool {
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	return len(text) > 1 && text[0] == '0' && text[1]-'0' <= 9
}

// isCode tells whether a text is a number with a zero in front: 0301, 01.1.
func isCode(text []byte) bool {
	point := false
	for i, c := range text {
		switch {
		case c-'0' <= 9:
		case (c == '.' || c == ',') && !point && i > 0 && i < len(text)-1:
			point = true
		default:
			return false
		}
	}
	return true
}

// isWhole tells whether a number token has no fraction and no exponent.
func isWhole(token []byte) bool {
	for _, c := range token {
		if c == '.' || c == 'e' || c == 'E' {
			return false
		}
	}
	return true
}

// wholeValue is a whole number of at most 15 digits.
func wholeValue(token []byte) (v int64, ok bool) {
	digits := token
	if len(digits) > 0 && digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 15 {
		return 0, false
	}
	for _, c := range digits {
		if c-'0' > 9 {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	if token[0] == '-' {
		v = -v
	}
	return v, true
}

// value is a number token as a float.
func value(token []byte) float64 {
	if v, ok := wholeValue(token); ok {
		return float64(v)
	}
	f, err := strconv.ParseFloat(string(token), 64)
	if err != nil {
		return math.Inf(1)
	}
	return f
}

// numberOf is the number that a text with a decimal point or comma stands for.
func numberOf(text []byte) (float64, bool) {
	v, err := strconv.ParseFloat(string(bytes.Replace(trim(text), []byte(","), []byte("."), 1)), 64)
	return v, err == nil
}

// threeDigits tells whether a number has three digits behind the mark, and one to three
// before it.
func threeDigits(token []byte) bool {
	digits := bytes.TrimPrefix(token, []byte("-"))
	i := bytes.IndexByte(digits, '.')
	return i > 0 && i <= 3 && len(digits) == i+4 && digits[0] != '0' && isWhole(digits[i+1:])
}

// groupMark is the mark between groups of three digits that a text looks as if it had,
// "" if it has none: a point or a comma.
func groupMark(text []byte) string {
	text = trim(text)
	if len(text) > 0 && text[0] == '-' {
		text = text[1:]
	}
	i := bytes.IndexAny(text, ".,")
	if i < 1 || i > 3 || text[0] == '0' {
		return ""
	}
	mark, other := text[i], byte('.'+','-text[i])
	whole := text
	if k := bytes.IndexByte(text, other); k >= 0 {
		if len(bytes.Trim(text[k+1:], "0123456789")) > 0 {
			return ""
		}
		whole = text[:k]
	}
	groups := bytes.Split(whole, []byte{mark})
	for k, g := range groups {
		if len(g) == 0 || len(bytes.Trim(g, "0123456789")) > 0 || k > 0 && len(g) != 3 {
			return ""
		}
	}
	if len(groups) < 2 {
		return ""
	}
	return string(mark)
}
