package pxweb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
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

	// Report is told what a long call is doing. May be nil. It may call the client, and is
	// called by every goroutine that does.
	Report func(Event)

	// Cells lowers the limit of cells of an answer, 0 does not.
	Cells int64
}

// Client asks one server in one language. Several goroutines may use it; its calls are
// made one after another, as servers ask for.
type Client struct {
	server *server
	cache  string // folder, "" if there is none
}

// New makes a client for a host, see [FindHost].
func New(host Host, opts *Options) (*Client, error) {
	if opts == nil {
		opts = &Options{}
	}
	api, err := chooseAPI(host, opts.API)
	if err != nil {
		return nil, err
	}
	at := site{host: host, api: api, limit: opts.Cells}
	if err := at.setLang(opts.Lang); err != nil {
		return nil, err
	}
	c := &Client{server: &server{known: at, report: opts.Report}, cache: transport.Cache(opts.Cache)}
	c.server.calls = transport.New(transport.Options{
		HTTP: opts.HTTP, UserAgent: opts.UserAgent, Times: transport.Times(c.cache, at.anyBase()),
		Assume: transport.Rule{Calls: defaultCalls, Window: defaultWindow},
		Wait:   func(d time.Duration, why string) { c.server.tell(Event{Wait: d, Why: why}) },
		Warn:   func(text string) { c.server.tell(Event{Warning: text}) },
	})
	c.server.calls.Limit(transport.Rule{Calls: host.Calls, Window: host.Window})
	return c, nil
}

// chooseAPI is the version to use: the one that is wanted if the host has it, Auto if
// it may have both.
func chooseAPI(host Host, wanted API) (API, error) {
	switch one, two := host.has(V1), host.has(V2); {
	case !one && !two:
		return Auto, errors.New("the host has no address")
	case wanted == Auto && !two:
		return V1, nil
	case wanted == Auto && !one:
		return V2, nil
	case wanted != Auto && !host.has(wanted):
		return Auto, fmt.Errorf("version %s of the API is not known to be at this host", wanted)
	}
	return wanted, nil
}

// Host is the server that the client asks.
func (c *Client) Host() Host { return c.server.at().host }

// Addresses are the bases of the server, that of version 1 first. Where only its name is known
// they are those that answer.
func (c *Client) Addresses(ctx context.Context) []string {
	at := c.server.at()
	var list []string
	if one := at.host.V1; one != "" && (at.host.bare == "" || c.server.answers1(ctx)) {
		list = append(list, one)
	}
	if two := at.host.V2; two != "" && (at.host.bare == "" || at.api == V2) {
		list = append(list, two)
	}
	return list
}

// Lang is the language that the client asks for; "" is the server's own.
func (c *Client) Lang() string { return c.server.at().lang }

// Config asks the server for its configuration, once.
func (c *Client) Config(ctx context.Context) (*Config, error) { return c.server.configure(ctx) }

// Known is the configuration if it was asked for already, else nil.
func (c *Client) Known() *Config { return c.server.at().config }

// Limits tells them; ask for [Client.Config] first.
func (c *Client) Limits() Limits { return c.server.limits() }

// LimitCells lowers the limit of cells in an answer.
func (c *Client) LimitCells(n int64) {
	c.server.learn(func(at *site) {
		if n > 0 && (at.limit == 0 || n < at.limit) {
			at.limit = n
		}
	})
}

// List lists what stands below a path of version 1; "" is the root. Where
// version 1 is not to be had, version 2 lists all tables below a subject.
func (c *Client) List(ctx context.Context, path string) ([]Entry, error) {
	return c.server.list(ctx, path)
}

// Search searches tables, best first. A table that stands under several subjects
// comes once.
func (c *Client) Search(ctx context.Context, s Search) ([]Hit, error) {
	return c.server.search(ctx, s)
}

// Table asks for the metadata of a table. The id is that of the host; in version 1
// it may also be the path below the database.
func (c *Client) Table(ctx context.Context, id string) (*Table, error) {
	return c.server.table(ctx, id)
}

// CodeList asks for a code list by its id (agg_KommSummer) or by the name that
// version 1 has for it (agg:KommSummer). Only version 2 tells code lists; for
// a host that has both it is asked.
func (c *Client) CodeList(ctx context.Context, id string) (*CodeList, error) {
	return c.server.codeList(ctx, id)
}

// Lists finds code lists for [Table.Resolve], each once. Where the server cannot
// tell, it finds nil.
func (c *Client) Lists(ctx context.Context) Lists { return c.server.lists(ctx) }

// Complete is the table with the values of variables that version 1 leaves out for being
// very many: it asks for data in which all other variables have one value. Where the
// server refuses that, they stay unknown.
func (c *Client) Complete(ctx context.Context, t *Table) (*Table, error) {
	return c.server.complete(ctx, t)
}

// DefaultQuery finds the query for the extract that the server chooses when nothing
// is selected. Version 2 tells which that is; a server that does not is asked for
// it without a selection. In version 1 it is all values of what cannot be left out.
func (c *Client) DefaultQuery(ctx context.Context, t *Table) (*Query, error) {
	return c.server.defaultQuery(ctx, t, c.Lists(ctx))
}

// Saved gets a query that was saved on a server of version 2, by its number.
func (c *Client) Saved(ctx context.Context, id string) (*SavedQuery, error) {
	return c.server.savedQuery(ctx, id)
}

// Plan makes the plan for a query with the limits of the server.
func (c *Client) Plan(ctx context.Context, q *Query) (*Plan, error) {
	if _, err := c.server.ready(ctx); err != nil {
		return nil, err
	}
	return c.server.plan(q)
}

// Seconds is how long a plan takes at least: the waits that the limits of calls ask for.
// What the server takes for its answers comes on top.
func (c *Client) Seconds(p *Plan) time.Duration {
	l, n := c.server.limits(), p.Requests()
	if l.Calls == 0 || n == 0 {
		return 0
	}
	return time.Duration((n-1)/transport.Rule{Calls: l.Calls}.Most()) * l.Window
}

// FetchOptions say how a query is fetched.
type FetchOptions struct {
	Fresh bool // do not go on with parts that an earlier run saved
}

// Fetch fetches a query, in as many requests as it takes. What has come is saved;
// the same call goes on from there if it was stopped. Call Done when the result
// is written, and Close in any case.
// If it ends before all is there, the error is a [*PartsError].
func (c *Client) Fetch(ctx context.Context, q *Query, opts *FetchOptions) (*Result, error) {
	f := newFetcher(c.server, q)
	return f.run(ctx, c.cache, opts != nil && opts.Fresh)
}

// Raw fetches a query in another format, as the server makes it, in one request. A format
// that the server does not have is a [*SelectionError] that says which it has.
func (c *Client) Raw(ctx context.Context, q *Query, opts *RawOptions, w io.Writer) error {
	return c.server.raw(ctx, q, opts, w)
}

// QueryFile is a query in the form of a file that the web page saves, which
// [ParseQuery] reads: every code by its name, so that it asks for the same cells
// whenever it is run. Other members tell when and of what it was made.
func (c *Client) QueryFile(q *Query, updated string) []byte {
	return file1(q, c.server.dataURL(q.Table), updated)
}

// QueryURL is a query as an address of version 2. Servers refuse addresses of more than
// [MaxAddress] characters; long queries are sent as a selection instead.
func (c *Client) QueryURL(s *SavedQuery, t *Table) (string, error) {
	return s.url2(c.server.at(), t)
}

// News tells whether a query would bring something that a document, got by the same query
// before, does not have. It asks for a few cells at most.
func (c *Client) News(ctx context.Context, q *Query, old *jsonstat.Dataset) (*News, error) {
	return c.server.news(ctx, q, old)
}
