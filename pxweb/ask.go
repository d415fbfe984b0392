package pxweb

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// dataURL is where the data of a table are asked for.
func (s *server) dataURL(t *Table) string {
	at := s.at()
	if t.API == V2 {
		return at.host.V2 + tablePath(t.ID) + "/data"
	}
	return at.url1(t.Path)
}

// dataRequest is the request for the data of a box, in the version of the table.
func (s *server) dataRequest(q *Query, b box) transport.Request {
	return s.fileRequest(q, b, &RawOptions{Format: jsonStat})
}

// fileRequest is the request for a file of the server's.
func (s *server) fileRequest(q *Query, b box, o *RawOptions) transport.Request {
	if q.Table.API == V1 && s.at().host.isPxStat() {
		return s.pxStatRequest(q, b, o.Format)
	}
	if q.Table.API == V1 {
		return transport.Request{Method: http.MethodPost, URL: s.dataURL(q.Table), Body: b.body1(q, o.Format)}
	}
	at := s.at()
	params := url.Values{"outputFormat": {o.Format}}
	if q.saved != "" && o.Format == jsonStat && slices.Equal(b, q.all()) {
		return transport.Request{Method: http.MethodGet, URL: at.url2(savedPath(q.saved)+"/data", params)}
	}
	if len(o.Params) > 0 {
		params.Set("outputFormatParams", strings.Join(o.Params, ","))
	}
	r := transport.Request{Method: http.MethodPost}
	if q.Default {
		r.Method = http.MethodGet
		if at := o.placement(q); at != nil && !o.list {
			params.Set("heading", joinCodes(at.Heading))
			params.Set("stub", joinCodes(at.Stub))
		}
	} else {
		r.Body = b.body2(q, o.placement(q))
	}
	r.URL = at.url2(tablePath(q.Table.ID)+"/data", params)
	return r
}

// head asks for a query in one request, and reads what is said about its cells.
func (s *server) head(ctx context.Context, q *Query) (*jsonstat.Dataset, error) {
	r := s.dataRequest(q, q.all())
	text, err := s.calls.Text(ctx, r)
	if err != nil {
		return nil, public(err)
	}
	return readHead(r.URL, text)
}

// defaultQuery finds the query for the extract that the server chooses.
func (s *server) defaultQuery(ctx context.Context, t *Table, lists Lists) (*Query, error) {
	if t.API == V1 {
		return t.ResolveSaved(&SavedQuery{API: V1}, nil)
	}
	at := s.at()
	text, err := s.get(ctx, at.url2(tablePath(t.ID)+"/defaultselection", nil))
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
	return t.ResolveSaved(saved, lists)
}

// complete finds the values of variables that version 1 leaves out. The table that it gets
// stays as it is.
func (s *server) complete(ctx context.Context, t *Table) (*Table, error) {
	if !slices.ContainsFunc(t.Variables, func(v Variable) bool { return v.Dim == nil }) {
		return t, nil
	}
	if _, err := s.ready(ctx); err != nil {
		return nil, err
	}
	whole := *t
	whole.Variables = slices.Clone(t.Variables)
	for i := range whole.Variables {
		if whole.Variables[i].Dim != nil {
			continue
		}
		d, err := s.probe(ctx, &whole, i)
		if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrRefused) {
			continue
		}
		if err != nil {
			return nil, err
		}
		whole.Variables[i].Dim = d
	}
	return &whole, nil
}

// probe finds the values of one variable.
func (s *server) probe(ctx context.Context, t *Table, at int) (*jsonstat.Dimension, error) {
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
	ds, err := s.head(ctx, q)
	if err != nil {
		return nil, err
	}
	_, d, err := ds.FindDimension(t.Variables[at].Code)
	return d, err
}

// raw fetches a query in another format, in one request.
func (s *server) raw(ctx context.Context, q *Query, opts *RawOptions, w io.Writer) error {
	at, err := s.ready(ctx)
	if err != nil {
		return err
	}
	var formats []string
	if at.config != nil && at.config.API == q.Table.API {
		formats = at.config.Formats
	}
	o, err := opts.of(q.Table.API, formats)
	if err != nil {
		return err
	}
	if n, err := q.Cells(); err != nil {
		return err
	} else if l := s.limits().Cells; l > 0 && n > l {
		return selectionErrorf("", "%d cells are more than the %d that the server gives at once; in its own formats they cannot be put together: fetch JSON-stat and convert it", n, l)
	}
	r := s.fileRequest(q, q.all(), &o)
	r.Accept, r.Max = "*/*", 4<<30
	spooled := &spool.Buffer{}
	defer func() { _ = spooled.Close() }()
	err = s.call(ctx, r, func(resp *http.Response, body io.Reader) error {
		_ = spooled.Close()
		spooled = &spool.Buffer{}
		_, err := io.Copy(spooled, body)
		if err != nil {
			return err
		}
		return wrongFormat(r, resp, o.Format, spooled)
	})
	if err != nil {
		return err
	}
	return spooled.CopyTo(w)
}

// savedQuery gets a query that was saved on the server.
func (s *server) savedQuery(ctx context.Context, id string) (*SavedQuery, error) {
	at, err := s.find(ctx)
	if err != nil {
		return nil, err
	}
	if !at.host.has(V2) || at.api == V1 && at.host.bare != "" {
		return nil, selectionErrorf("", "%v", errNoSaved)
	}
	address := at.host.V2 + savedPath(id)
	text, err := s.get(ctx, address)
	if err != nil {
		return nil, err
	}
	q, err := ParseQuery(text)
	if err != nil {
		return nil, &Error{Kind: ErrAnswer, Status: 200, Message: err.Error(), URL: address, Err: err}
	}
	q.ID = id
	return q, nil
}

// savedPath is the path of a saved query.
func savedPath(id string) string { return "/savedqueries/" + escapePath(id) }

// checkAnswer sees whether an answer of status 200 is a dataset.
func checkAnswer(r transport.Request, resp *http.Response, file string) error {
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
	e := &transport.Error{Kind: ErrAnswer, Status: resp.StatusCode, Method: r.Method, URL: r.URL, Err: err}
	start := firstBytes(file)
	var s *jsonstat.ServerError
	switch {
	case errors.As(err, &s):
		e.Message, e.Page = s.Message, s.Page == "a web page"
	case isListing(start):
		e.Message = "a listing: the address is that of a level, not of a table"
	case errors.Is(err, jsonstat.ErrSyntax) && (bytes.HasPrefix(start, []byte("{")) || len(start) == 0):
		// Cut off in the middle, though the server did not say so.
		return &transport.Error{Kind: ErrOffline, Method: r.Method, URL: r.URL, Err: fmt.Errorf("the answer broke off: %w", err)}
	default:
		e.Message = err.Error()
	}
	return e
}

// firstBytes is the beginning of a file, without the white space around it.
func firstBytes(file string) []byte {
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	b, _ := io.ReadAll(io.LimitReader(f, 4<<10))
	return bytes.TrimSpace(transport.Readable(b))
}

// isListing knows the answer of version 1 to a POST to a level.
func isListing(start []byte) bool {
	return bytes.HasPrefix(start, []byte("[")) && bytes.Contains(start, []byte(`"type"`)) && bytes.Contains(start, []byte(`"id"`))
}

// wrongFormat sees whether an answer is something else than the format asked for:
// a web page, a listing, an error.
func wrongFormat(r transport.Request, resp *http.Response, format string, s *spool.Buffer) error {
	start := transport.Readable(s.Start())
	low := bytes.ToLower(bytes.TrimSpace(start))
	page := bytes.HasPrefix(low, []byte("<!doctype html")) || bytes.HasPrefix(low, []byte("<html"))
	object := bytes.HasPrefix(low, []byte("{")) || bytes.HasPrefix(low, []byte("["))
	isJSON := slices.Contains([]string{"json", "json-px", "json-stat", jsonStat}, format)
	if (page && format != "html") || (object && !isJSON) || isListing(low) || len(low) == 0 {
		message, _ := transport.Said(start)
		if strings.HasPrefix(message, "{") || strings.HasPrefix(message, "[") {
			message = "JSON in the place of " + format
		}
		return &transport.Error{Kind: ErrAnswer, Status: resp.StatusCode, Message: cmp.Or(message, "it is empty"), Page: page, Method: r.Method, URL: r.URL}
	}
	return nil
}
