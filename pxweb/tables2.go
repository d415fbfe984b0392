package pxweb

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

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

// pageSize is how many tables version 2 is asked for at once.
const pageSize = 100

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
			return otherAnswer(address, "no list of tables")
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

// notHits is the error of an answer that has not the shape of hits.
func notHits(address string) error {
	return otherAnswer(address, "tables without an id or a title")
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

// below is how many parts of a path lead to a level, which is given by its path from the
// top or by its id alone; ok is false if the path does not.
func (p subjectPath) below(level string) (n int, ok bool) {
	parts := strings.Split(strings.Trim(level, "/"), "/")
	if parts[0] == "" {
		return 0, true
	}
	for from := range p {
		if from+len(parts) > len(p) || from > 0 && len(parts) > 1 {
			break
		}
		if slices.EqualFunc(parts, p[from:from+len(parts)], func(id string, l subject) bool { return strings.EqualFold(id, l.ID) }) {
			return from + len(parts), true
		}
	}
	return 0, false
}
