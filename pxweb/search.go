package pxweb

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// Entry is a line of a listing: a level, a table, or a headline between them.
type Entry struct {
	ID      string
	Type    string // "l" level, "t" table, "h" headline; others are shown and not entered
	Text    string // without HTML
	Updated string // of a table, local time; may be empty
	Ended   bool   // a table of a series that is no longer continued, as far as one can tell
	Path    string // below the database
}

// list lists what stands below a path of version 1, or all tables below a subject.
func (s *server) list(ctx context.Context, path string) ([]Entry, error) {
	at, err := s.find(ctx)
	if err != nil {
		return nil, err
	}
	if !at.host.has(V1) {
		return s.list2(ctx, path)
	}
	address := at.url1(path)
	text, err := s.get(ctx, address)
	if at.api == V2 && at.host.bare != "" && isNo(err) {
		return s.list2(ctx, path) // that it has version 1 was a guess
	}
	if err != nil {
		return nil, err
	}
	var raw []struct {
		ID      string `json:"id"`
		DBID    string `json:"dbid"` // of a database
		Type    string `json:"type"`
		Text    string `json:"text"`
		Updated string `json:"updated"`
	}
	if text = transport.Readable(text); strings.HasPrefix(strings.TrimSpace(string(text)), "{") {
		if message, _ := transport.Said(text); message != "" && !strings.Contains(string(text), `"variables"`) {
			return nil, &Error{Kind: ErrAnswer, Status: 200, Message: message, URL: address}
		}
		return nil, selectionErrorf("", "%q is a table, not a level", path)
	}
	if err := transport.Decode(address, text, &raw); err != nil {
		return nil, public(err)
	}
	endedHere := ended(path)
	list := make([]Entry, 0, len(raw))
	for _, r := range raw {
		e := Entry{ID: r.ID, Type: r.Type, Text: transport.OneLine(r.Text), Updated: r.Updated}
		if r.DBID != "" {
			e.ID, e.Type = r.DBID, "l"
		}
		if e.Type != "h" {
			e.Path = strings.Trim(strings.Trim(path, "/")+"/"+e.ID, "/")
		}
		e.Ended = endedHere || ended(e.Text)
		list = append(list, e)
	}
	return list, nil
}

// ended knows the words by which ended series are marked.
func ended(text string) bool {
	low := strings.ToLower(text)
	words := []string{"avslutta", "avslutte", "avslutade", "discontinued", "closed time series", "(ended)", "(closed)"}
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(low, word) })
}

func (s *server) list2(ctx context.Context, path string) ([]Entry, error) {
	hits, err := s.search(ctx, Search{Under: path, Ended: true})
	if err != nil {
		return nil, err
	}
	list := make([]Entry, len(hits))
	for i, h := range hits {
		list[i] = Entry{ID: h.ID, Type: "t", Text: h.Title, Updated: h.Updated, Ended: h.Ended, Path: h.Path}
	}
	return list, nil
}

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
		Path      string `json:"path"`
		Title     string `json:"title"`
		Published string `json:"published"`
		Type      string `json:"type"`
	}
	if _, err := s.getJSON(ctx, at.url1(q.Under)+"?"+query.Encode(), &raw); err != nil {
		if q.Text != "" && errors.Is(err, ErrRefused) {
			return s.walk(ctx, q)
		}
		return nil, err
	}
	var hits []Hit
	seen := map[string]bool{}
	for _, r := range raw {
		if r.Type != "" {
			// The server ignored the query and sent a listing.
			return s.walk(ctx, q)
		}
		if seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		h := Hit{ID: r.ID, Table: r.ID, Title: transport.OneLine(r.Title), Updated: r.Published, Ended: ended(r.Title) || ended(r.Path)}
		h.Path = strings.Trim(strings.Trim(q.Under, "/")+"/"+strings.Trim(r.Path, "/")+"/"+r.ID, "/")
		if strings.HasPrefix(r.Published, "0001-") {
			h.Updated = ""
		}
		if number, _, ok := strings.Cut(h.Title, ":"); ok && len(number) == 5 && isNumber(number) {
			h.ID = number // the stable name of a table of Statistics Norway
		} else if at.host.Name != "ssb" {
			h.ID = h.Path
		}
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
	queue := []string{strings.Trim(q.Under, "/")}
	var hits []Hit
	seen := map[string]bool{}
	for n := 0; len(queue) > 0; n++ {
		if n == maxWalk {
			s.warn("the server has no search, and %d levels were looked through: there may be more; name a subject to search below it", n)
			break
		}
		path := queue[0]
		queue = queue[1:]
		list, err := s.list(ctx, path)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			switch {
			case e.Type == "l":
				queue = append(queue, e.Path)
			case e.Type == "t" && !seen[e.ID] && matches(strings.ToLower(e.ID+" "+e.Text), words):
				seen[e.ID] = true
				hits = append(hits, Hit{ID: e.Path, Table: e.ID, Title: e.Text, Updated: e.Updated, Path: e.Path, Ended: e.Ended})
				if q.Most > 0 && len(hits) == q.Most {
					return hits, nil
				}
			}
		}
	}
	return hits, nil
}

func matches(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// pageSize is how many tables version 2 is asked for at once.
const pageSize = 100

func (s *server) search2(ctx context.Context, q Search) ([]Hit, error) {
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
	var hits []Hit
	seen := map[string]bool{}
	for page, pages := 1, 1; page <= pages; page++ {
		// The links of a page forget some of the query, so pages are counted.
		query.Set("pageNumber", strconv.Itoa(page))
		var v struct {
			Tables []tableEntry `json:"tables"`
			Page   struct {
				TotalPages int `json:"totalPages"`
			} `json:"page"`
		}
		if _, err := s.getJSON(ctx, at.url2("/tables", query), &v); err != nil {
			if page > 1 && errors.Is(err, ErrNotFound) {
				break // beyond the end, which moved meanwhile
			}
			return nil, err
		}
		pages = v.Page.TotalPages
		for i := range v.Tables {
			t := &v.Tables[i]
			if seen[t.ID] || !t.under(q.Under) {
				continue
			}
			seen[t.ID] = true
			hits = append(hits, t.hit())
			if q.Most > 0 && len(hits) == q.Most {
				return hits, nil
			}
		}
	}
	return hits, nil
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
type subjectPath []struct {
	ID string `json:"id"`
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
