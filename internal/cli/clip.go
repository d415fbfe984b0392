package cli

import "unicode/utf8"

// maxLine is how many characters of a message are printed.
const maxLine = 600

// clip cuts the middle from a long line. What is wrong stands at its start, and
// where at its end.
func clip(s string) string {
	const tail = 150
	if utf8.RuneCountInString(s) <= maxLine {
		return s
	}
	runes := []rune(s)
	return string(runes[:maxLine-tail-3]) + "..." + string(runes[len(runes)-tail:])
}
