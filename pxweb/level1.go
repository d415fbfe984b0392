package pxweb

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// Entry is a line of a listing: a level, a table, or a headline between them.
type Entry struct {
	ID      string // to ask for what is below it, or for the table
	Type    string // "l" level, "t" table, "h" headline; others are shown and not entered
	Text    string // without HTML
	Updated string // of a table, local time; may be empty
	Ended   bool   // a table of a series that is no longer continued, as far as one can tell
	Path    string // below the database in version 1; from the top, with the id, in version 2

	database bool // it is one, at the level of the language
}

// list1 lists a level of version 1.
func (s *server) list1(ctx context.Context, path string) ([]Entry, error) {
	at := s.at()
	address := at.url1(path)
	text, err := s.get(ctx, address)
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
			return nil, &Error{Kind: ErrAnswer, Status: http.StatusOK, Message: message, URL: address}
		}
		return nil, selectionErrorf("", "%q is a table, not a level", path)
	}
	if err := transport.Decode(address, text, &raw); err != nil {
		return nil, public(err)
	}
	endedHere := ended(path)
	list := make([]Entry, 0, len(raw))
	for _, r := range raw {
		e := Entry{ID: cmp.Or(r.DBID, r.ID), Type: r.Type, Text: transport.OneLine(r.Text), Updated: r.Updated, database: r.DBID != ""}
		if e.database {
			e.Type = "l"
		}
		if e.ID == "" && e.Type != "h" {
			return nil, otherAnswer(address, "a listing without ids")
		}
		if e.Type != "h" {
			e.Path = strings.Trim(strings.Trim(path, "/")+"/"+e.ID, "/")
		}
		if e.Type == "t" {
			e.ID = at.nameOf(e.Path, e.Text)
		}
		e.Ended = endedHere || ended(e.Text)
		list = append(list, e)
	}
	return list, nil
}

// nameOf is the name by which a table of version 1 can be asked for: its number, which
// Statistics Norway writes in front of its title and which stays when tables are moved, else
// its path.
func (s *site) nameOf(path, title string) string {
	number, _, ok := strings.Cut(title, ":")
	if ok && isTableNumber(number) && s.short() {
		return number
	}
	return path
}

// short tells whether the host knows tables by their numbers: if its addresses have the
// layout of Statistics Norway.
func (s *site) short() bool {
	return strings.HasSuffix(s.host.V1, "/api/v0/{lang}/table")
}

// ended knows the words by which ended series are marked.
func ended(text string) bool {
	low := strings.ToLower(text)
	words := []string{"avslutta", "avslutte", "avslutade", "discontinued", "closed time series", "(ended)", "(closed)"}
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(low, word) })
}
