package rows

import (
	"bytes"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
)

// A look is what the text of a cell is.
type look uint8

const (
	nothing look = iota // empty, or a mark for what is missing
	number
	textual
)

// numbers reads the cells of a table.
type numbers struct {
	decimal string          // mark; "" is a point
	either  bool            // a comma is a mark, too
	zeros   bool            // a number with a zero before its digits is one: all are values
	na      map[string]bool // texts that stand for a missing value, besides marks
	room    []byte
}

// marks are the texts that stand for a missing value wherever a number could stand:
// PxWeb's dots and dash, Eurostat's colon, and what programs write for nothing. Those
// of offices are statuses of the cell as well.
var marks = []string{
	"", ".", "..", "...", "....", ".....", "......", "-", "–", "—", ":", "--",
	"na", "n/a", "nan", "null", "#n/a", "n.a.", "none", "<na>",
}

// isMark tells whether a text, without blanks around it, is one of the marks.
func isMark(text []byte) bool {
	if len(text) == 0 {
		return true
	}
	if len(text) > 6 {
		return false
	}
	var lower [6]byte
	n := 0
	for _, c := range text {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		lower[n] = c
		n++
	}
	return slices.Contains(marks, string(lower[:n]))
}

// officeMark is the status that a mark stands for, nil for what merely says that there
// is nothing, and for a mark that the user said is nothing.
func (n *numbers) officeMark(text []byte) []byte {
	text = trim(text)
	if len(text) == 0 || len(text) > 6 || len(n.na) > 0 && n.na[string(text)] {
		return nil
	}
	switch text[0] {
	case '.', '-', ':', 0xe2: // – and —
		return text
	}
	return nil
}

// isNoStatus tells whether a text of a column of statuses says that there is none.
func isNoStatus(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "", "na", "n/a", "nan", "null", "none", "<na>", "#n/a":
		return true
	}
	return false
}

// look tells what a cell is. Of a number it gives the token as JSON writes it, which
// lies in the text or in n.room. A number with a zero before its digits (0301) is a
// text: a code.
func (n *numbers) look(text []byte, kind Kind) (look, []byte) {
	switch kind {
	case Null:
		return nothing, nil
	case Number:
		return number, text
	case Text, Bool, Period:
		if len(text) == 0 {
			return nothing, nil
		}
		return textual, nil
	}
	text = trim(text)
	if len(n.na) > 0 && n.na[string(text)] {
		return nothing, nil
	}
	// Most cells begin with a digit, which no mark does.
	if len(text) == 0 || text[0]-'1' > 8 {
		if isMark(text) {
			return nothing, nil
		}
		if c := text[0]; c > '9' && c < 0x80 || !n.zeros && zeroInFront(text) {
			return textual, nil
		}
	}
	mark := n.decimal
	if mark == "" {
		mark = "."
		if n.either && bytes.IndexByte(text, ',') >= 0 {
			mark = ","
		}
	}
	if token, ok := csvtext.Number(text, mark, &n.room); ok {
		return number, token
	}
	return textual, nil
}

// otherMark tells whether a text would be a number with the other one of the usual
// decimal marks.
func (n *numbers) otherMark(text string) bool {
	other := numbers{decimal: ","}
	if n.decimal == "," {
		other.decimal = "."
	}
	l, _ := other.look([]byte(text), Plain)
	return l == number && strings.Contains(text, other.decimal)
}

func trim(text []byte) []byte {
	if len(text) > 0 && text[0] > ' ' && text[0] < 0x80 && text[len(text)-1] > ' ' && text[len(text)-1] < 0x80 {
		return text
	}
	return bytes.TrimSpace(text)
}

// zeroInFront tells whether a text begins with a zero before a digit: 0301, -01.
func zeroInFront(text []byte) bool {
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	return len(text) > 1 && text[0] == '0' && text[1]-'0' <= 9
}

// isWhole tells whether a number token has no fraction and no exponent.
func isWhole(token []byte) bool {
	for _, c := range token {
		if c == '.' || c == 'e' || c == 'E' {
			return false
		}
	}
	return true
}

// wholeValue is a whole number of at most 15 digits.
func wholeValue(token []byte) (v int64, ok bool) {
	digits := token
	if len(digits) > 0 && digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 15 {
		return 0, false
	}
	for _, c := range digits {
		if c-'0' > 9 {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	if token[0] == '-' {
		v = -v
	}
	return v, true
}
