package rows

import (
	"bytes"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
)

// A look is what the text of a cell is.
type look uint8

const (
	nothing look = iota // empty, or a mark for what is missing
	number
	textual

	// What is a text by itself, and something else among figures: see [column.sumUp].
	flagged // a number with letters right behind it, 7r, or with a capital: 7 B
	lone    // a letter that stands for a missing value: x
	coded   // a number that is shown with zeros in front
)

// asValue is what a cell is in a column of values.
func (l look) asValue() look {
	switch l {
	case flagged, coded:
		return number
	case lone:
		return nothing
	}
	return l
}

// numbers reads the cells of a table.
type numbers struct {
	decimal   string          // mark; "" is a point
	either    bool            // a comma is a mark, too
	open      bool            // either, until the columns of values tell which: see [table.settleMark]
	thousands string          // mark between groups of three digits, besides blanks and apostrophes
	zeros     bool            // a number with a zero before its digits is one: all are values
	strict    bool            // nothing stands beside numbers
	texts     bool            // what could be a text is one
	na        map[string]bool // texts that stand for a missing value, besides marks
	room      []byte
	clean     []byte

	cellFacts // of the cell that was looked at last
}

// cellFacts are what a cell says besides its number.
type cellFacts struct {
	mark    []byte // the status that stands in it, nil for none
	percent bool   // the number is followed by %
	noted   bool   // there is the number of a note, which is no part of the number
	with    byte   // the decimal mark that the number has, if that is open
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
// lies in the text or in n.room, valid until the next call. A number with a zero before
// its digits (0301) is a text: a code.
func (n *numbers) look(text []byte, kind Kind) (look, []byte) {
	n.cellFacts = cellFacts{}
	switch kind {
	case Null:
		return nothing, nil
	case Number:
		return number, text
	case Code:
		if token, ok := csvtext.Number(text, ".", &n.room); ok {
			return coded, token
		}
		return textual, nil
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
		if mark, ok := missing(text); ok {
			n.mark = mark
			return nothing, nil
		}
		if len(text) > 0 && 'a' <= text[0]|0x20 && text[0]|0x20 <= 'z' { // as most texts do, and no number
			return n.letter(text), nil
		}
		if !n.zeros && zeroInFront(text) {
			return textual, nil
		}
	}
	mark := n.decimal
	if mark == "" {
		mark = "."
		if (n.either || n.open) && bytes.IndexByte(text, ',') >= 0 {
			mark = ","
		}
	}
	if token, ok := csvtext.Number(text, mark, &n.room); ok {
		if n.open {
			n.with = mark[0]
		}
		return number, token
	}
	if n.strict {
		if n.thousands != "" {
			if token, ok := n.grouped(text, mark); ok {
				return number, token
			}
		}
		return textual, nil
	}
	return n.loose(text, mark)
}

// otherMark tells whether a text would be a number with the other one of the usual
// decimal marks.
func (n *numbers) otherMark(text string) bool {
	other := numbers{decimal: ","}
	if n.decimal == "," {
		other.decimal = "."
	}
	l, _ := other.look([]byte(text), Plain)
	return l.asValue() == number && strings.Contains(text, other.decimal)
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
