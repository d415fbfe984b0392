package sdmxconv

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// csvTexts knows what the texts of cells say.
type csvTexts struct {
	sub   string // between parts of a field, "" if there are none
	lang  *language
	names *names
}

// values makes values of the texts of a column: ids, with names where the texts or
// another column have them. Where not all texts are an id and a name, and it is
// no dimension, a colon is just a colon.
func (t *csvTexts) values(col csvColumn, texts, names []string, dimension bool) []value {
	list := make([]value, len(texts))
	split := col.both
	if split && !dimension {
		split = !slices.ContainsFunc(texts, func(text string) bool { return text != "" && !strings.Contains(text, ": ") })
	}
	if split {
		seen := map[string]bool{}
		for _, text := range texts {
			id, _, _ := strings.Cut(text, ": ")
			split = split && !seen[id]
			seen[id] = true
		}
	}
	known := t.names.codes(col.id)
	for i, text := range texts {
		v := &list[i]
		v.id = text
		if id, name, ok := strings.Cut(text, ": "); ok && split {
			v.id, v.name = id, name
		}
		if i < len(names) && names[i] != "" {
			v.name = names[i]
		}
		if code, ok := known[v.id]; ok {
			if v.name == "" {
				v.name = code.name
			}
			v.note, v.listed, v.own, v.more = code.note, code.listed, code.own, code.more
		}
	}
	return list
}

// parts splits a field at the mark between parts, but not inside quotes.
func (t *csvTexts) parts(text string) []string {
	sub := t.sub
	if sub == "" {
		sub = ";"
	}
	if !strings.Contains(text, `"`) {
		return strings.Split(text, sub)
	}
	var list []string
	quoted, from := false, 0
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case !quoted && strings.HasPrefix(text[i:], sub):
			list = append(list, text[from:i])
			i += len(sub) - 1
			from = i + 1
		}
	}
	list = append(list, text[from:])
	for i, part := range list {
		if n := len(part); n > 1 && part[0] == '"' && part[n-1] == '"' {
			list[i] = strings.ReplaceAll(part[1:n-1], `""`, `"`)
		}
	}
	return list
}

// listedNames are the names of values, the first of each id.
type listedNames struct {
	values []value
	has    map[string]bool
}

// multiple makes a JSON array of the values in a field. Names that stand with ids
// are noted.
func (t *csvTexts) multiple(text string, both bool, listed *listedNames) string {
	b := []byte{'['}
	for _, part := range t.parts(text) {
		b = jsontoken.AppendComma(b)
		if id, name, ok := strings.Cut(part, ": "); ok && both {
			if !listed.has[id] {
				listed.has[id] = true
				listed.values = append(listed.values, value{id: id, name: name})
			}
			part = id
		}
		if part == "" {
			b = append(b, "null"...)
			continue
		}
		b = jsontoken.AppendString(b, part)
	}
	return string(append(b, ']'))
}

// languages makes a JSON object of a text in several languages, or an array of
// them if there are several texts.
func (t *csvTexts) languages(text string, langs []string) string {
	if parts := t.parts(text); strings.HasPrefix(text, `"`) && len(parts) > 0 {
		for i, part := range parts {
			parts[i] = t.languages(part, langs)
		}
		return string(arrayOf(parts))
	}
	var o members
	last := -1
	for _, part := range t.parts(text) {
		lang, said, ok := strings.Cut(part, ":")
		if ok && slices.Contains(langs, lang) {
			o.names, o.values = append(o.names, lang), append(o.values, json.RawMessage(said))
			last++
			continue
		}
		if last < 0 {
			return quote(text)
		}
		o.values[last] = append(append(o.values[last], t.sub...), part...) // the mark stood in the text
	}
	if want := t.lang.want; want != "" {
		for i, lang := range o.names {
			if strings.EqualFold(stem(lang), stem(want)) {
				return quote(string(o.values[i]))
			}
		}
	}
	for i, said := range o.values {
		o.values[i] = json.RawMessage(quote(string(said)))
	}
	return string(o.json())
}
