package cli

import "strings"

// A door is how one of the commands of a program was come by. The zero door is that of
// a command that is a program itself.
type door struct {
	called string            // the words before its own: "jsonstat", "jsonstat fetch"
	id     string            // the same for who knows commands by one name alone: "pxfetch"
	names  map[string]string // how programs are called behind this door, by their own names
}

// rename puts the names by which programs are called here in the place of their own, in
// a text of ours. What is part of a longer word, a path or an address is no such name.
func (d door) rename(text string) string {
	names := d.names
	if len(names) == 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && isNamePart(text[end]) {
			end++
		}
		switch {
		case end == i:
			b.WriteByte(text[i])
			i++
			continue
		case names[text[i:end]] != "" && !(i > 0 && joins(text[i-1])) && !(end < len(text) && (joins(text[end]) || text[end] == '.' && end+1 < len(text) && isNamePart(text[end+1]))):
			b.WriteString(names[text[i:end]])
		default:
			b.WriteString(text[i:end])
		}
		i = end
	}
	return b.String()
}

// isNamePart tells whether a byte makes a word longer.
func isNamePart(c byte) bool {
	return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// joins tells whether a byte beside a word makes it a part of a path, an address or a
// value.
func joins(c byte) bool { return strings.IndexByte(`/\@=`, c) >= 0 }
