package pxweb

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMatchLanguage(t *testing.T) {
	for _, tt := range []struct{ name, lang, want string }{
		{"as it is", "en", "en"}, {"capitals", "EN", "en"}, {"with a country", "sv-SE", "sv"}, {"with a country, otherwise", "sv_FI", "sv"},
		{"Bokmål", "nb", "no"}, {"Nynorsk of Norway", "nn-NO", "no"}, {"none of them", "xx", ""}, {"a word", "english", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lang, ok := matchLanguage([]string{"no", "sv", "en"}, tt.lang)
			require.Equal(t, tt.want != "", ok)
			if ok {
				require.Equal(t, tt.want, lang)
			}
		})
	}
	lang, _ := matchLanguage([]string{"nb", "nn"}, "nn")
	require.Equal(t, "nn", lang, "where both are there")
}

// office is a server of version 2 alone, with a table that is there in English only. It notes
// what it is asked for.
func office(t *testing.T, asked *[]string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.URL.RequestURI())
		lang := r.URL.Query().Get("lang")
		path, ok := strings.CutPrefix(r.URL.Path, "/api/v2")
		switch {
		case ok && path == "/config":
			fmt.Fprint(w, `{"apiVersion":"2.0","languages":[{"id":"sv"},{"id":"en"}],"defaultLanguage":"sv","maxDataCells":1000}`)
		case ok && path == "/tables/PR01/metadata" && lang == "en":
			fmt.Fprint(w, `{"version":"2.0","class":"dataset","label":"Prices","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[]}`)
		default:
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"title":"Non-existent table","status":404}`)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestLanguageOfServer(t *testing.T) {
	tests := []struct {
		name, base, lang, table string
		api                     API
		err                     string // without the server
		in                      string // the language that was asked for
	}{
		{"none, a server by its name", "", "", "PR01", Auto, "table PR01 is not there in sv, but it is in en", ""},
		{"one of them", "", "en", "PR01", Auto, "", "en"},
		{"with a country", "", "en-GB", "PR01", Auto, "", "en"},
		{"none of the server's", "", "xx", "PR01", Auto, `has no language "xx": it is one of sv or en`, ""},
		{"none of the server's, by its base", "/api/v2", "xx", "PR01", Auto, `has no language "xx": it is one of sv or en`, ""},
		{"with a country, by its base", "/api/v2", "EN-us", "PR01", V2, "", "en"},
		{"the place of version 2 is found where it is wanted", "", "en", "PR01", V2, "", "en"},
		{"a table that is nowhere", "", "sv", "PR02", Auto, "404 Not Found: Non-existent table", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var asked []string
			c := clientAt(t, office(t, &asked)+tt.base, tt.api, Options{Lang: tt.lang})
			tab, err := c.Table(context.Background(), tt.table)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.in, tab.Lang)
			require.Equal(t, tt.in, c.Lang())
		})
	}
}

// TestLanguageOfKnownHost is known without asking.
func TestLanguageOfKnownHost(t *testing.T) {
	ssb, _ := FindHost("ssb")
	c, err := New(ssb, &Options{Lang: "nb-NO", Cache: t.TempDir()})
	require.NoError(t, err)
	require.Equal(t, "no", c.Lang())
	_, err = New(ssb, &Options{Lang: "sv", Cache: t.TempDir()})
	require.ErrorContains(t, err, `ssb has no language "sv": it is one of no or en`)
}

// TestAddressesThatAnswer are all that is told of a server of which only the name is known.
func TestAddressesThatAnswer(t *testing.T) {
	var asked []string
	base := office(t, &asked)
	c := clientAt(t, base, Auto, Options{})
	_, err := c.Config(context.Background())
	require.NoError(t, err)
	require.Equal(t, []string{base + "/api/v2"}, c.Addresses(context.Background()))
	ssb, _ := FindHost("ssb")
	c, err = New(ssb, &Options{Cache: t.TempDir()})
	require.NoError(t, err)
	require.Equal(t, []string{ssb.V1, ssb.V2}, c.Addresses(context.Background()), "what is known is not asked")
}

// TestSavedPage finds version 2 for the page of a saved query, or says what to do.
func TestSavedPage(t *testing.T) {
	var asked []string
	a, err := ParseAddress(office(t, &asked) + "/pxweb/sq/17.px")
	require.NoError(t, err)
	c, err := New(a.Host, &Options{Cache: t.TempDir()})
	require.NoError(t, err)
	_, err = c.Saved(context.Background(), a.Saved)
	require.ErrorIs(t, err, ErrNotFound)
	require.Contains(t, asked, "/api/v2/savedqueries/17")

	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	a, err = ParseAddress(s.URL + "/sq/17")
	require.NoError(t, err)
	c, err = New(a.Host, &Options{Cache: t.TempDir()})
	require.NoError(t, err)
	_, err = c.Saved(context.Background(), a.Saved)
	require.ErrorContains(t, err, "use the address of its table")
}
