package pxserver

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

var allFormats2 = []string{"json-stat2", "csv", "px", "xlsx", "html", "json-px", "parquet"}

// endings are the endings of the names under which the formats come.
var endings = map[string]string{"json-stat2": "json", "json-px": "json", "csv": "csv", "px": "px", "xlsx": "xlsx", "html": "html", "parquet": "parquet"}

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
		for _, name := range limitHeaders {
			c.w.Header().Del(name) // those of the server itself, which has gone
		}
		c.w.WriteHeader(p.status)
		return
	}
	contentType := "application/json; charset=utf-8"
	if c.host.ProblemType {
		contentType = "application/problem+json; charset=utf-8"
	}
	writeJSON(c.w, p.status, contentType, func(j *jsonWriter) {
		j.object(func() {
			j.key("type").text("Parameter error")
			j.key("title").text(p.title)
			j.key("status").number(cmp.Or(p.inside, p.status))
			if p.detailed {
				j.key("detail").text(p.title)
			}
		})
	})
}

// invalid answers what the framework below the real servers finds wrong with a call.
func (c *call2) invalid(wrong ...fieldError) {
	writeJSON(c.w, http.StatusBadRequest, "application/problem+json; charset=utf-8", func(j *jsonWriter) {
		j.object(func() {
			j.key("type").text("https://tools.ietf.org/html/rfc9110#section-15.5.1")
			j.key("title").text("One or more validation errors occurred.")
			j.key("status").number(http.StatusBadRequest)
			j.key("errors").object(func() {
				for _, e := range wrong {
					j.key(e.field).texts([]string{e.message})
				}
			})
			j.key("traceId").text("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
		})
	})
}

// flag is a parameter that is true or false; not ok is that it is neither.
func (c *call2) flag(name string) (is bool, wrong []fieldError) {
	text := strings.TrimSpace(c.params[strings.ToLower(name)])
	if text == "" || strings.EqualFold(text, "false") {
		return false, nil
	}
	if !strings.EqualFold(text, "true") {
		return false, []fieldError{notValid(name, text)}
	}
	return true, nil
}

// number is a parameter that is a number, or the other one where it is not there.
func (c *call2) number(name string, otherwise int) (n int, wrong []fieldError) {
	text := strings.TrimSpace(c.params[strings.ToLower(name)])
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, []fieldError{notValid(name, text)}
	}
	return n, nil
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

// find is the table of that id, whatever its case, if it is there in the language.
func (c *call2) find(id string) *Table {
	for _, t := range c.tables2 {
		if strings.EqualFold(t.ID, id) && t.isIn(c.lang) {
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
	e.lang, e.second = c.lang, true
	if !e.canBe(format) {
		c.fail(crash)
		return
	}
	c.w.Header().Set("Content-Disposition", `inline; filename="`+t.matrix()+"."+endings[format]+`"`)
	c.site.answer(c.w, e, format, params)
}

// output reads outputFormatParams; not ok is a format that the host does not have, or one
// that takes none of them.
func (c *call2) output(format string, items []string) (p outputParams, ok bool) {
	if !slices.Contains(c.formats(), format) || len(items) > 0 && format != "csv" && format != "html" && format != "xlsx" {
		return p, false
	}
	p, _ = outputOf(items)
	return p, true
}

// outputOf are the parameters that the words stand for; not ok is a word that is none.
func outputOf(items []string) (p outputParams, ok bool) {
	for _, item := range items {
		switch strings.ToLower(item) {
		case "usecodes":
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

// selection answers a selection as the server keeps it, at a path of this version.
func (c *call2) selection(q *query2, path string) {
	raw, _ := json.Marshal(q.Selection)
	writeObject(c.w, func(j *jsonWriter) {
		j.key("links").array(func() { c.link(j, "self", path) })
		j.key("selection").token(raw)
		if at := q.Placement; at != nil {
			j.key("placement").object(func() {
				j.key("heading").texts(at.Heading)
				j.key("stub").texts(at.Stub)
			})
		}
	})
}
