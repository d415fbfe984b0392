package xlsxconv

import (
	"bytes"
	"unicode"

	"github.com/jsonstat-go/toolkit/internal/xmltoken"
)

// runs leave raised text out of a text that comes run by run: note marks, which are no
// digits of the number in front of them. A raised 2 or 3 behind a unit of length is a
// power, and stays one.
type runs struct {
	raised bool   // the run that is being read is
	gap    bool   // something was left out where the text ends
	left   []byte // what was left out
}

// tag looks at the tag of a run, or of what it looks like.
func (r *runs) tag(x *xmltoken.Reader) {
	r.raised = false
	if name, _ := x.Name(); string(name) == "vertAlign" {
		x.Attributes(func(name, value []byte) {
			r.raised = r.raised || string(name) == "val" && string(value) == "superscript"
		})
	}
}

// piece takes what was appended to a text, which begins at from, with a run: from at on.
func (r *runs) piece(text []byte, from, at int) []byte {
	piece := text[at:]
	if !r.raised || len(bytes.TrimSpace(piece)) == 0 {
		if r.gap && len(piece) > 0 {
			if at == from || text[at-1] <= ' ' { // else two words would have two blanks between them
				text = append(text[:at], bytes.TrimLeft(piece, " ")...)
			}
			r.gap = false
		}
		return text
	}
	if power := powerOf(text[from:at], piece); power != "" {
		return append(text[:at], power...)
	}
	r.left = append(r.left, piece...)
	r.gap = true
	return text[:at]
}

// end takes off the blanks in front of what was left out at the end of a text.
func (r *runs) end(text []byte, from int) []byte {
	return text[:from+len(bytes.TrimRight(text[from:], " \n"))]
}

// next is for the next text.
func (r *runs) next() runs { return runs{left: r.left[:0]} }

// isLength tells whether a word is a unit of length, whose powers are areas and volumes.
func isLength(word string) bool {
	switch word {
	case "m", "km", "hm", "dam", "dm", "cm", "mm", "µm", "μm", "nm", "in", "ft", "yd", "mi", "nmi", "м", "км", "дм", "см", "мм":
		return true
	}
	return false
}

// powerOf is the power that a raised text is behind another, "" if it is none.
func powerOf(before, raised []byte) string {
	sign := map[string]string{"2": "²", "3": "³"}[string(bytes.TrimRight(raised, " "))]
	if sign == "" {
		return ""
	}
	word := before
	if i := bytes.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		word = bytes.TrimLeftFunc(before[i:], func(r rune) bool { return !unicode.IsLetter(r) })
	}
	if !isLength(string(word)) {
		return ""
	}
	return sign + string(raised[1:])
}
