package pxconv

import (
	"strings"
)

// children are the codes below each value, by HIERARCHIES; nil if there are none or they
// cannot be used.
func (f *file) children(v *variable) [][]string {
	e := v.entries["HIERARCHIES"]
	if e == nil {
		return nil
	}
	wrong := func(format string, args ...any) [][]string {
		f.warn(WarnHierarchy, e.keyword, e.line, format, args...)
		f.keep(e)
		return nil
	}
	pairs, msg := pairsOf(e)
	if msg != "" {
		return wrong("%s", msg)
	}
	place := make(map[string]int, v.len())
	for i, code := range v.codes {
		place[code] = i
	}
	children := make([][]string, v.len())
	seen := map[[2]int]bool{}
	for _, p := range pairs {
		at := [2]int{-1, -1}
		for k, text := range p {
			i, ok := place[text]
			if !ok {
				if i = f.value(v, f.langOf(e), text); i < 0 {
					return wrong("there is no value %q of %q", text, f.name(v, f.lang))
				}
			}
			at[k] = i
		}
		if p[1] == "" || seen[at] {
			continue
		}
		seen[at] = true
		children[at[0]] = append(children[at[0]], v.codes[at[1]])
	}
	f.warnParents(e, children)
	if circle(children, place) {
		return wrong("the values of %q stand below each other in a circle", f.name(v, f.lang))
	}
	return children
}

// warnParents warns of values below several others.
func (f *file) warnParents(e *entry, children [][]string) {
	parents := map[string]int{}
	for _, list := range children {
		for _, code := range list {
			if parents[code]++; parents[code] == 2 {
				f.warn(WarnHierarchy, e.keyword, e.line, "%q stands below several others", code)
			}
		}
	}
}

// pairsOf are parents and children; a root stands alone.
func pairsOf(e *entry) (pairs [][2]string, wrong string) {
	p := &entryParser{text: e.raw, line: e.line}
	for {
		if p.space(); p.pos >= len(p.text) {
			return pairs, ""
		}
		if p.text[p.pos] == ',' {
			p.pos++
			continue
		}
		if p.text[p.pos] != '"' {
			return nil, "unexpected \"" + shorten(p.text[p.pos:]) + "\", expected a code"
		}
		parent, wrong := p.str()
		if wrong != "" {
			return nil, wrong
		}
		child := ""
		if p.space(); p.pos < len(p.text) && p.text[p.pos] == ':' {
			p.pos++
			p.space()
			if p.pos >= len(p.text) || p.text[p.pos] != '"' {
				return nil, "a code is missing behind a colon"
			}
			if child, wrong = p.str(); wrong != "" {
				return nil, wrong
			}
		} else if a, b, ok := strings.Cut(parent, ":"); ok {
			parent, child = a, b
		}
		if child != "" {
			pairs = append(pairs, [2]string{parent, child})
		}
	}
}

// circle tells whether some value stands below itself. It goes down without recursion: trees
// may be as deep as there are values.
func circle(children [][]string, place map[string]int) bool {
	above := make([]int, len(children)) // how many parents were not taken away yet
	for _, list := range children {
		for _, code := range list {
			above[place[code]]++
		}
	}
	var free []int
	for i, n := range above {
		if n == 0 {
			free = append(free, i)
		}
	}
	done := 0
	for ; len(free) > 0; done++ {
		i := free[len(free)-1]
		free = free[:len(free)-1]
		for _, code := range children[i] {
			k := place[code]
			if above[k]--; above[k] == 0 {
				free = append(free, k)
			}
		}
	}
	return done < len(children)
}
