package pxweb

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// Search says what to search for. The zero value finds all tables.
type Search struct {
	Text   string   // in the syntax of the server: words, phrases, title:word, a star at the end
	Fields []string // version 1: where the words may stand, such as title; "*" is everywhere
	Under  string   // only below this subject
	Days   int      // only what was updated in the last days
	Ended  bool     // ended tables too; version 1 always finds them
	Most   int      // the most hits to return; 0: all
}

// Hit is a table that was found.
type Hit struct {
	ID      string // to ask for it
	Title   string
	Updated string
	Path    string // in version 1 below the database; in version 2 the subjects
	Table   string // internal name, version 1 only
	Ended   bool
	First   string // first and last period, version 2 only
	Last    string
}

// search searches tables, each once.
func (s *server) search(ctx context.Context, q Search) ([]Hit, error) {
	at, err := s.find(ctx)
	if err != nil {
		return nil, err
	}
	if at.api == V2 {
		return s.search2(ctx, q)
	}
	return s.search1(ctx, q)
}

func (s *server) search1(ctx context.Context, q Search) ([]Hit, error) {
	at := s.at()
	if !strings.HasSuffix(at.host.V1, "{lang}") || strings.Trim(q.Under, "/") != "" {
		return s.search1At(ctx, q)
	}
	// No database is named, and above them no server searches: it lists them, whatever it
	// is asked.
	dbs, err := s.list1(ctx, "")
	switch {
	case err != nil:
		return nil, err
	case slices.ContainsFunc(dbs, func(e Entry) bool { return !e.database }):
		return s.search1At(ctx, q)
	case len(dbs) > maxDatabases: // one for each table
		return s.walk(ctx, q)
	}
	var hits []Hit
	var failed []string
	for _, db := range dbs {
		one := q
		one.Under = db.Path
		if q.Most > 0 {
			one.Most = q.Most - len(hits)
		}
		some, err := s.search1At(ctx, one)
		if isNo(err) && len(failed)+1 < len(dbs) {
			failed = append(failed, db.ID)
			s.warn("database %s cannot be searched: %v", db.ID, err)
			continue
		}
		if err != nil {
			return nil, err
		}
		if hits = append(hits, some...); q.Most > 0 && len(hits) >= q.Most {
			break
		}
	}
	return hits, nil
}

// maxDatabases is how many databases of a server are searched one after another.
const maxDatabases = 15

// search1At searches in a database, or below a level of one.
func (s *server) search1At(ctx context.Context, q Search) ([]Hit, error) {
	at := s.at()
	text := cmp.Or(q.Text, "*")
	if q.Days > 0 {
		from := s.calls.Now().AddDate(0, 0, -q.Days).Format("20060102")
		text = strings.TrimPrefix(text, "*")
		if text != "" {
			text = "(" + text + ") AND "
		}
		text += "published:[" + from + " TO 99991231*]"
	}
	query := url.Values{"query": {text}}
	if len(q.Fields) > 0 {
		query.Set("filter", strings.Join(q.Fields, ","))
	} else if text == "*" {
		query.Set("filter", "*")
	}
	var raw []struct {
		ID        string `json:"id"`
		DBID      string `json:"dbid"`
		Path      string `json:"path"`
		Title     string `json:"title"`
		Published string `json:"published"`
		Type      string `json:"type"`
	}
	address := at.url1(q.Under) + "?" + query.Encode()
	if _, err := s.getJSON(ctx, address, &raw); err != nil {
		if errors.Is(err, ErrRefused) {
			return s.walk(ctx, q) // it has no index
		}
		return nil, err
	}
	var hits []Hit
	seen := map[string]bool{}
	for _, r := range raw {
		if r.Type != "" || r.DBID != "" {
			// The server ignored the query and sent a listing.
			return s.walk(ctx, q)
		}
		if r.ID == "" || r.Title == "" {
			return nil, notHits(address)
		}
		if seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		h := Hit{Table: r.ID, Title: transport.OneLine(r.Title), Updated: r.Published, Ended: ended(r.Title) || ended(r.Path)}
		h.Path = strings.Trim(strings.Trim(q.Under, "/")+"/"+strings.Trim(r.Path, "/")+"/"+r.ID, "/")
		if strings.HasPrefix(r.Published, "0001-") {
			h.Updated = ""
		}
		h.ID = at.nameOf(h.Path, h.Title)
		hits = append(hits, h)
		if q.Most > 0 && len(hits) == q.Most {
			break
		}
	}
	return hits, nil
}

// notHits is the error of an answer that has not the shape of hits.
func notHits(address string) error {
	return &Error{Kind: ErrAnswer, Status: http.StatusOK, Method: http.MethodGet, URL: address, Message: "tables without an id or a title"}
}

// maxWalk is how many levels are listed on a server that has no search.
const maxWalk = 60

// walk looks for words in the titles of tables, level by level, where the server
// has no search. It gives up after maxWalk levels, and says so.
func (s *server) walk(ctx context.Context, q Search) ([]Hit, error) {
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(q.Text, "*", "")))
	var since time.Time
	if q.Days > 0 {
		since = s.calls.Now().AddDate(0, 0, -q.Days)
	}
	queue := []string{strings.Trim(q.Under, "/")}
	var hits []Hit
	seen := map[string]bool{}
	undated, named := 0, 0
	for n := 0; len(queue) > 0; n++ {
		if n == maxWalk {
			s.warn("the server has no search, and %d levels were looked through: there may be more; name a subject to search below it", n)
			break
		}
		path := queue[0]
		queue = queue[1:]
		list, err := s.list1(ctx, path)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			switch {
			case e.database && len(list) > maxDatabases && !matches(strings.ToLower(e.ID+" "+e.Text), words):
				named++ // there is one for each table, with its name
			case e.Type == "l":
				queue = append(queue, e.Path)
			case e.Type == "t" && !seen[e.Path] && (matches(strings.ToLower(e.Path+" "+e.Text), words) || len(words) > 0 && named > 0 && e.Path != ""):
				seen[e.Path] = true
				if q.Days > 0 {
					at, err := parseTime(e.Updated)
					if err != nil {
						undated++
						continue
					}
					if at.Before(since) {
						continue
					}
				}
				hits = append(hits, Hit{ID: e.ID, Table: e.Path[strings.LastIndexByte(e.Path, '/')+1:], Title: e.Text, Updated: e.Updated, Path: e.Path, Ended: e.Ended})
				if q.Most > 0 && len(hits) == q.Most {
					return hits, nil
				}
			}
		}
	}
	if named > 0 {
		s.warn("the server has a database for each table and no search: the names of databases were looked at")
	}
	if undated > 0 {
		s.warn("%d tables do not say when they were updated, and are left out", undated)
	}
	return hits, nil
}

func matches(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// pageSize is how many tables version 2 is asked for at once.
const pageSize = 100

func (s *server) search2(ctx context.Context, q Search) ([]Hit, error) {
	var hits []Hit
	seen := map[string]bool{}
	err := s.tables(ctx, q, func(t *tableEntry) bool {
		if !seen[t.ID] && t.under(q.Under) {
			seen[t.ID] = true
			hits = append(hits, t.hit())
		}
		return q.Most == 0 || len(hits) < q.Most
	})
	if err == nil && len(hits) == 0 && strings.Trim(q.Under, "/") != "" {
		_, err = s.list2(ctx, q.Under) // perhaps there is no such level
	}
	return hits, err
}

// tables goes through the tables of version 2 that a search finds, page by page, until take
// has enough of them.
func (s *server) tables(ctx context.Context, q Search, take func(*tableEntry) bool) error {
	at := s.at()
	query := url.Values{"pageSize": {strconv.Itoa(pageSize)}}
	if q.Text != "" {
		query.Set("query", q.Text)
	}
	if len(q.Fields) > 0 && q.Fields[0] != "*" && !strings.Contains(q.Text, ":") && q.Text != "" {
		var fields []string
		for _, f := range q.Fields {
			fields = append(fields, f+":("+q.Text+")")
		}
		query.Set("query", strings.Join(fields, " OR "))
	}
	if q.Days > 0 {
		query.Set("pastDays", strconv.Itoa(q.Days))
	}
	if q.Ended {
		query.Set("includeDiscontinued", "true")
	}
	for page, pages := 1, 1; page <= pages; page++ {
		// The links of a page forget some of the query, so pages are counted.
		query.Set("pageNumber", strconv.Itoa(page))
		var v struct {
			Tables []tableEntry `json:"tables"`
			Page   *struct {
				TotalPages int `json:"totalPages"`
			} `json:"page"`
		}
		address := at.url2("/tables", query)
		if _, err := s.getJSON(ctx, address, &v); err != nil {
			if page > 1 && errors.Is(err, ErrNotFound) {
				break // beyond the end, which moved meanwhile
			}
			return err
		}
		if v.Page == nil && v.Tables == nil {
			return &Error{Kind: ErrAnswer, Status: http.StatusOK, Method: http.MethodGet, URL: address, Message: "no list of tables"}
		}
		if v.Page != nil {
			pages = v.Page.TotalPages
		}
		for i := range v.Tables {
			if t := &v.Tables[i]; t.ID == "" || t.Label == "" {
				return notHits(address)
			}
			if !take(&v.Tables[i]) {
				return nil
			}
		}
	}
	return nil
}

// tableEntry is a table in the list of version 2.
type tableEntry struct {
	ID           string        `json:"id"`
	Label        string        `json:"label"`
	Updated      string        `json:"updated"`
	FirstPeriod  string        `json:"firstPeriod"`
	LastPeriod   string        `json:"lastPeriod"`
	SubjectCode  string        `json:"subjectCode"`
	Discontinued bool          `json:"discontinued"`
	Paths        []subjectPath `json:"paths"`
}

// subjectPath is where a table stands, from the top.
type subjectPath []subject

// subject is a level of it.
type subject struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// String is the path with a slash between the ids.
func (p subjectPath) String() string {
	ids := make([]string, len(p))
	for i, s := range p {
		ids[i] = s.ID
	}
	return strings.Join(ids, "/")
}

// under tells whether the table stands below a subject, given by one id or by
// a path of ids.
func (t *tableEntry) under(path string) bool {
	path = strings.Trim(path, "/")
	if path == "" || strings.EqualFold(t.SubjectCode, path) {
		return true
	}
	return slices.ContainsFunc(t.Paths, func(p subjectPath) bool {
		return strings.Contains("/"+strings.ToLower(p.String())+"/", "/"+strings.ToLower(path)+"/")
	})
}

func (t *tableEntry) hit() Hit {
	h := Hit{ID: t.ID, Title: transport.OneLine(t.Label), Updated: t.Updated, First: t.FirstPeriod, Last: t.LastPeriod,
		Ended: t.Discontinued || ended(t.Label)}
	if len(t.Paths) > 0 {
		h.Path = t.Paths[0].String()
	}
	return h
}
