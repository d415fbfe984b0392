package pxserver

import (
	"errors"
	"slices"
	"strings"
)

// A search is a query in a part of Lucene's language: words, phrases with "~n", fields,
// [a TO b], AND, OR, NOT, + and -, parentheses, a star at the end of a word.
type search struct {
	groups [][]term // any group whose terms all match
}

type term struct {
	field    string // "" is all
	not      bool
	words    []string // more than one is a phrase
	slop     int
	from, to string  // a range
	inner    *search // in parentheses
}

var errSearch = errors.New("this is no query")

// parseSearch reads a query. Words are joined by AND, or by OR. What Lucene's reader
// stumbles over is an error, and a star in front of a word where leading is not allowed.
func parseSearch(query string, and, leading bool) (search, error) {
	words, err := searchWords(query)
	if err != nil {
		return search{}, err
	}
	p := &searchReader{words: words, and: and, leading: leading}
	q, err := p.read("", false)
	if err == nil && len(p.words) > 0 {
		err = errSearch // a parenthesis that was not opened
	}
	return q, err
}

// A searchReader reads the words of a query one by one.
type searchReader struct {
	words        []string
	and, leading bool
}

func (p *searchReader) next() string {
	word := p.words[0]
	p.words = p.words[1:]
	return word
}

// read reads up to the end, or up to the parenthesis that closes. Terms without a field
// of their own are looked for in the given one.
func (p *searchReader) read(field string, inside bool) (q search, err error) {
	var group []term
	not, glue, waits := false, p.and, true // waits is that a term must follow
	for len(p.words) > 0 && p.words[0] != ")" {
		word := p.next()
		switch word {
		case "AND", "&&", "OR", "||":
			if waits {
				return q, errSearch
			}
			glue, waits = word == "AND" || word == "&&", true
			continue
		case "NOT", "!":
			not, glue, waits = true, true, true
			continue
		}
		t, err := p.term(word, field)
		if err != nil {
			return q, err
		}
		t.not = t.not || not
		if !glue && len(group) > 0 {
			q.groups = append(q.groups, group)
			group = nil
		}
		group = append(group, t)
		not, glue, waits = false, p.and, false
	}
	if waits && (inside || len(q.groups)+len(group) > 0 || not) || inside && len(p.words) == 0 {
		return q, errSearch
	}
	if len(group) > 0 {
		q.groups = append(q.groups, group)
	}
	return q, nil
}

// searchWords cuts a query at blanks and parentheses outside quotes and brackets; a
// backslash takes the meaning from the next character.
func searchWords(query string) ([]string, error) {
	var words []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	quoted, bracketed := false, false
	for i := 0; i < len(query); i++ {
		c := query[i]
		free := !quoted && !bracketed
		switch {
		case c == '\\' && i+1 < len(query):
			i++
			word.WriteByte(query[i])
			continue
		case c == '"':
			quoted = !quoted
		case c == '[' && free:
			bracketed = true
		case c == ']' && !quoted:
			bracketed = false
		case free && (c == '(' || c == ')'):
			end()
			words = append(words, string(c))
			continue
		case free && c == ' ':
			end()
			continue
		}
		word.WriteByte(c)
	}
	end()
	if quoted || bracketed {
		return nil, errSearch
	}
	return words, nil
}

// term reads a term that begins with a word.
func (p *searchReader) term(word, field string) (t term, err error) {
	t.field = field
	if rest, minus := strings.CutPrefix(word, "-"); minus {
		t.not, word = true, rest
	} else {
		word = strings.TrimPrefix(word, "+")
	}
	if name, rest, ok := strings.Cut(word, ":"); ok && word != "*:*" && !strings.ContainsAny(name, `"[`) {
		t.field, word = strings.ToLower(name), rest
		if word == "" && len(p.words) > 0 && p.words[0] == "(" {
			word = p.next()
		}
	}
	switch {
	case word == "(":
		inner, err := p.read(t.field, true)
		if err != nil {
			return t, err
		}
		p.next() // it closes
		t.inner = &inner
		return t, nil
	case word == "":
		return t, errSearch
	case word == "*:*":
		t.field, t.words = "", []string{"*"}
		return t, nil
	case !p.leading && strings.ContainsRune("*?", rune(word[0])):
		return t, errSearch
	}
	if inside, ok := strings.CutPrefix(word, "["); ok {
		from, to, _ := strings.Cut(strings.TrimSuffix(inside, "]"), " TO ")
		t.from, t.to = from, strings.TrimSuffix(to, "*")+"\uffff"
		return t, nil
	}
	if inside, ok := strings.CutPrefix(word, `"`); ok {
		phrase, slop, _ := strings.Cut(inside, `"`)
		t.words = strings.Fields(strings.ToLower(phrase))
		for _, c := range strings.TrimPrefix(slop, "~") {
			t.slop = t.slop*10 + int(c-'0')
		}
		return t, nil
	}
	t.words = []string{strings.ToLower(word)}
	return t, nil
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
	if t.inner != nil {
		return t.inner.score(fields, only)
	}
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
