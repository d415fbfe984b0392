package about

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A Table is what is said of a dataset as a whole. What is not said is empty.
type Table struct {
	Title       string
	ID          string // of the table at its office
	Area        string // the subject
	Language    string // of its texts, as PxWeb says it: "no", "en"
	Source      string
	Updated     string // as people write it: 2025-01-31, or 2025-01-31 08:00 UTC; else as the document does
	Next        string // when it will be updated, likewise
	Licence     string
	Attribution string // how to cite it
	Official    *bool  // is it part of official statistics
	Copyright   *bool
	Contacts    []string
	Address     string   // of the dataset
	Heading     []string // ids of the dimensions that its office puts across
	Pages       []Page
}

// A Page is a web page about a dataset.
type Page struct{ Label, Address string }

// Of gathers what a dataset says of itself.
func Of(ds *jsonstat.Dataset) Table {
	px, ext := pxext.TableOf(ds.Extension()), members(ds.Extension())
	updated, err := ds.UpdatedTime()
	next, nextErr := time.Parse(time.RFC3339, px.NextUpdate)
	t := Table{
		Title: Line(ds.Label()), ID: px.TableID, Area: px.Area, Language: px.Language, Source: Line(ds.Source()),
		Updated: when(ds.Updated(), updated, err), Next: when(px.NextUpdate, next, nextErr),
		Licence:     cmp.Or(said(ext, "license", "licence", "rights"), linked(ds, "license", "licence")),
		Attribution: said(ext, "attribution", "citation"),
		Official:    px.Official, Copyright: px.Copyright,
		Contacts: contacts(ext["contact"]), Address: ds.Href(), Heading: px.Heading,
	}
	for _, l := range ds.Links() {
		if IsAddress(l.Href) && l.Rel != "self" && l.Rel != "license" {
			t.Pages = append(t.Pages, Page{l.Label, l.Href})
		}
	}
	return t
}

// IsAddress tells whether a text is a web address and nothing else.
func IsAddress(text string) bool {
	if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return false
	}
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && len(text) <= 2000 && !strings.ContainsAny(text, " \"<>\n\t")
}

// when is a time for people; what is none stays as the document writes it.
func when(text string, t time.Time, err error) string {
	switch {
	case err != nil:
		return Line(text)
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format("2006-01-02")
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}

// linked is the address of a relation.
func linked(ds *jsonstat.Dataset, rels ...string) string {
	for _, l := range ds.Links() {
		if slices.Contains(rels, l.Rel) {
			return cmp.Or(l.Href, l.Label)
		}
	}
	return ""
}

// members are those of a JSON object, nil if it is none.
func members(raw json.RawMessage) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	if json.Unmarshal(raw, &m) != nil {
		return nil
	}
	return m
}

// said is the first of some members that says something: a text, or an object with
// a name or an address.
func said(m map[string]json.RawMessage, names ...string) string {
	for _, name := range names {
		var text string
		if json.Unmarshal(m[name], &text) == nil && strings.TrimSpace(text) != "" {
			return Text(text)
		}
		if inner := members(m[name]); inner != nil {
			var parts []string
			for _, key := range []string{"name", "label", "title", "text", "url", "href"} {
				if text := said(inner, key); text != "" && !slices.Contains(parts, text) {
					parts = append(parts, text)
				}
			}
			if len(parts) > 0 {
				return strings.Join(parts, ", ")
			}
		}
	}
	return ""
}

// contacts are people and offices: a text, an object or a list of either.
func contacts(raw json.RawMessage) []string {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var all []string
	for _, one := range list {
		m := members(one)
		if m == nil {
			m = map[string]json.RawMessage{"raw": one}
		}
		var parts []string
		for _, key := range []string{"name", "organization", "mail", "email", "phone"} {
			if text := said(m, key); text != "" {
				parts = append(parts, text)
			}
		}
		if text := cmp.Or(strings.Join(parts, ", "), said(m, "raw")); text != "" {
			all = append(all, text)
		}
	}
	return all
}
