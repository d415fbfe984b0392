package jsontoken

import "unicode/utf8"

// AppendString appends a text as a JSON string. Only what must be is escaped.
func AppendString(dst []byte, s string) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c < 0x20:
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			dst = utf8.AppendRune(dst, r) // bad bytes become U+FFFD
			i += n
			continue
		}
		i++
	}
	return append(dst, '"')
}

// AppendComma puts a comma behind a member or an element, and nothing behind an open
// bracket. Whoever builds an object or an array calls it in front of each.
func AppendComma(dst []byte) []byte {
	if last := dst[len(dst)-1]; last == '{' || last == '[' {
		return dst
	}
	return append(dst, ',')
}

// AppendName begins a member of an object: a comma if there is one in front of it, its
// name, the colon.
func AppendName(dst []byte, name string) []byte {
	return append(AppendString(AppendComma(dst), name), ':')
}

// AppendList appends an array of texts.
func AppendList(dst []byte, texts []string) []byte {
	dst = append(dst, '[')
	for _, text := range texts {
		dst = AppendString(AppendComma(dst), text)
	}
	return append(dst, ']')
}
