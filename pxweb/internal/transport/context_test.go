package transport

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/stretchr/testify/require"
)

// hold takes the lock of a pacer's file as another process does that was stopped
// in the middle.
func hold(t *testing.T, p *pacer) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(p.file), 0o777))
	lock := flock.New(p.file + ".lock")
	ok, err := lock.TryLock()
	require.NoError(t, err)
	require.True(t, ok)
	t.Cleanup(func() { _ = lock.Close() })
}

// endsWith runs what must end with its context, which does after a moment.
func endsWith(t *testing.T, f func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- f(ctx) }()
	select {
	case err := <-done:
		require.ErrorIs(t, err, context.DeadlineExceeded)
	case <-time.After(time.Minute):
		t.Fatal("it still waits")
	}
}

// TestLockEndsWithContext: the lock of the file of calls is held by another
// process, and whoever waits for it gives up with the context.
func TestLockEndsWithContext(t *testing.T) {
	for _, tt := range []struct {
		name string
		wait func(context.Context, *pacer) error
	}{
		{"a call begins", func(ctx context.Context, p *pacer) error { _, err := p.begin(ctx, sleeping(p)); return err }},
		{"a call ends", func(ctx context.Context, p *pacer) error { p.end(ctx, 1); return ctx.Err() }},
		{"the server asked to wait", func(ctx context.Context, p *pacer) error { return p.block(ctx, time.Minute) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := New(Options{Times: filepath.Join(t.TempDir(), "example.org.json")}).pace
			hold(t, p)
			endsWith(t, func(ctx context.Context) error { return tt.wait(ctx, p) })
		})
	}
}

// TestCallEndsWithContext holds the lock from before a call, and from the time
// that the server has it: for the note of its end and for those of the wait that
// the answer asks for.
func TestCallEndsWithContext(t *testing.T) {
	for _, tt := range []struct {
		name   string
		early  bool
		answer func(http.ResponseWriter)
	}{
		{"before the call", true, func(http.ResponseWriter) {}},
		{"after a success", false, func(w http.ResponseWriter) { fmt.Fprint(w, `[]`) }},
		{"after a header without calls left", false, func(w http.ResponseWriter) {
			w.Header().Set("X-RateLimit-Remaining", "0")
			fmt.Fprint(w, `[]`)
		}},
		{"after 429", false, func(w http.ResponseWriter) { w.WriteHeader(http.StatusTooManyRequests) }},
		{"after 503", false, func(w http.ResponseWriter) { w.WriteHeader(http.StatusServiceUnavailable) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var held *Client
			c, url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if !tt.early {
					hold(t, held.pace)
				}
				tt.answer(w)
			})
			held = c
			if tt.early {
				hold(t, c.pace)
			}
			endsWith(t, func(ctx context.Context) error {
				// A call may be done before its time is noted; the next is not.
				if _, err := c.Get(ctx, url); err != nil {
					return err
				}
				_, err := c.Get(ctx, url)
				return err
			})
		})
	}
}

// TestNoCallAfterTheEnd: a call that is not made is not counted.
func TestNoCallAfterTheEnd(t *testing.T) {
	p := New(Options{}).pace
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := p.begin(ctx, sleeping(p))
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, p.state.Calls)
}

// serve makes a client, whose clock runs only while it sleeps, and a server.
func serve(t *testing.T, h http.HandlerFunc) (*Client, string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return hurry(New(Options{Times: filepath.Join(t.TempDir(), "times.json")})), s.URL
}

// hurry gives a client a clock that runs only while it sleeps.
func hurry(c *Client) *Client {
	var passed time.Duration
	c.Now = func() time.Time { return time.Now().Add(passed) }
	c.Sleep = func(ctx context.Context, d time.Duration) error {
		passed += d
		return ctx.Err()
	}
	return c
}
