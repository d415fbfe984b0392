package dice

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// match tells whether a text matches a glob.
func match(glob, text string) bool {
	g, t := []rune(glob), []rune(text)
	// Where the last * stood, and what it has swallowed so far.
	star, from := -1, 0
	i := 0
	for k := 0; k < len(t); {
		switch {
		case i < len(g) && g[i] == '*':
			star, from = i, k
			i++
		case i < len(g) && (g[i] == '?' || g[i] == t[k]):
			i, k = i+1, k+1
		case star >= 0:
			from++
			i, k = star+1, from
		default:
			return false
		}
	}
	for i < len(g) && g[i] == '*' {
		i++
	}
	return i == len(g)
}

// prefixes are the texts of categories in the order of the alphabet.
type prefixes struct {
	texts []string
	of    []int // the category of each
}

func newPrefixes(n int, text func(i int) string) *prefixes {
	p := &prefixes{texts: make([]string, n), of: make([]int, n)}
	for i := range p.of {
		p.of[i] = i
		p.texts[i] = text(i)
	}
	slices.SortFunc(p.of, func(a, b int) int { return cmp.Compare(p.texts[a], p.texts[b]) })
	slices.Sort(p.texts)
	return p
}

// match appends the categories whose texts match a glob: of those that begin as it
// does each is looked at.
func (p *prefixes) match(found []int, glob string) []int {
	begin := glob
	if i := strings.IndexFunc(glob, func(r rune) bool { return r == '*' || r == '?' || r == utf8.RuneError }); i >= 0 {
		begin = glob[:i]
	}
	for i := sort.SearchStrings(p.texts, begin); i < len(p.texts) && strings.HasPrefix(p.texts[i], begin); i++ {
		if match(glob, p.texts[i]) {
			found = append(found, p.of[i])
		}
	}
	return found
}
