package jsonstat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// symbolText is what one symbol means in the languages of [ssbLanguage].
type symbolText struct{ nb, nn, en string }

// standardSymbols is Statistics Norway's table of standard symbols: first those
// in use since 2021, then those that older tables still have, then the one that
// PxWeb itself puts into sums. No official Nynorsk wording is known (tables in
// Nynorsk carry the Bokmål one), nor a wording for the last symbol: these are ours.
var standardSymbols = map[string]symbolText{
	".": {
		nb: "Ikke mulig å oppgi tall",
		nn: "Ikkje mogleg å oppgi tal",
		en: "Category not applicable",
	},
	"..": {
		nb: "Tallgrunnlag mangler",
		nn: "Talgrunnlag manglar",
		en: "Data not available",
	},
	":": {
		nb: "Vises ikke av konfidensialitetshensyn",
		nn: "Blir ikkje vist av konfidensialitetsomsyn",
		en: "Confidential",
	},

	"...": {
		nb: "Oppgave mangler foreløpig",
		nn: "Oppgåve manglar førebels",
		en: "Data not yet available",
	},
	"-": {
		nb: "Null",
		nn: "Null",
		en: "Nil",
	},
	"*": {
		nb: "Foreløpig tall",
		nn: "Førebels tal",
		en: "Provisional or preliminary figure",
	},

	".......": {
		nb: "Sum av ulike symboler",
		nn: "Sum av ulike symbol",
		en: "Sum of different symbols",
	},
}

// SymbolText tells what a status symbol means by Statistics Norway's table of
// standard symbols, and whether it is in that table:
//
//	.        not possible to give a figure; the category was not in use
//	..       no data, or too uncertain to be published
//	:        confidential
//	...      not yet available (older tables)
//	-        nil, an exact zero (older tables)
//	*        provisional, beside a figure (older tables)
//	.......  a sum over cells with different symbols (PxWeb)
//
// Other offices mean other things: Eurostat's ":" is "not available". So ask
// this table only where the document does not explain its symbols itself.
// Letters (b, p, u, …) are not in it, since no two offices agree on them.
//
// The language is nb, nn, no or en in any case, with or without a region; all
// others, and "", are read as nb.
func SymbolText(symbol, lang string) (string, bool) {
	text, ok := standardSymbols[symbol]
	if !ok {
		return "", false
	}
	switch ssbLanguage(lang) {
	case "en":
		return text.en, true
	case "nn":
		return text.nn, true
	}
	return text.nb, true
}

// explainStatus tells what the status symbol of a cell means: in the words of
// the document itself (own), else by the standard table. A status of several
// letters, each explained by the document, has the explanations of its letters
// ("bu": "break in time series; low reliability"). It is "" if nobody knows.
func explainStatus(own map[string]string, symbol, lang string) string {
	if text := own[symbol]; text != "" {
		return text
	}
	if text, ok := SymbolText(symbol, lang); ok {
		return text
	}
	if utf8.RuneCountInString(symbol) < 2 {
		return ""
	}
	var texts []string
	for _, r := range symbol {
		text := own[string(r)]
		if text == "" || !unicode.IsLetter(r) {
			return ""
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "; ")
}
