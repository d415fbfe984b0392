package jsontoken

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// nanError makes the error for the tokens that Python and R write and JSON forbids.
func (r *Reader) nanError(i int) error {
	return &window.SyntaxError{Offset: r.Base + int64(i), NaN: true, Msg: "NaN and Infinity are not JSON"}
}

// literals that may stand for a value, the last three only for readers that
// take them as null.
var literals = []struct {
	text string
	kind Kind
	nan  bool
}{
	{"null", Null, false}, {"true", True, false}, {"false", False, false},
	{"NaN", Null, true}, {"Infinity", Null, true}, {"-Infinity", Null, true},
}

// longestLiteral is the length of the longest literal.
const longestLiteral = len("-Infinity")

// literal checks the word at index i, which is all in the window or at the end
// of the text. It returns the index behind it.
func (r *Reader) literal(i int) (end int, kind Kind, err error) {
	text := r.Buf[i:r.End]
	if len(text) == 0 {
		return 0, 0, r.Unexpected(i, "a value")
	}
	for _, l := range literals {
		if len(text) >= len(l.text) && string(text[:len(l.text)]) == l.text {
			if l.nan && !r.NaN {
				return 0, 0, r.nanError(i)
			}
			return i + len(l.text), l.kind, nil
		}
	}
	for _, l := range literals {
		if len(text) < len(l.text) && string(text) == l.text[:len(text)] {
			return 0, 0, r.Unexpected(r.End, "the rest of "+l.text)
		}
	}
	return 0, 0, r.Unexpected(i, "a value")
}

// Scalar checks the scalar at index i, which is at or behind mark, and returns its kind and
// the index behind it. The window may move; the bytes from mark on then stay in it. A number
// that ends with the window may go on behind it (12 of 123), so it is read again once more
// bytes are there.
func (r *Reader) Scalar(i int) (end int, kind Kind, err error) {
	switch c := r.Buf[i]; {
	case c == '"':
		end, err = r.checkString(i)
		return end, String, err
	case c-'0' <= 9 || c == '-':
		end, _, kind, bad := numberAt(r.Buf, i)
		for (end >= r.End || r.End-i < longestLiteral) && !r.Stuck() {
			i, _ = r.More(i)
			end, _, kind, bad = numberAt(r.Buf, i)
		}
		switch {
		case r.Err != nil && end >= r.End:
			return 0, 0, r.Err
		case bad == validNumber:
			return end, kind, nil
		case r.NaN && c == '-':
			return r.literal(i)
		case bad == leadingZero:
			return 0, 0, r.Fault(i, "a number with a leading zero")
		case bad == notFinite:
			return 0, 0, r.nanError(i)
		}
		return 0, 0, r.Unexpected(end, "a digit")
	}
	i = r.Need(i, longestLiteral)
	if r.Err != nil && r.End-i < longestLiteral {
		return 0, 0, r.Err
	}
	return r.literal(i)
}

// noComma is the error for what stands at index i instead of a comma or a closing bracket.
func (r *Reader) noComma(i int, closing byte) error {
	if closing == ']' {
		return r.Unexpected(i, "a comma or the end of the array")
	}
	return r.Unexpected(i, "a comma or the end of the object")
}

// MaxDepth is how deep arrays and objects may lie in each other: no statistical office
// comes near it.
const MaxDepth = 256

// tooDeep is the error for a value that lies too deep in others.
func (r *Reader) tooDeep(off int64) error {
	return &window.SyntaxError{Offset: off, Limit: true, Msg: fmt.Sprintf("more than %d arrays and objects inside each other", MaxDepth)}
}
