package jsontoken

import (
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/window"
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

// checkString checks the string that starts with the quote at index i, which is at or
// behind mark, and returns the index behind its closing quote. The window may
// move: what the caller needs of it must stand at or behind mark.
func (r *Reader) checkString(i int) (end int, err error) {
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
