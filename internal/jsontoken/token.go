package jsontoken

import (
	"fmt"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/window"
)

// Kind is the kind of a scalar or a container.
type Kind = window.Kind

// The kinds of scalars, see [window.Kind], and of containers.
const (
	Null   = window.Null
	Number = window.Number
	Raw    = window.Raw
	String = window.String
	True   = window.True
	False  = window.False
)

// The kinds of containers.
const (
	Array = False + 1 + iota
	Object
	Cells // a container that is kept as a Section
)

// Classes of bytes inside a string.
const (
	plain = iota
	quote
	escape
	control // also the sentinel
	multi   // first byte of a longer UTF-8 sequence, or a bad byte
)

var strClass = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c == '"':
			t[c] = quote
		case c == '\\':
			t[c] = escape
		case c < 0x20:
			t[c] = control
		case c >= 0x80:
			t[c] = multi
		}
	}
	return t
}()

// str checks the string that starts with the quote at index i, which is at or
// behind mark, and returns the index behind its closing quote. The window may
// move: what the caller needs of it must stand at or behind mark.
func (r *Reader) str(i int) (end int, err error) {
	i++
	for {
		for strClass[r.Buf[i]] == plain {
			i++
		}
		switch strClass[r.Buf[i]] {
		case quote:
			return i + 1, nil
		case escape:
			i = r.Need(i, len(`\uXXXX`))
			n := escapeLen(r.Buf[i:r.End])
			if n < 0 {
				return 0, r.Unexpected(r.End, "the end of a string")
			}
			if n == 0 {
				return 0, r.Fault(i, `bad escape in a string: \%s`, describeEscape(r.Buf[i+1:r.End]))
			}
			i += n
		case multi:
			if !utf8.FullRune(r.Buf[i:r.End]) {
				if i = r.Need(i, utf8.UTFMax); !utf8.FullRune(r.Buf[i:r.End]) {
					return 0, r.Unexpected(r.End, "the end of a string")
				}
			}
			_, n := utf8.DecodeRune(r.Buf[i:r.End])
			if n == 1 {
				return 0, &window.SyntaxError{Offset: r.Base + int64(i), UTF8: true,
					Msg: "byte 0x" + window.Hex(r.Buf[i]) + " is not UTF-8: the text has another encoding"}
			}
			i += n
		default:
			if i < r.End {
				return 0, r.Fault(i, "%s in a string", window.Describe(r.Buf[i:r.End]))
			}
			var ok bool
			if i, ok = r.More(i); !ok {
				return 0, r.Unexpected(r.End, "the end of a string")
			}
		}
	}
}

func describeEscape(b []byte) string {
	if b[0] >= 0x20 && b[0] < 0x7f {
		return string(b[:1])
	}
	return "0x" + window.Hex(b[0])
}

// escapeLen is the length of the escape at the start of b: 0 if it is none,
// -1 if b ends before that can be told.
func escapeLen(b []byte) int {
	if len(b) < 2 {
		return -1
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		for _, c := range b[2:min(len(b), 6)] {
			if unhex(c) < 0 {
				return 0
			}
		}
		if len(b) < 6 {
			return -1
		}
		return 6
	}
	return 0
}

func unhex(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}

// fault is what is wrong with a number.
type fault uint8

const (
	sound       fault = iota
	noDigit           // a digit is missing at the end that was returned
	leadingZero       // 007
	notFinite         // -I or -N, of what NaN may be made
)

// numberAt looks at the number at index i of a buffer with a sentinel. It
// returns the index behind it and the number of digits of its whole part; a
// Number has a fraction if it is longer than they and its sign.
func numberAt(buf []byte, i int) (end, whole int, kind Kind, bad fault) {
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
	return i, whole, kind, sound
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
	return kind, bad == sound && end == len(text)
}

// nan makes the error for the tokens that Python and R write and JSON forbids.
func (r *Reader) nan(i int) error {
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

// longest is the length of the longest literal.
const longest = len("-Infinity")

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
				return 0, 0, r.nan(i)
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

// Scalar checks the scalar at index i, which is at or behind mark, and returns
// its kind and the index behind it. The window may move as in str; from mark to
// end then still stands what stood there before.
func (r *Reader) Scalar(i int) (end int, kind Kind, err error) {
	switch c := r.Buf[i]; {
	case c == '"':
		end, err = r.str(i)
		return end, String, err
	case c-'0' <= 9 || c == '-':
		end, _, kind, bad := numberAt(r.Buf, i)
		for (end >= r.End || r.End-i < longest) && !r.Stuck() {
			i, _ = r.More(i)
			end, _, kind, bad = numberAt(r.Buf, i)
		}
		switch {
		case r.Err != nil && end >= r.End:
			return 0, 0, r.Err
		case bad == sound:
			return end, kind, nil
		case r.NaN && c == '-':
			return r.literal(i)
		case bad == leadingZero:
			return 0, 0, r.Fault(i, "a number with a leading zero")
		case bad == notFinite:
			return 0, 0, r.nan(i)
		}
		return 0, 0, r.Unexpected(end, "a digit")
	}
	i = r.Need(i, longest)
	if r.Err != nil && r.End-i < longest {
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

// Unquote appends the text of a JSON string, given with its quotes and already
// checked, to dst. Half surrogates become U+FFFD.
func Unquote(dst, quoted []byte) []byte {
	s := quoted[1 : len(quoted)-1]
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			k := i
			for k < len(s) && s[k] != '\\' {
				k++
			}
			dst = append(dst, s[i:k]...)
			i = k
			continue
		}
		switch s[i+1] {
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'n':
			dst = append(dst, '\n')
		case 'r':
			dst = append(dst, '\r')
		case 't':
			dst = append(dst, '\t')
		case 'u':
			c := hex4(s[i+2:])
			i += 6
			if 0xd800 <= c && c < 0xe000 {
				low := rune(0)
				if c < 0xdc00 && i+6 <= len(s) && s[i] == '\\' && s[i+1] == 'u' {
					low = hex4(s[i+2:])
				}
				if 0xdc00 <= low && low < 0xe000 {
					c = 0x10000 + (c-0xd800)<<10 + (low - 0xdc00)
					i += 6
				} else {
					c = utf8.RuneError
				}
			}
			dst = utf8.AppendRune(dst, c)
			continue
		default:
			dst = append(dst, s[i+1])
		}
		i += 2
	}
	return dst
}

func hex4(b []byte) rune {
	return unhex(b[0])<<12 | unhex(b[1])<<8 | unhex(b[2])<<4 | unhex(b[3])
}

// Unquoter is [Unquote], for [window.Grammar].
func (r *Reader) Unquoter() func(dst, quoted []byte) []byte { return Unquote }

// MaxDepth is how deep arrays and objects may lie in each other: no statistical office
// comes near it.
const MaxDepth = 256

// tooDeep is the error for a value that lies too deep in others.
func (r *Reader) tooDeep(off int64) error {
	return &window.SyntaxError{Offset: off, Limit: true, Msg: fmt.Sprintf("more than %d arrays and objects inside each other", MaxDepth)}
}
