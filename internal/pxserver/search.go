package pxserver

import (
	"slices"
	"strings"
)

// A search is a query in a small part of Lucene's language: words, phrases with
// "~n", fields, [a TO b], NOT, OR, a star at the end of a word.
type search struct {
	groups [][]term // any group whose terms all match
}

type term struct {
	field    string // "" is all
	not      bool
	words    []string // more than one is a phrase
	slop     int
	from, to string // a range
}

// parseSearch reads a query. Words are joined by AND, or by OR.
func parseSearch(query string, and bool) search {
	var q search
	var group []term
	not, glue := false, and
	for _, word := range searchWords(query) {
		switch word {
		case "AND", "&&":
			glue = true
			continue
		case "OR", "||":
			glue = false
			continue
		case "NOT", "!":
			not, glue = true, true
			continue
		}
		t := parseTerm(word)
		t.not = t.not || not
		if !glue && len(group) > 0 {
			q.groups = append(q.groups, group)
			group = nil
		}
		group = append(group, t)
		not, glue = false, and
	}
	if len(group) > 0 {
		q.groups = append(q.groups, group)
	}
	return q
}

// searchWords cuts a query at blanks outside quotes and brackets; a backslash
// takes the meaning from the next character.
func searchWords(query string) []string {
	var words []string
	var word strings.Builder
	quoted, bracketed := false, false
	for i := 0; i < len(query); i++ {
		c := query[i]
		switch {
		case c == '\\' && i+1 < len(query):
			i++
			word.WriteByte(query[i])
			continue
		case c == '"':
			quoted = !quoted
		case c == '[':
			bracketed = true
		case c == ']':
			bracketed = false
		case c == ' ' && !quoted && !bracketed:
			if word.Len() > 0 {
				words = append(words, word.String())
				word.Reset()
			}
			continue
		}
		word.WriteByte(c)
	}
	if word.Len() > 0 {
		words = append(words, word.String())
	}
	return words
}

func parseTerm(word string) term {
	var t term
	word, t.not = strings.CutPrefix(word, "-")
	if field, rest, ok := strings.Cut(word, ":"); ok && !strings.ContainsAny(field, `"[`) {
		t.field, word = strings.ToLower(field), rest
	}
	if inside, ok := strings.CutPrefix(word, "["); ok {
		from, to, _ := strings.Cut(strings.TrimSuffix(inside, "]"), " TO ")
		t.from, t.to = from, strings.TrimSuffix(to, "*")+"\uffff"
		return t
	}
	if inside, ok := strings.CutPrefix(word, `"`); ok {
		phrase, slop, _ := strings.Cut(inside, `"`)
		t.words = strings.Fields(strings.ToLower(phrase))
		for _, c := range strings.TrimPrefix(slop, "~") {
			t.slop = t.slop*10 + int(c-'0')
		}
		return t
	}
	t.words = []string{strings.ToLower(word)}
	return t
}

// points are how well a table answers a search; 0 is not at all.
type points int

func (p points) token() []byte { return []byte{'0' + byte(min(p, 9)), '.', '2', '5'} }

func (q search) score(fields map[string]string, only []string) points {
	var best points
	for _, group := range q.groups {
		var p points
		all := true
		for _, t := range group {
			n := t.matches(fields, only)
			if t.not {
				n = 1 - min(n, 1)
			}
			all = all && n > 0
			p += n
		}
		if all {
			best = max(best, p)
		}
	}
	return best
}

// matches counts the fields in which a term is found.
func (t term) matches(fields map[string]string, only []string) (n points) {
	for name, text := range fields {
		if t.field != "" && name != t.field || t.field == "" && len(only) > 0 && !slices.Contains(only, "*") && !slices.Contains(only, name) {
			continue
		}
		if t.to != "" {
			if text >= t.from && text <= t.to {
				n++
			}
			continue
		}
		if len(t.words) == 1 && t.words[0] == "*" || t.in(splitWords(text)) {
			n++
		}
	}
	return n
}

func splitWords(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,.:;()\"'", r) })
}

// in tells whether the words stand in that order, with at most slop others between.
func (t term) in(words []string) bool {
	if len(t.words) == 0 {
		return false
	}
	for i := range words {
		k, last := 0, i
		for j := i; j < len(words) && k < len(t.words) && (k == 0 && j == i || j-last-1 <= t.slop && k > 0); j++ {
			if wordMatches(t.words[k], words[j]) {
				k, last = k+1, j
			}
		}
		if k == len(t.words) {
			return true
		}
	}
	return false
}

func wordMatches(pattern, word string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(word, prefix)
	}
	return pattern == word
}
