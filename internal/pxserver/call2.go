package pxserver

import (
	"encoding/json"
	"net/http"
	"strings"
)

var allFormats2 = []string{"json-stat2", "csv", "px", "xlsx", "html", "json-px", "parquet"}

// A call2 is a call of v2.
type call2 struct {
	*site
	w      http.ResponseWriter
	r      *http.Request
	params map[string]string
	lang   string
	body   []byte
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
	if c.host.Limits2 == LimitHeadersSCB {
		contentType = "application/problem+json; charset=utf-8"
	}
	writeJSON(c.w, p.status, contentType, func(j *jsonWriter) {
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
	writeJSON(c.w, http.StatusBadRequest, "application/problem+json; charset=utf-8", func(j *jsonWriter) {
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
	return "http://" + c.r.Host + c.host.V2 + path
}

func (c *call2) link(j *jsonWriter, rel, path string) {
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	j.link(rel, c.lang, c.href(path+separator+"lang="+c.lang))
}

func (c *call2) formats() []string {
	if c.host.Formats2 != nil {
		return c.host.Formats2
	}
	return allFormats2
}

// find is the table of that id, whatever its case.
func (c *call2) find(id string) *Table {
	for _, t := range c.tables2 {
		if strings.EqualFold(t.ID, id) {
			return t
		}
	}
	return nil
}

func (c *call2) answer(t *Table, q *query2, format string, params outputParams) {
	e, bad := q.extract(t, c.host, c.maxCells)
	if bad != nil {
		c.fail(bad)
		return
	}
	e.lang = c.lang
	c.site.answer(c.w, e, format, params)
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

// selection answers a selection as the server keeps it.
func (c *call2) selection(t *Table, q *query2) {
	raw, _ := json.Marshal(q.Selection)
	at := q.Placement
	if at == nil {
		at = &placement{Heading: []string{}, Stub: []string{}}
		for _, s := range q.Selection {
			if t.variable2(s.VariableCode) >= len(t.Variables)-t.heading() {
				at.Heading = append(at.Heading, s.VariableCode)
			} else {
				at.Stub = append(at.Stub, s.VariableCode)
			}
		}
	}
	writeObject(c.w, func(j *jsonWriter) {
		j.key("language").text(c.lang)
		j.key("selection").token(raw)
		j.key("placement").object(func() {
			j.key("heading").texts(at.Heading)
			j.key("stub").texts(at.Stub)
		})
		j.key("links").array(func() { c.link(j, "self", "/tables/"+t.ID+"/defaultselection") })
	})
}
