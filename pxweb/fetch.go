package pxweb

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// FetchOptions say how a query is fetched.
type FetchOptions struct {
	Fresh bool // do not go on with parts that an earlier run saved
}

// Lists finds code lists for [Table.Resolve], each once. Where the server cannot
// tell, it finds nil.
func (c *Client) Lists(ctx context.Context) Lists {
	known := map[string]*CodeList{}
	return func(name string) (*CodeList, error) {
		if l, ok := known[name]; ok {
			return l, nil
		}
		if !c.host.has(V2) {
			return nil, nil
		}
		l, err := c.CodeList(ctx, name)
		if c.api == V1 && (errors.Is(err, ErrNotFound) || errors.Is(err, ErrRefused)) {
			l, err = nil, nil // version 2 is only asked out of curiosity
		}
		if err == nil {
			known[name] = l
		}
		return l, err
	}
}

// Plan makes the plan for a query with the limits of the server.
func (c *Client) Plan(ctx context.Context, q *Query) (*Plan, error) {
	if err := c.ready(ctx); err != nil {
		return nil, err
	}
	return q.Plan(c.Limits().Cells)
}

// ready asks for the configuration. A server that has none has its defaults.
func (c *Client) ready(ctx context.Context) error {
	_, err := c.Config(ctx)
	if isNo(err) {
		return nil
	}
	return err
}

// Seconds estimates how long a plan takes by the limits of calls alone.
func (c *Client) Seconds(p *Plan) time.Duration {
	l := c.Limits()
	n := p.Requests()
	if l.Calls < 2 || n < l.Calls {
		return time.Duration(n) * time.Second
	}
	return time.Duration(n/(l.Calls-1))*l.Window + time.Second
}

// Fetch fetches a query, in as many requests as it takes. What has come is saved;
// the same call goes on from there if it was stopped. Call Done when the result
// is written, and Close in any case.
func (c *Client) Fetch(ctx context.Context, q *Query, opts *FetchOptions) (*Result, error) {
	if opts == nil {
		opts = &FetchOptions{}
	}
	if err := c.ready(ctx); err != nil {
		return nil, err
	}
	edition := q.Table.Updated
	if c.isNow(edition) {
		edition = ""
	}
	key := append([]byte(c.dataURL(q.Table)+"\n"+c.lang+"\n"+edition+"\n"), c.body(q, q.all())...)
	j, err := openJob(c.opts.Cache, hostOf(c.anyBase()), key, opts.Fresh)
	if err != nil {
		return nil, err
	}
	f := &fetcher{c: c, q: q, job: j}
	r, err := f.fetch(ctx)
	if err != nil {
		return nil, errors.Join(err, j.close())
	}
	r.job, r.Requests, r.Reused = j, f.requests, f.reused
	return r, nil
}

// fetcher fetches one query.
type fetcher struct {
	c    *Client
	q    *Query
	job  *job
	pool axisPool

	todo     []box // what is still to be asked for, next first
	parts    []*part
	cells    int64 // of the query
	done     int64 // cells that are here
	requests int
	reused   int
	warned   bool // that the server gives less than it says
}

// maxChanges is how often a table that changed on the way is fetched anew.
const maxChanges = 2

func (f *fetcher) fetch(ctx context.Context) (*Result, error) {
	for changes := 0; ; changes++ {
		err := f.all(ctx)
		if err == nil {
			return newResult(f.q, f.parts)
		}
		if !errors.Is(err, ErrChanged) || changes == maxChanges {
			return nil, err
		}
		f.c.warn("the table was updated meanwhile: it is fetched anew")
		if err := f.job.clear(); err != nil {
			return nil, err
		}
	}
}

// plan begins anew with the plan of the limits that are known now.
func (f *fetcher) plan() error {
	p, err := f.q.Plan(f.c.Limits().Cells)
	if err != nil {
		return err
	}
	f.todo, f.parts, f.pool, f.cells, f.done, f.reused = slices.Clone(p.boxes), nil, axisPool{}, p.Cells, 0, 0
	return nil
}

// all gets all parts, from the disk or the server.
func (f *fetcher) all(ctx context.Context) error {
	if err := f.plan(); err != nil {
		return err
	}
	for len(f.todo) > 0 {
		if err := ctx.Err(); err != nil {
			return err // parts from the disk ask for nothing that would end with it
		}
		f.c.report(Event{Parts: len(f.parts) + len(f.todo), PartsDone: len(f.parts), Cells: f.cells, CellsDone: f.done})
		b := f.todo[0]
		p, err := f.part(ctx, b)
		if err != nil {
			if err = f.smaller(b, err); err != nil {
				return err
			}
			continue
		}
		f.todo = f.todo[1:]
		f.parts = append(f.parts, p)
		f.done += b.cells(f.q)
		if f.learnMetric(p) {
			if err := f.plan(); err != nil {
				return err
			}
			continue
		}
		if err := f.sameEdition(); err != nil {
			return err
		}
	}
	f.c.report(Event{Parts: len(f.parts), PartsDone: len(f.parts), Cells: f.cells, CellsDone: f.done})
	return f.confirm(ctx)
}

// part gets a part.
func (f *fetcher) part(ctx context.Context, b box) (*part, error) {
	body := f.c.body(f.q, b)
	file := f.job.file(body)
	if p, err := readPart(file, f.q, b, f.pool); err == nil {
		f.reused++
		return p, nil
	}
	if err := f.ask(ctx, b, body, file); err != nil {
		return nil, err
	}
	p, err := readPart(file, f.q, b, f.pool)
	if err != nil {
		_ = os.Remove(file)
		return nil, err
	}
	return p, nil
}

// fewCells is the size below which a part is not made smaller for being slow.
const fewCells = 20_000

// ask asks the server for a part and saves the answer.
func (f *fetcher) ask(ctx context.Context, b box, body []byte, file string) error {
	r := f.c.dataRequest(f.q, body)
	r.max = 256<<20 + 100*b.cells(f.q)
	if _, _, ok := f.q.halve(b); ok && b.cells(f.q) >= fewCells {
		r.few = 2
	}
	return f.c.call(ctx, r, func(resp *http.Response, body io.Reader) error {
		f.requests++
		if err := f.job.save(file, body); err != nil {
			return err
		}
		if err := checkAnswer(r, resp, file); err != nil {
			_ = os.Remove(file)
			return err
		}
		return nil
	})
}

// checkAnswer sees whether an answer of status 200 is a dataset.
func checkAnswer(r request, resp *http.Response, file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return &saveError{err}
	}
	doc, err := openDocument(file, info.Size())
	if err == nil {
		_, err = doc.Dataset(0)
		_ = doc.Close()
	}
	if err == nil {
		return nil
	}
	e := &Error{Kind: ErrAnswer, Status: resp.StatusCode, Method: r.method, URL: r.url, Err: err}
	start, _ := firstBytes(file)
	var s *jsonstat.ServerError
	switch {
	case errors.As(err, &s):
		e.Message, e.Page = s.Message, s.Page == "a web page"
	case isListing(start):
		e.Message = "a listing: the address is that of a level, not of a table"
	case errors.Is(err, jsonstat.ErrSyntax) && (bytes.HasPrefix(start, []byte("{")) || len(start) == 0):
		// Cut off in the middle, though the server did not say so.
		return &Error{Kind: ErrOffline, Method: r.method, URL: r.url, Err: fmt.Errorf("the answer broke off: %w", err)}
	default:
		e.Message = err.Error()
	}
	return e
}

func firstBytes(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, 4<<10)
	n, err := io.ReadFull(f, b)
	if err == io.ErrUnexpectedEOF {
		err = nil
	}
	return bytes.TrimSpace(b[:n]), err
}

// isListing knows the answer of version 1 to a POST to a level.
func isListing(start []byte) bool {
	return bytes.HasPrefix(start, []byte("[")) && bytes.Contains(start, []byte(`"type"`)) && bytes.Contains(start, []byte(`"id"`))
}

// smaller makes less of what is asked for after an answer that says it was too
// much; other errors it returns.
func (f *fetcher) smaller(b box, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	slow := e.Kind == ErrServer || e.Kind == ErrOffline && isTimeout(e.Err)
	n := b.cells(f.q)
	switch {
	case e.Kind == ErrTooLarge && n > 1:
		limit := max(1, min(n, f.c.Limits().Cells)/2)
		if limit >= n {
			return err
		}
		if cfg := f.c.config; cfg != nil && n < cfg.MaxCells/8 && !f.lowered(e) {
			return err // it is not the cells that somebody on the way does not like
		}
		if f.c.limit = limit; !f.warned {
			f.warned = true
			f.c.warn("the server gives less cells at once than it says: smaller parts are asked for")
		}
		if len(f.parts) == 0 {
			return f.plan()
		}
	case slow && n >= fewCells:
		f.c.warn("the server does not manage %d cells at once: half of them are asked for", n)
	default:
		return err
	}
	var rest []box
	for i, t := range f.todo {
		if i == 0 && slow {
			first, second, ok := f.q.halve(t)
			if !ok {
				return err
			}
			rest = append(rest, first, second)
			continue
		}
		cut, ok := f.upTo(t, f.c.Limits().Cells)
		if !ok {
			return err
		}
		rest = append(rest, cut...)
	}
	f.todo = rest
	return nil
}

// lowered tells whether a refusal says that there are too many cells in so many
// words, rather than by its status alone.
func (f *fetcher) lowered(e *Error) bool {
	return e.Status != http.StatusForbidden || tooLarge(e.Status, e.Message, http.MethodGet)
}

// upTo cuts a box until all pieces have at most limit cells.
func (f *fetcher) upTo(b box, limit int64) ([]box, bool) {
	if b.cells(f.q) <= limit {
		return []box{b}, true
	}
	first, second, ok := f.q.halve(b)
	if !ok {
		return nil, false
	}
	one, ok1 := f.upTo(first, limit)
	two, ok2 := f.upTo(second, limit)
	return append(one, two...), ok1 && ok2
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

// learnMetric notes which variable the contents are, which version 1 tells only
// with data. It reports true if the plan must be made anew for it.
func (f *fetcher) learnMetric(p *part) bool {
	if f.q.metric != "" || len(p.metric) != 1 {
		return false
	}
	f.q.metric = p.metric[0]
	for i := range f.q.Chosen {
		if f.q.Chosen[i].Variable.Code != f.q.metric || len(f.q.Chosen[i].Codes) < 2 || f.q.Chosen[i].Variable.Role() == jsonstat.Metric {
			continue
		}
		return slices.ContainsFunc(f.todo, func(b box) bool { return b[i].len() == 1 }) || p.box[i].len() == 1
	}
	return false
}

// isMetric tells whether a variable is the contents.
func (q *Query) isMetric(i int) bool {
	v := q.Chosen[i].Variable
	return v.Role() == jsonstat.Metric || v.Code == q.metric
}

// sameEdition checks that the table did not change between the last part and those
// before. Parts with other contents may well be of another time.
func (f *fetcher) sameEdition() error {
	last := f.parts[len(f.parts)-1]
	for _, p := range f.parts[:len(f.parts)-1] {
		if p.updated != last.updated && f.sameContents(p, last) && !(f.c.isNow(p.updated) && f.c.isNow(last.updated)) {
			return ErrChanged
		}
	}
	return nil
}

// isNow tells whether a time of update is but the time of the answer, which some
// servers give for tables of which they know none. It says nothing of the table.
func (c *Client) isNow(updated string) bool {
	t, err := parseTime(updated)
	return err == nil && c.now().Sub(t).Abs() < 10*time.Minute
}

func (f *fetcher) sameContents(a, b *part) bool {
	for i := range f.q.Chosen {
		if f.q.isMetric(i) && a.box[i] != b.box[i] {
			return false
		}
	}
	return true
}

// confirm asks for one part again where all come from an earlier run and nothing
// tells whether the table is still the same.
func (f *fetcher) confirm(ctx context.Context) error {
	if f.reused < len(f.parts) || f.q.Table.Updated != "" && !f.c.isNow(f.q.Table.Updated) {
		return nil
	}
	last := f.parts[len(f.parts)-1]
	body := f.c.body(f.q, last.box)
	if err := f.ask(ctx, last.box, body, f.job.file(body)); err != nil {
		return err
	}
	p, err := readPart(last.file, f.q, last.box, f.pool)
	if err != nil {
		return err
	}
	if p.updated != last.updated {
		return ErrChanged
	}
	f.parts[len(f.parts)-1] = p
	return nil
}

// body is the query of a box in the version of the table.
func (c *Client) body(q *Query, b box) []byte {
	switch {
	case q.Table.API == V1:
		return q.body1(b, "json-stat2")
	case q.Default:
		return nil
	}
	return q.body2(b)
}

// dataRequest is the request for data as JSON-stat.
func (c *Client) dataRequest(q *Query, body []byte) request {
	if q.Table.API == V1 {
		return request{method: http.MethodPost, url: c.dataURL(q.Table), body: body}
	}
	r := request{method: http.MethodPost, url: c.url2("/tables/"+escapePath(q.Table.ID)+"/data", url.Values{"outputFormat": {"json-stat2"}}), body: body}
	if q.Default {
		r.method, r.body = http.MethodGet, nil
	}
	return r
}

// DefaultQuery finds the query for the extract that the server chooses when nothing
// is selected. Version 2 tells which that is; a server that does not is asked for
// it without a selection. In version 1 it is all values of what cannot be left out.
func (c *Client) DefaultQuery(ctx context.Context, t *Table) (*Query, error) {
	if t.API == V1 {
		return t.ResolveSaved(&SavedQuery{API: V1}, nil)
	}
	text, err := c.get(ctx, c.url2("/tables/"+escapePath(t.ID)+"/defaultselection", nil))
	if isNo(err) {
		return &Query{Table: t, Default: true}, nil
	}
	if err != nil {
		return nil, err
	}
	saved, err := ParseQuery(text)
	if err != nil {
		return &Query{Table: t, Default: true}, nil
	}
	return t.ResolveSaved(saved, c.Lists(ctx))
}

// Complete finds the values of variables that version 1 leaves out for being very
// many: it asks for data in which all other variables have one value. Where the
// server refuses that, they stay unknown.
func (c *Client) Complete(ctx context.Context, t *Table) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	for i := range t.Variables {
		if t.Variables[i].Dim != nil {
			continue
		}
		d, err := c.probe(ctx, t, i)
		if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrRefused) {
			continue
		}
		if err != nil {
			return err
		}
		t.Variables[i].Dim = d
	}
	return nil
}

// probe finds the values of one variable.
func (c *Client) probe(ctx context.Context, t *Table, at int) (*jsonstat.Dimension, error) {
	q := &Query{Table: t}
	for i := range t.Variables {
		v := &t.Variables[i]
		switch {
		case i == at:
			q.Chosen = append(q.Chosen, Chosen{Variable: v, Whole: true})
		case v.Dim != nil && !v.Elimination:
			q.Chosen = append(q.Chosen, Chosen{Variable: v, Codes: []string{v.Dim.CategoryID(0)}})
		}
	}
	r := c.dataRequest(q, c.body(q, q.all()))
	text, err := c.text(ctx, r)
	if err != nil {
		return nil, err
	}
	ds, err := readHead(text)
	if err != nil {
		return nil, answerError(r.url, text, err)
	}
	_, d, err := ds.FindDimension(t.Variables[at].Code)
	return d, err
}

// LatestUpdate asks when the data of a query were updated: for one cell of it,
// with all contents.
func (c *Client) LatestUpdate(ctx context.Context, q *Query) (string, error) {
	one := &Query{Table: q.Table, Default: q.Default}
	for i := range q.Chosen {
		ch := q.Chosen[i]
		if len(ch.Codes) > 1 && !q.isMetric(i) {
			ch.Codes = ch.Codes[:1]
		}
		one.Chosen = append(one.Chosen, ch)
	}
	r := c.dataRequest(one, c.body(one, one.all()))
	text, err := c.text(ctx, r)
	if err != nil {
		return "", err
	}
	ds, err := readHead(text)
	if err != nil {
		return "", answerError(r.url, text, err)
	}
	return ds.Updated(), nil
}

// Raw fetches a query in another format, as the server makes it, in one request.
// Format is a name of the version: csv, csv2, csv3, xlsx, px, json in version 1;
// csv, xlsx, px, html, json-px, parquet in version 2.
func (c *Client) Raw(ctx context.Context, q *Query, format string, w io.Writer) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	if n, err := q.Cells(); err != nil {
		return err
	} else if l := c.Limits().Cells; l > 0 && n > l {
		return selectionErrorf("", "%d cells are more than the %d that the server gives at once; in its own formats they cannot be put together: fetch JSON-stat and convert it", n, l)
	}
	var r request
	if q.Table.API == V1 {
		r = request{method: http.MethodPost, url: c.dataURL(q.Table), body: q.body1(q.all(), format)}
	} else {
		r = c.dataRequest(q, q.body2(q.all()))
		r.url = c.url2("/tables/"+escapePath(q.Table.ID)+"/data", url.Values{"outputFormat": {format}})
	}
	r.accept, r.max = "*/*", 4<<30
	spooled := &spool{}
	defer func() { spooled.close() }()
	err := c.call(ctx, r, func(resp *http.Response, body io.Reader) error {
		spooled.close()
		spooled = &spool{}
		_, err := io.Copy(spooled, body)
		if err != nil {
			return err
		}
		return wrongFormat(r, resp, format, spooled)
	})
	if err != nil {
		return err
	}
	return spooled.copyTo(w)
}

// wrongFormat sees whether an answer is something else than the format asked for:
// a web page, a listing, an error.
func wrongFormat(r request, resp *http.Response, format string, s *spool) error {
	start := s.start()
	low := bytes.ToLower(bytes.TrimSpace(start))
	page := bytes.HasPrefix(low, []byte("<!doctype html")) || bytes.HasPrefix(low, []byte("<html"))
	object := bytes.HasPrefix(low, []byte("{")) || bytes.HasPrefix(low, []byte("["))
	isJSON := slices.Contains([]string{"json", "json-px", "json-stat", "json-stat2"}, format)
	if (page && format != "html") || (object && !isJSON) || isListing(low) || len(low) == 0 {
		message, _ := said(start)
		if message == "" {
			message = "it is empty"
		}
		return &Error{Kind: ErrAnswer, Status: resp.StatusCode, Message: message, Page: page, Method: r.method, URL: r.url}
	}
	return nil
}

// start is the beginning of what was written.
func (s *spool) start() []byte {
	if s.file == nil {
		return s.buf[:min(len(s.buf), 4<<10)]
	}
	b := make([]byte, 4<<10)
	n, _ := s.file.ReadAt(b, 0)
	return b[:n]
}
