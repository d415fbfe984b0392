package pxweb

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// site is what is known of a server: where it is, the language in which it is asked, and
// what it says about itself.
type site struct {
	host   Host
	lang   string  // "" is the server's own
	api    API     // Auto before it was found out
	config *Config // nil before it was asked for
	limit  int64   // of cells, of the caller and by being refused; 0: none

	unready bool // it was asked for its configuration and told none

	// wants says that the caller chose the language, and that it was not held against those
	// of the server yet.
	wants bool
}

// anyBase is an address at the host.
func (s *site) anyBase() string { return cmp.Or(s.host.V2, s.host.V1) }

// assumeLang chooses a language where version 1 needs one and nobody said any: that
// of the server whose layout was assumed.
func (s *site) assumeLang() {
	if s.lang == "" && strings.Contains(s.host.V1, "{lang}") {
		s.lang = "no"
	}
}

// base1 is the base of version 1 in the language.
func (s *site) base1() string { return s.host.base1(s.lang) }

// langBase is the level of the language, where every server of version 1 tells its
// configuration.
func (s *site) langBase() string {
	level, _, ok := strings.Cut(s.host.V1, "/{lang}")
	if !ok || s.host.V1Lang[s.lang] != "" {
		return s.base1()
	}
	return level + "/" + s.lang
}

// url1 is the address of a path below the database in version 1. Every part of
// it is escaped.
func (s *site) url1(path string) string {
	b := s.base1()
	for _, part := range strings.Split(strings.Trim(path, "/"), "/") {
		if part != "" {
			b += "/" + escapePath(part)
		}
	}
	return b
}

// escapePath escapes a part of a path, everything but letters and digits.
func escapePath(part string) string { return strings.ReplaceAll(url.PathEscape(part), "+", "%2B") }

// tablePath is the path of a table in version 2.
func tablePath(id string) string { return "/tables/" + escapePath(id) }

// url2 is an address of version 2 with the language.
func (s *site) url2(path string, query url.Values) string {
	if query == nil {
		query = url.Values{}
	}
	if s.lang != "" {
		query.Set("lang", s.lang)
	}
	address := s.host.V2 + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

// limits are those that are known now.
func (s *site) limits(calls transport.Rule) Limits {
	l := Limits{Cells: s.limit, Calls: calls.Calls, Window: calls.Window}
	lower := func(n int64) {
		if n > 0 && (l.Cells == 0 || n < l.Cells) {
			l.Cells = n
		}
	}
	lower(s.host.Cells)
	if s.config != nil {
		lower(s.config.MaxCells)
	}
	if s.host.Cells == 0 && (s.config == nil || s.config.MaxCells == 0) {
		lower(defaultCells)
	}
	return l
}
