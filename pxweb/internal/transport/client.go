package transport

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// Options of a client. The zero value is one that keeps to no limit but those that it is
// told or learns.
type Options struct {
	HTTP      *http.Client // nil: one of its own, with time-outs
	UserAgent string       // "" for that of net/http

	// Times is the file with the times of calls, which all processes of a user share;
	// "" keeps them in memory.
	Times string

	// Assume is the limit for a server that states none.
	Assume Rule

	// Wait is told of waits, Warn of what the result does not show. Either may be nil.
	Wait func(d time.Duration, why string)
	Warn func(text string)
}

// Client makes calls to a server, one after another however many goroutines ask for them.
type Client struct {
	Clock               // of this machine; tests set another before the first call
	Stall time.Duration // how long the server may be silent

	http    *http.Client
	agent   string
	pace    *pacer
	report  func(time.Duration, string)
	warn    func(text string)
	turn    chan struct{} // holds one when no call is being made
	reached atomic.Bool   // some call was answered
}

// New makes a client.
func New(o Options) *Client {
	c := &Client{Clock: Clock{time.Now, sleepContext}, http: o.HTTP, agent: o.UserAgent, report: o.Wait, warn: o.Warn, turn: make(chan struct{}, 1), Stall: stallTime}
	if c.http == nil {
		c.http = newHTTP()
	}
	if c.report == nil {
		c.report = func(time.Duration, string) {}
	}
	if c.warn == nil {
		c.warn = func(string) {}
	}
	c.pace = &pacer{file: o.Times, assume: o.Assume, clock: &c.Clock}
	c.turn <- struct{}{}
	return c
}

// Limit tells the client of a limit that a server is known to have or states.
func (c *Client) Limit(r Rule) { c.pace.limit(r) }

// Least is the limit that allows least of those that the client keeps to, the zero rule
// if there is none.
func (c *Client) Least() Rule { return c.pace.least() }

// newHTTP is an HTTP client for servers that take up to a minute to answer.
func newHTTP() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.DialContext = (&net.Dialer{Timeout: 20 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	t.TLSHandshakeTimeout = 20 * time.Second
	t.ResponseHeaderTimeout = 150 * time.Second
	t.MaxIdleConnsPerHost = 1
	return &http.Client{Transport: t}
}

// Call makes a call until it succeeds or there is no sense in going on. The answer of
// a success is given to read, whose errors are those of a connection that broke, unless
// they are an *Error.
func (c *Client) Call(ctx context.Context, r Request, read func(*http.Response, io.Reader) error) error {
	t := &trouble{clock: &c.Clock, reached: &c.reached, r: &r, warn: c.warn}
	for {
		after, err := c.once(ctx, r, read)
		if err != nil && ctx.Err() != nil {
			return ctx.Err()
		}
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return err // the caller's, or none
		}
		pause, why, again := t.next(e, after)
		if !again {
			return t.final(err, e)
		}
		if pause == 0 {
			continue // the pacer waits
		}
		c.report(pause, why)
		if err := c.Sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// longWait is a wait that is worth a warning, where nobody looks at a status.
const longWait = 3 * time.Minute

// Alone is why the times of calls are not shared with other processes, nil if they are.
func (c *Client) Alone() error {
	c.pace.mu.Lock()
	defer c.pace.mu.Unlock()
	return c.pace.alone
}

// once makes a call once, when it is its turn and the pacer lets it. After a failure it tells
// how long the server wants to be left alone.
func (c *Client) once(ctx context.Context, r Request, read func(*http.Response, io.Reader) error) (after time.Duration, err error) {
	held := false // the turn
	take := func() error {
		select {
		case <-c.turn:
			held = true
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	give := func() {
		if held {
			held = false
			c.turn <- struct{}{}
		}
	}
	defer give()
	if err := take(); err != nil {
		return 0, err
	}
	done, err := c.pace.begin(ctx, func(ctx context.Context, wait time.Duration, why string) error {
		// The turn is somebody else's meanwhile, so that whoever is told of the wait may call.
		give()
		if wait > longWait {
			c.warn(fmt.Sprintf("waiting %s: %s", wait.Round(time.Second), why))
		}
		c.report(wait, why)
		if err := c.Sleep(ctx, wait); err != nil {
			return err
		}
		return take()
	})
	if err != nil {
		return 0, err
	}
	watched, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := time.AfterFunc(c.Stall, func() { cancel(errStalled) })
	defer watch.Stop()
	resp, err := c.send(watched, r)
	watch.Stop() // a wait for other processes is not the server's silence
	done()
	if err != nil {
		return 0, &Error{Kind: ErrOffline, Method: r.Method, URL: r.URL, Err: withTLS(stalled(watched, err))}
	}
	defer resp.Body.Close()
	c.reached.Store(true)
	c.pace.heed(ctx, resp.Header)
	watch.Reset(c.Stall)
	body := &boundedReader{r: resp.Body, left: cmp.Or(r.Max, maxSmall), moved: func() { watch.Reset(c.Stall) }}
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusCreated {
		return retryAfter(resp.Header, c.Now()), c.refusal(ctx, r, resp)
	}
	if err := read(resp, body); err != nil {
		if is[*Error](err) || !body.failed {
			return 0, err
		}
		return 0, &Error{Kind: ErrOffline, Method: r.Method, URL: r.URL, Err: fmt.Errorf("the connection broke off: %w", withTLS(stalled(watched, err)))}
	}
	return 0, nil
}

// stallTime is how long a server may be silent. They give up by themselves after
// a minute.
const stallTime = 3 * time.Minute

// errStalled is the error of a connection on which nothing comes any more.
var errStalled error = stallError{}

type stallError struct{}

// Error says so.
func (stallError) Error() string { return "nothing came for some minutes" }

// Timeout makes it a time-out.
func (stallError) Timeout() bool { return true }

// Temporary is part of net.Error.
func (stallError) Temporary() bool { return true }

// stalled is the error of a connection, or that nothing came on it.
func stalled(ctx context.Context, err error) error {
	if context.Cause(ctx) == errStalled {
		return errStalled
	}
	return plain(err)
}

// boundedReader refuses to read more than expected, and remembers whether an
// error was its own.
type boundedReader struct {
	r      io.Reader
	left   int64
	failed bool
	moved  func() // is called when something came
}

// Read reads on.
func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errors.New("the answer is larger than any answer to this question can be")
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.moved()
	if err != nil && err != io.EOF {
		b.failed = true
	}
	return n, err
}

// send sends a request and follows redirects: never from https to http, and
// a POST stays a POST.
func (c *Client) send(ctx context.Context, r Request) (*http.Response, error) {
	h := *c.http
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	at := r.URL
	var shake handshake
	ctx = shake.watch(ctx)
	for range 5 {
		var body io.Reader
		if r.Method == http.MethodPost {
			body = bytes.NewReader(r.Body)
		}
		req, err := http.NewRequestWithContext(ctx, r.Method, at, body)
		if err != nil {
			return nil, err
		}
		if s := req.URL.Scheme; s != "http" && s != "https" {
			return nil, fmt.Errorf("%w %q", errScheme, s)
		}
		if r.Method == http.MethodPost {
			req.Header.Set("Content-Type", "application/json; charset=utf-8")
		}
		req.Header.Set("Accept", cmp.Or(r.Accept, "application/json"))
		if c.agent != "" {
			req.Header.Set("User-Agent", c.agent)
		}
		resp, err := h.Do(req)
		if err != nil {
			return nil, shake.mark(err)
		}
		switch resp.StatusCode {
		case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect, http.StatusSeeOther:
		default:
			return resp, nil
		}
		to, err := resp.Location()
		_ = resp.Body.Close()
		switch {
		case err != nil:
			return nil, fmt.Errorf("%w to nowhere", ErrRedirect)
		case to.Scheme != "http" && to.Scheme != "https":
			return nil, fmt.Errorf("%w to %s", ErrRedirect, to.Redacted())
		case req.URL.Scheme == "https" && to.Scheme == "http":
			return nil, fmt.Errorf("%w from https to http", ErrRedirect)
		case r.Method == http.MethodPost && to.Hostname() != req.URL.Hostname():
			return nil, fmt.Errorf("%w to another host, %s", ErrRedirect, to.Host)
		}
		at = to.String()
	}
	return nil, fmt.Errorf("%w in a circle", ErrRedirect)
}

// refusal makes the error of an answer that is no success.
func (c *Client) refusal(ctx context.Context, r Request, resp *http.Response) error {
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	message, page := Said(body)
	e := &Error{Status: resp.StatusCode, Message: message, Page: page, Method: r.Method, URL: r.URL}
	switch s := resp.StatusCode; {
	case s == http.StatusTooManyRequests:
		e.Kind = ErrTooMany
		if err := c.pace.refused(ctx, resp.Header); err != nil {
			return err
		}
	case s == http.StatusRequestTimeout || s >= 500:
		e.Kind = ErrServer
	case TooLarge(s, message, r.Method):
		e.Kind = ErrTooLarge
	case s == http.StatusNotFound:
		e.Kind = ErrNotFound
	case s == http.StatusGone:
		e.Kind = ErrGone
	default:
		e.Kind = ErrRefused
	}
	return e
}

// TooLarge knows the ways in which servers say that a query has too many cells:
// 403 with JSON (version 1), with a page or a word of the web server, 400 (version
// 2), or 413. A proxy's 403 looks like the second, so only a POST can mean it.
func TooLarge(status int, message, method string) bool {
	low := strings.ToLower(message)
	words := strings.Contains(low, "too many cells") || strings.Contains(low, "too many values") || strings.Contains(low, "too large")
	switch status {
	case http.StatusRequestEntityTooLarge:
		return true
	case http.StatusBadRequest:
		return words
	case http.StatusForbidden:
		return words || method == http.MethodPost
	}
	return false
}
