package screen

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// rules are those of terminals, whatever the language of the machine: what is wide in East
// Asian alone is narrow, combining characters have no width.
var rules = &runewidth.Condition{StrictEmojiNeutral: true}

// Width is how many columns a text takes up.
func Width(text string) int {
	for i := range len(text) {
		if text[i] < ' ' || text[i] >= 0x7f {
			return rules.StringWidth(text)
		}
	}
	return len(text)
}

// Clip is a text in at most width columns: one that is cut ends in an ellipsis.
func Clip(text string, width int) string {
	switch {
	case width <= 0:
		return ""
	case Width(text) <= width:
		return text
	}
	return rules.Truncate(text, width, "…")
}

// Pad fills a text with blanks up to width columns, behind it or, to the right, in front.
func Pad(text string, width int, right bool) string {
	blanks := strings.Repeat(" ", max(0, width-Width(text)))
	if right {
		return blanks + text
	}
	return text + blanks
}

// Wrap breaks a text into lines of at most width columns, at blanks where there are any.
func Wrap(text string, width int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for word := range strings.FieldsSeq(paragraph) {
			switch {
			case line == "":
				line = word
			case Width(line)+1+Width(word) <= width:
				line += " " + word
			default:
				lines = append(lines, line)
				line = word
			}
			for Width(line) > width { // a word that is too long
				cut := rules.Truncate(line, width, "")
				if cut == "" {
					break
				}
				lines = append(lines, cut)
				line = line[len(cut):]
			}
		}
		lines = append(lines, line)
	}
	return lines
}
