package transport

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestTries counts how often a call is made that never succeeds.
func TestTries(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	drop := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	page := func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<!doctype html><title>Vedlikehold</title>")
	}
	tests := []struct {
		name   string
		server http.HandlerFunc
		r      Request
		is     error
		want   int32
	}{
		{"500 to a question that never worked", status(500), Request{}, ErrServer, 2},
		{"500 to a question of a kind that works", status(500), Request{Worked: true}, ErrServer, 6},
		{"500, and the caller can ask for less", status(500), Request{Worked: true, Less: true}, ErrServer, 2},
		{"503", status(503), Request{}, ErrServer, 6},
		{"503, and the caller can ask for less", status(503), Request{Less: true}, ErrServer, 2},
		{"429", status(429), Request{}, ErrTooMany, 6},
		{"400", status(400), Request{Worked: true}, ErrRefused, 1},
		{"404", status(404), Request{}, ErrNotFound, 1},
		{"a connection that breaks", drop, Request{}, ErrOffline, 6},
		{"a connection that breaks is not too much", drop, Request{Less: true}, ErrOffline, 6},
		{"a page in the place of data", page, Request{}, ErrAnswer, 6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var calls atomic.Int32
			c, url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				calls.Add(1)
				tt.server(w, r)
			})
			tt.r.Method, tt.r.URL = http.MethodPost, url
			err := c.Call(context.Background(), tt.r, func(_ *http.Response, body io.Reader) error {
				text, err := io.ReadAll(body)
				if err == nil {
					return Instead(url, text, nil)
				}
				return err
			})
			require.ErrorIs(t, err, tt.is)
			require.Equal(t, tt.want, calls.Load())
		})
	}
}

// TestRestart: a server that refuses connections after it had answered is waited for, and
// not longer than is said.
func TestRestart(t *testing.T) {
	for _, tt := range []struct {
		name    string
		back    time.Duration // after which it is there again
		warm    int32         // answers of 503 until it is warm
		reached bool
		want    string // error, "" for none
	}{
		{"it comes back", 100 * time.Second, 0, true, ""},
		{"it comes back and is not warm yet", 100 * time.Second, 4, true, ""},
		{"it comes back too late", 10 * time.Minute, 0, true, "it refused connections for 2m0s"},
		{"it was never there", 100 * time.Second, 0, false, "connection refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var calls atomic.Int32
			calls.Store(-1)
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if n := calls.Add(1); n > 0 && n <= tt.warm {
					w.WriteHeader(http.StatusServiceUnavailable)
					return
				}
				fmt.Fprint(w, "[]")
			}))
			address := s.Listener.Addr().String()
			var waits, warnings []string
			c := hurry(New(Options{Wait: func(_ time.Duration, why string) { waits = append(waits, why) }, Warn: func(text string) { warnings = append(warnings, text) }}))
			if tt.reached {
				_, err := c.Get(context.Background(), s.URL)
				require.NoError(t, err)
			}
			s.Close()
			begin, sleep := c.Now(), c.Sleep
			back := false
			c.Sleep = func(ctx context.Context, d time.Duration) error {
				err := sleep(ctx, d)
				if c.Now().Sub(begin) > tt.back && !back {
					back = true
					l, lerr := net.Listen("tcp", address)
					require.NoError(t, lerr)
					again := &httptest.Server{Listener: l, Config: &http.Server{Handler: s.Config.Handler}}
					again.Start()
					t.Cleanup(again.Close)
				}
				return err
			}
			text, err := c.Get(context.Background(), s.URL)
			if tt.want == "" {
				require.NoError(t, err)
				require.Equal(t, "[]", string(text))
			} else {
				require.ErrorIs(t, err, ErrOffline)
				require.ErrorContains(t, err, tt.want)
			}
			if tt.reached {
				const words = "the server refuses connections; it is waited for up to 2m0s"
				require.Contains(t, waits, words)
				require.Equal(t, []string{words}, warnings, "once")
				require.Less(t, c.Now().Sub(begin), 4*time.Minute)
			} else {
				require.Len(t, waits, 2)
			}
		})
	}
}

// TestRetryAfter: a server that fails and says when to come again is asked then.
func TestRetryAfter(t *testing.T) {
	var calls atomic.Int32
	c, url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if calls.Add(1) == 1 {
			w.Header().Set("Retry-After", "12")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		fmt.Fprint(w, "[]")
	})
	begin := c.Now()
	_, err := c.Get(context.Background(), url)
	require.NoError(t, err)
	require.InDelta(t, 12, c.Now().Sub(begin).Seconds(), 2)
}

// TestReportCalls: who is told of a wait may call as well.
func TestReportCalls(t *testing.T) {
	var c *Client
	var url string
	told := 0
	c = hurry(New(Options{Wait: func(time.Duration, string) {
		if told++; told == 1 {
			_ = c.Least()
			_, err := c.Get(context.Background(), url)
			require.NoError(t, err)
		}
	}}))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "[]") }))
	defer s.Close()
	url = s.URL
	c.Limit(Rule{2, time.Second})
	for range 3 {
		_, err := c.Get(context.Background(), url)
		require.NoError(t, err)
	}
	require.Positive(t, told)
}

// TestTurns: calls of several goroutines are made one after another, and one that ends
// while it waits for its turn is not made.
func TestTurns(t *testing.T) {
	var now, most atomic.Int32
	entered, release := make(chan bool, 8), make(chan bool)
	c, url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		defer now.Add(-1)
		most.Store(max(most.Load(), n))
		entered <- true
		<-release
		fmt.Fprint(w, "[]")
	})
	done := make(chan error, 4)
	for range 4 {
		go func() {
			_, err := c.Get(context.Background(), url)
			done <- err
		}()
	}
	<-entered
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := c.Get(ctx, url)
	require.ErrorIs(t, err, context.Canceled)
	close(release)
	for range 4 {
		require.NoError(t, <-done)
	}
	require.EqualValues(t, 1, most.Load())
}
