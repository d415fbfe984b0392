package sdmxconv

import (
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// texts is a text of a message: alone, in several languages, or both.
type texts struct {
	single string
	many   []translation
}

// translation is a text in a language.
type translation struct {
	lang, text string
	other      bool // it is no text: nobody asks for it
}

// language chooses among the languages of a message.
type language struct {
	want string // what was asked for, "" for the message's own
	main string // the first language of the message
	seen []string
	has  map[string]bool // those in seen
	met  bool            // a text was in the language that was asked for
}

// name is a text of a component, a value or an organisation.
func (l *language) name(t texts) string {
	for i := range t.many {
		if name := t.many[i].lang; !l.has[name] {
			if l.has == nil {
				l.has = map[string]bool{}
			}
			l.has[name] = true
			l.seen = append(l.seen, name)
		}
	}
	if i := pick(t.many, l.want); i >= 0 {
		l.met = true
		return t.many[i].text
	}
	if t.single != "" || len(t.many) == 0 {
		return t.single
	}
	return t.many[max(pick(t.many, l.main), 0)].text
}

// plain is a text, whether it stands alone or in several languages.
func (l *language) plain(t texts) string {
	if len(t.many) == 0 {
		return t.single
	}
	at := pick(t.many, l.want)
	if at < 0 {
		at = max(pick(t.many, l.main), 0)
	}
	return t.many[at].text
}

// pick is the place of the text in a language: of that name, else of one that differs in
// the region or in its absence; -1 if there is none.
func pick(many []translation, want string) int {
	if want == "" {
		return -1
	}
	near := -1
	for i, t := range many {
		if t.other {
			continue
		}
		if strings.EqualFold(t.lang, want) {
			return i
		}
		if near < 0 && strings.EqualFold(stem(t.lang), stem(want)) {
			near = i
		}
	}
	return near
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
