// Package textform tells texts apart that look the same.
package textform

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Of is a text in the form that all have which look the same: composed (NFC), without
// blanks around it and with one blank for each run of blanks. Most texts are in it
// already, and are returned as they are.
func Of(text string) string {
	plain := true
	blank := true // before the text
	for i := range len(text) {
		c := text[i]
		if c >= 0x80 || c < ' ' || c == ' ' && blank {
			plain = false
			break
		}
		blank = c == ' '
	}
	if plain && !blank || text == "" {
		return text
	}
	text = norm.NFC.String(text)
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff'
	}), " ")
}
