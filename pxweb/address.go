package pxweb

import (
	"cmp"
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
	pageTable  = pattern(`^(/en)?(?:/statbank)?/(?:table|tabell)/([^/]+)`)
	pageSaved  = pattern(`^(/en)?/statbank/sq/([^/]+)`)
	pathTable  = pattern(`(?i)^(.*)/tables/([^/]+)(?:/(data|metadata|defaultselection))?/?$`)
	pathTables = pattern(`(?i)^(.*)/tables/?$`)
	pathSaved  = pattern(`(?i)^(.*)/savedqueries/([^/]+)(?:/(?:data|selection))?/?$`)
	pathV1     = pattern(`^(.*?/v[01](?:/doris)?)/([a-z]{2}|[a-z]{2}-[A-Za-z]{2})(/.*)?$`)
	pathV2     = pattern(`(?i)/v2(-beta)?/?$`)
)

// ParseAddress reads an address: of a table or saved query in either version of
// the API, with or without a selection; of the page of a table at Statistics
// Norway; or of a server.
func ParseAddress(text string) (*Address, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, fmt.Errorf("%q is no address: it begins with https://", text)
	}
	a := &Address{Query: u.Query()}
	if lang := a.Query.Get("lang"); lang != "" {
		a.Lang = lang
		a.Query.Del("lang")
	}
	path := u.EscapedPath()
	var m []string // the parts of the path by the form that it has
	is := func(form func() *regexp.Regexp) bool {
		m = form().FindStringSubmatch(path)
		return m != nil
	}
	switch {
	case u.Host == "www.ssb.no" && is(pageTable):
		a.Table = unescape(m[2])
		a.page(m[1])
	case u.Host == "www.ssb.no" && is(pageSaved):
		a.API, a.Saved = V2, unescape(m[2])
		a.page(m[1])
	case is(pathSaved):
		a.API, a.Saved = V2, unescape(m[2])
		a.Host = hostAt(origin(u) + m[1])
	case is(pathTable):
		a.API, a.Table = V2, unescape(m[2])
		a.Host = hostAt(origin(u) + m[1])
	case is(pathTables):
		a.API, a.Host = V2, hostAt(origin(u)+m[1])
	case is(pathV1):
		a.version1(u, m)
	case is(pathV2):
		a.API, a.Host = V2, hostAt(origin(u)+strings.TrimRight(path, "/"))
	case strings.Trim(path, "/") == "":
		a.Host = bareHost(origin(u))
	default:
		return nil, fmt.Errorf("%q is no address of a PxWeb server: it ends like .../api/v1/en/database or .../api/v2, or is only https://name", text)
	}
	return a, nil
}

// FindHost is the host of a short name ("ssb", "norway") or of an address: the
// base of either version, that of a table, or only https://name, where the APIs
// are looked for in the places where Statistics Norway has them. ok is false for
// what is neither.
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

// page notes what all addresses of pages for people say. English ones begin with a part
// of their own.
func (a *Address) page(english string) {
	a.Host, _ = FindHost("ssb")
	if english != "" {
		a.Lang = "en"
	}
}

// version1 reads an address of version 1: base, language, database, path.
func (a *Address) version1(u *url.URL, m []string) {
	a.API, a.Lang = V1, m[2]
	rest := strings.Trim(m[3], "/")
	for _, h := range hosts {
		if below, ok := strings.CutPrefix(origin(u)+u.EscapedPath()+"/", h.base1(m[2])+"/"); ok {
			a.Host, a.Table = h, unescape(strings.Trim(below, "/"))
			return
		}
	}
	db, below, _ := strings.Cut(rest, "/")
	base := origin(u) + m[1] + "/{lang}"
	if db != "" {
		base += "/" + db
	}
	a.Host = Host{V1: base, Languages: []string{m[2]}}
	if h, ok := sameServer(base); ok {
		// Another database of a server whose limits are known.
		a.Host.Cells, a.Host.Calls, a.Host.Window, a.Host.Dated = h.Cells, h.Calls, h.Window, h.Dated
		a.Host.License, a.Host.Attribution = h.License, h.Attribution
	}
	a.Table = unescape(below)
}

func unescape(s string) string {
	if t, err := url.PathUnescape(s); err == nil {
		return t
	}
	return s
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
		if strings.EqualFold(h.V2, base) {
			return h
		}
	}
	h := Host{V2: base}
	if known, ok := sameServer(base); ok {
		h.Cells, h.Calls, h.Window, h.Dated = known.Cells, known.Calls, known.Window, known.Dated
	}
	return h
}

// bareHost is a server of which only the name is known.
func bareHost(root string) Host {
	for _, h := range hosts {
		if strings.HasPrefix(h.V1, root+"/") || strings.HasPrefix(h.V2, root+"/") || h.Web == root {
			return h
		}
	}
	return Host{V1: root + "/api/v0/{lang}/table", V2: root + "/api/pxwebapi/v2", bare: root}
}

// origin is scheme and host of an address.
func origin(u *url.URL) string { return u.Scheme + "://" + u.Host }
