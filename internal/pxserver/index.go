package pxserver

import (
	"fmt"
	"strings"
)

// searched is what the index holds of a table, by field, in lower case; stemmed
// is without the ends of words. It is made once.
func (s *site) searched(t *Table, lang string, stemmed bool) map[string]string {
	key := fmt.Sprint(t.ID, lang, stemmed, s.edition(t))
	if known, ok := s.index.Load(key); ok {
		return known.(map[string]string)
	}
	fields := s.indexed(t, lang)
	if stemmed {
		fields = stemFields(fields)
	}
	s.index.Store(key, fields)
	return fields
}

func (s *site) indexed(t *Table, lang string) map[string]string {
	var variables, values, codes, periods, groupings, groupingCodes, sets []string
	for i := range t.Variables {
		v := &t.Variables[i]
		variables = append(variables, v.Text.In(lang))
		for k := range v.Values {
			values = append(values, v.Values[k].Text.In(lang))
			codes = append(codes, v.Values[k].Code)
			if v.Kind == Time {
				periods = append(periods, v.Values[k].Code)
			}
		}
		for k := range v.CodeLists {
			if c := &v.CodeLists[k]; c.Aggregation {
				groupings = append(groupings, c.Text.In(lang))
				groupingCodes = append(groupingCodes, c.ID)
			} else {
				sets = append(sets, c.Text.In(lang)+" "+c.ID)
			}
		}
	}
	f := map[string]string{
		"searchid": t.ID, "matrix": t.matrix(), "title": s.text1(t, lang), "published": s.updated(t).In(local).Format("200601021504"),
		"variables": strings.Join(variables, " "), "values": strings.Join(values, " "), "codes": strings.Join(codes, " "), "period": strings.Join(periods, " "),
		"description": t.Description, "tags": strings.Join(t.Tags, " "), "updated": s.updated(t).UTC().Format("20060102150405"),
		"groupings": strings.Join(groupings, " "), "groupingcodes": strings.Join(groupingCodes, " "), "valuesets": strings.Join(sets, " "),
	}
	for k, text := range f {
		f[k] = strings.ToLower(text)
	}
	return f
}

// stem cuts the end off a word, as the index of v2 does before it keeps it.
func stem(word string) string {
	for _, end := range []string{"ation", "ations", "ningen", "ning", "ene", "er", "en", "es", "s", "e"} {
		if cut, ok := strings.CutSuffix(word, end); ok && len(cut) >= 4 {
			return cut
		}
	}
	return word
}

func stemFields(fields map[string]string) map[string]string {
	stemmed := map[string]string{}
	for name, text := range fields {
		words := splitWords(text)
		for i, w := range words {
			words[i] = stem(w)
		}
		stemmed[name] = strings.Join(words, " ")
	}
	return stemmed
}

// stem cuts the words of a search as well, but not those with a star.
func (q search) stem() {
	for _, group := range q.groups {
		for _, t := range group {
			if t.inner != nil {
				t.inner.stem()
			}
			for i, w := range t.words {
				if !strings.HasSuffix(w, "*") {
					t.words[i] = stem(w)
				}
			}
		}
	}
}
