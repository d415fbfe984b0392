package pxweb

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Options of a client. The zero value is a client that is polite by itself.
type Options struct {
	API  API    // default: version 2 where there is one
	Lang string // default: the first language of the host

	// Cache is the folder for the times of calls, which all processes share, and
	// for parts of answers. Default: pxfetch below the user's cache folder; if
	// there is none the client keeps times in memory and parts in temporary files.
	Cache string

	// HTTP makes the calls. Default: a client of its own, with time-outs.
	HTTP *http.Client

	// UserAgent names the program.
	UserAgent string

	// Report is told what a long call is doing. May be nil.
	Report func(Event)

	// Cells lowers the limit of cells of an answer, 0 does not.
	Cells int64
}

// Event is something worth telling while a table is fetched.
type Event struct {
	Parts, PartsDone int   // requests of the plan
	Cells, CellsDone int64 // cells asked for
	Wait             time.Duration
	Why              string // of the wait
	Warning          string // something that the result does not show
}

// Client asks one server in one language. It is for one goroutine at a time;
// calls are made one after another, as servers ask for.
type Client struct {
	host Host
	lang string
	api  API
	opts Options
	http *http.Client
	pace *pacer

	config *Config
	limit  int64
	tries  int
	stall  time.Duration
	sleep  func(context.Context, time.Duration) error
	now    func() time.Time
}

// New makes a client for a host, see [FindHost].
func New(host Host, opts *Options) (*Client, error) {
	if opts == nil {
		opts = &Options{}
	}
	c := &Client{host: host, opts: *opts, api: opts.API, http: opts.HTTP, tries: 6, stall: stallTime, sleep: sleepContext, now: time.Now, limit: opts.Cells}
	if c.http == nil {
		c.http = newHTTP()
	}
	if !host.has(V1) && !host.has(V2) {
		return nil, errors.New("the host has no address")
	}
	switch {
	case c.api == Auto && !host.has(V2):
		c.api = V1
	case c.api == Auto && !host.has(V1):
		c.api = V2
	case c.api != Auto && !host.has(c.api):
		return nil, fmt.Errorf("version %s of the API is not known to be at this host", c.api)
	}
	c.lang = opts.Lang
	if c.lang == "" && len(host.Languages) > 0 {
		c.lang = host.Languages[0]
	}
	if c.api == V1 {
		c.assumeLang()
	}
	if c.lang != "" && len(host.Languages) > 0 && host.Name != "" && !slices.Contains(host.Languages, c.lang) {
		return nil, selectionErrorf("", "%s has no language %q: it is one of %s", host.Name, c.lang, joinOr(host.Languages))
	}
	if c.opts.Cache == "" {
		if folder, err := os.UserCacheDir(); err == nil {
			c.opts.Cache = filepath.Join(folder, "pxfetch")
		}
	}
	times := ""
	if c.opts.Cache != "" {
		times = filepath.Join(c.opts.Cache, "calls")
	}
	c.pace = newPacer(times, hostOf(c.anyBase()))
	c.pace.limit(host.Calls, host.Window)
	c.pace.report = func(wait time.Duration, why string) { c.report(Event{Wait: wait, Why: why}) }
	return c, nil
}

// anyBase is an address at the host.
func (c *Client) anyBase() string {
	if c.host.V2 != "" {
		return c.host.V2
	}
	return c.host.V1
}

// Host is the server that the client asks.
func (c *Client) Host() Host { return c.host }

// Lang is the language that the client asks for; "" is the server's own.
func (c *Client) Lang() string { return c.lang }

func (c *Client) report(e Event) {
	if c.opts.Report != nil {
		c.opts.Report(e)
	}
}

func (c *Client) warn(format string, args ...any) {
	c.report(Event{Warning: fmt.Sprintf(format, args...)})
}

// version finds out which version to use.
func (c *Client) version(ctx context.Context) (API, error) {
	if c.api != Auto {
		return c.api, nil
	}
	// Both may be there. A server without version 2 says so when asked for its
	// configuration.
	cfg, err := c.findVersion2(ctx)
	switch {
	case err == nil:
		c.api, c.config = V2, cfg
	case isNo(err):
		c.api = V1
		c.assumeLang()
	default:
		return Auto, err
	}
	return c.api, nil
}

// isNo tells whether a server answered that it has no such thing, in whatever way.
func isNo(err error) bool {
	return errors.Is(err, ErrNotFound) || errors.Is(err, ErrRefused) || errors.Is(err, ErrAnswer) || errors.Is(err, ErrTooLarge)
}

// findVersion2 asks for the configuration of version 2: where it must be, or in
// the usual places of a server of which only the name is known.
func (c *Client) findVersion2(ctx context.Context) (*Config, error) {
	cfg, first := c.config2(ctx)
	if first == nil || c.host.bare == "" || !isNo(first) {
		return cfg, first
	}
	guess := c.host.V2
	for _, path := range []string{"/api/v2", ""} {
		c.host.V2 = c.host.bare + path
		if cfg, err := c.config2(ctx); err == nil || !isNo(err) {
			return cfg, err
		}
	}
	c.host.V2 = guess
	return nil, first
}

// assumeLang chooses a language where version 1 needs one and nobody said any: that
// of the server whose layout was assumed.
func (c *Client) assumeLang() {
	if c.lang == "" && strings.Contains(c.host.V1, "{lang}") {
		c.lang = "no"
	}
}

// joinOr lists words: "a, b or c".
func joinOr(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		list := ""
		for i, w := range words[:n-1] {
			if i > 0 {
				list += ", "
			}
			list += w
		}
		return list + " or " + words[n-1]
	}
}
