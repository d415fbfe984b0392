package sdmxconv

import (
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// language chooses among the languages of a message.
type language struct {
	want string // what was asked for, "" for the message's own
	main string // the first language of the message
	seen []string
	has  map[string]bool // those in seen
	met  bool            // a text was in the language that was asked for
}

// name is a text of a component, a value or an organisation: the member name,
// in one language, beside names, in several. In drafts name itself may be an
// object of languages.
func (l *language) name(n *node, member string) string {
	single, many := n.get(member), n.get(member+"s")
	if single != nil && single.kind == object {
		single, many = nil, single
	}
	if many == nil || many.kind != object {
		return single.str()
	}
	for _, name := range many.names {
		if !l.has[name] {
			if l.has == nil {
				l.has = map[string]bool{}
			}
			l.has[name] = true
			l.seen = append(l.seen, name)
		}
	}
	if l.want != "" {
		if text := l.pick(many, l.want); text != nil {
			l.met = true
			return text.str()
		}
	}
	if single.str() != "" {
		return single.str()
	}
	if text := l.pick(many, l.main); text != nil {
		return text.str()
	}
	return first(many).str()
}

// pick is the text in a language: of that name, else of one that differs in the
// region or in its absence.
func (l *language) pick(many *node, want string) *node {
	for _, same := range []func(a, b string) bool{
		func(a, b string) bool { return strings.EqualFold(a, b) },
		func(a, b string) bool { return strings.EqualFold(stem(a), stem(b)) },
	} {
		for i, name := range many.names {
			if want != "" && same(name, want) && many.items[i].kind == text {
				return &many.items[i]
			}
		}
	}
	return nil
}

// stem is a language without its region.
func stem(tag string) string {
	before, _, _ := strings.Cut(tag, "-")
	return before
}

// check fails if a language was asked for that the message does not have.
func (l *language) check() error {
	if l.want == "" || l.met || strings.EqualFold(stem(l.want), stem(l.main)) {
		return nil
	}
	return &jsonstat.UnknownError{Kind: "language", Name: l.want, Near: jsonstat.Near(l.want, l.seen), All: l.seen}
}

// localized is the text of a value that may stand in several languages: the raw
// JSON of it, or of the text in the language that was asked for.
func (l *language) localized(n *node) string {
	if n.kind != object || len(n.items) == 0 {
		return n.text
	}
	for i := range n.items {
		if n.items[i].kind != text {
			return n.text
		}
	}
	if l.want != "" {
		if chosen := l.pick(n, l.want); chosen != nil {
			l.met = true
			return chosen.text
		}
	}
	return n.text
}
