package pxweb

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// Address is what an address of a table says: which server, version, language
// and table, and perhaps a selection.
type Address struct {
	Host  Host
	API   API    // Auto where the address is for people
	Lang  string // "" if not said
	Table string // id, or path below the database in version 1; "" if it is no table's
	Saved string // number of a saved query, else ""

	// Query is the part behind the question mark: a selection of version 2.
	Query url.Values
}

var (
	pathTable  = pattern(`(?i)^(.*)/tables/([^/]+)(?:/(data|metadata|defaultselection))?/?$`)
	pathTables = pattern(`(?i)^(.*)/tables/?$`)
	pathSaved  = pattern(`(?i)^(.*)/savedqueries/([^/]+)(?:/(?:data|selection))?/?$`)
	pathV1     = pattern(`(?i)^(.*?/v[01](?:/doris)?)/([a-z]{2}(?:-[a-z]{2})?)(/.*)?$`)
	pathV2     = pattern(`(?i)^(.*/v2(?:-beta)?)(?:/(?:config|index\.html|swagger|swagger/.*))?/?$`)

	// Version 1 and another door of PxStat, see pxstat.go.
	pathPxStat      = pattern(`^(.*/PxStat\.Data\.Cube_API\.PxAPIv1)/([a-z]{2})(/.*)?$`)
	pathPxStatTable = pattern(`^(.*)/PxStat\.Data\.Cube_API\.Read(?:Dataset|Metadata)/([^/]+)(?:/[^/]+/[^/]+/([a-z]{2}))?/?$`)
)

// ParseAddress reads an address: of a table or saved query in either version of
// the API, with or without a selection; of the page of a table on a PxWeb site; or of
// a server. All spellings of a server are the same server: its name in any case, with a dot
// behind it, with the port that its scheme has anyway. Without a scheme it is https, and http
// on this machine.
func ParseAddress(text string) (*Address, error) { return ParseAddressAs(text, Auto) }

// ParseAddressAs reads an address of which is known for which version it is. That is needed
// where its form does not tell: in version 1 whatever stands in front of a language is the
// base, in version 2 it is the whole of it.
func ParseAddressAs(text string, api API) (*Address, error) {
	u, err := parseURL(text)
	if err != nil {
		return nil, err
	}
	a := &Address{Query: u.Query()}
	if lang := a.Query.Get("lang"); lang != "" {
		a.Lang = lang
		a.Query.Del("lang")
	}
	root, path := u.Scheme+"://"+u.Host, u.EscapedPath()
	at := cutLanguage(path) // where a language stands in it, -1 if none does
	var m []string          // the parts of the path by the form that it has
	is := func(form func() *regexp.Regexp) bool {
		m = form().FindStringSubmatch(path)
		return m != nil
	}
	switch {
	case is(pathSaved):
		a.API, a.Saved = V2, unescape(m[2])
		a.Host = hostAt(root + m[1])
	case is(pathTable):
		a.API, a.Table = V2, unescape(m[2])
		a.Host = hostAt(root + m[1])
	case is(pathTables):
		a.API, a.Host = V2, hostAt(root+m[1])
	case is(pathPxStat), is(pathV1):
		a.version1(root+m[1], m[2], m[3])
	case is(pathPxStatTable):
		a.Lang = cmp.Or(m[3], a.Lang)
		lang := cmp.Or(a.Lang, "en")
		a.version1(root+m[1]+pxStatAdapter, lang, "")
		a.Table = unescape(m[2])
	case is(pathV2):
		a.API, a.Host = V2, hostAt(root+m[1])
	case is(pageSaved):
		if err := a.savedPage(root, m); err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
	case is(pageNumber) && bareHost(root).hasPages(root):
		a.Host, a.Table = bareHost(root), unescape(m[2])
		a.Lang = cmp.Or(m[1], a.Lang)
	case is(pageTable), is(pageLevels):
		p := readPage(m)
		a.version1(bareHost(root).pageBase(root, p), p.lang, p.below)
	case strings.Trim(path, "/") == "":
		a.Host = bareHost(root)
	case api == V1 && at >= 0:
		lang, rest, _ := strings.Cut(path[at:], "/")
		a.version1(root+path[:at-1], lang, rest)
	case api == V2:
		a.API, a.Host = V2, hostAt(root+path)
	default:
		return nil, unknownForm(text, api)
	}
	a.Host = a.Host.speaking(a.Lang)
	return a, nil
}

// unknownForm is the error for an address of which nobody can tell what it is of.
func unknownForm(text string, api API) error {
	if api == V1 {
		return fmt.Errorf("%q is no address of version 1 of the API: there is no language in it, as in .../en/database", text)
	}
	return fmt.Errorf("%q is no address of a PxWeb server: it ends like .../api/v1/en/database or .../api/v2, or is only https://name", text)
}

// parseURL parses an address into scheme, server and path, each spelled in the one way in
// which they are compared.
func parseURL(text string) (*url.URL, error) {
	given := strings.TrimSpace(text)
	server, rest, ok := given, "", true
	if i := strings.IndexAny(given, "/?#"); i >= 0 {
		server, rest = given[:i], given[i:]
	}
	if !hasScheme().MatchString(given) {
		given, ok = "https://"+given, isServer(server, rest)
		if isLocal(server) {
			given = "http" + strings.TrimPrefix(given, "https")
		}
	}
	u, err := url.Parse(given)
	if err != nil || !ok || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return nil, fmt.Errorf("%q is no address: it begins with https://", text)
	}
	if strings.Contains(u.Path, "//") {
		u.Path, u.RawPath = slashes().ReplaceAllString(u.Path, "/"), slashes().ReplaceAllString(u.RawPath, "/")
	}
	u.Host = transport.HostOf(given)
	return u, nil
}

var (
	hasScheme  = pattern(`^[A-Za-z][A-Za-z0-9+.-]*://`)
	slashes    = pattern(`//+`)
	serverName = pattern(`^(\[[0-9A-Fa-f:.]+\]|[\pL\pN-]+(\.[\pL\pN-]+)*\.?)(:[0-9]+)?$`)
	localName  = pattern(`(?i)^((.*\.)?localhost\.?|127\.[0-9.]+|\[::1\])(:[0-9]*)?$`)
	apiPath    = pattern(`(?i)/v[0-2](-beta)?(/|$)`)
)

// isServer tells whether the beginning of an address without a scheme is a server, rather
// than a word or the first part of a path: it has a dot or a port in it, or the path of an
// API follows.
func isServer(name, rest string) bool {
	return serverName().MatchString(name) && (strings.ContainsAny(name, ".:") || isLocal(name) || apiPath().MatchString(rest))
}

// isLocal knows the names of this machine.
func isLocal(server string) bool { return localName().MatchString(server) }

// FindHost is the host of a short name ("ssb", "norway") or of an address: the
// base of either version, that of a table, or only https://name, where the APIs
// are looked for in the usual places. ok is false for what is neither.
func FindHost(name string) (host Host, ok bool) {
	low := strings.ToLower(strings.TrimSpace(name))
	low = cmp.Or(aliases[low], low)
	for _, h := range hosts {
		if h.Name == low {
			return h, true
		}
	}
	a, err := ParseAddress(name)
	if err != nil {
		return Host{}, false
	}
	return a.Host, true
}

// version1 reads an address of version 1: what stands in front of the language, the language,
// database and path.
func (a *Address) version1(base, lang, rest string) {
	a.API, a.Lang = V1, lang
	rest = strings.Trim(rest, "/")
	full := secure(base) + "/" + lang + "/" + rest + "/"
	for _, h := range hosts {
		known := h.base1(lang) + "/" // only that where the host has no version 1
		if known != "/" && len(full) >= len(known) && strings.EqualFold(full[:len(known)], known) {
			a.Host, a.Table = h.over(base), unescape(strings.Trim(full[len(known):], "/"))
			return
		}
	}
	a.Host = Host{V1: base + "/{lang}", Languages: []string{lang}}
	if !a.Host.isPxStat() {
		db, below, _ := strings.Cut(rest, "/")
		a.Host.V1 = strings.TrimSuffix(a.Host.V1+"/"+db, "/")
		rest = below
	}
	if h, ok := sameServer(base); ok {
		a.Host = a.Host.like(h) // another database of a server whose limits are known
	}
	a.Table = unescape(rest)
}

// savedPage reads the address of the page of a saved query. Version 2 of the API knows it by
// the same number.
func (a *Address) savedPage(root string, m []string) error {
	a.Host, a.Saved = bareHost(root), unescape(m[2])
	switch {
	case a.Host.Name == "": // whether it has version 2 is to be found out
	case !a.Host.has(V2):
		return errNoSaved
	default:
		a.API = V2
		if strings.HasPrefix(m[1], "/en/") {
			a.Lang = "en"
		}
	}
	return nil
}

// errNoSaved is the error for a saved query of a server that has no version 2 of the API.
var errNoSaved = errors.New("only version 2 of the API gives saved queries, which this server has not: open the page, and use the address of its table, or save its query for the API as a file")

// secure is an address with https. The known hosts are written so.
func secure(address string) string {
	if rest, ok := strings.CutPrefix(address, "http://"); ok {
		return "https://" + rest
	}
	return address
}

// sameServer finds the known host on the same server.
func sameServer(base string) (Host, bool) {
	for _, h := range hosts {
		if transport.HostOf(h.V1) == transport.HostOf(base) || (h.V2 != "" && transport.HostOf(h.V2) == transport.HostOf(base)) {
			return h, true
		}
	}
	return Host{}, false
}

// hostAt is the host whose base of version 2 this is.
func hostAt(base string) Host {
	base = strings.TrimRight(base, "/")
	for _, h := range hosts {
		if strings.EqualFold(h.V2, secure(base)) {
			return h.over(base)
		}
	}
	h := Host{V2: base}
	if known, ok := sameServer(base); ok {
		h = h.like(known)
	}
	return h
}

// bareHost is a server of which only the name is known.
func bareHost(root string) Host {
	at := secure(root)
	for _, h := range hosts {
		if strings.HasPrefix(h.V1, at+"/") || strings.HasPrefix(h.V2, at+"/") || h.hasPages(at) {
			return h.over(root)
		}
	}
	return Host{V1: root + "/api/v0/{lang}/table", V2: root + "/api/pxwebapi/v2", bare: root}
}
