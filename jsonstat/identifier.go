package jsonstat

import (
	"net/url"
	"strings"
	"unicode"
)

// Scheme is the register that an [Identifier] points into.
type Scheme string

// The schemes that are told apart. All others are [SchemeUnknown].
const (
	SchemeUnknown         Scheme = ""                // passed through whole
	SchemeKlass           Scheme = "klass"           // classifications: urn:ssb:classification:klass:131
	SchemeVardok          Scheme = "vardok"          // variable definitions: urn:ssb:conceptvariable:vardok:1743
	SchemeContextVariable Scheme = "contextvariable" // KOSTRA figures: urn:ssb:contextvariable:common:UUID:NUMBER:CODE
	SchemeKortnavn        Scheme = "kortnavn"        // short names of statistics: KORTNAVN:regsys
)

// Identifier is one identifier out of a describedby link, such as
// urn:ssb:classification:klass:131. Statistics Norway's PxWebApi documents say
// with them which classification a variable uses, how a variable or a figure is
// defined and which statistics a table belongs to.
//
// Identifiers can be compared with ==.
type Identifier struct {
	// Category is the id of the category that is described, "" where it is the
	// whole variable (or the whole table).
	Category string

	raw    string // as the document has it, without the blanks around it
	scheme Scheme
	id     string // what follows the prefix of a known scheme; else ""
	key    string // the member name that the text stood under
}

// ParseIdentifiers takes the text of a describedby link apart. Identifiers are
// parted by blanks or commas and come in the order of the text; the prefixes
// urn:ssb:… and KORTNAVN: are read in any case. The text "" has none.
//
// Nothing is dropped. What is no identifier of a known scheme becomes one of
// [SchemeUnknown]: other URNs and web addresses each on its own, and words
// together as they stand. A text without any known identifier that is not just
// a list of URNs and addresses ("SCALE-TYPE=nominal, see below") is one whole.
func ParseIdentifiers(text string) []Identifier {
	text = strings.TrimSpace(text)
	tokens, known, words := splitIdentifiers(text)
	if words && !known {
		return []Identifier{{raw: text}}
	}
	var ids []Identifier
	wordsFrom := -1 // where the words begin that the last of ids is made of; -1 if it is not
	for _, t := range tokens {
		id, shaped := parseIdentifier(text[t.from:t.to])
		switch {
		case shaped:
			wordsFrom = -1
		case wordsFrom < 0:
			wordsFrom = t.from
		default:
			ids[len(ids)-1].raw = text[wordsFrom:t.to]
			continue
		}
		ids = append(ids, id)
	}
	return ids
}

// textSpan is a part of a text, by byte offsets.
type textSpan struct{ from, to int }

// splitIdentifiers parts text at blanks, and at commas where that frees an
// identifier: the comma in https://example.org/a,b belongs to the address.
// known tells whether any token has a known scheme, words whether any has no
// form of an identifier at all.
func splitIdentifiers(text string) (tokens []textSpan, known, words bool) {
	for _, field := range splitSpan(text, textSpan{0, len(text)}, unicode.IsSpace) {
		parts := splitSpan(text, field, func(r rune) bool { return r == ',' })
		fieldKnown, fieldWords := false, false
		for _, p := range parts {
			id, shaped := parseIdentifier(text[p.from:p.to])
			fieldKnown = fieldKnown || id.scheme != SchemeUnknown
			fieldWords = fieldWords || !shaped
		}
		if fieldWords && !fieldKnown && len(parts) > 1 {
			parts = []textSpan{field}
			_, shaped := parseIdentifier(text[field.from:field.to])
			fieldWords = !shaped
		}
		tokens = append(tokens, parts...)
		known = known || fieldKnown
		words = words || fieldWords
	}
	return tokens, known, words
}

// splitSpan is [strings.FieldsFunc] for a part of text: the parts of s between
// runs of separators, none of them empty.
func splitSpan(text string, s textSpan, separator func(rune) bool) []textSpan {
	var parts []textSpan
	from := -1
	for i, r := range text[s.from:s.to] {
		if separator(r) {
			if from >= 0 {
				parts = append(parts, textSpan{from, s.from + i})
			}
			from = -1
		} else if from < 0 {
			from = s.from + i
		}
	}
	if from >= 0 {
		parts = append(parts, textSpan{from, s.to})
	}
	return parts
}

// The prefixes of the known schemes, to be met in any case.
const (
	prefixKlass           = "urn:ssb:classification:klass:"
	prefixVardok          = "urn:ssb:conceptvariable:vardok:"
	prefixContextVariable = "urn:ssb:contextvariable:common:"
	prefixKortnavn        = "KORTNAVN:"
)

// parseIdentifier reads one token. shaped is false for words, which are neither
// of a known scheme nor URNs nor web addresses.
func parseIdentifier(token string) (id Identifier, shaped bool) {
	id.raw = token
	if rest, ok := cutPrefixFold(token, prefixKlass); ok && isDigits(rest) {
		id.scheme, id.id = SchemeKlass, rest
	} else if rest, ok := cutPrefixFold(token, prefixVardok); ok && isDigits(rest) {
		id.scheme, id.id = SchemeVardok, rest
	} else if rest, ok := cutPrefixFold(token, prefixContextVariable); ok && isContextVariable(rest) {
		id.scheme, id.id = SchemeContextVariable, rest
	} else if rest, ok := cutPrefixFold(token, prefixKortnavn); ok && isPathSegment(rest) {
		id.scheme, id.id = SchemeKortnavn, rest
	}
	if id.scheme != SchemeUnknown {
		return id, true
	}
	_, urn := cutPrefixFold(token, "urn:")
	return id, urn || webAddress(token) != ""
}

// cutPrefixFold is [strings.CutPrefix] without regard to case. The prefix is ASCII.
func cutPrefixFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// isDigits tells whether s is one or more of the digits 0 to 9.
func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isContextVariable tells whether s is UUID:NUMBER:CODE, all three given.
func isContextVariable(s string) bool {
	parts := strings.SplitN(s, ":", 3)
	return len(parts) == 3 && parts[0] != "" && parts[1] != "" && parts[2] != ""
}

// isPathSegment tells whether s, once escaped, stays one segment of a path.
func isPathSegment(s string) bool {
	return s != "" && s != "." && s != ".."
}

// String is the identifier as the document has it, in its own upper and lower case.
func (u Identifier) String() string { return u.raw }

// Scheme is the register that u points into, [SchemeUnknown] for everything else.
func (u Identifier) Scheme() Scheme { return u.scheme }

// ID is what identifies the thing within its scheme: "131" of
// urn:ssb:classification:klass:131, "regsys" of KORTNAVN:regsys, UUID:NUMBER:CODE
// of a context variable. It is "" for an unknown scheme; see [Identifier.String].
func (u Identifier) ID() string { return u.id }

// Key is the member name that the identifier stood under in the document: the
// id of a category or of the variable, or a name that is neither. It is "" for
// what [ParseIdentifiers] returns.
func (u Identifier) Key() string { return u.key }

// PageURL is the address of the page that describes u to a reader, in the asked
// language. An unknown identifier has the address that it is itself, if it is
// an http or https address, else "".
//
// The language is nb, nn, no or en in any case, with or without a region
// ("en-GB"). All others, and "", are read as nb. Pages that do not exist in
// Nynorsk are given in Bokmål.
func (u Identifier) PageURL(lang string) string {
	lang = ssbLanguage(lang)
	english := ""
	if lang == "en" {
		english = "en/"
	}
	switch u.scheme {
	case SchemeKlass:
		return "https://www.ssb.no/" + english + "klass/klassifikasjoner/" + url.PathEscape(u.id)
	case SchemeVardok:
		return "https://www.ssb.no/a/metadata/conceptvariable/vardok/" + url.PathEscape(u.id) + "/" + lang
	case SchemeKortnavn:
		return "https://www.ssb.no/" + english + url.PathEscape(u.id)
	case SchemeContextVariable:
		return contextVariablePage(u.id, lang)
	}
	return webAddress(u.raw)
}

// contextVariablePage is the address of a KOSTRA definition. The page is
// Norwegian unless asked otherwise.
func contextVariablePage(id, lang string) string {
	parts := strings.SplitN(id, ":", 3)
	page := "https://www.ssb.no/kompis/statbank/?id=" + url.QueryEscape(parts[0]) +
		"&ver=" + url.QueryEscape(parts[1]) + "&val=" + url.QueryEscape(parts[2])
	if lang == "en" {
		page += "&lang=en"
	}
	return page
}

// AboutURL is the address of "About the statistics" (definitions, sources,
// quality) of a KORTNAVN identifier. It is "" for all other schemes. For the
// language see [Identifier.PageURL].
func (u Identifier) AboutURL(lang string) string {
	if u.scheme != SchemeKortnavn {
		return ""
	}
	return u.PageURL(lang) + "#om-statistikken"
}

// APIURL is the address of u for programs: the classification in the Klass API
// (JSON or XML, as the Accept header asks), the XML document of a Vardok
// definition. It is "" for KORTNAVN and context variables, which have none; an
// unknown identifier has the address that it is itself, if it is an http or
// https address.
//
// For the language see [Identifier.PageURL]. With "" the address of a
// classification names no language, so the API chooses.
func (u Identifier) APIURL(lang string) string {
	switch u.scheme {
	case SchemeKlass:
		address := "https://data.ssb.no/api/klass/v1/classifications/" + url.PathEscape(u.id)
		if lang != "" {
			address += "?language=" + ssbLanguage(lang)
		}
		return address
	case SchemeVardok:
		return "https://www.ssb.no/a/xml/metadata/conceptvariable/vardok/" + url.PathEscape(u.id) + "/" + ssbLanguage(lang)
	case SchemeUnknown:
		return webAddress(u.raw)
	}
	return ""
}

// ssbLanguage folds a language tag into the three languages that Statistics Norway
// publishes in: nb, nn and en. PxWebApi's "no", unknown languages and "" are nb.
func ssbLanguage(tag string) string {
	tag = strings.TrimSpace(tag)
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	switch strings.ToLower(tag) {
	case "en":
		return "en"
	case "nn":
		return "nn"
	}
	return "nb"
}

// webAddress is s, escaped, if it is an absolute http or https address, else "".
func webAddress(s string) string {
	if strings.ContainsFunc(s, unicode.IsSpace) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	if u.Hostname() == "" || strings.ContainsAny(u.Host, `"<>`) { // quotes that url.Parse lets by
		return ""
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	return u.String()
}

// escapeQuery escapes what may not stand in a query and leaves the rest alone,
// escapes included. [url.URL.String] does so for all other parts.
func escapeQuery(query string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(query) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// identifiersOf reads one member of a describedby link of the dimension
// dimensionID: its name key and its text. The key is the id of a category or
// the id of the dimension. One that is both describes both: the identifiers for
// the category come first, then the same for the variable. One that is neither
// is put down to the variable; [Identifier.Key] still tells it. isCategory may
// be nil, where there are no categories.
func identifiersOf(dimensionID string, isCategory func(string) bool, key, text string) []Identifier {
	parsed := ParseIdentifiers(text)
	category := isCategory != nil && isCategory(key)
	var ids []Identifier
	if category {
		for _, id := range parsed {
			id.key, id.Category = key, key
			ids = append(ids, id)
		}
	}
	if !category || key == dimensionID {
		for _, id := range parsed {
			id.key = key
			ids = append(ids, id)
		}
	}
	return ids
}
