package rows

import (
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/textform"
)

// twins finds two texts that differ by blanks or by how Unicode writes a letter alone:
// they may well be one.
func twins(texts []string) (first, second string, found bool) {
	var odd map[string]string // texts by the form that they are not in
	for _, text := range texts {
		form := strings.TrimRight(textform.Of(text), "⁰¹²³⁴⁵⁶⁷⁸⁹⁾⁽")
		if form == text {
			continue
		}
		if odd == nil {
			odd = map[string]string{}
		}
		if other, ok := odd[form]; ok {
			return other, text, true
		}
		odd[form] = text
	}
	if odd == nil {
		return "", "", false
	}
	for _, text := range texts {
		if other, ok := odd[text]; ok {
			return text, other, true
		}
	}
	return "", "", false
}
