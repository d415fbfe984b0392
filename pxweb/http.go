package pxweb

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
	"syscall"
	"time"
)

// newHTTP is an HTTP client for servers that take up to a minute to answer.
func newHTTP() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.DialContext = (&net.Dialer{Timeout: 20 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	t.TLSHandshakeTimeout = 20 * time.Second
	t.ResponseHeaderTimeout = 150 * time.Second
	t.MaxIdleConnsPerHost = 1
	return &http.Client{Transport: t}
}

// wire makes the calls to a server: when the pacer lets it, and again where there is
// sense in it.
type wire struct {
	http  *http.Client
	agent string // the User-Agent, "" for that of net/http
	pace  *pacer
	tries int
	stall time.Duration // how long the server may be silent
}

// newWire makes the calls with a client, or with one of its own.
func newWire(client *http.Client, agent string, pace *pacer) *wire {
	if client == nil {
		client = newHTTP()
	}
	return &wire{http: client, agent: agent, pace: pace, tries: 6, stall: stallTime}
}

// request is a call to be made, perhaps more than once.
type request struct {
	method string
	url    string
	body   []byte // JSON, for POST
	accept string // default application/json
	max    int64  // bytes of the answer that are read at most; 0: maxSmall

	// few are the tries after which time-outs and 5xx are given back to the
	// caller, who will ask for less; 0: as often as for anything else.
	few int
}

// maxSmall is the most that is read of anything but data: metadata of a variable
// with a million codes is smaller.
const maxSmall = 256 << 20

// get asks for a text.
func (w *wire) get(ctx context.Context, url string) ([]byte, error) {
	return w.text(ctx, request{method: http.MethodGet, url: url})
}

// text makes a call and returns the whole answer.
func (w *wire) text(ctx context.Context, r request) ([]byte, error) {
	var text []byte
	err := w.call(ctx, r, func(resp *http.Response, body io.Reader) error {
		var err error
		text, err = io.ReadAll(body)
		return err
	})
	return text, err
}

// call makes a call until it succeeds or there is no sense in going on. The
// answer of a success is given to read, whose errors are those of a connection
// that broke, unless they are an *Error.
func (w *wire) call(ctx context.Context, r request, read func(*http.Response, io.Reader) error) error {
	pause, refused := time.Second, 0
	for try := 1; ; try++ {
		err := w.once(ctx, r, read)
		if err != nil && ctx.Err() != nil {
			return ctx.Err()
		}
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return err // the caller's, or none
		}
		switch {
		case e.Kind == ErrTooMany:
			// The pacer waits: it was told by once.
			if refused++; refused > 5 {
				return err
			}
			try--
			continue
		case e.Kind == ErrServer, e.Kind == ErrOffline && !hopeless(e.Err), e.Kind == ErrAnswer && e.Page:
			if try >= w.tries || (r.few > 0 && try >= r.few) || (try >= 3 && errors.Is(e.Err, syscall.ECONNREFUSED)) {
				return err
			}
		default:
			return err
		}
		why := e.Kind.Error()
		if e.Status > 0 {
			why = fmt.Sprintf("the server answered %d", e.Status)
		}
		w.pace.report(pause, why)
		if err := w.pace.sleep(ctx, pause); err != nil {
			return err
		}
		pause = min(2*pause, 30*time.Second)
	}
}

// hopeless tells whether a second try would meet the same error: the name of the
// host is not known, its certificate is wrong, it does not speak TLS, it redirects
// to nowhere.
func hopeless(err error) bool {
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return dns.IsNotFound
	}
	return isTLS(err) || errors.Is(err, errRedirect) || errors.Is(err, errScheme)
}

// once makes a call once, when the pacer lets it.
func (w *wire) once(ctx context.Context, r request, read func(*http.Response, io.Reader) error) error {
	done, err := w.pace.begin(ctx)
	if err != nil {
		return err
	}
	watched, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := time.AfterFunc(w.stall, func() { cancel(errStalled) })
	defer watch.Stop()
	resp, err := w.send(watched, r)
	watch.Stop() // a wait for other processes is not the server's silence
	done()
	if err != nil {
		return &Error{Kind: ErrOffline, Method: r.method, URL: r.url, Err: stalled(watched, err)}
	}
	defer resp.Body.Close()
	w.pace.heed(ctx, resp.Header)
	watch.Reset(w.stall)
	body := &boundedReader{r: resp.Body, left: cmp.Or(r.max, maxSmall), moved: func() { watch.Reset(w.stall) }}
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusCreated {
		return w.refusal(ctx, r, resp)
	}
	if err := read(resp, body); err != nil {
		if is[*Error](err) || !body.failed {
			return err
		}
		return &Error{Kind: ErrOffline, Method: r.method, URL: r.url, Err: fmt.Errorf("the connection broke off: %w", stalled(watched, err))}
	}
	return nil
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

// Errors of a call that cannot be made at all.
var (
	errRedirect = errors.New("redirected")
	errScheme   = errors.New("unsupported protocol scheme")
)

// send sends a request and follows redirects: never from https to http, and
// a POST stays a POST.
func (w *wire) send(ctx context.Context, r request) (*http.Response, error) {
	h := *w.http
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	at := r.url
	var shake handshake
	ctx = shake.watch(ctx)
	for range 5 {
		var body io.Reader
		if r.method == http.MethodPost {
			body = bytes.NewReader(r.body)
		}
		req, err := http.NewRequestWithContext(ctx, r.method, at, body)
		if err != nil {
			return nil, err
		}
		if s := req.URL.Scheme; s != "http" && s != "https" {
			return nil, fmt.Errorf("%w %q", errScheme, s)
		}
		if r.method == http.MethodPost {
			req.Header.Set("Content-Type", "application/json; charset=utf-8")
		}
		req.Header.Set("Accept", cmp.Or(r.accept, "application/json"))
		if w.agent != "" {
			req.Header.Set("User-Agent", w.agent)
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
			return nil, fmt.Errorf("%w to nowhere", errRedirect)
		case to.Scheme != "http" && to.Scheme != "https":
			return nil, fmt.Errorf("%w to %s", errRedirect, to.Redacted())
		case req.URL.Scheme == "https" && to.Scheme == "http":
			return nil, fmt.Errorf("%w from https to http", errRedirect)
		case r.method == http.MethodPost && to.Hostname() != req.URL.Hostname():
			return nil, fmt.Errorf("%w to another host, %s", errRedirect, to.Host)
		}
		at = to.String()
	}
	return nil, fmt.Errorf("%w in a circle", errRedirect)
}

// refusal makes the error of an answer that is no success.
func (w *wire) refusal(ctx context.Context, r request, resp *http.Response) error {
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	message, page := said(body)
	e := &Error{Status: resp.StatusCode, Message: message, Page: page, Method: r.method, URL: r.url}
	switch s := resp.StatusCode; {
	case s == http.StatusTooManyRequests:
		e.Kind = ErrTooMany
		if err := w.pace.refused(ctx, resp.Header); err != nil {
			return err
		}
	case s == http.StatusRequestTimeout || s >= 500:
		e.Kind = ErrServer
	case tooLarge(s, message, r.method):
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

// tooLarge knows the ways in which servers say that a query has too many cells:
// 403 with JSON (version 1), with a page or a word of the web server, 400 (version
// 2), or 413. A proxy's 403 looks like the second, so only a POST can mean it.
func tooLarge(status int, message, method string) bool {
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
