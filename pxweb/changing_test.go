package pxweb

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

// growing are two editions of a table, the second with a period more. Dates do not tell.
func growing(periods ...string) *pxserver.Server {
	text := pxserver.T("ting", "things")
	codes := pxserver.Values("a", "b", "c", "d", "e", "f")
	return pxserver.New(pxserver.Options{MaxCells: 4, Dates: pxserver.DatesOfCreation, Tables: []pxserver.Table{{ID: "99999", Name: "Ting", Subjects: []string{"be"},
		Title: text, Contents: text, Source: text, Heading: 1, Cells: pxserver.Pseudo(uint64(len(periods))),
		Variables: []pxserver.Variable{{Code: "Ting", Text: text, Values: codes}, {Code: "Tid", Text: text, Kind: pxserver.Time, Values: pxserver.Values(periods...)}}}}})
}

// TestTableGrowsOnTheWay: the newest two periods are those of the edition that is fetched in
// the end.
func TestTableGrowsOnTheWay(t *testing.T) {
	for _, api := range []API{V1, V2} {
		t.Run(api.String(), func(t *testing.T) {
			old, fresh := growing("2023", "2024"), growing("2023", "2024", "2025")
			var data atomic.Int32
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					data.Add(1)
				}
				if data.Load() < 2 {
					old.ServeHTTP(w, r)
					return
				}
				fresh.ServeHTTP(w, r)
			}))
			defer s.Close()
			var warnings []string
			c := clientAt(t, s.URL, api, Options{Report: func(e Event) {
				if e.Warning != "" {
					warnings = append(warnings, e.Warning)
				}
			}})
			_, r := fetch(t, c, "99999", "Tid=top(2)", "Ting=*")
			require.Equal(t, []string{"the table was updated meanwhile: it is fetched anew"}, warnings)
			require.Equal(t, []string{"2024", "2025"}, r.Query.Chosen[r.Query.find("Tid")].Codes)
			want, _ := fetch(t, clientAt(t, s.URL, api, Options{}), "99999", "Tid=top(2)", "Ting=*")
			var b bytes.Buffer
			again, err := c.Fetch(context.Background(), r.Query, nil)
			require.NoError(t, err)
			require.NoError(t, again.Write(&b, nil))
			require.Equal(t, string(want), b.String())
			require.NoError(t, again.Done())
		})
	}
}

// TestMetadataThatVary: metadata that are others each time they are read are no sign.
func TestMetadataThatVary(t *testing.T) {
	inner := pxserver.New(pxserver.Options{MaxCells: 100, Dates: pxserver.NoDates})
	var n atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/metadata") {
			inner.ServeHTTP(w, r)
			return
		}
		recorder := httptest.NewRecorder()
		inner.ServeHTTP(recorder, r)
		_, _ = w.Write(bytes.Replace(recorder.Body.Bytes(), []byte(`"px":{`), fmt.Appendf(nil, `"px":{"asked":%d,`, n.Add(1)), 1))
	}))
	defer s.Close()
	var warnings []string
	c := clientAt(t, s.URL, V2, Options{Report: func(e Event) {
		if e.Warning != "" {
			warnings = append(warnings, e.Warning)
		}
	}})
	_, r := fetch(t, c, "03013")
	require.Greater(t, r.Requests, 1)
	require.Empty(t, warnings)
}

// TestConfigurationFails: tables are had without it, at the usual pace, and it is asked for
// once more and not again.
func TestConfigurationFails(t *testing.T) {
	inner := pxserver.New(pxserver.Options{MaxCells: 100})
	for _, api := range []API{V1, V2} {
		for _, how := range []string{"500", "503", "dropped", "a list", "a page"} {
			t.Run(api.String()+" "+how, func(t *testing.T) {
				var asked atomic.Int32
				s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.URL.RawQuery != "config" && !strings.HasSuffix(r.URL.Path, "/config") {
						inner.ServeHTTP(w, r)
						return
					}
					asked.Add(1)
					switch how {
					case "500":
						w.WriteHeader(500)
					case "503":
						w.WriteHeader(503)
					case "dropped":
						panic(http.ErrAbortHandler)
					case "a list":
						fmt.Fprint(w, "[]")
					default:
						fmt.Fprint(w, "<!doctype html><title>Vedlikehold</title>")
					}
				}))
				defer s.Close()
				c := clientAt(t, s.URL, api, Options{Cells: 100})
				_, r := fetch(t, c, "03013", "Tid=top(1)")
				require.NotZero(t, r.Cells)
				require.LessOrEqual(t, asked.Load(), int32(6), "net/http tries again too where an idle connection breaks")
				if api == V1 { // answers of version 2 tell the pace
					require.Equal(t, Limits{Cells: 100, Calls: defaultCalls, Window: defaultWindow}, c.Limits())
				}
			})
		}
	}
}

// TestConfigurationsOfOtherShapes: one odd member does not hide the others.
func TestConfigurationsOfOtherShapes(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"apiVersion":2,"languages":["en",{"id":"no"}],"defaultLanguage":"en","maxDataCells":100,"maxCallsPerTimeWindow":"x","timeWindow":null,"dataFormats":"csv","license":["CC0"]}`)
	})
	setAPI(c, V2)
	cfg, err := c.Config(context.Background())
	require.NoError(t, err)
	cfg.Raw = nil
	require.Equal(t, &Config{API: V2, Version: "2", MaxCells: 100, Languages: []string{"en", "no"}, DefaultLang: "en", Formats: []string{"csv"}, License: "CC0"}, cfg)
}

// TestCloseAfterDone leaves the parts of another fetch of the same query alone.
func TestCloseAfterDone(t *testing.T) {
	c, _ := client(t, pxserver.Options{MaxCells: 100}, V2, Options{})
	q := query(t, c, "03013")
	ctx := context.Background()
	one, err := c.Fetch(ctx, q, nil)
	require.NoError(t, err)
	var a, b bytes.Buffer
	require.NoError(t, one.Write(&a, nil))
	require.NoError(t, one.Done())
	two, err := c.Fetch(ctx, q, nil)
	require.NoError(t, err)
	require.NoError(t, one.Close())
	require.NoError(t, two.Write(&b, nil))
	require.Equal(t, a.String(), b.String())
	require.NoError(t, two.Done())
}
