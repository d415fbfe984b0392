package xmltoken

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// AppendText appends the text that is written as src, in front of a tag or as the value
// of an attribute: entities are undone. What is not UTF-8 is an error.
func AppendText(dst, src []byte) ([]byte, error) {
	from := len(dst)
	if isShortASCII(src) {
		return append(dst, src...), nil
	}
	for len(src) > 0 {
		i := bytes.IndexByte(src, '&')
		if i < 0 {
			dst = append(dst, src...)
			break
		}
		dst = append(dst, src[:i]...)
		src = src[i:]
		end := bytes.IndexByte(src, ';')
		if end < 0 || end > 12 {
			return dst, fail("%.12q is not an entity", src)
		}
		r, ok := entity(string(src[1:end]))
		if !ok {
			return dst, fail("%q is not a known entity", src[:end+1])
		}
		dst = utf8.AppendRune(dst, r)
		src = src[end+1:]
	}
	if !utf8.Valid(dst[from:]) {
		return dst, fail("a text is not UTF-8")
	}
	return dst, nil
}

// isShortASCII tells whether a text is short and has nothing to decode, as numbers
// have.
func isShortASCII(src []byte) bool {
	if len(src) > 32 {
		return false
	}
	for _, c := range src {
		if c == '&' || c >= 0x80 {
			return false
		}
	}
	return true
}

// entity is the character that an entity stands for.
func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' || digits[0] == 'X' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}
