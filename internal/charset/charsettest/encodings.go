// Package charsettest has one text in the encodings that a reader of JSON understands.
package charsettest

import (
	"encoding/binary"
	"unicode/utf16"

	"github.com/jsonstat-go/toolkit/internal/charset"
)

// Encodings are a text in UTF-8 with a byte order mark, and in UTF-16 with one and
// without, by what they are called in a message.
func Encodings(text string) map[string]string {
	return map[string]string{
		"UTF-8 with a mark":                 charset.MarkUTF8 + text,
		"UTF-16, little end first, a mark":  charset.MarkUTF16LE + units(text, binary.LittleEndian),
		"UTF-16, big end first, a mark":     charset.MarkUTF16BE + units(text, binary.BigEndian),
		"UTF-16, little end first, no mark": units(text, binary.LittleEndian),
		"UTF-16, big end first, no mark":    units(text, binary.BigEndian),
	}
}

// units is a text in UTF-16.
func units(text string, order binary.AppendByteOrder) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}
