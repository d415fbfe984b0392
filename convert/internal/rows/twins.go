package rows

import (
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/textform"
)

// twins warns of categories that differ by blanks or by how Unicode writes a letter
// alone: they may well be one.
func (m *maker) twins(a *axis) {
	if m.twin {
		return
	}
	var odd map[string]string // texts by the form that they are not in
	for _, text := range a.texts {
		form := strings.TrimRight(textform.Of(text), "⁰¹²³⁴⁵⁶⁷⁸⁹⁾⁽")
		if form == text {
			continue
		}
		if odd == nil {
			odd = map[string]string{}
		}
		if other, ok := odd[form]; ok {
			m.twinsAre(a, other, text)
			return
		}
		odd[form] = text
	}
	if odd == nil {
		return
	}
	for _, text := range a.texts {
		if other, ok := odd[text]; ok {
			m.twinsAre(a, text, other)
			return
		}
	}
}

// twinsAre tells of two categories that look the same, once for a table.
func (m *maker) twinsAre(a *axis, first, second string) {
	m.twin = true
	m.o.Warnf("%s: the categories %+q and %+q look the same, and are two", brief(a.id), first, second)
}
