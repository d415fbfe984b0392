package csvtext

import "bytes"

// Number makes a JSON number of a field: with a point, and without what people
// write but JSON does not have, a plus sign, leading zeros, a bare point. The
// token lies in field, or in room, which is for reuse, unless it had to be tidied up.
func Number(field []byte, mark string, room *[]byte) (token []byte, ok bool) {
	if len(field) == 0 {
		return nil, false
	}
	if first, last := field[0], field[len(field)-1]; first <= ' ' || last <= ' ' {
		field = bytes.TrimSpace(field)
	}
	if mark != "." {
		if i := bytes.Index(field, []byte(mark)); i >= 0 {
			*room = append(append(append((*room)[:0], field[:i]...), '.'), field[i+len(mark):]...)
			field = *room
		} else if bytes.IndexByte(field, '.') >= 0 {
			return nil, false // 1.234 may well be a thousand
		}
	}
	switch isNumber(field) {
	case plainNumber:
		return field, true
	case loosely:
		return tidy(field), true
	}
	return nil, false
}

// IsNumber tells whether a text is a number with a decimal point.
func IsNumber(text []byte) bool { return isNumber(text) != noNumber }

// looks is what a text looks like.
type looks uint8

const (
	noNumber looks = iota
	plainNumber
	loosely // a number, but not in JSON
)

func isNumber(b []byte) looks {
	kind := plainNumber
	i := 0
	if i < len(b) && (b[i] == '-' || b[i] == '+') {
		if b[i] == '+' {
			kind = loosely
		}
		i++
	}
	from := i
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	whole := i - from
	if whole == 0 || (whole > 1 && b[from] == '0') {
		kind = loosely
	}
	frac := 0
	if i < len(b) && b[i] == '.' {
		i++
		from = i
		for i < len(b) && b[i]-'0' <= 9 {
			i++
		}
		if frac = i - from; frac == 0 {
			kind = loosely
		}
	}
	if whole+frac == 0 {
		return noNumber
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		i++
		if i < len(b) && (b[i] == '-' || b[i] == '+') {
			i++
		}
		from = i
		for i < len(b) && b[i]-'0' <= 9 {
			i++
		}
		if i == from {
			return noNumber
		}
	}
	if i < len(b) {
		return noNumber
	}
	return kind
}

// tidy writes a number as JSON does.
func tidy(b []byte) []byte {
	var out []byte
	if b[0] == '-' {
		out = append(out, '-')
	}
	b = bytes.TrimLeft(b, "+-")
	end := bytes.IndexAny(b, ".eE")
	if end < 0 {
		end = len(b)
	}
	whole := bytes.TrimLeft(b[:end], "0")
	if len(whole) == 0 {
		whole = []byte("0")
	}
	out = append(out, whole...)
	rest := b[end:]
	if len(rest) > 0 && rest[0] == '.' && (len(rest) == 1 || rest[1] == 'e' || rest[1] == 'E') {
		rest = rest[1:]
	}
	return append(out, rest...)
}
