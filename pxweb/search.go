package pxweb

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

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
