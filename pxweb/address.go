package pxweb

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"strings"
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
	pageTable  = regexp.MustCompile(`^(/en)?(?:/statbank)?/(?:table|tabell)/([^/]+)`)
	pageSaved  = regexp.MustCompile(`^(/en)?/statbank/sq/([^/]+)`)
	pathTable  = regexp.MustCompile(`(?i)^(.*)/tables/([^/]+)(?:/(data|metadata|defaultselection))?/?$`)
	pathTables = regexp.MustCompile(`(?i)^(.*)/tables/?$`)
	pathSaved  = regexp.MustCompile(`(?i)^(.*)/savedqueries/([^/]+)(?:/(?:data|selection))?/?$`)
	pathV1     = regexp.MustCompile(`^(.*?/v[01](?:/doris)?)/([a-z]{2}|[a-z]{2}-[A-Za-z]{2})(/.*)?$`)
	pathV2     = regexp.MustCompile(`(?i)/v2(-beta)?/?$`)
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
	switch {
	case u.Host == "www.ssb.no" && (pageTable.MatchString(path) || pageSaved.MatchString(path)):
		a.page(path)
	case pathSaved.MatchString(path):
		m := pathSaved.FindStringSubmatch(path)
		a.API, a.Saved = V2, unescape(m[2])
		a.Host = hostAt(origin(u) + m[1])
	case pathTable.MatchString(path):
		m := pathTable.FindStringSubmatch(path)
		a.API, a.Table = V2, unescape(m[2])
		a.Host = hostAt(origin(u) + m[1])
	case pathTables.MatchString(path):
		a.API, a.Host = V2, hostAt(origin(u)+pathTables.FindStringSubmatch(path)[1])
	case pathV1.MatchString(path):
		a.version1(u, pathV1.FindStringSubmatch(path))
	case pathV2.MatchString(path):
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

// page reads the address of a page for people.
func (a *Address) page(path string) {
	a.Host, _ = FindHost("ssb")
	m := pageTable.FindStringSubmatch(path)
	if m != nil {
		a.Table = unescape(m[2])
	} else {
		m = pageSaved.FindStringSubmatch(path)
		a.API, a.Saved = V2, unescape(m[2])
	}
	if m[1] != "" {
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
		a.Host.Cells, a.Host.Calls, a.Host.Window = h.Cells, h.Calls, h.Window
		a.Host.License, a.Host.Attribution = h.License, h.Attribution
	}
	if strings.HasSuffix(m[1], "/api/v0") && db == "table" {
		// The layout of Statistics Norway.
		a.Host.Data, a.Host.Web = origin(u), origin(u)
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
		if hostOf(h.V1) == hostOf(base) || (h.V2 != "" && hostOf(h.V2) == hostOf(base)) {
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
	if root, ok := strings.CutSuffix(base, "/api/pxwebapi/v2"); ok {
		h.Data, h.Web = root, root
	}
	if known, ok := sameServer(base); ok {
		h.Cells, h.Calls, h.Window = known.Cells, known.Calls, known.Window
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
	return Host{V1: root + "/api/v0/{lang}/table", V2: root + "/api/pxwebapi/v2", Data: root, Web: root, bare: root}
}

// origin is scheme and host of an address.
func origin(u *url.URL) string { return u.Scheme + "://" + u.Host }
