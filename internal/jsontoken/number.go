package jsontoken

import "github.com/jsonstat-go/toolkit/internal/window"

// numberFault is what is wrong with a number.
type numberFault uint8

const (
	validNumber numberFault = iota
	noDigit                 // a digit is missing at the end that was returned
	leadingZero             // 007
	notFinite               // -I or -N, of what NaN may be made
)

// numberAt reads the number at index i of a buffer with a sentinel: the index behind it,
// the digits of its whole part, and whether its text is the one that ECMAScript writes
// (Number) or must be laid out anew (Raw). 12.5 and 100 are Number; 12.50, 1e3, -0,
// 0.0000001 and numbers of more than 21 digits are Raw. The kind is found in the same pass
// as the end, so that writers of text copy most numbers without a second look.
func numberAt(buf []byte, i int) (end, whole int, kind Kind, bad numberFault) {
	start := i
	if buf[i] == '-' {
		i++
	}
	first := i
	for buf[i]-'0' <= 9 {
		i++
	}
	whole = i - first
	zero := buf[first] == '0'
	switch {
	case whole == 0:
		if buf[i] == 'I' || buf[i] == 'N' {
			return i, 0, Raw, notFinite
		}
		return i, 0, Raw, noDigit
	case zero && whole > 1:
		return i, whole, Raw, leadingZero
	}
	kind = Number
	if whole > 21 || (zero && first > start && buf[i] != '.') {
		kind = Raw // too long for plain digits; -0 is 0
	}
	if buf[i] == '.' {
		i++
		frac := i
		for buf[i]-'0' <= 9 {
			i++
		}
		if i == frac {
			return i, whole, Raw, noDigit
		}
		// Trailing zeros go, and below a millionth the layout has an exponent.
		if buf[i-1] == '0' || (zero && i-frac > 6 && string(buf[frac:frac+6]) == "000000") {
			kind = Raw
		}
	}
	if buf[i]|0x20 == 'e' {
		kind = Raw
		i++
		if buf[i] == '+' || buf[i] == '-' {
			i++
		}
		exp := i
		for buf[i]-'0' <= 9 {
			i++
		}
		if i == exp {
			return i, whole, Raw, noDigit
		}
	}
	return i, whole, kind, validNumber
}

// IsNumber tells whether a text is a number as JSON writes it.
func IsNumber[T []byte | string](text T) bool {
	_, ok := NumberKind(text)
	return ok
}

// NumberKind tells whether a text is a JSON number, and its kind.
func NumberKind[T []byte | string](text T) (Kind, bool) {
	var room [64]byte
	var sentinel [window.Pad]byte
	buf := append(append(room[:0], text...), sentinel[:]...)
	if c := buf[0]; c != '-' && c-'0' > 9 {
		return Null, false
	}
	end, _, kind, bad := numberAt(buf, 0)
	return kind, bad == validNumber && end == len(text)
}
