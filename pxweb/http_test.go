package pxweb

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// serve makes a client of a handler, whose host has both versions.
func serve(t *testing.T, h http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return clientAt(t, s.URL, V1, Options{})
}

// TestAnswers is what becomes of answers that are no success.
func TestAnswers(t *testing.T) {
	tests := []struct {
		name   string
		status int
		kind   string // content type
		body   string
		is     error
		text   string
		calls  int32 // how often it is asked
	}{
		{"parameter error", 400, "application/json", `{"error":"Parameter error"}`, ErrRefused, "400 Bad Request: Parameter error", 1},
		{"bad codes", 400, "application/json", `{"error":"The request for variable 'Tid' has an error. Please check your query."}`, ErrRefused, "variable 'Tid'", 1},
		{"plain text", 400, "text/plain", "Bad Request", ErrRefused, "400 Bad Request: Bad Request", 1},
		{"problem object", 400, "application/problem+json", `{"type":"Parameter error","title":"Illegal selection for mandantory variable","status":400}`, ErrRefused, "Illegal selection for mandantory variable", 1},
		{"validation", 400, "application/problem+json", `{"type":"x","title":"One or more validation errors occurred.","status":400,"errors":{"outputFormat":["The value 'x' is not valid."]},"traceId":"1"}`, ErrRefused, "The value 'x' is not valid", 1},
		{"too many cells in version 2", 400, "application/json", `{"type":"Parameter error","title":"Too many cells selected","status":400}`, ErrTooLarge, "Too many cells selected", 1},
		{"too many values", 403, "application/json", `{"error":"Too many values selected"}`, ErrTooLarge, "403 Forbidden: Too many values selected", 1},
		{"a proxy's block", 403, "text/html", `<html><head><title>Blocked</title></head><body><h1>Access denied by policy</h1></body></html>`, ErrRefused, "a web page: Blocked: Access denied by policy", 1},
		{"too large", 413, "text/plain", "", ErrTooLarge, "413", 1},
		{"not found", 404, "text/html", `<html><body><h2>Fant ikke siden</h2></body></html>`, ErrNotFound, "Fant ikke siden", 1},
		{"gone", 410, "text/plain", "gone", ErrGone, "410 Gone", 1},
		{"empty 500", 500, "", "", ErrServer, "500 Internal Server Error: it says nothing more", 2},
		{"maintenance", 503, "text/html", `<html><head><style>p{}</style><title>503</title></head><body><p>Vi oppdaterer&nbsp;databasen</p></body></html>`, ErrServer, "Vi oppdaterer databasen", 6},
		{"too many calls", 429, "application/json", `{"error":"429 - Too many requests in too short timeframe. Please try again later."}`, ErrTooMany, "Too many requests", 6},
		{"a page with 200", 200, "text/html", `<!DOCTYPE html><html><body>Vedlikehold</body></html>`, ErrAnswer, "a web page: Vedlikehold", 1},
		{"a problem with 200", 200, "application/json", `{"error":"Parameter error"}`, ErrAnswer, "", 1},
		{"latin-1", 400, "text/plain", "St\xf8rre enn tillatt", ErrRefused, "Større enn tillatt", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var calls atomic.Int32
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				calls.Add(1)
				w.Header().Set("Content-Type", tt.kind)
				w.WriteHeader(tt.status)
				fmt.Fprint(w, tt.body)
			})
			_, err := c.server.table1At(context.Background(), "x")
			require.ErrorIs(t, err, tt.is)
			require.ErrorContains(t, err, tt.text)
			var e *Error
			require.True(t, errors.As(err, &e))
			require.Equal(t, tt.status, e.Status)
			require.Equal(t, tt.calls, calls.Load(), "400, 403, 404 are never asked again")
		})
	}
}

func TestForbiddenToAQueryIsTooMuch(t *testing.T) {
	require.True(t, transport.TooLarge(403, "Access is denied", http.MethodPost))
	require.False(t, transport.TooLarge(403, "Access is denied", http.MethodGet))
	require.False(t, transport.TooLarge(400, "Parameter error", http.MethodPost))
}

func TestOffline(t *testing.T) {
	c := clientAt(t, "http://127.0.0.1:9", V1, Options{})
	_, err := c.server.table1At(context.Background(), "x")
	require.ErrorIs(t, err, ErrOffline)
	require.ErrorContains(t, err, "cannot reach 127.0.0.1:9")
}

// TestRetry counts the pauses between tries.
func TestRetry(t *testing.T) {
	var calls atomic.Int32
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) < 4 {
			w.WriteHeader(503)
			return
		}
		fmt.Fprint(w, `{"title":"T","variables":[{"code":"a","text":"a","values":["1"],"valueTexts":["one"],"time":true}]}`)
	})
	var pauses []time.Duration
	c.server.calls.Sleep = func(_ context.Context, d time.Duration) error {
		pauses = append(pauses, d)
		return nil
	}
	tab, err := c.server.table1At(context.Background(), "x")
	require.NoError(t, err)
	require.Equal(t, "T", tab.Title)
	require.Equal(t, []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}, pauses)
}

// TestTooManyCalls sleeps a whole window, or what the server says if that is more.
func TestTooManyCalls(t *testing.T) {
	for _, tt := range []struct {
		name, after string
		want        time.Duration
	}{{"not told", "", 61 * time.Second}, {"less than the window", "5", 61 * time.Second}, {"more", "90", 91 * time.Second}} {
		t.Run(tt.name, func(t *testing.T) {
			var calls atomic.Int32
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if calls.Add(1) == 1 {
					if tt.after != "" {
						w.Header().Set("Retry-After", tt.after)
					}
					w.WriteHeader(429)
					return
				}
				fmt.Fprint(w, `[]`)
			})
			c.server.calls.Limit(transport.Rule{Calls: 30, Window: time.Minute})
			var slept time.Duration
			sleep := c.server.calls.Sleep
			c.server.calls.Sleep = func(ctx context.Context, d time.Duration) error {
				slept += d
				return sleep(ctx, d)
			}
			_, err := c.List(context.Background(), "")
			require.NoError(t, err)
			require.InDelta(t, tt.want.Seconds(), slept.Seconds(), 1)
		})
	}
}

func TestLimitsFromHeaders(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("x-ratelimit-limit", "40")
		w.Header().Set("x-ratelimit-policy", "40;w=60s")
		w.Header().Set("x-ratelimit-remaining", "39")
		fmt.Fprint(w, `{"maxValues":1,"maxCalls":300,"timeWindow":60}`)
	})
	_, err := c.Config(context.Background())
	require.NoError(t, err)
	require.Equal(t, Limits{Cells: defaultCells, Calls: 40, Window: time.Minute}, c.Limits(), "the smaller wins; cells that nobody states are the default's")
}

// TestNothingLeft waits when the server says that no calls are left.
func TestNothingLeft(t *testing.T) {
	var c *Client
	c = serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Rate-Limit-Limit", "10s")
		w.Header().Set("X-Rate-Limit-Remaining", "0")
		w.Header().Set("X-Rate-Limit-Reset", c.server.calls.Now().Add(7*time.Second).Format(time.RFC3339Nano))
		fmt.Fprint(w, `[]`)
	})
	begin := c.server.calls.Now()
	for range 2 {
		_, err := c.List(context.Background(), "")
		require.NoError(t, err)
	}
	require.InDelta(t, 7, c.server.calls.Now().Sub(begin).Seconds(), 1)
}

// TestConfigs are configurations as servers have them.
func TestConfigs(t *testing.T) {
	tests := []struct {
		name, text string
		cells      int64
		calls      int
	}{
		{"whole", `{"maxValues":50000,"maxCells":800000,"maxCalls":300,"timeWindow":60,"CORS":true}`, 800_000, 300},
		{"without cells", `{"maxValues":10000,"maxCalls":10,"timeWindow":10,"CORS":true}`, defaultCells, 10},
		{"zeros are not told", `{"maxCells":5,"maxCalls":0,"timeWindow":0}`, 5, defaultCalls},
		{"a window that says there is none", `{"maxCells":5,"maxCalls":10,"timeWindow":1000000}`, 5, 0},
		{"absurd", `{"maxCells":5,"maxCalls":10,"timeWindow":9223372036854775807}`, 5, 0},
		{"a pace in quotes is not told", `{"maxCells":5,"maxCalls":"30","timeWindow":"60"}`, 5, defaultCalls},
		{"cells in quotes are not told", `{"maxCells":"5","maxCalls":30,"timeWindow":60}`, defaultCells, 30},
		{"null", `{"maxCells":null,"maxCalls":null,"timeWindow":null}`, defaultCells, defaultCalls},
		{"below 1", `{"maxCells":-1,"maxCalls":0.5,"timeWindow":60}`, defaultCells, defaultCalls},
		{"something else", `{"maxCells":{},"maxCalls":[],"timeWindow":true}`, defaultCells, defaultCalls},
		{"nothing at all", `{}`, defaultCells, defaultCalls},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, tt.text) })
			_, err := c.Config(context.Background())
			require.NoError(t, err)
			require.Equal(t, tt.cells, c.Limits().Cells)
			require.Equal(t, tt.calls, c.Limits().Calls)
		})
	}
}

// TestBuiltInLimits are kept although the configuration says more.
func TestBuiltInLimits(t *testing.T) {
	host, _ := FindHost("ssb")
	c, err := New(host, &Options{API: V1, Cache: t.TempDir()})
	require.NoError(t, err)
	c.server.configured(&Config{API: V1, MaxCells: 900_000, Calls: 300, Window: time.Minute}, func(*site) {})
	require.Equal(t, Limits{Cells: 800_000, Calls: 30, Window: time.Minute}, c.Limits())
	c.LimitCells(1000)
	require.EqualValues(t, 1000, c.Limits().Cells)
}

// TestRedirects: a POST stays a POST, and goes nowhere else.
func TestRedirects(t *testing.T) {
	var base string
	var methods []string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		methods = append(methods, r.Method+" "+r.URL.Path)
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/here", http.StatusMovedPermanently)
		case "/away":
			http.Redirect(w, r, "http://example.invalid/", http.StatusFound)
		case "/circle":
			http.Redirect(w, r, "/circle", http.StatusFound)
		case "/file":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		default:
			body := new(bytes.Buffer)
			_, _ = body.ReadFrom(r.Body)
			fmt.Fprint(w, body)
		}
	})
	base = strings.TrimSuffix(c.Host().V2, "/api/pxwebapi/v2")
	post := func(path string) (string, error) {
		text, err := c.server.calls.Text(context.Background(), transport.Request{Method: http.MethodPost, URL: base + path, Body: []byte(`{"a":1}`)})
		return string(text), err
	}
	text, err := post("/moved")
	require.NoError(t, err)
	require.Equal(t, `{"a":1}`, text)
	require.Equal(t, []string{"POST /moved", "POST /here"}, methods)
	for path, want := range map[string]string{"/away": "another host", "/circle": "circle", "/file": "file:///etc/passwd"} {
		_, err := post(path)
		require.ErrorIs(t, err, ErrOffline)
		require.ErrorContains(t, err, want)
	}
}

func TestAnswersAreBounded(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for range 1000 {
			_, _ = w.Write(make([]byte, 1<<10))
		}
	})
	_, err := c.server.calls.Text(context.Background(), transport.Request{Method: http.MethodGet, URL: c.Host().V2, Max: 1 << 10})
	require.ErrorContains(t, err, "larger than any answer")
}

func TestPathsAreEscaped(t *testing.T) {
	var got string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.URL.EscapedPath()
		fmt.Fprint(w, `[]`)
	})
	_, err := c.List(context.Background(), "Folk, og så/a+b/t x.PX")
	require.NoError(t, err)
	require.Equal(t, "/api/v0/no/table/Folk%2C%20og%20s%C3%A5/a%2Bb/t%20x.PX", got)
}

func TestVersionIsFoundOut(t *testing.T) {
	for _, tt := range []struct {
		name string
		h    http.HandlerFunc
		want API
	}{
		{"version 2", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"apiVersion":"2.0","maxDataCells":5}`) }, V2},
		{"only version 1", func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, V1},
		{"a page for everything", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"hello":1}`) }, V1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := serve(t, tt.h)
			setAPI(c, Auto)
			at, err := c.server.find(context.Background())
			require.NoError(t, err)
			require.Equal(t, tt.want, at.api)
		})
	}
}

func TestLanguages(t *testing.T) {
	ssb, _ := FindHost("ssb")
	_, err := New(ssb, &Options{Lang: "sv"})
	require.ErrorContains(t, err, `no language "sv": it is one of no or en`)
	iceland, _ := FindHost("hagstofa")
	c, err := New(iceland, &Options{Lang: "en", Cache: t.TempDir()})
	require.NoError(t, err)
	at := c.server.at()
	require.Equal(t, "https://px.hagstofa.is/pxen/api/v1/en/Ibuar/x.px", at.url1("Ibuar/x.px"))
	require.Equal(t, "https://px.hagstofa.is/pxen/api/v1/en", at.langBase())
	_, err = New(iceland, &Options{API: V2})
	require.Error(t, err)
}

// FuzzSaid holds that what servers say fits on a line.
func FuzzSaid(f *testing.F) {
	for _, seed := range []string{`{"error":"x"}`, "<html><title>a</title><body>b", "plain\nsecond", "\xff\xfe", `"quoted"`, "{", "[{}]", "\ufeff{}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		message, _ := transport.Said(body)
		if strings.ContainsAny(message, "\n\r") || len(message) > 1000 {
			t.Fatalf("%q", message)
		}
	})
}

// TestStall gives up on a server that says nothing more.
func TestStall(t *testing.T) {
	release := make(chan bool)
	var calls atomic.Int32
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) < 3 {
			fmt.Fprint(w, `[{"id"`)
			w.(http.Flusher).Flush()
			<-release
			return
		}
		fmt.Fprint(w, `[]`)
	})
	defer close(release)
	c.server.calls.Stall = 300 * time.Millisecond
	_, err := c.List(context.Background(), "")
	require.NoError(t, err)
	require.GreaterOrEqual(t, calls.Load(), int32(3), "a busy machine may stall an answer that came")
	calls.Store(-100)
	_, err = c.List(context.Background(), "")
	require.ErrorContains(t, err, "nothing came")
	var e *Error
	require.ErrorAs(t, err, &e)
	require.True(t, transport.IsTimeout(e.Err))
}
