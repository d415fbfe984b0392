package pxserver

import (
	"cmp"
	"math/big"
	"strings"
)

// figure is a figure as it is shown outside of JSON-stat: without an exponent and with as
// many digits behind the point as the contents say, though never with fewer than it has.
// Where there is none it is the symbol.
func (w *walk) figure() string {
	if len(w.token) == 0 {
		return cmp.Or(w.symbol, "..")
	}
	text := plain(string(w.token))
	_, behind, _ := strings.Cut(text, ".")
	if missing := w.decimals() - len(behind); missing > 0 {
		if behind == "" {
			text += "."
		}
		text += strings.Repeat("0", missing)
	}
	return text
}

// decimals are the digits behind the point of the cell's contents, or of the table.
func (w *walk) decimals() int {
	for i := range w.e.axes {
		if a := &w.e.axes[i]; a.v.Kind == Contents && len(a.picks) > 0 && a.picks[w.at[i]].value != nil {
			return a.picks[w.at[i]].value.Decimals
		}
	}
	return w.e.t.Decimals
}

// plain is a number without an exponent, digit for digit.
func plain(number string) string {
	at := strings.IndexAny(number, "eE")
	if at < 0 {
		return number
	}
	r, ok := new(big.Rat).SetString(number)
	if !ok {
		return number
	}
	digits, _ := r.FloatPrec()
	return r.FloatString(digits)
}

// thousands puts commas between groups of three digits.
func thousands(figure string) string {
	whole, behind, fraction := strings.Cut(figure, ".")
	sign := ""
	if rest, ok := strings.CutPrefix(whole, "-"); ok {
		sign, whole = "-", rest
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction {
		whole += "." + behind
	}
	return sign + whole
}
