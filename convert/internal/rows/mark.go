package rows

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
)

// Marks are what offices write in the place of a figure, or behind one. A mark is a
// status of the cell; one that merely says that there is nothing is none. The table
// stands in docs as well.
var (
	// nothings say that there is nothing: programs write them.
	nothings = []string{"", "na", "n/a", "nan", "null", "#n/a", "n.a.", "none", "<na>"}

	// dots and dashes of PxWeb, Statistics Canada and others, and Eurostat's colon stand
	// in the place of a figure.
	symbols = []string{".", "..", "...", "....", ".....", "......", "…", "-", "--", "–", "—", ":"}

	// lones are letters of Statistics Canada in the place of a figure: suppressed, and too
	// unreliable. Among texts they are texts.
	lones = []string{"x", "F"}

	// bracketed are the shorthands of the British Government Statistical Service, and
	// others write flags so as well: in brackets, alone or behind a figure.
	bracketed = []string{"low", "ns", "ss", "sss", "er"}
)

// Flags of Eurostat, which may be joined (bep): those that stand behind a figure, and
// behind a colon also those that say why there is none. What would be a unit of
// measure, such as cm, is none.
const (
	flagsBehind = "bcdefinprsuvxz"
	flagsAlone  = flagsBehind + "m"
	notJoined   = "cxz" // beside other flags, where there is a figure
)

// capitals are the quality of a figure at Statistics Canada, A to F, and flags of the
// OECD, which stand in brackets.
const (
	capitals     = "ABCDEF"
	oecdBrackets = "BCDEFILMNOPSU"
)

// missing tells whether a text, without blanks around it, stands for a missing value by
// itself, and the status that it is, nil for none.
func missing(text []byte) (status []byte, ok bool) {
	if len(text) == 0 {
		return nil, true
	}
	if len(text) > 8 {
		return nil, false
	}
	switch c := text[0]; {
	case c == ':' && len(text) > 1:
		if flags := trim(text[1:]); areFlags(flags, flagsAlone, false) {
			return flags, true
		}
		return nil, false
	case c == '[' && text[len(text)-1] == ']':
		if inside := text[1 : len(text)-1]; inBrackets(inside) {
			return inside, true
		}
		return nil, false
	case c == '<' && isBelow(text[1:]):
		return text, true
	case (c == '-' || c == '.') && len(text) > 1 && text[1]-'0' <= 9:
		return nil, false
	case c == '.', c == '-', c == ':', c >= 0x80:
		return text, slices.Contains(symbols, string(text))
	}
	var lower [8]byte
	n := 0
	for _, c := range text {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		lower[n] = c
		n++
	}
	return nil, slices.Contains(nothings, string(lower[:n]))
}

// isBelow tells whether what follows < is a number.
func isBelow(text []byte) bool {
	text = trim(text)
	return len(text) > 0 && text[0]-'0' <= 9 && len(bytes.Trim(text, "0123456789.,")) == 0
}

// areFlags tells whether a text is one to three flags, in the order of the alphabet as
// Eurostat joins them.
func areFlags(text []byte, of string, figure bool) bool {
	if len(text) == 0 || len(text) > 3 || string(text) == "in" {
		return false
	}
	for i, c := range text {
		if strings.IndexByte(of, c) < 0 || i > 0 && c <= text[i-1] || figure && len(text) > 1 && strings.IndexByte(notJoined, c) >= 0 {
			return false
		}
	}
	return true
}

// isFlag tells whether a text is a mark by itself: flags, what stands for a missing value,
// stars.
func isFlag(text []byte) bool {
	_, nothing := missing(text)
	return nothing || areFlags(text, flagsAlone, false) || inBrackets(text) || len(bytes.Trim(text, "*")) == 0
}

// inBrackets tells whether what stands in brackets is a mark.
func inBrackets(text []byte) bool {
	return areFlags(text, flagsAlone+"w", false) || len(text) == 1 && strings.IndexByte(oecdBrackets, text[0]) >= 0 ||
		slices.Contains(bracketed, string(text))
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

// opening is the bracket that a closing one closes.
func opening(closing rune) byte {
	if closing == ']' {
		return '['
	}
	return '('
}

// isNote tells whether what stands in brackets is the number of a note: 1, note 1.
func isNote(text []byte) bool {
	text = bytes.TrimPrefix(bytes.TrimPrefix(bytes.ToLower(text), []byte("note")), []byte(" "))
	return len(text) > 0 && len(text) < 4 && len(bytes.Trim(text, "0123456789")) == 0
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

// groupMark is the mark between groups of three digits that a text looks as if it had,
// "" if it has none: a point or a comma.
func groupMark(text []byte) string {
	text = trim(text)
	if len(text) > 0 && text[0] == '-' {
		text = text[1:]
	}
	i := bytes.IndexAny(text, ".,")
	if i < 1 || i > 3 || text[0] == '0' {
		return ""
	}
	mark, other := text[i], byte('.'+','-text[i])
	whole := text
	if k := bytes.IndexByte(text, other); k >= 0 {
		if len(bytes.Trim(text[k+1:], "0123456789")) > 0 {
			return ""
		}
		whole = text[:k]
	}
	groups := bytes.Split(whole, []byte{mark})
	for k, g := range groups {
		if len(g) == 0 || len(bytes.Trim(g, "0123456789")) > 0 || k > 0 && len(g) != 3 {
			return ""
		}
	}
	if len(groups) < 2 {
		return ""
	}
	return string(mark)
}
