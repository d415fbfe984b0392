package dice

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// glob is a pattern taken apart: characters, and signs that stand for others. A sign in
// brackets, [*] or [?], means itself.
type glob []rune

// What stands for others in a glob: any characters, and one.
const (
	anyMany rune = -1
	anyOne  rune = -2
)

func newGlob(pattern string) glob {
	g := make(glob, 0, len(pattern))
	for rest := pattern; rest != ""; {
		r, n := utf8.DecodeRuneInString(rest)
		switch {
		case strings.HasPrefix(rest, "[*]"), strings.HasPrefix(rest, "[?]"):
			r, n = rune(rest[1]), len("[*]")
		case r == '*':
			r = anyMany
		case r == '?':
			r = anyOne
		}
		g = append(g, r)
		rest = rest[n:]
	}
	return g
}

// Literal is a text as a glob that matches it alone.
func Literal(text string) string {
	return strings.NewReplacer("*", "[*]", "?", "[?]").Replace(text)
}

// unescapeGlob is a glob without the brackets around signs that mean themselves.
func unescapeGlob(pattern string) string {
	return strings.NewReplacer("[*]", "*", "[?]", "?").Replace(pattern)
}

// match tells whether a text matches the glob. At a * it remembers where it is and goes on
// as if that stood for nothing; at a mismatch it comes back and lets the last * take one
// more character. Earlier ones need not be tried again: all that they could take the last
// one can take too. So the time is at most the product of both lengths.
func (g glob) match(text string) bool {
	t := []rune(text)
	// Where the last * stood, and what it has swallowed so far.
	star, from := -1, 0
	i := 0
	for k := 0; k < len(t); {
		switch {
		case i < len(g) && g[i] == anyMany:
			star, from = i, k
			i++
		case i < len(g) && (g[i] == anyOne || g[i] == t[k]):
			i, k = i+1, k+1
		case star >= 0:
			from++
			i, k = star+1, from
		default:
			return false
		}
	}
	for i < len(g) && g[i] == anyMany {
		i++
	}
	return i == len(g)
}

// sortedTexts are the ids or labels of all categories in alphabetical order, for globs
// that begin with plain characters: 03* has to be compared only with those between 03 and
// 04.
type sortedTexts struct {
	texts []string
	of    []int // the category of each
}

func newSortedTexts(n int, text func(i int) string) *sortedTexts {
	p := &sortedTexts{texts: make([]string, n), of: make([]int, n)}
	for i := range p.of {
		p.of[i] = i
		p.texts[i] = text(i)
	}
	slices.SortFunc(p.of, func(a, b int) int { return cmp.Compare(p.texts[a], p.texts[b]) })
	slices.Sort(p.texts)
	return p
}

// match appends the categories whose texts match a glob: only those that share its
// beginning up to the first sign are compared.
func (p *sortedTexts) match(found []int, g glob) []int {
	n := slices.IndexFunc(g, func(r rune) bool { return r < 0 || r == utf8.RuneError })
	if n < 0 {
		n = len(g)
	}
	begin := string(g[:n])
	for i := sort.SearchStrings(p.texts, begin); i < len(p.texts) && strings.HasPrefix(p.texts[i], begin); i++ {
		if g.match(p.texts[i]) {
			found = append(found, p.of[i])
		}
	}
	return found
}
