package pxwebtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// V2 is the path of v2, "" if the host has none.
func (s *Server) V2() string { return s.host.V2 }

var allFormats2 = []string{"json-stat2", "csv", "px", "xlsx", "html", "json-px", "parquet"}

// longestAddress is what the servers take; longer ones are not found.
const longestAddress = 2100

// A call2 is a call of v2.
type call2 struct {
	s      *Server
	w      http.ResponseWriter
	r      *http.Request
	params map[string]string
	lang   string
	body   []byte
}

// serve2 answers a call of v2. path is what follows the base.
func (s *Server) serve2(w http.ResponseWriter, r *http.Request, path []string, body []byte) {
	s.limitHeaders(w)
	c := &call2{s: s, w: w, r: r, params: parameters(r.URL.Query()), body: body}
	c.lang = strings.ToLower(or(c.params["lang"], s.host.Languages[0]))
	if len(r.URL.RequestURI()) > longestAddress || strings.HasSuffix(r.URL.Path, "/") || len(path) == 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if !slices.Contains(s.host.Languages, c.lang) {
		c.fail(noLanguage)
		return
	}
	post := r.Method == http.MethodPost
	fixed := make([]string, len(path))
	for i, p := range path {
		fixed[i] = strings.ToLower(p)
	}
	switch {
	case len(path) == 1 && fixed[0] == "config":
		c.config()
	case len(path) == 1 && fixed[0] == "tables":
		c.tables()
	case len(path) >= 2 && fixed[0] == "tables":
		c.table(path[1], strings.Join(fixed[2:], "/"), post)
	case len(path) == 2 && fixed[0] == "codelists":
		c.codeList(path[1])
	case fixed[0] == "savedqueries":
		c.savedQueries(path[1:], post)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// limitHeaders tells of the limit in the host's way.
func (s *Server) limitHeaders(w http.ResponseWriter) {
	s.mu.Lock()
	left := max(0, s.limiter.max-len(s.limiter.calls))
	s.mu.Unlock()
	h, seconds := w.Header(), strconv.Itoa(int(s.limiter.window/time.Second))
	switch s.host.Limits2 {
	case LimitHeadersSSB:
		h.Set("X-Ratelimit-Limit", strconv.Itoa(s.limiter.max))
		h.Set("X-Ratelimit-Policy", strconv.Itoa(s.limiter.max)+";w="+seconds+"s")
		h.Set("X-Ratelimit-Remaining", strconv.Itoa(left))
	case LimitHeadersSCB:
		h.Set("X-Rate-Limit-Limit", seconds+"s") // the period, not a number of calls
		h.Set("X-Rate-Limit-Remaining", strconv.Itoa(left))
		h.Set("X-Rate-Limit-Reset", s.now().Add(s.limiter.window).UTC().Format("2006-01-02T15:04:05.0000000Z"))
	}
}

func (c *call2) fail(p *problem) {
	if p == crash {
		c.w.WriteHeader(p.status)
		return
	}
	inside := p.inside
	if inside == 0 {
		inside = p.status
	}
	kind := "Parameter error"
	if inside == http.StatusNotFound && p.inside == 0 {
		kind = "Not found"
	}
	contentType := "application/json; charset=utf-8"
	if c.s.host.Limits2 == LimitHeadersSCB {
		contentType = "application/problem+json; charset=utf-8"
	}
	writeStatus(c.w, p.status, contentType, func(j *jsonWriter) {
		j.object(func() {
			j.key("type").text(kind)
			j.key("title").text(p.title)
			j.key("status").number(inside)
		})
	})
}

// invalid answers a parameter that is no word of its list, as the framework
// below the real servers does.
func (c *call2) invalid(field, message string) {
	writeStatus(c.w, http.StatusBadRequest, "application/problem+json; charset=utf-8", func(j *jsonWriter) {
		j.object(func() {
			j.key("type").text("https://tools.ietf.org/html/rfc9110#section-15.5.1")
			j.key("title").text("One or more validation errors occurred.")
			j.key("status").number(http.StatusBadRequest)
			j.key("errors").object(func() { j.key(field).texts([]string{message}) })
			j.key("traceId").text("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
		})
	})
}

// href is an address of this server.
func (c *call2) href(path string) string {
	return "http://" + c.r.Host + c.s.host.V2 + path
}

func (c *call2) link(j *jsonWriter, rel, path string) {
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	writeLink(j, rel, c.lang, c.href(path+separator+"lang="+c.lang))
}

func (c *call2) config() {
	h := c.s.host
	calls, seconds := c.s.limiter.max, int(c.s.limiter.window/time.Second)
	if h.ConfigV2Zero && c.s.hostPace {
		calls, seconds = 0, 0
	}
	writeJSON(c.w, func(j *jsonWriter) {
		j.object(func() {
			j.key("apiVersion").text("2.0.0")
			j.key("appVersion").text("2.0.0-local")
			j.key("languages").array(func() {
				for i, l := range h.Languages {
					label := l
					if i < len(h.Names) {
						label = h.Names[i]
					}
					j.object(func() { j.key("id").text(l); j.key("label").text(label) })
				}
			})
			j.key("defaultLanguage").text(h.Languages[0])
			j.key("maxDataCells").number(c.s.told)
			j.key("maxCallsPerTimeWindow").number(calls)
			j.key("timeWindow").number(seconds)
			j.key("license").text(or(h.LicenceURL, "https://creativecommons.org/licenses/by/4.0/"))
			j.key("sourceReferences").array(func() {
				for _, l := range h.Languages {
					j.object(func() {
						j.key("language").text(l)
						j.key("text").text(T("Kilde: oppdiktede tall", "Source: invented figures").In(l))
					})
				}
			})
			j.key("defaultDataFormat").text(h.Format2)
			j.key("dataFormats").texts(c.formats())
			j.key("features").array(func() {
				j.object(func() {
					j.key("id").text("CORS")
					j.key("params").array(func() {
						j.object(func() { j.key("key").text("enabled"); j.key("value").text("True") })
					})
				})
			})
		})
	})
}

func (c *call2) formats() []string {
	if c.s.host.Formats2 != nil {
		return c.s.host.Formats2
	}
	return allFormats2
}

// find is the table of that id, whatever its case.
func (c *call2) find(id string) *Table {
	for _, t := range c.s.tables2 {
		if strings.EqualFold(t.ID, id) {
			return t
		}
	}
	return nil
}

func (c *call2) table(id, what string, post bool) {
	t := c.find(id)
	switch {
	case what == "data" && t == nil:
		c.fail(noTableData)
	case what == "data":
		c.data(t, post)
	case post:
		c.w.WriteHeader(http.StatusMethodNotAllowed)
	case t == nil:
		c.fail(noTable2)
	case what == "":
		writeJSON(c.w, func(j *jsonWriter) { j.object(func() { c.tableInfo(j, t, true) }) })
	case what == "metadata":
		c.metadata(t)
	case what == "defaultselection":
		c.selection(t, defaultSelection(t, &query2{}))
	default:
		c.w.WriteHeader(http.StatusNotFound)
	}
}

func (c *call2) data(t *Table, post bool) {
	format := strings.ToLower(or(c.params["outputformat"], c.s.host.Format2))
	if !slices.Contains(allFormats2, format) {
		c.invalid("outputFormat", "The value '"+c.params["outputformat"]+"' is not valid.")
		return
	}
	if !slices.Contains(c.formats(), format) {
		c.fail(noFormat)
		return
	}
	params, ok := parseOutput(format, splitItems(c.params["outputformatparams"]))
	if !ok {
		c.fail(noFormat)
		return
	}
	q := addressQuery(c.params)
	if post {
		var err error
		if q, err = bodyQuery(c.body); err != nil {
			c.invalid("$", "The JSON value could not be converted.")
			return
		}
	}
	c.answer(t, q, format, params)
}

func (c *call2) answer(t *Table, q *query2, format string, params outputParams) {
	e, bad := c.s.extract2(t, q)
	if bad != nil {
		c.fail(bad)
		return
	}
	e.lang = c.lang
	c.s.answer(c.w, e, format, params)
}

// parseOutput reads outputFormatParams, which only some formats take.
func parseOutput(format string, items []string) (p outputParams, ok bool) {
	if len(items) > 0 && format != "csv" && format != "html" && format != "xlsx" {
		return p, false
	}
	for _, item := range items {
		switch strings.ToLower(item) {
		case "usecodes":
			p.codes = true
		case "usetexts":
			p.texts = true
		case "usecodesandtexts":
			p.codes, p.texts = true, true
		case "includetitle":
			p.title = true
		case "separatortab":
			p.separator = "\t"
		case "separatorspace":
			p.separator = " "
		case "separatorsemicolon":
			p.separator = ";"
		default:
			return p, false
		}
	}
	return p, true
}

// metadata answers the table as JSON-stat without values.
func (c *call2) metadata(t *Table) {
	e := &extract{t: t, host: c.s.host, lang: c.lang, edition: c.s.edition(t)}
	for i := range t.Variables {
		v := &t.Variables[i]
		id := c.params["codelist["+v.Code+"]"]
		a := v.whole()
		if id != "" {
			list := v.list2(id)
			if list == nil {
				c.fail(noCodeList)
				return
			}
			a = axis{v: v, list: list}
			for k := range list.Values {
				a.picks = append(a.picks, v.groupPick(&list.Values[k]))
			}
		}
		e.axes = append(e.axes, a)
		e.shown = append(e.shown, i)
	}
	if c.params["defaultselection"] == "true" {
		if d, bad := c.s.extract2(t, &query2{}); bad == nil {
			d.lang, d.edition, e = e.lang, e.edition, d
		}
	}
	e.place()
	writeJSON(c.w, func(j *jsonWriter) {
		e.dataset(j, &metadata2{codeList: func(id string) string { return c.href("/codelists/" + id + "?lang=" + c.lang) }})
	})
}

// selection answers a selection as the server keeps it.
func (c *call2) selection(t *Table, q *query2) {
	raw, _ := json.Marshal(q.Selection)
	at := q.Placement
	if at == nil {
		at = &placement{Heading: []string{}, Stub: []string{}}
		e := &extract{t: t}
		for i := range t.Variables {
			e.axes = append(e.axes, axis{v: &t.Variables[i]})
		}
		e.place()
		for _, s := range q.Selection {
			if a := e.axes[t.variable2(s.VariableCode)]; a.heading {
				at.Heading = append(at.Heading, s.VariableCode)
			} else {
				at.Stub = append(at.Stub, s.VariableCode)
			}
		}
	}
	writeJSON(c.w, func(j *jsonWriter) {
		j.object(func() {
			j.key("language").text(c.lang)
			j.key("selection").token(raw)
			j.key("placement").object(func() {
				j.key("heading").texts(at.Heading)
				j.key("stub").texts(at.Stub)
			})
			j.key("links").array(func() { c.link(j, "self", "/tables/"+t.ID+"/defaultselection") })
		})
	})
}

// codeList answers a code list with its members. Ids that an address cannot hold
// are not found.
func (c *call2) codeList(id string) {
	var v *Variable
	var list *CodeList
	for _, t := range c.s.tables2 {
		for i := range t.Variables {
			if l := t.Variables[i].list2(id); l != nil && list == nil && !strings.ContainsAny(id, "+/()<") {
				v, list = &t.Variables[i], l
			}
		}
	}
	if list == nil {
		c.fail(noCodeList2)
		return
	}
	writeJSON(c.w, func(j *jsonWriter) {
		j.object(func() {
			j.key("id").text(list.FullID())
			j.key("label").text(list.Text.In(c.lang))
			j.key("language").text(c.lang)
			j.key("languages").texts(c.s.host.Languages)
			j.key("elimination").boolean(list.Elimination)
			if list.EliminationValue != "" {
				j.key("eliminationValueCode").text(list.EliminationValue)
			}
			j.key("type").text(list.kind())
			j.key("values").array(func() {
				for i := range list.Values {
					g := &list.Values[i]
					members := g.Members
					if len(members) == 0 {
						members = []string{g.Code}
					}
					j.object(func() {
						j.key("code").text(g.Code)
						j.key("label").text(v.groupPick(g).text.In(c.lang))
						j.key("valueMap").texts(members)
					})
				}
			})
			j.key("links").array(func() { c.link(j, "self", "/codelists/"+list.FullID()) })
		})
	})
}
