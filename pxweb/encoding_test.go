package pxweb

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/charset/charsettest"
	"github.com/jsonstat-go/toolkit/internal/pxserver"
	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// TestEncodings: what a server says, and the file of a query, may have a byte order
// mark or be in UTF-16.
func TestEncodings(t *testing.T) {
	const meta, query = `{"title":"Folkemengde på Ås","variables":[]}`, `{"query":[{"code":"Kjønn","selection":{"filter":"item","values":["1"]}}],"response":{"format":"json-stat2"}}`
	want, err := ParseQuery([]byte(query))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range charsettest.Encodings(meta) {
		var v struct{ Title string }
		if err := transport.Decode("https://example.org", []byte(text), &v); err != nil || v.Title != "Folkemengde på Ås" {
			t.Errorf("%s: the title is %q, %v", name, v.Title, err)
		}
	}
	for name, text := range charsettest.Encodings(query) {
		if got, err := ParseQuery([]byte(text)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the query is %v, %v", name, got, err)
		}
	}
}

// TestServerInOtherEncodings: a server all of whose JSON has a byte order mark, or is in
// UTF-16, gives the same tables, in one call and in several.
func TestServerInOtherEncodings(t *testing.T) {
	for _, a := range []at{{pxserver.SSB, V1}, {pxserver.SSB, V2}} {
		for _, limit := range []int{noLimit, 8} {
			plain := start(t, a, limit)
			ask := asking{"", "05839", []string{"Region=0301", "Tid=top(6)"}}
			want, _ := plain.ask(t, ask)
			for name := range charsettest.Encodings("") {
				t.Run(a.String()+", "+strconv.Itoa(limit)+" cells, "+name, func(t *testing.T) {
					to, err := url.Parse(plain.url)
					require.NoError(t, err)
					encodedAnswers := 0
					proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
						r.SetURL(&url.URL{Scheme: to.Scheme, Host: to.Host})
						r.Out.Header.Del("Accept-Encoding")
					}}
					proxy.ModifyResponse = func(r *http.Response) error {
						text, err := io.ReadAll(r.Body)
						if err != nil || !bytes.HasPrefix(text, []byte("{")) && !bytes.HasPrefix(text, []byte("[")) {
							r.Body = io.NopCloser(bytes.NewReader(text))
							return err
						}
						encodedAnswers++
						encoded := charsettest.Encodings(string(text))[name]
						r.Body, r.ContentLength = io.NopCloser(strings.NewReader(encoded)), int64(len(encoded))
						r.Header.Set("Content-Length", strconv.Itoa(len(encoded)))
						return nil
					}
					s := httptest.NewServer(proxy)
					defer s.Close()
					other := plain
					other.url = s.URL + to.Path
					got, _ := other.ask(t, ask)
					require.Equal(t, string(want), string(got))
					require.GreaterOrEqual(t, encodedAnswers, 2)
				})
			}
		}
	}
}
