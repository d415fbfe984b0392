package ssb

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/pxweb"
	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// Options of a client. The zero value is a client that asks in Norwegian.
type Options struct {
	Lang      string       // no or en; default no
	Cache     string       // as in [pxweb.Options]
	HTTP      *http.Client // as in [pxweb.Options]
	UserAgent string
	Report    func(pxweb.Event) // may be nil
}

// Client asks Statistics Norway's services beside its tables. Several goroutines may use
// it; its calls are made one after another.
type Client struct {
	calls     *transport.Client
	data, web string // origins
	lang      string
}

// ErrHost is the error for a host that has no such services.
var ErrHost = errors.New("this is a service of Statistics Norway: ask the host ssb")

// New makes a client for Statistics Norway's host, or for one whose addresses have the
// same layout, such as a server for tests; see [pxweb.FindHost]. For any other the error
// is [ErrHost].
func New(host pxweb.Host, opts *Options) (*Client, error) {
	if opts == nil {
		opts = &Options{}
	}
	data, web := origins(host)
	if data == "" {
		return nil, ErrHost
	}
	tell := opts.Report
	if tell == nil {
		tell = func(pxweb.Event) {}
	}
	c := &Client{data: data, web: web, lang: opts.Lang}
	// No limit is assumed: these services have none that is known, but they share the
	// address of the tables, which have.
	c.calls = transport.New(transport.Options{
		HTTP: opts.HTTP, UserAgent: opts.UserAgent, Times: transport.Times(transport.Cache(opts.Cache), data),
		Wait: func(d time.Duration, why string) { tell(pxweb.Event{Wait: d, Why: why}) },
		Warn: func(text string) { tell(pxweb.Event{Warning: text}) },
	})
	c.calls.Limit(transport.Rule{Calls: host.Calls, Window: host.Window})
	return c, nil
}

// origins are those of the ready-made datasets and Klass, and of the web site with
// definitions and the structure of subjects, by the layout of a host's addresses.
func origins(host pxweb.Host) (data, web string) {
	data, ok := strings.CutSuffix(host.V2, "/api/pxwebapi/v2")
	if !ok {
		data, ok = strings.CutSuffix(host.V1, "/api/v0/{lang}/table")
	}
	if !ok {
		return "", ""
	}
	if host.Web != "" {
		return data, host.Web
	}
	return data, data
}

// get asks for JSON.
func (c *Client) get(ctx context.Context, address string, v any) error {
	_, err := c.calls.JSON(ctx, address, v)
	return public(err)
}

// public is an error of a call as package pxweb has it.
func public(err error) error {
	if e, ok := err.(*transport.Error); ok {
		return (*pxweb.Error)(e)
	}
	return err
}

// klassLang is the client's language as Klass and Vardok have it.
func (c *Client) klassLang() string {
	if c.lang == "no" || c.lang == "" {
		return "nb"
	}
	return c.lang
}
