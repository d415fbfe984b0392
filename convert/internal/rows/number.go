package rows

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

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
	open      bool            // either, until the columns of values tell which: see settleMark
	thousands string          // mark between groups of three digits, besides blanks and apostrophes
	zeros     bool            // a number with a zero before its digits is one: all are values
	strict    bool            // nothing stands beside numbers
	texts     bool            // what could be a text is one
	na        map[string]bool // texts that stand for a missing value, besides marks
	room      []byte
	clean     []byte
	keyRoom   []byte

	cellFacts // of the cell that was looked at last
}

// cellFacts are what a cell says besides its number.
type cellFacts struct {
	mark    []byte // the status that stands in it, nil for none
	percent bool   // the number is followed by %
	noted   bool   // there is the number of a note, which is no part of the number
	with    byte   // the decimal mark that the number has, if that is open
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

// letter is what a text is that begins with a letter, and says nothing of a missing value
// by itself.
func (n *numbers) letter(text []byte) look {
	if !n.strict && !n.texts && slices.Contains(lones, string(text)) {
		n.mark = text
		return lone
	}
	return textual
}

// loose reads a number with something beside it: a mark, a unit of per cent, the number
// of a note, thousands, or a minus sign that is no hyphen.
func (n *numbers) loose(text []byte, mark string) (look, []byte) {
	rest, found := text, number
	for range 4 { // a note, a flag and a unit
		before := len(rest)
		var l look
		if rest, l = n.behind(rest); l == flagged {
			found = flagged
		}
		if len(rest) == before {
			break
		}
	}
	if token, ok := n.grouped(rest, mark); ok {
		if n.open {
			n.with = mark[0]
		}
		return found, token
	}
	n.cellFacts = cellFacts{}
	return textual, nil
}

// behind takes one thing away that stands behind a number.
func (n *numbers) behind(text []byte) (rest []byte, l look) {
	last, size := utf8.DecodeLastRune(text)
	front := text[:len(text)-size]
	switch {
	case size == 0:
	case strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", last):
		n.noted = true
		return trim(front), number
	case last == '%' && !n.percent:
		n.percent = true
		return trim(front), number
	case n.mark != nil:
	case last == '*':
		at := len(bytes.TrimRight(text, "*"))
		if n.mark = text[at:]; len(n.mark) <= 3 {
			return trim(text[:at]), number
		}
	case last == ')', last == ']':
		open := bytes.LastIndexByte(text, opening(last))
		if open <= 0 {
			break
		}
		inside := text[open+1 : len(text)-1]
		if last == ']' && isNote(inside) {
			n.noted = true
			return trim(text[:open]), number
		}
		if inBrackets(inside) {
			n.mark = inside
			return trim(text[:open]), number
		}
	case 'a' <= last|0x20 && last|0x20 <= 'z':
		at := len(text)
		for at > 0 && 'a' <= text[at-1]|0x20 && text[at-1]|0x20 <= 'z' {
			at--
		}
		flags := text[at:]
		capital := len(flags) == 1 && strings.IndexByte(capitals, flags[0]) >= 0
		if at == 0 || !capital && !areFlags(flags, flagsBehind, true) {
			break
		}
		n.mark = flags
		if rest = trim(text[:at]); capital || len(rest) == at {
			return rest, flagged
		}
		return rest, number
	}
	return text, number
}

// grouped reads a number whose digits may stand in groups of three, separated by blanks,
// apostrophes or the mark for thousands, and whose sign may be any minus.
func (n *numbers) grouped(text []byte, mark string) ([]byte, bool) {
	out := n.clean[:0]
	if r, size := utf8.DecodeRune(text); r > 0x7f && strings.ContainsRune("−‐‑‒–﹣－", r) {
		out, text = append(out, '-'), text[size:]
	} else if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		out, text = append(out, text[0]), text[1:]
	}
	if len(text) == 0 || text[0] == '-' || text[0] == '+' {
		return nil, false
	}
	between := "" // what stands between groups
	digits := 0   // of this group
	for len(text) > 0 {
		if text[0]-'0' <= 9 {
			digits++
			out, text = append(out, text[0]), text[1:]
			continue
		}
		sep := n.separator(text)
		if sep == "" || between != "" && sep != between {
			break
		}
		if digits == 0 || digits > 3 || between != "" && digits != 3 {
			return nil, false
		}
		between, digits, text = sep, 0, text[len(sep):]
	}
	if between != "" && digits != 3 {
		return nil, false
	}
	if !n.zeros && zeroInFront(out) {
		return nil, false
	}
	out = append(out, text...) // a fraction, or an exponent
	n.clean = out
	return csvtext.Number(out, mark, &n.room)
}

// separator is what stands at the start of a text between groups of digits; "" for
// nothing.
func (n *numbers) separator(text []byte) string {
	if n.thousands != "" && bytes.HasPrefix(text, []byte(n.thousands)) {
		return n.thousands
	}
	for _, sep := range [...]string{" ", "\u00a0", "\u202f", "\u2009", "'", "’"} {
		if bytes.HasPrefix(text, []byte(sep)) {
			return sep
		}
	}
	return ""
}
