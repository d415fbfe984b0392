package rows

import (
	"bytes"
	"slices"
	"strings"
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

// isNoStatus tells whether a text of a column of statuses says that there is none.
func isNoStatus(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "", "na", "n/a", "nan", "null", "none", "<na>", "#n/a":
		return true
	}
	return false
}
