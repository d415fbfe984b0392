package pxweb

import (
	"net/url"
	"strings"
)

// Addresses of pages for people. PxWeb makes those of tables by a rule:
// {site}/pxweb/{language}/{database}/{levels}/{table}/..., the levels joined by two
// underscores; in front of them stands the database once more, or START, and where there are
// none a minus. Some sites leave out the part that is called pxweb.

var (
	pageTable  = pattern(`(?i)^(.*)/pxweb/([a-z]{2}(?:-[a-z]{2})?)/([^/]+)(?:/([^/]+)(?:/([^/]+))?)?(?:/.*)?$`)
	pageLevels = pattern(`(?i)^(.*?)/([a-z]{2}(?:-[a-z]{2})?)/([^/]+)/([^/]+__[^/]+)(?:/([^/]+))?(?:/.*)?$`)

	// A few offices have pages with only the table's number or name in the address.
	pageNumber = pattern(`(?i)^(?:/(en|no|ga))?(?:/statbank)?/(?:table|tabell)/([^/]+)`)

	// The page of a saved query, perhaps with the ending of a format.
	pageSaved = pattern(`(?i)^(.*/)sq/([^/.]+)(?:\.[a-z0-9_-]+)?/?$`)
)

// page is what the address of the page of a table says.
type page struct{ site, lang, db, below string }

// readPage reads the parts of the path of the page of a table, a level or a database, which
// are the same in pageTable and pageLevels.
func readPage(m []string) page {
	p := page{site: m[1], lang: m[2], db: m[3]}
	levels := strings.Split(m[4], "__")
	if first := levels[0]; first == "" || first == "-" || first == "START" || strings.EqualFold(first, p.db) {
		levels = levels[1:]
	}
	if m[5] != "" {
		levels = append(levels, m[5])
	}
	p.below = p.db + "/" + strings.Join(levels, "/")
	return p
}

// hasPages tells whether an origin is that of the web site of a host, with www or without.
func (h Host) hasPages(root string) bool {
	return h.Web != "" && (root == h.Web || root == strings.Replace(h.Web, "://www.", "://", 1))
}

// pageBase is the base of version 1, without language and database, of the site of a page.
// Known hosts may have theirs elsewhere.
func (h Host) pageBase(root string, p page) string {
	if h.hasPages(root) {
		base, _, _ := strings.Cut(h.V1, "/{lang}")
		return base
	}
	return root + p.site + "/api/v1"
}

// languages are the codes of ISO 639-1, by which a language is told from other short parts of
// a path.
const languages = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "

// cutLanguage is where the first language stands in a path, -1 if there is none.
func cutLanguage(path string) int {
	at := 0
	for part := range strings.SplitSeq(path, "/") {
		name, region, _ := strings.Cut(part, "-")
		if at > 0 && len(name) == 2 && (region == "" || len(region) == 2) && strings.Contains(languages, " "+name+" ") {
			return at
		}
		at += len(part) + 1
	}
	return -1
}

// unescape is a part of a path without its escapes.
func unescape(s string) string {
	if t, err := url.PathUnescape(s); err == nil {
		return t
	}
	return s
}
