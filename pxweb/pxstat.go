package pxweb

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// PxStat, the program of the offices of Ireland and Northern Ireland, has version 1 of PxWebApi
// as one of its doors. What is other there: below the language stand subjects, products and
// tables, and no databases; data are asked for by GET, with the query in the address; there is
// no configuration and no search; metadata name no role; no variable can be left out, so that
// one that a query does not name comes whole; and of the filters it has item alone.

// maxPxStat is the most characters of an address: the web server in front of most PxStat
// servers refuses 2048 of a query.
const maxPxStat = 2000

// pxStatRequest is the request for the data of a box. Where the address would be too long,
// variables of which all values are wanted are not named; what is too long even so is sent by
// POST, which the program takes too.
func (s *server) pxStatRequest(q *Query, b box, format string) transport.Request {
	at := s.at()
	address := at.url1(q.Table.Path)
	r := transport.Request{Method: http.MethodGet}
	for _, brief := range []bool{false, true} {
		// The body is what parts are told apart by; a GET does not send it.
		r.Body = b.pxStatQuery(q, format, brief)
		r.URL = address + "?query=" + escapePxStat(r.Body)
		if len(r.URL) <= maxPxStat {
			return r
		}
	}
	r.Method, r.URL = http.MethodPost, address
	return r
}

// escapePxStat escapes a query for an address, but for the signs that make it readable.
func escapePxStat(query []byte) string {
	return strings.NewReplacer("+", "%20", "%2C", ",", "%3A", ":").Replace(url.QueryEscape(string(query)))
}

// pxStatQuery is the query of a box. If it is to be brief it names no variable of which all
// values are wanted.
func (b box) pxStatQuery(q *Query, format string, brief bool) []byte {
	items := []item1{}
	for i := range q.Chosen {
		if c := &q.Chosen[i]; !c.Whole && !(brief && b.isWhole(q, i)) {
			items = append(items, item1{word(c.Variable.Code), selection1{"item", b.codes(q, i)}})
		}
	}
	return writeQuery1(items, format)
}

// isWhole tells whether a box has all values of a variable that cannot be left out.
func (b box) isWhole(q *Query, i int) bool {
	v := q.Chosen[i].Variable
	return v.Dim != nil && b[i].len() == v.Dim.Len() && !v.Elimination
}

// plan makes the plan for a query with the limits that are known now, at a PxStat server that
// of addresses too.
func (s *server) plan(q *Query) (*Plan, error) {
	p, err := q.Plan(s.limits().Cells)
	if err != nil || !s.at().host.isPxStat() {
		return p, err
	}
	var short []box
	for _, b := range p.boxes {
		short = append(short, s.shorten(q, b)...)
	}
	if len(short) > len(p.boxes) {
		p.boxes = short
		for i := range p.Chunks {
			seen := map[stretch]bool{}
			for _, b := range short {
				seen[b[i]] = true
			}
			p.Chunks[i] = len(seen)
		}
	}
	return p, nil
}

// shorten cuts a box until all pieces have an address that is short enough, along the variable
// of which most is named.
func (s *server) shorten(q *Query, b box) []box {
	if s.pxStatRequest(q, b, jsonStat).Method == http.MethodGet {
		return []box{b}
	}
	at, most := -1, 0
	for i := range b {
		n := len(strings.Join(b.codes(q, i), `","`))
		if n > most && q.canCut(b, i) && !b.isWhole(q, i) {
			at, most = i, n
		}
	}
	if at < 0 {
		return []box{b}
	}
	first, second := b.halves(at)
	return append(s.shorten(q, first), s.shorten(q, second)...)
}

// pxStatPath is the path of a table that is given by its name alone: the metadata of another
// door tell its subject and product.
func (s *server) pxStatPath(ctx context.Context, id string) (string, error) {
	var m struct {
		Extension struct {
			Subject struct {
				Code json.RawMessage `json:"code"` // a number or a text
			} `json:"subject"`
			Product struct {
				Code json.RawMessage `json:"code"`
			} `json:"product"`
		} `json:"extension"`
	}
	at := s.at()
	door, _, _ := strings.Cut(at.host.V1, pxStatAdapter)
	address := door + "/PxStat.Data.Cube_API.ReadMetadata/" + escapePath(id) + "/JSON-stat/2.0/" + at.lang
	if _, err := s.getJSON(ctx, address, &m); err != nil {
		return "", err
	}
	subject, product := strings.Trim(string(m.Extension.Subject.Code), `"`), strings.Trim(string(m.Extension.Product.Code), `"`)
	if subject == "" || product == "" {
		return "", otherAnswer(address, "it does not say below which subject and product the table stands")
	}
	return subject + "/" + product + "/" + id, nil
}

// isPxStatTime knows the code of the variable of time, which has the kind of period in it.
func isPxStatTime(code string) bool { return strings.HasPrefix(code, "TLIST(") }
