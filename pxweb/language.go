package pxweb

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// matchLanguage is the one of some languages that a name stands for: sv-SE and SV are sv, and
// both forms of Norwegian are no where there are not two. ok is false if it is none of them.
func matchLanguage(list []string, name string) (lang string, ok bool) {
	main := withoutRegion(name)
	for _, try := range []string{name, main, map[string]string{"nb": "no", "nn": "no"}[strings.ToLower(main)]} {
		if i := slices.IndexFunc(list, func(have string) bool { return strings.EqualFold(have, try) }); i >= 0 {
			return list[i], true
		}
	}
	return name, false
}

// withoutRegion is a language without a region behind it: sv of sv-SE.
func withoutRegion(name string) string {
	main, _, _ := strings.Cut(strings.ReplaceAll(name, "_", "-"), "-")
	return main
}

// setLang chooses the language: the one that the caller wants, else the first of the host.
func (s *site) setLang(wanted string) error {
	s.lang = wanted
	known := s.host.Languages
	switch _, has := matchLanguage(known, wanted); {
	case wanted == "" && len(known) > 0:
		s.lang = known[0]
	case wanted == "":
	case s.host.Name != "":
		return s.checkLang(known)
	case has || s.host.has(V2):
		s.wants = true
	default:
		// Version 1 tells no languages: that of an address may be one of several.
		s.lang = withoutRegion(wanted)
	}
	if s.api == V1 {
		s.assumeLang()
	}
	return nil
}

// checkLang holds the language that the caller wants against those of the server, and takes
// the server's name of it.
func (s *site) checkLang(known []string) error {
	lang, ok := matchLanguage(known, s.lang)
	if !ok && len(known) > 0 {
		name := s.host.Name
		if name == "" {
			name = transport.HostOf(s.anyBase())
		}
		return selectionErrorf("", "%s has no language %q: it is one of %s", name, s.lang, joinOr(known))
	}
	s.lang, s.wants = lang, false
	return nil
}

// joinOr lists words: "a, b or c".
func joinOr(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
